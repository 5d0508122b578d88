//! Whether something took place, as the words above it say, too: “is expected to leave”, “failed to appear”, “managed to escape”.

use super::happenings::{Mood, mood};
use super::scene::Scene;
use lexicon::Lexicon;
use record::{Deprel, Upos};

/// Whether what a word tells took place: its own auxiliaries and negations, and the verb or adjective it depends on.
pub(crate) fn told_mood(scene: &Scene, token: usize, lexicon: &Lexicon) -> Mood {
    let own = mood(scene, token);
    if own != Mood::Real || scene.upos(token) != Some(Upos::Verb) {
        return own;
    }
    let must = |t: usize| ["must", "should", "ought"].contains(&scene.lemma(t).as_str());
    if scene.report.reading.children_by(token, &[Deprel::Aux]).any(must) {
        return Mood::Open;
    }
    let above = scene.head(token).map(|head| scene.lemma(head)).unwrap_or_default();
    let is_of = |group| lexicon.topics.is_of(group, &above);
    match scene.relation(token) {
        Some(Deprel::Xcomp) if is_of("fail") => Mood::Denied,
        Some(Deprel::Xcomp) if is_infinitive(scene, token) && !is_of("achieve") => Mood::Open,
        Some(Deprel::Ccomp) if is_of("hope") => Mood::Open,
        Some(Deprel::Acl | Deprel::Advcl | Deprel::Csubj) if is_infinitive(scene, token) => Mood::Open,
        _ => Mood::Real,
    }
}

fn is_infinitive(scene: &Scene, token: usize) -> bool {
    scene.report.reading.children_by(token, &[Deprel::Mark]).any(|t| scene.lemma(t) == "to")
}
