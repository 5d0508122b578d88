//! Whether an event took place: auxiliaries, negation, conditions, and the verbs that govern it.

use super::clause;
use crate::view::View;
use record::{Deprel, Modality, Upos, Xpos};

/// What is said of the reality of the event a word names.
pub(crate) fn modality(view: &View<'_>, word: usize) -> Modality {
    let own = own(view, word);
    if own != Modality::Happened {
        return own;
    }
    governed(view, word).unwrap_or(own)
}

fn own(view: &View<'_>, word: usize) -> Modality {
    if clause::is_negated(view, word) || is_denied_cleft(view, word) {
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
        Some(Modality::Planned) if is_conditional(view, word) => Modality::Hypothetical,
        Some(modality) => modality,
        None if view.is(word, Upos::Noun) => described(view, word).unwrap_or(Modality::Happened),
        None if is_progressive(view, word) => Modality::Ongoing,
        None => Modality::Happened,
    }
}

/// “It is not we who threaten”: the clause tells what the one it is said of does not do.
fn is_denied_cleft(view: &View<'_>, verb: usize) -> bool {
    let predicate = view.head(verb).filter(|_| view.relation(verb) == Deprel::AclRelcl);
    predicate.is_some_and(|p| {
        let it = |s: usize| matches!(view.lemma(s).as_str(), "it" | "this" | "that");
        let cleft = view.child(p, &[Deprel::Nsubj, Deprel::Expl]).is_some_and(it);
        cleft && view.child(p, &[Deprel::Cop]).is_some() && clause::is_negated(view, p)
    })
}

/// “would …, if …”: what would happen only under a condition.
fn is_conditional(view: &View<'_>, word: usize) -> bool {
    let would = view.children(word).any(|c| view.relation(c) == Deprel::Aux && view.lemma(c) == "would");
    let mark = |c: usize| view.child(c, &[Deprel::Mark]).map(|m| view.lemma(m));
    let condition = |c: usize| {
        view.relation(c) == Deprel::Advcl && mark(c).is_some_and(|m| matches!(m.as_str(), "if" | "unless"))
    };
    would && view.children(word).any(condition)
}

/// What an adjective before a noun, or the noun it belongs to, says of the event (“a planned visit”, “no attack”, “the
/// risk of war”).
fn described(view: &View<'_>, noun: usize) -> Option<Modality> {
    let says = |word: &str| match word {
        "planned" | "upcoming" | "future" | "scheduled" | "coming" | "forthcoming" | "next" | "intended" => {
            Some(Modality::Planned)
        }
        "possible" | "potential" | "proposed" | "hypothetical" | "likely" | "further" => {
            Some(Modality::Hypothetical)
        }
        "threatened" | "imminent" => Some(Modality::Threatened),
        "ongoing" | "continuing" | "continued" | "current" => Some(Modality::Ongoing),
        "averted" | "foiled" | "thwarted" | "cancelled" | "canceled" => Some(Modality::Denied),
        _ => None,
    };
    let own = view.children(noun).filter(|&c| view.relation(c) == Deprel::Amod);
    let governor = || view.head(noun).filter(|_| view.relation(noun) == Deprel::Nmod).map(|h| view.lemma(h));
    own.filter_map(|c| says(&view.word(c).to_lowercase())).next().or_else(|| match governor()?.as_str() {
        "plan" | "preparation" | "schedule" | "date" => Some(Modality::Planned),
        "threat" => Some(Modality::Threatened),
        "risk" | "danger" | "possibility" | "prospect" | "fear" | "call" | "case" | "chance" | "hope"
        | "request" | "demand" | "proposal" | "offer" => Some(Modality::Hypothetical),
        "lack" | "absence" | "prevention" => Some(Modality::Denied),
        _ => None,
    })
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
    let without =
        |c: usize| matches!(view.relation(c), Deprel::Mark | Deprel::Case) && view.lemma(c) == "without";
    if view.children(word).any(without) {
        return Some(Modality::Denied);
    }
    let aimed = relation == Deprel::Obl
        && clause::case(view, word).is_some_and(|p| matches!(p.as_str(), "for" | "against"));
    let open = matches!(relation, Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Obj) || aimed;
    if !(open || relation == Deprel::Advcl && is_infinitive(view, word)) {
        return None;
    }
    let verb = match view.lemma(head).as_str() {
        "plan" | "intend" | "prepare" | "want" | "expect" | "hope" | "aim" | "schedule" | "promise"
        | "vow" | "pledge" | "agree" | "offer" | "decide" | "order" | "ready" | "willing" | "set"
        | "seek" | "propose" | "commit" | "due" | "about" | "going" | "poise" | "poised" | "prepared"
        | "eager" | "determined" | "determine" | "undertake" | "swear" | "volunteer" | "invite" => {
            Some(Modality::Planned)
        }
        "threaten" | "warn" => Some(Modality::Threatened),
        "refuse" | "decline" | "fail" | "deny" | "reject" | "avoid" | "prevent" | "avert" | "foil"
        | "thwart" | "prohibit" | "unable" | "unwilling" | "reluctant" => Some(Modality::Denied),
        "begin" | "start" | "continue" | "keep" => Some(Modality::Ongoing),
        "urge" | "ask" | "demand" | "call" | "want_to" | "consider" | "request" | "tell" | "allow"
        | "encourage" | "press" | "recommend" | "suggest" | "advise" | "discuss" | "favour" | "favor"
        | "able" | "free" | "likely" | "fear" | "suspect" | "design" | "mean" | "seem" => {
            Some(Modality::Hypothetical)
        }
        "go" if view.word(head) == "going" && relation == Deprel::Xcomp => Some(Modality::Planned),
        _ => None,
    };
    let begun = verb == Some(Modality::Ongoing) && own(view, head) != Modality::Happened;
    match verb {
        Some(Modality::Denied) if aimed => None,
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
