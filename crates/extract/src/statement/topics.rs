//! What a statement is about: the names and nouns of its content that the article comes back to.

use crate::attribution::Draft;
use crate::view::View;
use record::{Deprel, Span, Upos};
use std::collections::BTreeMap;

/// Most topic terms of one statement.
const MOST: usize = 4;

/// How often each noun lemma occurs in the article.
pub type Counts = BTreeMap<String, u32>;

/// Counts of the nouns and names of an article.
pub fn counts(view: &View<'_>) -> Counts {
    let mut counts = Counts::new();
    for token in (0..view.reading.tokens.len()).filter(|&t| is_term(view, t)) {
        *counts.entry(view.lemma(token)).or_default() += 1;
    }
    counts
}

/// The terms of a content that the article names most often, in text order; one that occurs once in the article is none
/// unless the content has no other.
pub fn topics(view: &View<'_>, draft: &Draft, counts: &Counts) -> Vec<Span> {
    let tokens = draft.content.iter().flat_map(|c| view.reading.tokens_in(*c).range().take(200));
    let mut terms: BTreeMap<String, (u32, usize)> = BTreeMap::new();
    for token in tokens.filter(|&t| is_term(view, t)) {
        let lemma = view.lemma(token);
        let count = counts.get(&lemma).copied().unwrap_or(0);
        terms.entry(lemma).or_insert((count, token));
    }
    let mut ranked: Vec<(u32, usize)> = terms.into_values().collect();
    ranked.sort_by_key(|(count, token)| (std::cmp::Reverse(*count), *token));
    let recurs = ranked.iter().filter(|(count, _)| *count > 1).count();
    ranked.truncate(recurs.clamp(1, MOST));
    let mut spans: Vec<Span> = ranked.into_iter().filter_map(|(_, token)| term(view, token)).collect();
    spans.sort();
    spans.dedup();
    spans
}

/// The head of a noun phrase that names a thing, place, body or person.
fn is_term(view: &View<'_>, token: usize) -> bool {
    let noun = view.is(token, Upos::Noun) || view.is(token, Upos::Propn);
    let part = matches!(view.relation(token), Deprel::Compound | Deprel::Flat);
    let word = view.lemma(token);
    noun && !part && word.len() > 2 && !view.lexicon.topics.is_stop(&word)
}

/// A head with the words joined to it.
fn term(view: &View<'_>, head: usize) -> Option<Span> {
    let joined = |t: &usize| matches!(view.relation(*t), Deprel::Compound | Deprel::Flat | Deprel::Amod);
    let first = view.children(head).filter(joined).filter(|&t| t < head).min().unwrap_or(head);
    let last = view.children(head).filter(joined).filter(|&t| t > head).max().unwrap_or(head);
    let near = if head - first <= 4 && last - head <= 4 { first..last + 1 } else { head..head + 1 };
    view.reading.span_of(record::TokenRange::new(near.start, near.end))
}
