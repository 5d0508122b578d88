//! One report as it came in.

use crate::labels::labels;
use crate::{Layer, Span};

/// A report: its text, unaltered, and what is known of where it comes from. Immutable.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Hash of the content; equal content has equal ids.
    pub id: ArticleId,
    /// The input it came from: a path as given, `-` for standard input, a record inside a container.
    pub source: String,
    /// The id the input gave it, if any.
    pub source_id: Option<String>,
    /// The text; offsets of all findings refer to it.
    pub text: String,
    /// The title.
    pub title: Option<Title>,
    /// Name of the publisher.
    pub outlet: Option<String>,
    /// Byline name or names.
    pub author: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The date label that came with the input (metadata or byline), before the text's own dates are read.
    pub published: Option<Published>,
    /// The date of the last change that came with the input (ISO 8601).
    pub updated: Option<String>,
    /// What in the text is not article prose: marked, never deleted.
    pub boilerplate: Layer<Boilerplate>,
    /// Remarks for people: charset guessed, label contradicted, and the like.
    pub notes: Vec<String>,
}

impl Article {
    /// An article of which only the text is known.
    pub fn of_text(source: &str, text: &str) -> Self {
        Self {
            id: ArticleId::of(&[text]),
            source: source.to_owned(),
            source_id: None,
            text: text.to_owned(),
            title: None,
            outlet: None,
            author: None,
            url: None,
            language: None,
            published: None,
            updated: None,
            boilerplate: Layer::default(),
            notes: Vec::new(),
        }
    }

    /// Whether `span` touches text that is not article prose.
    ///
    /// Boilerplate stretches never overlap one another, so their ends are sorted, too.
    pub fn is_boilerplate(&self, span: Span) -> bool {
        let marked = self.boilerplate.as_slice();
        let next = marked.partition_point(|(stretch, _)| stretch.end <= span.start);
        marked.get(next).is_some_and(|(stretch, _)| stretch.overlaps(span))
    }
}

/// Content hash (XXH3, 128 bits) of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u128);

impl ArticleId {
    /// Hash of the parts in order; a part's length counts, so parts cannot run into one another.
    pub fn of(parts: &[&str]) -> Self {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        Self(hasher.digest128())
    }
}

impl std::fmt::Display for ArticleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// A title, and where it stands in the text if it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The words.
    pub text: String,
    /// Where they stand in the article's text.
    pub span: Option<Span>,
}

/// A publication date and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// ISO 8601 / EDTF: `2021-12-23`, `2021-12-23T10:15:00Z`, `2021-12`.
    pub value: String,
    /// How it is known.
    pub basis: Basis,
    /// The words it rests on; empty for metadata.
    pub evidence: Vec<Span>,
}

labels! {
    /// How a publication date is known.
    Basis {
        /// From the page's or record's metadata.
        Metadata = "metadata",
        /// From a byline or dateline in the text.
        Byline = "byline",
        /// Worked out from the dates the text names.
        Inferred = "inferred",
        /// Taken from dated reports of the same story.
        Aligned = "aligned",
    }
}

/// A stretch that is not article prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boilerplate {
    /// Why it is not prose.
    pub reason: BoilerplateReason,
}

labels! {
    /// Why a stretch is not article prose.
    BoilerplateReason {
        Teaser = "teaser", Subscription = "subscription", Caption = "caption", Share = "share",
        Byline = "byline", Dateline = "dateline", Update = "update", Navigation = "navigation",
        Advertisement = "advertisement", Copyright = "copyright", Contact = "contact",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(ArticleId::of(&["ab", "c"]), ArticleId::of(&["a", "bc"]));
        assert_eq!(ArticleId::of(&["ab"]).to_string().len(), 32);
    }
}
