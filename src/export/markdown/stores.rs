//! Where data is kept, and from where it is used.

use crate::catalogue::Function;
use crate::document::Table;
use crate::topology::DefinitionId;

use super::places::called;
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
    let users = |entry| users(reading, entry).into_iter().map(|user| called(reading, user)).collect();
    let kept: Vec<_> = stores.iter().map(|&entry| (reading.introduction(entry), users(entry))).collect();
    let mut sentences = vec![reading.voice.stores(sort, &kept)];
    for &entry in &stores {
        if let Some(description) = reading.description(entry) {
            let named = stores.len() > 1;
            sentences.push(if named { format!("{}: {description}", reading.name(entry)) } else { description });
        }
    }
    Some(sentences.join(" "))
}

/// Whatever has a link to a store, apart from its own copies and other stores, which replicate.
fn users(reading: &Reading, store: DefinitionId) -> Vec<DefinitionId> {
    let statements = reading.topology.statements.iter().filter(|statement| !statement.implied && statement.to == store);
    unique(statements.map(|statement| statement.from).filter(|&from| from != store && !is_store(reading, from)))
}
