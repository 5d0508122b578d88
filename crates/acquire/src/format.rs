//! What kind of input a run of bytes is.

/// How the bytes are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// By name and content.
    #[default]
    Auto,
    /// Plain text in any charset.
    Txt,
    /// A web page.
    Html,
    /// One JSON object a line.
    Jsonl,
    /// News in JSON, as the IPTC defines it.
    Ninjs,
    /// A web archive.
    Warc,
    /// An RSS or Atom feed.
    Feed,
}

impl Format {
    /// All formats, in the order in which help texts list them.
    pub const ALL: &'static [Format] =
        &[Format::Auto, Format::Txt, Format::Html, Format::Jsonl, Format::Ninjs, Format::Warc, Format::Feed];

    /// The name used in options and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Auto => "auto",
            Format::Txt => "txt",
            Format::Html => "html",
            Format::Jsonl => "jsonl",
            Format::Ninjs => "ninjs",
            Format::Warc => "warc",
            Format::Feed => "feed",
        }
    }

    /// What it is, for help texts.
    pub fn meaning(self) -> &'static str {
        match self {
            Format::Auto => "By name and content",
            Format::Txt => "Plain text in any charset",
            Format::Html => "Web pages",
            Format::Jsonl => "JSON Lines: one article a line, {\"id\": …, \"text\": …}",
            Format::Ninjs => "News in JSON (IPTC ninjs 1 to 3)",
            Format::Warc => "Web archives, also compressed",
            Format::Feed => "RSS or Atom feeds",
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name)
    }

    /// The format that `Auto` stands for: by the first characters where they are clear, else by the name's
    /// extension, else plain text.
    pub(crate) fn resolve(self, source: &str, bytes: &[u8]) -> Self {
        match self {
            Format::Auto => of_content(bytes).or_else(|| of_extension(source)).unwrap_or(Format::Txt),
            given => given,
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

fn of_extension(source: &str) -> Option<Format> {
    let name = source.strip_suffix(".gz").unwrap_or(source);
    let (_, extension) = name.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "json" | "ninjs" => Some(Format::Ninjs),
        "rss" | "atom" => Some(Format::Feed),
        "warc" => Some(Format::Warc),
        _ => None,
    }
}

/// What the first characters say clearly.
fn of_content(bytes: &[u8]) -> Option<Format> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if head.starts_with(b"WARC/") {
        return Some(Format::Warc);
    }
    match head.first()? {
        b'{' | b'[' => of_json(head),
        b'<' => of_markup(head),
        _ => None,
    }
}

/// JSON Lines or ninjs, by the fields that the first 64 KiB name.
fn of_json(head: &[u8]) -> Option<Format> {
    let head = &head[..head.len().min(64 << 10)];
    let names = |field: &[u8]| memchr::memmem::find(head, field).is_some();
    if head.first() == Some(&b'{') && names(b"\"text\"") {
        return Some(Format::Jsonl);
    }
    let ninjs = [&b"\"body_text\""[..], b"\"body_html\"", b"\"body_xhtml\"", b"\"bodies\""];
    ninjs.iter().any(|field| names(field)).then_some(Format::Ninjs)
}

fn of_markup(head: &[u8]) -> Option<Format> {
    let head: Vec<u8> = head.iter().take(2048).map(u8::to_ascii_lowercase).collect();
    let at = |tag: &[u8]| memchr::memmem::find(&head, tag);
    let feed = [&b"<rss"[..], b"<feed", b"<rdf:rdf"].iter().filter_map(|tag| at(tag)).min();
    let page = [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<article"]
        .iter()
        .filter_map(|tag| at(tag))
        .min();
    match (feed, page) {
        (Some(feed), page) if page.is_none_or(|page| feed < page) => Some(Format::Feed),
        (_, Some(_)) => Some(Format::Html),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_formats_correspond() {
        for &format in Format::ALL {
            assert_eq!(Format::parse(format.as_str()), Some(format));
            assert!(!format.meaning().is_empty());
        }
        assert_eq!(Format::parse("parquet"), None);
    }

    #[test]
    fn content_comes_before_the_name() {
        let auto = |name: &str, bytes: &[u8]| Format::Auto.resolve(name, bytes);
        assert_eq!(auto("a.txt", b"The ferry sank."), Format::Txt);
        assert_eq!(auto("a.txt", b"<!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(auto("-", b"\xef\xbb\xbf {\"text\": \"x\"}"), Format::Jsonl);
        assert_eq!(auto("a.json", b"[{\"headline\": \"x\", \"body_text\": \"y\"}]"), Format::Ninjs);
        assert_eq!(auto("a.xml", b"<?xml version='1.0'?><rss version='2.0'>"), Format::Feed);
        assert_eq!(auto("a.bin", b"WARC/1.0\r\n"), Format::Warc);
        assert_eq!(auto("a.jsonl", b"not json"), Format::Jsonl);
        assert_eq!(auto("a.html.gz", b"just words"), Format::Html);
        assert_eq!(auto("note", b"{braces} and [brackets]"), Format::Txt);
    }
}
