//! Which line of a channel runs on which track: left-edge packing with vertical constraints (Hashimoto, Stevens 1971;
//! Deutsch 1976).
//!
//! A track is a place across the channel, counted from its low side. Lines with ends on the low side alone lie near it,
//! short ones nearest; those with ends on the high side alone lie near that; the others between. Where ends on opposite
//! sides face each other, the one from the low side must turn first, or both would lie on each other.

use std::collections::{BTreeMap, BTreeSet};

/// Ends from opposite sides nearer than this face each other, px.
const FACING: i32 = 5;
/// Between two lines that follow each other on one track, px.
const BETWEEN: i32 = 10;
/// How often spans may change their track to get past each other, per channel.
const CHANGES: usize = 60;
/// The side of a place where a span changes its track.
const NEITHER: usize = 2;

/// One line of a channel.
#[derive(Debug, Clone, Default)]
pub(super) struct Span {
    /// From where to where it runs along the channel.
    pub(super) low: i32,
    pub(super) high: i32,
    /// Its ends on the sides of the channel: where, and on which side (0 low, 1 high).
    pub(super) pins: Vec<(i32, usize)>,
    /// Whether it also leaves the channel at an end, and so needs a track though it has no length yet.
    pub(super) leaves: bool,
}

/// The tracks of a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tracks {
    /// By span: its tracks, each with the place along the channel where it begins, the first at the span's own low end;
    /// empty for what runs straight across the channel.
    pub(super) of_span: Vec<Vec<(i32, usize)>>,
    /// How many there are.
    pub(super) count: usize,
    /// Spans that lie on another one somewhere, because no order of tracks keeps all apart.
    pub(super) clashing: Vec<usize>,
}

impl Span {
    fn is_straight(&self) -> bool {
        self.low == self.high && !self.leaves
    }

    /// The order in which lines from one side to the other turn without crossing: of those that go up the channel the
    /// last to come in turns first, of those that go down the first.
    fn turn(&self) -> i32 {
        let mean = |side: usize| {
            let pins = self.pins.iter().filter(|pin| pin.1 == side).map(|pin| pin.0);
            pins.clone().sum::<i32>().checked_div(pins.count() as i32)
        };
        match (mean(0), mean(1)) {
            (Some(from), Some(to)) if from < to => -from,
            (Some(from), Some(_)) => from,
            _ => self.low,
        }
    }

    fn touches(&self, side: usize) -> bool {
        self.pins.iter().any(|pin| pin.1 == side)
    }
}

/// Gives every span a track, and those that cannot do with one several (a dogleg).
pub(super) fn assign(spans: &[Span]) -> Tracks {
    let mut parts: Vec<Span> = spans.to_vec();
    let mut owners: Vec<usize> = (0..spans.len()).collect();
    let mut packed = pack(&parts);
    for _ in 0..CHANGES {
        let Some((span, at)) = to_change(&parts, &packed.clashing) else { break };
        let (before, behind) = cut(&parts[span], at);
        parts[span] = before;
        parts.push(behind);
        owners.push(owners[span]);
        packed = pack(&parts);
    }
    let mut of_span: Vec<Vec<(i32, usize)>> = vec![Vec::new(); spans.len()];
    for (part, track) in packed.tracks.iter().enumerate() {
        of_span[owners[part]].extend(track.map(|track| (parts[part].low, track)));
    }
    for tracks in &mut of_span {
        tracks.sort_unstable();
    }
    let clashing = packed.clashing.iter().map(|&part| owners[part]).collect();
    Tracks { of_span, count: packed.count, clashing }
}

/// A span that had better change its track, one of those that clash or that they face, and where.
fn to_change(spans: &[Span], clashing: &[usize]) -> Option<(usize, i32)> {
    if clashing.is_empty() {
        return None;
    }
    let pairs = facing(spans);
    let mut faced = clashing.iter().flat_map(|&span| {
        let other = pairs.iter().filter(move |pair| pair.0 == span || pair.1 == span);
        std::iter::once(span).chain(other.map(move |pair| if pair.0 == span { pair.1 } else { pair.0 }))
    });
    faced.find_map(|span| Some((span, place_to_change(spans, span)?)))
}

/// Where a span may change its track: between two of its ends, off the ends of all others.
fn place_to_change(spans: &[Span], span: usize) -> Option<i32> {
    let Span { low, high, .. } = spans[span];
    let mut places: Vec<i32> =
        spans.iter().flat_map(|span| &span.pins).map(|pin| pin.0).filter(|at| (low..=high).contains(at)).collect();
    places.extend([low, high]);
    places.sort_unstable();
    let own = |from: i32, to: i32| spans[span].pins.iter().any(|pin| pin.0 >= from && pin.0 <= to);
    let gaps = places.windows(2).filter(|gap| gap[1] - gap[0] >= 2 * FACING && own(low, gap[0]) && own(gap[1], high));
    gaps.map(|gap| (gap[1] - gap[0], i32::midpoint(gap[0], gap[1]))).max().map(|(_, at)| at)
}

fn cut(span: &Span, at: i32) -> (Span, Span) {
    let part = |low: i32, high: i32| {
        let mut pins: Vec<(i32, usize)> =
            span.pins.iter().copied().filter(|pin| (low..=high).contains(&pin.0)).collect();
        pins.push((at, NEITHER));
        Span { low, high, pins, leaves: span.leaves }
    };
    (part(span.low, at), part(at, span.high))
}

/// Parts of spans on tracks.
struct Packed {
    tracks: Vec<Option<usize>>,
    count: usize,
    clashing: Vec<usize>,
}

fn pack(spans: &[Span]) -> Packed {
    let mut upper = Packing::new(spans.len());
    let mut lower = Packing::new(spans.len());
    let wanted: Vec<usize> = (0..spans.len()).filter(|&span| !spans[span].is_straight()).collect();
    let only = |span: usize, side: usize| spans[span].touches(side) && !spans[span].touches(1 - side);
    let by_length = |list: &mut Vec<usize>| {
        list.sort_by_key(|&span| (spans[span].high - spans[span].low, spans[span].low, span));
    };
    let mut low: Vec<usize> = wanted.iter().copied().filter(|&span| only(span, 0)).collect();
    let mut high: Vec<usize> = wanted.iter().copied().filter(|&span| only(span, 1)).collect();
    by_length(&mut low);
    by_length(&mut high);
    for span in low {
        upper.put(spans, span, 0);
    }
    let mixed: BTreeSet<usize> = wanted.iter().copied().filter(|&span| !only(span, 0) && !only(span, 1)).collect();
    let clashing = put_mixed(spans, &mixed, &mut upper);
    for span in high {
        lower.put(spans, span, 0);
    }
    let count = height(spans, &upper, &lower);
    let tracks =
        (0..spans.len()).map(|span| upper.track[span].or_else(|| lower.track[span].map(|track| count - 1 - track)));
    Packed { tracks: tracks.collect(), count, clashing }
}

/// Spans on tracks, first come, first served.
struct Packing {
    /// By track: the spans on it as ends by start.
    taken: Vec<BTreeMap<i32, i32>>,
    track: Vec<Option<usize>>,
}

impl Packing {
    fn new(count: usize) -> Self {
        Self { taken: Vec::new(), track: vec![None; count] }
    }

    /// Puts a span on the first track from `least` on that has room.
    fn put(&mut self, spans: &[Span], span: usize, least: usize) {
        let (low, high) = (spans[span].low, spans[span].high);
        let has_room = |taken: &BTreeMap<i32, i32>| {
            taken.range(..high + BETWEEN).next_back().is_none_or(|(_, &end)| end <= low - BETWEEN)
        };
        let mut track = least;
        while self.taken.get(track).is_some_and(|taken| !has_room(taken)) {
            track += 1;
        }
        if track >= self.taken.len() {
            self.taken.resize_with(track + 1, BTreeMap::new);
        }
        self.taken[track].insert(low, high);
        self.track[span] = Some(track);
    }
}

/// Pairs of spans that face each other: the first must lie below the second in number of track.
fn facing(spans: &[Span]) -> BTreeSet<(usize, usize)> {
    let mut pins: Vec<(i32, usize, usize)> = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        if !span.is_straight() {
            pins.extend(span.pins.iter().map(|&(at, side)| (at, side, index)));
        }
    }
    pins.sort_unstable();
    let mut pairs = BTreeSet::new();
    for (position, &(at, side, span)) in pins.iter().enumerate() {
        for &(_, other_side, other) in pins[position + 1..].iter().take_while(|pin| pin.0 - at < FACING) {
            if side != other_side && span != other && side != NEITHER && other_side != NEITHER {
                pairs.insert(if side == 0 { (span, other) } else { (other, span) });
            }
        }
    }
    pairs
}

/// Puts the spans with ends on both sides behind those that they face; returns those for which that is impossible.
fn put_mixed(spans: &[Span], mixed: &BTreeSet<usize>, packing: &mut Packing) -> Vec<usize> {
    let pairs = facing(spans);
    let mut waits: BTreeMap<usize, usize> = mixed.iter().map(|&span| (span, 0)).collect();
    let mut before: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut behind: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(first, second) in pairs.iter().filter(|pair| mixed.contains(&pair.1)) {
        before.entry(second).or_default().push(first);
        if mixed.contains(&first) {
            *waits.entry(second).or_default() += 1;
            behind.entry(first).or_default().push(second);
        }
    }
    let key = |span: usize, waiting: usize| (waiting, spans[span].turn(), span);
    let mut queue: BTreeSet<(usize, i32, usize)> = waits.iter().map(|(&span, &waiting)| key(span, waiting)).collect();
    let mut clashing = Vec::new();
    while let Some((waiting, _, span)) = queue.pop_first() {
        if waiting > 0 {
            clashing.push(span);
        }
        let tracks = before.get(&span).into_iter().flatten().filter_map(|&first| packing.track[first]);
        let least = tracks.map(|track| track + 1).max().unwrap_or(0);
        packing.put(spans, span, least);
        for &next in behind.get(&span).into_iter().flatten() {
            let Some(waiting) = waits.get_mut(&next) else { continue };
            if queue.remove(&key(next, *waiting)) {
                *waiting -= 1;
                queue.insert(key(next, *waiting));
            }
        }
    }
    clashing
}

/// The number of tracks at which what is counted from below lies clear of what is counted from above.
fn height(spans: &[Span], upper: &Packing, lower: &Packing) -> usize {
    let mut count = upper.taken.len().max(lower.taken.len());
    if upper.taken.is_empty() || lower.taken.is_empty() {
        return count;
    }
    for (span, track) in lower.track.iter().enumerate().filter_map(|(span, track)| Some((span, (*track)?))) {
        let (low, high) = (spans[span].low - BETWEEN, spans[span].high + BETWEEN);
        let deepest =
            upper.taken.iter().rposition(|taken| taken.range(..high).next_back().is_some_and(|(_, &end)| end > low));
        count = count.max(deepest.map_or(0, |deepest| deepest + track + 2));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(low: i32, high: i32, pins: &[(i32, usize)]) -> Span {
        Span { low, high, pins: pins.to_vec(), leaves: false }
    }

    #[test]
    fn lines_apart_share_a_track() {
        let spans = [span(0, 40, &[(0, 0), (40, 0)]), span(60, 90, &[(60, 0), (90, 0)])];
        assert_eq!(first_tracks(&spans), [0, 0]);
    }

    #[test]
    fn the_longer_line_lies_farther_from_the_side_of_its_ends() {
        let from_below = [span(0, 90, &[(0, 1), (90, 1)]), span(20, 60, &[(20, 1), (60, 1)])];
        assert_eq!(first_tracks(&from_below), [0, 1]);
        let from_above = [span(0, 90, &[(0, 0), (90, 0)]), span(20, 60, &[(20, 0), (60, 0)])];
        assert_eq!(first_tracks(&from_above), [1, 0]);
    }

    #[test]
    fn of_two_ends_that_face_each_other_the_upper_turns_first() {
        let spans = [span(0, 50, &[(0, 0), (50, 1)]), span(50, 90, &[(50, 0), (90, 1)])];
        let tracks = first_tracks(&spans);
        assert!(tracks[1] < tracks[0]);
    }

    #[test]
    fn lines_in_parallel_do_not_cross() {
        let spans = [span(0, 100, &[(0, 0), (100, 1)]), span(20, 120, &[(20, 0), (120, 1)])];
        let tracks = first_tracks(&spans);
        assert!(tracks[1] < tracks[0], "the inner one would be crossed by the end of the outer one: {tracks:?}");
    }

    #[test]
    fn a_straight_line_needs_no_track() {
        assert_eq!(assign(&[span(30, 30, &[(30, 0), (30, 1)])]), Tracks { of_span: vec![vec![]], ..Tracks::default() });
    }

    #[test]
    fn of_two_lines_that_face_each_other_twice_one_changes_its_track() {
        let spans = [span(0, 50, &[(0, 0), (50, 1)]), span(0, 50, &[(50, 0), (0, 1)])];
        let tracks = assign(&spans);
        assert!(tracks.clashing.is_empty());
        let changed = usize::from(tracks.of_span[0].len() == 1);
        let [(_, before), (at, behind)] = tracks.of_span[changed][..] else { panic!("two tracks: {tracks:?}") };
        let other = tracks.of_span[1 - changed][0].1;
        assert!((8..=42).contains(&at));
        assert!(before.min(behind) < other && other < before.max(behind));
    }

    #[test]
    fn what_has_no_room_to_change_is_reported() {
        let spans = [span(0, 8, &[(0, 0), (8, 1)]), span(0, 8, &[(8, 0), (0, 1)])];
        assert_eq!(assign(&spans).clashing.len(), 1);
    }

    fn first_tracks(spans: &[Span]) -> Vec<usize> {
        let tracks = assign(spans);
        assert!(tracks.clashing.is_empty());
        tracks.of_span.iter().map(|tracks| tracks[0].1).collect()
    }
}
