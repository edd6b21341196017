//! Which links a picture may carry.

/// The schemes that a link may have: what a viewer opens without running anything.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Whether following a link can do no more than open a page or a letter: an address of the web or of a mail box, or a path
/// beside the picture.
///
/// It is stricter than a browser has to be, since others read pictures, too, and some of them decode before they look:
/// in a relative link no colon may hide before the first slash (not as `%3A` or `&colon;` either), no host may follow
/// (`//host`, `/\\host`), and white space around and control characters anywhere, which the URL standard throws away, are
/// none of an address.
pub fn leads_to_a_page(link: &str) -> bool {
    if link.is_empty() || link.trim() != link || link.chars().any(|c| c.is_control() || is_invisible(c)) {
        return false;
    }
    if let Some((scheme, rest)) = link.split_once(':')
        && SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
    {
        return !rest.is_empty();
    }
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let first = path.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let reference = link.split('&').skip(1).any(|after| {
        let name: &str = after.split(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or_default();
        after[name.len()..].starts_with(';') || name.starts_with('#')
    });
    !path.contains('\\') && !path.starts_with("//") && !first.contains(':') && !first.contains("%3a") && !reference
}

/// Characters that nobody sees: the marks that reorder or join text, and the byte order mark.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::leads_to_a_page;

    #[test]
    fn pages_mail_and_relative_paths_do() {
        for link in [
            "https://example.com/a:b?x=1&y=2;z#t",
            "HTTP://x",
            "mailto:a@b.c?subject=x",
            "docs/api.md#top:1",
            "./x#y",
            "../x",
            "/a/b",
            "#part",
            "a/b:c",
            "a?b:c",
            "?q=a:b&c=d",
            "my page.html",
            "50%25.html",
        ] {
            assert!(leads_to_a_page(link), "{link}");
        }
    }

    #[test]
    fn what_could_run_or_lead_elsewhere_does_not() {
        for link in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:x",
            "\u{a0}javascript:x",
            "\u{1}javascript:x",
            "java\nscript:x",
            "java\tscript:x",
            "javascript\t:x",
            "java\u{200b}script:x",
            "java&#9;script:x",
            "java&Tab;script:x",
            "javascript&colon;alert(1)",
            "javascript&#58;alert(1)",
            "javascript&#x3a;alert(1)",
            "javascript%3Aalert(1)",
            "%6Aavascript:x",
            "vbscript:x",
            "data:text/html,<script>x</script>",
            "file:///x",
            "blob:https://x",
            "view-source:https://x",
            "//host/x",
            "\\\\host\\x",
            "/\\host",
            "http:",
            "",
            " ",
            "C:/x",
        ] {
            assert!(!leads_to_a_page(link), "{link:?}");
        }
    }
}
