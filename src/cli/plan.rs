//! What the arguments of `render` mean: which input is drawn into which files. Nothing is read or written yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use diagram::export::{Format, view_file};

use super::args::{FormatArgument, RenderArguments};
use super::input::Input;

/// The pictures of one run.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// One for each input, in the order in which they were typed.
    pub jobs: Vec<Job>,
}

/// One input and what becomes of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Job {
    /// What is read.
    pub input: Input,
    /// What is written, in the order of [`Format::ALL`]; never empty.
    pub outputs: Vec<Output>,
    /// The file name by which the Markdown shows the picture.
    pub picture: String,
    /// Whether one view is wanted alone, so that its files have exactly these names.
    pub only: bool,
}

/// One format and where it goes.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    /// What is written.
    pub format: Format,
    /// Where.
    pub target: Target,
}

/// Where an output goes.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
}

/// What `-o` means.
enum Destination {
    /// Beside each input.
    Beside,
    /// Standard output.
    Stdout,
    /// One file.
    File(PathBuf, Format),
    /// A directory.
    Directory(PathBuf),
}

/// The name of the outputs of standard input, without ending.
const STDIN_STEM: &str = "diagram";

/// Works out what `render` was asked to do.
pub fn plan(arguments: &RenderArguments) -> Result<Plan> {
    let inputs: Vec<Input> = arguments.inputs.iter().map(|path| Input::new(path)).collect();
    let chosen = chosen_formats(&arguments.formats);
    let destination = destination(arguments.output.as_deref(), &inputs, &chosen)?;
    let view = arguments.view.as_deref();
    // The page tells of the whole, so that a view alone comes without it unless it is asked for.
    let usual = || Format::ALL.into_iter().filter(|format| view.is_none() || *format != Format::Markdown).collect();
    let formats = if chosen.is_empty() { usual() } else { chosen };
    let jobs = inputs.into_iter().map(|input| job(input, &destination, &formats, view)).collect::<Result<_>>()?;
    let plan = Plan { jobs };
    refuse_collisions(&plan)?;
    Ok(plan)
}

/// The formats of `--format`, each once, in fixed order; empty if there are none.
fn chosen_formats(typed: &[FormatArgument]) -> Vec<Format> {
    let typed: Vec<Format> = typed
        .iter()
        .map(|format| match format {
            FormatArgument::Svg => Format::Svg,
            FormatArgument::Png => Format::Png,
            FormatArgument::Md => Format::Markdown,
        })
        .collect();
    Format::ALL.into_iter().filter(|format| typed.contains(format)).collect()
}

/// Works out what `-o` means for these inputs and the formats of `--format`.
fn destination(output: Option<&Path>, inputs: &[Input], chosen: &[Format]) -> Result<Destination> {
    let Some(output) = output else {
        // Standard input has no place beside which anything could stand.
        let piped = inputs == [Input::Stdin];
        return if piped { standard_output(inputs, chosen) } else { Ok(Destination::Beside) };
    };
    if output == Path::new("-") {
        return standard_output(inputs, chosen);
    }
    if is_directory(output) {
        return Ok(Destination::Directory(output.to_owned()));
    }
    if inputs.len() > 1 {
        bail!("`{}` is one file, but there are {} inputs: name a directory after -o", output.display(), inputs.len());
    }
    Ok(Destination::File(output.to_owned(), format_of_file(output, chosen)?))
}

/// Standard output takes one format of one input.
fn standard_output(inputs: &[Input], chosen: &[Format]) -> Result<Destination> {
    if inputs.len() > 1 {
        bail!("standard output takes one picture, but there are {} inputs: name a directory after -o", inputs.len());
    }
    if chosen.len() != 1 {
        bail!("standard output takes exactly one format: add --format svg, --format png or --format md");
    }
    Ok(Destination::Stdout)
}

/// Whether what was typed after `-o` is a directory: it is one already, ends in a slash, or is nothing yet and has
/// no ending.
fn is_directory(output: &Path) -> bool {
    let ends_in_separator = output.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
    output.is_dir() || ends_in_separator || (output.extension().is_none() && !output.exists())
}

/// The format to write into a file named after `-o`.
fn format_of_file(output: &Path, chosen: &[Format]) -> Result<Format> {
    let shown = output.display();
    let extension = output.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let told = extension.as_deref().and_then(Format::from_extension);
    match (chosen, told) {
        ([], Some(format)) => Ok(format),
        ([], None) => bail!("`{shown}` does not say its format: end it in .svg, .png or .md, or add --format"),
        ([format], Some(told)) if *format != told => {
            bail!("`{shown}` is the name of another format than --format {}", format.extension())
        }
        ([format], _) => Ok(*format),
        _ => bail!("`{shown}` is one file, but --format names {} formats: name a directory after -o", chosen.len()),
    }
}

/// The outputs of one input; `view` is the only picture wanted.
fn job(input: Input, destination: &Destination, formats: &[Format], view: Option<&str>) -> Result<Job> {
    let stem = stem(&input)?;
    let in_directory = |directory: &Path| {
        let name = |format: Format| view_file(&format!("{stem}.{}", format.extension()), view.unwrap_or_default());
        let file = |format: Format| Target::File(directory.join(name(format)));
        formats.iter().map(|&format| Output { format, target: file(format) }).collect()
    };
    let outputs: Vec<Output> = match destination {
        Destination::Beside => in_directory(input.directory()),
        Destination::Directory(directory) => in_directory(directory),
        Destination::Stdout => formats.iter().map(|&format| Output { format, target: Target::Stdout }).collect(),
        Destination::File(path, format) => {
            vec![Output { format: *format, target: Target::File(path.clone()) }]
        }
    };
    let picture = picture(&outputs, &stem);
    Ok(Job { input, outputs, picture, only: view.is_some() })
}

/// The file name of an input without its ending.
pub fn stem(input: &Input) -> Result<String> {
    let Input::File(path) = input else { return Ok(STDIN_STEM.to_owned()) };
    match path.file_stem() {
        Some(stem) => Ok(stem.to_string_lossy().into_owned()),
        None => bail!("`{}` is not a file", path.display()),
    }
}

/// The picture that the Markdown shows: the PNG only where no SVG is written with it.
fn picture(outputs: &[Output], stem: &str) -> String {
    let format = match outputs {
        [Output { format: Format::Png, .. }, ..] => Format::Png,
        _ => Format::Svg,
    };
    format!("{stem}.{}", format.extension())
}

impl Plan {
    /// The input whose own output a file is.
    pub fn owner(&self, path: &Path) -> Option<&Input> {
        let wanted = identity(path);
        let writes = |job: &&Job| {
            let paths = job.outputs.iter().filter_map(|output| match &output.target {
                Target::File(path) => Some(path),
                Target::Stdout => None,
            });
            paths.into_iter().any(|path| identity(path) == wanted)
        };
        self.jobs.iter().find(writes).map(|job| &job.input)
    }
}

/// Refuses outputs that would be written twice, or over an input.
fn refuse_collisions(plan: &Plan) -> Result<()> {
    let mut written: BTreeMap<PathBuf, &Input> = BTreeMap::new();
    for job in &plan.jobs {
        for output in &job.outputs {
            let Target::File(path) = &output.target else { continue };
            if let Some(other) = written.insert(identity(path), &job.input) {
                bail!("`{other}` and `{}` would both be drawn into `{}`", job.input, path.display());
            }
        }
    }
    for job in &plan.jobs {
        let Input::File(path) = &job.input else { continue };
        if let Some(writer) = written.get(&identity(path)) {
            bail!("drawing `{writer}` would overwrite the input `{}`", path.display());
        }
    }
    Ok(())
}

/// One path for all ways to write it, as far as it exists.
fn identity(path: &Path) -> PathBuf {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default();
    path.canonicalize()
        .or_else(|_| directory.canonicalize().map(|directory| directory.join(name)))
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use clap::Parser;

    use super::super::args::{Arguments, Command};
    use super::*;

    /// The plan of a command line, as "input: output output (picture)" lines.
    fn plan_of(line: &str) -> Result<Vec<String>, String> {
        let arguments = Arguments::try_parse_from(line.split(' ')).map_err(|error| error.to_string())?;
        let Command::Render(arguments) = arguments.command else { panic!("not a render: {line}") };
        let plan = plan(&arguments).map_err(|error| error.to_string())?;
        let show = |job: &Job| {
            let outputs: Vec<String> = job.outputs.iter().map(show_output).collect();
            format!("{}: {} ({})", job.input, outputs.join(" "), job.picture)
        };
        Ok(plan.jobs.iter().map(show).collect())
    }

    fn show_output(output: &Output) -> String {
        match &output.target {
            Target::Stdout => format!("-={}", output.format.extension()),
            Target::File(path) => path.display().to_string().replace('\\', "/"),
        }
    }

    #[test]
    fn outputs_stand_beside_their_input() {
        assert_eq!(
            plan_of("diagram render a/arch.toml").unwrap(),
            ["a/arch.toml: a/arch.svg a/arch.png a/arch.md (arch.svg)"]
        );
        assert_eq!(
            plan_of("diagram render arch.toml --format md,png").unwrap(),
            ["arch.toml: arch.png arch.md (arch.png)"]
        );
    }

    #[test]
    fn a_view_alone_has_a_name_of_its_own() {
        assert_eq!(
            plan_of("diagram render arch.toml --view data").unwrap(),
            ["arch.toml: arch.data.svg arch.data.png (arch.svg)"]
        );
        assert_eq!(plan_of("diagram render arch.toml --view data -o x.svg").unwrap(), ["arch.toml: x.svg (arch.svg)"]);
    }

    #[test]
    fn a_known_ending_is_a_file_and_decides_the_format() {
        assert_eq!(plan_of("diagram render arch.toml -o x/p.png").unwrap(), ["arch.toml: x/p.png (arch.png)"]);
        assert_eq!(plan_of("diagram render arch.toml -o doc.md").unwrap(), ["arch.toml: doc.md (arch.svg)"]);
        assert_eq!(plan_of("diagram render arch.toml -o a.xml --format svg").unwrap(), ["arch.toml: a.xml (arch.svg)"]);
    }

    #[test]
    fn a_path_without_an_ending_is_a_directory() {
        assert_eq!(
            plan_of("diagram render a.toml b.toml -o new --format svg").unwrap(),
            ["a.toml: new/a.svg (a.svg)", "b.toml: new/b.svg (b.svg)"]
        );
        assert_eq!(plan_of("diagram render a.toml -o new.d/ --format svg").unwrap(), ["a.toml: new.d/a.svg (a.svg)"]);
    }

    #[test]
    fn standard_input_goes_to_standard_output_unless_told_otherwise() {
        assert_eq!(plan_of("diagram render - --format svg").unwrap(), ["<stdin>: -=svg (diagram.svg)"]);
        assert_eq!(
            plan_of("diagram render - -o new --format svg").unwrap(),
            ["<stdin>: new/diagram.svg (diagram.svg)"]
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused_in_words() {
        for (line, words) in [
            ("diagram render a.toml -o -", "exactly one format"),
            ("diagram render -", "exactly one format"),
            ("diagram render a.toml --format svg,md -o -", "exactly one format"),
            ("diagram render a.toml b.toml --format svg -o -", "takes one picture"),
            ("diagram render a.toml b.toml -o x.svg", "is one file"),
            ("diagram render a.toml -o x.pdf", "does not say its format"),
            ("diagram render a.toml -o x.svg --format png", "another format"),
            ("diagram render a.toml -o x.svg --format svg,png", "names 2 formats"),
            ("diagram render x/arch.toml y/arch.toml -o new", "would both be drawn into"),
            ("diagram render a.toml ./a.toml", "would both be drawn into"),
            ("diagram render arch.svg", "would overwrite the input"),
            ("diagram render ..", "is not a file"),
        ] {
            let error = plan_of(line).unwrap_err();
            assert!(error.contains(words), "{line}: {error}");
        }
    }
}
