//! What became of somebody or something: sought, then arrested, then charged; closed, then open again.

use super::Compared;
use super::fact::is_people;
use super::happenings::{Mood, words};
use super::mood::told_mood;
use super::phrase;
use super::scene::Scene;
use lexicon::Lexicon;
use lexicon::topics::Stage;
use record::{
    ArticleIx, Claim, ClaimRelation, ClaimValue, Deprel, Entity, Evidence, Made, ReferentKind, Slot, Upos,
    Xpos,
};
use std::collections::{BTreeMap, BTreeSet};

const MADE: Made = Made::by("rule:link/claim-stage@2");

/// Pronouns that may take up one another.
const CHAIN: usize = 4;

/// A word for a state, and what it is a state of.
struct Step {
    report: usize,
    token: usize,
    stage: usize,
    /// Keys of those the state may be of.
    of: BTreeSet<u64>,
    /// The state is that of somebody under suspicion, or wanted, who is not named.
    unnamed: bool,
    /// The state is that of whom or what a pronoun takes up.
    pronoun: bool,
    /// The words say that a later state is not reached: “no arrests were made”.
    denied: bool,
    /// The sentence tells of somebody who is, or should be, in prison.
    captive: bool,
}

/// One update for each course of affairs in which reports of one part stop at different states.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let mut courses: BTreeMap<(usize, &str), Vec<Step>> = BTreeMap::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        for (token, span) in scene.report.reading.tokens.iter().enumerate() {
            for stage in compared.lexicon.topics.stages(&scene.lemma(token)) {
                let step = step(scene, report, token, stage, compared.lexicon);
                if let Some(step) = step.filter(|_| !scene.report.article.is_boilerplate(*span)) {
                    courses.entry((compared.parts[report], stage.course)).or_default().push(step);
                }
            }
        }
    }
    let escaped: BTreeSet<usize> = courses
        .iter()
        .filter(|((_, course), steps)| *course == "escape" && is_escape(steps))
        .map(|((part, _), _)| *part)
        .collect();
    let people = people(compared.scenes, compared.entities);
    let is_meant = |part: &usize, course: &str| match course {
        "escape" => escaped.contains(part),
        "case" => !escaped.contains(part),
        _ => true,
    };
    let claims = courses.iter().filter(|((part, course), _)| is_meant(part, course));
    claims.filter_map(|((_, course), steps)| claim(course, steps, &people, compared)).collect()
}

/// Whether several reports tell of somebody who got out of prison: what such a person was sentenced for is no later state.
fn is_escape(steps: &[Step]) -> bool {
    let out = steps.iter().filter(|step| step.captive && step.stage == 0);
    out.map(|step| step.report).collect::<BTreeSet<_>>().len() > 1
}

fn step(scene: &Scene, report: usize, token: usize, stage: &Stage, lexicon: &Lexicon) -> Option<Step> {
    let reached = reached(scene, token, stage, lexicon)?;
    let tokens = bearers(scene, token);
    let can_bear = |t: &usize| lexicon.topics.can_bear(stage.course, &scene.lemma(*t));
    let tokens: Vec<usize> = tokens
        .into_iter()
        .filter(can_bear)
        .filter(|&t| !is_of_one(stage.course) || is_one(scene, t))
        .collect();
    let reading = &scene.report.reading;
    let mut sentence = reading.sentence_of(token).map_or(0..0, |s| reading.sentences[s].tokens.range());
    let in_group = |t: usize, group: &str| lexicon.topics.is_of(group, &scene.lemma(t));
    Some(Step {
        report,
        token,
        stage: reached,
        of: tokens.iter().filter_map(|&t| scene.keys[t].or_else(|| taken_up(scene, t))).collect(),
        unnamed: tokens.iter().any(|&t| {
            in_group(t, "accused")
                || in_group(t, "captive")
                || stage.place > 0 && is_somebody(scene, t, lexicon)
        }),
        pronoun: tokens.iter().any(|&t| scene.upos(t) == Some(Upos::Pron)),
        denied: told_mood(scene, token, lexicon) == Mood::Denied,
        captive: sentence.any(|t| in_group(t, "captive")),
    })
}

/// Whether a noun means one person who is not named: “a man”.
fn is_somebody(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    is_one(scene, token) && scene.entities[token].is_none() && is_people(scene, token, lexicon)
}

/// Courses of affairs of one person or thing.
fn is_of_one(course: &str) -> bool {
    ["health", "missing"].contains(&course)
}

fn is_one(scene: &Scene, token: usize) -> bool {
    let reading = &scene.report.reading;
    let plural = reading.tags.get(token).is_some_and(|tag| matches!(tag.xpos, Xpos::Nns | Xpos::Nnps));
    !plural && reading.children_by(token, &[Deprel::Nummod, Deprel::Conj]).next().is_none()
}

/// The state that a word says is reached now: the one before where its own is to come or denied, none in a sentence about a
/// past year.
fn reached(scene: &Scene, token: usize, stage: &Stage, lexicon: &Lexicon) -> Option<usize> {
    let reading = &scene.report.reading;
    let verb = scene.upos(token) == Some(Upos::Verb);
    let past = || {
        let sentence = scene.sentence(token);
        let mut times = sentence.into_iter().flat_map(|s| reading.times.within(s));
        times.any(|(_, t)| t.value.as_ref().is_some_and(|v| v.len() == 4 && v.starts_with(['1', '2'])))
    };
    let left = reading.children_by(token, &[Deprel::Case]).any(|t| scene.lemma(t) == "from");
    let told = (verb || !stage.verb)
        && is_phrase(scene, token, stage)
        && !left
        && !past()
        && !is_background(scene, token);
    match told_mood(scene, token, lexicon) {
        Mood::Real => Some(stage.place),
        _ => stage.place.checked_sub(1),
    }
    .filter(|_| told)
}

/// Tokens from one word of a phrase to the next, at most.
const GAP: usize = 4;

/// Whether the words that name a state stand around the one that it is looked up by.
pub(crate) fn is_phrase(scene: &Scene, token: usize, stage: &Stage) -> bool {
    let words: Vec<&str> = stage.lemmas().collect();
    let own = scene.lemma(token);
    let at = words.iter().position(|word| *word == own.trim_end_matches('.')).unwrap_or_default();
    let is = |t: usize, word: &str| scene.lemma(t) == word;
    let next = |from: Option<usize>, word: &&str| {
        let from = from? + 1;
        (from..(from + GAP).min(scene.keys.len())).find(|&t| is(t, word))
    };
    let last = |to: Option<usize>, word: &&str| {
        let to = to?;
        (to.saturating_sub(GAP)..to).rev().find(|&t| is(t, word))
    };
    words[at + 1..].iter().fold(Some(token), next).is_some()
        && words[..at].iter().rev().fold(Some(token), last).is_some()
}

/// Whether a verb tells what had gone before: in the past perfect (unless reported: “said that he had been arrested”), or in a clause that only describes somebody.
fn is_background(scene: &Scene, token: usize) -> bool {
    let describes = matches!(scene.relation(token), Some(Deprel::Amod | Deprel::Acl | Deprel::AclRelcl));
    let had = |t: usize| scene.report.reading.word(scene.text(), t).eq_ignore_ascii_case("had");
    let auxiliaries = [Deprel::Aux, Deprel::AuxPass];
    let reported = scene.relation(token) == Some(Deprel::Ccomp);
    describes || !reported && scene.report.reading.children_by(token, &auxiliaries).any(had)
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

fn claim(course: &str, steps: &[Step], people: &BTreeSet<u64>, compared: &Compared) -> Option<Claim> {
    let Compared { scenes, entities, origins, .. } = *compared;
    let one = ["case", "escape"].contains(&course);
    let may = |key: &u64| match course {
        "case" | "escape" => people.contains(key),
        "captive" => people.contains(key),
        "health" | "missing" => true,
        _ => !people.contains(key),
    };
    let theme = theme(steps, &may);
    let nobody = course == "case" && steps.iter().any(|s| s.unnamed && s.denied);
    if theme.is_none() && !nobody {
        return None;
    }
    let joined: BTreeSet<u64> = match theme {
        Some((theme, _)) if !one => {
            steps.iter().filter(|s| s.of.contains(&theme)).flat_map(|s| s.of.iter().copied()).collect()
        }
        theme => theme.iter().map(|(theme, _)| *theme).collect(),
    };
    let named: BTreeSet<usize> =
        steps.iter().filter(|s| !s.of.is_disjoint(&joined)).map(|s| s.report).collect();
    let is_own = |s: &&Step| {
        let taken_up = s.of.is_empty() && s.pronoun && named.contains(&s.report);
        !s.of.is_disjoint(&joined) || one && s.unnamed || taken_up
    };
    let own: Vec<&Step> = steps.iter().filter(is_own).collect();
    let last = last(&own, scenes, one);
    let stages: BTreeSet<usize> = last.values().copied().collect();
    if stages.len() < 2 {
        return None;
    }
    let others = |s: &Step| s.of.iter().any(|key| !joined.contains(key) && people.contains(key));
    let value = |stage: &usize| {
        let stops = |s: &&Step| s.stage == *stage && last.get(&s.report) == Some(stage);
        let at: Vec<&&Step> = own.iter().filter(|s| stops(s)).collect();
        let told = phrase::clause(&scenes[at[0].report], entities, at[0].token);
        let all = steps.iter().filter(|s| stops(s) && !others(s));
        let mut evidence: Vec<Evidence> =
            all.map(|s| scenes[s.report].evidence(words(&scenes[s.report], s.token))).collect();
        evidence.sort_unstable();
        evidence.dedup();
        ClaimValue { value: told, number: None, unit: None, text: None, evidence }
    };
    let values: Vec<ClaimValue> = stages.iter().map(value).collect();
    let shown: Vec<String> = values.iter().map(|v| format!("“{}”", v.value)).collect();
    let whose = theme.and_then(|(theme, example)| {
        let scene = &scenes[example.report];
        let token = scene.keys.iter().position(|key| *key == Some(theme))?;
        Some(phrase::nominal(scene, entities, token))
    });
    Some(Claim {
        topic: format!("what became of {}", whose.unwrap_or_else(|| "the suspects".to_owned())),
        slot: Slot::Outcome,
        relation: ClaimRelation::Update,
        reason: format!("states that follow one another: {}", shown.join(" → ")),
        values,
        independent_origins: origins.count(last.keys().map(|&r| ArticleIx(r as u32))),
        confidence: 0.6,
        made_by: MADE,
    })
}

/// Sentences of a report in which what is new of a case is told.
const OPENING: usize = 4;

/// The state at which each report stops: of a case, the last of its opening or else of the first sentence that tells one, since
/// reports begin with what is new and go back to how it came about; of other things the last that is told.
fn last(steps: &[&Step], scenes: &[Scene], case: bool) -> BTreeMap<usize, usize> {
    let mut last: BTreeMap<usize, (usize, usize)> = BTreeMap::new();

    for step in steps {
        let sentence = scenes[step.report].report.reading.sentence_of(step.token).unwrap_or(usize::MAX);
        let (first, stage) = last.entry(step.report).or_insert((sentence, step.stage));
        if !case || *first == sentence || sentence < OPENING {
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
fn theme<'s>(steps: &'s [Step], may: &dyn Fn(&u64) -> bool) -> Option<(u64, &'s Step)> {
    let mut told: BTreeMap<u64, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for step in steps {
        for key in step.of.iter().filter(|key| may(key)) {
            let (reports, stages) = told.entry(*key).or_default();
            reports.insert(step.report);
            stages.insert(step.stage);
        }
    }
    // Steps of nobody by name count where a theme is told of in several reports.
    let open: BTreeSet<usize> =
        steps.iter().filter(|s| s.unnamed || s.of.is_empty() && s.pronoun).map(|s| s.stage).collect();
    let alone = told.len() == 1;
    told.retain(|_, (reports, stages)| (reports.len() > 1 || alone) && stages.union(&open).count() > 1);
    let best = told
        .into_iter()
        .max_by_key(|(key, (reports, stages))| (reports.len(), stages.len(), std::cmp::Reverse(*key)))?
        .0;
    Some((best, steps.iter().find(|step| step.of.contains(&best))?))
}
