//! Events that several reports tell: mentions in verbs and nouns of one kind, in reports of one happening.

use super::phrase;
use super::scene::Scene;
use super::unsettled::is_negation;
use crate::credits::Origins;
use crate::words::{folded, root};
use lexicon::Lexicon;
use record::{Claim, ClaimRelation, ClaimValue, Deprel, Entity, Evidence, Made, Slot, Span, Upos};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

const MADE: Made = Made::by("rule:link/claim-event@1");

/// Whether something took place, as the words around it say: reports agree in an event only of one mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mood {
    Real,
    /// To come, possible, intended.
    Open,
    Denied,
}

/// One claim for each event that two reports of one part tell.
pub(crate) fn claims(
    scenes: &[Scene],
    parts: &[usize],
    entities: &[Entity],
    origins: &Origins,
    lexicon: &Lexicon,
) -> Vec<Claim> {
    let verbs = verbs(scenes);
    let mut events: BTreeMap<(usize, Mood, u64), Vec<(usize, usize)>> = BTreeMap::new();
    for (report, scene) in scenes.iter().enumerate() {
        for (token, span) in scene.report.reading.tokens.iter().enumerate() {
            let kind = kind(scene, token, &verbs, lexicon);
            if let Some(kind) = kind.filter(|_| !scene.report.article.is_boilerplate(*span)) {
                let event = (parts[report], mood(scene, token), kind);
                events.entry(event).or_default().push((report, token));
            }
        }
    }
    let claim = |mentions: &Vec<(usize, usize)>| claim(mentions, scenes, entities, origins);
    events.values().filter_map(claim).collect()
}

/// Roots of all verbs: a noun of one of these roots names an event.
fn verbs(scenes: &[Scene]) -> BTreeSet<String> {
    let verbs = scenes.iter().flat_map(|scene| {
        let tokens = (0..scene.keys.len()).filter(|&t| scene.upos(t) == Some(Upos::Verb));
        tokens.map(|t| root(&folded(&scene.lemma(t))))
    });
    verbs.filter(|root| root.len() >= 3).collect()
}

/// The kind of event that a verb or noun names: the class of its word, or its root.
fn kind(scene: &Scene, token: usize, verbs: &BTreeSet<String>, lexicon: &Lexicon) -> Option<u64> {
    let word = folded(&scene.lemma(token));
    let upos = scene.upos(token)?;
    if word.chars().count() < 2 || lexicon.topics.is_stop(&word) || scene.entities[token].is_some() {
        return None;
    }
    let class = lexicon.topics.class(&word).filter(|class| !class.starts_with('@'));
    let is_event = match upos {
        Upos::Verb => word.chars().any(char::is_alphabetic),
        Upos::Noun => {
            let person = lexicon.kinds.is_people(&word) || lexicon.people.role(&word).is_some();
            !person && (class.is_some() || !is_thing(&word, lexicon) && verbs.contains(&root(&word)))
        }
        Upos::Adj | Upos::Propn => class.is_some(),
        _ => false,
    };
    let name = class.map_or_else(|| root(&word), |class| format!("class {class}"));
    is_event.then(|| xxh3_64(name.as_bytes()))
}

/// Whether a word is known to name things, which do not happen.
fn is_thing(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.topics.class(word).is_some_and(|class| class.starts_with('@'))
}

/// What the auxiliaries and negations of a word say of whether it took place.
pub(crate) fn mood(scene: &Scene, token: usize) -> Mood {
    let reading = &scene.report.reading;
    let own = [Deprel::Aux, Deprel::Advmod, Deprel::Det, Deprel::Mark, Deprel::Cop];
    let mut children: Vec<usize> = reading.children_by(token, &own).collect();
    let joined = scene.relation(token) == Some(Deprel::Xcomp) && scene.upos(token) == Some(Upos::Verb);
    children.extend(
        scene
            .head(token)
            .filter(|_| joined)
            .into_iter()
            .flat_map(|h| reading.children_by(h, &[Deprel::Aux, Deprel::Advmod]).collect::<Vec<_>>()),
    );
    if children.iter().any(|&t| is_negation(scene, t)) {
        return Mood::Denied;
    }
    let open =
        ["will", "shall", "may", "might", "could", "would", "can", "should", "ll", "'ll", "if", "whether"];
    match children.iter().any(|&t| open.contains(&scene.lemma(t).as_str())) {
        true => Mood::Open,
        false => Mood::Real,
    }
}

fn claim(
    mentions: &[(usize, usize)],
    scenes: &[Scene],
    entities: &[Entity],
    origins: &Origins,
) -> Option<Claim> {
    let reports: BTreeSet<usize> = mentions.iter().map(|(report, _)| *report).collect();
    if reports.len() < 2 {
        return None;
    }
    let fullest = |(report, token): &&(usize, usize)| {
        let told = phrase::clause(&scenes[*report], entities, *token);
        (arguments(&scenes[*report], *token), std::cmp::Reverse((told.len() > 60, *report, *token)))
    };
    let (report, token) = *mentions.iter().max_by_key(fullest)?;
    let topic = phrase::clause(&scenes[report], entities, token);
    if scenes[report].upos(token) == Some(Upos::Verb) && !topic.contains(' ') {
        return None;
    }
    let mut evidence: Vec<Evidence> =
        mentions.iter().map(|&(r, t)| scenes[r].evidence(words(&scenes[r], t))).collect();
    evidence.sort_unstable();
    evidence.dedup();
    Some(Claim {
        reason: format!("the same event in {} reports: {topic}", reports.len()),
        slot: Slot::Event,
        relation: ClaimRelation::Agree,
        values: vec![ClaimValue { value: topic.clone(), number: None, unit: None, text: None, evidence }],
        topic,
        independent_origins: origins.count(reports.iter().map(|&r| scenes[r].article)),
        confidence: 0.75,
        made_by: MADE,
    })
}

/// How many of subject and object a mention names.
fn arguments(scene: &Scene, token: usize) -> usize {
    let subject = phrase::participant(scene, token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    let object = phrase::participant(scene, token, &[Deprel::Obj]).is_some();
    usize::from(subject) + usize::from(object)
}

/// The word of an event, with the particle of its verb: its arguments may name other events.
pub(crate) fn words(scene: &Scene, token: usize) -> Span {
    let reading = &scene.report.reading;
    let particle = reading.children_by(token, &[Deprel::CompoundPrt]).find(|&t| t == token + 1);
    reading.tokens[token].cover(reading.tokens[particle.unwrap_or(token)])
}
