//! Where lines of different nets cross: the upper one cuts the lower, so that each can be followed.

use super::segments::{Segment, Segments};
use super::strands::Strand;
use crate::geometry::{Axis, Point, point};

/// Half the length of a cut along the upper line, px: enough for the lower line's width.
const REACH: i32 = 3;

/// With more crossings for each strand than this, the picture is a weave in which nobody follows a line, and the cuts, which grow as
/// the square of its size, would be most of the file.
const MOST_FOR_EACH: usize = 40;

/// The width of the columns by which horizontal lines are looked up, px: in a large picture few of those at the height of a vertical
/// line come near it.
const COLUMN: i32 = 1024;

/// The short stretches of upper strands that hide what they cross, by the index of the upper strand.
pub fn cuts(strands: &[Strand], lines: &Segments) -> Vec<Vec<(Point, Point)>> {
    let mut cuts = vec![Vec::new(); strands.len()];
    let mut left = MOST_FOR_EACH * strands.len();
    let horizontals = Columns::new(lines.along(Axis::Horizontal));
    for vertical in lines.along(Axis::Vertical) {
        let hits = horizontals.under(vertical);
        for horizontal in hits.filter(|segment| strands[segment.owner].net != strands[vertical.owner].net) {
            if left == 0 {
                return vec![Vec::new(); strands.len()];
            }
            left -= 1;
            if horizontal.owner > vertical.owner {
                let (low, high) = reach(vertical.at, horizontal.low, horizontal.high);
                cuts[horizontal.owner].push((point(low, horizontal.at), point(high, horizontal.at)));
            } else {
                let (low, high) = reach(horizontal.at, vertical.low, vertical.high);
                cuts[vertical.owner].push((point(vertical.at, low), point(vertical.at, high)));
            }
        }
    }
    cuts
}

/// Horizontal stretches by the columns that they enter, in each from top to bottom.
struct Columns {
    left: i32,
    columns: Vec<Vec<Segment>>,
}

impl Columns {
    fn new(horizontals: &[Segment]) -> Self {
        let left = horizontals.iter().map(|segment| segment.low).min().unwrap_or(0);
        let right = horizontals.iter().map(|segment| segment.high).max().unwrap_or(left);
        let column = |x: i32| ((x - left) / COLUMN) as usize;
        let mut columns = vec![Vec::new(); column(right) + 1];
        for segment in horizontals {
            for column in &mut columns[column(segment.low)..=column(segment.high)] {
                column.push(*segment);
            }
        }
        Self { left, columns }
    }

    /// Those that cross a vertical stretch between its ends and theirs.
    fn under(&self, vertical: &Segment) -> impl Iterator<Item = &Segment> {
        let Segment { at, low, high, .. } = *vertical;
        let column = usize::try_from((at - self.left).div_euclid(COLUMN)).ok();
        let here = column.and_then(|column| self.columns.get(column)).map_or(&[][..], Vec::as_slice);
        here[here.partition_point(|segment| segment.at <= low)..]
            .iter()
            .take_while(move |segment| segment.at < high)
            .filter(move |segment| segment.low < at && segment.high > at)
    }
}

/// The stretch around `at` that stays between `low` and `high`.
fn reach(at: i32, low: i32, high: i32) -> (i32, i32) {
    ((at - REACH).max(low), (at + REACH).min(high))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::super::strands;
    use super::*;
    use crate::geometry::Rect;

    #[test]
    fn the_solid_line_cuts_the_dashed_one() {
        let mut fixture = Fixture::new(300, 300);
        let one = fixture.node("one", None, Rect::new(0, 100, 64, 64), None);
        let two = fixture.node("two", None, Rect::new(200, 100, 64, 64), None);
        fixture.link(one, two, &[(66, 132), (198, 132)]);
        let dashed = fixture.link(two, one, &[(130, 20), (130, 200)]);
        fixture.topology.statements[dashed.index()].asynchronous = true;
        let strands = strands::trace(&fixture.topology, &fixture.layout);
        let cuts = cuts(&strands, &Segments::of_strands(&strands));
        assert!(strands[0].dashed && cuts[0].is_empty());
        assert_eq!(cuts[1], [(point(127, 132), point(133, 132))]);
    }

    #[test]
    fn a_weave_is_left_as_it_is() {
        let mut fixture = Fixture::new(900, 900);
        let one = fixture.node("one", None, Rect::new(0, 100, 64, 64), None);
        let weave = |fixture: &mut Fixture, lines: i32| {
            for at in (0..lines).map(|line| 100 + 8 * line) {
                fixture.link(one, one, &[(66, at), (890, at)]);
                fixture.link(one, one, &[(66 + at, 90), (66 + at, 890)]);
            }
            let strands = strands::trace(&fixture.topology, &fixture.layout);
            cuts(&strands, &Segments::of_strands(&strands)).iter().map(Vec::len).sum::<usize>()
        };
        assert_eq!(weave(&mut fixture, 3), 9);
        assert_eq!(weave(&mut fixture, 90), 0);
    }

    #[test]
    fn lines_of_one_net_do_not_cut_each_other() {
        let mut fixture = Fixture::new(300, 300);
        let one = fixture.node("one", None, Rect::new(0, 100, 64, 64), None);
        fixture.link(one, one, &[(66, 132), (198, 132)]);
        fixture.link_in(0, one, one, &[(130, 20), (130, 200)]);
        let strands = strands::trace(&fixture.topology, &fixture.layout);
        assert!(cuts(&strands, &Segments::of_strands(&strands)).iter().all(Vec::is_empty));
    }
}
