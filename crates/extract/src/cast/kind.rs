//! What kind of thing a name names, where its surroundings say more than the model does.

use super::keys::name_key;
use super::same_thing;
use crate::view::View;
use record::{Deprel, NameKind, Span, SpeakerKind, TokenRange, Upos};
use std::collections::BTreeMap;

/// The names, with kinds that fit what stands around them: a place that no list has and that more often speaks, acts and
/// owns as a body does than it is where something happens is a body, and so is a word with a brand's capital inside; a state or
/// capital is a place whatever the model has; the writer is a person.
pub fn settled(view: &View<'_>, names: Vec<(Span, NameKind)>) -> Vec<(Span, NameKind)> {
    let key = |span: Span| name_key(span.text(view.text()));
    let mut balance: BTreeMap<String, i32> = BTreeMap::new();
    for (span, _) in names.iter().filter(|(span, kind)| *kind == NameKind::Place && !is_known(view, *span)) {
        let tokens = view.reading.tokens_in(*span);
        *balance.entry(key(*span)).or_default() +=
            i32::from(is_bodily(view, tokens)) - i32::from(is_whereabouts(view, tokens));
    }
    let author = view.article.author.as_deref().map(name_key);
    let kind = |span: Span, kind: NameKind| match kind {
        NameKind::Person if is_coined(span.text(view.text())) => NameKind::Organisation,
        NameKind::Person => kind,
        _ if author.as_ref() == Some(&key(span)) => NameKind::Person,
        NameKind::Place if balance.get(&key(span)).is_some_and(|b| *b > 0) => NameKind::Organisation,
        NameKind::Other if is_state_or_capital(view, span) => NameKind::Place,
        _ => kind,
    };
    names.into_iter().map(|(span, marked)| (span, kind(span, marked))).collect()
}

/// Whether one word has a capital inside as brands have (“RailMark”), not after a particle of surnames (“MacBride”).
fn is_coined(name: &str) -> bool {
    let inner = name.char_indices().skip(1).find(|(_, c)| c.is_uppercase());
    let small = |s: &str| s.chars().next_back().is_some_and(char::is_lowercase);
    inner.is_some_and(|(i, _)| {
        let (front, rest) = name.split_at(i);
        let particle =
            ["mac", "fitz", "van", "von", "della", "dela"].contains(&front.to_lowercase().as_str());
        let word = name.chars().all(char::is_alphabetic) && small(rest);
        front.chars().count() >= 3 && small(front) && word && !particle
    })
}

fn is_state_or_capital(view: &View<'_>, span: Span) -> bool {
    let (states, name) = (&view.lexicon.states, span.text(view.text()));
    states.state(name).is_some() || states.capital(name).is_some()
}

/// Whether it is the name of a state, a seat of power or a place that the gazetteer has.
pub fn is_known(view: &View<'_>, span: Span) -> bool {
    let name = span.text(view.text());
    let states = &view.lexicon.states;
    let ruled = states.state(name).is_some() || states.seat(name).is_some();
    ruled || view.lexicon.places.find(name, &[]).is_some()
}

/// “the company Hydrax”, “Hydrax, the operator, said”, “run by Hydrax”, “Hydrax's chief executive”.
fn is_bodily(view: &View<'_>, tokens: TokenRange) -> bool {
    let Some(head) = view.head_of(tokens) else { return false };
    let above = view.head(head);
    let speaks = |h: usize| view.is(h, Upos::Verb) && view.lexicon.speech.verb(&view.lemma(h)).speech;
    let office = |h: usize| view.lexicon.people.role(&view.lemma(h)).is_some();
    let by_its_verb = match view.relation(head) {
        Deprel::Nsubj => above.is_some_and(speaks),
        Deprel::OblAgent => true,
        Deprel::NmodPoss | Deprel::Compound => above.is_some_and(office),
        relation if same_thing(relation) => above.is_some_and(|h| is_body(view, h)),
        _ => false,
    };
    let named_so = (tokens.start as usize).checked_sub(1).is_some_and(|before| is_body(view, before));
    by_its_verb || named_so || view.children(head).any(|c| same_thing(view.relation(c)) && is_body(view, c))
}

/// A common noun for a body: “company”, “union”.
fn is_body(view: &View<'_>, token: usize) -> bool {
    view.is(token, Upos::Noun)
        && view.lexicon.states.body(&view.lemma(token)) == Some(SpeakerKind::Organisation)
}

/// “in Larkhaven”, “off the coast of Larkhaven”.
fn is_whereabouts(view: &View<'_>, tokens: TokenRange) -> bool {
    let case = view.head_of(tokens).and_then(|head| view.child(head, &[Deprel::Case]));
    case.is_some_and(|c| PLACING.contains(&view.lemma(c).as_str()))
}

/// Prepositions that say where.
const PLACING: [&str; 14] = [
    "in", "at", "near", "off", "from", "to", "into", "outside", "around", "across", "through", "towards",
    "over", "between",
];
