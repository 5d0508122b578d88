//! What one source is said to have said: two figures of one question, in two reports.

use super::Compared;
use super::align::{NUMBERS, comparable};
use super::fact::Fact;
use super::happenings::Mood;
use super::question::{Sentence, is_time, same_question};
use super::value::Match;
use record::{Claim, ClaimRelation, ClaimValue, Deprel, Entity, Evidence, Made, ReferentKind, Slot};
use std::collections::BTreeSet;

/// Figures with a source up to which all pairs are compared.
const FIGURES: usize = 1_500;

/// A figure that a report gives as somebody's.
struct Sourced<'f> {
    fact: &'f Fact,
    /// The named entity that gave it.
    source: u32,
}

/// Conflicts between what two reports say that one source said of one question.
pub(crate) fn claims(
    facts: &[Fact],
    sentences: &[Sentence],
    idf: &dyn Fn(u64) -> f64,
    compared: &Compared,
) -> Vec<Claim> {
    let sourced: Vec<Sourced> = facts.iter().flat_map(|fact| sourced(fact, compared)).take(FIGURES).collect();
    let chance = |x: &Sourced, y: &Sourced| same_question(x.fact, y.fact, sentences, idf);
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (a, x) in sourced.iter().enumerate() {
        for (b, y) in sourced.iter().enumerate().skip(a + 1) {
            let differ = is_pair(x.fact, y.fact) && x.fact.value.relate(&y.fact.value) == Match::Differ;
            if differ && same_source(x, y, compared) && !gives_both(&sourced, x, y) {
                pairs.push((chance(x, y), a, b));
            }
        }
    }
    pairs.retain(|pair| pair.0 >= NUMBERS);
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut used = BTreeSet::new();
    let fresh = pairs.into_iter().filter(|&(_, a, b)| used.insert(a) & used.insert(b));
    fresh.map(|(_, a, b)| claim(&sourced, a, b, compared)).collect()
}

/// A figure with each who gave it: “the agency and the institute said”.
fn sourced<'f>(fact: &'f Fact, compared: &Compared) -> Vec<Sourced<'f>> {
    let figure = fact.slot != Slot::Event && fact.firm && fact.mood == Mood::Real && !is_time(fact);
    let speaker = fact.speaker.filter(|_| figure);
    let speaker = speaker.and_then(|s| compared.entity_of.get(&(fact.evidence.article, s))).copied();
    let named = |e: &u32| compared.entities.get(*e as usize).is_some_and(|e| e.named);
    let joined = if figure { joined(fact, compared) } else { BTreeSet::new() };
    let sources: BTreeSet<u32> = speaker.into_iter().chain(joined).filter(named).collect();
    sources.into_iter().map(|source| Sourced { fact, source }).collect()
}

/// The named entities that the words for the source of a figure join by “and”.
fn joined(fact: &Fact, compared: &Compared) -> BTreeSet<u32> {
    let Some(scene) = compared.scenes.get(fact.evidence.article.0 as usize) else { return BTreeSet::new() };
    let statement = fact.evidence.said_in.and_then(|s| scene.report.findings.statement(s));
    let reading = &scene.report.reading;
    let head = statement.and_then(|s| s.source).and_then(|source| reading.head_of(reading.tokens_in(source)));
    let heads = head.into_iter().flat_map(|head| reading.children_by(head, &[Deprel::Conj]).chain([head]));
    heads.filter_map(|t| scene.entities[t]).collect()
}

/// Whether two figures are of one source: one entity, or bodies of which one has the other's name and words before it
/// (“Harbour Survey”, “National Harbour Survey”).
fn same_source(x: &Sourced, y: &Sourced, compared: &Compared) -> bool {
    let entity = |s: &Sourced| compared.entities.get(s.source as usize);
    let ends = |long: &str, short: &str| {
        short.contains(' ') && long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '))
    };
    let body = |e: &Entity| e.kind != ReferentKind::Person && e.kind != ReferentKind::Place;
    let alike = |x: &Entity, y: &Entity| {
        body(x) && body(y) && x.names.iter().any(|a| y.names.iter().any(|b| ends(a, b) || ends(b, a)))
    };
    x.source == y.source || entity(x).zip(entity(y)).is_some_and(|(x, y)| alike(x, y))
}

/// Whether two figures of two reports of one happening are of the same things.
fn is_pair(x: &Fact, y: &Fact) -> bool {
    x.evidence.article != y.evidence.article
        && x.part == y.part
        && !x.era.is_apart(y.era)
        && x.slot == y.slot
        && comparable(x, y)
        && (x.slot != Slot::Count || x.head.is_some() && x.head == y.head)
}

/// Whether one of the two reports gives both figures as that source's.
fn gives_both(sourced: &[Sourced], x: &Sourced, y: &Sourced) -> bool {
    let gives = |own: &Sourced, other: &Sourced| {
        sourced.iter().any(|s| {
            s.source == own.source
                && s.fact.evidence.article == own.fact.evidence.article
                && comparable(s.fact, other.fact)
                && s.fact.value.relate(&other.fact.value) == Match::Same
        })
    };
    gives(x, y) || gives(y, x)
}

fn claim(sourced: &[Sourced], a: usize, b: usize, compared: &Compared) -> Claim {
    let (x, y) = (&sourced[a], &sourced[b]);
    let name = compared.entities.get(x.source as usize).map_or("", |e| e.name.as_str());
    let values: Vec<ClaimValue> = [x, y].map(|side| value(sourced, side, compared)).into();
    let articles: BTreeSet<_> = values.iter().flat_map(|v| v.evidence.iter().map(|e| e.article)).collect();
    let topic = format!("{} according to {name}", x.fact.topic);
    Claim {
        reason: format!(
            "same source ({name}): “{}” / “{}”; these cannot both hold",
            x.fact.shown, y.fact.shown
        ),
        topic,
        slot: Slot::Attribution,
        relation: ClaimRelation::Conflict,
        values,
        independent_origins: compared.origins.count(articles.into_iter()),
        confidence: 0.6,
        made_by: Made::by("rule:link/claim-source@1"),
    }
}

/// The figure with all the words of reports that give it as the source's.
fn value(sourced: &[Sourced], side: &Sourced, compared: &Compared) -> ClaimValue {
    let same = |s: &&Sourced| {
        s.source == side.source
            && s.fact.part == side.fact.part
            && s.fact.slot == side.fact.slot
            && s.fact.head == side.fact.head
            && s.fact.value == side.fact.value
    };
    let mut evidence: Vec<Evidence> =
        sourced.iter().filter(same).map(|s| with_source(s.fact, compared)).collect();
    evidence.sort_unstable();
    evidence.dedup();
    ClaimValue {
        value: side.fact.shown.clone(),
        number: side.fact.value.number(),
        unit: side.fact.value.unit().map(str::to_owned),
        text: None,
        evidence,
    }
}

/// The words of a figure together with those for its source, if they stand in one sentence.
fn with_source(fact: &Fact, compared: &Compared) -> Evidence {
    let evidence = fact.evidence;
    let Some(scene) = compared.scenes.get(evidence.article.0 as usize) else { return evidence };
    let statement = evidence.said_in.and_then(|s| scene.report.findings.statement(s));
    let source = statement.and_then(|s| s.source);
    let reading = &scene.report.reading;
    let at = |span| reading.sentence_of(reading.tokens_in(span).range().start);
    let near = source.filter(|source| at(*source) == at(evidence.span));
    near.map_or(evidence, |source| Evidence { span: evidence.span.cover(source), ..evidence })
}
