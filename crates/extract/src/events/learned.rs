//! Events no rule knows: a verb between two who can act, weighed by a learned map from words to types.

use super::participants::{can_act, is_participant, is_pronoun};
use super::recipients::after;
use super::{clause, participants};
use crate::view::View;
use record::{Deprel, Upos};

/// A verb between two who can act, and what is weighed of it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The verb.
    pub(super) verb: usize,
    /// Who acts.
    pub(super) actor: usize,
    /// On whom.
    pub(super) recipient: usize,
    /// What is weighed, by name: `v:overrun`, `o:charge`, `p:to`.
    pub(super) features: Vec<String>,
}

/// Prepositions after which a recipient may stand, best first.
const PREPOSITIONS: [&str; 12] =
    ["to", "against", "with", "from", "on", "over", "into", "at", "for", "of", "in", "between"];

/// The verb as a candidate, if both sides are there.
pub(super) fn candidate(view: &View<'_>, verb: usize) -> Option<Candidate> {
    if !view.is(verb, Upos::Verb) || view.is_aside(*view.reading.tokens.get(verb)?) {
        return None;
    }
    let actor = clause::agent(view, verb).map(|a| participants::named_before(view, a, verb));
    let actor = actor.filter(|&a| is_participant(view, a) && can_act(view, a))?;
    let fits = |w: &usize| *w != actor && is_participant(view, *w) && can_act(view, *w);
    let object = clause::object(view, verb);
    let near = || [Some(verb), object].into_iter().flatten();
    let phrase = |p: &&'static str| {
        let found = near().find_map(|w| after(view, w, p).filter(fits))?;
        Some((found, *p))
    };
    let owner =
        || object.and_then(|o| super::recipients::behind(view, o)).filter(fits).map(|w| (w, "behind"));
    let direct = object.filter(fits).map(|o| (o, "obj"));
    let (recipient, place) = direct.or_else(|| PREPOSITIONS.iter().find_map(phrase)).or_else(owner)?;
    if is_pronoun(view, recipient) {
        return None;
    }
    Some(Candidate { verb, actor, recipient, features: features(view, verb, object, place) })
}

fn features(view: &View<'_>, verb: usize, object: Option<usize>, place: &str) -> Vec<String> {
    let particle = view.child(verb, &[Deprel::CompoundPrt]).map(|p| view.word(p).to_lowercase());
    let name = match particle {
        Some(p) => format!("{}_{p}", view.lemma(verb)),
        None => view.lemma(verb),
    };
    let object = object.filter(|&o| view.is(o, Upos::Noun)).map(|o| view.lemma(o));
    let next = view.child(verb, &[Deprel::Xcomp, Deprel::Ccomp]).filter(|&c| view.is(c, Upos::Verb));
    let mut features = vec![format!("v:{name}"), format!("p:{place}"), format!("vp:{name} {place}")];
    if let Some(object) = object {
        features.extend([format!("o:{object}"), format!("vo:{name} {object}")]);
    }
    features.extend(next.map(|c| format!("x:{}", view.lemma(c))));
    features.push(if clause::is_passive(view, verb) { "passive" } else { "active" }.to_owned());
    features
}

/// For every verb of a text that two who can act stand beside: verb, actor and recipient as tokens, and the features.
pub(crate) fn candidates(view: &View<'_>) -> Vec<(usize, usize, usize, Vec<String>)> {
    let all = (0..view.reading.tokens.len()).filter_map(|t| candidate(view, t));
    all.map(|c| (c.verb, c.actor, c.recipient, c.features)).collect()
}
