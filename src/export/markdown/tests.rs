//! The page as a whole: on the examples, on hostile words, on next to nothing.
#![allow(clippy::unwrap_used)]

use super::{Detail, Options, Picture, Template, markdown};
use crate::analysis::analyse;
use crate::document;
use crate::document::Table;
use crate::source::{Loader, Source};
use crate::topology::Topology;
use crate::topology::resolve::resolve;
use pulldown_cmark::{Event, Parser, Tag};

/// The examples, in the languages that they are written in.
const EXAMPLES: [(&str, &str); 5] = [
    ("web-app", include_str!("../../../examples/web-app/arch.toml")),
    ("ci-cd", include_str!("../../../examples/ci-cd/arch.toml")),
    ("two-regions", include_str!("../../../examples/two-regions/arch.toml")),
    ("serverless", include_str!("../../../examples/serverless/arch.toml")),
    ("hub-and-spoke", include_str!("../../../examples/hub-and-spoke/arch.toml")),
];

struct NoFiles;

impl Loader for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("no such file".to_owned())
    }
}

fn topology(text: &str) -> Topology {
    let (document, diagnostics) = document::parse(&Source::new("arch.toml", text), 0);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let resolved = resolve(&document, &NoFiles);
    resolved.topology.unwrap_or_else(|| panic!("{:#?}", resolved.diagnostics))
}

fn page_of(topology: &Topology, options: &Options) -> String {
    markdown(topology, &analyse(topology, &[]), options).unwrap()
}

fn page(text: &str) -> String {
    let picture = Picture { title: None, file: "arch.svg".to_owned(), alt: "alt".to_owned() };
    page_of(&topology(text), &Options { pictures: &[picture], ..Options::default() })
}

fn full(text: &str) -> String {
    page_of(&topology(text), &Options { detail: Detail::Full, ..Options::default() })
}

/// The section of that heading, without it.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no {heading}: {page}"));
    rest.split("\n## ").next().unwrap()
}

/// Words of prose: no picture, no numbers of a list, no arrows.
fn words(page: &str) -> usize {
    let prose = page.lines().filter(|line| !line.starts_with("!["));
    let text = prose.map(|line| {
        line.split_once(". ").filter(|(number, _)| number.parse::<u32>().is_ok()).map_or(line, |(_, rest)| rest)
    });
    text.flat_map(str::split_whitespace).filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[test]
fn the_examples_are_half_a_page_to_a_page() {
    for (name, text) in EXAMPLES {
        let words = words(&page(text));
        assert!((200..=600).contains(&words), "{name}: {words} words");
    }
}

#[test]
fn the_examples_leave_nothing_out() {
    for (name, text) in EXAMPLES {
        let topology = topology(text);
        let page = page(text);
        let everything = full(text).to_lowercase();
        let leaves = topology
            .definitions
            .iter()
            .filter(|definition| matches!(definition.table, Table::Services | Table::Externals));
        for definition in leaves {
            assert!(everything.contains(&definition.name.to_lowercase()), "{name}: {}", definition.name);
        }
        for text in topology.definitions.iter().flat_map(|definition| [&definition.description, &definition.why]) {
            let Some(text) = text else { continue };
            let end = text.trim_start_matches("It ");
            assert!(page.contains(&end[1..]), "{name}: {text}");
        }
        let whole = full(text);
        let steps: Vec<_> = topology.flows.iter().flat_map(|flow| &flow.steps).collect();
        let listed = whole.lines().filter(|line| line.contains(" → ") || line.contains(" — ")).count();
        assert!(listed >= steps.len(), "{name}: {listed} of {} steps", steps.len());
        for step in steps {
            let number = step.number.map_or_else(|| "- ".to_owned(), |number| format!("\n{number}. "));
            assert!(whole.contains(&number), "{name}: {number}");
            assert!(step.number.is_none() || page.contains(&number), "{name}: {number}");
            assert!(step.text.as_ref().is_none_or(|text| whole.contains(text.as_str())), "{name}: {:?}", step.text);
        }
    }
}

#[test]
fn the_examples_are_what_was_asked_for() {
    for (name, text) in [EXAMPLES[0], EXAMPLES[2]] {
        let (page, heading) = (page(text), if name == "web-app" { "Requirements" } else { "Requisitos" });
        let answers: Vec<&str> = section(&page, heading).lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(answers.len(), 6, "{name}");
        for answer in answers {
            assert!(answer.contains("** Met: ") || answer.contains("** Sí: "), "{name}: {answer}");
        }
        assert!(!page.contains("\n## Open points") && !page.contains("\n## Puntos abiertos"), "{name}: {page}");
    }
}

#[test]
fn the_web_application_is_described_as_it_is() {
    let page = page(EXAMPLES[0].1);
    assert!(page.starts_with("# Web application with high availability\n\n![alt](arch.svg)\n\nA JavaScript"));
    assert!(section(&page, "Frontend").contains("Content is delivered through **Amazon CloudFront**, which "));
    assert!(
        section(&page, "Backend").contains("Requests are spread over the copies of Backend by an Application Load")
    );
    assert!(section(&page, "Data").contains("Relational data is kept in **PostgreSQL** (Amazon RDS), which "));
    assert!(section(&page, "Network").contains(
        "spans the Availability Zones a and b, each with a public subnet, an Application subnet and a Data subnet."
    ));
    assert!(section(&page, "External services").contains(
        "The external services **Microservice A** and **Microservice B** are called from Backend, by way of the NAT \
         gateway and the internet gateway."
    ));
    let resilience = section(&page, "High availability and load");
    assert!(resilience.contains("between 2 and 10 tasks of Backend"));
    assert!(resilience.contains("No flow stops when a zone fails: the other still has its copies of "));
    assert!(resilience.contains("Zone a has the primary of PostgreSQL and zone b its standby"));
    assert!(resilience.contains("Nothing here stands in for us-east-1"));
}

#[test]
fn two_regions_are_described_in_spanish() {
    let page = page(EXAMPLES[2].1);
    assert!(page.contains("se extiende por dos regiones, EE. UU. Este (Norte de Virginia) us-east-1 (activa) y Canadá (Central) ca-central-1 (pasiva)."));
    assert!(section(&page, "Aplicación").contains("entre las copias de Frontend mediante el **balanceador público** (Application Load Balancer), y entre las de Backend mediante el **balanceador interno**"));
    assert!(page.contains("2. Amazon Route 53 → Internet Gateway en us-east-1: HTTPS."));
    let resilience = section(&page, "Alta disponibilidad y carga");
    assert!(resilience.contains("la otra conserva sus copias del NAT Gateway, Frontend y Backend."));
    assert!(resilience.contains("En ca-central-1 espera una copia de todo lo que hay en la región activa."));
    assert!(resilience.contains(
        "Si falla us-east-1, ca-central-1 toma el relevo y las peticiones se dirigen allí mediante Amazon Route 53."
    ));
    assert!(resilience.contains(
        "Los datos de Amazon Aurora y Amazon DynamoDB se copian de us-east-1 a ca-central-1 de forma asíncrona"
    ));
}

#[test]
fn what_is_taken_away_changes_the_page() {
    let whole = page(EXAMPLES[0].1);
    let one_zone = page(&EXAMPLES[0].1.replace("azs = 2", "azs = 1"));
    assert!(section(&one_zone, "High availability and load").contains("If zone a fails, the flows “"), "{one_zone}");
    assert!(section(&one_zone, "Requirements").contains("**High availability.** Not met: "), "{one_zone}");
    let no_standby = page(&EXAMPLES[0].1.replace("multi-az = true", "azs = [\"a\"]"));
    let resilience = section(&no_standby, "High availability and load");
    assert!(resilience.contains("If zone a fails, ") && resilience.contains("PostgreSQL"), "{resilience}");
    assert!(section(&no_standby, "Open points").contains("neither a standby nor a replica"), "{no_standby}");
    let nat = "kind = \"nat-gateway\"\nin = \"public\"\n";
    let one_nat = page(&EXAMPLES[0].1.replace(nat, &format!("{nat}azs = [\"a\"]\n")));
    assert!(section(&one_nat, "Open points").contains("serves several availability zones"), "{one_nat}");
    let changed = section(&one_nat, "High availability and load");
    assert_ne!(changed, section(&whole, "High availability and load"));
    assert!(changed.contains("the flow “Calls to the microservices” stops"), "{changed}");
    let no_reserve = page(&EXAMPLES[2].1.replace("alb = { kind = \"alb\", name = \"Balanceador público\", in = \"publica\"", "alb = { kind = \"alb\", name = \"Balanceador público\", in = \"publica\", azs = [\"us-east-1a\", \"us-east-1b\"]"));
    assert!(no_reserve.contains("\n## Puntos abiertos\n"), "{no_reserve}");
}

#[test]
fn the_full_page_has_tables() {
    let page = full(EXAMPLES[0].1);
    assert!(
        page.contains("| Data subnet | Main VPC | a, b |  | private |")
            || page.contains("| Data subnet | Main VPC | a, b | private |"),
        "{page}"
    );
    assert!(page.contains("| Backend | Amazon ECS | Application subnet (a, b) | 2–10 |"), "{page}");
    assert!(page.contains("| us-east-1a | survives | degraded | degraded | degraded |"), "{page}");
    assert!(page.contains("| us-east-1 | **down** |"), "{page}");
    assert!(page.contains("at most 99."), "{page}");
    let spanish = full(EXAMPLES[2].1);
    assert!(spanish.contains("| us-east-1 | degradado |") && spanish.contains("como máximo 99,"), "{spanish}");
}

#[test]
fn one_box_makes_a_short_page() {
    let page = page("[services.site]\nkind = 's3'\n");
    assert_eq!(
        page,
        "# Architecture\n\n![alt](arch.svg)\n\n## Data\n\nFiles and objects are kept in **Amazon S3**.\n\n\
         ## High availability and load\n\nAWS itself scales Amazon S3, independently of any single zone.\n"
    );
}

#[test]
fn no_picture_means_no_picture() {
    let page = page_of(&topology("[services.site]\nkind = 's3'\n"), &Options::default());
    assert!(!page.contains("!["));
}

const HOSTILE: &str = "[diagram]\ntitle = \'\'\'# <script>alert(1)</script> | `x`\'\'\'\nsummary = \"\"\"1. one\n\n- two [x](javascript:alert(1))\"\"\"\n\
     [services.a]\nkind = 's3'\nname = '*bold* _it_ ![i](x) <img src=x onerror=y> | `c`'\nlink = 'https://example.com/a(b)'\nwhy = \"- why\u{202e} | x\"\n\
     [services.b]\nkind = 's3'\nname = '- item'\nallow = ['unlinked-box']\nallow-reason = '</td> <b>|</b> `'\n\
     [flows.f]\nname = '## f | g'\nsteps = ['b -> a : <b>|</b>']\n\
     [[requirements]]\ntext = '*x* ](javascript:y) |'\n";

#[test]
fn hostile_words_stay_words() {
    let page = page(HOSTILE);
    assert!(page.contains("](https://example.com/a%28b%29)"));
    for text in [page, full(HOSTILE)] {
        let mut shown = String::new();
        for event in Parser::new_ext(&text, pulldown_cmark::Options::all()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {text}"),
                Event::Code(code) => panic!("{code} in {text}"),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    let known = ["https://example.com/", "arch.svg", "https://aws.amazon.com/"];
                    assert!(known.iter().any(|start| dest_url.starts_with(start)), "{dest_url} in {text}");
                }
                Event::Start(Tag::Emphasis) => assert!(text.contains("*survives*"), "{text}"),
                Event::Text(words) => shown.push_str(&words),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => shown.push(' '),
                _ => {}
            }
        }
        for words in [
            "<script>alert(1)</script> | `x`",
            "*bold* _it_ ![i](x) <img src=x onerror=y> | `c`",
            "## f | g",
            "](javascript:y) |",
        ] {
            assert!(shown.contains(words), "{words} in {shown}");
        }
        assert!(!text.contains('\u{202e}'));
        // A cell that is none would make a row longer than its head.
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
        let cells = |row: &str| row.replace("\\|", "").matches('|').count();
        for table in rows.windows(2).filter(|pair| pair[1].starts_with("| ---")) {
            assert_eq!(cells(table[0]), cells(table[1]), "{table:?}");
        }
    }
}

#[test]
fn what_is_single_is_said() {
    let page = page(
        "[regions.us-east-1]\nazs = 3\n[vpcs.v]\nin = 'us-east-1'\n[subnets.s]\nin = 'v'\naccess = 'private'\n\
         [services.bastion]\nkind = 'ec2'\nin = 's'\nazs = ['b']\nname = 'Bastion'\n\
         [services.app]\nkind = 'ec2'\nin = 's'\nname = 'App'\n",
    );
    let resilience = section(&page, "High availability and load");
    assert!(resilience.contains("When a zone fails, the others still have their copies of App."), "{resilience}");
    assert!(resilience.contains("Only zone b has Bastion, so the loss of that zone takes it away."), "{resilience}");
    assert!(section(&page, "Network").contains("The private subnets hold Bastion in zone b and App."), "{page}");
}

#[test]
fn networks_say_which_region_they_are_in() {
    let page = page(
        "[regions.us-east-1]\n[regions.us-west-2]\n[vpcs.a]\nin = 'us-east-1'\n[vpcs.b]\nin = 'us-west-2'\nname = 'West'\n\
         [services.x]\nkind = 'ec2'\nin = 'a'\nname = 'X'\n[services.y]\nkind = 'ec2'\nin = 'b'\nname = 'Y'\n",
    );
    let places = section(&page, "Network");
    assert!(places.contains("In us-east-1, the VPC holds X."), "{places}");
    assert!(places.contains("In us-west-2, the VPC West holds Y."), "{places}");
}

struct Folder;

impl Loader for Folder {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        match name {
            "head.md" => Ok(b"{{ title }}: {% include 'part.md' %}".to_vec()),
            "part.md" => Ok(b"{{ sections | length }}".to_vec()),
            "wrong.md" => Ok(b"one\n{{ nothing.here }}".to_vec()),
            _ => Err("no such file".to_owned()),
        }
    }
}

fn templated(text: &str) -> Result<String, (String, (usize, usize), String)> {
    let template = Template::load(Source::new("docs/page.md", text), &Folder);
    let topology = topology(EXAMPLES[0].1);
    let options = Options { template: Some(&template), ..Options::default() };
    markdown(&topology, &analyse(&topology, &[]), &options).map_err(|bad| {
        let at = bad.source.position(bad.range.start as u32);
        (bad.source.name().to_owned(), at, bad.message)
    })
}

#[test]
fn templates_of_others_include_files_of_their_folder_and_ours() {
    assert_eq!(templated("{% include 'head.md' %}").unwrap(), "Web application with high availability: 6\n");
    let page = templated("{% extends 'diagram/page.md' %}{% block sections %}\n\nShort.{% endblock %}").unwrap();
    assert!(page.contains("\n\nShort.\n\n## How it works"), "{page}");
    assert_eq!(templated("{{ version }} {{ title | upper }}").unwrap(), "1 WEB APPLICATION WITH HIGH AVAILABILITY\n");
}

#[test]
fn mistakes_in_templates_have_a_place() {
    for (text, file, place, words) in [
        ("a\n{{ tilte }}", "docs/page.md", (2, 4), "tilte"),
        ("a\nb {% if %}", "docs/page.md", (2, 9), ""),
        ("{% include 'wrong.md' %}", "docs/wrong.md", (2, 4), "nothing"),
        ("{% include '../secret.md' %}", "docs/page.md", (1, 12), "it lies outside the folder of the template"),
        ("{% include '/etc/passwd' %}", "docs/page.md", (1, 12), "it lies outside the folder of the template"),
        ("{% extends 'none.md' %}", "docs/page.md", (1, 12), "no such file"),
    ] {
        let (name, at, message) = templated(text).unwrap_err();
        assert_eq!((name.as_str(), at), (file, place), "{text}: {message}");
        assert!(message.contains(words), "{text}: {message}");
    }
}
