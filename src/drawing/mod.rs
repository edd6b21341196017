//! Topology, layout and theme to a scene.
//!
//! Arrives: what there is, where it stands, and how things look. Leaves: a [`Scene`], primitives in paint order.
//! Every part draws in the coordinates of the layout; this page arranges title, picture and legend on the paper and
//! moves each to its place. Nothing here decides where a box or a line of the picture stands.

mod badge;
mod container;
mod crossings;
mod description;
#[cfg(test)]
pub(crate) mod fixture;
mod label;
mod legend;
mod link;
mod losses;
mod node;
mod note;
mod segments;
mod stack;
mod strands;
mod title;

use crate::geometry::Size;
use crate::layout::Layout;
use crate::scene::{Group, Scene};
use crate::theme::{Theme, builtin, metrics};
use crate::topology::{Language, ThemeName, Topology};

pub use description::alt_text;
pub use link::ids as link_ids;
pub use losses::Losses;

/// A part of the page, drawn with its top left corner at the origin.
#[derive(Debug, Clone, Default)]
struct Block {
    /// Its extents, px; zero when there is nothing to show.
    size: Size,
    /// In paint order.
    groups: Vec<Group>,
}

/// The built-in theme of that name.
pub fn theme(name: ThemeName) -> &'static Theme {
    match name {
        ThemeName::Light => &builtin::LIGHT,
        ThemeName::Dark => &builtin::DARK,
    }
}

/// Draws the page: title and summary, the picture, and the legend; what is among `losses` is shown as lost.
pub fn draw(topology: &Topology, layout: &Layout, theme: &Theme, losses: &Losses) -> Scene {
    let picture = Block { size: layout.size, groups: picture(topology, layout, theme, losses) };
    let mut heading = topology.heading.clone();
    let mut description = alt_text(topology);
    if !losses.caption.is_empty() {
        description = format!("{description} {}", losses.caption);
        heading.summary = Some(losses.caption.clone());
    }
    let heading = title::draw(&heading, layout.size.width, theme);
    let legend = legend::draw(topology, layout, theme);
    let (size, groups) = arrange(heading, picture, legend);
    Scene {
        size,
        title: title::text(topology),
        description,
        language: match topology.heading.language {
            Language::English => "en",
            Language::Spanish => "es",
        },
        background: theme.opaque.then_some(theme.paper),
        groups,
        custom_icons: topology.custom_icons.clone(),
    }
}

/// Everything that the layout placed, in paint order.
fn picture(topology: &Topology, layout: &Layout, theme: &Theme, losses: &Losses) -> Vec<Group> {
    let strands = strands::trace(topology, layout);
    let borders = segments::Segments::of_borders(topology, layout);
    let lines = segments::Segments::of_strands(&strands);
    let mut groups = container::draw(topology, layout, &borders, theme);
    groups.push(node::backings(topology, layout, &borders, theme));
    groups.extend(link::draw(topology, layout, &strands, theme, losses));
    groups.extend(node::draw(topology, layout, theme));
    for group in &mut groups {
        group.faded |= group.id.as_ref().is_some_and(|address| losses.gone.contains(address));
    }
    let fade = |(mut group, link): (Group, _)| {
        // Label and number stand for all copies of a link.
        group.faded = topology.statement(link).links.iter().all(|&copy| losses.fades(topology, copy));
        group
    };
    let labels = label::draw(layout, &borders, &lines, theme).into_iter();
    groups.extend(labels.zip(layout.labels.iter().map(|label| label.link)).map(fade));
    let badges = badge::draw(topology, layout, theme).into_iter();
    groups.extend(badges.zip(layout.badges.iter().map(|badge| badge.link)).map(fade));
    groups.extend(badge::markers(layout, theme));
    groups.push(losses.marks(topology, layout, theme));
    groups.retain(|group| !group.primitives.is_empty());
    groups
}

/// Puts the title above the picture, and the legend below it, or at its right where the picture is portrait.
fn arrange(heading: Block, picture: Block, legend: Block) -> (Size, Vec<Group>) {
    let margin = metrics::MARGIN;
    let beside = legend::stands_beside(picture.size);
    let (right, below) = match legend.size {
        Size { width: 0, .. } => (0, 0),
        size if beside => (size.width + margin, 0),
        size => (0, size.height + margin),
    };
    let width = (picture.size.width + right).max(heading.size.width + 2 * margin).max(if beside {
        0
    } else {
        legend.size.width + 2 * margin
    });
    let top = if heading.size.height > 0 { margin + heading.size.height } else { 0 };
    // The layout's own margin keeps the picture off the title. A narrow picture stands in the middle.
    let left = (width - right - picture.size.width) / 2;
    let body = picture.size.height.max(if beside { legend.size.height + 2 * margin } else { 0 });
    let size = Size::new(width, top + body + below);
    let legend_at =
        if beside { (left + picture.size.width, top + margin) } else { (margin, top + picture.size.height) };

    let mut groups = Vec::new();
    let mut place = |block: Block, (dx, dy): (i32, i32)| {
        groups.extend(block.groups.into_iter().map(|group| group.offset(dx, dy)));
    };
    place(heading, (margin, margin));
    place(picture, (left, top));
    place(legend, legend_at);
    (size, groups)
}

#[cfg(test)]
mod tests {
    use super::fixture::Fixture;
    use super::*;
    use crate::geometry::Rect;
    use crate::scene::{Dash, Primitive};
    use crate::topology::GroupStyle;

    const STYLES: [GroupStyle; 17] = [
        GroupStyle::Cloud,
        GroupStyle::Account,
        GroupStyle::Region,
        GroupStyle::Zone,
        GroupStyle::Vpc,
        GroupStyle::PublicSubnet,
        GroupStyle::PrivateSubnet,
        GroupStyle::SecurityGroup,
        GroupStyle::AutoScalingGroup,
        GroupStyle::InstanceContents,
        GroupStyle::SpotFleet,
        GroupStyle::StepFunctions,
        GroupStyle::CorporateDataCenter,
        GroupStyle::ServerContents,
        GroupStyle::IotGreengrass,
        GroupStyle::Cluster,
        GroupStyle::Generic,
    ];

    fn primitives(scene: &Scene) -> impl Iterator<Item = &Primitive> {
        scene.groups.iter().flat_map(|group| &group.primitives)
    }

    #[test]
    fn every_group_is_drawn_in_both_themes() {
        for style in STYLES {
            let mut fixture = Fixture::new(200, 200);
            fixture.container("group", style, None, Rect::new(20, 20, 160, 160));
            for theme in [&builtin::LIGHT, &builtin::DARK] {
                let scene = draw(&fixture.topology, &fixture.layout, theme, &Losses::default());
                let border = primitives(&scene).find_map(|primitive| match primitive {
                    Primitive::Rectangle { stroke, .. } => *stroke,
                    _ => None,
                });
                let border = border.expect("a group has a border");
                assert_eq!(border.color, theme.border(style));
                assert!(border.color.contrast(theme.paper) > 2.5, "{style:?}");
                assert_eq!(border.dash == Dash::Dotted, style == GroupStyle::Region);
                assert!(primitives(&scene).any(|primitive| matches!(primitive, Primitive::Text { .. })));
            }
        }
    }

    #[test]
    fn the_picture_stands_between_title_and_legend() {
        let fixture = Fixture::two_services();
        let scene = draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &Losses::default());
        let title_top = |words: &str| {
            primitives(&scene)
                .find_map(|primitive| match primitive {
                    Primitive::Text { frame, text, .. } if text.lines == [words] => Some(frame.y),
                    _ => None,
                })
                .unwrap_or_else(|| panic!("`{words}` is written"))
        };
        assert!(title_top("Orders") < title_top("Takes orders and keeps them."));
        assert!(title_top("Takes orders and keeps them.") < title_top("cloud"));
        assert!(title_top("store") < title_top("An order"));
        assert!(title_top("An order") < title_top("api → store"));
        assert!(title_top("writes it down") < title_top("asynchronous"));
        assert!(scene.size.width >= fixture.layout.size.width && scene.size.height > fixture.layout.size.height);
    }

    #[test]
    fn without_words_the_page_is_the_picture() {
        let mut fixture = Fixture::new(200, 100);
        fixture.node("api", None, Rect::new(60, 20, 64, 64), None);
        let scene = draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &Losses::default());
        assert_eq!(scene.size, fixture.layout.size);
    }

    #[test]
    fn every_box_and_link_has_a_title() {
        let fixture = Fixture::two_services();
        let scene = draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &Losses::default());
        let titles: Vec<&str> = scene.groups.iter().filter_map(|group| group.title.as_deref()).collect();
        for title in ["cloud", "vpc", "api", "store", "api to store: SQL", "store to api"] {
            assert!(titles.contains(&title), "{title}");
        }
    }

    #[test]
    fn a_border_does_not_run_through_a_caption() {
        let mut fixture = Fixture::new(300, 300);
        fixture.container("vpc", GroupStyle::Vpc, None, Rect::new(20, 110, 260, 160));
        fixture.node("gateway", None, Rect::new(100, 40, 64, 64), None);
        let scene = draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &Losses::default());
        let caption = fixture.layout.boxes[1].label.as_ref().map(|label| label.frame).expect("it has a caption");
        let patched = primitives(&scene).any(|primitive| {
            matches!(primitive, Primitive::Rectangle { frame, fill: Some(fill), stroke: None, .. }
                if *fill == builtin::LIGHT.paper && frame.overlaps(&caption))
        });
        assert!(patched);
    }

    #[test]
    fn a_transparent_picture_has_no_background() {
        let fixture = Fixture::two_services();
        let scene = draw(&fixture.topology, &fixture.layout, &builtin::LIGHT.transparent(), &Losses::default());
        assert_eq!(scene.background, None);
    }
}
