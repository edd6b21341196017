//! The page that goes with the picture: what it is, what does what and why, how it works, what it survives, and whether it is
//! what was asked for.
//!
//! Arrives: a [`Topology`] with its [`Analysis`]. Leaves: Markdown (`CommonMark` with GitHub's extensions) in the topology's
//! language. Every sentence is computed from the model or is the author's own; a section without anything to say is left out.
//! `sections`, `places`, `outside`, `flows`, `resilience` and `tables` find out what is true, `english` and `spanish` say it
//! ([`voice::Voice`]), `context` is what they come to, and a `template` puts it in order.

mod context;
mod duty;
mod english;
mod escape;
mod flows;
mod losses;
mod outside;
mod places;
mod reading;
mod resilience;
mod sections;
mod spanish;
mod tables;
mod template;
#[cfg(test)]
mod tests;
mod voice;

use serde::Serialize;

use crate::analysis::Analysis;
use crate::topology::Topology;
use reading::Reading;

pub use template::{BadTemplate, Template};

/// What the page has apart from the topology.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The pictures to embed, the one of the whole first.
    pub pictures: &'a [Picture],
    /// How much it says.
    pub detail: Detail,
    /// The author's own template, if there is one.
    pub template: Option<&'a Template>,
}

/// How much a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// Half a page to a page.
    #[default]
    Short,
    /// Also tables of everything, what becomes of each flow without each part, and figures of availability.
    Full,
}

/// A picture to embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its title, where it is a view; the whole stands under the title of the page.
    pub title: Option<String>,
    /// The file beside the page.
    pub file: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// Writes the page, with a line end after the last line.
///
/// # Errors
/// If the author's own template is no template, or uses what there is not.
pub fn markdown(topology: &Topology, analysis: &Analysis, options: &Options) -> Result<String, Box<BadTemplate>> {
    template::fill(&context(topology, analysis, options), options.template)
}

/// What templates are filled with, as JSON.
#[allow(clippy::missing_panics_doc)] // It is a table of strings and numbers.
pub fn json(topology: &Topology, analysis: &Analysis, options: &Options) -> String {
    let page = context(topology, analysis, options);
    serde_json::to_string_pretty(&page).expect("the page is a table of strings and numbers") + "\n"
}

fn context(topology: &Topology, analysis: &Analysis, options: &Options) -> context::Page {
    let reading = Reading { topology, voice: voice::of(topology.heading.language) };
    context::page(&reading, analysis, options)
}
