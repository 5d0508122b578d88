//! Tense of the verb that governs a time expression, and words that only look like one.

use super::meaning::Meaning;
use super::resolve::Tense;
use crate::grammar::{Cut, Found};
use lexicon::grammar::Gap;
use record::{Deprel, NameKind, Reading, Span, TokenRange, Upos, Xpos};

/// Pieces looked at on each side of an expression where there is no tree.
const WINDOW: usize = 14;

/// Tense of the governing verb: by the tree, or else by the words around.
pub(crate) fn tense(cut: &Cut, reading: &Reading, found: &Found) -> Tense {
    let tokens = reading.tokens_in(cut.span(found.start, found.end));
    let parsed = reading.tree.len() == reading.tokens.len() && reading.tags.len() == reading.tokens.len();
    match parsed && !tokens.is_empty() {
        true => tree_tense(reading, tokens),
        false => word_tense(cut, found),
    }
}

fn tree_tense(reading: &Reading, tokens: TokenRange) -> Tense {
    let mut at = reading.head_of(tokens);
    while let Some(token) = at {
        let of = verb_tense(reading, token);
        if of != Tense::Unknown {
            return of;
        }
        at = reading.tree[token].head.map(|h| h as usize);
    }
    Tense::Unknown
}

fn verb_tense(reading: &Reading, token: usize) -> Tense {
    let auxiliaries = reading.children_by(token, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::Mark]);
    let mut tags: Vec<Xpos> = auxiliaries.map(|t| reading.tags[t].xpos).collect();
    tags.push(reading.tags[token].xpos);
    if !matches!(reading.tags[token].upos, Upos::Verb | Upos::Aux) && tags.len() == 1 {
        return Tense::Unknown;
    }
    let has = |tag: Xpos| tags.contains(&tag);
    match () {
        () if has(Xpos::Md) || has(Xpos::To) => Tense::Future,
        () if has(Xpos::Vbd) || has(Xpos::Vbn) => Tense::Past,
        () => Tense::Unknown,
    }
}

fn word_tense(cut: &Cut, found: &Found) -> Tense {
    let Some(class) = cut.grammar.class("aux-will") else { return Tense::Unknown };
    let from = (found.start.saturating_sub(WINDOW)..found.start).rev().take_while(|&at| !is_stop(cut, at));
    let to = (found.end..found.end + WINDOW).take_while(|&at| !is_stop(cut, at));
    let future = from.chain(to).any(|at| cut.phrases_at(at, class).next().is_some());
    if future { Tense::Future } else { Tense::Unknown }
}

fn is_stop(cut: &Cut, at: usize) -> bool {
    matches!(cut.written(at), "." | "!" | "?" | "”" | "\"" | "" | ";")
        || cut.pieces.get(at).is_some_and(|p| p.gap == Gap::Paragraph)
}

/// Whether the words are a verb (“may”, “march”) or part of a person's name.
pub(crate) fn is_other_word(text: &str, reading: &Reading, span: Span, meaning: &Meaning) -> bool {
    let bare = matches!(meaning, Meaning::Month { year: None, step: None, .. } | Meaning::Part { .. });
    if !bare {
        return false;
    }
    let person = reading.names.overlapping(span).any(|(_, name)| name.kind == NameKind::Person);
    let tokens = reading.tokens_in(span);
    let tag = reading.tags.get(tokens.start as usize).filter(|_| tokens.len() == 1);
    let verb = tag.is_some_and(|tag| matches!(tag.upos, Upos::Aux | Upos::Verb));
    person || verb || tag.is_none() && opens_clause(text, span)
}

/// Without tags: a bare “May” at the beginning of a sentence is the verb.
fn opens_clause(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default().trim_end();
    span.len() <= 3 && (before.is_empty() || before.ends_with(['.', '?', '!', '”', '"', '“']))
}
