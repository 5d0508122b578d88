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
}

impl Format {
    /// All formats, in the order in which help texts list them.
    pub const ALL: &'static [Format] = &[Format::Auto, Format::Txt, Format::Html, Format::Jsonl];

    /// The name used in options and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Auto => "auto",
            Format::Txt => "txt",
            Format::Html => "html",
            Format::Jsonl => "jsonl",
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name)
    }

    /// The format that `Auto` stands for: by the name's extension, else by the first characters.
    pub(crate) fn resolve(self, source: &str, bytes: &[u8]) -> Self {
        match self {
            Format::Auto => of_extension(source).unwrap_or_else(|| of_content(bytes)),
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
        "txt" | "text" | "md" => Some(Format::Txt),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        _ => None,
    }
}

fn of_content(bytes: &[u8]) -> Format {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if head.first() == Some(&b'{') && head.iter().take(64 * 1024).any(|&b| b == b':') {
        return Format::Jsonl;
    }
    let head: Vec<u8> = head.iter().take(512).map(u8::to_ascii_lowercase).collect();
    let is_page = head.starts_with(b"<!doctype html") || memchr::memmem::find(&head, b"<html").is_some();
    if is_page { Format::Html } else { Format::Txt }
}
