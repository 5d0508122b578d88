//! A report says that a place or date is not settled; another report gives one.

use super::scene::Scene;
use crate::credits::Origins;
use lexicon::Lexicon;
use record::{
    Claim, ClaimRelation, ClaimValue, Deprel, Evidence, Made, MentionForm, ReferentKind, Report, Slot, Span,
    TimeKind, TokenRange, Upos,
};
use std::collections::BTreeSet;

/// Steps in the tree between what is asked about and the value another report gives for it.
const STEPS: usize = 3;
/// Steps between a verb and its negation.
const NEGATION: usize = 3;

const MADE: Made = Made::by("rule:link/claim-unsettled@1");

/// “Neither the date nor the place of the talks has been fixed”: one claim for each slot that is asked about
/// and given elsewhere.
pub(crate) fn claims(
    scenes: &[Scene],
    reports: &[Report],
    origins: &Origins,
    lexicon: &Lexicon,
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for scene in scenes {
        for question in questions(scene, lexicon) {
            let given: Vec<(Evidence, String)> =
                scenes.iter().flat_map(|other| answers(other, &question, reports, lexicon)).collect();
            if given.iter().any(|(evidence, _)| evidence.article != scene.article) {
                join(&mut claims, claim(scene, &question, given, reports, origins));
            }
        }
    }
    claims
}

/// Adds a claim; where another report leaves the same open, its words go to that claim.
fn join(claims: &mut Vec<Claim>, claim: Claim) {
    let given = |c: &Claim| (c.slot, c.values.first().map(|v| v.evidence.clone()));
    match claims.iter_mut().find(|c| given(c) == given(&claim)) {
        Some(same) => {
            let open = claim.values.into_iter().next_back().map(|v| v.evidence).unwrap_or_default();
            if let Some(last) = same.values.last_mut() {
                last.evidence.extend(open);
            }
        }
        None => claims.push(claim),
    }
}

/// What a clause says is not settled.
struct Question {
    slot: Slot,
    /// Keys of what the place or date would be of.
    of: BTreeSet<u64>,
    topic: String,
    span: Span,
}

fn questions(scene: &Scene, lexicon: &Lexicon) -> Vec<Question> {
    let reading = &scene.report.reading;
    let verbs = (0..reading.tokens.len()).filter(|&t| is_unsettled(scene, t, lexicon));
    verbs.flat_map(|verb| asked(scene, verb, lexicon)).collect()
}

fn is_unsettled(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let lemma = scene.lemma(token);
    if lexicon.topics.is_of("open", &lemma) {
        return scene.upos(token) == Some(Upos::Adj) && !is_negated(scene, token);
    }
    lexicon.topics.is_of("settle", &lemma)
        && matches!(scene.upos(token), Some(Upos::Verb | Upos::Adj))
        && is_negated(scene, token)
}

/// Whether a word of negation stands within a few steps below a token.
fn is_negated(scene: &Scene, token: usize) -> bool {
    let range = scene.report.reading.subtree(token).range();
    range.filter(|&t| is_negation(scene, t)).any(|t| steps_up(scene, t, token) <= NEGATION)
}

/// Whether a token is a word of negation.
pub(crate) fn is_negation(scene: &Scene, token: usize) -> bool {
    let lemma = scene.lemma(token);
    ["not", "n't", "never", "neither", "nor", "no", "without", "none", "nobody"].contains(&lemma.as_str())
}

fn steps_up(scene: &Scene, from: usize, to: usize) -> usize {
    let path = std::iter::successors(Some(from), |t| scene.head(*t)).take(NEGATION + 2);
    path.into_iter().position(|t| t == to).unwrap_or(usize::MAX)
}

fn asked(scene: &Scene, verb: usize, lexicon: &Lexicon) -> Vec<Question> {
    let reading = &scene.report.reading;
    let range = reading.subtree(verb);
    let Some(span) = clause(scene, verb).filter(|_| range.len() <= 40) else { return Vec::new() };
    let asked = |group: &str| range.range().any(|t| lexicon.topics.is_of(group, &scene.lemma(t)));
    let about = range.range().filter(|&t| t != verb && is_asked_about(scene, t, lexicon));
    let about: Vec<usize> = about.filter(|&t| scene.keys[t].is_some()).collect();
    let words: Vec<&str> = about.iter().map(|&t| reading.word(scene.text(), t)).collect();
    let of: BTreeSet<u64> = about.iter().filter_map(|&t| scene.keys[t]).collect();
    let slots = [(Slot::Place, "place"), (Slot::Date, "date")].into_iter().filter(|(_, group)| asked(group));
    let open = slots.filter(|_| !of.is_empty() && !scene.report.article.is_boilerplate(span));
    open.map(|(slot, group)| Question {
        slot,
        of: of.clone(),
        topic: format!("{group} of {}", words.join(" ")),
        span,
    })
    .collect()
}

/// Whether a token is what the place or date would be of: a noun below the word for it (or below one joined to
/// it), or the verb that a “where” or “when” belongs to.
fn is_asked_about(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let is_slot =
        |t: usize| ["place", "date"].iter().any(|group| lexicon.topics.is_of(group, &scene.lemma(t)));
    match scene.upos(token) {
        Some(Upos::Noun) if !is_slot(token) => {
            let above = std::iter::successors(scene.head(token), |t| scene.head(*t)).take(NEGATION);
            above.take_while(|t| scene.upos(*t) == Some(Upos::Noun)).any(is_slot)
        }
        Some(Upos::Verb) => scene.report.reading.children_by(token, &[Deprel::Advmod]).any(is_slot),
        _ => false,
    }
}

/// The bytes of a clause without the word that joins it to what is before.
fn clause(scene: &Scene, verb: usize) -> Option<Span> {
    let reading = &scene.report.reading;
    let range = reading.subtree(verb);
    let joins = scene.relation(range.start as usize) == Some(Deprel::Mark) && range.len() > 1;
    let start = range.start as usize + usize::from(joins);
    let span = reading.span_of(TokenRange::new(start, range.end as usize))?;
    Some(span.trimmed_of(scene.text(), |c| matches!(c, '.' | ',' | ';') || c.is_whitespace()))
}

/// Places (dates) that a report gives for what is asked about, outside the clause that asks.
fn answers(
    scene: &Scene,
    question: &Question,
    reports: &[Report],
    lexicon: &Lexicon,
) -> Vec<(Evidence, String)> {
    match question.slot {
        Slot::Place => places(scene, question, lexicon),
        _ => days(scene, question, reports),
    }
}

fn places(scene: &Scene, question: &Question, lexicon: &Lexicon) -> Vec<(Evidence, String)> {
    let reading = &scene.report.reading;
    let names = scene
        .report
        .findings
        .mentions
        .iter()
        .filter(|(_, m)| m.kind == ReferentKind::Place && m.form == MentionForm::Name);
    let inside = names.filter_map(|(span, _)| {
        let token = reading.head_of(reading.tokens_in(span))?;
        let mut cases = reading.children_by(token, &[Deprel::Case]);
        let case = cases.find(|c| ["in", "at"].contains(&scene.lemma(*c).as_str()))?;
        let words = reading.tokens[case].cover(span);
        let state = lexicon.states.state(span.text(scene.text())).is_some();
        (!state && is_about(scene, token, question))
            .then(|| (scene.evidence(words), span.text(scene.text()).to_owned()))
    });
    inside.collect()
}

/// Days to come that are named for it.
fn days(scene: &Scene, question: &Question, reports: &[Report]) -> Vec<(Evidence, String)> {
    let reading = &scene.report.reading;
    let published =
        reports.get(scene.article.0 as usize).and_then(|r| r.published.as_ref()).map(|p| p.value.as_str());
    let days = reading.times.iter().filter(|(_, t)| t.kind == TimeKind::Date).filter_map(|(span, time)| {
        let day = time.value.as_deref().filter(|v| v.len() == 10 && published.is_some_and(|p| *v > p))?;
        let token = reading.head_of(reading.tokens_in(span))?;
        is_about(scene, token, question).then(|| (scene.evidence(span), day.to_owned()))
    });
    days.collect()
}

fn is_about(scene: &Scene, token: usize, question: &Question) -> bool {
    scene.around(token, STEPS).into_iter().filter_map(|t| scene.keys[t]).any(|key| question.of.contains(&key))
}

fn claim(
    scene: &Scene,
    question: &Question,
    given: Vec<(Evidence, String)>,
    reports: &[Report],
    origins: &Origins,
) -> Claim {
    let names: BTreeSet<&String> = given.iter().map(|(_, name)| name).collect();
    let mut values: Vec<ClaimValue> = names
        .into_iter()
        .map(|name| {
            let mut evidence: Vec<Evidence> =
                given.iter().filter(|(_, n)| n == name).map(|(e, _)| *e).collect();
            evidence.sort_unstable();
            ClaimValue { value: name.clone(), number: None, unit: None, text: Some(name.clone()), evidence }
        })
        .collect();
    let words = question.span.text(scene.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = values[0].value.clone();
    values.push(ClaimValue {
        value: words.clone(),
        number: None,
        unit: None,
        text: Some("not settled".to_owned()),
        evidence: vec![scene.evidence(question.span)],
    });
    let day = |article: record::ArticleIx| {
        reports.get(article.0 as usize)?.published.as_ref()?.value.get(..10).map(str::to_owned)
    };
    let later = given.iter().all(|(e, _)| day(e.article).zip(day(scene.article)).is_some_and(|(a, b)| a > b));
    let relation = if later { ClaimRelation::Update } else { ClaimRelation::Conflict };
    let articles: BTreeSet<_> = values.iter().flat_map(|v| v.evidence.iter().map(|e| e.article)).collect();
    Claim {
        topic: question.topic.clone(),
        slot: question.slot,
        relation,
        values,
        independent_origins: origins.count(articles.into_iter()),
        reason: format!("{}: “{shown}” is given, but “{words}”", question.topic),
        confidence: 0.7,
        made_by: MADE,
    }
}
