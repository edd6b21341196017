//! The geometry of the judge: areas and lines in fractional px, so that it judges pictures of other programs too.

/// Boxes may touch by this much before they overlap, px.
pub const TOUCH: f64 = 0.5;
/// Boxes are shrunk by this much before a line counts as running through them, px.
const SHRINK: f64 = 1.0;
/// What is this close together lies on top of each other, px.
pub const NEAR: f64 = 1.0;

/// A point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

/// A stretch between two points.
pub type Stretch = (Spot, Spot);

/// A rectangle by its edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Spot {
    /// The straight distance to another point.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The distance to a stretch.
    pub fn distance_to(self, (a, b): Stretch) -> f64 {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let square = dx * dx + dy * dy;
        let share =
            if square == 0.0 { 0.0 } else { (((self.x - a.x) * dx + (self.y - a.y) * dy) / square).clamp(0.0, 1.0) };
        (self.x - a.x - share * dx).hypot(self.y - a.y - share * dy)
    }

    /// The area that is only this point.
    pub const fn area(self) -> Area {
        Area { left: self.x, top: self.y, right: self.x, bottom: self.y }
    }
}

/// Whether a stretch is level.
pub fn is_level(a: Spot, b: Spot) -> bool {
    (a.y - b.y).abs() < f64::EPSILON
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The smallest area around both.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The area with every edge moved outward, px.
    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether both overlap by more than `touch` in both directions.
    pub fn overlaps(&self, other: &Self, touch: f64) -> bool {
        self.right.min(other.right) - self.left.max(other.left) > touch
            && self.bottom.min(other.bottom) - self.top.max(other.top) > touch
    }

    /// Whether it lies inside another area, by more than `touch` outside nowhere.
    pub fn lies_in(&self, other: &Self, touch: f64) -> bool {
        let outer = other.grown(touch);
        self.left >= outer.left && self.top >= outer.top && self.right <= outer.right && self.bottom <= outer.bottom
    }

    /// Whether it overlaps another area without lying in it, give or take a px: its border runs through.
    pub fn straddles(&self, other: &Self) -> bool {
        self.overlaps(other, 1.0) && !self.lies_in(other, 1.0)
    }

    /// The distance between the nearest points of both.
    pub fn gap(&self, other: &Self) -> f64 {
        let dx = (other.left - self.right).max(self.left - other.right).max(0.0);
        let dy = (other.top - self.bottom).max(self.top - other.bottom).max(0.0);
        dx.hypot(dy)
    }

    /// Whether a line runs through the inside.
    pub fn is_crossed_by(&self, line: &[Spot]) -> bool {
        line.windows(2).any(|pair| self.grown(-SHRINK).is_entered_by((pair[0], pair[1])))
    }

    /// Whether a stretch enters the inside (clipping of Liang and Barsky).
    pub fn is_entered_by(&self, (p, q): Stretch) -> bool {
        if self.left >= self.right || self.top >= self.bottom {
            return false;
        }
        let (mut first, mut last) = (0.0_f64, 1.0_f64);
        for (length, start, low, high) in
            [(q.x - p.x, p.x, self.left, self.right), (q.y - p.y, p.y, self.top, self.bottom)]
        {
            if length == 0.0 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - start) / length, (high - start) / length);
            first = first.max(a.min(b));
            last = last.min(a.max(b));
            if first >= last {
                return false;
            }
        }
        true
    }
}

/// The point inside both stretches at which they cross.
pub fn crossing((a, b): Stretch, (c, d): Stretch) -> Option<Spot> {
    let (ux, uy, vx, vy) = (b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y);
    let turn = ux * vy - uy * vx;
    if turn == 0.0 {
        return None;
    }
    let (ex, ey) = (c.x - a.x, c.y - a.y);
    let (t, u) = ((ex * vy - ey * vx) / turn, (ex * uy - ey * ux) / turn);
    let inside = 0.0 < t && t < 1.0 && 0.0 < u && u < 1.0;
    inside.then_some(Spot { x: a.x + t * ux, y: a.y + t * uy })
}

/// The piece of the first stretch along which the second runs within [`NEAR`]; only of nearly parallel ones (two
/// degrees), so that a crossing is none.
pub fn common_piece((a, b): Stretch, (c, d): Stretch) -> Option<Stretch> {
    let (length, other) = (a.distance(b), c.distance(d));
    if length < 1e-9 || other < 1e-9 {
        return None;
    }
    let (ux, uy) = ((b.x - a.x) / length, (b.y - a.y) / length);
    if ((b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x)).abs() > 0.035 * length * other {
        return None;
    }
    // How far along the first stretch, and how far off it, both ends of the second lie.
    let along = |p: Spot| ((p.x - a.x) * ux + (p.y - a.y) * uy, (p.x - a.x) * -uy + (p.y - a.y) * ux);
    let (mut start, mut end) = (along(c), along(d));
    if start.0 > end.0 {
        (start, end) = (end, start);
    }
    let (mut low, mut high) = (start.0.max(0.0), end.0.min(length));
    if high - low <= 0.0 {
        return None;
    }
    if (end.0 - start.0).abs() > 1e-9 && (end.1 - start.1).abs() > 1e-9 {
        let slope = (end.1 - start.1) / (end.0 - start.0);
        let (one, two) = (start.0 + (-NEAR - start.1) / slope, start.0 + (NEAR - start.1) / slope);
        (low, high) = (low.max(one.min(two)), high.min(one.max(two)));
    } else if start.1.abs() > NEAR {
        return None;
    }
    let at = |s: f64| Spot { x: a.x + ux * s, y: a.y + uy * s };
    (high - low > 0.0).then(|| (at(low), at(high)))
}

/// The line without repeated points and without points on the way straight on, so that what is left are corners.
pub fn cleaned(points: &[Spot]) -> Vec<Spot> {
    let mut line: Vec<Spot> = Vec::new();
    for &p in points {
        if line.last().is_some_and(|last| p.distance(*last) < 0.01) {
            continue;
        }
        while let [.., a, b] = line[..] {
            let (ux, uy, vx, vy) = (b.x - a.x, b.y - a.y, p.x - b.x, p.y - b.y);
            let straight = (ux * vy - uy * vx).abs() <= 0.005 * ux.hypot(uy) * vx.hypot(vy);
            if ux * vx + uy * vy <= 0.0 || !straight {
                break;
            }
            line.pop();
        }
        line.push(p);
    }
    line
}
