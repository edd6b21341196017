//! Where data is kept, and from where it is used.

use crate::catalogue::Function;
use crate::document::Table;
use crate::topology::{DefinitionId, StatementId};

use super::flows::origin;
use super::reading::{Reading, unique};

/// The sorts of stores, in the order in which the page speaks of them.
const SORTS: [Function; 4] =
    [Function::RelationalStore, Function::NonRelationalStore, Function::Cache, Function::Storage];

/// One paragraph for each sort of store that there is.
pub fn describe(reading: &Reading) -> Vec<String> {
    SORTS.iter().filter_map(|&sort| paragraph(reading, sort)).collect()
}

/// Whether the page speaks of this entry as a store.
pub fn is_store(reading: &Reading, entry: DefinitionId) -> bool {
    reading.definition(entry).table == Table::Services && SORTS.contains(&reading.function(entry))
}

fn paragraph(reading: &Reading, sort: Function) -> Option<String> {
    let stores: Vec<DefinitionId> =
        reading.services().into_iter().filter(|&entry| reading.function(entry) == sort).collect();
    if stores.is_empty() {
        return None;
    }
    let users = |entry| reading.names(&users(reading, entry));
    let kept: Vec<_> = stores.iter().map(|&entry| (reading.introduction(entry), users(entry))).collect();
    Some(reading.voice.stores(sort, &kept))
}

/// From where a store is used: what its links come from, apart from its own copies and other stores, which replicate.
fn users(reading: &Reading, store: DefinitionId) -> Vec<DefinitionId> {
    let statements = reading.topology.statements.iter().enumerate();
    let links = statements.filter(|(_, statement)| !statement.implied && statement.to == store);
    let sources = links.map(|(index, _)| origin(reading, StatementId::from(index)).0);
    unique(sources.filter(|&from| from != store && !is_store(reading, from)))
}
