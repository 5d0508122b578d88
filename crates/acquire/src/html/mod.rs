//! Web pages: the article's text and what the page's metadata say of it.

mod depth;
mod json_ld;
mod metadata;
mod pieces;
mod render;

pub(crate) use metadata::author_name;
pub(crate) use pieces::{Piece, xml_pieces};

use crate::article::Given;
use crate::{Acquired, Problem, charset};
use lexicon::Lexicon;
use metadata::Metadata;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The largest page (bytes): the largest news pages are under 5 MB, nearly all of it scripts.
const LARGEST_PAGE: usize = 16 << 20;
/// So many tags at most go through the extractor, whose time grows faster than the page; real news pages have
/// up to ten thousand.
const MOST_TAGS: usize = 30_000;

/// Reads a page as one article.
pub(crate) fn read(source: &str, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    let mut acquired = Acquired::default();
    acquired.push(page(source, bytes, None).and_then(|given| given.article(lexicon)));
    acquired
}

/// What a page gives; `declared` is the charset that its container names.
pub(crate) fn page(source: &str, bytes: &[u8], declared: Option<&str>) -> Result<Given, Problem> {
    let problem = |message: String| Problem::new(source, message);
    if bytes.len() > LARGEST_PAGE {
        let size = bytes.len() >> 20;
        return Err(problem(format!(
            "is a page of {size} MiB, larger than any report (limit {} MiB); save the report alone",
            LARGEST_PAGE >> 20
        )));
    }
    let named = charset_named(bytes);
    let decoded = charset::decode(bytes, declared.or(named.as_deref()))
        .map_err(|kind| problem(format!("is {kind}; expected a web page")))?;
    let note = decoded.note.filter(|note| !note.ends_with("(declared)"));
    let mut given = of_markup(source, &decoded.text).map_err(problem)?;
    given.notes.extend(note);
    Ok(given)
}

/// The text of a fragment of markup, a line a block; text without markup has its entities decoded.
pub(crate) fn markup_text(fragment: &str) -> String {
    let flat = depth::without_monsters(fragment);
    render::text(&pieces::pieces(&flat))
}

/// What decoded markup gives.
pub(crate) fn of_markup(source: &str, page: &str) -> Result<Given, String> {
    let page = &*depth::without_monsters(page);
    let pieces = pieces::pieces(page);
    let metadata = metadata::metadata(&pieces);
    let (body, note) = body(page, &pieces)?;
    let title = metadata.title.as_deref().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(given(source, with_title(title.as_deref(), &body), title, metadata, note))
}

fn given(
    source: &str,
    text: String,
    title: Option<String>,
    metadata: Metadata,
    note: Option<String>,
) -> Given {
    let from = metadata.published_from.map(|place| format!("published date taken from {place}"));
    Given {
        source: source.to_owned(),
        text,
        title,
        published: metadata.published,
        updated: metadata.updated,
        outlet: metadata.outlet,
        author: metadata.author,
        url: metadata.url,
        language: metadata.language,
        notes: note.into_iter().chain(from).collect(),
        ..Given::default()
    }
}

/// The charset that the page's head names.
fn charset_named(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find_iter(head, b"charset").next()?;
    let rest = head[at + 7..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let name: Vec<u8> =
        rest.iter().copied().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}

/// The article's text, and a remark where it was not extracted in the ordinary way.
fn body(page: &str, pieces: &[Piece]) -> Result<(String, Option<String>), String> {
    let tags = pieces.iter().filter(|p| matches!(p, Piece::Open(_))).count();
    let flat = depth::flattened(pieces);
    let extracted = if tags <= MOST_TAGS { extract(flat.as_deref().unwrap_or(page)) } else { None };
    if let Some(text) = extracted.filter(|text| !text.trim().is_empty()) {
        return Ok((text, None));
    }
    let text = paragraphs(pieces);
    match text.is_empty() {
        true => Err("holds no article text; expected the page of a report".to_owned()),
        false => {
            Ok((text, Some("the page has no clear article; all its longer paragraphs are taken".to_owned())))
        }
    }
}

/// The main text as the extractor finds it; `None` if it finds none or fails on the page.
fn extract(page: &str) -> Option<String> {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(page, &options))).ok()?.ok()?;
    Some(render::text(&pieces::pieces(&found.content_html)))
}

/// The paragraphs of a page with at least ten words.
fn paragraphs(pieces: &[Piece]) -> String {
    let text = render::text(pieces);
    let long = text.lines().filter(|line| line.split_whitespace().count() >= 10);
    long.map(|line| format!("{line}\n")).collect()
}

/// The body under its title; a body that begins with the title is left as it is.
fn with_title(title: Option<&str>, body: &str) -> String {
    match title {
        Some(title) if !body.lines().take(3).any(|line| same_words(line, title)) => {
            format!("{title}\n{body}")
        }
        _ => body.to_owned(),
    }
}

fn same_words(line: &str, title: &str) -> bool {
    line.split_whitespace().eq(title.split_whitespace())
}
