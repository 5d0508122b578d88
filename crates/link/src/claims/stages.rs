//! What became of somebody or something: sought, then arrested, then charged; closed, then open again.

use super::Compared;
use super::happenings::{Mood, mood, words};
use super::phrase;
use super::scene::Scene;
use crate::credits::Origins;
use lexicon::Lexicon;
use lexicon::topics::Stage;
use record::{
    ArticleIx, Claim, ClaimRelation, ClaimValue, Deprel, Entity, Evidence, Made, ReferentKind, Slot, Upos,
};
use std::collections::{BTreeMap, BTreeSet};

const MADE: Made = Made::by("rule:link/claim-stage@1");

/// A word for a state, and what it is a state of.
struct Step {
    report: usize,
    token: usize,
    stage: usize,
    /// Keys of those the state may be of.
    of: BTreeSet<u64>,
    /// The state is that of somebody under suspicion who is not named.
    unnamed: bool,
}

/// One update for each course of affairs in which reports of one part stop at different states.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let Compared { scenes, parts, entities, origins, lexicon, .. } = *compared;
    let mut courses: BTreeMap<(usize, &str), Vec<Step>> = BTreeMap::new();
    for (report, scene) in scenes.iter().enumerate() {
        for (token, span) in scene.report.reading.tokens.iter().enumerate() {
            for stage in lexicon.topics.stages(&scene.lemma(token)) {
                if !is_told(scene, token, stage) || scene.report.article.is_boilerplate(*span) {
                    continue;
                }
                let (of, unnamed) = of(scene, token, lexicon);
                let step = Step { report, token, stage: stage.place, of, unnamed };
                courses.entry((parts[report], stage.course)).or_default().push(step);
            }
        }
    }
    let claim =
        |((_, course), steps): (&(usize, &str), &Vec<Step>)| claim(course, steps, scenes, entities, origins);
    courses.iter().filter_map(claim).collect()
}

/// Whether a word tells of a state as reached now: not as to come or denied, nor in a sentence about a past year.
fn is_told(scene: &Scene, token: usize, stage: &Stage) -> bool {
    let reading = &scene.report.reading;
    let verb = scene.upos(token) == Some(Upos::Verb);
    let at = scene.lemma(token) != "large" || token > 0 && scene.lemma(token - 1) == "at";
    let past = || {
        let sentence = scene.sentence(token);
        let mut times = sentence.into_iter().flat_map(|s| reading.times.within(s));
        times.any(|(_, t)| t.value.as_ref().is_some_and(|v| v.len() == 4 && v.starts_with(['1', '2'])))
    };
    (verb || !stage.verb) && at && mood(scene, token) == Mood::Real && !past() && !is_background(scene, token)
}

/// Whether a verb tells what had gone before: in the past perfect, or in a clause that only describes somebody.
fn is_background(scene: &Scene, token: usize) -> bool {
    let describes = matches!(scene.relation(token), Some(Deprel::Amod | Deprel::AclRelcl));
    let had = |t: usize| scene.report.reading.word(scene.text(), t).eq_ignore_ascii_case("had");
    let auxiliaries = [Deprel::Aux, Deprel::AuxPass];
    describes || scene.report.reading.children_by(token, &auxiliaries).any(had)
}

/// Those a state may be of: what the word for it governs, or the subject of what governs the word.
fn of(scene: &Scene, token: usize, lexicon: &Lexicon) -> (BTreeSet<u64>, bool) {
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl, Deprel::Nmod];
    let verb = scene.upos(token) == Some(Upos::Verb);
    let passive = scene.report.reading.children_by(token, &[Deprel::NsubjPass]).next().is_some();
    let own: &[Deprel] = match (verb, passive) {
        (true, true) => &[Deprel::NsubjPass],
        (true, false) => &[Deprel::Obj, Deprel::Nsubj, Deprel::Obl],
        _ => &core,
    };
    let mut tokens: Vec<usize> = scene.report.reading.children_by(token, own).collect();
    if let Some(governor) = scene.governor(token).filter(|_| !verb || tokens.is_empty()) {
        tokens.extend(
            scene.report.reading.children_by(governor, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj]),
        );
    }
    let unnamed = tokens.iter().any(|&t| lexicon.topics.is_of("accused", &scene.lemma(t)));
    (tokens.iter().filter_map(|&t| scene.keys[t]).collect(), unnamed)
}

fn claim(
    course: &str,
    steps: &[Step],
    scenes: &[Scene],
    entities: &[Entity],
    origins: &Origins,
) -> Option<Claim> {
    let people = (course == "case").then(|| people(scenes, entities));
    let (theme, example) = theme(steps, people.as_ref())?;
    let joined: BTreeSet<u64> = match people {
        Some(_) => [theme].into(),
        None => steps.iter().filter(|s| s.of.contains(&theme)).flat_map(|s| s.of.iter().copied()).collect(),
    };
    let is_own = |s: &&Step| !s.of.is_disjoint(&joined) || people.is_some() && s.unnamed;
    let own: Vec<&Step> = steps.iter().filter(is_own).collect();
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    for step in &own {
        let stage = last.entry(step.report).or_insert(step.stage);
        *stage = (*stage).max(step.stage);
    }
    let stages: BTreeSet<usize> = last.values().copied().collect();
    if stages.len() < 2 {
        return None;
    }
    let value = |stage: &usize| {
        let at: Vec<&&Step> = own.iter().filter(|s| s.stage == *stage && last[&s.report] == *stage).collect();
        let told = phrase::clause(&scenes[at[0].report], entities, at[0].token);
        let evidence: Vec<Evidence> =
            at.iter().map(|s| scenes[s.report].evidence(words(&scenes[s.report], s.token))).collect();
        ClaimValue { value: told, number: None, unit: None, text: None, evidence }
    };
    let values: Vec<ClaimValue> = stages.iter().map(value).collect();
    let shown: Vec<String> = values.iter().map(|v| format!("“{}”", v.value)).collect();
    let scene = &scenes[example.report];
    let whose =
        scene.keys.iter().position(|key| *key == Some(theme)).map(|t| phrase::nominal(scene, entities, t));
    Some(Claim {
        topic: format!("what became of {}", whose.unwrap_or_default()),
        slot: Slot::Outcome,
        relation: ClaimRelation::Update,
        reason: format!("states that follow one another: {}", shown.join(" → ")),
        values,
        independent_origins: origins.count(last.keys().map(|&r| ArticleIx(r as u32))),
        confidence: 0.6,
        made_by: MADE,
    })
}

/// Keys of the people named in the reports.
fn people(scenes: &[Scene], entities: &[Entity]) -> BTreeSet<u64> {
    let person = |e: &u32| entities.get(*e as usize).is_some_and(|e| e.kind == ReferentKind::Person);
    let named = scenes.iter().flat_map(|scene| scene.entities.iter().zip(&scene.keys));
    named.filter(|(entity, _)| entity.as_ref().is_some_and(person)).filter_map(|(_, key)| *key).collect()
}

/// Whom or what most reports tell the states of, if these are several, and a step that names it.
fn theme<'s>(steps: &'s [Step], people: Option<&BTreeSet<u64>>) -> Option<(u64, &'s Step)> {
    let mut told: BTreeMap<u64, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for step in steps {
        for key in step.of.iter().filter(|key| people.is_none_or(|people| people.contains(key))) {
            let (reports, stages) = told.entry(*key).or_default();
            reports.insert(step.report);
            stages.insert(step.stage);
        }
    }
    told.retain(|_, (reports, stages)| reports.len() > 1 && stages.len() > 1);
    let best = told
        .into_iter()
        .max_by_key(|(key, (reports, stages))| (reports.len(), stages.len(), std::cmp::Reverse(*key)))?
        .0;
    Some((best, steps.iter().find(|step| step.of.contains(&best))?))
}
