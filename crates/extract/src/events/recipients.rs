//! Whom an event is done to: where its rule looks, then whoever is named in what the event is about.

use super::clause;
use super::participants::{can_act, is_participant, is_pronoun, modifier};
use super::triggers::Trigger;
use crate::view::View;
use lexicon::events::Slot;
use record::{Deprel, EventType, Upos};

/// The recipient, and whether it stands where the rule looks first hand.
pub(super) fn recipient(
    view: &View<'_>,
    trigger: &Trigger<'_>,
    actor: Option<usize>,
) -> Option<(usize, bool)> {
    let fits = |&w: &usize| is_participant(view, w) && Some(w) != actor;
    let slots = trigger.rule.slots.iter();
    let by_rule: Vec<usize> =
        slots.filter_map(|slot| in_slot(view, trigger, *slot, 0)).filter(fits).collect();
    let able = by_rule.iter().copied().find(|&w| can_act(view, w));
    let thing = by_rule.first().copied().filter(|_| takes_things(trigger.rule.kind));
    let inside = || named_inside(view, trigger).filter(fits).map(|w| (w, false));
    able.or_else(|| possessor(view, trigger).filter(fits))
        .or(thing)
        .map(|w| (w, true))
        .or_else(inside)
        .or_else(|| by_rule.first().map(|&w| (w, true)))
}

/// Types whose recipient may be a thing: a deed condemned, a building shelled, an offer refused.
fn takes_things(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Accuse | Support | Reject | Assault | Coerce)
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
    let near = || [Some(trigger.token), trigger.with, object].into_iter().flatten();
    let region = |p: &&str| near().find_map(|w| after(view, w, p)).filter(|&w| can_act(view, w));
    found.or_else(|| ["in", "at", "near", "inside", "across"].iter().find_map(region))
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

fn in_slot(view: &View<'_>, trigger: &Trigger<'_>, slot: Slot, depth: usize) -> Option<usize> {
    let token = trigger.token;
    match slot {
        Slot::Object if trigger.verb => object(view, trigger),
        Slot::Subject => complement_verb(view, trigger)
            .and_then(|v| view.child(v, &[Deprel::Nsubj, Deprel::NsubjPass]))
            .filter(|s| !is_pronoun(view, *s)),
        Slot::Object => None,
        Slot::Matched => trigger.with,
        Slot::Indirect => view.child(token, &[Deprel::Iobj]),
        Slot::Complement => complement(view, trigger, depth),
        Slot::After(preposition) => {
            let near = [Some(token), trigger.with, clause::object(view, token), carrier(view, trigger)];
            let able = |w: &usize| can_act(view, *w);
            let all = || near.into_iter().flatten().filter_map(|w| after(view, w, preposition));
            all().find(able).or_else(|| all().next())
        }
    }
}

/// The object of the trigger, or of the verb the rule wants beside it (“threatened to expel the envoy”).
fn object(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let own = clause::object(view, trigger.token).filter(|o| Some(*o) != trigger.with);
    own.or_else(|| trigger.with.filter(|&w| view.is(w, Upos::Verb)).and_then(|w| clause::object(view, w)))
}

/// The verb of the clause that says what is agreed, asked, refused or threatened.
fn complement_verb(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let clauses = [Deprel::Xcomp, Deprel::Ccomp, Deprel::Acl, Deprel::Advcl];
    let places = [Some(trigger.token), trigger.with, clause::object(view, trigger.token)];
    places.into_iter().flatten().find_map(|w| view.child(w, &clauses))
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
    let by_rule =
        inner.as_ref().and_then(|t| t.rule.slots.iter().find_map(|s| in_slot(view, t, *s, depth + 1)));
    let actor = || view.child(verb, &[Deprel::Nsubj]).filter(|s| !is_pronoun(view, *s));
    let able = |w: &usize| can_act(view, *w);
    let inside = || named_below(view, verb);
    by_rule.filter(able).or_else(inside).or_else(|| clause::object(view, verb)).or(by_rule).or_else(actor)
}

/// What hangs from a word with this preposition.
pub(super) fn after(view: &View<'_>, word: usize, preposition: &str) -> Option<usize> {
    let role =
        |c: usize| matches!(view.relation(c), Deprel::Obl | Deprel::Nmod | Deprel::OblAgent | Deprel::Advcl);
    view.children(word).find(|&c| role(c) && clause::case(view, c).is_some_and(|p| p == preposition))
}
