//! Requirements: what the design must satisfy, and by which rule that is found out.

use crate::diagnostics::{Diagnostic, code, suggest};
use crate::document::RequirementEntry;
use crate::source::Spanned;
use crate::topology::Requirement;

/// The rules that a requirement can name; others have parameters: `external-services>=N` and `no:CODE`.
pub(crate) const CHECKS: [&str; 8] = [
    "survives-az-loss",
    "survives-region-loss",
    "scales-out",
    "has-relational-store",
    "has-non-relational-store",
    "static-frontend",
    "no-public-database",
    "encrypted-entry",
];

/// The rule that counts external services, before its number.
pub(crate) const EXTERNALS: &str = "external-services>=";

/// The rule that no finding of a code may be there, before the code.
pub(crate) const NO_FINDING: &str = "no:";

/// Reads the requirements; reports checks that nothing knows.
pub(super) fn read(entries: &[RequirementEntry], findings: &mut Vec<Diagnostic>) -> Vec<Requirement> {
    for check in entries.iter().filter_map(|entry| entry.check.as_ref()) {
        findings.extend(fault(check));
    }
    let read = |entry: &RequirementEntry| Requirement {
        text: entry.text.value.clone(),
        check: entry.check.as_ref().map(|check| check.value.clone()),
        span: entry.span,
    };
    entries.iter().map(read).collect()
}

/// What is wrong with the name of a check.
fn fault(check: &Spanned<String>) -> Option<Diagnostic> {
    let name = check.value.as_str();
    let (message, help) = if let Some(number) = name.strip_prefix(EXTERNALS) {
        if number.trim().parse::<u32>().is_ok() {
            return None;
        }
        (format!("`{name}` counts to no number"), format!("write for example `{EXTERNALS}2`"))
    } else if let Some(finding) = name.strip_prefix(NO_FINDING) {
        if code::find(finding).is_some() {
            return None;
        }
        let near = suggest::did_you_mean(finding, code::CODES.iter().map(|code| code.name));
        let help = near.unwrap_or_else(|| "`diagram explain` lists all codes".to_owned());
        (format!("no finding has the code `{finding}`"), help)
    } else {
        if CHECKS.contains(&name) {
            return None;
        }
        let help = if name.starts_with("external-services") {
            format!("write for example `{EXTERNALS}2`")
        } else {
            let all = || format!("checks are {}, `{EXTERNALS}2` and `{NO_FINDING}CODE`", CHECKS.map(quoted).join(", "));
            suggest::did_you_mean(name, CHECKS).unwrap_or_else(all)
        };
        (format!("unknown check `{name}`"), help)
    };
    Some(Diagnostic::error("unknown-check", check.span, message).with_help(help))
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{errors, help};

    fn requirement(check: &str) -> String {
        format!("[services.a]\nkind='s3'\n[[requirements]]\ntext='T'\ncheck='{check}'")
    }

    #[test]
    fn every_check_and_those_with_parameters_are_known() {
        for check in super::CHECKS.into_iter().chain(["external-services>=2", "no:shared-cidr"]) {
            assert!(errors(&requirement(check)).is_empty(), "{check}");
        }
    }

    #[test]
    fn a_misspelt_check_gets_the_nearest() {
        assert_eq!(help(&requirement("survive-az-loss")), "did you mean `survives-az-loss`?");
        assert_eq!(help(&requirement("no:shared-cider")), "did you mean `shared-cidr`?");
        assert_eq!(help(&requirement("external-services")), "write for example `external-services>=2`");
        assert_eq!(errors(&requirement("external-services>=many")), ["unknown-check"]);
        assert!(help(&requirement("magic")).starts_with("checks are "));
    }
}
