mod check;
mod describe;
mod fmt;
mod help;
mod init;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// The smallest document worth drawing.
const TINY: &str = "[services.site]\nkind = \"s3\"\n";

/// The longest that any run here may take.
const TIMEOUT: Duration = Duration::from_secs(120);

/// One run of the program in a directory of its own: files, arguments, and what is expected of it.
struct Run {
    directory: TempDir,
    arguments: Vec<String>,
    stdin: Vec<u8>,
    /// Of the environment; colours and links are not forced otherwise.
    variables: Vec<(String, String)>,
    status: i32,
    stdout: Option<String>,
    stderr: Option<String>,
    mentions: Vec<String>,
}

/// What a run left behind.
struct Left {
    directory: TempDir,
    stdout: Vec<u8>,
    stderr: String,
}

impl Run {
    /// A run with these arguments, separated by spaces, which is expected to end well.
    fn new(arguments: &str) -> Self {
        Self {
            directory: tempfile::tempdir().unwrap(),
            arguments: arguments.split_whitespace().map(str::to_owned).collect(),
            stdin: Vec::new(),
            variables: Vec::new(),
            status: 0,
            stdout: None,
            stderr: None,
            mentions: Vec::new(),
        }
    }

    /// Puts a file into its directory.
    fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Where a file of its directory stands.
    fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    /// What arrives on standard input.
    fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.stdin = bytes.as_ref().to_vec();
        self
    }

    /// The exit code expected.
    fn status(mut self, status: i32) -> Self {
        self.status = status;
        self
    }

    /// All of standard output.
    fn stdout(mut self, text: &str) -> Self {
        self.stdout = Some(text.to_owned());
        self
    }

    /// All of standard error.
    fn stderr(mut self, text: &str) -> Self {
        self.stderr = Some(text.to_owned());
        self
    }

    /// Words that standard error has.
    fn says(mut self, words: &str) -> Self {
        self.mentions.push(words.to_owned());
        self
    }

    /// Runs the program and compares.
    #[track_caller]
    fn check(self) -> Left {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diagram"));
        command.args(&self.arguments).current_dir(&self.directory).write_stdin(self.stdin).timeout(TIMEOUT);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "FORCE_HYPERLINK"] {
            command.env_remove(name);
        }
        command.envs(self.variables);
        let output = command.output().unwrap();
        let left = Left {
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
            directory: self.directory,
        };
        let shown = format!("diagram {}\n{}", self.arguments.join(" "), left.stderr);
        assert_eq!(output.status.code(), Some(self.status), "{shown}");
        if let Some(stdout) = self.stdout {
            assert_eq!(String::from_utf8_lossy(&left.stdout), stdout, "{shown}");
        }
        if let Some(stderr) = self.stderr {
            assert_eq!(left.stderr, stderr, "{shown}");
        }
        for words in self.mentions {
            assert!(left.stderr.contains(&words), "`{words}` is missing in\n{shown}");
        }
        left
    }
}

impl Left {
    /// The names of all files, sorted, with slashes.
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        gather(self.directory.path(), self.directory.path(), &mut files);
        files.sort();
        files
    }

    /// The bytes of a file.
    fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.directory.path().join(path)).unwrap()
    }
}

/// Gathers the files below a directory.
fn gather(root: &Path, directory: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            files.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

/// Whether bytes are a PNG of that many pixels in x.
fn png_width(bytes: &[u8]) -> u32 {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    u32::from_be_bytes(bytes[16..20].try_into().unwrap())
}

#[test]
fn render_writes_three_files_beside_the_input() {
    let left = Run::new("render docs/arch.toml")
        .file("docs/arch.toml", TINY)
        .stdout("")
        .stderr("wrote docs/arch.svg, docs/arch.png, docs/arch.md\n")
        .check();
    assert_eq!(left.files(), ["docs/arch.md", "docs/arch.png", "docs/arch.svg", "docs/arch.toml"]);
    assert!(left.read("docs/arch.svg").starts_with(b"<svg "));
    assert!(String::from_utf8(left.read("docs/arch.md")).unwrap().contains("(arch.svg)"));
    png_width(&left.read("docs/arch.png"));
}

#[test]
fn render_writes_where_it_is_told() {
    let left = Run::new("render arch.toml -o new/dir --format md,svg").file("arch.toml", TINY).check();
    assert_eq!(left.files(), ["arch.toml", "new/dir/arch.md", "new/dir/arch.svg"]);
    let left = Run::new("render arch.toml -o picture.png").file("arch.toml", TINY).check();
    assert_eq!(left.files(), ["arch.toml", "picture.png"]);
    let left = Run::new("render arch.toml --output=page.txt --format=md").file("arch.toml", TINY).check();
    assert_eq!(left.files(), ["arch.toml", "page.txt"]);
}

#[test]
fn standard_streams_stand_in_for_files() {
    let piped = Run::new("render - --format svg -o -").stdin(TINY).stderr("").check();
    let beside = Run::new("render arch.toml --format svg").file("arch.toml", TINY).check();
    assert_eq!(piped.stdout, beside.read("arch.svg"));
    assert_eq!(piped.files(), [""; 0]);
    let left = Run::new("render - --format md -o .").stdin(TINY).check();
    assert_eq!(left.files(), ["diagram.md"]);
    let left = Run::new("render arch.toml -o - --format png").file("arch.toml", TINY).stderr("").check();
    png_width(&left.stdout);
}

#[test]
fn standard_output_takes_one_format_of_one_input() {
    Run::new("render - -o -").stdin(TINY).status(2).stdout("").says("exactly one format").check();
    Run::new("render a.toml b.toml -o - --format svg").status(2).says("one picture, but there are 2 inputs").check();
}

#[test]
fn the_scale_is_that_of_the_png() {
    let width = |arguments: &str| {
        let run = Run::new(&format!("render arch.toml -o a.png {arguments}")).file("arch.toml", TINY);
        png_width(&run.check().read("a.png"))
    };
    let single = width("--scale 1");
    assert_eq!(width(""), 2 * single);
    assert_eq!(width("--scale 3"), 3 * single);
    Run::new("render arch.toml --scale 0").file("arch.toml", TINY).status(2).says("between 0.1 and 16").check();
}

#[test]
fn theme_and_direction_override_the_document() {
    let text =
        include_str!("../../../examples/web-app/arch.toml").replacen("[diagram]", "[diagram]\ntheme = \"dark\"", 1);
    let svg = |arguments: &str| Run::new(&format!("render - --format svg {arguments}")).stdin(&text).check().stdout;
    assert!(svg("") == svg("--theme dark"), "the document chose the dark theme");
    assert!(svg("") != svg("--theme light"), "the command line chose the light theme");
    assert!(svg("--direction down") != svg("--direction right"), "the picture reads the other way");
}

#[test]
fn several_inputs_are_drawn_and_told_of_in_their_order() {
    let mut run = Run::new("render --format svg z.toml a.toml m.toml -o out/");
    for name in ["z.toml", "a.toml", "m.toml"] {
        run = run.file(name, TINY);
    }
    let left = run.stderr("wrote out/z.svg\nwrote out/a.svg\nwrote out/m.svg\n").check();
    assert_eq!(left.files(), ["a.toml", "m.toml", "out/a.svg", "out/m.svg", "out/z.svg", "z.toml"]);
}

#[test]
fn a_mistake_in_one_input_does_not_keep_the_others() {
    let run =
        Run::new("render --format svg bad.toml good.toml none.toml").file("bad.toml", "[services.x]\nkind = \"s33\"\n");
    let left = run
        .file("good.toml", TINY)
        .status(2)
        .says("`s33`")
        .says("wrote good.svg")
        .says("cannot read `none.toml`")
        .check();
    assert_eq!(left.files(), ["bad.toml", "good.svg", "good.toml"]);
}

#[test]
fn two_inputs_never_share_an_output() {
    Run::new("render a/arch.toml b/arch.toml -o out")
        .file("a/arch.toml", TINY)
        .file("b/arch.toml", TINY)
        .status(2)
        .stderr("error: `a/arch.toml` and `b/arch.toml` would both be drawn into `out/arch.svg`\n")
        .check();
    let left = Run::new("render notes.md").file("notes.md", TINY).status(2).says("would overwrite the input").check();
    assert_eq!(left.read("notes.md"), TINY.as_bytes());
}

#[test]
fn on_an_error_the_old_files_stay() {
    let left = Run::new("render arch.toml")
        .file("arch.toml", "[services.x]\nkind = \"s33\"\n")
        .file("arch.svg", "old")
        .status(1)
        .check();
    assert_eq!(left.files(), ["arch.svg", "arch.toml"]);
    assert_eq!(left.read("arch.svg"), b"old");
}

#[test]
fn all_files_of_an_input_are_written_or_none() {
    let run = Run::new("render arch.toml").file("arch.toml", TINY).file("arch.svg", "old");
    fs::create_dir(run.path("arch.md")).unwrap();
    let left = run.status(2).stderr("error: cannot write `arch.md`: it is a directory\n").check();
    assert_eq!(left.files(), ["arch.svg", "arch.toml"]);
    assert_eq!(left.read("arch.svg"), b"old");
}

#[test]
fn an_output_below_a_file_cannot_be_written() {
    let run = Run::new("render arch.toml -o taken/arch.svg").file("arch.toml", TINY).file("taken", "");
    run.status(2).says("error: cannot write `taken/arch.svg`: ").check();
}

#[test]
fn what_is_no_document_is_refused_with_its_path() {
    Run::new("render none.toml")
        .status(2)
        .stderr("error: cannot read `none.toml`: no such file or directory\n")
        .check();
    Run::new("render docs")
        .file("docs/arch.toml", TINY)
        .status(2)
        .stderr("error: cannot read `docs`: it is a directory; did you mean `docs/arch.toml`?\n")
        .check();
    Run::new("render big.toml")
        .file("big.toml", vec![b'#'; 10 << 20])
        .status(1)
        .says("`big.toml` is larger than 4 MiB")
        .check();
    Run::new("render -").status(2).says("exactly one format").check();
}

#[test]
fn a_file_that_is_not_utf8_is_a_mistake_with_a_place() {
    let bytes = b"[services.site]\nkind = \"s3\"\nname = \"caf\xe9\"\n";
    Run::new("render a.toml").file("a.toml", bytes).status(1).says("0xE9 is not UTF-8").says("a.toml:3:12").check();
    Run::new("layout -").stdin(b"\xff\xfe[\0").status(1).says("0xFF is not UTF-8").says("<stdin>:1:1").check();
}

#[test]
fn an_empty_document_has_nothing_to_draw() {
    for empty in ["", "\n\n", "# nothing yet\n", "[diagram]\ntitle = \"Nothing\"\n"] {
        let left = Run::new("render arch.toml")
            .file("arch.toml", empty)
            .status(1)
            .says("nothing to draw")
            .says("arch.toml")
            .check();
        assert_eq!(left.files(), ["arch.toml"]);
    }
}

#[test]
fn every_mistake_of_a_document_is_shown_with_its_place_and_a_help() {
    let text = "\
[services.web]
kind = \"ec3\"
nmae = \"Web\"

[services.data]
kind = \"rds\"
in = \"nowhere\"

[services.web]
kind = \"s3\"
";
    Run::new("layout a.toml")
        .file("a.toml", text)
        .status(1)
        .stdout("")
        .says("`ec3`")
        .says("a.toml:2:8")
        .says("ec2")
        .says("`nmae`")
        .says("a.toml:3:1")
        .says("`name`")
        .says("`nowhere`")
        .says("a.toml:7:6")
        .says("`web` is used twice")
        .says("a.toml:9:11")
        .says("4 errors in a.toml")
        .check();
}

#[test]
fn boxes_and_links_lead_somewhere() {
    let text = "[groups.a]\nin = \"b\"\n\n[groups.b]\nin = \"a\"\n";
    Run::new("layout a.toml").file("a.toml", text).status(1).says("a.toml:").says("`a`").says("`b`").check();
    let text =
        format!("{TINY}\n[flows.f]\nsteps = [\"site -> quue\", \"site ->\"]\n\n[services.queue]\nkind = \"sqs\"\n");
    Run::new("layout a.toml").file("a.toml", &text).status(1).says("`quue`").says("queue").says("a.toml:5:").check();
    let text = "[services.x]\nkind = \"ec2\"\n\n[groups.x]\nname = \"X\"\n";
    Run::new("layout a.toml").file("a.toml", text).status(1).says("`x`").says("a.toml:4:").check();
    let text = format!("{TINY}\n[flows.f]\nsteps = [\"site@nowhere -> site\"]\n");
    Run::new("layout a.toml").file("a.toml", &text).status(1).says("nowhere").says("a.toml:5:").check();
}

#[test]
fn text_of_the_author_stays_text() {
    let text = "[diagram]\ntitle = \"<script>alert(1)</script>\"\n\n[services.site]\nkind = \"s3\"\nname = \"a & b <script>\"\n\
                description = \"<img src=x onerror=alert(1)>\"\nwhy = \"\\\"quoted\\\" & <b>bold</b>\"\n";
    let left = Run::new("render arch.toml").file("arch.toml", text).check();
    let svg = String::from_utf8(left.read("arch.svg")).unwrap();
    assert!(!svg.contains("<script"), "{svg}");
    assert!(svg.contains("&lt;script&gt;") && svg.contains("a &amp; b"), "{svg}");
    let markdown = String::from_utf8(left.read("arch.md")).unwrap();
    assert!(!markdown.contains("<script") && !markdown.contains("<img src=x"), "{markdown}");
}

#[test]
fn layout_prints_the_geometry() {
    let text = format!(
        "[regions.us-east-1]\n{TINY}in = \"us-east-1\"\n[services.queue]\nkind = \"sqs\"\n[flows.f]\nsteps = [\"site -> queue\"]\n"
    );
    let left = Run::new("layout - --format json").stdin(&text).stderr("").check();
    let json: serde_json::Value = serde_json::from_slice(&left.stdout).unwrap();
    let ids = |table: &str| -> Vec<&str> {
        json[table].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
    };
    assert!(json["width"].as_i64().unwrap() > 0 && json["height"].as_i64().unwrap() > 0);
    assert!(ids("containers").contains(&"us-east-1"));
    assert_eq!(ids("nodes"), ["site", "queue"]);
    assert_eq!((&json["edges"][0]["from"], &json["edges"][0]["to"]), (&"site".into(), &"queue".into()));
    let left = Run::new("layout -").stdin(&text).check();
    let listing = String::from_utf8(left.stdout).unwrap();
    assert!(
        listing.starts_with("picture ") && listing.contains("  site [s3] at ") && listing.contains("site -> queue: "),
        "{listing}"
    );
}

#[test]
fn layout_says_why() {
    let text = format!("{TINY}[services.queue]\nkind = \"sqs\"\n[flows.f]\nsteps = [\"site -> queue\"]\n");
    let left = Run::new("layout - --explain").stdin(&text).stderr("").check();
    let table = String::from_utf8(left.stdout).unwrap();
    assert_eq!(table.matches("<- drawn").count(), 1, "{table}");
    for word in ["crossings", "detour", "1. ", "estimate", "sketch", "finished"] {
        assert!(table.contains(word), "{word} is missing: {table}");
    }
    let left = Run::new("layout - --explain --format json --direction down").stdin(&text).check();
    let json: serde_json::Value = serde_json::from_slice(&left.stdout).unwrap();
    let considered = json["considered"].as_array().unwrap();
    let total = |one: &serde_json::Value| one["finished"]["total"].as_i64();
    let drawn = total(&considered[json["winner"].as_u64().unwrap() as usize]);
    assert!(drawn.is_some() && considered.iter().filter_map(total).all(|total| Some(total) >= drawn), "{json:#}");
    assert!(considered.iter().all(|one| one["direction"] == "down"), "{json:#}");
}

#[test]
fn icons_are_found_by_words() {
    let left = Run::new("icons load balancer").stderr("").check();
    assert!(String::from_utf8(left.stdout).unwrap().contains("alb"));
    let left = Run::new("icons --format json").stderr("").check();
    let json: serde_json::Value = serde_json::from_slice(&left.stdout).unwrap();
    assert!(json["services"].as_array().unwrap().len() >= 150);
    assert!(!json["groups"].as_array().unwrap().is_empty() && !json["icons"].as_array().unwrap().is_empty());
}

#[test]
fn a_command_line_that_makes_no_sense_is_refused() {
    Run::new("").status(2).says("Usage: diagram").check();
    Run::new("rendr a.toml").status(2).says("render").check();
    Run::new("render").status(2).says("INPUT").check();
    Run::new("render a.toml --format pdf").status(2).says("svg, png, md").check();
    Run::new("render a.toml --theme neon").status(2).says("light, dark").check();
    Run::new("render a.toml -o a.pdf").file("a.toml", TINY).status(2).says("does not say its format").check();
}

#[cfg(unix)]
#[test]
fn a_reader_that_went_away_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_diagram"))
        .args(["icons", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[cfg(unix)]
#[test]
fn files_have_the_rights_that_any_new_file_has() {
    use std::os::unix::fs::PermissionsExt;
    let left = Run::new("render arch.toml --format svg").file("arch.toml", TINY).check();
    let mode = |name: &str| fs::metadata(left.directory.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("arch.svg"), mode("arch.toml"));
}
