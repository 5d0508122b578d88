//! How, and how badly: words that exclude one another, said of the same thing.

use super::Compared;
use super::differing::{Detail, Kind, claims as differing};
use super::happenings::Mood;
use super::mood::told_mood;
use super::phrase;
use super::scene::Scene;
use super::stages::is_phrase;
use crate::words::{folded, root};
use lexicon::topics::Stage;
use record::{Claim, Deprel, Made, ReferentKind, Slot, Span, Upos, Xpos};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Tokens between a word and what it is said of.
const REACH: usize = 12;

/// One conflict for each thing of which reports say words of one scale that exclude one another.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let mut details: BTreeMap<Slot, Vec<Detail>> = BTreeMap::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        for token in 0..scene.keys.len() {
            let lemma = scene.lemma(token);
            for stage in compared.lexicon.topics.degrees(lemma.trim_end_matches('.')) {
                let found = detail(compared, scene, report, token, stage);
                details.entry(slot(stage)).or_default().extend(found);
            }
        }
    }
    let kind = |slot: Slot| Kind {
        slot,
        compared: "thing, in a word of the same kind",
        apart: &|a, b| a != b,
        confidence: 0.65,
        made_by: Made::by("rule:link/claim-degree@3"),
    };
    details.into_iter().flat_map(|(slot, details)| differing(details, &kind(slot), compared)).collect()
}

/// What kind of question a scale answers.
fn slot(stage: &Stage) -> Slot {
    match stage.course.split(' ').next() {
        Some("where") => Slot::Place,
        Some("who") => Slot::Person,
        _ if is_kin(stage) || is_rank(stage) => Slot::Person,
        _ => Slot::Outcome,
    }
}

fn detail(compared: &Compared, scene: &Scene, report: usize, token: usize, stage: &Stage) -> Option<Detail> {
    let reading = &scene.report.reading;
    let verb = scene.upos(token) == Some(Upos::Verb);
    let of = match slot(stage) {
        Slot::Place => said_of(scene, token).filter(|_| is_place(scene, token)),
        _ if is_rank(stage) => titled(scene, token).filter(|_| is_whole(compared, scene, token)),
        Slot::Person if !is_kin(stage) => done_to(compared, scene, token),
        _ if stage.of_subject() => subject(scene, token),
        _ => said_of(scene, token).filter(|_| verb || !stage.verb),
    }
    .filter(|_| is_phrase(scene, token, stage))?;
    let name = name(compared, scene, of)?;
    let owner = if is_kin(stage) { Some(owner(scene, token)?) } else { None };
    if !is_one(scene, taken_up(scene, of)) || of.abs_diff(token) > REACH {
        return None;
    }
    let span = reading.tokens[of].cover(reading.tokens[token]);
    let outcome = slot(stage) == Slot::Outcome || is_kin(stage) || is_rank(stage);
    let governor = scene.governor(token).filter(|_| !verb && !outcome).unwrap_or(token);
    let place = match told_mood(scene, governor, compared.lexicon) {
        Mood::Real => stage.place,
        Mood::Denied if is_either(stage) => 1_usize.checked_sub(stage.place)?,
        _ => return None,
    };
    if scene.is_spoken(span) || scene.report.article.is_boilerplate(span) {
        return None;
    }
    let noun = phrase::nominal(scene, compared.entities, of);
    Some(Detail {
        report,
        of: xxh3_64(
            format!(
                "{} {name} {owner:?} {}",
                stage.course,
                means(compared, scene, token).unwrap_or_default()
            )
            .as_bytes(),
        ),
        topic: format!("{noun}: {}", stage.course),
        told: place.to_string(),
        evidence: scene.evidence(span),
    })
}

/// What something is known by in other reports: a person by who it is, a thing by its last word, which is left of its name.
fn name(compared: &Compared, scene: &Scene, token: usize) -> Option<String> {
    let token = taken_up(scene, token);
    let entity = scene.entities[token].and_then(|e| compared.entities.get(e as usize));
    let person = entity.is_some_and(|e| e.kind == ReferentKind::Person);
    let word = root(&folded(&scene.lemma(token)));
    match person {
        true => scene.keys[token].map(|key| format!("{key:016x}")),
        false => Some(word).filter(|word| !word.is_empty() && scene.upos(token) != Some(Upos::Pron)),
    }
}

/// What a pronoun stands for, the token itself if it is none.
fn taken_up(scene: &Scene, token: usize) -> usize {
    let above =
        |t: &usize| scene.report.reading.antecedents.get(*t).copied().flatten().map(|a| a.token as usize);
    let pronoun = |t: usize| scene.upos(t) == Some(Upos::Pron) && scene.entities[t].is_none();
    let mut chain = std::iter::successors(Some(token), above).take(4);
    chain.find(|&t| !pronoun(t)).unwrap_or(token)
}

/// The verb, or its class, of a means or place: “shot him with a pistol”, “fled in a van”, “died at the scene”.
fn means(compared: &Compared, scene: &Scene, token: usize) -> Option<String> {
    let first = first(scene, token);
    let under = [Deprel::Obl, Deprel::Nsubj, Deprel::OblAgent];
    let means =
        scene.upos(first) == Some(Upos::Noun) && scene.relation(first).is_some_and(|r| under.contains(&r));
    let verb = scene.lemma(scene.head(first).filter(|_| means)?);
    let class = compared.lexicon.topics.class(&verb).map(str::to_owned);
    Some(class.unwrap_or_else(|| root(&folded(&verb))))
}

/// What somebody did something to that is done once: “a neighbour found the body”.
fn done_to(compared: &Compared, scene: &Scene, token: usize) -> Option<usize> {
    let agent = scene.relation(token).is_some_and(|r| matches!(r, Deprel::Nsubj | Deprel::OblAgent));
    let verb = scene.head(token).filter(|_| agent && scene.upos(token) == Some(Upos::Noun))?;
    let class = compared.lexicon.topics.class(&scene.lemma(verb))?;
    let mut patients = scene.report.reading.children_by(verb, &[Deprel::Obj, Deprel::NsubjPass]);
    patients.find(|_| ONCE.contains(&class))
}

/// Classes of verbs for what is done to somebody or something once.
const ONCE: [&str; 8] = ["find", "rescue", "shoot", "die", "arrest", "destroy", "steal", "injure"];

/// The first of words joined by “and”.
fn first(scene: &Scene, token: usize) -> usize {
    let joined = |t: &usize| scene.head(*t).filter(|_| scene.relation(*t) == Some(Deprel::Conj));
    std::iter::successors(Some(token), joined).take(REACH).last().unwrap_or(token)
}

/// Whether a noun tells where something was done: “at the scene”, “in the head and the chest”.
fn is_place(scene: &Scene, token: usize) -> bool {
    let of_verb = scene.relation(first(scene, token)) == Some(Deprel::Obl);
    scene.upos(token) == Some(Upos::Noun) && of_verb
}

/// Whether what is not the one answer of a question is the other.
fn is_either(stage: &Stage) -> bool {
    stage.course.ends_with("or not") || stage.course == "alive or dead"
}

fn is_rank(stage: &Stage) -> bool {
    stage.course == "what rank"
}

/// Whether a rank is told in one word: no “Lieutenant Colonel”.
fn is_whole(compared: &Compared, scene: &Scene, token: usize) -> bool {
    let rank = |t: usize| {
        let lemma = scene.lemma(t);
        let mut stages = compared.lexicon.topics.degrees(lemma.trim_end_matches('.')).iter();
        stages.any(is_rank)
    };
    !rank(token + 1) && !token.checked_sub(1).is_some_and(rank)
}

/// The name that a title stands before: “Captain Jan Venn”.
fn titled(scene: &Scene, token: usize) -> Option<usize> {
    let reading = &scene.report.reading;
    let end = reading.tokens[token].end;
    let next = |span: Span| span.start >= end && span.start <= end + 2;
    let mut names = reading.tokens.get(token + 1..)?.iter().take(2).filter(|span| next(**span));
    let name = names.find_map(|span| scene.report.findings.mentions.overlapping(*span).next())?;
    let head = reading.head_of(reading.tokens_in(name.0)).filter(|&t| scene.entities[t].is_some());
    head.or_else(|| is_beside(scene, token))
}

/// Of whom a verb tells in the active: “the driver survived”.
fn subject(scene: &Scene, token: usize) -> Option<usize> {
    let passive = scene.report.reading.children_by(token, &[Deprel::NsubjPass]).next().is_some();
    let verb = scene.upos(token) == Some(Upos::Verb);
    let mut subjects = scene.report.reading.children_by(token, &[Deprel::Nsubj]);
    subjects.next().filter(|_| verb && !passive)
}

/// Whether a scale tells what somebody is to somebody else.
fn is_kin(stage: &Stage) -> bool {
    stage.course == "what relation"
}

/// Whose relation somebody is: “his brother”, “the brother of Ana Venn”.
fn owner(scene: &Scene, token: usize) -> Option<u64> {
    let owners = [Deprel::NmodPoss, Deprel::Nmod];
    let mut owners =
        scene.report.reading.children_by(token, &owners).filter(|&t| scene.entities[t].is_some());
    owners.find_map(|t| scene.keys[t])
}

/// What a word is said of: the object or passive subject of a verb, the noun of an adjective, the subject of the verb of an
/// adverb; of a means to whom or what it was done, or who did it.
fn said_of(scene: &Scene, token: usize) -> Option<usize> {
    let reading = &scene.report.reading;
    let undergoing = [Deprel::Obj, Deprel::NsubjPass];
    let subject = [Deprel::Nsubj, Deprel::NsubjPass];
    let token = first(scene, token);
    match scene.upos(token)? {
        Upos::Verb => {
            let mut subject = reading.children_by(token, &[Deprel::Nsubj]);
            reading.children_by(token, &undergoing).next().or_else(|| subject.next())
        }
        Upos::Noun if is_beside(scene, token).is_some() => is_beside(scene, token),
        Upos::Adj if scene.relation(token) == Some(Deprel::Xcomp) => {
            reading.children_by(scene.head(token)?, &subject).next()
        }
        Upos::Adj if scene.relation(token) == Some(Deprel::Amod) => scene.head(token),
        Upos::Adj => reading.children_by(token, &subject).next(),
        Upos::Adv => {
            let verb = scene.head(token).filter(|_| scene.relation(token) == Some(Deprel::Advmod))?;
            reading.children_by(verb, &subject).next()
        }
        Upos::Noun if scene.relation(token) == Some(Deprel::Obl) => {
            let mut cases = reading.children_by(token, &[Deprel::Case]);
            cases.find(|&t| ["with", "in", "on", "by", "at", "inside"].contains(&scene.lemma(t).as_str()))?;
            let verb = scene.head(token)?;
            reading
                .children_by(verb, &undergoing)
                .next()
                .or_else(|| reading.children_by(verb, &subject).next())
        }
        _ => None,
    }
}

/// The name that a noun stands beside: “his brother Jan Venn”, “Jan Venn, his brother”.
fn is_beside(scene: &Scene, token: usize) -> Option<usize> {
    let beside = [Deprel::Appos, Deprel::Flat, Deprel::Compound];
    let named = |t: &usize| scene.entities[*t].is_some();
    let above = scene.head(token).filter(|_| scene.relation(token).is_some_and(|r| beside.contains(&r)));
    above.filter(named).or_else(|| scene.report.reading.children_by(token, &beside).find(named))
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
