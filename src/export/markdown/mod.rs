//! The page that goes with the picture: what it is, what stands where, how it works, what it survives, and why.
//!
//! Arrives: a [`Topology`]. Leaves: Markdown (`CommonMark` with GitHub's extensions) in the topology's language.
//! Every sentence is computed from the model or is the author's own; a section without anything to say is left out.
//! `places`, `stores`, `outside`, `flows` and `resilience` find out what is true, `english` and `spanish` say it
//! ([`voice::Voice`]), and the template puts it in order.

mod context;
mod english;
mod escape;
mod flows;
mod outside;
mod places;
mod reading;
mod resilience;
mod spanish;
mod stores;
#[cfg(test)]
mod tests;
mod voice;

use tera::{Context, Tera};

use crate::topology::Topology;
use reading::Reading;

/// The shape of the page.
const TEMPLATE: &str = include_str!("templates/page.md");

/// What the page has apart from the topology.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The pictures to embed, the one of the whole first.
    pub pictures: &'a [Picture],
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
#[allow(clippy::missing_panics_doc)] // The template is our own: it panics in the tests or never.
pub fn markdown(topology: &Topology, options: &Options) -> String {
    let reading = Reading { topology, voice: voice::of(topology.heading.language) };
    let page = context::page(&reading, options);
    let mut tera = Tera::new();
    tera.add_raw_template("page.md", TEMPLATE).expect("the page's template is well formed");
    let context = Context::from_serialize(&page).expect("the page is a table of strings and numbers");
    tera.render("page.md", &context).expect("the template uses only what the page has")
}
