//! Whether something is known: “suspected arson” here, “arson” there.

use super::Compared;
use super::differing::{Detail, Kind, claims as differing};
use super::happenings::{Mood, mood};
use super::phrase;
use super::scene::Scene;
use crate::words::{folded, root};
use lexicon::Lexicon;
use record::{Claim, Deprel, Made, Slot, Upos};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// Words that the sentences of both sides must share, that which is or is not certain included; one less for a verb, whose
/// participant is shared.
const SHARED: usize = 3;
/// Steps up the tree from a word to what makes it uncertain.
const STEPS: usize = 3;

/// One conflict for each cause or crime that some reports only suspect and others state.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let kind = Kind {
        slot: Slot::Modality,
        compared: "certainty asked for",
        apart: &|a, b| a != b,
        confidence: 0.6,
        made_by: Made::by("rule:link/claim-certainty@2"),
    };
    let doubted = doubted(compared);
    let mut details = Vec::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        let tokens = (0..scene.keys.len()).filter(|&t| told(scene, t, compared.lexicon).is_some());
        details.extend(tokens.filter_map(|t| detail(compared, scene, report, t, &doubted)));
    }
    differing(details, &kind, compared)
}

/// Surroundings of the words that a report doubts, by root.
type Doubted = BTreeMap<String, Vec<(usize, BTreeSet<u64>)>>;

fn doubted(compared: &Compared) -> Doubted {
    let mut doubted = Doubted::new();
    for (scene, &part) in compared.scenes.iter().zip(compared.parts) {
        for token in (0..scene.keys.len()).filter(|&t| is_doubted(scene, t, compared.lexicon)) {
            if let Some(name) = told(scene, token, compared.lexicon) {
                doubted.entry(name).or_default().push((part, around(scene, token)));
            }
        }
    }
    doubted
}

fn detail(
    compared: &Compared,
    scene: &Scene,
    report: usize,
    token: usize,
    doubted: &Doubted,
) -> Option<Detail> {
    let reading = &scene.report.reading;
    let name = told(scene, token, compared.lexicon)?;
    let near = around(scene, token);
    let shared = if scene.upos(token) == Some(Upos::Verb) { SHARED - 1 } else { SHARED };
    let fits = |(part, other): &(usize, BTreeSet<u64>)| {
        *part == compared.parts[report] && near.intersection(other).count() >= shared
    };
    doubted.get(&name)?.iter().find(|place| fits(place))?;
    let doubted = is_doubted(scene, token, compared.lexicon);
    let span = reading.tokens[token];
    let hedged = !doubted && sentence_hedges(scene, token, compared.lexicon);
    let open = mood(scene, token) != Mood::Real && !(doubted && scene.upos(token) == Some(Upos::Verb));
    if hedged || open || scene.is_spoken(span) {
        return None;
    }
    let hedge = reading.children_by(token, &MODIFIES).find(|&t| is_hedge(scene, t, compared.lexicon));
    let span = hedge.map_or(span, |t| span.cover(reading.tokens[t]));
    Some(Detail {
        report,
        of: xxh3_64(name.as_bytes()),
        topic: format!("whether it is certain: {}", phrase::clause(scene, compared.entities, token)),
        told: if doubted { "suspected" } else { "certain" }.to_owned(),
        evidence: scene.evidence(span),
    })
    .filter(|_| !scene.report.article.is_boilerplate(span))
}

const MODIFIES: [Deprel; 3] = [Deprel::Amod, Deprel::Advmod, Deprel::Compound];

/// The root of a word for a cause or a crime that may or may not be (a noun, or an adjective that is said of something), or the
/// kind of event that a verb tells of somebody or something by name.
fn told(scene: &Scene, token: usize, lexicon: &Lexicon) -> Option<String> {
    let word = folded(&scene.lemma(token));
    let cause = lexicon.topics.is_of("cause", &word);
    let noun = scene.upos(token)? == Upos::Noun && scene.entities[token].is_none();
    let adjective = scene.upos(token)? == Upos::Adj && scene.relation(token) != Some(Deprel::Amod);
    if scene.upos(token)? == Upos::Verb {
        return done_to(scene, token, lexicon);
    }
    (cause && (noun || adjective)).then(|| root(&word))
}

/// Kinds of events of which it is said that they are only thought to have happened.
const EVENTS: [&str; 9] = ["die", "injure", "flee", "destroy", "explode", "fire", "steal", "attack", "shoot"];

fn done_to(scene: &Scene, verb: usize, lexicon: &Lexicon) -> Option<String> {
    let class = lexicon.topics.class(&folded(&scene.lemma(verb))).filter(|class| EVENTS.contains(class))?;
    let parts = [Deprel::Obj, Deprel::NsubjPass, Deprel::Nsubj];
    let mut parts =
        parts.iter().flat_map(|part| scene.report.reading.children_by(verb, std::slice::from_ref(part)));
    parts.find_map(|t| scene.entities[t]).map(|entity| format!("{class} {entity}"))
}

fn around(scene: &Scene, token: usize) -> BTreeSet<u64> {
    let reading = &scene.report.reading;
    let sentence = reading.sentence_of(token).map_or(0..0, |s| reading.sentences[s].tokens.range());
    scene.keys.get(sentence).unwrap_or_default().iter().flatten().copied().collect()
}

fn is_hedge(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    lexicon.topics.is_of("doubt", &folded(&scene.lemma(token)))
}

/// Whether a word is said to be so only perhaps: a hedge modifies it, or governs it.
fn is_doubted(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let below = |t: usize| {
        scene.report.reading.children_by(t, &MODIFIES).any(|child| is_hedge(scene, child, lexicon))
    };
    let above = std::iter::successors(scene.head(token), |t| scene.head(*t)).take(STEPS);
    let governs = |t: usize| is_hedge(scene, t, lexicon) && scene.upos(t) == Some(Upos::Verb);
    let has = |t: usize, lemmas: &[&str]| {
        let mut auxiliaries = scene.report.reading.children_by(t, &[Deprel::Aux, Deprel::AuxPass]);
        auxiliaries.any(|a| lemmas.contains(&scene.lemma(a).as_str()))
    };
    let perhaps = |t: usize| has(t, &["may", "might", "could"]);
    if scene.upos(token) == Some(Upos::Verb) {
        let thought = scene.relation(token) == Some(Deprel::Xcomp) && scene.head(token).is_some_and(governs);
        return below(token) || thought || perhaps(token) && has(token, &["have"]);
    }
    below(token) || above.into_iter().any(|t| governs(t) || perhaps(t))
}

/// Whether anything in the sentence of a word is doubted, so that what is certain of it is not.
fn sentence_hedges(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let reading = &scene.report.reading;
    let mut range = reading.sentence_of(token).map_or(0..0, |s| reading.sentences[s].tokens.range());
    range.any(|t| t != token && is_hedge(scene, t, lexicon))
}
