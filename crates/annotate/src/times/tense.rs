//! Tense of the verb that governs a time expression, and words that only look like one.

use super::meaning::{Meaning, Reach, Spoken};
use super::resolve::Tense;
use crate::grammar::{Cut, Found};
use lexicon::grammar::Gap;
use record::{Deprel, NameKind, Reading, Span, TokenRange, Upos, Xpos};

/// Pieces looked at on each side of an expression where there is no tree.
const WINDOW: usize = 14;

/// Tense of the governing verb: by the tree, or else by the words around.
pub(crate) fn tense(cut: &Cut, reading: &Reading, found: &Found) -> Tense {
    if follows(cut, found.start, "ahead") {
        return Tense::Future;
    }
    let tokens = reading.tokens_in(cut.span(found.start, found.end));
    let parsed = reading.tree.len() == reading.tokens.len() && reading.tags.len() == reading.tokens.len();
    let tense = match parsed && !tokens.is_empty() {
        true => tree_tense(cut, reading, tokens),
        false => word_tense(cut, found),
    };
    if tense == Tense::Unknown && follows(cut, found.start, "by") { Tense::Future } else { tense }
}

/// “in two weeks” of what is to come: its end is meant.
pub(crate) fn set_ahead(cut: &Cut, found: &Found, spoken: Spoken, tense: Tense) -> Spoken {
    let ahead = |reach: &Option<Reach>| {
        reach.is_none() && tense != Tense::Past && follows(cut, found.start, "in-ahead")
    };
    match spoken.meaning {
        Meaning::Duration { amount, unit, also, reach } if ahead(&reach) => {
            let meaning = Meaning::Duration { amount, unit, also, reach: Some(Reach::End) };
            Spoken { meaning, ..spoken }
        }
        _ => spoken,
    }
}

/// Whether a word of a class stands just before a piece.
fn follows(cut: &Cut, at: usize, class: &str) -> bool {
    cut.grammar.class(class).is_some_and(|class| cut.ends_phrase(at, class))
}

fn tree_tense(cut: &Cut, reading: &Reading, tokens: TokenRange) -> Tense {
    let mut at = reading.head_of(tokens);
    let possessive = at.is_some_and(|t| reading.tree[t].relation == Deprel::NmodPoss);
    let mut below: Option<usize> = None;
    while let Some(token) = at.filter(|_| !possessive) {
        if below.is_some_and(|b| reading.tree[b].relation == Deprel::Xcomp)
            && is_listed(cut, reading, token, "plan-to")
        {
            return Tense::Future;
        }
        match verb_tense(cut, reading, token) {
            Tense::Unknown if is_present(reading, token) => return Tense::Unknown,
            Tense::Unknown => (below, at) = (Some(token), reading.tree[token].head.map(|h| h as usize)),
            known => return known,
        }
    }
    Tense::Unknown
}

/// Whether a clause says of itself that it is of the present: the verb of speech around it does not date it.
fn is_present(reading: &Reading, token: usize) -> bool {
    let helpers = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
    let finite = |t: usize| matches!(reading.tags[t].xpos, Xpos::Vbz | Xpos::Vbp);
    finite(token) || reading.children_by(token, &helpers).any(finite)
}

/// Tense of a verb with its auxiliaries; an infinitive has that of the verb it hangs on.
fn verb_tense(cut: &Cut, reading: &Reading, token: usize) -> Tense {
    if is_plan(cut, reading, token) {
        return Tense::Future;
    }
    let helpers = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
    let mut words: Vec<usize> = reading.children_by(token, &helpers).collect();
    if words.is_empty() && !matches!(reading.tags[token].upos, Upos::Verb | Upos::Aux) {
        return Tense::Unknown;
    }
    words.push(token);
    let has = |tag: Xpos| words.iter().any(|t| reading.tags[*t].xpos == tag);
    let perfect = words.iter().any(|t| reading.lemmas.get(*t).is_some_and(|lemma| lemma == "have"));
    let could = |t: &usize| match reading.word(cut.text, *t) {
        "could" | "can" | "ca" => true,
        "should" => perfect,
        _ => false,
    };
    match () {
        () if words.iter().any(|t| reading.tags[*t].xpos == Xpos::Md && !could(t)) => Tense::Future,
        () if has(Xpos::Vbd) || has(Xpos::Vbn) || has(Xpos::Md) => Tense::Past,
        () => Tense::Unknown,
    }
}

/// Verbs and adjectives whose object lies ahead: “plans to meet”, “scheduled for”, “likely to”.
fn is_plan(cut: &Cut, reading: &Reading, token: usize) -> bool {
    is_listed(cut, reading, token, "plan")
}

fn is_listed(cut: &Cut, reading: &Reading, token: usize, class: &str) -> bool {
    let lemma = reading.lemmas.get(token).map(String::as_str).unwrap_or_default();
    let listed = |class| {
        cut.grammar.word(lemma).is_some_and(|w| cut.grammar.phrases(w).iter().any(|p| p.class == class))
    };
    cut.grammar.class(class).is_some_and(listed)
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
pub(crate) fn is_other_word(cut: &Cut, reading: &Reading, found: &Found, meaning: &Meaning) -> bool {
    let bare = matches!(meaning, Meaning::Month { year: None, step: None, .. } | Meaning::Part { .. });
    if !bare || follows(cut, found.start, "preposition") {
        return false;
    }
    let span = cut.span(found.start, found.end);
    let names = reading.names.as_slice();
    let near = names.get(names.partition_point(|(name, _)| name.end <= span.start));
    let person = near.is_some_and(|(name, n)| name.overlaps(span) && n.kind == NameKind::Person);
    let tokens = reading.tokens_in(span);
    let tag = reading.tags.get(tokens.start as usize).filter(|_| tokens.len() == 1);
    let verb = tag.is_some_and(|tag| matches!(tag.upos, Upos::Aux | Upos::Verb));
    person || verb || tag.is_none() && opens_clause(cut.text, span)
}

/// Without tags: a bare “May” at the beginning of a sentence is the verb.
fn opens_clause(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default().trim_end();
    span.len() <= 3 && (before.is_empty() || before.ends_with(['.', '?', '!', '”', '"', '“']))
}
