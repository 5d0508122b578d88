//! From what an input gives to an article.

use crate::head::Head;
use crate::{Problem, boilerplate, dates, head, language};
use lexicon::Lexicon;
use record::{Article, ArticleId, Basis, Boilerplate, Layer, Published, Span, Title};

/// The longest text of one article (bytes).
///
/// The longest novels are shorter; a file beyond it is an archive or a dump, and reading it as one report
/// would take minutes and gigabytes to no purpose.
pub const LONGEST_TEXT: usize = 4 << 20;

/// What an input gives of an article, as written there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    pub source: String,
    pub source_id: Option<String>,
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub outlet: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub notes: Vec<String>,
}

impl Given {
    /// The article, with what its first lines tell and its boilerplate marked.
    pub(crate) fn article(self, lexicon: &Lexicon) -> Result<Article, Problem> {
        self.check()?;
        let id = self.id();
        let head = head::head(&self.text, self.title.as_deref(), lexicon);
        let (published, published_note) = self.published(&head);
        let (updated, updated_note) = self.updated(&head);
        let title = self.title(&head);
        let boilerplate = self.boilerplate(&head, title.as_ref().and_then(|t| t.span), lexicon);
        let (language, language_note) = language::language(&self.text, self.language.as_deref());
        let unread = language.as_deref().filter(|code| *code != "en");
        let unread = unread.map(|code| format!("language {code}: statements are only read in English"));
        let found = [published_note, updated_note, language_note, unread].into_iter().flatten();
        Ok(Article {
            id,
            title,
            outlet: self.outlet.or(head.outlet),
            author: self.author.or(head.author),
            url: self.url.or(head.url),
            language,
            published,
            updated,
            boilerplate,
            notes: self.notes.into_iter().chain(found).collect(),
            source: self.source,
            source_id: self.source_id,
            text: self.text,
        })
    }

    fn check(&self) -> Result<(), Problem> {
        let message = match self.text.len() {
            _ if self.text.trim().is_empty() => "is empty; expected the text of a report".to_owned(),
            length if length > LONGEST_TEXT => format!(
                "is {} MiB of text, longer than any report (limit {} MiB); split it into one file or line a report",
                length >> 20,
                LONGEST_TEXT >> 20
            ),
            _ => return Ok(()),
        };
        Err(Problem::new(&self.source, message))
    }

    /// Hash of everything given but the place it came from.
    fn id(&self) -> ArticleId {
        let fields = [
            &self.source_id,
            &self.title,
            &self.published,
            &self.updated,
            &self.outlet,
            &self.author,
            &self.url,
            &self.language,
        ];
        let fields = fields.map(|field| field.as_deref().unwrap_or_default());
        ArticleId::of(&[&[self.text.as_str()], &fields[..]].concat())
    }

    fn title(&self, head: &Head) -> Option<Title> {
        match &self.title {
            Some(given) => Some(Title { text: given.clone(), span: head.title }),
            None => head.title.map(|span| Title { text: span.text(&self.text).to_owned(), span: Some(span) }),
        }
    }

    fn published(&self, head: &Head) -> (Option<Published>, Option<String>) {
        // The date of the last change stands in where no other is given; the times room judges it like any label.
        let byline = || {
            let (value, span) = head.published.clone().or_else(|| head.updated.clone())?;
            Some(Published { value, basis: Basis::Byline, evidence: vec![span] })
        };
        match self.published.as_deref().map(|given| (given, dates::normalise(given))) {
            Some((_, Some(value))) => {
                (Some(Published { value, basis: Basis::Metadata, evidence: Vec::new() }), None)
            }
            Some((given, None)) => (byline(), Some(no_date("published", given))),
            None => (byline(), None),
        }
    }

    fn updated(&self, head: &Head) -> (Option<String>, Option<String>) {
        let changed = || head.updated.as_ref().map(|(value, _)| value.clone());
        match self.updated.as_deref().map(|given| (given, dates::normalise(given))) {
            Some((_, Some(value))) => (Some(value), None),
            Some((given, None)) => (changed(), Some(no_date("updated", given))),
            None => (changed(), None),
        }
    }

    fn boilerplate(&self, head: &Head, title: Option<Span>, lexicon: &Lexicon) -> Layer<Boilerplate> {
        let ruled = boilerplate::boilerplate(&self.text, title, lexicon);
        let is_head = |span: &Span| head.boilerplate.iter().any(|(known, _)| known.overlaps(*span));
        let of_head = head.boilerplate.iter().map(|&(span, reason)| (span, Boilerplate { reason }));
        let mut all: Vec<(Span, Boilerplate)> =
            ruled.into_iter().filter(|(span, _)| !is_head(span)).collect();
        all.extend(of_head);
        Layer::new(all)
    }
}

/// A given date that is none.
fn no_date(field: &str, given: &str) -> String {
    let short: String = given.chars().take(40).collect();
    format!("{field} “{short}” is no date that is understood (expected such as 2021-12-23); not used")
}
