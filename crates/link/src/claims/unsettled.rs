//! A report says that a place or date is not settled; another report gives one.

use super::scene::Scene;
use crate::credits::Origins;
use lexicon::Lexicon;
use record::{
    Claim, ClaimRelation, ClaimValue, Deprel, Evidence, Made, MentionForm, ReferentKind, Report, Slot, Span,
    TimeKind, TokenRange, Upos,
};
use std::collections::BTreeSet;

/// Phrases between a place or date and the word that it is attached to: “at the end of May in Arden”.
const ATTACHED: usize = 4;
/// Steps between a verb and its negation.
const NEGATION: usize = 3;

const MADE: Made = Made::by("rule:link/claim-unsettled@2");

/// “Neither the date nor the place of the talks has been fixed”: one claim for each question that one report
/// leaves open and another report, not its copy, answers.
pub(crate) fn claims(
    scenes: &[Scene],
    reports: &[Report],
    origins: &Origins,
    lexicon: &Lexicon,
) -> Vec<Claim> {
    let found = scenes.iter().flat_map(|scene| questions(scene, lexicon));
    let asked = found.fold(Vec::new(), join);
    let claims = asked.iter().filter_map(|question| {
        let mut given: Vec<Answer> =
            scenes.iter().flat_map(|scene| answers(scene, question, reports, lexicon)).collect();
        given.sort();
        given.dedup();
        let apart = |a: &Evidence, b: &Evidence| origins.count([a.article, b.article].into_iter()) > 1;
        let between = given.iter().any(|a| question.open.iter().any(|o| apart(&a.evidence, o)));
        between.then(|| claim(scenes, question, &given, reports, origins))
    });
    claims.collect()
}

/// Adds a question; where another clause leaves the same open, its words go to that question.
fn join(mut asked: Vec<Question>, question: Question) -> Vec<Question> {
    match asked.iter_mut().find(|q| q.slot == question.slot && !q.of.is_disjoint(&question.of)) {
        Some(same) => {
            same.of.extend(question.of);
            same.open.extend(question.open);
        }
        None => asked.push(question),
    }
    asked
}

/// A place or date that a report gives for what another leaves open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Answer {
    evidence: Evidence,
    /// Normal form: the name, or the TIMEX3 value.
    value: String,
}

/// What a clause says is not settled.
struct Question {
    slot: Slot,
    /// Keys of what the place or date would be of.
    of: BTreeSet<u64>,
    topic: String,
    /// The clauses that leave it open.
    open: Vec<Evidence>,
}

fn questions(scene: &Scene, lexicon: &Lexicon) -> Vec<Question> {
    let reading = &scene.report.reading;
    let verbs = (0..reading.tokens.len()).filter(|&t| is_unsettled(scene, t, lexicon));
    verbs.flat_map(|verb| asked(scene, verb, lexicon)).collect()
}

/// Whether a word says that something is open, or under a negation that it is not settled.
pub(crate) fn is_unsettled(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let lemma = scene.lemma(token);
    if lexicon.topics.is_of("open", &lemma) {
        return scene.upos(token) == Some(Upos::Adj) && !is_negated(scene, token);
    }
    lexicon.topics.is_of("settle", &lemma)
        && matches!(scene.upos(token), Some(Upos::Verb | Upos::Adj))
        && is_negated(scene, token)
}

/// Whether a word of negation stands within a few steps below a token.
pub(crate) fn is_negated(scene: &Scene, token: usize) -> bool {
    let range = scene.report.reading.subtree(token).range();
    range.filter(|&t| is_negation(scene, t)).any(|t| steps_up(scene, t, token) <= NEGATION)
}

/// Whether a token is a word of negation; “not only” negates nothing.
pub(crate) fn is_negation(scene: &Scene, token: usize) -> bool {
    let lemma = scene.lemma(token);
    let negates = ["not", "n't", "never", "neither", "nor", "no", "without", "none", "nobody"]
        .contains(&lemma.as_str());
    negates && !["only", "just", "merely"].contains(&scene.lemma(token + 1).as_str())
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
        open: vec![scene.evidence(span)],
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
pub(crate) fn clause(scene: &Scene, verb: usize) -> Option<Span> {
    let reading = &scene.report.reading;
    let range = reading.subtree(verb);
    let joins = scene.relation(range.start as usize) == Some(Deprel::Mark) && range.len() > 1;
    let start = range.start as usize + usize::from(joins);
    let span = reading.span_of(TokenRange::new(start, range.end as usize))?;
    Some(span.trimmed_of(scene.text(), |c| matches!(c, '.' | ',' | ';') || c.is_whitespace()))
}

/// Places (dates) that a report gives for what is asked about.
fn answers(scene: &Scene, question: &Question, reports: &[Report], lexicon: &Lexicon) -> Vec<Answer> {
    match question.slot {
        Slot::Place => places(scene, question, lexicon),
        _ => days(scene, question, reports),
    }
}

fn places(scene: &Scene, question: &Question, lexicon: &Lexicon) -> Vec<Answer> {
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
        let evidence = scene.evidence(reading.tokens[case].cover(span));
        let name = span.text(scene.text());
        (lexicon.states.state(name).is_none() && is_of(scene, token, question))
            .then(|| Answer { evidence, value: name.to_owned() })
    });
    inside.collect()
}

/// Days, months and years to come that are named for it.
fn days(scene: &Scene, question: &Question, reports: &[Report]) -> Vec<Answer> {
    let reading = &scene.report.reading;
    let published =
        reports.get(scene.article.0 as usize).and_then(|r| r.published.as_ref()).map(|p| p.value.as_str());
    let days = reading.times.iter().filter(|(_, t)| t.kind == TimeKind::Date).filter_map(|(span, time)| {
        let whole =
            |v: &&str| matches!(v.len(), 4 | 7 | 10) && v.bytes().all(|b| b == b'-' || b.is_ascii_digit());
        let to_come = |v: &&str| published.and_then(|p| p.get(..v.len())).is_some_and(|p| *v > p);
        let day = time.value.as_deref().filter(whole).filter(to_come)?;
        let token = reading.head_of(reading.tokens_in(span))?;
        is_of(scene, token, question)
            .then(|| Answer { evidence: scene.evidence(span), value: day.to_owned() })
    });
    days.collect()
}

/// Whether a place or date is attached to what is asked about, or to what that does: “talks in Arden”, “talks
/// will open in Arden”, “open talks at the end of May in Arden”, “the talks announced for May in Arden”,
/// “they are ready to begin the talks in May in Arden”.
fn is_of(scene: &Scene, token: usize, question: &Question) -> bool {
    let reading = &scene.report.reading;
    let attached = [
        Deprel::Obl,
        Deprel::OblUnmarked,
        Deprel::Nmod,
        Deprel::NmodUnmarked,
        Deprel::Parataxis,
        Deprel::Appos,
        Deprel::Advmod,
    ];
    let is_asked = |t: usize| scene.keys[t].is_some_and(|key| question.of.contains(&key));
    let mut at = token;
    for _ in 0..ATTACHED {
        let relation = scene.relation(at);
        let Some(head) = scene.head(at).filter(|_| relation.is_some_and(|r| attached.contains(&r))) else {
            return false;
        };
        if is_asked(head) {
            return true;
        }
        let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Nmod];
        let done: Vec<usize> = reading.children_by(head, &[Deprel::Xcomp]).chain([head]).collect();
        if done.iter().any(|&t| reading.children_by(t, &own).filter(|t| *t != at).any(is_asked)) {
            return true;
        }
        let participle = scene.relation(head).is_some_and(|r| matches!(r, Deprel::Acl | Deprel::AclRelcl));
        if participle && scene.head(head).is_some_and(is_asked) {
            return true;
        }
        if !matches!(scene.upos(head), Some(Upos::Noun | Upos::Propn | Upos::Num)) {
            return false;
        }
        at = head;
    }
    false
}

fn claim(
    scenes: &[Scene],
    question: &Question,
    given: &[Answer],
    reports: &[Report],
    origins: &Origins,
) -> Claim {
    let words = |e: &Evidence| {
        let text = scenes.get(e.article.0 as usize).map_or("", |scene| e.span.text(scene.text()));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let names: BTreeSet<&String> = given.iter().map(|answer| &answer.value).collect();
    let value_of = |name: &String| {
        let evidence: Vec<Evidence> = given.iter().filter(|a| a.value == *name).map(|a| a.evidence).collect();
        let shown = if question.slot == Slot::Place { name.clone() } else { words(&evidence[0]) };
        ClaimValue { value: shown, number: None, unit: None, text: Some(name.clone()), evidence }
    };
    let mut values: Vec<ClaimValue> = names.into_iter().map(value_of).collect();
    let open = words(&question.open[0]);
    let shown = values[0].value.clone();
    values.push(ClaimValue {
        value: open.clone(),
        number: None,
        unit: None,
        text: Some("not settled".to_owned()),
        evidence: question.open.clone(),
    });
    let articles: BTreeSet<_> = values.iter().flat_map(|v| v.evidence.iter().map(|e| e.article)).collect();
    Claim {
        topic: question.topic.clone(),
        slot: question.slot,
        relation: relation(question, given, reports),
        values,
        independent_origins: origins.count(articles.into_iter()),
        reason: format!("{}: “{shown}” is given, but “{open}”", question.topic),
        confidence: 0.7,
        made_by: MADE,
    }
}

/// An update where every report that answers is later than those that leave it open; a month or year leaves the day open, too.
fn relation(question: &Question, given: &[Answer], reports: &[Report]) -> ClaimRelation {
    let day = |e: &Evidence| {
        reports.get(e.article.0 as usize)?.published.as_ref()?.value.get(..10).map(str::to_owned)
    };
    let after = |a: &Evidence, o: &Evidence| day(a).zip(day(o)).is_some_and(|(a, o)| a > o);
    if question.slot == Slot::Date && given.iter().all(|a| a.value.len() < 10) {
        return ClaimRelation::VagueVsExact;
    }
    match given.iter().all(|a| question.open.iter().all(|o| after(&a.evidence, o))) {
        true => ClaimRelation::Update,
        false => ClaimRelation::Conflict,
    }
}
