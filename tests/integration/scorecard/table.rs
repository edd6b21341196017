//! The card as text: Markdown tables with aligned columns, one row for each picture.

use std::fmt::Write;

use super::metrics::Metrics;
use super::stability::{Move, Stability, quantile};

/// The widest name of a picture.
const NAME: usize = 48;
/// The widths of pages and screens over their heights within which a picture fits well.
const GOOD_ASPECT: std::ops::RangeInclusive<f64> = 0.6..=2.2;

/// One picture.
pub struct Row {
    pub name: String,
    pub is_example: bool,
    pub metrics: Metrics,
    pub compromises: usize,
}

/// A figure of several pictures.
type Total = (&'static str, fn(&[&Row]) -> String);
/// A figure of one change.
type Distance = (&'static str, fn(&Move) -> f64);
/// A column: its heading and what it says of a picture.
type Column = (&'static str, fn(&Row) -> String);

/// A figure with so many decimals; nothing for what can't be measured.
fn decimal(value: Option<f64>, places: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.places$}"))
}

/// A count in which 0 does not catch the eye.
fn count(value: usize) -> String {
    if value == 0 { ".".to_owned() } else { value.to_string() }
}

/// How a picture looks.
const LOOKS: [Column; 19] = [
    ("boxes", |row| row.metrics.nodes.to_string()),
    ("groups", |row| row.metrics.containers.to_string()),
    ("links", |row| row.metrics.edges.to_string()),
    ("crossings", |row| count(row.metrics.crossings_drawn)),
    ("by pair", |row| count(row.metrics.crossings)),
    ("corners", |row| count(row.metrics.corners)),
    ("per link", |row| decimal(row.metrics.corners_per_edge, 2)),
    ("bends p.l.", |row| decimal(row.metrics.bends_per_edge, 2)),
    ("detour", |row| decimal(row.metrics.detour_mean, 2)),
    ("longest", |row| decimal(row.metrics.detour_max, 2)),
    ("length", |row| format!("{:.0}", row.metrics.total_edge_length)),
    ("flow", |row| decimal(row.metrics.flow, 2)),
    ("width", |row| format!("{:.0}", row.metrics.width)),
    ("height", |row| format!("{:.0}", row.metrics.height)),
    ("aspect", |row| decimal(row.metrics.aspect_ratio, 2)),
    ("density", |row| decimal(row.metrics.density, 3)),
    ("aligned", |row| decimal(row.metrics.alignment, 2)),
    ("gap", |row| decimal(row.metrics.min_gap, 0)),
    ("copies off", |row| decimal(row.metrics.replica_offset_px, 0)),
];

/// What is wrong with a picture. The first nine must be 0, unless the program speaks of a compromise.
const FAULTS: [Column; 14] = [
    ("boxes overlap", |row| count(row.metrics.node_overlaps)),
    ("nesting broken", |row| count(row.metrics.container_violations)),
    ("line through box", |row| count(row.metrics.edge_through_node)),
    ("through group", |row| count(row.metrics.edge_through_container)),
    ("on line px", |row| count(row.metrics.edge_overlap_px.ceil() as usize)),
    ("over caption", |row| count(row.metrics.edge_over_label)),
    ("labels overlap", |row| count(row.metrics.label_overlaps)),
    ("slanted", |row| count(row.metrics.slanted)),
    ("loose ends", |row| count(row.metrics.loose_ends)),
    ("over label", |row| count(row.metrics.edge_over_edge_label)),
    ("label on border", |row| count(row.metrics.label_on_border)),
    ("label far", |row| count(row.metrics.label_detached)),
    ("title spills", |row| count(row.metrics.label_spill)),
    ("compromises", |row| count(row.compromises)),
];

/// The card of all pictures.
pub fn card(rows: &[Row], stabilities: &[Stability]) -> String {
    let mut text = String::from(
        "# Scorecard\n\nThe figures of every example and every topology of the corpus, made by the tests; \
         `just accept` rewrites them.\nThe words are explained at their computation, in `tests/integration/scorecard`.\n",
    );
    text += "\n## Looks\n\n";
    table(&mut text, &LOOKS, rows);
    text += "\n## Faults\n\n";
    table(&mut text, &FAULTS, rows);
    text += "\n## All together\n\n";
    totals(&mut text, rows);
    text += "\n## Stability\n\nHow far boxes move when one box or one label is added, removed or renamed, in percent of the \
             picture's diagonal.\n\n";
    stability(&mut text, stabilities);
    text
}

fn table(text: &mut String, columns: &[Column], rows: &[Row]) {
    let width = |column: &Column| column.0.len().max(5);
    let _ = write!(text, "| {:NAME$} |", "picture");
    for column in columns {
        let _ = write!(text, " {:>1$} |", column.0, width(column));
    }
    let _ = write!(text, "\n| {} |", "-".repeat(NAME));
    for column in columns {
        let _ = write!(text, " {}: |", "-".repeat(width(column) - 1));
    }
    text.push('\n');
    for row in rows {
        let _ = write!(text, "| {:NAME$} |", row.name);
        for column in columns {
            let _ = write!(text, " {:>1$} |", (column.1)(row), width(column));
        }
        text.push('\n');
    }
}

/// Sums and medians over the examples, the corpus, and both.
fn totals(text: &mut String, rows: &[Row]) {
    let _ = writeln!(text, "| {:NAME$} | {:>8} | {:>8} | {:>8} |", "", "examples", "corpus", "all");
    let _ = writeln!(text, "| {} | -------: | -------: | -------: |", "-".repeat(NAME));
    let sets: [Vec<&Row>; 3] = [
        rows.iter().filter(|row| row.is_example).collect(),
        rows.iter().filter(|row| !row.is_example).collect(),
        rows.iter().collect(),
    ];
    let figures: [Total; 9] = [
        ("pictures", |rows| rows.len().to_string()),
        ("links", |rows| sum(rows, |row| row.metrics.edges).to_string()),
        ("crossings", |rows| sum(rows, |row| row.metrics.crossings_drawn).to_string()),
        ("corners", |rows| sum(rows, |row| row.metrics.corners).to_string()),
        ("corners per link", |rows| {
            let links = sum(rows, |row| row.metrics.edges_drawn);
            decimal((links > 0).then(|| sum(rows, |row| row.metrics.corners) as f64 / links as f64), 3)
        }),
        ("density, median", |rows| decimal(median(rows.iter().filter_map(|row| row.metrics.density).collect()), 3)),
        ("aspect from 0.6 to 2.2", |rows| {
            sum(rows, |row| usize::from(row.metrics.aspect_ratio.is_some_and(|aspect| GOOD_ASPECT.contains(&aspect))))
                .to_string()
        }),
        ("faults", |rows| sum(rows, |row| row.metrics.faults().iter().map(|fault| fault.1).sum()).to_string()),
        ("compromises", |rows| sum(rows, |row| row.compromises).to_string()),
    ];
    for (name, figure) in figures {
        let _ = write!(text, "| {name:NAME$} |");
        for set in &sets {
            let _ = write!(text, " {:>8} |", figure(set));
        }
        text.push('\n');
    }
}

/// Median, ninth decile and worst of all changes of each example.
fn stability(text: &mut String, stabilities: &[Stability]) {
    let figures: [Distance; 3] =
        [("on page", |by| by.on_page), ("among each other", |by| by.among), ("most moved tenth", |by| by.far)];
    let _ = write!(text, "| {:NAME$} | {:>7} |", "picture", "changes");
    for (name, _) in figures {
        let _ = write!(text, " {name:>16} | {:>5} | {:>5} |", "90 %", "worst");
    }
    let _ = write!(text, " worst change |\n| {} | ------: |", "-".repeat(NAME));
    text.push_str(&" ---------------: | ----: | ----: |".repeat(figures.len()));
    text.push_str(" --- |\n");
    for Stability { name, moves } in stabilities {
        let _ = write!(text, "| {name:NAME$} | {:>7} |", moves.len());
        for (_, figure) in figures {
            let of = |percent| 100.0 * quantile(moves.iter().map(figure).collect(), percent);
            let _ = write!(text, " {:>16.1} | {:>5.1} | {:>5.1} |", of(50), of(90), of(100));
        }
        let worst = moves.iter().max_by(|a, b| a.among.total_cmp(&b.among));
        let _ = writeln!(text, " {} |", worst.map_or("", |worst| &worst.what));
    }
}

fn sum(rows: &[&Row], part: impl Fn(&Row) -> usize) -> usize {
    rows.iter().map(|row| part(row)).sum()
}

/// The value in the middle; of an even number, the upper one.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
