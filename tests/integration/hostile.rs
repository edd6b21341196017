//! Files and words that are made to do harm: as icons, in packs, in every text of a document. Nothing of it may get
//! into a picture, and nothing may take long or end the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use diagram::export::Format;
use diagram::pipeline::{self, Page, Request};
use diagram::source::{Loader, Source};
use usvg::roxmltree::{Document, Node};

/// What every hostile file and text says where it does its harm.
const MARK: &str = "evil";
/// Elements that a picture may have; what is not among them is not drawing.
const DRAWING: [&str; 29] = [
    "svg",
    "title",
    "desc",
    "style",
    "defs",
    "symbol",
    "use",
    "g",
    "a",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "image",
    "clipPath",
    "mask",
    "pattern",
    "linearGradient",
    "radialGradient",
    "stop",
    "filter",
    "feGaussianBlur",
    "feColorMatrix",
    "feFlood",
];

/// Files in memory, in one folder.
struct Folder(BTreeMap<String, Vec<u8>>);

impl Loader for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let name = path.rsplit('/').next().unwrap_or_default();
        self.0.get(name).cloned().ok_or_else(|| "no such file".to_owned())
    }

    fn list(&self, _: &str) -> Result<Vec<String>, String> {
        Ok(self.0.keys().cloned().collect())
    }
}

/// The SVG of a document, or the codes of its errors.
fn drawn(text: &str, files: &Folder) -> Result<String, Vec<&'static str>> {
    let checked = pipeline::check(&Source::new("arch.toml", text), files);
    let codes: Vec<&str> = checked.diagnostics.iter().map(|found| found.code).collect();
    let analysis = pipeline::analyse(&checked);
    let (topology, analysis) = checked.topology.zip(analysis).ok_or(codes)?;
    let request = Request {
        formats: vec![Format::Svg, Format::Png, Format::Markdown],
        theme: None,
        direction: None,
        scale: 1.0,
        picture: "arch.svg".to_owned(),
        view: None,
        losses: diagram::drawing::Losses::default(),
        page: Page::default(),
    };
    let rendered = pipeline::render(&topology, &&analysis, &request).unwrap();
    Ok(rendered.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).next().unwrap())
}

/// A document that shows an icon in every way that there is.
const EVERY_WAY: &str = "[icons]\npack = 'icons'\nown = 'icons/x.svg'\n[services.a]\nkind = 'own'\n[services.b]\nkind = 's3'\n\
    icon = 'icons/x.svg'\n[externals.c]\nkind = 'x'\n[groups.d]\nkind = 'icons/x'\n[services.e]\nkind = 'own'\ncount = 3\nin = 'd'\n";

/// Holds a picture to what it may consist of; `written` are the texts that may hold the mark, as texts.
fn assert_harmless(name: &str, svg: &str) {
    let document = Document::parse(svg).unwrap_or_else(|error| panic!("{name}: {error}"));
    for node in document.descendants().filter(Node::is_element) {
        let element = node.tag_name().name();
        assert!(DRAWING.contains(&element), "{name}: an element `{element}`");
        assert_eq!(node.tag_name().namespace(), Some("http://www.w3.org/2000/svg"), "{name}: {element}");
        let in_symbol = node.ancestors().any(|outer| outer.has_tag_name("symbol"));
        assert!(!(in_symbol && ["style", "a", "title"].contains(&element)), "{name}: `{element}` in an icon");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value().to_lowercase());
            assert!(!key.to_lowercase().starts_with("on"), "{name}: {key}");
            let local = value.matches("url(").count() == value.matches("url(#").count();
            assert!(local, "{name}: {key}={value}");
            if key == "href" && element != "a" {
                let picture = ["png", "jpeg", "gif", "webp"]
                    .iter()
                    .any(|kind| element == "image" && value.starts_with(&format!("data:image/{kind};base64,")));
                assert!(value.starts_with('#') || picture, "{name}: {element} {key}={}", &value[..value.len().min(80)]);
            }
        }
    }
    assert!(!svg.contains("<?") && !svg.contains("<!"), "{name}: instructions");
}

#[test]
fn icons_that_do_harm_are_cleaned_or_refused() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/hostile");
    let mut count = 0;
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let files = Folder(BTreeMap::from([("x.svg".to_owned(), fs::read(&path).unwrap())]));
        match drawn(EVERY_WAY, &files) {
            Ok(svg) => {
                assert!(!name.starts_with("refused"), "{name} is drawn");
                assert_harmless(&name, &svg);
                assert!(!svg.to_lowercase().contains(MARK), "{name}: the mark is there");
                assert!(svg.contains("id=\"icon.own.0\""), "{name}: its picture is there");
            }
            Err(codes) => {
                assert!(name.starts_with("refused") || name == "zero", "{name}: {codes:?}");
                assert!(codes.iter().all(|&code| code == "bad-icon"), "{name}: {codes:?}");
            }
        }
        count += 1;
    }
    assert!(count > 20, "{count} files");
}

/// Ways to nest, by level: what stands before the next level, and after it.
#[test]
fn icons_without_bottom_are_refused() {
    let square = "<rect width='9' height='9'/>";
    let root = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'>";
    for levels in [10_usize, 1_000, 10_000] {
        let nested =
            |open: &str, close: &str| format!("{root}{}{square}{}</svg>", open.repeat(levels), close.repeat(levels));
        let chain = |one: fn(usize) -> String| {
            let mut all = format!("{root}<defs>");
            (0..levels).for_each(|level| write!(all, "{}", one(level)).unwrap());
            all + "</defs><g clip-path='url(#x9)' mask='url(#x9)' fill='url(#x9)'><use xlink:href='#x9'/>"
                + square
                + "</g></svg>"
        };
        let files = [
            nested("<g opacity='.9'>", "</g>"),
            nested("<svg>", "</svg>"),
            nested("<a>", "</a>"),
            nested("<switch>", "</switch>"),
            nested("<text>", "</text>"),
            nested("<unknown>", "</unknown>"),
            chain(|level| {
                format!(
                    "<clipPath id='x{level}' clip-path='url(#x{})'><rect width='8' height='8'/></clipPath>",
                    level + 1
                )
            }),
            chain(|level| {
                format!(
                    "<mask id='x{level}' mask='url(#x{})'><rect width='8' height='8' fill='#fff'/></mask>",
                    level + 1
                )
            }),
            chain(|level| format!("<g id='x{level}'><use xlink:href='#x{}'/></g>", level + 1)),
            chain(|level| {
                let next = level + 1;
                format!(
                    "<pattern id='x{level}' width='9' height='9' xlink:href='#x{next}'><rect width='8' height='8' fill='url(#x{next})'/></pattern>"
                )
            }),
            chain(|level| format!("<linearGradient id='x{level}' xlink:href='#x{}'/>", level + 1)),
            format!(
                "{root}<style>{}</style>{square}</svg>",
                (0..levels).fold(String::new(), |mut css, level| {
                    write!(css, ".c{level}{{clip-path:url(#x{})}}", level + 1).unwrap();
                    css
                })
            ),
        ];
        for (way, file) in files.into_iter().enumerate() {
            let files = Folder(BTreeMap::from([("x.svg".to_owned(), file.into_bytes())]));
            match drawn("[services.b]\nkind = 's3'\nicon = 'x.svg'\n", &files) {
                Ok(svg) => assert_harmless(&format!("{way} at {levels}"), &svg),
                Err(codes) => assert_eq!(codes, ["bad-icon"], "{way} at {levels}"),
            }
        }
    }
}

#[test]
fn words_stay_words_wherever_they_stand() {
    for words in [
        "<script>evil()</script>",
        "\"><img src=x onerror=evil()>",
        "' onload='evil()",
        "</text></svg><script>evil()</script>",
        "]]><script>evil()</script>",
        "</style><script>evil()</script>",
        "--><script>evil()</script><!--",
        "<![CDATA[<script>evil()</script>]]>",
        "&lt;script&gt;evil()&lt;/script&gt;",
        "&evil; &#60;script&#62;",
        "<?xml-stylesheet href='evil'?>",
        "javascript:evil()",
        "<a href=\"javascript:evil()\">x</a>",
        "{{ evil }} {% evil %} ${evil}",
    ] {
        let quoted = toml::Value::String(words.to_owned()).to_string();
        let text = format!(
            "[diagram]\ntitle = {quoted}\nsummary = {quoted}\n[regions.us-east-1]\nname = {quoted}\nwhy = {quoted}\n\
             [groups.g]\nin = 'us-east-1'\nname = {quoted}\ndescription = {quoted}\nlink = 'https://example.com'\n\
             [services.s]\nkind = 's3'\nin = 'g'\nname = {quoted}\ndescription = {quoted}\nwhy = {quoted}\nengine = {quoted}\n\
             tags = [{quoted}]\nlink = 'https://example.com/?q=%3Cscript%3E\"><x'\n\
             [externals.e]\nkind = 'users'\nname = {quoted}\n[notes.n]\ntext = {quoted}\nat = 's'\nlink = 'docs/x.md'\n\
             [flows.f]\nname = {quoted}\ndescription = {quoted}\nnumbered = true\ncolor = 'red'\nsteps = ['e -> s']\n\
             [[links]]\nfrom = 's'\nto = 'e'\nlabel = {quoted}\n[[requirements]]\ntext = {quoted}\n"
        );
        let svg = drawn(&text, &Folder(BTreeMap::new())).unwrap_or_else(|codes| panic!("{words}: {codes:?}"));
        assert_harmless(words, &svg);
        let document = Document::parse(&svg).unwrap();
        let targets: Vec<&str> = document
            .descendants()
            .filter(|node| node.has_tag_name("a"))
            .filter_map(|node| node.attribute("href"))
            .collect();
        assert_eq!(
            targets,
            ["https://example.com", "https://example.com/?q=%3Cscript%3E\"><x", "docs/x.md"],
            "{words}"
        );
        assert!(svg.contains("rel=\"noopener\""));
        assert!(
            document.descendants().any(|node| node.text().is_some_and(|text| text.contains(words))),
            "{words}: is said"
        );
    }
}
