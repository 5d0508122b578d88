//! Clauses: voice, negation, subjects and objects of a verb, also where the tree does not spell them out.

use crate::view::View;
use record::{Deprel, SpeakerKind, Upos, Xpos};

/// How far a missing subject is followed up the tree.
const REACH: usize = 6;

/// Whether a verb stands in the passive voice, also as a participle behind its noun (“the deal signed by”).
pub(super) fn is_passive(view: &View<'_>, verb: usize) -> bool {
    let marked = view.child(verb, &[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass]).is_some();
    marked || (is_participle(view, verb) && matches!(view.relation(verb), Deprel::Acl))
}

fn is_participle(view: &View<'_>, verb: usize) -> bool {
    view.reading.tags.get(verb).is_some_and(|t| t.xpos == Xpos::Vbn)
}

/// Whether a word is negated.
pub(super) fn is_negated(view: &View<'_>, word: usize) -> bool {
    let negates = |c: usize| matches!(view.lemma(c).as_str(), "not" | "never" | "n't" | "n’t" | "neither");
    let none =
        |c: usize| view.relation(c) == Deprel::Det && matches!(view.lemma(c).as_str(), "no" | "neither");
    view.children(word).any(|c| view.relation(c) == Deprel::Advmod && negates(c) || none(c))
        || object(view, word).is_some_and(|o| view.is(word, Upos::Verb) && view.children(o).any(none))
}

/// The direct object; in the passive voice, what stands as subject.
pub(super) fn object(view: &View<'_>, verb: usize) -> Option<usize> {
    if is_passive(view, verb) {
        let subject = view.child(verb, &[Deprel::NsubjPass]).map(|s| resolved(view, s, verb));
        let noun = || view.head(verb).filter(|_| view.relation(verb) == Deprel::Acl);
        let first = || view.head(verb).filter(|_| view.relation(verb) == Deprel::Conj);
        return subject
            .or_else(noun)
            .or_else(|| first().filter(|&f| is_passive(view, f)).and_then(|f| object(view, f)));
    }
    view.child(verb, &[Deprel::Obj])
        .or_else(|| view.child(verb, &[Deprel::Iobj]))
        .or_else(|| postverbal(view, verb))
        .map(|o| resolved(view, o, verb))
}

/// Where the tree has no object: a bare noun phrase after the verb that was taken for a second subject, a predicate or
/// a loose phrase.
fn postverbal(view: &View<'_>, verb: usize) -> Option<usize> {
    let has_subject = view.children(verb).any(|c| c < verb && view.relation(c).is_subject());
    let loose = |c: &usize| match view.relation(*c) {
        Deprel::Nsubj => has_subject,
        Deprel::Xcomp | Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod | Deprel::Dep | Deprel::Appos => {
            true
        }
        _ => false,
    };
    let bare = |c: &usize| {
        *c > verb
            && view.is_nominal(*c)
            && case(view, *c).is_none()
            && !super::participants::is_time(view, *c)
    };
    let copula = view.child(verb, &[Deprel::Cop]).is_some();
    view.children(verb).filter(|_| view.is(verb, Upos::Verb) && !copula).filter(loose).find(bare)
}

/// What a relative pronoun stands for.
fn resolved(view: &View<'_>, word: usize, verb: usize) -> usize {
    let relative = matches!(view.lemma(word).as_str(), "who" | "which" | "that" | "whom");
    match view.head(verb) {
        Some(noun) if relative && view.relation(verb) == Deprel::AclRelcl => noun,
        _ => word,
    }
}

/// Who does what the verb says.
pub(super) fn agent(view: &View<'_>, verb: usize) -> Option<usize> {
    governing_agent(view, verb).or_else(|| preverbal(view, verb))
}

/// Where the tree has no subject: the name or noun right before a finite verb, whatever it was hung from.
fn preverbal(view: &View<'_>, verb: usize) -> Option<usize> {
    let finite =
        view.reading.tags.get(verb).is_some_and(|t| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp))
            || view.child(verb, &[Deprel::Aux]).is_some();
    if !finite || is_passive(view, verb) {
        return None;
    }
    let start = view.sentence_tokens(view.sentence(verb)).start as usize;
    let skipped = |t: &usize| view.is(*t, Upos::Aux) || view.is(*t, Upos::Adv) || view.is(*t, Upos::Part);
    let last = (start..verb).rev().take(REACH).find(|t| !skipped(t))?;
    let mut noun = Some(last).filter(|&t| view.is(t, Upos::Noun) || view.is(t, Upos::Propn))?;
    for _ in 0..REACH {
        let inside = matches!(view.relation(noun), Deprel::Flat | Deprel::Compound | Deprel::NmodDesc);
        match view.head(noun).filter(|&h| inside && h < verb) {
            Some(head) => noun = head,
            None => break,
        }
    }
    let free = case(view, noun).is_none() && !super::participants::is_time(view, noun);
    free.then_some(noun)
}

/// Who does what the verb says, by the tree.
fn governing_agent(view: &View<'_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..REACH {
        if let Some(agent) = own_agent(view, at) {
            return Some(agent);
        }
        if is_passive(view, at) {
            return None;
        }
        let head = view.head(at)?;
        at = match view.relation(at) {
            Deprel::Conj if !view.is_nominal(head) => teller(view, at, head).unwrap_or(head),
            Deprel::Xcomp | Deprel::Ccomp if controls_by_object(view, head) => return object(view, head),
            Deprel::Xcomp | Deprel::Advcl => head,
            Deprel::Acl if is_infinitive(view, at) => return owner(view, head),
            Deprel::Acl | Deprel::AclRelcl if writes(view, head) => return owner(view, head).or(Some(head)),
            Deprel::Acl | Deprel::AclRelcl => return Some(head),
            _ => return beside(view, at),
        };
    }
    None
}

/// The verb of the telling with which a verb goes on that the tree joins to what is told (“denied that his guards had fired, |
/// demanded …”).
fn teller(view: &View<'_>, verb: usize, told: usize) -> Option<usize> {
    let teller = view.head(told).filter(|_| view.relation(told) == Deprel::Ccomp)?;
    (view.is_finite_beside(verb) && view.is_finite(teller)).then_some(teller)
}

/// Whether the noun is a text that says what its author says (“a statement condemning …”).
fn writes(view: &View<'_>, noun: usize) -> bool {
    view.lexicon.states.body(&view.lemma(noun)) == Some(SpeakerKind::Document)
}

/// Where the parser found no subject: a noun that hangs from the verb before it without a preposition, or the noun
/// the verb was taken to describe.
fn beside(view: &View<'_>, verb: usize) -> Option<usize> {
    let loose = |c: &usize| {
        matches!(
            view.relation(*c),
            Deprel::Nmod | Deprel::Obl | Deprel::Dislocated | Deprel::Parataxis | Deprel::Dep
        ) && *c < verb
            && view.is_nominal(*c)
            && case(view, *c).is_none()
    };
    let described = || {
        let relation = view.relation(verb);
        let loose = matches!(relation, Deprel::Appos | Deprel::Parataxis | Deprel::List | Deprel::Dep);
        view.head(verb).filter(|&h| loose && h < verb && view.is_nominal(h))
    };
    view.children(verb).find(loose).or_else(described)
}

/// The agent the verb itself carries: a subject, or a passive's “by” phrase.
pub(super) fn own_agent(view: &View<'_>, verb: usize) -> Option<usize> {
    if is_passive(view, verb) {
        let by = |&c: &usize| view.relation(c) == Deprel::Obl && case(view, c).as_deref() == Some("by");
        return view.child(verb, &[Deprel::OblAgent]).or_else(|| view.children(verb).find(by));
    }
    view.child(verb, &[Deprel::Nsubj, Deprel::NsubjOuter]).map(|s| resolved(view, s, verb))
}

/// “urged Norland to leave”: the object of the governing verb acts.
fn controls_by_object(view: &View<'_>, verb: usize) -> bool {
    let promises = matches!(view.lemma(verb).as_str(), "promise" | "threaten" | "vow" | "pledge");
    !promises && view.is(verb, Upos::Verb) && object(view, verb).is_some()
}

pub(super) fn is_infinitive(view: &View<'_>, verb: usize) -> bool {
    view.children(verb).any(|c| view.relation(c) == Deprel::Mark && view.lemma(c) == "to")
}

/// Whose a noun is: its possessor, else the agent of the verb that governs it (“made a promise to leave”).
pub(super) fn owner(view: &View<'_>, noun: usize) -> Option<usize> {
    let governed = || matches!(view.relation(noun), Deprel::Obj | Deprel::Obl);
    let verb = || view.head(noun).filter(|&v| view.is(v, Upos::Verb) && governed());
    view.child(noun, &[Deprel::NmodPoss]).or_else(|| verb().and_then(|v| own_agent(view, v)))
}

/// The preposition of a word, in lower case.
pub(super) fn case(view: &View<'_>, word: usize) -> Option<String> {
    view.child(word, &[Deprel::Case]).map(|c| view.word(c).to_lowercase())
}

/// A word and those coordinated with it, a dozen at most.
pub(super) fn coordinated(view: &View<'_>, word: usize) -> Vec<usize> {
    let others = view.children(word).filter(|&c| view.relation(c) == Deprel::Conj && view.is_nominal(c));
    std::iter::once(word).chain(others).take(12).collect()
}
