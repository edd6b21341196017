//! What is written, against everything else.

use super::drawing::Drawing;
use super::lines::FAR;
use super::plane::{Area, TOUCH};

/// What is wrong with labels, counted.
#[derive(Debug, Default)]
pub struct Labels {
    /// A link's label over a leaf, a title or another such label; a title over a leaf or another title.
    pub overlaps: usize,
    /// Lines through captions and titles, those of their own ends too.
    pub lines_over: usize,
    /// Lines through labels of other links.
    pub lines_over_links: usize,
    /// Labels of links that a container's border runs through.
    pub on_border: usize,
    /// Labels of links that stand far from their line.
    pub detached: usize,
    /// Titles that stick out of their container (one wholly outside does not).
    pub spill: usize,
}

/// Counts what is wrong with labels.
pub fn count(drawing: &Drawing) -> Labels {
    let of_links: Vec<(usize, Area)> =
        drawing.lines.iter().enumerate().filter_map(|(index, line)| Some((index, line.label?))).collect();
    let titles: Vec<(usize, Area)> =
        drawing.containers().filter_map(|index| Some((index, drawing.shapes[index].label?))).collect();
    let leaves: Vec<Area> = drawing.leaves().map(|leaf| drawing.full(leaf)).collect();
    let texts: Vec<Area> = of_links.iter().chain(&titles).map(|(_, area)| *area).collect();
    let among_texts = texts.iter().enumerate().flat_map(|(index, a)| texts[index + 1..].iter().map(move |b| (a, b)));
    let with_leaves = texts.iter().flat_map(|a| leaves.iter().map(move |b| (a, b)));
    let captions = drawing.leaves().filter_map(|leaf| drawing.shapes[leaf].label);
    let written: Vec<Area> = captions.chain(titles.iter().map(|(_, title)| *title)).collect();
    let crossed = |area: &Area, but: Option<usize>| {
        let others = drawing.lines.iter().enumerate().filter(|(index, _)| Some(*index) != but);
        others.filter(|(_, line)| area.is_crossed_by(&line.points)).count()
    };
    let borders = |label: &Area| drawing.containers().filter(|&c| label.straddles(&drawing.shapes[c].frame)).count();
    let far = |(index, label): &&(usize, Area)| {
        let points = &drawing.lines[*index].points;
        !points.is_empty() && !points.windows(2).any(|pair| label.grown(FAR).is_entered_by((pair[0], pair[1])))
    };
    Labels {
        overlaps: among_texts.chain(with_leaves).filter(|(a, b)| a.overlaps(b, TOUCH)).count(),
        lines_over: written.iter().map(|area| crossed(area, None)).sum(),
        lines_over_links: of_links.iter().map(|(index, area)| crossed(area, Some(*index))).sum(),
        on_border: of_links.iter().map(|(_, label)| borders(label)).sum(),
        detached: of_links.iter().filter(far).count(),
        spill: titles.iter().filter(|(index, title)| title.straddles(&drawing.shapes[*index].frame)).count(),
    }
}
