//! What the words of one text are: filled in the order of the fields.

use crate::labels::labels;
use crate::{Deprel, Layer, Span, Upos, Xpos};
use std::ops::Range;

/// One text, read: parallel per-token vectors and layers over spans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Tokens in text order.
    pub tokens: Vec<Span>,
    /// Sentences in text order; together they hold every token once.
    pub sentences: Vec<Sentence>,
    /// Part of speech of each token.
    pub tags: Vec<Tag>,
    /// Lemma of each token.
    pub lemmas: Vec<String>,
    /// Dependency arc into each token; every sentence is a tree with one root.
    pub tree: Vec<Arc>,
    /// For each token, the head of the mention of the same thing before it, if the token heads a mention that has one
    /// near by. Meaningful only for tokens that head mentions.
    pub antecedents: Vec<Option<Antecedent>>,
    /// Proper names.
    pub names: Layer<Name>,
    /// Source, cue and content pieces of reported speech and thought, as the model marks them (not yet linked).
    pub attribution: Layer<AttributionPiece>,
    /// Time expressions.
    pub times: Layer<Time>,
    /// Id of the model that read it, for `made_by`: `en-4`; empty where none did.
    pub model: String,
    /// Numbers with what they count or measure.
    pub quantities: Layer<Quantity>,
    /// What stands between double quotation marks of one line, without the marks.
    pub quotations: Layer<()>,
}

impl Reading {
    /// The words of a token.
    pub fn word<'t>(&self, text: &'t str, token: usize) -> &'t str {
        self.tokens.get(token).map_or("", |span| span.text(text))
    }

    /// Tokens that share a byte with `span`.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let start = self.tokens.partition_point(|t| t.end <= span.start);
        let end = self.tokens.partition_point(|t| t.start < span.end);
        TokenRange::new(start, end.max(start))
    }

    /// The bytes from the first to the last token of a range; `None` if it is empty.
    pub fn span_of(&self, range: TokenRange) -> Option<Span> {
        let tokens = self.tokens.get(range.range())?;
        Some(tokens.first()?.cover(*tokens.last()?))
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.tokens.end as usize <= token);
        self.sentences.get(index).filter(|s| s.tokens.contains(token)).map(|_| index)
    }

    /// Direct dependents of a token, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.sentence_of(token).map_or(0..0, |s| self.sentences[s].tokens.range());
        sentence.filter(move |&t| self.tree[t].head == Some(token as u32))
    }

    /// Direct dependents with one of these relations.
    pub fn children_by<'a>(
        &'a self,
        token: usize,
        relations: &'a [Deprel],
    ) -> impl Iterator<Item = usize> + 'a {
        self.children(token).filter(move |&t| relations.contains(&self.tree[t].relation))
    }

    /// A token with all its descendants: the smallest range that holds them.
    pub fn subtree(&self, token: usize) -> TokenRange {
        let Some(sentence) = self.sentence_of(token) else { return TokenRange::new(token, token) };
        let (mut first, mut last) = (token, token);
        for t in self.sentences[sentence].tokens.range() {
            if self.is_ancestor(token, t) {
                (first, last) = (first.min(t), last.max(t));
            }
        }
        TokenRange::new(first, last + 1)
    }

    /// Whether `ancestor` is `token` or dominates it.
    pub fn is_ancestor(&self, ancestor: usize, token: usize) -> bool {
        let mut at = Some(token as u32);
        while let Some(t) = at {
            if t as usize == ancestor {
                return true;
            }
            at = self.tree.get(t as usize).and_then(|arc| arc.head);
        }
        false
    }

    /// The token of a range whose head lies outside it (the first if there are several).
    pub fn head_of(&self, range: TokenRange) -> Option<usize> {
        range
            .range()
            .find(|&t| self.tree.get(t).is_some_and(|a| a.head.is_none_or(|h| !range.contains(h as usize))))
    }
}

/// A half-open range of token indices: another unit than [`Span`], so another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// The range `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// As a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of tokens.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether it holds a token.
    pub fn contains(self, token: usize) -> bool {
        self.range().contains(&token)
    }
}

/// A sentence: a run of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Whether it begins a paragraph (a new line).
    pub starts_paragraph: bool,
}

/// Part of speech, universal and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Universal.
    pub upos: Upos,
    /// Penn Treebank.
    pub xpos: Xpos,
}

/// The arc from a token to its governor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Index of the governing token; `None` for the root of a sentence.
    pub head: Option<u32>,
    /// The relation to it.
    pub relation: Deprel,
}

/// A proper name.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// What it names.
    pub kind: NameKind,
    /// Model probability, 0 to 1.
    pub confidence: f32,
}

labels! {
    /// What a proper name names.
    NameKind {
        Person = "person", Organisation = "organisation", Place = "place", Group = "group",
        Event = "event", Product = "product", Other = "other",
    }
}

/// One piece of reported speech or thought.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributionPiece {
    /// Which part of an attribution it is.
    pub role: AttributionRole,
    /// Model probability, 0 to 1.
    pub confidence: f32,
    /// Of content: the first token of its source, as the model links them.
    pub source: Option<u32>,
    /// Of content: the first token of its cue.
    pub cue: Option<u32>,
}

/// What the model says a mention takes up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Antecedent {
    /// Head of the earlier mention.
    pub token: u32,
    /// Score above that of the next best, in nats.
    pub margin: f32,
}

labels! {
    /// The parts of an attribution (PolNeAR, Newell et al. 2018).
    AttributionRole { Source = "source", Cue = "cue", Content = "content" }
}

/// A time expression (TIMEX3, ISO-TimeML).
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value: `2021-12-23`, `2021-W51`, `199X`, `P1W`, `FUTURE_REF`; `None` where it needs an anchor that is missing.
    pub value: Option<String>,
    /// TIMEX3 modifier: `START`, `MID`, `END`, `APPROX`, `MORE_THAN`, `LESS_THAN`, `EQUAL_OR_MORE`, …
    pub modifier: Option<&'static str>,
    /// Whether the value follows from the words alone, without the document date.
    pub absolute: bool,
    /// What the value leaves open, as an EDTF interval of days or months (`2021-09-01~/2021-09-10~` for “early September”,
    /// `2021-12-23/..` for “soon”); `None` where the value alone says it, or a date is missing.
    pub interval: Option<String>,
}

labels! {
    /// TIMEX3 type.
    TimeKind { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}

/// A number with what it counts or measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What kind of number it is.
    pub kind: QuantityKind,
    /// The value, in the unit given; money in whole currency units.
    pub number: f64,
    /// Upper end where a range is given (“5 to 7”).
    pub upper: Option<f64>,
    /// ISO 4217 code, SI symbol, `year`, or the lemma of what is counted (`person`, `soldier`).
    pub unit: Option<String>,
    /// How the words bound the value.
    pub bound: Bound,
    /// Token that heads what is counted or measured (“soldiers” in “100,000 Russian soldiers”).
    pub head: Option<u32>,
}

labels! {
    /// What kind of number a quantity is.
    QuantityKind {
        Count = "count", Money = "money", Percent = "percent", Magnitude = "magnitude",
        Measure = "measure", Age = "age", Ordinal = "ordinal", Plain = "plain",
    }
}

labels! {
    /// How the words bound a value.
    Bound { Exact = "exact", About = "about", AtLeast = "at-least", AtMost = "at-most", Over = "over", Under = "under" }
}
