//! Web archives (WARC 1.0 and 1.1, ISO 28500): the pages of the response records, with record offsets.

use crate::{Acquired, Problem, html};
use flate2::bufread::{GzDecoder, ZlibDecoder};
use lexicon::Lexicon;
use std::borrow::Cow;
use std::io::Read;

/// The most that one compressed record may unpack to (bytes).
const LARGEST_RECORD: u64 = 64 << 20;

/// Reads the pages of an archive; `packed` archives hold a gzip member a record.
///
/// An article's source is `archive#offset`, where `offset` is the place in the file as it was given.
pub(crate) fn read(source: &str, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    let mut acquired = Acquired::default();
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => members(source, bytes, lexicon, &mut acquired),
        false => records(source, 0, bytes, lexicon, &mut acquired),
    }
    if acquired.articles.is_empty() && acquired.problems.is_empty() {
        return Acquired::problem(source, "holds no pages; expected a web archive with HTML responses");
    }
    acquired
}

/// Whether compressed bytes unpack to a web archive.
pub(crate) fn is_packed(bytes: &[u8]) -> bool {
    let mut magic = [0; 5];
    bytes.starts_with(&[0x1f, 0x8b])
        && GzDecoder::new(bytes).read_exact(&mut magic).is_ok()
        && &magic == b"WARC/"
}

fn members(source: &str, bytes: &[u8], lexicon: &Lexicon, acquired: &mut Acquired) {
    let mut at = 0;
    while at < bytes.len() {
        let mut decoder = GzDecoder::new(&bytes[at..]);
        let mut record = Vec::new();
        let unpacked = decoder.by_ref().take(LARGEST_RECORD).read_to_end(&mut record);
        let whole = unpacked.is_ok() && (record.len() as u64) < LARGEST_RECORD;
        if !whole {
            let message =
                "cannot be unpacked; the records before it are read, fetch the archive again for the rest";
            acquired.problems.push(Problem::new(format!("{source}#{at}"), message));
            return;
        }
        records(source, at, &record, lexicon, acquired);
        let rest = decoder.into_inner().len();
        at = (bytes.len() - rest).max(at + 1);
    }
}

/// Reads records one after another; `base` is where the first begins in the given file.
fn records(source: &str, base: usize, mut bytes: &[u8], lexicon: &Lexicon, acquired: &mut Acquired) {
    let whole = bytes.len();
    loop {
        bytes = bytes.trim_ascii_start();
        if bytes.is_empty() {
            return;
        }
        let at = format!("{source}#{}", base + whole - bytes.len());
        let Some((record, rest)) = Record::split(bytes) else {
            let message =
                "is no whole record; the records before it are read, fetch the archive again for the rest";
            acquired.problems.push(Problem::new(at, message));
            return;
        };
        if let Some(page) = record.page() {
            let given = html::page(&at, &page.body, page.charset.as_deref());
            let given = given.map(|mut given| {
                given.url = given.url.or_else(|| record.headers.get("warc-target-uri").map(str::to_owned));
                given
            });
            acquired.push(given.and_then(|given| given.article(lexicon)));
        }
        bytes = rest;
    }
}

/// Named fields of a record or of an HTTP response.
struct Headers<'b> {
    lines: Vec<(Cow<'b, str>, Cow<'b, str>)>,
}

impl<'b> Headers<'b> {
    /// Splits the head (up to the empty line) from what follows; gives its first line, its fields and the rest.
    fn split(bytes: &'b [u8]) -> Option<(Cow<'b, str>, Self, &'b [u8])> {
        let window = &bytes[..bytes.len().min(256 << 10)];
        let crlf = memchr::memmem::find(window, b"\r\n\r\n").map(|at| (at, 4));
        let (end, length) =
            crlf.into_iter().chain(memchr::memmem::find(window, b"\n\n").map(|at| (at, 2))).min()?;
        let mut lines = bytes[..end].split(|&b| b == b'\n').map(|l| String::from_utf8_lossy(l.trim_ascii()));
        let first = lines.next()?;
        let field = |line: Cow<'b, str>| {
            let (name, value) = line.split_once(':')?;
            Some((Cow::Owned(name.trim().to_ascii_lowercase()), Cow::Owned(value.trim().to_owned())))
        };
        Some((first, Self { lines: lines.filter_map(field).collect() }, &bytes[end + length..]))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.lines.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }
}

struct Record<'b> {
    headers: Headers<'b>,
    content: &'b [u8],
}

struct Page<'b> {
    body: Cow<'b, [u8]>,
    charset: Option<String>,
}

impl<'b> Record<'b> {
    fn split(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        let (first, headers, rest) = Headers::split(bytes)?;
        let length: usize = headers.get("content-length")?.parse().ok()?;
        let fits = first.starts_with("WARC/") && length <= rest.len();
        fits.then(|| (Self { headers, content: &rest[..length] }, &rest[length..]))
    }

    /// The web page that a response or resource record holds.
    fn page(&self) -> Option<Page<'b>> {
        match self.headers.get("warc-type")? {
            "response" => {
                let (status, head, body) = Headers::split(self.content)?;
                let found = status.split_whitespace().nth(1) == Some("200");
                let charset = page_charset(head.get("content-type")?)?;
                found.then(|| unwrapped(&head, body)).flatten().map(|body| Page { body, charset })
            }
            "resource" => {
                let charset = page_charset(self.headers.get("content-type")?)?;
                Some(Page { body: Cow::Borrowed(self.content), charset })
            }
            _ => None,
        }
    }
}

/// Whether a content type is that of a page, and the charset it names.
fn page_charset(content_type: &str) -> Option<Option<String>> {
    let content_type = content_type.to_ascii_lowercase();
    let page = content_type.starts_with("text/html") || content_type.starts_with("application/xhtml");
    let charset = content_type
        .split_once("charset=")
        .map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']).to_owned());
    page.then_some(charset)
}

/// The body without transfer and content encoding; `None` for encodings that are not read.
fn unwrapped<'b>(head: &Headers, body: &'b [u8]) -> Option<Cow<'b, [u8]>> {
    let chunked = head.get("transfer-encoding").is_some_and(|e| e.contains("chunked"));
    // Many archives store the body unchunked under its old header.
    let body = chunked.then(|| unchunked(body)).flatten().map_or(Cow::Borrowed(body), Cow::Owned);
    match head.get("content-encoding").unwrap_or("identity") {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            unpacked(GzDecoder::new(&*body)).map(Cow::Owned)
        }
        "deflate" => unpacked(ZlibDecoder::new(&*body)).map(Cow::Owned),
        "identity" | "gzip" | "x-gzip" | "" | "none" => Some(body),
        _ => None,
    }
}

fn unpacked(decoder: impl Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    decoder.take(LARGEST_RECORD).read_to_end(&mut out).ok()?;
    Some(out)
}

/// Joins the chunks of a chunked body; `None` if it is not one.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', body)?;
        let size = std::str::from_utf8(body[..end].trim_ascii()).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        let rest = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        body = rest[size..].trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    const PAGE: &str = "<html><body><h1>Ferry sinks off the islands</h1><p>The ferry to the islands sank on Monday morning, \
        the harbour master said. Nobody was hurt.</p><p>The old ship had left the harbour in a storm, he told reporters.</p></body></html>";

    fn record(kind: &str, content: &str) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://c.example/1\r\nContent-Length: {}\r\n\r\n",
            content.len()
        );
        format!("{head}{content}\r\n\r\n").into_bytes()
    }

    fn response(body: &str, more: &str) -> Vec<u8> {
        record(
            "response",
            &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n{body}"),
        )
    }

    fn packed(record: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(record).expect("memory");
        encoder.finish().expect("memory")
    }

    fn read(bytes: &[u8]) -> Acquired {
        super::read("a.warc", bytes, &Lexicon::load())
    }

    #[test]
    fn pages_are_read_with_offset_and_address() {
        let info = record("warcinfo", "software: x");
        let found = read(&[info.clone(), response(PAGE, "")].concat());
        assert_eq!(found.problems, []);
        assert_eq!(found.articles[0].source, format!("a.warc#{}", info.len()));
        assert_eq!(found.articles[0].url.as_deref(), Some("https://c.example/1"));
        assert!(found.articles[0].text.contains("Nobody was hurt."));
    }

    #[test]
    fn compressed_members_and_chunked_bodies() {
        let (a, b) = PAGE.split_at(40);
        let chunked = format!("{:x}\r\n{a}\r\n{:x}\r\n{b}\r\n0\r\n\r\n", a.len(), b.len());
        let info = packed(&record("warcinfo", "software: x"));
        let archive = [info.clone(), packed(&response(&chunked, "Transfer-Encoding: chunked\r\n"))].concat();
        assert!(is_packed(&archive));
        let found = read(&archive);
        assert_eq!(found.articles[0].source, format!("a.warc#{}", info.len()));
        assert!(found.articles[0].text.contains("told reporters"));
    }

    #[test]
    fn a_truncated_archive_gives_what_it_has() {
        let whole = [response(PAGE, ""), response(PAGE, "")].concat();
        for archive in [whole[..whole.len() - 100].to_vec(), {
            let packed = [packed(&response(PAGE, "")), packed(&response(PAGE, ""))].concat();
            packed[..packed.len() - 30].to_vec()
        }] {
            let found = read(&archive);
            assert_eq!((found.articles.len(), found.problems.len()), (1, 1));
        }
    }
}
