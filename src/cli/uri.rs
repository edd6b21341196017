//! Paths as URIs (RFC 3986, RFC 8089).

use std::fmt::Write;
use std::path::Path;

/// What a path may hold as it is.
fn plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'@' | b'+' | b',' | b'=')
}

/// A path as a URI: a relative reference, or a `file:` URI if it is absolute.
pub fn of_path(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    let shown = shown.strip_prefix("./").unwrap_or(&shown);
    let mut uri = match (path.is_absolute(), shown.starts_with('/')) {
        (true, true) => "file://".to_owned(),
        // A drive: `C:/docs/arch.toml`.
        (true, false) => "file:///".to_owned(),
        (false, _) => String::new(),
    };
    for byte in shown.bytes() {
        if plain(byte) || (path.is_absolute() && byte == b':') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_letter_is_escaped() {
        assert_eq!(of_path(Path::new("docs/my arch#1.toml")), "docs/my%20arch%231.toml");
        assert_eq!(of_path(Path::new("./año.toml")), "a%C3%B1o.toml");
        // Else the part before the colon would be taken for a scheme.
        assert_eq!(of_path(Path::new("a:b.toml")), "a%3Ab.toml");
        #[cfg(unix)]
        assert_eq!(of_path(Path::new("/tmp/a b.toml")), "file:///tmp/a%20b.toml");
    }
}
