//! What the terminal behind a stream can show. `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`, `FORCE_COLOR`, `TERM` and
//! `FORCE_HYPERLINK` have their say.

use std::io;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use supports_hyperlinks::Stream;

/// What may be written besides plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abilities {
    /// Escape codes of colours.
    pub colors: bool,
    /// Escape codes of links (OSC 8).
    pub links: bool,
}

/// Settles what concerns all streams: `FORCE_COLOR`, which Node made known, counts as `CLICOLOR_FORCE` does.
pub fn settle() {
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if value("FORCE_COLOR").is_some_and(|value| value != "0") && value("NO_COLOR").is_none() {
        ColorChoice::Always.write_global();
    }
}

/// Those of standard output.
pub fn of_stdout() -> Abilities {
    of(&io::stdout(), Stream::Stdout)
}

/// Those of standard error.
pub fn of_stderr() -> Abilities {
    of(&io::stderr(), Stream::Stderr)
}

fn of(stream: &impl RawStream, same: Stream) -> Abilities {
    Abilities { colors: AutoStream::choice(stream) != ColorChoice::Never, links: supports_hyperlinks::on(same) }
}
