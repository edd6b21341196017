//! Findings that an author accepts at a box: `allow`, and why: `allow-reason`.

use crate::diagnostics::{Diagnostic, Severity, code, suggest};
use crate::document::BoxEntry;
use crate::source::Spanned;

/// Reports codes that nothing finds, allowances without a reason, and reasons for nothing.
pub(super) fn check(entry: &BoxEntry, findings: &mut Vec<Diagnostic>) {
    findings.extend(entry.allow.iter().filter_map(fault));
    match (entry.allow.first(), &entry.allow_reason) {
        (Some(first), None) => findings.push(
            Diagnostic::warning("no-reason", first.span, format!("nothing says why `{}` is allowed", first.value))
                .with_help("add for example `allow-reason = \"One zone is enough for tests.\"`"),
        ),
        (None, Some(reason)) => findings.push(
            Diagnostic::warning("no-effect", reason.span, "`allow-reason` says why, but nothing is allowed")
                .with_help("name the finding: `allow = [\"single-az-tier\"]`, or take it out"),
        ),
        _ => {}
    }
}

/// What is wrong with a code that is to be allowed.
fn fault(name: &Spanned<String>) -> Option<Diagnostic> {
    let (message, help) = match code::find(&name.value) {
        Some(code) if code.severity == Severity::Warning => return None,
        Some(_) => (format!("`{}` is a mistake, which nothing can allow", name.value), "take it out".to_owned()),
        None => {
            let near = suggest::did_you_mean(&name.value, allowable());
            let help = near.unwrap_or_else(|| "`diagram explain` lists all codes".to_owned());
            (format!("no finding has the code `{}`", name.value), help)
        }
    };
    Some(Diagnostic::error("unknown-code", name.span, message).with_help(help))
}

/// Every code that can be allowed.
pub(crate) fn allowable() -> impl Iterator<Item = &'static str> {
    code::CODES.iter().filter(|code| code.severity == Severity::Warning).map(|code| code.name)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{errors, help, topology, warnings};

    fn service(rest: &str) -> String {
        format!("[services.a]\nkind='s3'\n{rest}")
    }

    #[test]
    fn a_finding_is_allowed_for_a_reason() {
        let topology = topology(&service("allow=['unlinked-box']\nallow-reason='R'"));
        let definition = topology.definitions.iter().find(|definition| definition.id == "a").expect("it is declared");
        assert_eq!(definition.allow[0].value, "unlinked-box");
        assert_eq!(definition.allow_reason.as_deref(), Some("R"));
        assert_eq!(warnings(&service("allow=['unlinked-box']")), ["no-reason"]);
        assert_eq!(warnings(&service("allow-reason='R'")), ["no-effect"]);
    }

    #[test]
    fn only_findings_can_be_allowed() {
        assert_eq!(errors(&service("allow=['unknown-id']\nallow-reason='R'")), ["unknown-code"]);
        assert_eq!(help(&service("allow=['unlinked-bx']\nallow-reason='R'")), "did you mean `unlinked-box`?");
    }
}
