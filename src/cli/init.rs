//! `diagram init`

use std::path::Path;

use anyhow::{Result, bail};

use super::args::{InitArguments, TemplateArgument};
use super::output::{self, Staged};
use super::{Outcome, say};

/// Writes a template, unless there is something in its place.
pub fn run(arguments: &InitArguments) -> Result<Outcome> {
    let text = text(arguments.template);
    let path = &arguments.output;
    if path == Path::new("-") {
        output::to_stdout(text.as_bytes())?;
        return Ok(Outcome::Fine);
    }
    let shown = path.display();
    if path.is_dir() {
        bail!("`{shown}` is a directory: name a file in it, such as `{}`", path.join("arch.toml").display());
    }
    // A link that leads nowhere is something, too.
    if path.symlink_metadata().is_ok() {
        bail!("`{shown}` is there already: name another file, or print with `diagram init -`");
    }
    let mut staged = Staged::default();
    staged.add(path, text.as_bytes())?;
    staged.commit()?;
    say(&format!("wrote {shown}; draw it with `diagram render {shown}`\n"));
    Ok(Outcome::Fine)
}

/// The template of that name.
const fn text(template: TemplateArgument) -> &'static str {
    match template {
        TemplateArgument::Web => include_str!("templates/web.toml"),
        TemplateArgument::Serverless => include_str!("templates/serverless.toml"),
        TemplateArgument::MultiRegion => include_str!("templates/multi-region.toml"),
        TemplateArgument::Hub => include_str!("templates/hub.toml"),
    }
}
