//! What was typed. What it means is worked out in `plan`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Draws AWS architectures from TOML: laid out automatically, with the official icons.
#[derive(Debug, Parser)]
#[command(name = "diagram", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  diagram init                        write arch.toml, a file to begin with
  diagram render arch.toml            draw arch.svg, arch.png and arch.md
  diagram check arch.toml             say what is wrong with it
  diagram describe arch.toml          what it is, in words
  diagram icons queue                 find the kind to write for a service
  diagram explain unknown-kind        what a message means
  diagram render --help               everything that a command can do";

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Draw architectures: SVG, PNG and Markdown
    Render(RenderArguments),
    /// Find what is wrong, without drawing
    Check(CheckArguments),
    /// Describe an architecture in words, or for templates
    Describe(DescribeArguments),
    /// Write files in their canonical form
    Fmt(FmtArguments),
    /// Write a file to begin with
    Init(InitArguments),
    /// Print where everything would be drawn
    Layout(LayoutArguments),
    /// List and search kinds of services and icons
    Icons(IconsArguments),
    /// Print the JSON Schema of the format, for editors
    Schema(SchemaArguments),
    /// Explain the code of a message
    Explain(ExplainArguments),
    /// Print a script that completes commands in a shell
    Completions(CompletionsArguments),
    /// Print the manual page
    Man(ManArguments),
}

const RENDER_EXAMPLES: &str = "\
Examples:
  diagram render arch.toml                       arch.svg, arch.png and arch.md beside arch.toml
  diagram render arch.toml -o docs/              the same three in docs
  diagram render arch.toml -o picture.svg        one file, in the format that its ending says
  diagram render arch.toml --format svg,md       only these formats
  diagram render arch.toml --view data           only arch.data.svg and arch.data.png
  diagram render arch.toml --theme dark --scale 3
  diagram render arch.toml --highlight-failures az:us-east-1a -o without-a.svg
  diagram render */arch.toml                     several at once, in parallel
  diagram render - --format svg -o - < arch.toml | gzip > arch.svgz

Exit codes: 0 drawn, 1 a document has errors, 2 a file could not be read or written, or the
command was not understood. A file is written whole or not at all: on error the old ones stay.";

/// `diagram render`
#[derive(Debug, Args)]
#[command(after_help = RENDER_EXAMPLES)]
pub struct RenderArguments {
    /// TOML files to draw; `-` reads standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// File or directory to write to; `-` writes standard output [default: beside the input]
    ///
    /// A path that ends in .svg, .png or .md is a file and decides the format. Other paths are directories, which are
    /// created if they do not exist.
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,

    /// What to write, separated by commas [default: svg,png,md]
    #[arg(short, long = "format", value_name = "FORMATS", value_enum, value_delimiter = ',')]
    pub formats: Vec<FormatArgument>,

    /// Colours [default: what the document says, else light]
    #[arg(long, value_enum)]
    pub theme: Option<ThemeArgument>,

    /// The way in which the picture reads [default: what the document says, else auto]
    #[arg(long, value_enum)]
    pub direction: Option<DirectionArgument>,

    /// Draw only this view [default: the whole and all views]
    #[arg(long, value_name = "ID")]
    pub view: Option<String>,

    /// Draw what is lost in grey and what breaks in red: `az:us-east-1a`, `region:us-east-1`, `box:api`
    #[arg(long, value_name = "LOSS")]
    pub highlight_failures: Option<String>,

    /// Pixels of the PNG for each pixel of the SVG
    #[arg(long, value_name = "FACTOR", default_value = "2", value_parser = parse_scale)]
    pub scale: f32,

    /// What the Markdown is like
    #[command(flatten)]
    pub page: PageArguments,
}

/// What the Markdown is like.
#[derive(Debug, Clone, Args)]
pub struct PageArguments {
    /// How much the Markdown says [default: short]
    #[arg(long, value_enum)]
    pub detail: Option<DetailArgument>,

    /// Tera template for the Markdown [default: what the document says, else our own]
    ///
    /// It may include and extend other files of its folder, and nothing else.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
}

const DESCRIBE_EXAMPLES: &str = "\
Examples:
  diagram describe arch.toml                     the page, on standard output
  diagram describe arch.toml --detail full -o arch.md
  diagram describe arch.toml --template page.md  in a shape of your own
  diagram describe arch.toml --format json       what templates are filled with

Exit codes: 0 described, 1 the document or the template has errors, 2 a file could not be read or
written, or the command was not understood.";

/// `diagram describe`
#[derive(Debug, Args)]
#[command(after_help = DESCRIBE_EXAMPLES)]
pub struct DescribeArguments {
    /// TOML file to describe; `-` reads standard input
    pub input: PathBuf,

    /// How to print it
    #[arg(short, long, value_enum, default_value = "md")]
    pub format: DescriptionFormat,

    /// What the Markdown is like
    #[command(flatten)]
    pub page: PageArguments,

    /// File to write to [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How much a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DetailArgument {
    /// Half a page to a page
    Short,
    /// Also tables of everything, of failures and of availability
    Full,
}

/// A format of `describe`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DescriptionFormat {
    /// The page
    Md,
    /// What templates are filled with
    Json,
}

const LAYOUT_EXAMPLES: &str = "\
Examples:
  diagram layout arch.toml                       a listing for people
  diagram layout arch.toml --format json         the geometry for other programs
  diagram layout arch.toml --explain             why it looks as it does
  diagram layout - --direction right < arch.toml";

/// `diagram layout`
#[derive(Debug, Args)]
#[command(after_help = LAYOUT_EXAMPLES)]
pub struct LayoutArguments {
    /// TOML file to lay out; `-` reads standard input
    pub input: PathBuf,

    /// How to print it
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListingFormat,

    /// The way in which the picture reads [default: what the document says, else auto]
    #[arg(long, value_enum)]
    pub direction: Option<DirectionArgument>,

    /// Lay out this view instead of the whole
    #[arg(long, value_name = "ID")]
    pub view: Option<String>,

    /// Print what was considered and how it scored, instead of the geometry
    #[arg(long)]
    pub explain: bool,
}

const ICONS_EXAMPLES: &str = "\
Examples:
  diagram icons                                  everything
  diagram icons load balancer                    what these words find
  diagram icons --format json                    the same for other programs";

/// `diagram icons`
#[derive(Debug, Args)]
#[command(after_help = ICONS_EXAMPLES)]
pub struct IconsArguments {
    /// Words to search for; without any, everything is listed
    pub words: Vec<String>,

    /// How to print it
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListingFormat,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  diagram check arch.toml                        findings for people
  diagram check --deny warning */arch.toml       fail on warnings too
  diagram check arch.toml --what-if az:us-east-1a
  diagram check --format sarif arch.toml > findings.sarif
  diagram check --format json - < arch.toml | jq '.findings[].code'

Exit codes: 0 nothing at the level of --deny or above, 1 something, 2 a file could not be read,
or the command was not understood.";

/// `diagram check`
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct CheckArguments {
    /// TOML files to check; `-` reads standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// How to print what was found
    #[arg(short, long, value_enum, default_value = "human")]
    pub format: FindingsFormat,

    /// Print what becomes of every flow without this: `az:us-east-1a`, `region:us-east-1`, `box:api`, `box:api@us-east-1a`
    #[arg(long, value_name = "LOSS")]
    pub what_if: Vec<String>,

    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "error")]
    pub deny: LevelArgument,
}

const FMT_EXAMPLES: &str = "\
Examples:
  diagram fmt arch.toml                          rewrite it, if that changes anything
  diagram fmt --check */arch.toml                write nothing, say which would change
  diagram fmt - < arch.toml                      from standard input to standard output

Exit codes: 0 all are in their canonical form now, 1 a file is no TOML, or with --check would
change, 2 a file could not be read or written, or the command was not understood.";

/// `diagram fmt`
#[derive(Debug, Args)]
#[command(after_help = FMT_EXAMPLES)]
pub struct FmtArguments {
    /// TOML files to format; `-` reads standard input and writes standard output
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Write nothing; the exit code says whether a file would change
    #[arg(long)]
    pub check: bool,
}

const INIT_EXAMPLES: &str = "\
Examples:
  diagram init                                   arch.toml: a web application in two zones
  diagram init docs/orders.toml --template serverless
  diagram init - --template hub | diagram render - -o hub.svg";

/// `diagram init`
#[derive(Debug, Args)]
#[command(after_help = INIT_EXAMPLES)]
pub struct InitArguments {
    /// File to write, which must not exist yet; `-` writes standard output
    #[arg(default_value = "arch.toml", value_name = "FILE")]
    pub output: PathBuf,

    /// What it describes
    #[arg(short, long, value_enum, default_value = "web")]
    pub template: TemplateArgument,
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  diagram schema > diagram.schema.json           then begin arch.toml with
                                                 #:schema ./diagram.schema.json
  taplo check --schema file://$PWD/diagram.schema.json arch.toml";

/// `diagram schema`
#[derive(Debug, Args)]
#[command(after_help = SCHEMA_EXAMPLES)]
pub struct SchemaArguments {}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  diagram explain unknown-kind                   what it means, a wrong and a right document
  diagram explain                                every code, a line each";

/// `diagram explain`
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct ExplainArguments {
    /// The code, as it stands in brackets in a message; without one, all are listed
    pub code: Option<String>,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  diagram completions bash > ~/.local/share/bash-completion/completions/diagram
  diagram completions zsh > ~/.zfunc/_diagram    with ~/.zfunc in $fpath
  diagram completions fish > ~/.config/fish/completions/diagram.fish";

/// `diagram completions`
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub struct CompletionsArguments {
    /// The shell
    pub shell: Shell,
}

const MAN_EXAMPLES: &str = "\
Examples:
  diagram man | man -l -                         read it
  diagram man -o ~/.local/share/man/man1         one page for each command, for `man diagram-render`";

/// `diagram man`
#[derive(Debug, Args)]
#[command(after_help = MAN_EXAMPLES)]
pub struct ManArguments {
    /// Directory to write one page for each command to, instead of printing the main one
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// What a new file describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TemplateArgument {
    /// A web application: frontend, API, database, in two zones
    Web,
    /// Events, functions and queues without a network
    Serverless,
    /// An active and a passive region
    MultiRegion,
    /// Networks around a transit gateway
    Hub,
}

/// A format of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// For people, with the lines concerned
    Human,
    /// For programs
    Json,
    /// For code scanning: SARIF 2.1.0, as GitHub and editors read it
    Sarif,
}

/// How bad a finding is at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LevelArgument {
    /// What can't be drawn as written
    Error,
    /// Also what is probably not meant
    Warning,
}

/// A format of `render`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArgument {
    /// Vector picture, self-contained
    Svg,
    /// Pixel picture
    Png,
    /// Description in Markdown
    Md,
}

/// A format of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListingFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// A theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeArgument {
    /// Black on white
    Light,
    /// White on dark
    Dark,
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DirectionArgument {
    /// Whichever reads better
    Auto,
    /// Top to bottom
    Down,
    /// Left to right
    Right,
}

/// The largest factor of `--scale`: past it a picture of ordinary size no longer fits into memory.
const LARGEST_SCALE: f32 = 16.0;
/// The smallest factor of `--scale`: below it nothing can be recognised.
const SMALLEST_SCALE: f32 = 0.1;

/// Reads the factor of `--scale`.
fn parse_scale(text: &str) -> Result<f32, String> {
    let scale: f32 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (SMALLEST_SCALE..=LARGEST_SCALE).contains(&scale) {
        Ok(scale)
    } else {
        Err(format!("must lie between {SMALLEST_SCALE} and {LARGEST_SCALE}"))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_scale_is_a_sensible_number() {
        assert_eq!(parse_scale("2"), Ok(2.0));
        assert_eq!(parse_scale("0.5"), Ok(0.5));
        for wrong in ["0", "-1", "17", "NaN", "inf", "big"] {
            assert!(parse_scale(wrong).is_err(), "{wrong}");
        }
    }
}
