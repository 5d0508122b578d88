//! Claims: where the reports of one story agree, add to and contradict one another.

mod align;
mod fact;
mod happenings;
mod parts;
mod phrase;
mod question;
mod scene;
mod spelling;
mod stages;
mod told;
mod unsettled;
mod value;
mod withheld;
mod wording;

use crate::credits::Origins;
use crate::entities::by_referent;
use align::{Contrast, Group, align};
use encoder::Encoder;
use fact::{Fact, Reader, facts};
use lexicon::Lexicon;
use question::Sentence;
use record::{ArticleIx, Claim, Links, Report, Slot};
use scene::Scene;
use std::collections::{BTreeMap, BTreeSet};

/// Claims that only one report has, at most so many a report, the first in its text.
const ONLY: usize = 6;
/// Sentences up to which their vectors are computed; of more, the words alone are compared.
const ENCODED: usize = 6_000;

/// Claims in text order of their first evidence.
pub(crate) fn claims(
    reports: &[Report],
    links: &Links,
    origins: &Origins,
    encoder: &Encoder,
    lexicon: &Lexicon,
) -> Vec<Claim> {
    let entity_of = by_referent(&links.entities);
    let scenes: Vec<Scene> = reports
        .iter()
        .zip(0..)
        .map(|(report, i)| Scene::of(ArticleIx(i), report, &links.entities, &entity_of, lexicon))
        .collect();
    let weights = Weights::of(&scenes);
    let idf = |key: u64| weights.of_key(key);
    let parts = parts::parts(&scenes, &links.stories, lexicon);
    let reader = Reader { entities: &links.entities, idf: &idf, lexicon };
    let mut facts: Vec<Fact> = scenes.iter().flat_map(|scene| facts(scene, &reader)).collect();
    facts.iter_mut().for_each(|fact| fact.part = parts[fact.evidence.article.0 as usize]);
    let sentences = sentences(&scenes, &mut facts, &idf, encoder);
    let mut claims = valued(&facts, &sentences, &idf, reports, origins);
    claims.retain(|claim| reports.len() > 1 || claim.relation != record::ClaimRelation::Only);
    claims.extend(happenings::claims(&scenes, &parts, &links.entities, origins, lexicon));
    claims.extend(spelling::claims(&scenes, &parts, &links.entities, &entity_of, origins));
    claims.extend(stages::claims(&scenes, &parts, &links.entities, origins, lexicon));
    claims.extend(withheld::claims(&scenes, &parts, origins, lexicon));
    claims.extend(unsettled::claims(&scenes, reports, origins, lexicon));
    claims.extend(told::quotes(&scenes, links, origins));
    claims.extend(told::roles(&scenes, links, &entity_of, origins, lexicon));
    claims.sort_by_key(|claim| claim.values.first().and_then(|v| v.evidence.first()).copied());
    claims
}

/// The sentences that hold numbers and times, each once; the facts' indices are set to them.
fn sentences(
    scenes: &[Scene],
    facts: &mut [Fact],
    idf: &dyn Fn(u64) -> f64,
    encoder: &Encoder,
) -> Vec<Sentence> {
    let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for fact in facts.iter_mut() {
        let next = places.len();
        fact.sentence = *places.entry((fact.evidence.article.0 as usize, fact.sentence)).or_insert(next);
    }
    let mut order: Vec<(usize, (usize, usize))> = places.into_iter().map(|(place, i)| (i, place)).collect();
    order.sort_unstable();
    let tokens = |report: usize, sentence: usize| scenes[report].report.reading.sentences[sentence].tokens;
    let words = |report: usize, sentence: usize| {
        let keys = scenes[report].keys[tokens(report, sentence).range()].iter().flatten();
        scene::unit(keys.map(|key| (*key, idf(*key))).collect())
    };
    let text = |report: usize, sentence: usize| {
        let span = scenes[report].report.reading.span_of(tokens(report, sentence));
        span.map_or("", |span| span.text(scenes[report].text()))
    };
    let texts: Vec<&str> = order.iter().map(|&(_, (report, sentence))| text(report, sentence)).collect();
    let vectors = if texts.len() <= ENCODED { encoder.vectors(&texts) } else { Vec::new() };
    let mut vectors = vectors.into_iter();
    order
        .iter()
        .map(|&(_, (r, s))| Sentence { words: words(r, s), vector: vectors.next().unwrap_or_default() })
        .collect()
}

/// Claims about numbers and times.
fn valued(
    facts: &[Fact],
    sentences: &[Sentence],
    idf: &dyn Fn(u64) -> f64,
    reports: &[Report],
    origins: &Origins,
) -> Vec<Claim> {
    let (groups, contrasts) = align(facts, sentences, idf);
    let questions = questions(&groups, &contrasts);
    let mut claims: Vec<Claim> = questions
        .iter()
        .filter(|question| !is_bare(question, &groups, facts) && !is_event(question, &groups, facts))
        .filter_map(|question| wording::claim(question, &groups, facts, reports, origins))
        .collect();
    claims.extend(lone(&questions, &groups, facts).into_iter().map(wording::only));
    claims
}

/// Whether a question is only that something happened: events that reports agree on are told by `happenings`.
fn is_event(question: &Question, groups: &[Group], facts: &[Fact]) -> bool {
    let [group] = question.groups[..] else { return false };
    groups[group].facts.iter().all(|f| facts[*f].slot == Slot::Event)
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

/// Joins groups along contrasts, the best first, if every group stands against every other.
fn questions(groups: &[Group], contrasts: &[Contrast]) -> Vec<Question> {
    let against: BTreeMap<(usize, usize), &Contrast> = contrasts.iter().map(|c| ((c.a, c.b), c)).collect();
    let mut of: Vec<usize> = (0..groups.len()).collect();
    let mut questions: BTreeMap<usize, Question> =
        (0..groups.len()).map(|g| (g, Question { groups: vec![g], contrasts: Vec::new() })).collect();
    for contrast in contrasts {
        let (a, b) = (of[contrast.a], of[contrast.b]);
        let (Some(x), Some(y)) = (questions.get(&a), questions.get(&b)) else { continue };
        let between = x.groups.iter().flat_map(|g| y.groups.iter().map(|h| (*g.min(h), *g.max(h))));
        let between: Option<Vec<Contrast>> = between.map(|pair| against.get(&pair).map(|c| **c)).collect();
        let Some(between) = between.filter(|_| a != b) else { continue };
        let Some(moved) = questions.remove(&b) else { continue };
        moved.groups.iter().for_each(|g| of[*g] = a);
        if let Some(question) = questions.get_mut(&a) {
            question.groups.extend(moved.groups);
            question.contrasts.extend(moved.contrasts.into_iter().chain(between));
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
