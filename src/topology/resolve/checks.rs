//! Checks of single values: lengths, URLs, CIDR blocks.

use std::net::Ipv4Addr;
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, ipv4_mask_to_prefix};

use crate::diagnostics::Diagnostic;
use crate::scene::leads_to_a_page;
use crate::source::Spanned;

/// The longest text that is written on the picture, in characters.
pub(crate) const LONGEST_TEXT: usize = 500;

/// The most that a stack stands for: what has more is a fleet that nobody counts.
pub(crate) const LARGEST_COUNT: i64 = 999;

/// Reports a text of the picture that is too long to be written on it; `key` is what holds it.
pub(super) fn length(text: &Spanned<String>, key: &str, findings: &mut Vec<Diagnostic>) {
    let count = text.value.chars().count();
    if count > LONGEST_TEXT {
        findings.push(
            Diagnostic::error("too-long", text.span, format!("this `{key}` has {count} characters"))
                .with_help(format!("at most {LONGEST_TEXT} fit on a picture: move the rest to `description`")),
        );
    }
}

/// Reports a link that is no address of a page or a mail box: `javascript:` and the like must not get into a picture.
pub(super) fn link(link: &Spanned<String>, findings: &mut Vec<Diagnostic>) {
    if link.value.starts_with("www.") {
        let message = format!("`{}` would be a file beside the picture", link.value.escape_debug());
        let help = format!("write `https://{}`", link.value.escape_debug());
        findings.push(Diagnostic::error("bad-link", link.span, message).with_help(help));
    } else if !leads_to_a_page(&link.value) {
        findings.push(
            Diagnostic::error(
                "bad-link",
                link.span,
                format!("`{}` is no link that a picture can carry", link.value.escape_debug()),
            )
            .with_help(match link.value.split_once("://") {
                Some((_, page)) if !page.is_empty() => format!("write `https://{}`", page.escape_debug()),
                _ => "write an `https://`, `http://` or `mailto:` address, or a relative path".to_owned(),
            }),
        );
    }
}

/// Reports a `count` that no stack can stand for.
pub(super) fn count(count: &Spanned<i64>, findings: &mut Vec<Diagnostic>) {
    if !(1..=LARGEST_COUNT).contains(&count.value) {
        let message = format!("`{}` is no number of boxes that a stack can stand for", count.value);
        let help =
            if count.value < 1 { "write `count = 2`" } else { "write `count = 999`, the most, and say more in `name`" };
        findings.push(Diagnostic::error("bad-count", count.span, message).with_help(help));
    }
}

/// Reports what is not an address block such as `10.0.0.0/16`.
pub(super) fn cidr(cidr: &Spanned<String>, findings: &mut Vec<Diagnostic>) {
    if IpNet::from_str(&cidr.value).is_err() {
        findings.push(
            Diagnostic::error("bad-cidr", cidr.span, format!("`{}` is not a CIDR block", cidr.value))
                .with_help(repaired(&cidr.value)),
        );
    }
}

/// What to write instead of a text that is no address block.
fn repaired(text: &str) -> String {
    let (address, length) = text.trim().split_once(['/', '-']).unwrap_or((text.trim(), ""));
    let numbers: Vec<&str> = address.trim().split('.').collect();
    if numbers.len() > 1 && numbers.iter().any(|number| number.parse::<u32>().is_ok_and(|number| number > 255)) {
        return "each of the four numbers of an address is at most 255, as in `10.0.0.0/16`".to_owned();
    }
    if let (true, Ok(length @ 33..)) = (numbers.len() > 1, length.trim().parse::<u32>()) {
        return format!("an address of four numbers has 32 bits, a prefix cannot have {length}: write `10.0.0.0/16`");
    }
    let mask = Ipv4Addr::from_str(length.trim()).ok().and_then(|mask| ipv4_mask_to_prefix(mask).ok());
    let prefix = length.trim().parse::<u8>().ok().or(mask).unwrap_or(16);
    let mut padded = numbers;
    padded.resize(padded.len().max(4), "0");
    let proposal = Ipv4Addr::from_str(&padded.join(".")).ok().and_then(|address| Ipv4Net::new(address, prefix).ok());
    let proposal = proposal.map_or_else(|| "10.0.0.0/16".to_owned(), |net| net.trunc().to_string());
    format!("write an address and the length of its prefix: `{proposal}`")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::source::Span;

    fn codes(check: fn(&Spanned<String>, &mut Vec<Diagnostic>), value: &str) -> Vec<&'static str> {
        let mut findings = Vec::new();
        check(&Spanned::new(value.to_owned(), Span::default()), &mut findings);
        findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn takes_links_that_open_pages_only() {
        assert!(codes(link, "https://example.com/a:b").is_empty());
        assert!(codes(link, "docs/api.md").is_empty());
        for bad in ["javascript:alert(1)", "//host/x", " https://x", "java\tscript:x", ""] {
            assert_eq!(codes(link, bad), ["bad-link"], "{bad}");
        }
    }

    #[test]
    fn takes_both_families_of_addresses() {
        assert!(codes(cidr, "10.0.0.0/16").is_empty());
        assert!(codes(cidr, "fd00::/8").is_empty());
        for bad in ["10.0.0.0", "10.0.0.0/33", "10.0.0/16", "main"] {
            assert_eq!(codes(cidr, bad), ["bad-cidr"], "{bad}");
        }
    }
}
