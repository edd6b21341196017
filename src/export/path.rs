//! Polylines as SVG path data, with rounded corners.

use super::xml::number;
use crate::geometry::Point;

/// Half a px, in tenths: a line of odd width fills whole pixels when its middle is the middle of a pixel.
pub const HALF: i32 = 5;

/// The data of a polyline, its middle moved by [`HALF`] and its corners rounded by at most `radius` px.
pub fn data(points: &[Point], radius: i32) -> String {
    let points: Vec<(i32, i32)> = points.iter().map(|point| (point.x * 10 + HALF, point.y * 10 + HALF)).collect();
    let mut out = String::new();
    let Some(&start) = points.first() else { return out };
    out.push('M');
    pair(&mut out, start.0, start.1);
    let mut at = start;
    for (index, &corner) in points.iter().enumerate().skip(1) {
        let Some(&after) = points.get(index + 1) else {
            step(&mut out, at, corner);
            break;
        };
        let before = points[index - 1];
        // Half of each neighbour at most: the next corner needs the other half.
        let room = (radius * 10).min(length(before, corner) / 2).min(length(corner, after) / 2);
        let (enter, leave) = (toward(corner, before, room), toward(corner, after, room));
        step(&mut out, at, enter);
        if room > 0 {
            out.push('q');
            pair(&mut out, corner.0 - enter.0, corner.1 - enter.1);
            pair_after(&mut out, leave.0 - enter.0, leave.1 - enter.1);
        }
        at = leave;
    }
    out
}

/// The data of a closed polygon, moved by [`HALF`] like the lines that it ends.
pub fn polygon(points: &[Point]) -> String {
    let mut out = String::new();
    let mut at: Option<Point> = None;
    for &point in points {
        match at {
            None => {
                out.push('M');
                pair(&mut out, point.x * 10 + HALF, point.y * 10 + HALF);
            }
            Some(last) => {
                out.push('l');
                pair(&mut out, (point.x - last.x) * 10, (point.y - last.y) * 10);
            }
        }
        at = Some(point);
    }
    out.push('z');
    out
}

/// A straight step, in the shortest command.
fn step(out: &mut String, from: (i32, i32), to: (i32, i32)) {
    match (to.0 - from.0, to.1 - from.1) {
        (0, 0) => {}
        (dx, 0) => {
            out.push('h');
            number(out, dx);
        }
        (0, dy) => {
            out.push('v');
            number(out, dy);
        }
        (dx, dy) => {
            out.push('l');
            pair(out, dx, dy);
        }
    }
}

/// Two numbers.
fn pair(out: &mut String, x: i32, y: i32) {
    number(out, x);
    if y >= 0 {
        out.push(' ');
    }
    number(out, y);
}

/// Two numbers behind another number.
fn pair_after(out: &mut String, x: i32, y: i32) {
    if x >= 0 {
        out.push(' ');
    }
    pair(out, x, y);
}

/// The length of an axis-parallel stretch; for any other the larger of its extents.
fn length(from: (i32, i32), to: (i32, i32)) -> i32 {
    (to.0 - from.0).abs().max((to.1 - from.1).abs())
}

/// The point `by` from `from` towards `to` on an axis-parallel stretch.
fn toward(from: (i32, i32), to: (i32, i32), by: i32) -> (i32, i32) {
    (from.0 + (to.0 - from.0).signum() * by, from.1 + (to.1 - from.1).signum() * by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    #[test]
    fn corners_are_rounded() {
        let points = [point(0, 0), point(40, 0), point(40, 30)];
        assert_eq!(data(&points, 6), "M.5 .5h34q6 0 6 6v24");
    }

    #[test]
    fn a_corner_takes_at_most_half_of_a_short_stretch() {
        let points = [point(0, 0), point(40, 0), point(40, 6), point(80, 6)];
        assert_eq!(data(&points, 6), "M.5 .5h37q3 0 3 3q0 3 3 3h37");
    }

    #[test]
    fn sharp_corners_stay_sharp() {
        assert_eq!(data(&[point(0, 0), point(0, 9), point(-9, 9)], 0), "M.5 .5v9h-9");
    }

    #[test]
    fn polygons_are_closed() {
        assert_eq!(polygon(&[point(9, 0), point(0, -4), point(0, 4)]), "M9.5 .5l-9-4l0 8z");
    }
}
