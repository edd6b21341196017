//! The tree that placement works on, and for each container the links between its children.
//!
//! Before: a topology. After: every box has a place in one tree. An overlay whose members all stand in one container
//! becomes an ordinary container there; other overlays stay outside the tree and are drawn over it.

use crate::topology::{BoxId, Content, LinkId, Topology};

/// The nesting, and the links as each container sees them.
#[derive(Debug, Clone)]
pub struct Tree {
    /// By `BoxId`: the box that holds it in this tree.
    pub parents: Vec<Option<BoxId>>,
    /// By `BoxId`: what it holds, in declaration order; a leaf holds the notes beside it.
    pub children: Vec<Vec<BoxId>>,
    /// What stands at the top.
    pub roots: Vec<BoxId>,
    /// By `BoxId`: the overlays that are drawn over the tree (not in it).
    pub floating: Vec<bool>,
    /// By `BoxId` of the container whose children they join; the last entry is the top's.
    lifted: Vec<Vec<Lifted>>,
    /// By `BoxId`: how many containers hold it.
    pub depths: Vec<usize>,
}

/// A link as seen by the innermost container that holds both of its ends.
#[derive(Debug, Clone, Copy)]
pub struct Lifted {
    /// The child in which it starts.
    pub from: BoxId,
    /// The child in which it ends.
    pub to: BoxId,
    /// The box in which it really starts.
    pub source: BoxId,
    /// The box in which it really ends.
    pub target: BoxId,
    /// The link.
    pub link: LinkId,
}

impl Tree {
    /// Builds the tree of `topology`.
    pub fn new(topology: &Topology) -> Self {
        let count = topology.boxes.len();
        let mut parents: Vec<Option<BoxId>> = topology.boxes.iter().map(|element| element.parent).collect();
        let mut floating = vec![false; count];
        for id in topology.ids() {
            if matches!(topology.element(id).content, Content::Overlay(_)) {
                floating[id.index()] = !adopt(topology, id, &mut parents);
            }
        }
        for id in topology.ids() {
            if let Some(host) = topology.note(id).and_then(|note| note.beside) {
                parents[id.index()] = Some(host);
            }
        }
        let mut children = vec![Vec::new(); count];
        let mut roots = Vec::new();
        for id in topology.ids().filter(|id| !floating[id.index()]) {
            match parents[id.index()] {
                Some(outer) => children[outer.index()].push(id),
                None => roots.push(id),
            }
        }
        let depths = depths(&parents);
        let mut tree = Self { parents, children, roots, floating, lifted: vec![Vec::new(); count + 1], depths };
        tree.lift(topology);
        tree
    }

    /// What a container holds; `None` is the top.
    pub fn children(&self, container: Option<BoxId>) -> &[BoxId] {
        container.map_or(&self.roots, |id| &self.children[id.index()])
    }

    /// The links between the children of a container; `None` is the top.
    pub fn lifted(&self, container: Option<BoxId>) -> &[Lifted] {
        &self.lifted[container.map_or(self.parents.len(), BoxId::index)]
    }

    /// The containers that hold a box, innermost first.
    pub fn ancestors(&self, id: BoxId) -> impl Iterator<Item = BoxId> + '_ {
        std::iter::successors(self.parents[id.index()], |&outer| self.parents[outer.index()])
    }

    /// Whether `outer` holds `inner`, at any depth.
    pub fn holds(&self, outer: BoxId, inner: BoxId) -> bool {
        self.depths[outer.index()] < self.depths[inner.index()] && self.ancestors(inner).any(|id| id == outer)
    }

    /// All containers of the tree, inner ones before outer ones.
    pub fn inside_out(&self) -> Vec<BoxId> {
        let mut order: Vec<BoxId> = (0..self.parents.len()).map(BoxId::from).collect();
        order.retain(|id| !self.floating[id.index()]);
        order.sort_by_key(|id| (std::cmp::Reverse(self.depths[id.index()]), *id));
        order
    }

    /// Adds an overlay that stands in `parent` and is drawn over the tree.
    pub fn float(&mut self, parent: Option<BoxId>) {
        self.parents.push(None);
        self.children.push(Vec::new());
        self.floating.push(true);
        self.depths.push(0);
        // The last entry stays the top's.
        self.lifted.insert(self.lifted.len() - 1, Vec::new());
        self.put(BoxId::from(self.parents.len() - 1), parent);
    }

    /// Says that an overlay over the tree stands in `parent`.
    pub fn put(&mut self, overlay: BoxId, parent: Option<BoxId>) {
        self.parents[overlay.index()] = parent;
        self.depths[overlay.index()] = parent.map_or(0, |outer| self.depths[outer.index()] + 1);
    }

    fn lift(&mut self, topology: &Topology) {
        for (index, link) in topology.links.iter().enumerate() {
            for source in self.representatives(topology, link.from) {
                for target in self.representatives(topology, link.to) {
                    let Some((common, from, to)) = self.meet(source, target) else { continue };
                    let slot = common.map_or(self.parents.len(), BoxId::index);
                    self.lifted[slot].push(Lifted { from, to, source, target, link: LinkId::from(index) });
                }
            }
        }
    }

    /// The boxes of the tree that stand for an end of a link: itself, or the members of a floating overlay.
    fn representatives(&self, topology: &Topology, end: BoxId) -> Vec<BoxId> {
        if self.floating[end.index()] { topology.overlay_leaves(end) } else { vec![end] }
    }

    /// The innermost container that holds both, and its two children that lead to them.
    fn meet(&self, a: BoxId, b: BoxId) -> Option<(Option<BoxId>, BoxId, BoxId)> {
        let (mut a, mut b) = (a, b);
        while self.depths[a.index()] > self.depths[b.index()] {
            let outer = self.parents[a.index()]?;
            if outer == b {
                return None;
            }
            a = outer;
        }
        while self.depths[b.index()] > self.depths[a.index()] {
            let outer = self.parents[b.index()]?;
            if outer == a {
                return None;
            }
            b = outer;
        }
        if a == b {
            return None;
        }
        while self.parents[a.index()] != self.parents[b.index()] {
            a = self.parents[a.index()]?;
            b = self.parents[b.index()]?;
        }
        Some((self.parents[a.index()], a, b))
    }
}

/// Makes an overlay a container of the tree if all its members stand in one; returns whether it did.
fn adopt(topology: &Topology, overlay: BoxId, parents: &mut [Option<BoxId>]) -> bool {
    let mut members = topology.overlay_leaves(overlay);
    members.retain(|&id| topology.note(id).is_none_or(|note| note.beside.is_none()));
    let Some(&first) = members.first() else { return false };
    let home = topology.element(first).parent;
    let plain = |id: &BoxId| {
        topology.element(*id).parent == home
            && parents[id.index()] == home
            && topology.element(*id).node().is_none_or(|node| !node.border && node.spans.is_empty())
    };
    let nested = topology
        .element(overlay)
        .overlay()
        .is_some_and(|group| group.members.iter().any(|&member| topology.element(member).overlay().is_some()));
    if nested || !members.iter().all(plain) {
        return false;
    }
    for id in members {
        parents[id.index()] = Some(overlay);
    }
    parents[overlay.index()] = home;
    true
}

fn depths(parents: &[Option<BoxId>]) -> Vec<usize> {
    (0..parents.len())
        .map(|index| std::iter::successors(parents[index], |outer| parents[outer.index()]).count())
        .collect()
}
