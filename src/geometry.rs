//! Points, sizes, rectangles and sides, in whole pixels, y down.
//!
//! Whole pixels keep every comparison exact, so that equal input gives equal bytes on every machine.
//! Sizes of boxes are kept even by the measuring pass, so that their centres are whole pixels too.

/// A point, in px, origin at the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Point {
    /// Distance from the left edge, px.
    pub x: i32,
    /// Distance from the top edge, px.
    pub y: i32,
}

/// Makes a [`Point`].
pub const fn point(x: i32, y: i32) -> Point {
    Point { x, y }
}

impl Point {
    /// The point moved by `dx`, `dy` px.
    #[must_use]
    pub const fn offset(self, dx: i32, dy: i32) -> Self {
        point(self.x + dx, self.y + dy)
    }

    /// The coordinate along `axis`.
    pub const fn along(self, axis: Axis) -> i32 {
        match axis {
            Axis::Horizontal => self.x,
            Axis::Vertical => self.y,
        }
    }

    /// The Manhattan distance to `other`, px.
    pub const fn manhattan(self, other: Self) -> i32 {
        (self.x - other.x).abs() + (self.y - other.y).abs()
    }
}

/// A width and a height, px.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Size {
    /// Extent in x, px.
    pub width: i32,
    /// Extent in y, px.
    pub height: i32,
}

impl Size {
    /// Makes a size.
    pub const fn new(width: i32, height: i32) -> Self {
        Self { width, height }
    }
}

/// An axis-parallel rectangle: its top left corner and its extents, px.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Extent in x.
    pub width: i32,
    /// Extent in y.
    pub height: i32,
}

impl Rect {
    /// Makes a rectangle from its top left corner and its extents.
    pub const fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self { x, y, width, height }
    }

    /// Makes a rectangle from its four edges.
    pub const fn from_edges(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        Self { x: left, y: top, width: right - left, height: bottom - top }
    }

    /// The left edge.
    pub const fn left(&self) -> i32 {
        self.x
    }

    /// The top edge.
    pub const fn top(&self) -> i32 {
        self.y
    }

    /// The right edge.
    pub const fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The bottom edge.
    pub const fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// The extents.
    pub const fn size(&self) -> Size {
        Size { width: self.width, height: self.height }
    }

    /// The centre, rounded down to a whole pixel.
    pub const fn center(&self) -> Point {
        point(self.x + self.width / 2, self.y + self.height / 2)
    }

    /// The coordinate of the edge on `side`: x for east and west, y for north and south.
    pub const fn edge(&self, side: Side) -> i32 {
        match side {
            Side::North => self.top(),
            Side::East => self.right(),
            Side::South => self.bottom(),
            Side::West => self.left(),
        }
    }

    /// The lower and the upper edge along `axis`.
    pub const fn range(&self, axis: Axis) -> (i32, i32) {
        match axis {
            Axis::Horizontal => (self.left(), self.right()),
            Axis::Vertical => (self.top(), self.bottom()),
        }
    }

    /// What a line along an axis from `a` to `b` covers, 1 px thick.
    pub fn of_line(a: Point, b: Point) -> Self {
        Self::from_edges(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x) + 1, a.y.max(b.y) + 1)
    }

    /// The rectangle moved by `dx`, `dy` px.
    #[must_use]
    pub const fn offset(&self, dx: i32, dy: i32) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..*self }
    }

    /// The rectangle grown by `dx` px to the left and right and by `dy` px up and down.
    #[must_use]
    pub const fn inflate(&self, dx: i32, dy: i32) -> Self {
        Self { x: self.x - dx, y: self.y - dy, width: self.width + 2 * dx, height: self.height + 2 * dy }
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_edges(
            self.left().min(other.left()),
            self.top().min(other.top()),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }

    /// Whether the two share an area (touching edges do not count).
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.left() < other.right()
            && other.left() < self.right()
            && self.top() < other.bottom()
            && other.top() < self.bottom()
    }

    /// Whether `other` lies inside, edges included.
    pub const fn contains(&self, other: &Self) -> bool {
        other.left() >= self.left()
            && other.right() <= self.right()
            && other.top() >= self.top()
            && other.bottom() <= self.bottom()
    }

    /// Whether a line along an axis from `a` to `b` runs through the inside.
    pub fn is_crossed(&self, a: Point, b: Point) -> bool {
        a.x.min(b.x) < self.right()
            && a.x.max(b.x) > self.left()
            && a.y.min(b.y) < self.bottom()
            && a.y.max(b.y) > self.top()
    }

    /// Whether `at` lies inside, edges included.
    pub const fn contains_point(&self, at: Point) -> bool {
        at.x >= self.left() && at.x <= self.right() && at.y >= self.top() && at.y <= self.bottom()
    }
}

/// One of the two directions in which a line may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Along x.
    Horizontal,
    /// Along y.
    Vertical,
}

impl Axis {
    /// The other axis.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Horizontal => Self::Vertical,
            Self::Vertical => Self::Horizontal,
        }
    }
}

/// A side of a box; also the direction that points out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The top side, up.
    North,
    /// The right side.
    East,
    /// The bottom side, down.
    South,
    /// The left side.
    West,
}

impl Side {
    /// All four, clockwise from the top.
    pub const ALL: [Self; 4] = [Self::North, Self::East, Self::South, Self::West];

    /// The side across.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::North => Self::South,
            Self::East => Self::West,
            Self::South => Self::North,
            Self::West => Self::East,
        }
    }

    /// The axis along which one leaves through this side.
    pub const fn axis(self) -> Axis {
        match self {
            Self::North | Self::South => Axis::Vertical,
            Self::East | Self::West => Axis::Horizontal,
        }
    }

    /// The step of one px out of this side.
    pub const fn unit(self) -> Point {
        match self {
            Self::North => point(0, -1),
            Self::East => point(1, 0),
            Self::South => point(0, 1),
            Self::West => point(-1, 0),
        }
    }
}
