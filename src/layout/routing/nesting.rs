//! Which containers and overlays hold a box.

use crate::topology::{BoxId, Content, Topology};

/// For every box the containers and overlays around it.
#[derive(Debug)]
pub(super) struct Nesting {
    /// By `BoxId`: the containers from the innermost outwards, then the overlays.
    homes: Vec<Vec<BoxId>>,
    /// By `BoxId`: whether it is a container that holds leaves alone.
    innermost: Vec<bool>,
}

impl Nesting {
    /// Derives the tables from the topology.
    pub(super) fn new(topology: &Topology) -> Self {
        let mut overlays: Vec<Vec<BoxId>> = vec![Vec::new(); topology.boxes.len()];
        let mut innermost: Vec<bool> = topology.boxes.iter().map(|element| element.container().is_some()).collect();
        for id in topology.ids() {
            let element = topology.element(id);
            if let Content::Overlay(overlay) = &element.content {
                for member in &overlay.members {
                    overlays[member.index()].push(id);
                }
            }
            if let (Content::Container(_), Some(parent)) = (&element.content, element.parent) {
                innermost[parent.index()] = false;
            }
        }
        let homes = topology.ids().map(|id| homes_of(topology, &overlays, id)).collect();
        Self { homes, innermost }
    }

    /// The containers and overlays that hold `id`.
    pub(super) fn homes(&self, id: BoxId) -> &[BoxId] {
        &self.homes[id.index()]
    }

    /// Whether `outer` holds `inner`, at any depth.
    pub(super) fn holds(&self, outer: BoxId, inner: BoxId) -> bool {
        self.homes[inner.index()].contains(&outer)
    }

    /// Whether `id` is a container without containers in it.
    pub(super) fn is_innermost(&self, id: BoxId) -> bool {
        self.innermost[id.index()]
    }
}

fn homes_of(topology: &Topology, overlays: &[Vec<BoxId>], id: BoxId) -> Vec<BoxId> {
    let mut homes: Vec<BoxId> = topology.ancestors(id).collect();
    let mut open: Vec<BoxId> = std::iter::once(id).chain(homes.iter().copied()).collect();
    while let Some(held) = open.pop() {
        for &overlay in &overlays[held.index()] {
            if !homes.contains(&overlay) && overlay != id {
                homes.push(overlay);
                open.push(overlay);
            }
        }
    }
    homes
}
