//! The example at the head of the format, held against what a person would draw.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use super::testing::{addresses, copies, links, topology, tree};

const WEB_APP: &str = r#"
[diagram]
title = "Three-tier web application"
lang = "en"
[externals.users]
kind = "users"
[externals.payments]
kind = "api"
name = "Payments API"
[regions.us-east-1]
azs = 2
role = "active"
[vpcs.main]
in = "us-east-1"
cidr = "10.0.0.0/16"
[subnets.public]
in = "main"
access = "public"
[subnets.app]
in = "main"
access = "private"
[subnets.data]
in = "main"
access = "isolated"
[services.dns]
kind = "route53"
[services.site]
kind = "s3"
in = "us-east-1"
name = "Static site"
[services.igw]
kind = "internet-gateway"
in = "main"
[services.alb]
kind = "alb"
in = "public"
[services.nat]
kind = "nat-gateway"
in = "public"
[services.api]
kind = "ecs"
in = "app"
scaling = { min = 2, max = 10 }
why = "Containers keep the API portable and scale on CPU."
[services.postgres]
kind = "rds"
engine = "postgresql"
in = "data"
multi-az = true
[services.sessions]
kind = "dynamodb"
in = "us-east-1"
[groups.api-asg]
kind = "auto-scaling-group"
members = ["api"]
[flows.request]
name = "A user's request"
numbered = true
steps = [
  "users -> dns : resolve the name",
  "users -> igw -> alb : HTTPS",
  "alb -> api",
  "api -> postgres : SQL",
  "api -> sessions",
]
[flows.payment]
steps = ["api -> nat -> igw -> payments : REST"]
[[links]]
from = "api"
to = "site"
label = "uploads"
style = "async"
arrow = "forward"
"#;

#[test]
fn boxes_stand_where_they_belong() {
    assert_eq!(
        tree(&topology(WEB_APP)),
        [
            "@cloud",
            "users",
            "payments",
            "us-east-1 < @cloud",
            "main < us-east-1",
            "us-east-1a@main < main",
            "us-east-1b@main < main",
            "public@us-east-1a < us-east-1a@main",
            "public@us-east-1b < us-east-1b@main",
            "app@us-east-1a < us-east-1a@main",
            "app@us-east-1b < us-east-1b@main",
            "data@us-east-1a < us-east-1a@main",
            "data@us-east-1b < us-east-1b@main",
            "dns < @cloud",
            "site < us-east-1",
            "igw < main",
            "alb < main",
            "nat@us-east-1a < public@us-east-1a",
            "nat@us-east-1b < public@us-east-1b",
            "api@us-east-1a < app@us-east-1a",
            "api@us-east-1b < app@us-east-1b",
            "postgres@us-east-1a < data@us-east-1a",
            "postgres@us-east-1b < data@us-east-1b",
            "sessions < us-east-1",
            "api-asg < main",
        ]
    );
}

#[test]
fn links_join_what_belongs_together() {
    assert_eq!(
        links(&topology(WEB_APP)),
        [
            "api@us-east-1a ~> site",
            "api@us-east-1b ~> site",
            "users -> dns",
            "users -> igw",
            "igw -> alb",
            "alb -> api@us-east-1a",
            "alb -> api@us-east-1b",
            "api@us-east-1a -> postgres@us-east-1a",
            "api@us-east-1b -> postgres@us-east-1a",
            "api@us-east-1a -> sessions",
            "api@us-east-1b -> sessions",
            "api@us-east-1a -> nat@us-east-1a",
            "api@us-east-1b -> nat@us-east-1b",
            "nat@us-east-1a -> igw",
            "nat@us-east-1b -> igw",
            "igw -> payments",
            "postgres@us-east-1a -> postgres@us-east-1b",
        ]
    );
}

#[test]
fn captions_say_what_a_reader_wants_to_know() {
    let topology = topology(WEB_APP);
    let captions: Vec<&str> = topology.boxes.iter().map(|element| element.caption.as_str()).collect();
    assert_eq!(captions[0], "AWS Cloud");
    assert_eq!(captions[3..6], ["US East (N. Virginia) us-east-1 (active)", "VPC 10.0.0.0/16", "Availability Zone a"]);
    assert_eq!((captions[7], captions[9], captions[11]), ("Public subnet", "Private subnet", "Isolated subnet"));
    assert_eq!(copies(&topology, "postgres")[0].caption, "Amazon RDS for PostgreSQL (primary)");
    assert_eq!(addresses(&topology, "api-asg"), ["api-asg"]);

    let spanish = super::testing::topology(&WEB_APP.replace("\"en\"", "\"es\""));
    assert_eq!(spanish.boxes[0].caption, "Nube de AWS");
    assert_eq!(spanish.boxes[5].caption, "Zona de disponibilidad a");
    assert_eq!(copies(&spanish, "postgres")[1].caption, "Amazon RDS para PostgreSQL (en espera)");
}

#[test]
fn steps_are_numbered_by_string() {
    let topology = topology(WEB_APP);
    let numbers: Vec<_> = topology.flows[0].steps.iter().map(|step| (step.number, step.statements.len())).collect();
    assert_eq!(numbers, [(Some(1), 1), (Some(2), 2), (Some(3), 1), (Some(4), 1), (Some(5), 1)]);
    assert_eq!(topology.flows[0].steps[1].text.as_deref(), Some("HTTPS"));
    assert_eq!(topology.flows[1].steps[0].statements.len(), 3);
}

/// Nothing in here may grow with the square of the input: this would then take minutes.
#[test]
fn ten_thousand_services_resolve_at_once() {
    let mut text = String::from("[regions.us-east-1]\nazs=2\n[vpcs.v]\nin='us-east-1'\n");
    for tier in 0..100 {
        writeln!(text, "[subnets.t{tier}]\nin='v'").unwrap();
    }
    for service in 0..9_000 {
        writeln!(text, "[services.s{service}]\nkind='ec2'\nin='t{}'", service % 100).unwrap();
    }
    text.push_str("[flows.f]\nsteps=[\n");
    for service in 1..9_000 {
        writeln!(text, "'s{} -> s{service}',", service * 7 % 9_000).unwrap();
    }
    text.push_str("]\n");
    let topology = topology(&text);
    assert_eq!(topology.boxes.len(), 18_000 + 200 + 5);
    assert_eq!(topology.links.len(), 2 * 8_999);
}

#[test]
fn too_many_links_are_refused() {
    let mut text = String::from("[groups.l]\n[groups.r]\n");
    for index in 0..300 {
        writeln!(text, "[groups.a{index}]\nin='l'\n[groups.b{index}]\nin='r'").unwrap();
    }
    let fan = (0..300).map(|index| format!("b{index}")).collect::<Vec<_>>().join(", ");
    text.push_str("[flows.f]\nsteps=[\n");
    for index in 0..300 {
        writeln!(text, "'a{index} -> {fan}',").unwrap();
    }
    text.push_str("]\n");
    assert_eq!(super::testing::errors(&text), ["too-many-links"]);
}
