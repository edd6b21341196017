//! What may fail: a zone, a region, a box or one copy of it.

use super::sites::Sites;
use crate::topology::{BoxId, DefinitionId, Topology};

/// Something that may fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// An availability zone, by its full name, in all networks that have it.
    Zone(String),
    /// A region, by its code or id.
    Region(String),
    /// All copies of a box.
    Entry(DefinitionId),
    /// One copy.
    Copy(BoxId),
}

impl Removal {
    /// As it is written in listings and on the command line: `az:us-east-1a`, `region:us-east-1`, `box:api@us-east-1a`.
    pub fn written(&self, topology: &Topology) -> String {
        match self {
            Self::Zone(name) => format!("az:{name}"),
            Self::Region(code) => format!("region:{code}"),
            Self::Entry(entry) => format!("box:{}", topology.definitions[entry.index()].id),
            Self::Copy(copy) => format!("box:{}", topology.element(*copy).address),
        }
    }
}

/// Everything that is taken away, one after the other.
pub(super) fn all(sites: &Sites) -> Vec<Removal> {
    let topology = sites.topology;
    let zones = sites.zones.iter().cloned().map(Removal::Zone);
    let regions = sites.regions.iter().map(|region| Removal::Region(region.name.clone()));
    let mut removals: Vec<Removal> = zones.chain(regions).collect();
    for (index, definition) in topology.definitions.iter().enumerate() {
        let copies = definition.copies.iter().copied().filter(|&copy| topology.is_component(copy));
        let copies: Vec<BoxId> = copies.collect();
        if copies.is_empty() {
            continue;
        }
        removals.push(Removal::Entry(DefinitionId::from(index)));
        if copies.len() > 1 {
            removals.extend(copies.into_iter().map(Removal::Copy));
        }
    }
    removals
}
