//! Whether an event took place: auxiliaries, negation, conditions, and the verbs that govern it.

use super::clause;
use crate::view::View;
use record::{Deprel, Modality, Upos, Xpos};

/// What is said of the reality of the event a word names.
pub(super) fn modality(view: &View<'_>, word: usize) -> Modality {
    let own = own(view, word);
    if own != Modality::Happened {
        return own;
    }
    governed(view, word).unwrap_or(own)
}

fn own(view: &View<'_>, word: usize) -> Modality {
    if clause::is_negated(view, word) {
        return Modality::Denied;
    }
    let conditional = |c: usize| {
        view.relation(c) == Deprel::Mark
            && matches!(view.lemma(c).as_str(), "if" | "unless" | "whether" | "lest")
    };
    let mut auxiliaries = view.children(word).filter(|&c| view.relation(c) == Deprel::Aux);
    if view.children(word).any(conditional) {
        return Modality::Hypothetical;
    }
    match auxiliaries.find_map(|a| modal(&view.lemma(a))) {
        Some(modality) => modality,
        None if is_progressive(view, word) => Modality::Ongoing,
        None => Modality::Happened,
    }
}

/// Whether an event ahead is announced, not only wished: “will”, “plans to”, “threatens to”.
pub(super) fn is_announced(view: &View<'_>, word: usize) -> bool {
    let mut at = word;
    for _ in 0..4 {
        let will =
            |c: usize| view.relation(c) == Deprel::Aux && modal(&view.lemma(c)) == Some(Modality::Planned);
        if view.children(at).any(will) {
            return true;
        }
        let Some(head) = view.head(at) else { return false };
        match view.lemma(head).as_str() {
            "plan" | "intend" | "prepare" | "threaten" | "warn" | "vow" | "pledge" | "decide" | "order"
            | "set" => return true,
            _ => at = head,
        }
    }
    false
}

/// “decided to”, “ordered to”: what is decided is no mere promise.
pub(super) fn is_decided(view: &View<'_>, word: usize) -> bool {
    let decides = |h: usize| matches!(view.lemma(h).as_str(), "decide" | "order" | "vote" | "move");
    view.relation(word) == Deprel::Xcomp && view.head(word).is_some_and(decides)
}

/// “will not”, “would not”, “refuses to”: the event is declined, not merely absent.
pub(super) fn declines(view: &View<'_>, word: usize) -> bool {
    let will =
        |c: usize| view.relation(c) == Deprel::Aux && matches!(view.lemma(c).as_str(), "will" | "would");
    let refuses = |h: usize| matches!(view.lemma(h).as_str(), "refuse" | "decline" | "reject");
    let governed = view.relation(word) == Deprel::Xcomp && view.head(word).is_some_and(refuses);
    governed || clause::is_negated(view, word) && view.children(word).any(will)
}

fn modal(auxiliary: &str) -> Option<Modality> {
    match auxiliary {
        "will" | "shall" | "would" => Some(Modality::Planned),
        "may" | "might" | "could" | "can" | "should" | "must" | "ought" => Some(Modality::Hypothetical),
        _ => None,
    }
}

fn is_progressive(view: &View<'_>, word: usize) -> bool {
    let participle = view.reading.tags.get(word).is_some_and(|t| t.xpos == Xpos::Vbg);
    participle && view.children(word).any(|c| view.relation(c) == Deprel::Aux && view.lemma(c) == "be")
}

/// What the governing verb makes of it: planned, threatened, refused, begun.
fn governed(view: &View<'_>, word: usize) -> Option<Modality> {
    let head = view.head(word)?;
    let relation = view.relation(word);
    if relation == Deprel::Conj {
        let shared = modality(view, head);
        return Some(shared).filter(|m| *m != Modality::Denied && view.is(word, Upos::Verb));
    }
    let open = matches!(relation, Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Obj);
    if !(open || relation == Deprel::Advcl && is_infinitive(view, word)) {
        return None;
    }
    let verb = match view.lemma(head).as_str() {
        "plan" | "intend" | "prepare" | "want" | "expect" | "hope" | "aim" | "schedule" | "promise"
        | "vow" | "pledge" | "agree" | "offer" | "decide" | "order" | "ready" | "willing" | "set"
        | "seek" | "propose" | "commit" => Some(Modality::Planned),
        "threaten" | "warn" => Some(Modality::Threatened),
        "refuse" | "decline" | "fail" | "deny" | "reject" | "avoid" => Some(Modality::Denied),
        "begin" | "start" | "continue" | "keep" => Some(Modality::Ongoing),
        "urge" | "ask" | "demand" | "call" | "want_to" | "consider" | "request" | "tell" | "allow" => {
            Some(Modality::Hypothetical)
        }
        _ => None,
    };
    let begun = verb == Some(Modality::Ongoing) && own(view, head) != Modality::Happened;
    match verb {
        Some(_) if begun => Some(own(view, head)),
        Some(modality) => Some(modality),
        None if relation == Deprel::Xcomp => Some(own(view, head)),
        None if is_infinitive(view, word) => Some(Modality::Hypothetical),
        None => None,
    }
}

fn is_infinitive(view: &View<'_>, word: usize) -> bool {
    view.children(word).any(|c| view.relation(c) == Deprel::Mark && view.lemma(c) == "to")
}
