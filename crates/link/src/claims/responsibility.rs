//! Who says that an attack was theirs: a group here, another or nobody there.

use super::Compared;
use super::differing::{Detail, Kind, claims as differing};
use super::happenings::{Mood, mood};
use super::scene::Scene;
use super::unsettled::is_negation;
use super::when::{Era, era};
use record::{Claim, ClaimRelation, Deprel, Made, Slot, Upos};
use std::ops::Not;

/// What nobody's claim is told as.
const NOBODY: &str = "nobody";
/// Classes of words for what is claimed.
const DEEDS: [&str; 6] = ["attack", "explode", "shoot", "die", "hijack", "arrest"];

/// One claim for the attack that reports of one part tell of: an update where some say that nobody has claimed it yet.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let kind = Kind {
        slot: Slot::Organisation,
        compared: "attack claimed",
        apart: &|a, b| a != b,
        confidence: 0.65,
        made_by: Made::by("rule:link/claim-responsibility@1"),
    };
    let mut details = Vec::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        details.extend((0..scene.keys.len()).filter_map(|t| detail(compared, scene, report, t)));
    }
    let mut claims = differing(details, &kind, compared);
    for claim in &mut claims {
        if claim.values.len() == 2 && claim.values.iter().any(|v| v.text.as_deref() == Some(NOBODY)) {
            claim.relation = ClaimRelation::Update;
        }
    }
    claims
}

fn detail(compared: &Compared, scene: &Scene, report: usize, token: usize) -> Option<Detail> {
    let reading = &scene.report.reading;
    let span = reading.tokens[token];
    if scene.lemma(token) != "claim"
        || scene.upos(token) != Some(Upos::Verb)
        || era(scene, token) == Era::Other
    {
        return None;
    }
    let claimed = reading.children_by(token, &[Deprel::Obj, Deprel::NsubjPass]).next();
    let by = reading.children_by(token, &[Deprel::OblAgent, Deprel::Nsubj]).next();
    let is_deed = |t: usize| {
        let lemma = scene.lemma(t);
        lemma == "responsibility" || compared.lexicon.topics.class(&lemma).is_some_and(|c| DEEDS.contains(&c))
    };
    claimed.filter(|&t| is_deed(t) && is_other(scene, t).not())?;
    let none = by.is_none_or(|t| {
        reading.children_by(t, &[Deprel::Det]).any(|d| is_negation(scene, d)) || is_negation(scene, t)
    });
    let told = match mood(scene, token) {
        Mood::Denied => NOBODY.to_owned(),
        _ if none && by.is_some() => NOBODY.to_owned(),
        Mood::Real => format!("{:016x}", scene.keys[by.filter(|&t| scene.entities[t].is_some())?]?),
        Mood::Open => return None,
    };
    let whole = by.map_or(span, |t| span.cover(reading.tokens[t]));
    Some(Detail {
        report,
        of: 0,
        topic: "who claims the attack".to_owned(),
        told,
        evidence: scene.evidence(whole),
    })
    .filter(|_| !scene.report.article.is_boilerplate(span))
}

/// Whether a deed is told as another than that of the report: “that attack”.
fn is_other(scene: &Scene, token: usize) -> bool {
    let mut marks = scene.report.reading.children_by(token, &[Deprel::Det]);
    marks.any(|t| ["that", "those"].contains(&scene.lemma(t).as_str()))
}
