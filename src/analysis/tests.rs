//! Small designs with the verdicts that an architect would give.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::document;
use crate::source::{Loader, Source};
use crate::topology::resolve::resolve;

struct NoFiles;

impl Loader for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("no such file".to_owned())
    }
}

fn topology(text: &str) -> Topology {
    let (document, diagnostics) = document::parse(&Source::new("x.toml", text), 0);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let resolved = resolve(&document, &NoFiles);
    resolved.topology.unwrap_or_else(|| panic!("{:?}", resolved.diagnostics))
}

/// The verdict on the first flow without `removed`.
fn verdict(text: &str, removed: &str) -> Verdict {
    let topology = topology(text);
    let analysis = analyse(&topology, &[]);
    let at = analysis.removals.iter().position(|found| found.written(&topology) == removed).unwrap();
    analysis.flows[0].failures[at].verdict
}

const WEB: &str = "[externals.users]\nkind='users'\n[externals.pay]\nkind='api'\n[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'\n\
    [subnets.public]\nin='main'\naccess='public'\n[subnets.app]\nin='main'\n[subnets.data]\nin='main'\n\
    [services.igw]\nkind='internet-gateway'\nin='main'\n[services.alb]\nkind='alb'\nin='public'\n\
    [services.nat]\nkind='nat-gateway'\nin='public'\n[services.api]\nkind='ecs'\nin='app'\n\
    [services.db]\nkind='rds'\nin='data'\nmulti-az=true\n[services.table]\nkind='dynamodb'\nin='us-east-1'\n\
    [flows.request]\nsteps=['users -> igw -> alb -> api','api -> db, table','api -> nat -> igw -> pay']\n";

#[test]
fn a_zone_takes_copies_and_the_primary_but_not_the_way() {
    for zone in ["az:us-east-1a", "az:us-east-1b"] {
        assert_eq!(verdict(WEB, zone), Verdict::Degraded, "{zone}");
    }
    assert_eq!(verdict(&WEB.replace("multi-az=true", ""), "az:us-east-1a"), Verdict::Down);
    assert_eq!(
        verdict(&WEB.replace("multi-az=true", "").replace("api -> db, table", "api -> table"), "az:us-east-1b"),
        Verdict::Degraded
    );
}

#[test]
fn what_aws_spreads_itself_loses_nothing() {
    let text = "[externals.users]\nkind='users'\n[regions.us-east-1]\nazs=2\n[vpcs.v]\nin='us-east-1'\n[subnets.s]\nin='v'\n\
        [services.alb]\nkind='alb'\nin='s'\n[services.f]\nkind='lambda'\nin='us-east-1'\n[flows.f]\nsteps=['users -> alb -> f']";
    assert_eq!(verdict(text, "az:us-east-1a"), Verdict::Survives);
    assert_eq!(verdict(text, "region:us-east-1"), Verdict::Down);
    let one = text.replace("kind='alb'\nin='s'", "kind='alb'\nin='s'\nazs=['a']");
    assert_eq!(verdict(&one, "az:us-east-1a"), Verdict::Down);
    assert_eq!(verdict(&one, "az:us-east-1b"), Verdict::Survives);
}

#[test]
fn single_boxes_and_single_copies() {
    assert_eq!(verdict(WEB, "box:alb"), Verdict::Down);
    assert_eq!(verdict(WEB, "box:api"), Verdict::Down);
    assert_eq!(verdict(WEB, "box:api@us-east-1a"), Verdict::Degraded);
    assert_eq!(verdict(WEB, "box:nat@us-east-1b"), Verdict::Degraded);
    assert_eq!(verdict(WEB, "box:db@us-east-1a"), Verdict::Degraded);
    assert_eq!(verdict(WEB, "box:db@us-east-1b"), Verdict::Degraded);
    assert_eq!(verdict(WEB, "box:db"), Verdict::Down);
    assert_eq!(verdict(WEB, "box:pay"), Verdict::Down);
}

#[test]
fn a_shared_nat_gateway_takes_the_way_out_of_both_zones() {
    let shared = WEB.replace("kind='nat-gateway'\nin='public'", "kind='nat-gateway'\nin='public'\nazs=['a']");
    assert_eq!(verdict(&shared, "az:us-east-1a"), Verdict::Down);
    assert_eq!(verdict(&shared, "az:us-east-1b"), Verdict::Degraded);
}

const TWO: &str = "[externals.users]\nkind='users'\n[regions.us-east-1]\nrole='active'\n[regions.ca-central-1]\nrole='passive'\n\
    [services.dns]\nkind='route53'\n[services.api]\nkind='api-gateway'\nin=['us-east-1','ca-central-1']\n\
    [services.t]\nkind='dynamodb'\nin=['us-east-1','ca-central-1']\n\
    [flows.request]\nsteps=['users -> dns -> api@us-east-1 -> t@us-east-1']\n[flows.failover]\nsteps=['dns ~> api@ca-central-1']\n";

#[test]
fn a_passive_region_takes_over_behind_a_global_entry() {
    assert_eq!(verdict(TWO, "region:us-east-1"), Verdict::Degraded);
    assert_eq!(verdict(TWO, "region:ca-central-1"), Verdict::Degraded);
    let no_entry = TWO.replace("['dns ~> api@ca-central-1']", "['users ~> api@ca-central-1']");
    assert_eq!(verdict(&no_entry, "region:us-east-1"), Verdict::Down);
    let no_table = TWO
        .replace("kind='dynamodb'\nin=['us-east-1','ca-central-1']", "kind='dynamodb'\nin='us-east-1'")
        .replace("t@us-east-1'", "t'");
    assert_eq!(verdict(&no_table, "region:us-east-1"), Verdict::Down);
}

#[test]
fn links_are_judged_where_there_are_no_flows() {
    let text = "[regions.us-east-1]\nazs=2\n[vpcs.v]\nin='us-east-1'\n[subnets.s]\nin='v'\n[services.a]\nkind='ec2'\nin='s'\n\
        [services.b]\nkind='sqs'\nin='us-east-1'\n[[links]]\nfrom='a'\nto='b'";
    let analysis = analyse(&topology(text), &[]);
    assert_eq!((analysis.flows.len(), analysis.flows[0].flow), (1, None));
    assert_eq!(verdict(text, "az:us-east-1a"), Verdict::Degraded);
    assert!(analyse(&topology("[services.a]\nkind='s3'"), &[]).flows.is_empty());
}

#[test]
fn a_group_as_an_end_stands_for_its_members() {
    let text = WEB.replace("alb -> api'", "alb -> asg'") + "[groups.asg]\nkind='auto-scaling-group'\nmembers=['api']\n";
    assert_eq!(verdict(&text, "az:us-east-1a"), Verdict::Degraded);
    assert_eq!(verdict(&text, "box:api"), Verdict::Down);
}
