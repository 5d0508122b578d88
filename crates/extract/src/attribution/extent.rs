//! Where a content piece ends: cut constituents are completed, dangling conjunctions and circumstances of the telling
//! are left out.

use super::pieces::Piece;
use crate::view::View;
use record::{AttributionRole, Deprel, Span, TokenRange, Upos, Xpos};

/// Most tokens that completing a piece may add.
const LONGEST: usize = 40;

/// The pieces with contents that end where a constituent ends.
pub fn fitted(view: &View<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let starts: Vec<u32> = pieces.iter().map(|p| p.tokens.start).collect();
    let fit = |(i, piece): (usize, Piece)| {
        let limit = starts.get(i + 1).copied().unwrap_or(u32::MAX);
        if piece.role == AttributionRole::Content { fitted_content(view, piece, limit) } else { piece }
    };
    pieces.into_iter().enumerate().map(fit).collect()
}

/// A content piece that ends with its last constituent, before the token `limit`.
fn fitted_content(view: &View<'_>, piece: Piece, limit: u32) -> Piece {
    let Some(last) = last_word(view, piece.tokens) else { return piece };
    let end = match dangling(view, last) {
        Some(Ending::Cut) => last,
        Some(Ending::Until(end)) => end.min(limit as usize).min(last + 1 + LONGEST),
        None => return piece,
    };
    let Some(span) = view.reading.span_of(TokenRange::new(piece.tokens.start as usize, end)) else {
        return piece;
    };
    let span = Span::new(piece.span.start.min(span.start), span.end);
    let span = span.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",;:".contains(c));
    let in_quotation = view.quotation_at(piece.span.start).map(|q| q.span)
        != view.quotation_at(span.end.saturating_sub(1)).map(|q| q.span);
    let fits = !span.is_empty() && (!in_quotation || span.end < piece.span.end);
    let made = fits.then(|| piece.over(view, span)).flatten();
    made.unwrap_or(piece)
}

enum Ending {
    /// The last word is no part of it.
    Cut,
    /// The constituent that the last word opens ends before this token.
    Until(usize),
}

fn last_word(view: &View<'_>, tokens: TokenRange) -> Option<usize> {
    tokens.range().rev().find(|&t| !view.is(t, Upos::Punct))
}

/// What to do with a last word that needs another after it.
fn dangling(view: &View<'_>, last: usize) -> Option<Ending> {
    if view.is(last, Upos::Cconj) || view.relation(last) == Deprel::Cc {
        return Some(Ending::Cut);
    }
    let head = view.head(last).filter(|&h| h > last)?;
    let opens = matches!(
        view.relation(last),
        Deprel::Det
            | Deprel::Case
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::Nummod
            | Deprel::NmodPoss
            | Deprel::Mark
            | Deprel::Cop
            | Deprel::Aux
            | Deprel::AuxPass
    );
    let possessor = view.word(last).ends_with("'s") || view.word(last).ends_with("’s");
    let near = head - last <= 12 && view.sentence(head) == view.sentence(last);
    let range =
        view.phrase(head, &[Deprel::Parataxis, Deprel::Punct, Deprel::AclRelcl, Deprel::Conj, Deprel::Cc]);
    ((opens || possessor) && near).then_some(Ending::Until(range.end as usize))
}

/// The content without what follows a comma and governs the cue itself (“who was told that it was late, | left”).
pub fn within_clause(view: &View<'_>, cue: &Piece, content: Span) -> Span {
    let tokens = view.reading.tokens_in(content);
    if content.start < cue.span.end || view.quotation_at(content.start).is_some() {
        return content;
    }
    let above = std::iter::successors(view.head(cue.head), |t| view.head(*t)).take(6);
    let governor = above.filter(|t| tokens.contains(*t)).min();
    let comma = match governor {
        Some(governor) => (tokens.start as usize + 1..governor).rev().find(|&t| view.word(t) == ","),
        None if is_in_commas(view, cue.head) => {
            tokens.range().find(|&t| view.word(t) == "," && is_finite(view, t + 1))
        }
        None => None,
    };
    let kept = comma.and_then(|c| view.reading.span_of(TokenRange::new(tokens.start as usize, c)));
    kept.map_or(content, |k| Span::new(content.start, k.end))
}

/// Whether a verb belongs to a relative clause between commas (“Venn, who was told that …,”).
fn is_in_commas(view: &View<'_>, verb: usize) -> bool {
    let subject = view.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let relative = subject.filter(|&s| matches!(view.word(s).to_lowercase().as_str(), "who" | "which"));
    relative.and_then(|s| s.checked_sub(1)).is_some_and(|before| view.word(before) == ",")
}

fn is_finite(view: &View<'_>, token: usize) -> bool {
    let tag = view.reading.tags.get(token);
    tag.is_some_and(|g| matches!(g.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
}

/// The pieces of a statement's content without circumstances of the telling that stand at its end (“denounced the plan
/// | in a speech”, “praised him | during the visit”), and those circumstances.
pub fn without_occasion(view: &View<'_>, cue: &Piece, content: Span) -> (Span, Option<Span>) {
    let tokens = view.reading.tokens_in(content);
    let verb = cue.head;
    let object = view.child(verb, &[Deprel::Obj]).filter(|o| tokens.contains(*o) && *o > verb);
    let Some(object) = object.filter(|_| view.quotation_at(content.start).is_none()) else {
        return (content, None);
    };
    let told = |c: &usize| *c > object && tokens.contains(*c) && is_occasion(view, *c);
    let Some(at) = view.children(verb).find(told) else { return (content, None) };
    let phrase = view.phrase(at, &[]);
    let start = phrase.start as usize;
    let whole_tail = phrase.end >= tokens.end && start > object;
    let kept = view.reading.span_of(TokenRange::new(tokens.start as usize, start));
    match kept.filter(|_| whole_tail) {
        Some(kept) => {
            let kept = kept.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",;".contains(c));
            (kept, view.reading.span_of(phrase).and_then(|s| s.intersection(content)))
        }
        None => (content, None),
    }
}

/// “during the visit”, “after the vote”, “in an interview”, “on Tuesday”.
pub fn is_occasion(view: &View<'_>, noun: usize) -> bool {
    if !matches!(view.relation(noun), Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod) {
        return false;
    }
    let case = view.child(noun, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
    let occasion = view.lexicon.speech.is_occasion(&view.lemma(noun));
    match case.as_str() {
        "during" | "amid" => true,
        "in" | "at" | "on" | "after" | "before" | "ahead" | "via" | "through" => occasion,
        _ => false,
    }
}
