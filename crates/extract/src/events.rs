//! Events: who did what to whom (PLOVER), from verbs, nouns and adjectives over the dependency tree.
//!
//! The rules are files of the lexicon (`data/events`). A rule names the words that trigger an event and where its
//! recipient stands; the steps here find the words, the participants, the modality, time and place.

mod chooser;
mod circumstances;
mod clause;
mod modality;
mod participants;
mod recipients;
mod triggers;

pub(crate) use modality::modality;
pub(crate) use participants::participant;
pub(crate) use recipients::behind;

use crate::view::View;
use record::{Event, EventType, Layer, Made, Mention, Modality, Published, Span, Statement};
use triggers::Trigger;

/// The events of an article, in text order.
pub(crate) fn events(
    view: &View<'_>,
    _published: Option<&Published>,
    mentions: &Layer<Mention>,
    statements: &[Statement],
) -> Vec<Event> {
    let triggers = triggers::triggers(view);
    let said = circumstances::Said::new(statements);
    triggers.iter().flat_map(|trigger| at(view, mentions, &said, trigger)).collect()
}

/// The type of event that a word names by its rule, before participants and what lies ahead are looked at.
pub(crate) fn kind_at(view: &View<'_>, token: usize) -> Option<EventType> {
    triggers::trigger(view, token).map(|t| t.rule.kind)
}

/// Who could be the recipient of one event, and what is known of each.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The type by its rule, before what lies ahead is told apart.
    pub kind: EventType,
    /// The words of the actor.
    pub actor: Option<Span>,
    /// The words of each candidate, the names of its features, and whether the rule chose it.
    pub candidates: Vec<(Span, Vec<String>, bool)>,
}

/// The choices behind the recipients of an article's events, in text order.
pub(crate) fn choices(view: &View<'_>) -> Vec<Choice> {
    let none = Layer::default();
    let span = |word: usize| participants::participant(view, &none, word).span;
    let choice = |trigger: &Trigger<'_>| {
        let (actor, found) = participants::by_rule(view, trigger)?;
        let scene = chooser::Scene::new(view, trigger, actor, found);
        let candidate = |word: usize| (span(word), scene.features(word), found.is_some_and(|f| f.0 == word));
        let candidates =
            chooser::candidates(view, trigger, actor, found).into_iter().map(candidate).collect();
        Some(Choice { kind: trigger.rule.kind, actor: actor.map(span), candidates })
    };
    triggers::triggers(view).iter().filter_map(choice).collect()
}

/// The events that a rule sees at its trigger, one for each pair; what nature does is no act of anybody.
fn at(
    view: &View<'_>,
    mentions: &Layer<Mention>,
    said: &circumstances::Said,
    trigger: &Trigger<'_>,
) -> Vec<Event> {
    let contexts = circumstances::contexts(view, trigger.token);
    let (kind, modality) = coded(view, trigger, modality(view, trigger.token));
    let named = |pair: &participants::Pair| {
        [pair.actor, pair.recipient].into_iter().flatten().any(|w| participants::can_act(view, w))
    };
    let by_nature = |pair: &participants::Pair| {
        let events = &view.lexicon.events;
        pair.actor.map(|a| view.lemma(a)).is_some_and(|actor| {
            events.is_of("hazard", &actor) || is_social(kind) && events.is_of("thing", &actor)
        })
    };
    let event = |pair: participants::Pair| {
        let actor = pair.actor.map(|t| participants::participant(view, mentions, t));
        let recipient = pair.recipient.map(|t| participants::participant(view, mentions, t));
        let overlap = actor.as_ref().zip(recipient.as_ref()).is_some_and(|(a, r)| a.span.overlaps(r.span));
        let recipient = recipient.filter(|_| !overlap);
        let both = actor.is_some() && recipient.is_some();
        (actor.is_some() || recipient.is_some()).then(|| Event {
            kind,
            mode: trigger.rule.mode.filter(|_| kind == trigger.rule.kind),
            contexts: contexts.clone(),
            trigger: trigger.span,
            confidence: confidence(trigger, pair.sure) * if both { 1.0 } else { 0.7 },
            place: circumstances::place(view, mentions, trigger, recipient.as_ref()),
            actor,
            recipient,
            modality,
            time: circumstances::time(view, said, trigger),
            said_in: said.holding(trigger.span),
            made_by: Made::from_id(trigger.rule.id.clone()),
        })
    };
    participants::pairs(view, trigger)
        .into_iter()
        .filter(|p| named(p) && !by_nature(p))
        .filter_map(event)
        .collect()
}

/// Types of what only people and their bodies do: they speak, agree, refuse (“a study suggests” is no request).
fn is_social(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Agree | Consult | Support | Concede | Cooperate | Request | Accuse | Reject | Threaten)
}

/// The type after the codebook's rules for what lies ahead: intended cooperation is AGREE, announced force and
/// pressure is THREATEN, cooperation declined is REJECT (PLOVER manual 0.8, “Potential ambiguities”; CAMEO2PLOVER 03x,
/// 12x, 13x).
fn coded(view: &View<'_>, trigger: &Trigger<'_>, modality: Modality) -> (EventType, Modality) {
    use EventType::*;
    match (trigger.rule.kind, modality) {
        (Retreat | Concede, Modality::Planned) if modality::is_decided(view, trigger.token) => {
            (trigger.rule.kind, modality)
        }
        (Consult | Support | Cooperate | Aid | Retreat | Concede, Modality::Planned) => (Agree, modality),
        (Assault | Coerce | Sanction | Mobilize | Protest, Modality::Planned | Modality::Threatened)
            if modality::is_announced(view, trigger.token) =>
        {
            (Threaten, modality)
        }
        (Agree | Consult | Support | Cooperate | Aid | Retreat | Concede, Modality::Denied)
            if modality::declines(view, trigger.token) =>
        {
            (Reject, Modality::Happened)
        }
        (Concede, Modality::Denied) => (Reject, Modality::Happened),
        (Reject, Modality::Denied) if trigger.rule.negated => (Reject, Modality::Happened),
        (kind, _) => (kind, modality),
    }
}

/// Chance that type and participants are right.
fn confidence(trigger: &Trigger<'_>, sure: bool) -> f32 {
    let rule = if trigger.rule.with.is_empty() && trigger.rule.particle.is_none() { 0.75 } else { 0.85 };
    let word = if trigger.verb { 1.0 } else { 0.8 } * if trigger.rule.later { 0.8 } else { 1.0 };
    rule * word * if sure { 1.0 } else { 0.6 }
}
