//! Claims: where the reports of one story agree, add to and contradict one another.

mod align;
mod fact;
mod scene;
mod told;
mod unsettled;
mod value;
mod wording;

use crate::credits::Origins;
use crate::entities::by_referent;
use align::{Contrast, Group, align};
use fact::{Fact, facts};
use lexicon::Lexicon;
use record::{ArticleIx, Claim, Links, Report, Slot};
use scene::Scene;
use std::collections::{BTreeMap, BTreeSet};

/// Claims that only one report has, at most so many a report, the first in its text.
const ONLY: usize = 6;

/// Claims in text order of their first evidence.
pub(crate) fn claims(reports: &[Report], links: &Links, origins: &Origins, lexicon: &Lexicon) -> Vec<Claim> {
    let entity_of = by_referent(&links.entities);
    let scenes: Vec<Scene> = reports
        .iter()
        .zip(0..)
        .map(|(report, i)| Scene::of(ArticleIx(i), report, &links.entities, &entity_of, lexicon))
        .collect();
    let weights = Weights::of(&scenes);
    let idf = |key: u64| weights.of_key(key);
    let facts: Vec<Fact> = scenes.iter().flat_map(|scene| facts(scene, &idf, lexicon)).collect();
    let mut claims = valued(&facts, reports, origins);
    claims.retain(|claim| reports.len() > 1 || claim.relation != record::ClaimRelation::Only);
    claims.extend(unsettled::claims(&scenes, reports, origins, lexicon));
    claims.extend(told::quotes(&scenes, links, origins));
    claims.extend(told::roles(&scenes, links, &entity_of, origins, lexicon));
    claims.sort_by_key(|claim| claim.values.first().and_then(|v| v.evidence.first()).copied());
    claims
}

/// Claims about numbers and times.
fn valued(facts: &[Fact], reports: &[Report], origins: &Origins) -> Vec<Claim> {
    let (groups, contrasts) = align(facts);
    let questions = questions(&groups, &contrasts);
    let disputed = disputed(&questions, &groups, facts);
    let mut claims: Vec<Claim> = questions
        .iter()
        .filter(|question| !is_disputed(question, &groups, facts, &disputed))
        .filter(|question| !is_bare(question, &groups, facts))
        .filter_map(|question| wording::claim(question, &groups, facts, reports, origins))
        .collect();
    claims.extend(lone(&questions, &groups, facts).into_iter().map(wording::only));
    claims
}

/// Verbs of reports whose numbers or times are in a question with other values: question and value of each.
type Disputed = BTreeMap<(ArticleIx, usize), BTreeSet<(usize, usize)>>;

fn disputed(questions: &[Question], groups: &[Group], facts: &[Fact]) -> Disputed {
    let mut disputed = Disputed::new();
    for (q, question) in questions.iter().enumerate().filter(|(_, q)| q.groups.len() > 1) {
        for (&group, fact) in
            question.groups.iter().flat_map(|g| groups[*g].facts.iter().map(move |f| (g, &facts[*f])))
        {
            if let Some(verb) = fact.verb.filter(|_| fact.slot != Slot::Event) {
                disputed.entry((fact.evidence.article, verb)).or_default().insert((q, group));
            }
        }
    }
    disputed
}

/// Whether an event is the same only but for the number, time or place that the reports differ in: the
/// difference is the claim then.
fn is_disputed(question: &Question, groups: &[Group], facts: &[Fact], disputed: &Disputed) -> bool {
    let [group] = question.groups[..] else { return false };
    let values: BTreeSet<(usize, usize)> = groups[group]
        .facts
        .iter()
        .map(|f| &facts[*f])
        .filter(|fact| fact.slot == Slot::Event)
        .filter_map(|fact| disputed.get(&(fact.evidence.article, fact.verb?)))
        .flatten()
        .copied()
        .collect();
    values.iter().zip(values.iter().skip(1)).any(|(x, y)| x.0 == y.0)
}

/// Whether a number that two reports give is of nothing but a bare noun without a verb: “two countries”.
fn is_bare(question: &Question, groups: &[Group], facts: &[Fact]) -> bool {
    let [group] = question.groups[..] else { return false };
    let mut facts = groups[group].facts.iter().map(|f| &facts[*f]);
    facts.clone().map(|f| f.evidence.article).collect::<BTreeSet<_>>().len() > 1
        && facts.all(|fact| fact.slot == Slot::Count && !fact.topic.contains(' '))
}

/// Numbers of things that one report alone gives, the first few of each report.
fn lone<'f>(questions: &[Question], groups: &[Group], facts: &'f [Fact]) -> Vec<Vec<&'f Fact>> {
    let facts_of =
        |q: &Question| q.groups.iter().flat_map(|&g| &groups[g].facts).map(|&f| &facts[f]).collect();
    let sides = questions.iter().filter(|q| q.groups.len() == 1).map(facts_of);
    let mut lone: Vec<Vec<&Fact>> = sides
        .filter(|side: &Vec<&Fact>| side.iter().all(|fact| fact.evidence.article == side[0].evidence.article))
        .filter(|side| side[0].named && matches!(side[0].slot, Slot::Count | Slot::Money | Slot::Magnitude))
        .collect();
    lone.sort_by_key(|side| side[0].evidence);
    let reports = lone.chunk_by(|x, y| x[0].evidence.article == y[0].evidence.article);
    reports.flat_map(|run| run.iter().take(ONLY).cloned()).collect()
}

/// Groups that answer one question, with the contrasts between them.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) groups: Vec<usize>,
    pub(crate) contrasts: Vec<Contrast>,
}

/// Joins groups along contrasts, the best first; a report answers a question once.
fn questions(groups: &[Group], contrasts: &[Contrast]) -> Vec<Question> {
    let mut of: Vec<usize> = (0..groups.len()).collect();
    let mut questions: BTreeMap<usize, Question> =
        (0..groups.len()).map(|g| (g, Question { groups: vec![g], contrasts: Vec::new() })).collect();
    for contrast in contrasts {
        let (a, b) = (of[contrast.a], of[contrast.b]);
        if a != b {
            let Some(moved) = questions.remove(&b) else { continue };
            moved.groups.iter().for_each(|g| of[*g] = a);
            if let Some(question) = questions.get_mut(&a) {
                question.groups.extend(moved.groups);
                question.contrasts.extend(moved.contrasts);
            }
        }
        if let Some(question) = questions.get_mut(&a) {
            question.contrasts.push(*contrast);
        }
    }
    questions.into_values().collect()
}

/// Inverse sentence frequency of keys over all reports of the story.
struct Weights {
    sentences: f64,
    frequency: BTreeMap<u64, u32>,
}

impl Weights {
    fn of(scenes: &[Scene]) -> Self {
        let (mut frequency, mut sentences): (BTreeMap<u64, u32>, usize) = (BTreeMap::new(), 0);
        for scene in scenes {
            for sentence in &scene.report.reading.sentences {
                sentences += 1;
                let keys: BTreeSet<u64> =
                    scene.keys[sentence.tokens.range()].iter().flatten().copied().collect();
                keys.into_iter().for_each(|key| *frequency.entry(key).or_default() += 1);
            }
        }
        Self { sentences: sentences as f64, frequency }
    }

    fn of_key(&self, key: u64) -> f64 {
        let frequency = self.frequency.get(&key).copied().unwrap_or_default();
        ((self.sentences + 1.0) / (f64::from(frequency) + 1.0)).ln() + 0.3
    }
}
