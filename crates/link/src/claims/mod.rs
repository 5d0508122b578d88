//! Claims: where the reports of one story agree, add to and contradict one another.

mod align;
mod attributed;
mod bearings;
mod calendar;
mod certainty;
mod consistent;
mod degrees;
mod differing;
mod fact;
mod fates;
mod figures;
mod former;
mod happenings;
mod mood;
mod parts;
mod phrase;
mod places;
mod plans;
mod polarity;
mod question;
mod responsibility;
mod scene;
mod settings;
mod sole;
mod speakers;
mod spelling;
mod spots;
mod stages;
mod telephone;
mod told;
mod unsettled;
mod value;
mod when;
mod whereabouts;
mod withheld;
mod wording;
mod wordings;

use crate::credits::Origins;
use crate::entities::by_referent;
use align::{Contrast, Group, align};
use encoder::Encoder;
use fact::{Fact, Reader, facts};
use lexicon::Lexicon;
use question::Sentence;
use record::{ArticleIx, Claim, Entity, Evidence, Links, ReferentIx, Report, Slot};
use scene::Scene;
use std::collections::{BTreeMap, BTreeSet};

/// Chance of one question from which two groups stand against each other though one of them does not stand against all
/// that the other does.
const PAIRED: f64 = 0.25;
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
    let prepared = Prepared::of(reports, links, encoder, lexicon);
    let Prepared { scenes, parts, entity_of, .. } = &prepared;
    let mut claims = valued(&prepared, reports, origins);
    claims.retain(|claim| reports.len() > 1 || claim.relation != record::ClaimRelation::Only);
    let compared = Compared { scenes, parts, entities: &links.entities, entity_of, origins, lexicon };
    let idf = |key: u64| prepared.weights.of_key(key);
    claims.extend(attributed::claims(&prepared.facts, &prepared.sentences, &idf, &compared));
    claims.extend(happenings::claims(&compared));
    claims.extend(spelling::claims(&compared));
    claims.extend(stages::claims(&compared));
    claims.extend(plans::claims(&compared));
    claims.extend(telephone::claims(&compared));
    claims.extend(bearings::claims(&compared));
    claims.extend(degrees::claims(&compared));
    claims.extend(certainty::claims(&compared));
    claims.extend(polarity::claims(&compared));
    claims.extend(whereabouts::claims(&compared));
    let quoted = wordings::quoted(&compared);
    claims.extend(wordings::claims(&quoted, &compared));
    claims.extend(speakers::claims(&quoted, &compared));
    claims.extend(withheld::claims(scenes, parts, origins, lexicon));
    claims.extend(unsettled::claims(scenes, reports, origins, lexicon));
    claims.extend(responsibility::claims(&compared));
    claims.extend(told::quotes(scenes, links, origins));
    claims.extend(told::roles(scenes, links, entity_of, origins, lexicon));
    let mut claims = consistent::consistent(claims, scenes);
    claims.sort_by_key(|claim| claim.values.first().and_then(|v| v.evidence.first()).copied());
    claims
}

/// Why values that two reports give are, or are not, set against each other. Values are meant by words that their evidence
/// holds or is held in; the first pair of different reports is explained.
pub(crate) fn explain(
    reports: &[Report],
    links: &Links,
    words: [&str; 2],
    encoder: &Encoder,
    lexicon: &Lexicon,
) -> Vec<String> {
    let Prepared { facts, sentences, weights, .. } = &Prepared::of(reports, links, encoder, lexicon);
    let idf = |key: u64| weights.of_key(key);
    let [left, right] = words.map(|words| {
        let meant = |fact: &Fact| fact.shown.contains(words) || words.contains(&fact.shown);
        let mut found: Vec<usize> = (0..facts.len()).filter(|&i| meant(&facts[i])).collect();
        found.sort_by_key(|&i| facts[i].shown.len().abs_diff(words.len()));
        found
    });
    for (side, words) in [(&left, words[0]), (&right, words[1])] {
        if side.is_empty() {
            return vec![format!(
                "“{words}” is no value that is compared: no number, time or event begins there"
            )];
        }
    }
    let pairs = left.iter().flat_map(|&a| right.iter().map(move |&b| [a, b]));
    let apart = |pair: &[usize; 2]| facts[pair[0]].evidence.article != facts[pair[1]].evidence.article;
    let pair = pairs.clone().find(apart).or_else(|| pairs.clone().next());
    pair.map(|pair| align::explain(facts, sentences, &idf, pair)).unwrap_or_default()
}

/// What is read off all reports before anything is compared.
struct Prepared<'a> {
    entity_of: BTreeMap<(ArticleIx, ReferentIx), u32>,
    scenes: Vec<Scene<'a>>,
    /// The part of each report.
    parts: Vec<usize>,
    weights: Weights,
    /// The facts of all reports, and the sentences they stand in.
    facts: Vec<Fact>,
    sentences: Vec<Sentence>,
}

impl<'a> Prepared<'a> {
    fn of(reports: &'a [Report], links: &Links, encoder: &Encoder, lexicon: &Lexicon) -> Self {
        let entity_of = by_referent(&links.entities);
        let scene = |(report, i)| Scene::of(ArticleIx(i), report, &links.entities, &entity_of, lexicon);
        let scenes: Vec<Scene> = reports.iter().zip(0..).map(scene).collect();
        let parts = parts::parts(&scenes, &links.stories, lexicon);
        let weights = Weights::of(&scenes);
        let idf = |key: u64| weights.of_key(key);
        let reader = Reader { entities: &links.entities, idf: &idf, lexicon };
        let mut facts: Vec<Fact> = scenes.iter().flat_map(|scene| facts(scene, &reader)).collect();
        facts.iter_mut().for_each(|fact| fact.part = parts[fact.evidence.article.0 as usize]);
        let sentences = sentences(&scenes, &mut facts, &idf, encoder);
        Self { entity_of, scenes, parts, weights, facts, sentences }
    }
}

/// The reports that are compared, with what is known of them together.
#[derive(Clone, Copy)]
pub(crate) struct Compared<'a> {
    pub(crate) scenes: &'a [Scene<'a>],
    /// The part of each report: reports of one part may tell of the same events.
    pub(crate) parts: &'a [usize],
    pub(crate) entities: &'a [Entity],
    pub(crate) entity_of: &'a BTreeMap<(ArticleIx, ReferentIx), u32>,
    pub(crate) origins: &'a Origins,
    pub(crate) lexicon: &'a Lexicon,
}

impl Compared<'_> {
    /// The words of evidence in one line.
    pub(crate) fn words(&self, evidence: Evidence) -> String {
        let text = self.scenes.get(evidence.article.0 as usize).map_or("", |scene| scene.text());
        evidence.span.text(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
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
fn valued(prepared: &Prepared, reports: &[Report], origins: &Origins) -> Vec<Claim> {
    let Prepared { facts, sentences, weights, .. } = prepared;
    let (groups, contrasts) = align(facts, sentences, &|key| weights.of_key(key));
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
    let contrasted: BTreeSet<usize> =
        questions.iter().filter(|q| q.groups.len() > 1).flat_map(|q| q.groups.iter().copied()).collect();
    let facts_of =
        |q: &Question| q.groups.iter().flat_map(|&g| &groups[g].facts).map(|&f| &facts[f]).collect();
    let alone = |q: &&Question| matches!(q.groups[..], [group] if !contrasted.contains(&group));
    let sides = questions.iter().filter(alone).map(facts_of);
    let mut lone: Vec<Vec<&Fact>> = sides
        .filter(|side: &Vec<&Fact>| side.iter().all(|fact| fact.evidence.article == side[0].evidence.article))
        .filter(|side| side[0].named && matches!(side[0].slot, Slot::Count | Slot::Money | Slot::Magnitude))
        .filter(|side| says_something(side[0]))
        .collect();
    lone.sort_by_key(|side| side[0].evidence);
    let reports = lone.chunk_by(|x, y| x[0].evidence.article == y[0].evidence.article);
    reports.flat_map(|run| run.iter().take(ONLY).cloned()).collect()
}

/// Whether a number that one report alone gives is worth showing: what is counted is named, and it belongs to
/// something that is told.
fn says_something(fact: &Fact) -> bool {
    let told = fact.event.is_some() && !(fact.arguments.is_empty() && fact.described.is_empty());
    told && (fact.slot != Slot::Count || fact.head.is_some()) && fact.value.text().is_none()
}

/// Groups that answer one question, with the contrasts between them.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) groups: Vec<usize>,
    pub(crate) contrasts: Vec<Contrast>,
}

/// Joins groups along contrasts, the best first, if every group stands against every other; a clear contrast between
/// groups of two questions is a question of its own.
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
    let mut questions: Vec<Question> = questions.into_values().collect();
    let apart = |c: &&Contrast| c.found == value::Match::Differ && c.score >= PAIRED && of[c.a] != of[c.b];
    let paired = contrasts.iter().filter(apart);
    questions.extend(paired.map(|c| Question { groups: vec![c.a, c.b], contrasts: vec![*c] }));
    questions
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
