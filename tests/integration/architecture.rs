//! Reads the source of the library and holds it to the rules of ARCHITECTURE.md.

use std::fs;
use std::path::{Path, PathBuf};

/// The parts of layout in the order in which they run; each reads only the tables of those before it.
const LAYOUT_ORDER: [&str; 12] = [
    "measure",
    "separation",
    "placement",
    "routing",
    "titles",
    "labels",
    "composition",
    "score",
    "estimate",
    "candidates",
    "explanation",
    "room",
];

/// The files that write SVG.
const SVG_PARTS: [&str; 6] = ["svg", "lettering", "fonts", "symbol", "path", "xml"];

/// What they may see: a scene is all that a picture needs.
const SVG_MAY_USE: [&str; 4] = ["geometry", "text", "icons", "scene"];

/// The most lines of code in a file, tests, comments and blank lines not counted.
const LONGEST_FILE: usize = 400;

/// Files that may be longer, each with its reason.
const LONGER_FILES: [(&str, usize, &str); 0] = [];

/// Names that say nothing about what is inside.
const NAMELESS: [&str; 6] = ["util", "utils", "common", "helpers", "misc", "shared"];

/// One file of the library.
struct SourceFile {
    /// Its path below `src`, with slashes.
    path: String,
    /// Its modules from the root: `["layout", "routing", "nets"]`.
    modules: Vec<String>,
    /// The modules that it declares for tests only and that have files of their own.
    tests: Vec<String>,
    /// Its code without comments, strings and test modules.
    code: String,
}

/// Every file of the library (the binary, `main.rs` and `cli/`, has no order to keep).
fn library() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let files = paths.iter().map(|path| {
        let relative = path.strip_prefix(&root).unwrap();
        let path_text = relative.to_str().unwrap().replace('\\', "/");
        let modules = path_text.trim_end_matches(".rs").split('/').filter(|name| *name != "mod").map(str::to_owned);
        let text = fs::read_to_string(path).unwrap();
        SourceFile { modules: modules.collect(), tests: test_files(&text), code: code_of(&text), path: path_text }
    });
    let files: Vec<SourceFile> = files.filter(|file| !matches!(file.modules[0].as_str(), "main" | "cli")).collect();
    let tests: Vec<Vec<String>> = files.iter().flat_map(SourceFile::test_modules).collect();
    files.into_iter().filter(|file| !tests.iter().any(|test| file.modules.starts_with(test))).collect()
}

/// Gathers the Rust files below a directory.
fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// The text without comments, the contents of strings, and modules for tests.
fn code_of(text: &str) -> String {
    without_tests(&without_comments(text))
}

/// Removes comments and the contents of string literals; lines stay where they are.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = literal_length(rest) {
            code.push_str("\"\"");
            length
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.extend(rest[..skipped].chars().filter(|letter| *letter == '\n'));
        rest = &rest[skipped..];
    }
    code
}

/// The length of the string or character literal at the start of `text`, if one stands there.
fn literal_length(text: &str) -> Option<usize> {
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let body = raw[hashes..].strip_prefix('"')?;
        return Some(1 + hashes + 1 + body.find(&end)? + end.len());
    }
    if let Some(body) = text.strip_prefix('"') {
        let mut escaped = false;
        let end = body.find(|letter| {
            let closes = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            closes
        });
        return Some(end? + 2);
    }
    // A quotation mark or a slash in a character would be taken for a string or a comment.
    ["'\"'", "'\\\"'", "'/'", "'\\''"].into_iter().find(|literal| text.starts_with(literal)).map(str::len)
}

/// Removes every module marked `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let item = rest.find(['{', ';']).unwrap_or(rest.len() - 1);
        let end = if rest[item..].starts_with('{') { item + block_length(&rest[item..]) } else { item + 1 };
        rest = &rest[end..];
    }
    kept + rest
}

/// The names of the modules marked `#[cfg(test)]` that have files of their own.
fn test_files(text: &str) -> Vec<String> {
    let code = without_comments(text);
    let marked = code.split("#[cfg(test)]").skip(1);
    let declared = marked.filter_map(|rest| rest.split_once(';')?.0.trim().rsplit_once("mod ").map(|(_, name)| name));
    declared
        .filter(|name| name.chars().all(|letter| letter.is_alphanumeric() || letter == '_'))
        .map(str::to_owned)
        .collect()
}

/// The length of the block in braces at the start of `code`.
fn block_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

impl SourceFile {
    /// The paths of the modules that it declares for tests only.
    fn test_modules(&self) -> Vec<Vec<String>> {
        self.tests.iter().map(|name| [self.modules.as_slice(), std::slice::from_ref(name)].concat()).collect()
    }

    /// The modules that the file names by `crate::` or by climbing up with `super::`, as paths from the root.
    fn named_modules(&self) -> Vec<Vec<String>> {
        let mut named = Vec::new();
        for (at, _) in self.code.match_indices("crate::") {
            named.extend(expand(&self.code[at + "crate::".len()..]));
        }
        let mut rest = self.code.as_str();
        while let Some(at) = rest.find("super::") {
            let mut inner = &rest[at..];
            let mut home = self.modules.as_slice();
            while let Some(further) = inner.strip_prefix("super::") {
                home = &home[..home.len().saturating_sub(1)];
                inner = further;
            }
            let reached = expand(inner).into_iter().map(|path| [home, path.as_slice()].concat());
            named.extend(reached);
            rest = inner;
        }
        named
    }

    /// The lines that hold code.
    fn code_lines(&self) -> usize {
        self.code.lines().filter(|line| !line.trim().is_empty()).count()
    }

    /// Where the words stand in the code, as whole identifiers.
    fn mentions(&self, word: &str) -> bool {
        self.code.match_indices(word).any(|(at, _)| {
            !self.code[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_')
        })
    }
}

/// The paths at the start of `code`: `a::b` is one, `{a, b::{c, d}}` are three.
fn expand(code: &str) -> Vec<Vec<String>> {
    let code = code.trim_start();
    if let Some(inner) = code.strip_prefix('{') {
        let block = &inner[..block_length(code).saturating_sub(2)];
        return split_at_commas(block).into_iter().flat_map(expand).collect();
    }
    let length = code.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(code.len());
    let (name, rest) = code.split_at(length);
    if name.is_empty() {
        return Vec::new();
    }
    let mut paths = rest.strip_prefix("::").map(expand).unwrap_or_default();
    if paths.is_empty() {
        paths.push(Vec::new());
    }
    for path in &mut paths {
        path.insert(0, name.to_owned());
    }
    paths
}

/// Splits at the commas that stand outside braces.
fn split_at_commas(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The modules of the library in the order of lib.rs.
fn module_order() -> Vec<String> {
    let library = include_str!("../../src/lib.rs");
    library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

/// Fails with a rule and everything that breaks it.
#[track_caller]
fn hold(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "\n{rule}\n\n  {}\n", broken.join("\n  "));
}

#[test]
fn a_module_uses_only_those_above_it() {
    let order = module_order();
    let rank = |module: &str| order.iter().position(|name| name == module);
    let mut broken = Vec::new();
    for file in library().iter().filter(|file| file.path != "lib.rs") {
        let Some(own) = rank(&file.modules[0]) else {
            broken.push(format!("src/{} belongs to no module of lib.rs", file.path));
            continue;
        };
        for named in file.named_modules() {
            if rank(&named[0]).is_some_and(|other| other > own) {
                broken.push(format!("src/{} uses `{}`", file.path, named.join("::")));
            }
        }
    }
    hold(
        "A module uses only modules that stand above it in lib.rs: nouns first, then the stages in their order.",
        &broken,
    );
}

#[test]
fn layout_knows_distances_but_no_colours() {
    let mut broken = Vec::new();
    for file in library().iter().filter(|file| file.modules[0] == "layout") {
        for named in file.named_modules() {
            if named[0] == "theme" && named.get(1).is_none_or(|part| part != "metrics") {
                broken.push(format!("src/{} uses `{}`", file.path, named.join("::")));
            }
        }
    }
    hold("Layout reads theme::metrics and nothing else of the theme: a new colour cannot move a box.", &broken);
}

#[test]
fn the_parts_of_layout_never_call_back() {
    let rank = |part: &str| LAYOUT_ORDER.iter().position(|name| *name == part);
    let mut broken = Vec::new();
    for file in library().iter().filter(|file| file.modules[0] == "layout" && file.modules.len() > 1) {
        let Some(own) = rank(&file.modules[1]) else {
            broken.push(format!("src/{} has no place in the order {LAYOUT_ORDER:?}", file.path));
            continue;
        };
        for named in file.named_modules().iter().filter(|named| named[0] == "layout" && named.len() > 1) {
            if rank(&named[1]).is_some_and(|other| other > own) {
                broken.push(format!("src/{} uses `{}`", file.path, named.join("::")));
            }
        }
    }
    hold(
        "Inside layout each part reads only those before it; what must be done again, layout/mod.rs asks for.",
        &broken,
    );
}

#[test]
fn svg_sees_scenes_only() {
    let mut broken = Vec::new();
    let is_svg = |part: Option<&String>| part.is_some_and(|part| SVG_PARTS.contains(&part.as_str()));
    for file in library().iter().filter(|file| file.modules[0] == "export" && is_svg(file.modules.get(1))) {
        for named in file.named_modules() {
            let inside = named[0] == "export" && is_svg(named.get(1));
            if !inside && !SVG_MAY_USE.contains(&named[0].as_str()) {
                broken.push(format!("src/{} uses `{}`", file.path, named.join("::")));
            }
        }
    }
    hold("export::svg sees a scene, and what a scene is made of: geometry, text, icons.", &broken);
}

#[test]
fn the_library_prints_nothing_and_reads_no_files() {
    let mut broken = Vec::new();
    for file in library() {
        for word in ["println!", "eprintln!", "print!", "eprint!", "dbg!", "std::fs", "std::env::", "std::process"] {
            if file.mentions(word) {
                broken.push(format!("src/{} has `{word}`", file.path));
            }
        }
    }
    hold(
        "The library prints nothing and reads no files: what it needs is passed in, what it says is returned.",
        &broken,
    );
}

#[test]
fn no_module_is_called_util() {
    let nameless = |file: &SourceFile| file.modules.iter().any(|name| NAMELESS.contains(&name.as_str()));
    let broken: Vec<String> =
        library().iter().filter(|file| nameless(file)).map(|file| format!("src/{}", file.path)).collect();
    hold("A helper lives with its noun or with its only caller, not in a room called util.", &broken);
}

#[test]
fn no_file_is_longer_than_one_can_read() {
    let mut broken = Vec::new();
    for file in library() {
        let exception = LONGER_FILES.iter().find(|(path, ..)| *path == file.path);
        let most = exception.map_or(LONGEST_FILE, |(_, most, _)| *most);
        let lines = file.code_lines();
        if lines > most {
            broken.push(format!("src/{} has {lines} lines of code, at most {most} are allowed", file.path));
        }
    }
    hold("A file has at most 400 lines of code. Past them, split by noun, never into a part two.", &broken);
}

#[test]
fn the_reader_of_sources_understands_what_it_reads() {
    let file = SourceFile {
        path: String::new(),
        tests: Vec::new(),
        modules: ["layout", "routing", "nets"].map(str::to_owned).to_vec(),
        code: code_of(
            "use crate::{geometry::{self, Point}, text};\nuse super::super::placement::Flow; // crate::pipeline\n\
             const A: &str = \"crate::export\";\n#[cfg(test)]\nmod tests { use crate::drawing; }\nfn f() { super::ports::g() }",
        ),
    };
    let named: Vec<String> = file.named_modules().iter().map(|path| path.join("::")).collect();
    assert_eq!(
        named,
        ["geometry::self", "geometry::Point", "text", "layout::placement::Flow", "layout::routing::ports::g"]
    );
}
