//! A queue of search states by estimate: buckets instead of a heap, as estimates are small whole numbers.

/// Estimates within so many px share a bucket, as a power of two: the order among them does not matter.
const SHIFT: u32 = 2;

/// States with what was spent to reach them. The last one put into a bucket comes out first, which follows one of many
/// equal ways to its end before it looks at the others.
#[derive(Debug, Default)]
pub(super) struct Queue {
    buckets: Vec<Vec<(u32, u32)>>,
    first: usize,
    last: usize,
}

impl Queue {
    /// Adds a state; one that is estimated below what was taken out already counts as equal to that.
    pub(super) fn push(&mut self, estimate: u32, state: u32, spent: u32) {
        let bucket = ((estimate >> SHIFT) as usize).max(self.first);
        if bucket >= self.buckets.len() {
            self.buckets.resize_with(bucket + 1, Vec::new);
        }
        self.last = self.last.max(bucket);
        self.buckets[bucket].push((state, spent));
    }

    /// Takes a state of the lowest bucket.
    pub(super) fn pop(&mut self) -> Option<(u32, u32)> {
        while self.first <= self.last {
            if let Some(entry) = self.buckets.get_mut(self.first)?.pop() {
                return Some(entry);
            }
            self.first += 1;
        }
        None
    }

    /// Forgets all states.
    pub(super) fn clear(&mut self) {
        if let Some(used) = self.buckets.get_mut(self.first..=self.last) {
            for bucket in used {
                bucket.clear();
            }
        }
        (self.first, self.last) = (0, 0);
    }
}
