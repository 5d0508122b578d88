//! The pieces of attributions as tokens, corrected by the quotations they overlap.

use crate::view::View;
use record::{AttributionPiece, AttributionRole, Span, TokenRange};

/// A source, cue or content piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its characters.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// Source, cue or content.
    pub role: AttributionRole,
    /// Model probability, 0 to 1.
    pub confidence: f32,
    /// First and last sentence it touches.
    pub sentences: (usize, usize),
    /// The token that governs it.
    pub head: usize,
    /// Of content: where the model links it to.
    pub links: Links,
}

/// First tokens of the source and of the cue that the model links content to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Links {
    /// Of the source.
    pub source: Option<u32>,
    /// Of the cue.
    pub cue: Option<u32>,
}

impl Piece {
    /// The piece over these characters; `None` if they hold no token.
    pub fn new(view: &View<'_>, span: Span, role: AttributionRole, confidence: f32) -> Option<Self> {
        let tokens = view.reading.tokens_in(span);
        let head = view.head_of(tokens)?;
        let last = tokens.end as usize - 1;
        let sentences = (view.sentence(tokens.start as usize), view.sentence(last));
        Some(Self { span, tokens, role, confidence, sentences, head, links: Links::default() })
    }

    /// The same piece over other characters.
    pub fn over(&self, view: &View<'_>, span: Span) -> Option<Self> {
        Some(Self { links: self.links, ..Self::new(view, span, self.role, self.confidence)? })
    }

    /// Tokens between this piece and another; 0 if they touch or overlap.
    pub fn gap(&self, other: &Piece) -> u32 {
        let after = other.tokens.start.saturating_sub(self.tokens.end);
        after.max(self.tokens.start.saturating_sub(other.tokens.end))
    }

    /// Whether the other piece lies in one of the sentences of this one.
    pub fn shares_sentence(&self, other: &Piece) -> bool {
        self.sentences.0 <= other.sentences.1 && other.sentences.0 <= self.sentences.1
    }
}

/// The pieces the model marked, without those outside the article's prose; content pieces that run on inside one
/// quotation are joined.
pub fn pieces(view: &View<'_>) -> Vec<Piece> {
    let marked = view.reading.attribution.iter().filter(|(s, _)| !view.is_aside(*s));
    let mut pieces: Vec<Piece> = Vec::new();
    for (span, piece) in marked {
        for part in parts(view, span, piece.role) {
            add(view, &mut pieces, part, piece);
        }
    }
    pieces
}

fn add(view: &View<'_>, pieces: &mut Vec<Piece>, span: Span, piece: &AttributionPiece) {
    let Some(next) = Piece::new(view, span, piece.role, piece.confidence) else { return };
    let next = Piece { links: Links { source: piece.source, cue: piece.cue }, ..next };
    match pieces.last_mut() {
        Some(last) if runs_on(view, last, &next) => {
            if let Some(joined) = join(view, last, &next) {
                *last = joined;
            }
        }
        _ => pieces.push(next),
    }
}

/// The piece without white space, cut at line ends; parts without a letter or digit are dropped.
fn parts(view: &View<'_>, span: Span, role: AttributionRole) -> Vec<Span> {
    let text = view.text();
    if role != AttributionRole::Content {
        return vec![span];
    }
    let mut parts = Vec::new();
    let mut start = span.start;
    for line in span.text(text).split_inclusive('\n') {
        let part = after_dateline(view, Span::new(start, start + line.len() as u32).trimmed(text));
        start += line.len() as u32;
        if part.text(text).contains(char::is_alphanumeric) {
            parts.push(part);
        }
    }
    parts
}

/// What is left of a piece behind the dateline with which a line opens (“LOMAR, March 5 (Coastwire) - | A ferry sank”).
fn after_dateline(view: &View<'_>, part: Span) -> Span {
    let (before, words) = (&view.text()[..part.start as usize], part.text(view.text()));
    let opens = before.is_empty() || before.ends_with('\n');
    let start = &words[..words.floor_char_boundary(LONGEST_DATELINE)];
    let dash = [" - ", " -- ", " — ", " – "].iter().filter_map(|d| Some(start.find(d)? + d.len())).min();
    let is_line = |end: usize| {
        let mut line = words[..end].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let shouted = line.next().is_some_and(|w| w.chars().count() > 1 && w == w.to_uppercase());
        shouted && !line.any(|w| w.starts_with(char::is_lowercase) && !matches!(w, "de" | "la" | "of"))
    };
    let end = dash.filter(|&end| opens && is_line(end));
    end.map_or(part, |end| Span::new(part.start + end as u32, part.end).trimmed(view.text()))
}

/// Bytes in which a dateline ends.
const LONGEST_DATELINE: usize = 90;

/// Whether two content pieces stand next to one another in one quotation.
fn runs_on(view: &View<'_>, a: &Piece, b: &Piece) -> bool {
    let both = a.role == AttributionRole::Content && b.role == AttributionRole::Content;
    let inner = b.span.start.saturating_sub(1);
    let close =
        both && a.gap(b) == 0 && !view.paragraph_between(a.tokens.end as usize - 1, b.tokens.start as usize);
    close && view.quotation_at(inner).is_some_and(|q| q.span.overlaps(a.span) && q.span.overlaps(b.span))
}

fn join(view: &View<'_>, a: &Piece, b: &Piece) -> Option<Piece> {
    let confidence = (a.confidence + b.confidence) / 2.0;
    Some(Piece { confidence, ..a.over(view, a.span.cover(b.span))? })
}
