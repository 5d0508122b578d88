//! Who is told, and at whom a demand is aimed.

use crate::attribution::Draft;
use crate::view::View;
use record::{Act, Deprel, Span, TokenRange, Upos};

/// Branches that are no part of the addressee's words.
const ASIDE: [Deprel; 6] =
    [Deprel::AclRelcl, Deprel::Acl, Deprel::Parataxis, Deprel::Punct, Deprel::Advcl, Deprel::Xcomp];

/// The head of the addressee and its tokens.
pub fn addressee(view: &View<'_>, draft: &Draft, act: Act) -> Option<(usize, TokenRange)> {
    let told = draft.cue.and_then(|cue| told(view, cue, draft));
    let aimed = || matches!(act, Act::Demand).then(|| aimed_at(view, draft)).flatten();
    let head = told.or_else(aimed)?;
    let phrase = view.phrase(head, &ASIDE);
    Some((head, phrase))
}

/// The object of “told”, “urged”; the noun after “to”, “on” or “upon” beside other verbs.
fn told(view: &View<'_>, cue: Span, draft: &Draft) -> Option<usize> {
    let tokens = view.reading.tokens_in(cue);
    tokens.range().filter(|&t| view.is(t, Upos::Verb) || view.is(t, Upos::Aux)).find_map(|verb| {
        let reports = view.lexicon.speech.verb(&view.lemma(verb));
        let object = || view.child(verb, &[Deprel::Iobj, Deprel::Obj]).filter(|&o| someone(view, o));
        let by_object = if reports.tells || reports.aims { object() } else { None };
        let speech = reports.speech || reports.aims || reports.tells;
        by_object
            .or_else(|| speech.then(|| oblique(view, verb)).flatten())
            .filter(|o| !is_source(view, *o, draft))
    })
}

fn oblique(view: &View<'_>, verb: usize) -> Option<usize> {
    let nouns = view.children(verb).filter(|&c| view.relation(c) == Deprel::Obl && someone(view, c));
    let mut nouns = nouns.filter(|&c| {
        let case = view.child(c, &[Deprel::Case]).map(|t| view.lemma(t)).unwrap_or_default();
        let calls = matches!(view.lemma(verb).as_str(), "call" | "appeal" | "press");
        case == "to" || calls && matches!(case.as_str(), "on" | "upon" | "for")
    });
    nouns.next()
}

fn is_source(view: &View<'_>, token: usize, draft: &Draft) -> bool {
    let span = view.reading.tokens.get(token).copied();
    span.zip(draft.source).is_some_and(|(t, s)| s.contains(t))
}

/// A person, body or pronoun for one; no thing, and nobody in particular.
fn someone(view: &View<'_>, token: usize) -> bool {
    let word = view.word(token).to_lowercase();
    if matches!(
        word.as_str(),
        "it" | "this" | "that" | "what" | "which" | "himself" | "herself" | "themselves" | "itself"
    ) {
        return false;
    }
    let noun = view.lemma(token);
    let lexicon = view.lexicon;
    let body = lexicon.states.body(&noun).is_some_and(|k| k != record::SpeakerKind::Document);
    let known = lexicon.people.role(&noun).is_some() || body;
    view.is(token, Upos::Propn) || view.is(token, Upos::Pron) || view.is(token, Upos::Noun) && known
}

/// The subject of “must”, the object of “call on” or “urge” inside a demand.
fn aimed_at(view: &View<'_>, draft: &Draft) -> Option<usize> {
    draft.content.iter().find_map(|piece| {
        let tokens = view.reading.tokens_in(*piece);
        tokens.range().find_map(|t| match view.lemma(t).as_str() {
            "must" if view.relation(t) == Deprel::Aux => obliged(view, t),
            "urge" | "encourage" | "call" | "ask" | "press" if view.is(t, Upos::Verb) => {
                view.child(t, &[Deprel::Obj]).filter(|&o| someone(view, o)).or_else(|| oblique(view, t))
            }
            _ => None,
        })
    })
}

fn obliged(view: &View<'_>, auxiliary: usize) -> Option<usize> {
    let verb = view.head(auxiliary)?;
    let subject = view.child(verb, &[Deprel::Nsubj])?;
    let named = view.is(subject, Upos::Propn) || view.is(subject, Upos::Noun);
    (named && someone(view, subject)).then_some(subject)
}
