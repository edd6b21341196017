//! Labels and badges on lines.
/// x
pub struct Labels { /// x
 pub labels: Vec<super::LinkLabel>, /// x
 pub badges: Vec<super::Badge> }
/// STUB
pub fn place(_t: &crate::topology::Topology, _p: &super::placement::Placement, _r: &super::routing::Routes, _l: &[Option<crate::text::TextBlock>]) -> Labels { Labels { labels: vec![], badges: vec![] } }
