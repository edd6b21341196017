//! Containers and overlays: border, corner icon, title.

use super::label;
use super::segments::Segments;
use crate::icons::{self, IconId};
use crate::layout::{Layout, Piece};
use crate::scene::{Dash, Group, Primitive, Stroke};
use crate::theme::{Theme, metrics};
use crate::topology::{BoxId, Content, GroupStyle, Topology};

/// Draws containers, outer before inner, and then overlays with all their pieces.
pub fn draw(topology: &Topology, layout: &Layout, borders: &Segments, theme: &Theme) -> Vec<Group> {
    let styled = |id: BoxId| match &topology.element(id).content {
        Content::Container(container) => Some((id, container.style, container.icon, false)),
        Content::Overlay(overlay) => Some((id, overlay.style, overlay.icon, true)),
        Content::Node(_) => None,
    };
    let mut boxes: Vec<_> = topology.ids().filter_map(styled).collect();
    boxes.sort_by_key(|&(id, _, _, overlay)| (overlay, id));
    let whole = |(id, style, icon, _)| (super::node::group(topology, id), id.index(), style, icon);
    let first = topology.boxes.len();
    let piece = |(index, piece): (usize, &Piece)| {
        let overlay = topology.element(piece.group).overlay().expect("only groups with members fall into pieces");
        let group = Group { id: Some(piece.address(topology)), ..super::node::group(topology, piece.group) };
        (group, first + index, overlay.style, overlay.icon)
    };
    let pieces = layout.pieces.iter().enumerate().map(piece);
    boxes
        .into_iter()
        .map(whole)
        .chain(pieces)
        .flat_map(|(mut group, index, style, own_icon)| {
            let placed = &layout.boxes[index];
            let link = group.link.take();
            group.primitives.push(Primitive::Rectangle {
                frame: placed.frame,
                radius: 0,
                fill: None,
                stroke: Some(Stroke { color: theme.border(style), width: metrics::BORDER_WIDTH, dash: dash(style) }),
            });
            let icon = own_icon.or_else(|| icons::find(icon_name(style, theme)?));
            let mut heading = Vec::new();
            heading.extend(placed.icon.zip(icon).map(|(frame, icon): (_, IconId)| Primitive::Icon { frame, icon }));
            if let Some(title) = &placed.label {
                // The border of an overlay may run through the title of a container.
                let halo = borders.meet(&title.frame, Some(index)).then_some(theme.paper);
                heading.push(label::text(title, theme.text, halo));
            }
            // Only the title leads somewhere: inside the border stand other boxes.
            if link.is_some() {
                let title = group.title.clone();
                return vec![group, Group { id: None, title, link, faded: false, primitives: heading }];
            }
            group.primitives.extend(heading);
            vec![group]
        })
        .collect()
}

/// The pattern of a group's border.
const fn dash(style: GroupStyle) -> Dash {
    match style {
        GroupStyle::Region => Dash::Dotted,
        GroupStyle::Zone | GroupStyle::AutoScalingGroup | GroupStyle::Generic => Dash::Dashed,
        _ => Dash::Solid,
    }
}

/// The bundled icon of a group; `None` for groups whose title stands alone.
const fn icon_name(style: GroupStyle, theme: &Theme) -> Option<&'static str> {
    match style {
        GroupStyle::Cloud => Some(theme.cloud_icon),
        GroupStyle::Account => Some("AWSAccount"),
        GroupStyle::Region => Some("Region"),
        GroupStyle::Vpc => Some("VirtualprivatecloudVPC"),
        GroupStyle::PublicSubnet => Some("Publicsubnet"),
        GroupStyle::PrivateSubnet => Some("Privatesubnet"),
        GroupStyle::AutoScalingGroup => Some("AutoScalinggroup"),
        GroupStyle::InstanceContents => Some("EC2instancecontents"),
        GroupStyle::SpotFleet => Some("SpotFleet"),
        // The set has no group icon of its own for a workflow; the service's tile is what AWS puts there.
        GroupStyle::StepFunctions => Some("AWSStepFunctions"),
        GroupStyle::CorporateDataCenter => Some("Corporatedatacenter"),
        GroupStyle::ServerContents => Some("Servercontents"),
        GroupStyle::IotGreengrass => Some("AWSIoTGreengrassDeployment"),
        GroupStyle::Zone | GroupStyle::SecurityGroup | GroupStyle::Cluster | GroupStyle::Generic => None,
    }
}
