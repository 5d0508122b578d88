//! Content pieces that no cue reports: paragraphs that take up a quotation, signed and free quotations.

use super::Draft;
use super::link::{after_colon, ends_at_colon, is_at, is_quoted, last_token};
use super::pieces::Piece;
use super::recover::{goes_on, noun_phrase};
use crate::view::View;
use record::{AttributionRole, Deprel, NameKind, Span};

/// Gives a piece without a cue a statement of its own or a place in one before; `linked` drafts stand in text order.
pub fn place(view: &View<'_>, content: &Piece, pieces: &[Piece], linked: usize, drafts: &mut Vec<Draft>) {
    let alone = reopened(view, content, drafts).or_else(|| signed(view, content, pieces, drafts));
    match alone {
        Some(draft) => drafts.push(draft),
        None => continue_with(view, content, linked, drafts),
    }
}

/// A paragraph that takes up the quotation which the one before left open goes on with its statement.
fn reopened(view: &View<'_>, content: &Piece, drafts: &[Draft]) -> Option<Draft> {
    let quotation = view.quotation_at(content.span.start)?;
    let at = view.quotations.partition_point(|q| q.span.start < quotation.span.start);
    let before = view.quotations.get(at.checked_sub(1)?).filter(|b| goes_on(view, b, quotation))?;
    let from = drafts.len().saturating_sub(OPEN);
    let holds = |d: &Draft| d.content.iter().any(|c| c.overlaps(before.span));
    let speaker = from + drafts[from..].iter().rposition(holds)?;
    Some(Draft {
        content: vec![content.span],
        continues: Some(speaker),
        rule: Some("rule:attribution/next-paragraph@1"),
        ..Draft::of(content.confidence, 0.7)
    })
}

/// Statements among which the one is looked for that a paragraph goes on with.
const OPEN: usize = 400;

/// “…” — Varga: a quotation without a cue, and the source that stands beside it or that the model links it to.
fn signed(view: &View<'_>, content: &Piece, pieces: &[Piece], drafts: &[Draft]) -> Option<Draft> {
    let after = pieces.partition_point(|p| p.span.start < content.span.end);
    let from = after.saturating_sub(3);
    let sources = pieces.get(from..(after + 2).min(pieces.len()))?.iter();
    let mut sources = sources.filter(|p| p.role == AttributionRole::Source);
    let free = |p: &Piece| !drafts.iter().rev().take(6).any(|d| d.source.is_some_and(|s| s.overlaps(p.span)));
    let meant = |p: &Piece| {
        let linked = is_at(content.links.source, p) && content.gap(p) <= 4;
        linked || is_quoted(view, content) && is_signature(view, content, p)
    };
    let source = sources.find(|p| free(p) && meant(p))?;
    Some(Draft {
        source: Some(source.span),
        content: vec![content.span],
        rule: Some("rule:attribution/signature@1"),
        ..Draft::of((content.confidence + source.confidence) / 2.0, 0.5)
    })
}

/// Whether nothing but a dash parts a quotation from the name after it.
fn is_signature(view: &View<'_>, content: &Piece, source: &Piece) -> bool {
    let between = Span::new(content.span.end.min(source.span.start), source.span.start).text(view.text());
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '―' | '~');
    let bare = between.chars().all(|c| dash(c) || c.is_whitespace() || "\"”’'.»".contains(c));
    source.span.start >= content.span.end && bare && between.contains(dash)
}

/// A content piece without a cue continues the statement before it in its paragraph; a quotation that stands free
/// takes the speaker of the statement before it.
fn continue_with(view: &View<'_>, content: &Piece, linked: usize, drafts: &mut Vec<Draft>) {
    let quoted = is_quoted(view, content);
    let next = drafts[..linked].partition_point(|d| d.extent().start < content.span.start);
    let before = drafts[..next].iter().rev().take(3).position(|d| d.extent().end <= content.span.start);
    let alone = || Draft { source: just_named(view, content), ..free_quotation(content, None) };
    let Some(before) = before.map(|n| next - 1 - n) else {
        drafts.extend(quoted.then(alone));
        return;
    };
    let open = |i: &usize| {
        let last = last_token(view, &drafts[*i]);
        let quoted = drafts[*i].content.iter().any(|c| view.quotation_at(c.start).is_some());
        quoted && !view.paragraph_between(last, content.tokens.start as usize)
    };
    let quotation = (before.saturating_sub(2)..=before).rev().find(open);
    let last = last_token(view, &drafts[before]);
    let sentences = content.sentences.0.saturating_sub(view.sentence(last));
    if let Some(quotation) = quotation.filter(|_| quoted && sentences <= 1) {
        drafts[quotation].content.push(content.span);
        drafts[quotation].content.sort();
    } else if quoted {
        let introduced = after_colon(view, content) && sentences > 0 && !ends_at_colon(view, last);
        let near = sentences <= 2 && !introduced;
        let said = |i: &usize| drafts[*i].content.iter().any(|c| view.quotation_at(c.start).is_some());
        let before = (before.saturating_sub(1)..=before).rev().find(said).unwrap_or(before);
        drafts.push(if near { free_quotation(content, Some(before)) } else { alone() });
    }
}

/// “Bell was angry. | ‘Nobody asked us.’”: who the sentence before a quotation in the first person is about, in its
/// paragraph.
fn just_named(view: &View<'_>, content: &Piece) -> Option<Span> {
    let first = content.tokens.start as usize;
    let sentence = view.sentence(first);
    let before = view.sentence_tokens(sentence.checked_sub(1)?);
    let begins = view.sentence_tokens(sentence).start as usize == first;
    if !begins || view.paragraph_between(before.start as usize, first) {
        return None;
    }
    let own =
        |t: usize| matches!(view.word(t).to_lowercase().as_str(), "i" | "we" | "my" | "our" | "us" | "me");
    let root = before.range().find(|&t| view.head(t).is_none())?;
    let subject = view.child(root, &[Deprel::Nsubj]).filter(|_| content.tokens.range().any(own))?;
    let person =
        view.reading.names.overlapping(view.reading.tokens[subject]).any(|(_, n)| n.kind == NameKind::Person);
    let pronoun = matches!(view.word(subject).to_lowercase().as_str(), "he" | "she");
    (person || pronoun).then(|| noun_phrase(view, subject)).flatten()
}

/// A quotation without source and cue, and the draft whose speaker goes on in it.
fn free_quotation(content: &Piece, continues: Option<usize>) -> Draft {
    Draft {
        content: vec![content.span],
        continues,
        rule: Some("rule:attribution/free-quotation@1"),
        ..Draft::of(content.confidence, 0.5)
    }
}
