//! Bytes to articles: text, web pages, JSON Lines and other containers.
//!
//! [`acquire`] never fails as a whole: what can be read becomes articles, what cannot becomes a [`Problem`]
//! that names the input, what was expected, and the next step. The text of an article is the given text,
//! decoded; what is not prose is marked in `boilerplate`, never deleted.

mod article;
mod boilerplate;
mod charset;
mod dates;
mod feed;
mod format;
mod gzip;
mod head;
mod html;
mod jsonl;
mod language;
mod lines;
mod ninjs;
mod plain;
mod warc;

pub use article::LONGEST_TEXT;
pub use format::Format;

use lexicon::Lexicon;
use record::Article;
use std::borrow::Cow;

/// What could not be read, in words for people: the input, what was expected, the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The input, with a line number where there is one.
    pub source: String,
    /// What is wrong, what was expected, what to do.
    pub message: String,
}

impl Problem {
    fn new(source: impl Into<String>, message: impl Into<String>) -> Self {
        Self { source: source.into(), message: message.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.source, self.message)
    }
}

/// The articles of one input, and what of it could not be read.
#[derive(Clone, Debug, Default)]
pub struct Acquired {
    /// In input order.
    pub articles: Vec<Article>,
    /// In input order.
    pub problems: Vec<Problem>,
}

impl Acquired {
    fn push(&mut self, article: Result<Article, Problem>) {
        match article {
            Ok(article) => self.articles.push(article),
            Err(problem) => self.problems.push(problem),
        }
    }

    fn problem(source: &str, message: impl Into<String>) -> Self {
        Self { articles: Vec::new(), problems: vec![Problem::new(source, message)] }
    }
}

/// Reads one input. `source` names it (a path as given, `-` for standard input).
///
/// Compressed input (gzip) is unpacked first, whatever its name.
pub fn acquire(source: &str, bytes: &[u8], format: Format, lexicon: &Lexicon) -> Acquired {
    if warc::is_packed(bytes) {
        return warc::read(source, bytes, lexicon);
    }
    let bytes = match gzip::unpacked(bytes) {
        Ok(bytes) => bytes,
        Err(message) => return Acquired::problem(source, message),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Acquired::problem(source, "is empty; expected a report");
    }
    read(source, bytes, format, lexicon)
}

/// Reads a part of JSON Lines that begins at a line of the source (counted from 1), so that a long input need not
/// be in memory at once.
pub fn json_lines(source: &str, first_line: usize, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    jsonl::read(source, first_line, bytes, lexicon)
}

fn read(source: &str, bytes: Cow<'_, [u8]>, format: Format, lexicon: &Lexicon) -> Acquired {
    match format.resolve(source, &bytes) {
        Format::Auto | Format::Txt => plain::read(source, &bytes, lexicon),
        Format::Html => html::read(source, &bytes, lexicon),
        Format::Jsonl => jsonl::read(source, 1, &bytes, lexicon),
        Format::Ninjs => ninjs::read(source, &bytes, lexicon),
        Format::Warc => warc::read(source, &bytes, lexicon),
        Format::Feed => feed::read(source, &bytes, lexicon),
    }
}
