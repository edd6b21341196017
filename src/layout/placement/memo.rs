//! What has been laid out before: the candidates of a search differ in few containers, and all others come out the
//! same each time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::layered::{self, Edge, Gaps, Item, Options, Placed};

/// Layers by what went into them; shared by all candidates of one picture.
#[derive(Debug, Default)]
pub struct Memo {
    placed: Table<PlaceArguments, Placed>,
    aligned: Table<AlignArguments, Vec<i32>>,
}

type PlaceArguments = (Vec<Item>, Vec<Edge>, Gaps, Options);
type AlignArguments = (Vec<Item>, Vec<usize>, Vec<Edge>, Gaps);
type Table<K, V> = Mutex<BTreeMap<K, Arc<V>>>;

impl Memo {
    /// [`layered::place`], once for equal arguments.
    pub fn place(&self, items: Vec<Item>, edges: Vec<Edge>, gaps: Gaps, options: Options) -> Arc<Placed> {
        recall(&self.placed, (items, edges, gaps, options), |(items, edges, gaps, options)| {
            layered::place(items, edges, *gaps, *options)
        })
    }

    /// [`layered::align`], once for equal arguments.
    pub fn align(&self, items: Vec<Item>, ranks: Vec<usize>, edges: Vec<Edge>, gaps: Gaps) -> Arc<Vec<i32>> {
        recall(&self.aligned, (items, ranks, edges, gaps), |(items, ranks, edges, gaps)| {
            layered::align(items, ranks, edges, *gaps)
        })
    }
}

/// The value of a key, from the table or made now.
fn recall<K: Ord, V>(table: &Mutex<BTreeMap<K, Arc<V>>>, key: K, make: impl Fn(&K) -> V) -> Arc<V> {
    let known = table.lock().expect("no thread panics while it holds the table").get(&key).cloned();
    known.unwrap_or_else(|| {
        let value = Arc::new(make(&key));
        table.lock().expect("no thread panics while it holds the table").insert(key, Arc::clone(&value));
        value
    })
}
