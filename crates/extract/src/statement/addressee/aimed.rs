//! At whom a demand is aimed, by its own words.

use super::{after_preposition, hears, is_active, object};
use crate::attribution::Draft;
use crate::view::View;
use record::{Deprel, Upos};

/// The subject of “must”, the object of “call on” or “urge” inside a demand; in other words, only of what the speaker
/// does by saying it (“we call on …”).
pub fn aimed_at(view: &View<'_>, draft: &Draft, demands: bool) -> Option<usize> {
    let first = |t: usize| {
        let above = || view.head(t).filter(|_| view.relation(t) == Deprel::Conj);
        let own = |t: usize| view.child(t, &[Deprel::Nsubj, Deprel::NsubjPass]);
        let subject = own(t).or_else(|| own(above()?));
        subject.is_some_and(|s| matches!(view.word(s).to_lowercase().as_str(), "i" | "we"))
    };
    draft.content.iter().find_map(|piece| {
        let tokens = view.reading.tokens_in(*piece);
        tokens.range().take(60).find_map(|t| {
            let found = match view.lemma(t).as_str() {
                "must" if demands && view.relation(t) == Deprel::Aux => obliged(view, view.head(t)?),
                "urge" | "encourage" | "call" | "press" | "appeal"
                    if is_active(view, t) && (demands || first(t)) =>
                {
                    object(view, t).or_else(|| after_preposition(view, t))
                }
                "vital" | "essential" | "crucial" | "imperative" | "important" if demands => {
                    let clause = view.child(t, &[Deprel::Csubj, Deprel::Ccomp, Deprel::CsubjOuter]);
                    clause.filter(|&c| c > t).and_then(|c| obliged(view, c))
                }
                _ => None,
            };
            found.filter(|&h| tokens.contains(h) && !view.is(h, Upos::Pron))
        })
    })
}

fn obliged(view: &View<'_>, verb: usize) -> Option<usize> {
    let subject = view.child(verb, &[Deprel::Nsubj]).filter(|_| view.is(verb, Upos::Verb))?;
    let named = view.is(subject, Upos::Propn) || view.is(subject, Upos::Noun);
    (named && hears(view, subject)).then_some(subject)
}
