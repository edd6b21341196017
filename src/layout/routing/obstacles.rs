//! What lines must not run through, and what they had better not.

use crate::geometry::Rect;
use crate::layout::placement::Placement;
use crate::theme::metrics;
use crate::topology::{BoxId, Topology};

/// A rectangle that no line may enter, but on the way to a port of its owner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Obstacle {
    /// What is kept free, px.
    pub(super) area: Rect,
    /// The box whose ports lie behind it.
    pub(super) owner: Option<BoxId>,
}

/// How far lines stay off, px.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clearance {
    /// Off an icon.
    pub(super) icon: i32,
    /// Off the sides of a caption.
    pub(super) caption: i32,
    /// Off a title.
    pub(super) title: i32,
}

impl Clearance {
    /// What reads well.
    pub(super) const WIDE: Self = Self { icon: 8, caption: 4, title: 3 };
    /// What is still legal.
    pub(super) const NARROW: Self = Self { icon: 2, caption: 1, title: 1 };
}

/// Gathers the obstacles of a placement; titles count where `titles` says so.
pub(super) fn gather(topology: &Topology, placement: &Placement, titles: bool, clearance: Clearance) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    for id in topology.ids() {
        let index = id.index();
        if topology.element(id).node().is_some() {
            let owner = Some(id);
            obstacles.push(Obstacle { area: placement.icon(id).inflate(clearance.icon, clearance.icon), owner });
            if let Some(caption) = placement.captions[index] {
                let area = Rect::from_edges(
                    caption.left() - clearance.caption,
                    caption.top() - 1,
                    caption.right() + clearance.caption,
                    caption.bottom() + clearance.caption + clearance.caption / 2,
                );
                obstacles.push(Obstacle { area, owner });
            }
        } else if let Some(title) = placement.titles[index] {
            match border_icon(placement, index) {
                Some(icon) => {
                    let text = Rect::from_edges(title.left(), icon.bottom(), title.right(), title.bottom());
                    obstacles.push(Obstacle { area: icon.inflate(clearance.title, clearance.title), owner: Some(id) });
                    obstacles.push(Obstacle { area: text.inflate(clearance.title, 1), owner: None });
                }
                None if titles => obstacles.push(Obstacle { area: title.inflate(clearance.title, 1), owner: None }),
                None => {}
            }
        }
    }
    obstacles.retain(|obstacle| obstacle.area.width > 0 && obstacle.area.height > 0);
    obstacles
}

/// The icon that a group wears on its top border: its title then stands across that border.
pub(super) fn border_icon(placement: &Placement, owner: usize) -> Option<Rect> {
    let (frame, title) = (placement.frames[owner], placement.titles[owner]?);
    let half = metrics::BORDER_ICON / 2;
    let across = title.top() < frame.top() && title.bottom() > frame.top();
    across.then(|| {
        let middle = title.center().x;
        Rect::from_edges(middle - half, frame.top() - half, middle + half, frame.top() + half)
    })
}
