//! What became of somebody or something: sought, then arrested, then charged; closed, then open again.

use super::Compared;
use super::happenings::{Mood, mood, words};
use super::phrase;
use super::scene::Scene;
use crate::credits::Origins;
use lexicon::topics::Stage;
use record::{
    ArticleIx, Claim, ClaimRelation, ClaimValue, Deprel, Entity, Evidence, Made, ReferentKind, Slot, Upos,
};
use std::collections::{BTreeMap, BTreeSet};

const MADE: Made = Made::by("rule:link/claim-stage@1");

/// Pronouns that may take up one another.
const CHAIN: usize = 4;

/// A word for a state, and what it is a state of.
struct Step {
    report: usize,
    token: usize,
    stage: usize,
    /// Keys of those the state may be of.
    of: BTreeSet<u64>,
    /// The state is that of somebody under suspicion who is not named.
    unnamed: bool,
    /// The state is that of whom or what a pronoun takes up.
    pronoun: bool,
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
                let tokens = bearers(scene, token);
                let step = Step {
                    report,
                    token,
                    stage: stage.place,
                    of: tokens.iter().filter_map(|&t| scene.keys[t].or_else(|| taken_up(scene, t))).collect(),
                    unnamed: tokens.iter().any(|&t| lexicon.topics.is_of("accused", &scene.lemma(t))),
                    pronoun: tokens.iter().any(|&t| scene.upos(t) == Some(Upos::Pron)),
                };
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
    let left = reading.children_by(token, &[Deprel::Case]).any(|t| scene.lemma(t) == "from");
    (verb || !stage.verb)
        && at
        && !left
        && mood(scene, token) == Mood::Real
        && !past()
        && !is_background(scene, token)
}

/// Whether a verb tells what had gone before: in the past perfect, or in a clause that only describes somebody.
fn is_background(scene: &Scene, token: usize) -> bool {
    let describes = matches!(scene.relation(token), Some(Deprel::Amod | Deprel::Acl | Deprel::AclRelcl));
    let had = |t: usize| scene.report.reading.word(scene.text(), t).eq_ignore_ascii_case("had");
    let auxiliaries = [Deprel::Aux, Deprel::AuxPass];
    describes || scene.report.reading.children_by(token, &auxiliaries).any(had)
}

/// Those a state may be of: what the word for it governs, or the subject of what governs the word.
fn bearers(scene: &Scene, token: usize) -> Vec<usize> {
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
    tokens
}

/// What a pronoun takes up.
fn taken_up(scene: &Scene, token: usize) -> Option<u64> {
    let antecedent =
        |t: &usize| scene.report.reading.antecedents.get(*t).copied().flatten().map(|a| a.token as usize);
    let mut chain = std::iter::successors(antecedent(&token), antecedent).take(CHAIN);
    let pronoun = scene.upos(token) == Some(Upos::Pron);
    chain.find_map(|t| scene.keys[t]).filter(|_| pronoun)
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
    let named: BTreeSet<usize> =
        steps.iter().filter(|s| !s.of.is_disjoint(&joined)).map(|s| s.report).collect();
    let is_own = |s: &&Step| {
        let taken_up = s.of.is_empty() && s.pronoun && named.contains(&s.report);
        !s.of.is_disjoint(&joined) || people.is_some() && s.unnamed || taken_up
    };
    let own: Vec<&Step> = steps.iter().filter(is_own).collect();
    let last = last(&own, scenes, people.is_some());
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

/// The state at which each report stops: of a case, the last of the first sentence that tells one, since reports begin with what
/// is new and go back to how it came about; of other things the last that is told.
fn last(steps: &[&Step], scenes: &[Scene], case: bool) -> BTreeMap<usize, usize> {
    let mut last: BTreeMap<usize, (Option<usize>, usize)> = BTreeMap::new();
    for step in steps {
        let sentence = scenes[step.report].report.reading.sentence_of(step.token);
        let (first, stage) = last.entry(step.report).or_insert((sentence, step.stage));
        if !case || *first == sentence {
            *stage = (*stage).max(step.stage);
        }
    }
    last.into_iter().map(|(report, (_, stage))| (report, stage)).collect()
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
    // Steps of nobody by name count where a theme is told of in several reports.
    let open: BTreeSet<usize> =
        steps.iter().filter(|s| s.unnamed || s.of.is_empty() && s.pronoun).map(|s| s.stage).collect();
    told.retain(|_, (reports, stages)| reports.len() > 1 && stages.union(&open).count() > 1);
    let best = told
        .into_iter()
        .max_by_key(|(key, (reports, stages))| (reports.len(), stages.len(), std::cmp::Reverse(*key)))?
        .0;
    Some((best, steps.iter().find(|step| step.of.contains(&best))?))
}
