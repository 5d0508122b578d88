//! Whom an event is done to: where its rule looks, then whoever is named in what the event is about.

use super::clause;
use super::participants::{can_act, has_name, is_participant, is_pronoun, is_someone, is_time, modifier};
use super::triggers::Trigger;
use crate::view::View;
use lexicon::events::{EventRule, Slot};
use record::{Deprel, EventType, Upos};

/// The recipient, and whether it stands where the rule looks first hand.
pub(super) fn recipient(
    view: &View<'_>,
    trigger: &Trigger<'_>,
    actor: Option<usize>,
) -> Option<(usize, bool)> {
    let fits = |&w: &usize| is_participant(view, w) && Some(w) != actor && !is_moved(view, trigger.rule, w);
    let slots = || trigger.rule.slots.iter();
    let able = |w: &usize| can_act(view, *w);
    let by_rule: Vec<usize> =
        slots().flat_map(|slot| in_slot(view, trigger, *slot, 0)).filter(fits).collect();
    let deep = || slots().flat_map(|slot| deeper(view, trigger, *slot)).filter(fits).find(able);
    let thing = by_rule.first().copied().filter(|_| takes_things(trigger.rule.kind));
    let verbal = matches!(trigger.rule.kind, EventType::Accuse | EventType::Support | EventType::Reject);
    let told =
        clause::object(view, trigger.token).filter(|o| verbal && trigger.verb && !is_someone(view, *o));
    let maker = told.and_then(|t| behind(view, t)).filter(fits).filter(able);
    let foreign = |w: &usize| !actor.is_some_and(|a| same_side(view, a, *w));
    let maker = maker.filter(foreign);
    let inside = || named_inside(view, trigger).filter(fits).filter(foreign).map(|w| (w, false));
    maker
        .or_else(|| by_rule.iter().copied().find(able))
        .or_else(|| possessor(view, trigger).filter(fits))
        .or_else(deep)
        .or(thing)
        .map(|w| (w, true))
        .or_else(inside)
        .or_else(|| named_after(view, trigger, |w| fits(w) && foreign(w)).map(|w| (w, false)))
        .or_else(|| by_rule.first().map(|&w| (w, true)))
        .filter(|(w, _)| !trigger.rule.needs_able || able(w))
}

/// Whether a recipient stands where only a recipient stands: the direct object, or after “with”, “to”, “against”.
pub(super) fn is_direct(view: &View<'_>, trigger: &Trigger<'_>, word: usize) -> bool {
    let near = [Some(trigger.token), trigger.with, clause::object(view, trigger.token)];
    let beside = view.head(word).is_some_and(|h| near.contains(&Some(h)));
    let case = clause::case(view, word);
    let strong = |p: &str| matches!(p, "with" | "to" | "against" | "between" | "from");
    beside && case.map_or(view.relation(word) != Deprel::Nmod, |p| strong(&p))
}

/// Whether both belong to one state (“the Norlandic minister”, “Norland”).
fn same_side(view: &View<'_>, a: usize, b: usize) -> bool {
    state(view, a).is_some_and(|s| Some(s) == state(view, b))
}

/// The state that a word or the name before it names.
pub(super) fn state<'v>(view: &View<'v>, word: usize) -> Option<&'v str> {
    let states = &view.lexicon.states;
    let parts = [Some(word), modifier(view, word), view.child(word, &[Deprel::NmodPoss])];
    parts.into_iter().flatten().find_map(|t| {
        let token = *view.reading.tokens.get(t)?;
        let name = view.reading.names.overlapping(token).next().map_or(token, |(span, _)| span);
        let known = |words: &str| {
            states.state(words).or_else(|| states.demonym(words)).or_else(|| states.capital(words))
        };
        known(name.text(view.text())).or_else(|| known(view.word(t)))
    })
}

/// Types whose recipient may be a thing: a deed condemned, a building shelled, an offer refused.
fn takes_things(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Accuse | Support | Reject | Assault | Coerce)
}

/// Whether a word names forces or arms that the event itself moves (“withdrew its troops from Norland”).
fn is_moved(view: &View<'_>, rule: &EventRule, word: usize) -> bool {
    use EventType::*;
    let own = view.child(word, &[Deprel::NmodPoss]).is_some_and(|p| is_pronoun(view, p));
    let object = matches!(view.relation(word), Deprel::Obj | Deprel::NsubjPass);
    let given = matches!(rule.slots.first(), Some(Slot::After(_)));
    let moves = object && (matches!(rule.kind, Retreat | Mobilize) || rule.kind == Aid && given)
        || own && matches!(rule.kind, Agree | Aid | Concede | Threaten);
    moves && view.lexicon.events.is_of("troops", &view.lemma(word))
}

/// Who made what is refused, praised or condemned: its possessor, who it is “by” or “from”, who filed or passed it, a
/// name before it.
pub(crate) fn behind(view: &View<'_>, thing: usize) -> Option<usize> {
    let done = || view.children(thing).filter(|&c| view.relation(c) == Deprel::Acl);
    view.child(thing, &[Deprel::NmodPoss])
        .filter(|&p| !is_pronoun(view, p))
        .or_else(|| after(view, thing, "by"))
        .or_else(|| done().find_map(|v| clause::own_agent(view, v)))
        .or_else(|| after(view, thing, "from"))
        .or_else(|| modifier(view, thing))
}

/// “the mayor's arrest”.
fn possessor(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let suffers = !trigger.verb && trigger.rule.slots.first() == Some(&Slot::After("of"));
    view.child(trigger.token, &[Deprel::NmodPoss]).filter(|_| suffers)
}

/// Words looked at below the object or complement of a trigger.
const LOOKED_AT: usize = 40;

/// Somebody named in the trigger's object or complement, else in a phrase of place beside it.
fn named_inside(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let object = clause::object(view, trigger.token);
    let tops = [object, trigger.with, complement_verb(view, trigger)];
    let found = tops.into_iter().flatten().find_map(|top| named_below(view, top));
    found.or_else(|| region(view, trigger))
}

/// The first of those named in what hangs from the trigger and stands after it, in text order.
fn named_after(view: &View<'_>, trigger: &Trigger<'_>, fits: impl Fn(&usize) -> bool) -> Option<usize> {
    let from = trigger.with.map_or(trigger.token, |w| w.max(trigger.token));
    let outside = |c: usize| {
        matches!(view.relation(c), Deprel::Parataxis | Deprel::Punct | Deprel::Conj | Deprel::Nsubj)
            || view.relation(c) == Deprel::Advcl && !clause::is_infinitive(view, c)
    };
    let mut open: Vec<usize> = view.children(trigger.token).filter(|&c| !outside(c)).collect();
    let mut found: Option<usize> = None;
    for _ in 0..LOOKED_AT {
        let Some(at) = open.pop() else { break };
        let by = clause::case(view, at)
            .is_some_and(|p| matches!(p.as_str(), "by" | "than" | "as" | "since" | "according"));
        let whole =
            !matches!(view.relation(at), Deprel::Compound | Deprel::Flat | Deprel::Amod | Deprel::NmodDesc);
        if at > from && !by && whole && view.is_nominal(at) && has_name(view, at) && fits(&at) {
            found = Some(found.map_or(at, |f| f.min(at)));
        }
        open.extend(view.children(at));
    }
    found
}

/// Prepositions of place.
const PLACES: [&str; 6] = ["in", "at", "near", "inside", "across", "along"];

/// Somebody or some place named in a phrase of place beside the trigger or below it.
fn region(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let near =
        || [Some(trigger.token), trigger.with, clause::object(view, trigger.token)].into_iter().flatten();
    let beside = |p: &&str| near().find_map(|w| after(view, w, p)).filter(|&w| can_act(view, w));
    let deeper = || below(view, trigger.token, "in").into_iter().find(|&w| has_name(view, w));
    PLACES.iter().find_map(beside).or_else(deeper)
}

fn named_below(view: &View<'_>, top: usize) -> Option<usize> {
    if let Some(name) = modifier(view, top) {
        return Some(name);
    }
    let mut open = std::collections::VecDeque::from([top]);
    for _ in 0..LOOKED_AT {
        let at = open.pop_front()?;
        let role = |c: &usize| {
            matches!(
                view.relation(*c),
                Deprel::Nmod
                    | Deprel::NmodPoss
                    | Deprel::Obl
                    | Deprel::Obj
                    | Deprel::Iobj
                    | Deprel::Xcomp
                    | Deprel::Acl
                    | Deprel::Conj
                    | Deprel::Ccomp
            )
        };
        let next: Vec<usize> = view.children(at).filter(role).collect();
        let by = |c: usize| clause::case(view, c).is_some_and(|p| p == "by");
        let named = |c: &&usize| {
            !is_pronoun(view, **c) && is_participant(view, **c) && can_act(view, **c) && !by(**c)
        };
        if let Some(found) = next.iter().find(named) {
            return Some(*found);
        }
        open.extend(next);
    }
    None
}

/// Words in a slot, best first.
pub(super) fn in_slot(view: &View<'_>, trigger: &Trigger<'_>, slot: Slot, depth: usize) -> Vec<usize> {
    let token = trigger.token;
    let one = match slot {
        Slot::Object if trigger.verb => object(view, trigger),
        Slot::Subject => {
            let subject = complement_verb(view, trigger)
                .and_then(|v| view.child(v, &[Deprel::Nsubj, Deprel::NsubjPass]))
                .filter(|s| !is_pronoun(view, *s));
            let inside = subject.filter(|&s| !can_act(view, s)).and_then(|s| named_below(view, s));
            inside.or(subject)
        }
        Slot::Object => None,
        Slot::Matched => trigger.with,
        Slot::Indirect => view.child(token, &[Deprel::Iobj]),
        Slot::Complement => complement(view, trigger, depth),
        Slot::Possessor => trigger.with.and_then(|w| view.child(w, &[Deprel::NmodPoss])),
        Slot::Until => until(view, token),
        Slot::After(preposition) => return phrases(view, trigger, preposition),
    };
    one.into_iter().collect()
}

/// What stands after a preposition beside the trigger, its object or its light verb; who can act first, then in text
/// order.
fn phrases(view: &View<'_>, trigger: &Trigger<'_>, preposition: &str) -> Vec<usize> {
    let token = trigger.token;
    let near = [Some(token), trigger.with, clause::object(view, token), carrier(view, trigger)];
    let mut found: Vec<usize> =
        near.into_iter().flatten().flat_map(|w| all_after(view, w, preposition)).collect();
    found.sort_unstable_by_key(|&w| (!can_act(view, w), w < token, w));
    found.dedup();
    let strong = matches!(preposition, "to" | "against" | "with" | "from" | "between");
    if strong && !found.first().is_some_and(|&w| can_act(view, w)) {
        let below = below(view, trigger.token, preposition);
        found.extend(below.into_iter().filter(|&w| can_act(view, w)));
    }
    found
}

/// The same for the other prepositions of a rule, once nothing better is found.
fn deeper(view: &View<'_>, trigger: &Trigger<'_>, slot: Slot) -> Vec<usize> {
    match slot {
        Slot::After(preposition) if preposition != "of" => below(view, trigger.token, preposition),
        _ => Vec::new(),
    }
}

/// What stands after a preposition that the tree hangs from another phrase of the clause (“filed a suit in a court
/// against …”).
fn below(view: &View<'_>, token: usize, preposition: &str) -> Vec<usize> {
    let role = |c: &usize| {
        matches!(view.relation(*c), Deprel::Obl | Deprel::Nmod | Deprel::Obj | Deprel::Xcomp)
            && *c > token
            && !is_prepositional(view, *c)
    };
    let mut open: Vec<usize> = vec![token];
    let mut found = Vec::new();
    for _ in 0..DEPTH {
        open = open.iter().flat_map(|&w| view.children(w)).filter(role).take(LOOKED_AT).collect();
        found.extend(open.iter().flat_map(|&w| all_after(view, w, preposition)));
    }
    found
}

/// Whether a noun is but a part of a long preposition (“in response to”): what stands after it is no part of the event.
fn is_prepositional(view: &View<'_>, noun: usize) -> bool {
    let case = clause::case(view, noun);
    let bare = view.child(noun, &[Deprel::Det, Deprel::NmodPoss]).is_none();
    bare && case.is_some_and(|p| matches!(p.as_str(), "in" | "with" | "on" | "by" | "as"))
        && view.lexicon.events.is_of("prepositional", &view.lemma(noun))
}

/// How far below the trigger a phrase with a wanted preposition may hang.
const DEPTH: usize = 3;

/// Who is to act before the event ends or begins: the subject after “until” or “unless”.
fn until(view: &View<'_>, token: usize) -> Option<usize> {
    let waits = |c: &usize| {
        let mark = view.child(*c, &[Deprel::Mark, Deprel::Case]);
        view.relation(*c) == Deprel::Advcl
            && mark.is_some_and(|m| matches!(view.lemma(m).as_str(), "until" | "unless"))
    };
    let clause = view.children(token).find(waits)?;
    let subject = clause::own_agent(view, clause).filter(|&s| !is_pronoun(view, s));
    subject.or_else(|| named_below(view, clause))
}

/// The object of the trigger, or of the verb the rule wants beside it (“threatened to expel the envoy”).
fn object(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let own = clause::object(view, trigger.token).filter(|o| Some(*o) != trigger.with);
    own.or_else(|| trigger.with.filter(|&w| view.is(w, Upos::Verb)).and_then(|w| clause::object(view, w)))
        .or_else(|| raised(view, trigger))
        .or_else(|| next_phrase(view, trigger))
}

/// The noun phrase right after an active verb, wherever the tree hung it, unless it begins a clause of its own.
fn next_phrase(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let verb = trigger.token;
    let active = view.is(verb, Upos::Verb) && !clause::is_passive(view, verb);
    let (head, _) = view.phrase_after(verb).filter(|_| active)?;
    let own_clause = view.relation(head).is_subject() && view.head(head) != Some(verb);
    Some(head).filter(|&h| !own_clause && Some(h) != trigger.with && !is_time(view, h))
}

/// The subject of an infinitive or predicate below the trigger, where the verb itself has no object (“found him
/// guilty”, “accusing the army of failing”).
fn raised(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let clauses = [trigger.with, view.child(trigger.token, &[Deprel::Xcomp, Deprel::Ccomp])];
    let finite = |v: usize| view.child(v, &[Deprel::Aux, Deprel::Cop]).is_some();
    let subject = |v| view.child(v, &[Deprel::Nsubj, Deprel::NsubjPass]);
    clauses.into_iter().flatten().filter(|&v| !finite(v)).find_map(subject)
}

/// The verb of the clause that says what is agreed, asked, refused or threatened.
fn complement_verb(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let clauses = [Deprel::Xcomp, Deprel::Ccomp, Deprel::Acl, Deprel::Advcl];
    let says = |c: &usize| {
        clauses.contains(&view.relation(*c))
            && (view.relation(*c) != Deprel::Advcl || clause::is_infinitive(view, *c))
    };
    let places = [Some(trigger.token), trigger.with, clause::object(view, trigger.token)];
    places.into_iter().flatten().find_map(|w| view.children(w).find(says))
}

/// The light verb that carries a noun trigger.
fn carrier(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let verb =
        view.head(trigger.token).filter(|_| !trigger.verb && view.relation(trigger.token) == Deprel::Obj);
    verb.filter(|&v| view.lexicon.events.is_light(&view.lemma(v)))
}

/// The recipient of what is agreed, asked, refused or threatened.
fn complement(view: &View<'_>, trigger: &Trigger<'_>, depth: usize) -> Option<usize> {
    if depth > 3 {
        return None;
    }
    let verb = complement_verb(view, trigger)?;
    let inner = super::triggers::trigger(view, verb);
    let by_rule = inner.as_ref().and_then(|t| {
        let fits = |w: &usize| is_participant(view, *w) && !is_moved(view, t.rule, *w);
        let mut found = t.rule.slots.iter().flat_map(|s| in_slot(view, t, *s, depth + 1)).filter(fits);
        let first = found.next()?;
        std::iter::once(first).chain(found).find(|w| can_act(view, *w)).or(Some(first))
    });
    let actor = || view.child(verb, &[Deprel::Nsubj]).filter(|s| !is_pronoun(view, *s));
    let able = |w: &usize| can_act(view, *w);
    let inside = || named_below(view, verb);
    let forces = |o: usize| view.lexicon.events.is_of("troops", &view.lemma(o));
    let object = || clause::object(view, verb).filter(|&o| !forces(o));
    by_rule.filter(able).or_else(inside).or(by_rule).or_else(object).or_else(actor)
}

/// What hangs from a word with this preposition: who can act, else the first that is no time.
pub(super) fn after(view: &View<'_>, word: usize, preposition: &str) -> Option<usize> {
    let all: Vec<usize> = all_after(view, word, preposition).collect();
    all.iter().copied().find(|&w| can_act(view, w)).or_else(|| all.first().copied())
}

/// All that hang from a word with this preposition, but times, in text order.
fn all_after<'v>(view: &'v View<'_>, word: usize, preposition: &'v str) -> impl Iterator<Item = usize> + 'v {
    let role =
        |c: usize| matches!(view.relation(c), Deprel::Obl | Deprel::Nmod | Deprel::OblAgent | Deprel::Advcl);
    let fits = move |&c: &usize| {
        role(c) && clause::case(view, c).is_some_and(|p| p == preposition) && !is_time(view, c)
    };
    view.children(word).filter(fits)
}
