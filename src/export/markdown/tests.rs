//! The page as a whole: on the examples, on hostile words, on next to nothing.
#![allow(clippy::unwrap_used)]

use super::{Options, Picture, markdown};
use crate::document;
use crate::document::Table;
use crate::source::{Loader, Source};
use crate::topology::Topology;
use crate::topology::resolve::resolve;

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

fn page(text: &str) -> String {
    let picture = Picture { title: None, file: "arch.svg".to_owned(), alt: "alt".to_owned() };
    markdown(&topology(text), &Options { pictures: &[picture] })
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
        assert!((250..=600).contains(&words), "{name}: {words} words");
    }
}

#[test]
fn the_examples_leave_nothing_out() {
    for (name, text) in EXAMPLES {
        let topology = topology(text);
        let page = page(text);
        let leaves = topology
            .definitions
            .iter()
            .filter(|definition| matches!(definition.table, Table::Services | Table::Externals));
        for definition in leaves {
            assert!(page.contains(&definition.name), "{name}: {}", definition.name);
        }
        for text in topology.definitions.iter().filter_map(|definition| definition.why.as_deref()) {
            assert!(page.contains(&text[1..]), "{name}: {text}");
        }
        let steps: Vec<_> = topology.flows.iter().flat_map(|flow| &flow.steps).collect();
        let listed = page.lines().filter(|line| line.contains(" → ") || line.contains(" — ")).count();
        assert!(listed >= steps.len(), "{name}: {listed} of {} steps", steps.len());
        for step in steps {
            let number = step.number.map_or_else(|| "- ".to_owned(), |number| format!("\n{number}. "));
            assert!(page.contains(&number), "{name}: {number}");
            assert!(step.text.as_ref().is_none_or(|text| page.contains(text.as_str())), "{name}: {:?}", step.text);
        }
    }
}

#[test]
fn the_web_application_is_described_as_it_is() {
    let page = page(EXAMPLES[0].1);
    assert!(page.starts_with("# Web application with high availability\n\n![alt](arch.svg)\n\nA JavaScript"));
    let places = section(&page, "What stands where");
    assert!(places.contains(
        "two Availability Zones, a and b, each with a public subnet, an Application subnet and a Data subnet."
    ));
    assert!(
        places.contains(
            "The public subnets hold NAT gateway in each zone and Application Load Balancer across the zones."
        )
    );
    assert!(section(&page, "Data").contains("Relational data is kept in PostgreSQL (Amazon RDS), used by Backend"));
    assert!(section(&page, "Outside AWS").contains(
        "Traffic to Microservice A and Microservice B comes from Backend by way of NAT gateway and Internet gateway."
    ));
    let resilience = section(&page, "Scaling and availability");
    assert!(resilience.contains("between 2 and 10 tasks of Backend"));
    assert!(resilience.contains("Zone a has the primary of PostgreSQL and zone b its standby"));
    assert!(resilience.contains("Nothing here stands in for us-east-1"));
}

#[test]
fn two_regions_are_described_in_spanish() {
    let page = page(EXAMPLES[2].1);
    assert!(page.contains("Se extiende por dos regiones, EE. UU. Este (Norte de Virginia) us-east-1 (activa) y Canadá (Central) ca-central-1 (pasiva), cada una con una VPC y dos zonas de disponibilidad."));
    assert!(section(&page, "Dónde está cada cosa").contains("Las subredes privadas contienen Frontend (Amazon EC2), Backend (Amazon EC2) y Amazon Aurora en cada zona, y Balanceador interno"));
    assert!(section(&page, "Fuera de AWS").contains("pasa por NAT Gateway e Internet Gateway."));
    assert!(page.contains("2. Amazon Route 53 → Internet Gateway en us-east-1: HTTPS."));
    let resilience = section(&page, "Escalado y disponibilidad");
    assert!(resilience.contains("En ca-central-1 espera una copia de todo lo que hay en la región activa."));
    assert!(resilience.contains(
        "Los datos de Amazon Aurora y Amazon DynamoDB se copian de us-east-1 a ca-central-1 de forma asíncrona"
    ));
}

#[test]
fn one_box_makes_a_short_page() {
    let page = page("[services.site]\nkind = 's3'\n");
    assert_eq!(
        page,
        "# Architecture\n\n![alt](arch.svg)\n\nThe architecture has one service.\n\n## What stands where\n\nThe AWS Cloud \
         holds Amazon S3.\n\n## Data\n\nFiles and objects are kept in Amazon S3.\n\n## Scaling and availability\n\nAWS \
         itself scales Amazon S3, and runs it in several zones.\n"
    );
}

#[test]
fn an_external_alone_is_named() {
    let page = page("[diagram]\nlang = 'es'\n[externals.gente]\nkind = 'users'\nname = 'Gente'\n");
    assert!(
        page.starts_with("# Arquitectura\n\n![alt](arch.svg)\n\nLa arquitectura reúne un elemento externo a AWS.\n")
    );
    assert!(section(&page, "Fuera de AWS").contains("La imagen muestra además, sin conexiones, lo siguiente: Gente."));
    assert_eq!(page.matches("\n## ").count(), 1);
}

#[test]
fn no_picture_means_no_picture() {
    let page = markdown(&topology("[services.site]\nkind = 's3'\n"), &Options::default());
    assert!(!page.contains("!["));
}

#[test]
fn hostile_words_stay_words() {
    let page = page(
        "[diagram]\ntitle = '''# <script>alert(1)</script> | `x`'''\nsummary = \"\"\"1. one\n\n- two [x](javascript:alert(1))\"\"\"\n\
         [services.a]\nkind = 's3'\nname = '*bold* _it_ ![i](x)'\nlink = 'https://example.com/a(b)'\nwhy = \"- why\u{202e}\"\n\
         [services.b]\nkind = 's3'\nname = '- item'\n\
         [flows.f]\nname = '## f'\nsteps = ['b -> a : <b>|</b>']\n",
    );
    for markup in
        ["<script", "<b>", "[x](javascript", "\n- two", "\n1. one", "*bold*", " _it_", "![i]", "\n- - item", "\u{202e}"]
    {
        assert!(!page.contains(markup), "{markup:?} in {page}");
    }
    assert!(page.contains("](https://example.com/a%28b%29)"));
    assert!(page.contains("\n- \\- item → "));
}

#[test]
fn what_is_single_is_said() {
    let page = page(
        "[regions.us-east-1]\nazs = 3\n[vpcs.v]\nin = 'us-east-1'\n[subnets.s]\nin = 'v'\naccess = 'private'\n\
         [services.bastion]\nkind = 'ec2'\nin = 's'\nazs = ['b']\nname = 'Bastion'\n\
         [services.app]\nkind = 'ec2'\nin = 's'\nname = 'App'\n",
    );
    let resilience = section(&page, "Scaling and availability");
    assert!(resilience.contains("If one zone fails, the others still have their copies of App."), "{resilience}");
    assert!(resilience.contains("Only zone b has Bastion, so the loss of that zone takes it away."), "{resilience}");
    assert!(
        section(&page, "What stands where")
            .contains("The private subnets hold App (Amazon EC2) in each zone and Bastion (Amazon EC2) in zone b."),
        "{page}"
    );
}

#[test]
fn networks_say_which_region_they_are_in() {
    let page = page(
        "[regions.us-east-1]\n[regions.us-west-2]\n[vpcs.a]\nin = 'us-east-1'\n[vpcs.b]\nin = 'us-west-2'\nname = 'West'\n\
         [services.x]\nkind = 'ec2'\nin = 'a'\nname = 'X'\n[services.y]\nkind = 'ec2'\nin = 'b'\nname = 'Y'\n",
    );
    let places = section(&page, "What stands where");
    assert!(places.contains("In us-east-1, the VPC holds X (Amazon EC2)."), "{places}");
    assert!(places.contains("In us-west-2, the VPC West holds Y (Amazon EC2)."), "{places}");
}
