//! What onrecord itself has written, or is about to write: never a report.

use std::fs::{self, Metadata};
use std::path::Path;

/// The first bytes that tell own output from a report.
pub const HEAD: u64 = 1024;
/// Marks at which a brief is known: of the page, and of Markdown.
const PAGE: &str = "<meta name=\"generator\" content=\"onrecord";
const MARKDOWN: &str = "<!-- onrecord brief -->";
/// What a line of the record format begins with.
const LINE: &str = "{\"kind\":\"";
/// Kinds of its lines, by the field that follows next.
const KINDS: &[(&str, &[&str])] = &[
    ("format", &["article", "brief"]),
    ("article", &["mention", "entity", "time", "statement", "event", "copy"]),
    ("id", &["claim", "utterance", "story"]),
];

/// What the tables of `onrecord export` begin with.
const TABLES: &[&str] = &[
    "Event ID,Event Date,Event Type,",
    "GLOBALEVENTID,SQLDATE,MonthYear,",
    "Actor,Voice,Stance,Issue,",
    "{\"Event ID\":\"a",
    "{\"GLOBALEVENTID\":\"a",
    "{\"Actor\":",
];

/// What a file is, if its first bytes show that onrecord wrote it.
pub fn written_by_us(head: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(head);
    let text = head.trim_start_matches('\u{feff}').trim_start();
    let is_brief = text.starts_with(MARKDOWN) || (text.starts_with("<!") && text.contains(PAGE));
    if is_brief {
        return Some("a brief that onrecord wrote");
    }
    if TABLES.iter().any(|table| text.starts_with(table)) {
        return Some("a table that onrecord wrote");
    }
    is_record(text).then_some("output of onrecord")
}

/// Whether a text begins with a line of the record format.
fn is_record(text: &str) -> bool {
    let Some((kind, rest)) = text.strip_prefix(LINE).and_then(|rest| rest.split_once("\",\"")) else {
        return false;
    };
    let next = rest.split_once('"').map_or("", |(name, _)| name);
    KINDS.iter().any(|(field, kinds)| *field == next && kinds.contains(&kind))
}

/// A file on this machine, whatever its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] std::path::PathBuf);

impl Identity {
    /// Of a regular file that exists.
    #[cfg(unix)]
    pub fn of(_path: &Path, meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        meta.is_file().then(|| Self((meta.dev(), meta.ino())))
    }

    /// Of a regular file that exists.
    #[cfg(not(unix))]
    pub fn of(path: &Path, meta: &Metadata) -> Option<Self> {
        meta.is_file().then(|| fs::canonicalize(path).ok()).flatten().map(Self)
    }

    /// Of the file at a path.
    pub fn at(path: &Path) -> Option<Self> {
        Self::of(path, &fs::metadata(path).ok()?)
    }

    /// Of the file that standard output goes to.
    #[cfg(unix)]
    pub fn of_stdout() -> Option<Self> {
        use std::os::fd::AsFd;
        let file = fs::File::from(std::io::stdout().as_fd().try_clone_to_owned().ok()?);
        Self::of(Path::new("-"), &file.metadata().ok()?)
    }

    /// Of the file that standard output goes to.
    #[cfg(not(unix))]
    pub fn of_stdout() -> Option<Self> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_output_is_known_at_its_beginning() {
        for own in [
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"onrecord 1\">",
            "<!-- onrecord brief -->\n# Title",
            "{\"kind\":\"article\",\"format\":1,\"id\":\"x\"}",
            "{\"kind\":\"mention\",\"article\":\"x\"}",
            "Event ID,Event Date,Event Type,Event Mode",
            "{\"Actor\":\"Haldria\",\"Voice\":null}",
        ] {
            assert!(written_by_us(own.as_bytes()).is_some(), "{own}");
        }
    }

    #[test]
    fn reports_are_not_own_output() {
        for report in [
            "",
            "The mayor spoke of onrecord.",
            "<!DOCTYPE html><html><head><meta name=\"generator\" content=\"press 6\">",
            "{\"id\":\"1\",\"text\":\"x\"}",
            "{\"kind\":\"article\",\"text\":\"x\"}",
            "{\"kind\":\"article\",\"id\":\"1\",\"text\":\"x\"}",
            "{\"kind\":\"letter\",\"id\":\"x\",\"text\":\"x\"}",
        ] {
            assert_eq!(written_by_us(report.as_bytes()), None, "{report}");
        }
    }
}
