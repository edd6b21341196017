//! What the other stages rely on of the tables.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;

/// Kinds that people use in 113 real diagrams, the most frequent first.
const USED: &[&str] = &[
    "users",
    "lambda",
    "internet-gateway",
    "ec2",
    "s3",
    "internet",
    "client",
    "dynamodb",
    "cloudfront",
    "nat-gateway",
    "api-gateway",
    "sns",
    "route53",
    "iam",
    "elastic-ip",
    "alb",
    "cloudwatch-logs",
    "eventbridge",
    "elb",
    "cloudwatch",
    "rds",
    "ecs",
    "vpc-endpoint",
    "on-prem",
    "waf",
    "aurora",
    "sqs",
    "cognito",
    "iot-thing",
    "ecr",
    "email",
    "cloudformation",
    "vpn-gateway",
    "network-interface",
    "step-functions",
    "iot-core",
    "kinesis",
    "opensearch",
    "sagemaker",
    "elasticache",
    "organizations",
    "iam-identity-center",
    "vpc",
    "systems-manager",
    "directory-service",
    "transit-gateway",
    "cloudtrail",
    "management-console",
    "eks",
    "efs-mount-target",
    "efs",
    "codebuild",
    "kms",
    "transit-gateway-attachment",
    "fargate",
    "git-repository",
    "iot-analytics",
    "iot-rule",
    "elastic-beanstalk",
    "autoscaling",
    "iot-greengrass",
    "direct-connect",
    "app-config",
    "ses",
    "flow-logs",
    "guardduty",
    "ram",
    "secrets-manager",
    "ebs",
    "firehose",
    "acm",
    "vpn-connection",
    "eks-node-group",
    "transcribe",
    "emr",
    "bedrock",
    "codedeploy",
    "redshift",
    "personalize",
    "lex",
    "dms",
    "shield",
    "lambda-edge",
    "athena",
    "nlb",
    "mwaa",
    "budgets",
    "service-catalog",
    "codepipeline",
    "network-firewall",
    "ipam",
    "vpc-security-group-egress-rule",
    "route-table-association",
    "default-route-table",
    "vpc-security-group-ingress-rule",
    "security-group-rule",
    "backup",
    "cloud9",
    "msk",
    "direct-link",
    "mediaconvert",
    "mechanical-turk-requester",
    "cloud-map",
    "kendra",
    "identity-provider",
    "kubernetes",
    "config",
    "streaming-distribution",
    "pinpoint",
    "comprehend",
    "polly",
    "lake-formation",
    "firewall",
    "jenkins-master-pod",
    "vpc-peering",
    "quicksight",
    "iot-sitewise",
    "db-subnet-group",
    "marketplace",
    "glue",
    "neptune",
    "storage-gateway",
    "import-export",
    "download-distribution",
    "kinesis-analytics",
    "privatelink",
    "network-manager",
    "cloudfront-function",
    "appsync",
    "dms-endpoint",
    "iot-events",
    "kinesis-video",
];

/// Kinds that the format's reference names, and those that everybody tries.
const EXPECTED: &[&str] = &[
    "generic",
    "users",
    "user",
    "client",
    "mobile",
    "browser",
    "api",
    "external",
    "internet",
    "on-prem",
    "email",
    "maps",
    "github",
    "github-actions",
    "gitlab",
    "cloudflare",
    "dns",
    "database",
    "postgresql",
    "mysql",
    "mongodb",
    "redis",
    "kafka",
    "rabbitmq",
    "nginx",
    "kubernetes",
    "docker",
    "grafana",
    "prometheus",
    "slack",
    "jenkins",
    "git-repository",
    "documents",
    "server",
    "router",
    "firewall",
    "laptop",
    "box",
    "storage",
    "worker",
    "encryption-key",
];

#[test]
fn every_kind_in_use_is_known() {
    for kind in USED.iter().chain(EXPECTED) {
        assert!(service(kind).is_some(), "{kind}");
    }
}

#[test]
fn kinds_are_sorted_and_many() {
    assert!(services().is_sorted_by(|left, right| left.kind < right.kind));
    let aws = services().iter().filter(|service| service.category != "General").count();
    assert!(aws >= 170, "{aws}");
}

#[test]
fn names_lead_to_their_service_and_to_no_other() {
    let mut seen = BTreeSet::new();
    for entry in services() {
        for name in entry.aliases.iter().chain([&entry.kind]) {
            assert!(std::ptr::eq(service(name).unwrap(), entry), "{name}");
            assert!(seen.insert(name.replace('_', "-")), "{name} is there twice");
        }
    }
    for (name, kind) in [
        ("amazon-ec2", "ec2"),
        ("aws_instance", "ec2"),
        ("aws-instance", "ec2"),
        ("aws_lb", "alb"),
        ("elastic-load-balancing", "elb"),
        ("internet_gateway", "internet-gateway"),
        ("aws-step-functions", "step-functions"),
        ("simple-queue-service", "sqs"),
    ] {
        assert_eq!(service(name).map(|service| service.kind), Some(kind), "{name}");
    }
    assert!(service("EC2").is_none() && service("").is_none() && service("no-such-thing").is_none());
}

#[test]
fn what_layout_reads_of_common_kinds_is_as_aws_has_it() {
    let facts = |kind: &str| service(kind).map(|service| (service.scope, service.placement, service.tier)).unwrap();
    assert_eq!(facts("route53"), (Scope::Global, Placement::Spanning, 10));
    assert_eq!(facts("cloudfront"), (Scope::Global, Placement::Spanning, 15));
    assert_eq!(facts("internet-gateway"), (Scope::Regional, Placement::Border, 20));
    assert_eq!(facts("nat-gateway"), (Scope::Zonal, Placement::PerZone, 30));
    assert_eq!(facts("alb"), (Scope::Regional, Placement::Spanning, 30));
    assert_eq!(facts("ecs"), (Scope::Regional, Placement::PerZone, 40));
    assert_eq!(facts("elasticache"), (Scope::Zonal, Placement::PerZone, 50));
    assert_eq!(facts("rds"), (Scope::Zonal, Placement::PerZone, 60));
    assert_eq!(facts("s3"), (Scope::Regional, Placement::Spanning, 70));
    assert_eq!(facts("users"), (Scope::External, Placement::Spanning, 0));
    assert!(service("lambda").unwrap().serverless && !service("ec2").unwrap().serverless);
    assert_eq!(service("aurora").unwrap().function, Function::RelationalStore);
    assert_eq!(service("dynamodb").unwrap().function, Function::NonRelationalStore);
}

#[test]
fn regions_are_sorted_and_found() {
    assert!(regions().is_sorted_by(|left, right| left.code < right.code));
    assert_eq!(region("us-east-1").unwrap().name_es, "EE. UU. Este (Norte de Virginia)");
    assert_eq!(region("ca-central-1").unwrap().zones, ['a', 'b', 'd']);
    for code in ["mx-central-1", "ap-southeast-7", "ap-east-2", "cn-north-1", "us-gov-west-1", "eu-south-2"] {
        assert!(region(code).is_some(), "{code}");
    }
    assert!(region("us-east-9").is_none());
    assert!(regions().iter().all(|region| region.zones.len() >= 2));
}

#[test]
fn group_kinds_are_found_by_one_name_each() {
    let mut seen = BTreeSet::new();
    for entry in groups() {
        for name in entry.aliases.iter().chain([&entry.kind]) {
            assert!(std::ptr::eq(group(name).unwrap(), entry), "{name}");
            assert!(seen.insert(name), "{name} is there twice");
        }
    }
    for kind in
        ["generic", "organizational-unit", "security-group", "cluster", "server-contents", "corporate-datacenter"]
    {
        assert!(group(kind).is_some(), "{kind}");
    }
    assert_eq!(group("auto_scaling_group").unwrap().style, GroupStyle::AutoScalingGroup);
    assert_eq!(group("step-functions-workflow").unwrap().style, GroupStyle::StepFunctions);
    assert_eq!(group("Cluster"), None);
}
