//! Whether something happened: “opened the gates” here, “did not open the gates” there.

use super::Compared;
use super::differing::{Detail, Kind, claims as differing};
use super::happenings::{Mood, covering, is_open, mood};
use super::mood::told_mood;
use super::phrase;
use super::scene::Scene;
use super::unsettled::is_negation;
use super::when::day;
use crate::words::{folded, root};
use record::{Claim, Deprel, Made, Slot, Span, Upos};
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

const SUBJECTS: [Deprel; 2] = [Deprel::Nsubj, Deprel::NsubjPass];
/// What a verb may govern in place of an object that is a noun.
const COMPLEMENTS: [Deprel; 3] = [Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp];
/// What goes on after the report is written: a “not yet” is no “no”.
const SO_FAR: [&str; 4] = ["yet", "have", "still", "so"];

/// One conflict for each thing that some reports say happened and others that it did not: the same verb with the same
/// subject and object, in the reports' own words. A denial that names a day says nothing of other days.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let kind = Kind {
        slot: Slot::Polarity,
        compared: "question",
        apart: &apart,
        confidence: 0.7,
        made_by: Made::by("rule:link/claim-polarity@2"),
    };
    let mut details = Vec::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        let tokens = 0..scene.keys.len();
        details.extend(tokens.clone().filter_map(|t| detail(compared, scene, report, t)));
        details.extend(tokens.filter_map(|t| named_detail(compared, scene, report, t)));
    }
    differing(details, &kind, compared)
}

/// Whether one of two tellings is a yes, the other a no that reaches its day.
fn apart(a: &str, b: &str) -> bool {
    let parts = |told: &str| {
        let (word, day) = told.split_once(' ').unwrap_or((told, ""));
        (word == "yes", day.to_owned())
    };
    let (a, b) = (parts(a), parts(b));
    let (yes, no) = if a.0 { (&a, &b) } else { (&b, &a) };
    yes.0 && !no.0 && (no.1.is_empty() || no.1 == yes.1)
}

fn detail(compared: &Compared, scene: &Scene, report: usize, token: usize) -> Option<Detail> {
    let reading = &scene.report.reading;
    let span = reading.tokens[token];
    if scene.upos(token)? != Upos::Verb || scene.said_in(span).is_some() || !is_told(scene, token) {
        return None;
    }
    let answer = match mood(scene, token) {
        Mood::Real => "yes",
        Mood::Denied => "no",
        Mood::Open => return None,
    };
    let subject = phrase::participant(scene, token, &SUBJECTS).and_then(|t| scene.keys[t])?;
    let object = phrase::participant(scene, token, &[Deprel::Obj]);
    let incomplete = reading.children_by(token, &COMPLEMENTS).next().is_some();
    if object.map_or(incomplete, |object| answer == "no" && is_some_only(scene, object)) {
        return None;
    }
    let object = match object {
        Some(object) => Some(scene.keys[object]?),
        None => None,
    };
    let verb = root(&folded(&scene.lemma(token)));
    let passive = reading.children_by(token, &[Deprel::NsubjPass]).next().is_some();
    Some(Detail {
        report,
        of: xxh3_64(format!("{verb} {passive} {subject} {object:?}").as_bytes()),
        topic: format!("whether it happened: {}", phrase::clause(scene, compared.entities, token)),
        told: dated(scene, token, answer),
        evidence: scene.evidence(with_negation(scene, token)),
    })
    .filter(|_| !scene.report.article.is_boilerplate(span))
}

/// Yes or no with the day it is told of.
fn dated(scene: &Scene, token: usize, answer: &str) -> String {
    day(scene, token).map_or(answer.to_owned(), |day| format!("{answer} {day}"))
}

/// Kinds of events that are counted: whether there were any is told by numbers.
const COUNTED: [&str; 3] = ["die", "injure", "say"];

/// “No storm warning was issued”, “a storm warning was in force”: an event told in a noun with what sort of event it is.
fn named_detail(compared: &Compared, scene: &Scene, report: usize, token: usize) -> Option<Detail> {
    let reading = &scene.report.reading;
    let lemma = folded(&scene.lemma(token));
    let class =
        compared.lexicon.topics.class(&lemma).filter(|c| !c.starts_with('@') && !COUNTED.contains(c))?;
    let sorts: BTreeSet<String> = reading
        .children_by(token, &[Deprel::Amod, Deprel::Compound])
        .filter(|&t| scene.keys[t].is_some())
        .map(|t| root(&folded(&scene.lemma(t))))
        .collect();
    let part = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj];
    let has_part = scene.relation(token).is_some_and(|relation| part.contains(&relation));
    let above = scene
        .head(token)
        .filter(|_| has_part && !sorts.is_empty())
        .filter(|&t| is_told(scene, t) || was(scene, t))?;
    let span = reading.tokens[token];
    if scene.upos(token)? != Upos::Noun || scene.is_spoken(span) || scene.report.article.is_boilerplate(span)
    {
        return None;
    }
    let any = |t: usize| ["any", "a", "an"].contains(&scene.lemma(t).as_str());
    let some = reading.children_by(token, &[Deprel::Det]).any(any);
    let answer = match (mood(scene, token), told_mood(scene, above, compared.lexicon)) {
        (Mood::Denied, _) => "no",
        (Mood::Real, Mood::Denied) if some => "no",
        (Mood::Real, Mood::Real) => "yes",
        _ => return None,
    };
    Some(Detail {
        report,
        of: xxh3_64(format!("{class} {sorts:?}").as_bytes()),
        topic: format!("whether there was: {}", phrase::nominal(scene, compared.entities, token)),
        told: dated(scene, token, answer),
        evidence: scene.evidence(sorts_of(scene, token)),
    })
}

/// Whether a word tells how something was: “was in force”.
fn was(scene: &Scene, token: usize) -> bool {
    let reading = &scene.report.reading;
    let past = |t: usize| ["was", "were"].contains(&reading.word(scene.text(), t).to_lowercase().as_str());
    reading.children_by(token, &[Deprel::Cop]).any(past)
}

/// A noun with its article and what stands between.
fn sorts_of(scene: &Scene, token: usize) -> Span {
    let reading = &scene.report.reading;
    let before = [Deprel::Det, Deprel::Amod, Deprel::Compound];
    let before = reading.children_by(token, &before).filter(|&t| t < token);
    before.fold(reading.tokens[token], |span, t| span.cover(reading.tokens[t]))
}

/// Whether a noun is one of a sort or number: who did not land “a clean punch” may have landed another.
fn is_some_only(scene: &Scene, noun: usize) -> bool {
    scene.report.reading.children_by(noun, &[Deprel::Amod, Deprel::Nummod]).next().is_some()
        || scene
            .report
            .reading
            .children_by(noun, &[Deprel::Det])
            .any(|t| ["all", "every", "both", "each"].contains(&scene.lemma(t).as_str()))
}

/// Whether a verb tells something done: the past, in a main clause or one that states, not “so far” where it is negated.
fn is_told(scene: &Scene, token: usize) -> bool {
    let reading = &scene.report.reading;
    let states = !matches!(
        scene.relation(token),
        Some(Deprel::Xcomp | Deprel::Advcl | Deprel::Acl | Deprel::Ccomp | Deprel::Csubj)
    );
    let beside: Vec<String> =
        reading.children_by(token, &[Deprel::Aux, Deprel::Advmod]).map(|t| scene.lemma(t)).collect();
    let open = beside.iter().any(|w| is_open(w) || w == "must");
    let negated = mood(scene, token) == Mood::Denied;
    let so_far = negated && beside.iter().any(|w| SO_FAR.contains(&w.as_str()));
    let past =
        reading.tags.get(token).is_some_and(|t| matches!(t.xpos, record::Xpos::Vbd | record::Xpos::Vbn))
            || reading
                .children_by(token, &[Deprel::Aux])
                .any(|t| reading.word(scene.text(), t).to_lowercase() == "did");
    states && past && !open && !so_far
}

/// A verb with its negation and those who have part in it, where they stand near.
fn with_negation(scene: &Scene, token: usize) -> Span {
    let reading = &scene.report.reading;
    let negation = reading.children_by(token, &[Deprel::Advmod]).find(|&t| is_negation(scene, t));
    let whole = covering(scene, token);
    negation.map_or(whole, |t| whole.cover(reading.tokens[t]))
}
