//! Details that reports give differently of one thing: how badly, on which side, for certain or not, in what words.

use super::Compared;
use record::{ArticleIx, Claim, ClaimRelation, ClaimValue, Evidence, Made, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// What one report says in one place of something that can be told in one way only.
#[derive(Clone, Debug)]
pub(crate) struct Detail {
    pub(crate) report: usize,
    /// What it is a detail of: details of one key answer one question.
    pub(crate) of: u64,
    /// The question in words.
    pub(crate) topic: String,
    /// What is told, in a form that is compared.
    pub(crate) told: String,
    pub(crate) evidence: Evidence,
}

/// How details of one kind are compared.
pub(crate) struct Kind<'a> {
    pub(crate) slot: Slot,
    /// What was compared, for the reason: “how badly”.
    pub(crate) compared: &'static str,
    /// Whether two tellings cannot both hold.
    pub(crate) apart: &'a dyn Fn(&str, &str) -> bool,
    pub(crate) confidence: f32,
    pub(crate) made_by: Made,
}

/// One claim for each question that reports of one part answer in ways that cannot both hold. A report that tells both
/// ways speaks of two things, and is left out.
pub(crate) fn claims(details: Vec<Detail>, kind: &Kind, compared: &Compared) -> Vec<Claim> {
    let mut questions: BTreeMap<(usize, u64), Vec<Detail>> = BTreeMap::new();
    for detail in details {
        questions.entry((compared.parts[detail.report], detail.of)).or_default().push(detail);
    }
    questions.into_values().filter_map(|details| claim(&details, kind, compared)).collect()
}

fn claim(details: &[Detail], kind: &Kind, compared: &Compared) -> Option<Claim> {
    let mut told: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for detail in details {
        told.entry(detail.report).or_default().insert(&detail.told);
    }
    let torn = |report: &usize| {
        let ways = &told[report];
        ways.iter().any(|a| ways.iter().any(|b| (kind.apart)(a, b)))
    };
    let mut sides: BTreeMap<&str, Vec<&Detail>> = BTreeMap::new();
    for detail in details.iter().filter(|d| !torn(&d.report)) {
        sides.entry(&detail.told).or_default().push(detail);
    }
    let ways: Vec<&str> = sides.keys().copied().collect();
    sides.retain(|a, _| ways.iter().any(|b| (kind.apart)(a, b)));
    let reports: BTreeSet<ArticleIx> = sides.values().flatten().map(|d| d.evidence.article).collect();
    if sides.len() < 2 || compared.origins.count(reports.iter().copied()) < 2 {
        return None;
    }
    let mut sides: Vec<Vec<&Detail>> = sides.into_values().collect();
    sides.sort_by_key(|side| side[0].evidence);
    let values: Vec<ClaimValue> = sides.iter().map(|side| value(side, compared)).collect();
    let shown: Vec<String> = values.iter().map(|v| format!("“{}”", v.value)).collect();
    let topic = sides[0][0].topic.clone();
    Some(Claim {
        reason: format!("same {} ({topic}): {}; these cannot both hold", kind.compared, shown.join(" / ")),
        topic,
        slot: kind.slot,
        relation: ClaimRelation::Conflict,
        values,
        independent_origins: compared.origins.count(reports.into_iter()),
        confidence: kind.confidence,
        made_by: kind.made_by.clone(),
    })
}

fn value(side: &[&Detail], compared: &Compared) -> ClaimValue {
    let mut evidence: Vec<Evidence> = side.iter().map(|d| d.evidence).collect();
    evidence.sort_unstable();
    evidence.dedup();
    ClaimValue {
        value: compared.words(evidence[0]),
        number: None,
        unit: None,
        text: Some(side[0].told.clone()),
        evidence,
    }
}
