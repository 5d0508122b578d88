//! Whom of those named in a sentence an event is done to: a linear score over where each stands, with learned weights.
//!
//! The weights are data of the lexicon (`data/events/recipients.txt`), learned on marked pairs; the features are made here.

use super::clause;
use super::participants::{can_act, has_name, is_participant, is_pronoun, phrase};
use super::recipients::{in_slot, state};
use super::triggers::Trigger;
use crate::view::View;
use record::{Deprel, EventType, NameKind, TokenRange};

/// Candidates looked at, those nearest to the trigger.
const MOST: usize = 24;
/// How far up the tree a candidate's path to its trigger is followed.
const FAR: usize = 8;
/// Score above which a candidate is rather a recipient than not.
const LIKELY: f32 = 0.0;
/// How much more likely than the rule's choice another one must be, as a difference of log odds.
const MARGIN: f32 = 1.5;

/// The recipient among all candidates: the rule's own choice (`found`, and whether it is sure), unless another one is
/// clearly likelier; then others who are named and likely too (of places where it happens only states).
pub(super) fn choose(
    view: &View<'_>,
    trigger: &Trigger<'_>,
    actor: Option<usize>,
    found: Option<(usize, bool)>,
) -> (Option<(usize, bool)>, Vec<usize>) {
    if actor.is_none() {
        // A guess on both sides would be an event made of nothing.
        return (found, Vec::new());
    }
    let scene = Scene::new(view, trigger, actor, found);
    let score = |w: usize| (w, view.lexicon.events.recipient_score(&scene.features(w)));
    let scored: Vec<(usize, f32)> = candidates(view, trigger, actor, found).into_iter().map(score).collect();
    let best = scored.iter().copied().reduce(|best, next| if next.1 > best.1 { next } else { best });
    let main = match (best, found) {
        (Some((w, score)), None) if score > LIKELY => Some((w, false)),
        (Some((w, score)), Some((rule, _))) if w != rule && score > MARGIN + of(&scored, rule) => {
            Some((w, score > LIKELY))
        }
        _ => found,
    };
    let Some((first, _)) = main else { return (None, Vec::new()) };
    let apart = |w: usize| {
        let (a, b) = (phrase(view, first), phrase(view, w));
        a.end <= b.start || b.end <= a.start
    };
    let where_it_is =
        |w: usize| clause::case(view, w).is_some_and(|p| matches!(p.as_str(), "in" | "at" | "near"));
    let land = |w: usize| is_done_to_land(trigger.rule.kind) && state(view, w).is_some();
    let named = |w: usize| has_name(view, w) && (!where_it_is(w) || land(w));
    let below = |w: usize| path(view, trigger, w).0.is_some();
    let also =
        scored.iter().filter(|(w, s)| *s > LIKELY && *w != first && named(*w) && apart(*w) && below(*w));
    (main, also.map(|(w, _)| *w).collect())
}

/// Types of what is done to a state by being done in it (“struck targets in Norland”).
fn is_done_to_land(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Assault | Coerce | Mobilize | Aid | Protest | Retreat)
}

/// The score of one of the candidates.
fn of(scored: &[(usize, f32)], word: usize) -> f32 {
    scored.iter().find(|(w, _)| *w == word).map_or(0.0, |(_, s)| *s)
}

/// The heads of noun phrases in the trigger's sentence that are no part of the actor, and the rule's own choice.
pub(super) fn candidates(
    view: &View<'_>,
    trigger: &Trigger<'_>,
    actor: Option<usize>,
    found: Option<(usize, bool)>,
) -> Vec<usize> {
    let sentence = view.sentence_tokens(view.sentence(trigger.token));
    let own = actor.map(|a| phrase(view, a));
    let inside = |w: usize| own.is_some_and(|range| range.contains(w));
    let part = |w: usize| {
        matches!(
            view.relation(w),
            Deprel::Compound | Deprel::Flat | Deprel::Amod | Deprel::NmodDesc | Deprel::Nummod | Deprel::Det
        )
    };
    let tellers = tellers(view, trigger.token);
    let tells = |w: usize| tellers.iter().any(|range| range.contains(w));
    let fits = |&w: &usize| {
        Some((w, true)) == found
            || Some((w, false)) == found
            || !part(w)
                && !inside(w)
                && !tells(w)
                && is_participant(view, w)
                && !is_pronoun(view, w)
                && w != trigger.token
                && Some(w) != trigger.with
                && can_act(view, w)
    };
    let mut all: Vec<usize> = sentence.range().filter(fits).collect();
    all.sort_by_key(|&w| (found.is_none_or(|f| f.0 != w), w.abs_diff(trigger.token), w));
    all.truncate(MOST);
    all.sort_unstable();
    all
}

/// Those who tell of the event in the clauses above it (“his lawyer said that he would appeal”): nothing is done to them by it.
fn tellers(view: &View<'_>, trigger: usize) -> Vec<TokenRange> {
    let above = std::iter::successors(Some(trigger), |t| view.head(*t)).take(FAR);
    let told = above.filter(|&t| matches!(view.relation(t), Deprel::Ccomp | Deprel::Parataxis));
    let speaks = |v: &usize| view.lexicon.speech.verb(&view.lemma(*v)).speech;
    let verbs = told.filter_map(|t| view.head(t)).filter(speaks);
    verbs
        .filter_map(|v| clause::agent(view, v))
        .map(|s| view.phrase(s, &[Deprel::AclRelcl, Deprel::Acl]))
        .collect()
}

/// One event as its candidates are looked at.
pub(super) struct Scene<'v> {
    view: &'v View<'v>,
    trigger: &'v Trigger<'v>,
    found: Option<(usize, bool)>,
    /// The state of the actor.
    state: Option<&'v str>,
    /// The words in each slot of the rule.
    slots: Vec<Vec<usize>>,
}

impl<'v> Scene<'v> {
    pub(super) fn new(
        view: &'v View<'v>,
        trigger: &'v Trigger<'v>,
        actor: Option<usize>,
        found: Option<(usize, bool)>,
    ) -> Self {
        let slots = trigger.rule.slots.iter().map(|s| in_slot(view, trigger, *s, 0)).collect();
        Self { view, trigger, found, state: actor.and_then(|a| state(view, a)), slots }
    }

    /// What is known of a candidate: names of features, those of the weights file.
    pub(super) fn features(&self, word: usize) -> Vec<String> {
        let (view, kind) = (self.view, self.trigger.rule.kind.as_str());
        let case = preposition(view, word);
        let mut out = vec!["any".to_owned(), format!("case {case}"), format!("{kind} {case}")];
        out.push(match self.found {
            Some((w, true)) if w == word => "rule sure".to_owned(),
            Some((w, false)) if w == word => "rule unsure".to_owned(),
            Some(_) => "rule other".to_owned(),
            None => "rule none".to_owned(),
        });
        let slot = self.slots.iter().position(|s| s.contains(&word));
        out.push(slot.map_or("slot none".to_owned(), |i| format!("slot {}", i.min(3))));
        let (able, name) = (can_act(view, word), has_name(view, word));
        out.push(format!("able {able} name {name}"));
        if name_kind(view, word) == Some(NameKind::Place) {
            out.push(format!("place {case}"));
        }
        out.push(format!("relation {}", relation(view.relation(word))));
        let (depth, crossed) = path(view, self.trigger, word);
        out.push(format!("depth {}", depth.map_or("none".to_owned(), |d| d.min(5).to_string())));
        out.extend(crossed.map(|c| format!("crosses {}", relation(c))));
        let before = if word < self.trigger.token { "before" } else { "after" };
        out.push(format!("{before} {}", distance(word, self.trigger.token)));
        out.push(format!("{before} able {able}"));
        if self.state.is_some() && self.state == state(view, word) {
            out.push("same side".to_owned());
        }
        out.push(format!("slot {} able {able}", slot.is_some()));
        out
    }
}

fn preposition(view: &View<'_>, word: usize) -> &'static str {
    const KNOWN: [&str; 15] = [
        "to", "with", "in", "of", "from", "against", "on", "for", "by", "between", "at", "over", "about",
        "near", "into",
    ];
    match clause::case(view, word) {
        None => "none",
        Some(p) => KNOWN.into_iter().find(|k| *k == p).unwrap_or("other"),
    }
}

fn distance(a: usize, b: usize) -> u8 {
    match a.abs_diff(b) {
        0..=3 => 3,
        4..=8 => 8,
        9..=15 => 15,
        _ => 99,
    }
}

fn name_kind(view: &View<'_>, word: usize) -> Option<NameKind> {
    let token = *view.reading.tokens.get(word)?;
    view.reading.names.overlapping(token).next().map(|(_, n)| n.kind)
}

fn relation(relation: Deprel) -> &'static str {
    match relation {
        Deprel::Obj => "obj",
        Deprel::Iobj => "iobj",
        Deprel::Obl | Deprel::OblAgent => "obl",
        Deprel::Nmod => "nmod",
        Deprel::NmodPoss => "poss",
        Deprel::Nsubj | Deprel::NsubjPass => "nsubj",
        Deprel::Conj => "conj",
        Deprel::Appos => "appos",
        Deprel::Acl | Deprel::AclRelcl => "acl",
        Deprel::Advcl => "advcl",
        Deprel::Ccomp | Deprel::Xcomp => "comp",
        Deprel::Parataxis => "parataxis",
        _ => "other",
    }
}

/// How many arcs lie between a candidate and its trigger (or the word beside it) above it, and the first arc of a clause
/// among them.
fn path(view: &View<'_>, trigger: &Trigger<'_>, word: usize) -> (Option<usize>, Option<Deprel>) {
    let mut at = word;
    let mut crossed = None;
    for depth in 1..=FAR {
        let relation = view.relation(at);
        let clause = matches!(
            relation,
            Deprel::Acl
                | Deprel::AclRelcl
                | Deprel::Advcl
                | Deprel::Ccomp
                | Deprel::Xcomp
                | Deprel::Parataxis
                | Deprel::Conj
        );
        if clause && crossed.is_none() {
            crossed = Some(relation);
        }
        let Some(head) = view.head(at) else { break };
        if head == trigger.token || Some(head) == trigger.with {
            return (Some(depth), crossed);
        }
        at = head;
    }
    (None, crossed)
}
