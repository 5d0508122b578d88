//! Who takes part in an event, and in which words.

use super::clause;
use super::triggers::Trigger;
use crate::view::View;
use lexicon::events::Slot;
use record::{Deprel, EventType, Layer, Mention, Participant, Span, SpeakerKind, TokenRange, Upos};

/// One actor and one recipient of an event, as tokens that head their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) actor: Option<usize>,
    pub(super) recipient: Option<usize>,
    /// Whether the recipient stands where the rule looks for it first hand.
    pub(super) sure: bool,
}

/// Every pair once: coordinated actors and recipients are taken apart; those who do something together are each
/// other's recipients.
pub(super) fn pairs(view: &View<'_>, trigger: &Trigger<'_>) -> Vec<Pair> {
    let actor = actor(view, trigger);
    let found = recipient(view, trigger, actor);
    let all = |word: Option<usize>| word.map(|w| clause::coordinated(view, w)).unwrap_or_default();
    let (actors, recipients) = (all(actor), all(found.map(|f| f.0)));
    let sure = found.is_none_or(|f| f.1);
    match (actors.as_slice(), recipients.as_slice()) {
        ([], []) => Vec::new(),
        ([first, others @ ..], []) if !others.is_empty() && is_mutual(trigger.rule.kind) => {
            others.iter().map(|o| Pair { actor: Some(*first), recipient: Some(*o), sure }).collect()
        }
        (actors, []) => actors.iter().map(|a| Pair { actor: Some(*a), recipient: None, sure }).collect(),
        ([], recipients) => {
            recipients.iter().map(|r| Pair { actor: None, recipient: Some(*r), sure }).collect()
        }
        (actors, recipients) => actors
            .iter()
            .flat_map(|a| recipients.iter().map(|r| Pair { actor: Some(*a), recipient: Some(*r), sure }))
            .collect(),
    }
}

/// Types in which those who act together act on one another.
fn is_mutual(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Agree
            | EventType::Consult
            | EventType::Cooperate
            | EventType::Support
            | EventType::Assault
    )
}

fn actor(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let actor = match trigger.verb {
        true => clause::agent(view, trigger.token),
        false => noun_actor(view, trigger),
    };
    actor.map(|a| named_before(view, a, trigger.token)).filter(|&a| view.is_nominal(a))
}

/// Who acts in an event that a noun names: “by”, the possessor, who carries it out, a name before it.
fn noun_actor(view: &View<'_>, trigger: &Trigger<'_>) -> Option<usize> {
    let noun = trigger.token;
    let after = |preposition: &'static str| after(view, noun, preposition);
    let suffers = trigger.rule.slots.first() == Some(&Slot::After("of"));
    let possessor = view.child(noun, &[Deprel::NmodPoss]).filter(|_| !suffers || after("of").is_some());
    let doer = || {
        let verb =
            view.head(noun).filter(|_| matches!(view.relation(noun), Deprel::Obj | Deprel::NsubjPass))?;
        view.lexicon.events.is_light(&view.lemma(verb)).then(|| clause::agent(view, verb))?
    };
    let between = || after("between").filter(|_| is_mutual(trigger.rule.kind));
    let of = || after("of").filter(|_| !trigger.rule.slots.contains(&Slot::After("of")));
    let by = || after("by").or_else(|| self::after(view, after("of")?, "by"));
    by().or(possessor).or_else(doer).or_else(between).or_else(|| modifier(view, noun)).or_else(of)
}

/// A name or demonym before the noun (“Norlandic strikes”).
fn modifier(view: &View<'_>, noun: usize) -> Option<usize> {
    let demonym = |c: usize| view.is(c, Upos::Adj) && view.lexicon.states.demonym(view.word(c)).is_some();
    let name = |c: usize| view.relation(c) == Deprel::Compound && view.is(c, Upos::Propn);
    view.children(noun).find(|&c| c < noun && (name(c) || demonym(c)))
}

/// The recipient, and whether it stands where the rule looks first hand.
fn recipient(view: &View<'_>, trigger: &Trigger<'_>, actor: Option<usize>) -> Option<(usize, bool)> {
    let places =
        || [Some(trigger.token), trigger.with, clause::object(view, trigger.token)].into_iter().flatten();
    let fits = |&w: &usize| view.is_nominal(w) && Some(w) != actor;
    let by_rule = trigger.rule.slots.iter().find_map(|slot| in_slot(view, trigger, *slot, 0).filter(fits));
    let possessor = || {
        let suffers = !trigger.verb && trigger.rule.slots.first() == Some(&Slot::After("of"));
        view.child(trigger.token, &[Deprel::NmodPoss]).filter(|_| suffers).filter(fits)
    };
    let region =
        || ["in", "at", "near", "inside"].iter().find_map(|p| places().find_map(|w| after(view, w, p)));
    let name =
        || places().skip(1).find_map(|o| modifier(view, o).or_else(|| view.child(o, &[Deprel::NmodPoss])));
    let named = |w: &usize| fits(w) && !is_pronoun(view, *w);
    by_rule
        .or_else(possessor)
        .map(|w| (w, true))
        .or_else(|| name().filter(named).map(|w| (w, false)))
        .or_else(|| region().filter(|&r| has_name(view, r)).filter(fits).map(|w| (w, false)))
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
            near.into_iter().flatten().find_map(|w| after(view, w, preposition))
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
    let oblique = || view.children(verb).find(|&c| view.relation(c) == Deprel::Obl && has_name(view, c));
    let object = || clause::object(view, verb);
    let inside = || {
        object()
            .and_then(|o| view.children(o).find(|&c| view.relation(c) == Deprel::Nmod && has_name(view, c)))
    };
    by_rule.or_else(oblique).or_else(inside).or_else(object).or_else(actor)
}

/// What hangs from a word with this preposition.
fn after(view: &View<'_>, word: usize, preposition: &str) -> Option<usize> {
    let role =
        |c: usize| matches!(view.relation(c), Deprel::Obl | Deprel::Nmod | Deprel::OblAgent | Deprel::Advcl);
    view.children(word).find(|&c| role(c) && clause::case(view, c).is_some_and(|p| p == preposition))
}

/// Whether the words of a phrase hold a name.
fn has_name(view: &View<'_>, head: usize) -> bool {
    phrase(view, head).range().any(|t| view.is(t, Upos::Propn))
}

fn is_pronoun(view: &View<'_>, word: usize) -> bool {
    view.is(word, Upos::Pron)
}

/// For a pronoun in reported speech, who is reported (“Norland said it would help”), where number and kind allow it.
fn named_before(view: &View<'_>, word: usize, trigger: usize) -> usize {
    if !is_pronoun(view, word)
        || !matches!(view.lemma(word).as_str(), "it" | "he" | "she" | "they" | "we" | "I")
    {
        return word;
    }
    let mut at = trigger;
    for _ in 0..6 {
        let Some(head) = view.head(at) else { return word };
        if matches!(view.relation(at), Deprel::Ccomp | Deprel::Advcl | Deprel::Parataxis) {
            let subject = view.child(head, &[Deprel::Nsubj, Deprel::NsubjPass]);
            if let Some(subject) =
                subject.filter(|&s| s != word && view.is_nominal(s) && !is_pronoun(view, s))
            {
                return subject;
            }
        }
        at = head;
    }
    word
}

/// Whether a word heads a name, a person's pronoun, or a noun for somebody who can act in public affairs.
pub(super) fn can_act(view: &View<'_>, head: usize) -> bool {
    let lemma = view.lemma(head);
    let noun = || {
        let lexicon = view.lexicon;
        lexicon.events.is_actor(&lemma) || lexicon.people.role(&lemma).is_some() || is_body(view, &lemma)
    };
    let person = is_pronoun(view, head)
        && matches!(lemma.as_str(), "he" | "she" | "they" | "we" | "i" | "who" | "you");
    person || noun() || has_name(view, head) || modifier(view, head).is_some()
}

fn is_body(view: &View<'_>, lemma: &str) -> bool {
    view.lexicon.states.body(lemma).is_some_and(|kind| kind != SpeakerKind::Document)
}

/// The words of a participant and the referent they mean.
pub(super) fn participant(view: &View<'_>, mentions: &Layer<Mention>, head: usize) -> Participant {
    let span = view.reading.span_of(phrase(view, head)).unwrap_or(Span::new(0, 0));
    let token = view.reading.tokens.get(head).copied().unwrap_or(span);
    let smallest =
        mentions.overlapping(token).filter(|(s, _)| s.contains(token)).min_by_key(|(s, _)| s.len());
    Participant { span, referent: smallest.and_then(|(_, m)| m.referent) }
}

/// The noun phrase of a word: without its preposition, what is coordinated with it, and clauses about it.
pub(super) fn phrase(view: &View<'_>, head: usize) -> TokenRange {
    let outer = |c: &usize| {
        !matches!(
            view.relation(*c),
            Deprel::Case
                | Deprel::Conj
                | Deprel::Cc
                | Deprel::AclRelcl
                | Deprel::Acl
                | Deprel::Appos
                | Deprel::Parataxis
                | Deprel::Punct
                | Deprel::Mark
                | Deprel::Advcl
                | Deprel::Cop
                | Deprel::Advmod
                | Deprel::Orphan
                | Deprel::Dep
                | Deprel::CcPreconj
                | Deprel::Discourse
                | Deprel::Nsubj
        )
    };
    let inner = [Deprel::AclRelcl, Deprel::Parataxis, Deprel::Advcl];
    view.children(head)
        .filter(outer)
        .filter(|&c| clause::case(view, c).is_none_or(|p| p != "by"))
        .map(|c| view.phrase(c, &inner))
        .fold(TokenRange::new(head, head + 1), |a, b| TokenRange {
            start: a.start.min(b.start),
            end: a.end.max(b.end),
        })
}
