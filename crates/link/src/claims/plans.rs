//! What one report says will happen and another, later, says has happened.

use super::Compared;
use super::happenings::{Mood, covering, mood};
use super::mood::told_mood;
use super::phrase;
use super::scene::Scene;
use lexicon::Lexicon;
use record::{ArticleIx, Claim, ClaimRelation, ClaimValue, Deprel, Evidence, Made, Slot, Upos};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

const MADE: Made = Made::by("rule:link/claim-plan@2");

/// A verb that tells something as done or as to be done.
struct Deed {
    report: usize,
    token: usize,
    done: bool,
    /// Named entities that have part in it.
    named: BTreeSet<u32>,
    /// Keys of all that have part in it.
    with: BTreeSet<u64>,
}

/// One update for each deed that some reports of a part announce and others, none of them earlier, tell as done.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let mut deeds: BTreeMap<(usize, u64), Vec<Deed>> = BTreeMap::new();
    for (report, scene) in compared.scenes.iter().enumerate() {
        for (token, span) in scene.report.reading.tokens.iter().enumerate() {
            let boilerplate = scene.report.article.is_boilerplate(*span);
            if let Some((kind, deed)) = deed(compared, scene, report, token).filter(|_| !boilerplate) {
                deeds.entry((compared.parts[report], kind)).or_default().push(deed);
            }
        }
    }
    deeds.into_values().filter_map(|deeds| claim(&deeds, compared)).collect()
}

fn deed(compared: &Compared, scene: &Scene, report: usize, token: usize) -> Option<(u64, Deed)> {
    let lemma = scene.lemma(token);
    let class = compared.lexicon.topics.class(&lemma)?;
    if scene.upos(token) != Some(Upos::Verb) || LIGHT.contains(&class) || class.starts_with('@') {
        return None;
    }
    let reading = &scene.report.reading;
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl, Deprel::OblAgent];
    let parts: Vec<usize> = reading.children_by(token, &core).collect();
    let done = match told_mood(scene, token, compared.lexicon) {
        Mood::Denied => return None,
        Mood::Open if is_announced(scene, token, compared.lexicon) => false,
        Mood::Real if is_told_as_done(scene, token) => true,
        _ => return None,
    };
    let governor = scene.head(token).filter(|_| scene.relation(token) == Some(Deprel::Xcomp));
    let mut all = parts.clone();
    all.extend(governor.into_iter().flat_map(|g| reading.children_by(g, &core).collect::<Vec<_>>()));
    let named = all.iter().filter_map(|t| scene.entities[*t]).collect();
    let with = all.iter().filter_map(|t| scene.keys[*t]).collect();
    Some((xxh3_64(lemma.as_bytes()), Deed { report, token, done, named, with }))
}

/// Kinds of events so common that a plan of one and another that is done have nothing to do with one another.
const LIGHT: [&str; 9] = ["say", "begin", "end", "hold", "leave", "find", "increase", "decrease", "announce"];

/// Whether a verb is announced for certain: “will”, “is due to”, “is scheduled to”; not “may”, “if”.
fn is_announced(scene: &Scene, token: usize, lexicon: &Lexicon) -> bool {
    let above = scene.head(token).filter(|_| scene.relation(token) == Some(Deprel::Xcomp));
    let due =
        above.is_some_and(|t| lexicon.topics.is_of("due", &scene.lemma(t)) && mood(scene, t) == Mood::Real);
    let reading = &scene.report.reading;
    let own = |t: usize, lemmas: &[&str]| {
        reading
            .children_by(t, &[Deprel::Aux, Deprel::AuxPass, Deprel::Mark])
            .any(|c| lemmas.contains(&scene.lemma(c).as_str()))
    };
    (due || own(token, &["will", "shall", "'ll", "’ll"])) && !own(token, &["if", "whether", "unless"])
}

/// Whether a verb in the past tense tells something as done.
fn is_told_as_done(scene: &Scene, token: usize) -> bool {
    use record::Xpos;
    let past = scene.report.reading.tags.get(token).map(|tag| tag.xpos);
    let conditional = scene
        .report
        .reading
        .children_by(token, &[Deprel::Mark])
        .any(|t| ["if", "whether", "unless", "to"].contains(&scene.lemma(t).as_str()));
    matches!(past, Some(Xpos::Vbd | Xpos::Vbn)) && !conditional
}

fn claim(deeds: &[Deed], compared: &Compared) -> Option<Claim> {
    let (done, open): (Vec<&Deed>, Vec<&Deed>) = deeds.iter().partition(|deed| deed.done);
    let told: BTreeSet<usize> = done.iter().map(|d| d.report).collect();
    let open: Vec<&Deed> = open.into_iter().filter(|d| !told.contains(&d.report)).collect();
    let pairs = open.iter().flat_map(|plan| done.iter().map(move |deed| (*plan, *deed)));
    let (plan, deed) = pairs.clone().find(|(plan, deed)| fits(plan, deed, compared))?;
    let side = |sides: &[&Deed], with: &Deed| -> Vec<Evidence> {
        let own = sides.iter().filter(|d| !d.with.is_disjoint(&with.with));
        let mut evidence: Vec<Evidence> = own
            .map(|d| compared.scenes[d.report].evidence(covering(&compared.scenes[d.report], d.token)))
            .collect();
        evidence.sort_unstable();
        evidence.dedup();
        evidence
    };
    let value = |deed: &Deed, evidence: Vec<Evidence>, text: &str| ClaimValue {
        value: phrase::clause(&compared.scenes[deed.report], compared.entities, deed.token),
        number: None,
        unit: None,
        text: Some(text.to_owned()),
        evidence,
    };
    let values = vec![value(plan, side(&open, deed), "to come"), value(deed, side(&done, plan), "done")];
    let reports: BTreeSet<ArticleIx> =
        values.iter().flat_map(|v| v.evidence.iter().map(|e| e.article)).collect();
    Some(Claim {
        topic: values[1].value.clone(),
        slot: Slot::Outcome,
        relation: ClaimRelation::Update,
        reason: format!("first to come (“{}”), then done (“{}”)", values[0].value, values[1].value),
        values,
        independent_origins: compared.origins.count(reports.into_iter()),
        confidence: 0.6,
        made_by: MADE,
    })
}

/// Whether a plan may have become a deed: somebody named has part in both, or two others, and the deed is not told
/// earlier than the plan.
fn fits(plan: &Deed, deed: &Deed, compared: &Compared) -> bool {
    let day =
        |report: usize| compared.scenes[report].report.published.as_ref().and_then(|p| p.value.get(..10));
    let earlier = day(deed.report).zip(day(plan.report)).is_some_and(|(deed, plan)| deed < plan);
    let shared = plan.with.intersection(&deed.with).count();
    !earlier && (!plan.named.is_disjoint(&deed.named) || shared >= 2)
}
