//! How, and how badly: words that exclude one another, said of the same thing.

use super::Compared;
use super::differing::{Detail, Kind, claims as differing};
use super::happenings::{Mood, mood};
use super::phrase;
use super::scene::Scene;
use crate::words::{folded, root};
use lexicon::topics::Stage;
use record::{Claim, Deprel, Made, ReferentKind, Slot, Upos, Xpos};
use xxhash_rust::xxh3::xxh3_64;

/// Tokens between a word and what it is said of.
const REACH: usize = 12;

/// One conflict for each thing of which reports say words of one scale that exclude one another.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let kind = Kind {
        slot: Slot::Outcome,
        compared: "thing, in a word of the same kind",
        apart: &|a, b| a != b,
        confidence: 0.65,
        made_by: Made::by("rule:link/claim-degree@1"),
    };
    let mut details = Vec::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        for token in 0..scene.keys.len() {
            for stage in compared.lexicon.topics.degrees(&scene.lemma(token)) {
                details.extend(detail(compared, scene, report, token, stage));
            }
        }
    }
    differing(details, &kind, compared)
}

fn detail(compared: &Compared, scene: &Scene, report: usize, token: usize, stage: &Stage) -> Option<Detail> {
    let reading = &scene.report.reading;
    let verb = scene.upos(token) == Some(Upos::Verb);
    let of = said_of(scene, token).filter(|_| verb || !stage.verb)?;
    let name = name(compared, scene, of)?;
    if !is_one(scene, of) || of.abs_diff(token) > REACH {
        return None;
    }
    let span = reading.tokens[of].cover(reading.tokens[token]);
    if mood(scene, token) != Mood::Real || scene.is_spoken(span) || scene.report.article.is_boilerplate(span)
    {
        return None;
    }
    let noun = phrase::nominal(scene, compared.entities, of);
    Some(Detail {
        report,
        of: xxh3_64(
            format!("{} {name} {}", stage.course, means(scene, token).unwrap_or_default()).as_bytes(),
        ),
        topic: format!("{noun}: {}", stage.course),
        told: stage.place.to_string(),
        evidence: scene.evidence(span),
    })
}

/// What something is known by in other reports: a person by who it is, a thing by its last word, which is left of its name.
fn name(compared: &Compared, scene: &Scene, token: usize) -> Option<String> {
    let entity = scene.entities[token].and_then(|e| compared.entities.get(e as usize));
    let person = entity.is_some_and(|e| e.kind == ReferentKind::Person);
    let word = root(&folded(&scene.lemma(token)));
    match person {
        true => scene.keys[token].map(|key| format!("{key:016x}")),
        false => Some(word).filter(|word| !word.is_empty() && scene.upos(token) != Some(Upos::Pron)),
    }
}

/// The verb of a means: “shot him with a pistol”, “fled in a van”.
fn means(scene: &Scene, token: usize) -> Option<String> {
    let means = scene.upos(token) == Some(Upos::Noun) && scene.relation(token) == Some(Deprel::Obl);
    scene.head(token).filter(|_| means).map(|verb| root(&folded(&scene.lemma(verb))))
}

/// What a word is said of: the object or passive subject of a verb, the noun of an adjective, the subject of the verb of an
/// adverb; of a means to whom or what it was done, or who did it.
fn said_of(scene: &Scene, token: usize) -> Option<usize> {
    let reading = &scene.report.reading;
    let undergoing = [Deprel::Obj, Deprel::NsubjPass];
    let subject = [Deprel::Nsubj, Deprel::NsubjPass];
    match scene.upos(token)? {
        Upos::Verb => reading.children_by(token, &undergoing).next(),
        Upos::Adj if scene.relation(token) == Some(Deprel::Amod) => scene.head(token),
        Upos::Adj => reading.children_by(token, &subject).next(),
        Upos::Adv => {
            let verb = scene.head(token).filter(|_| scene.relation(token) == Some(Deprel::Advmod))?;
            reading.children_by(verb, &subject).next()
        }
        Upos::Noun if scene.relation(token) == Some(Deprel::Obl) => {
            let mut cases = reading.children_by(token, &[Deprel::Case]);
            cases.find(|&t| ["with", "in", "on", "by"].contains(&scene.lemma(t).as_str()))?;
            let verb = scene.head(token)?;
            reading
                .children_by(verb, &undergoing)
                .next()
                .or_else(|| reading.children_by(verb, &subject).next())
        }
        _ => None,
    }
}

/// Whether a noun means one known thing: a name, or a singular with an article or owner, without a number.
fn is_one(scene: &Scene, token: usize) -> bool {
    let reading = &scene.report.reading;
    let singular = reading.tags.get(token).is_some_and(|tag| matches!(tag.xpos, Xpos::Nn | Xpos::Nnp));
    let counted = reading.children_by(token, &[Deprel::Nummod]).next().is_some();
    let known = |t: usize| {
        scene.relation(t) == Some(Deprel::NmodPoss)
            || ["the", "this", "that", "his", "her", "its", "their"].contains(&scene.lemma(t).as_str())
    };
    let definite = || reading.children_by(token, &[Deprel::Det, Deprel::NmodPoss]).any(known);
    !counted && (scene.entities[token].is_some() || singular && definite())
}
