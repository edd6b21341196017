//! A queue of search states by estimate: buckets instead of a heap, as estimates are small whole numbers.

/// Estimates within so many px share a bucket, as a power of two: the order among them does not matter.
const SHIFT: u32 = 2;

/// States with what was spent to reach them. The last one put into a bucket comes out first, which follows one of many
/// equal ways to its end before it looks at the others.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// By bucket: one more than the position of its last entry, 0 without any.
    heads: Vec<u32>,
    /// All entries since the beginning, in one table instead of one for each bucket.
    entries: Vec<Entry>,
    first: usize,
    last: usize,
}

/// One state, and the head that its bucket had before.
#[derive(Debug, Clone, Copy)]
struct Entry {
    state: u32,
    spent: u32,
    before: u32,
}

impl Queue {
    /// Adds a state; one that is estimated below what was taken out already counts as equal to that.
    #[inline]
    pub(super) fn push(&mut self, estimate: u32, state: u32, spent: u32) {
        let bucket = ((estimate >> SHIFT) as usize).max(self.first);
        if bucket >= self.heads.len() {
            self.heads.resize(bucket + 1, 0);
        }
        self.last = self.last.max(bucket);
        self.entries.push(Entry { state, spent, before: self.heads[bucket] });
        self.heads[bucket] = self.entries.len() as u32;
    }

    /// Takes a state of the lowest bucket.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<(u32, u32)> {
        while self.first <= self.last {
            let head = self.heads.get_mut(self.first)?;
            if *head > 0 {
                let Entry { state, spent, before } = self.entries[*head as usize - 1];
                *head = before;
                return Some((state, spent));
            }
            self.first += 1;
        }
        None
    }

    /// Forgets all states.
    pub(super) fn clear(&mut self) {
        if let Some(used) = self.heads.get_mut(self.first..=self.last) {
            used.fill(0);
        }
        self.entries.clear();
        (self.first, self.last) = (0, 0);
    }
}
