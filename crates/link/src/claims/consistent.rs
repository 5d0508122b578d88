//! What one claim says against another: reports do not agree over words on which they differ.

use super::scene::Scene;
use record::{Claim, ClaimRelation, ClaimValue, Evidence, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// Claims without what contradicts them: an event that reports agree on loses the words that stand in a conflict or
/// update with the rest of its words.
pub(crate) fn consistent(claims: Vec<Claim>, scenes: &[Scene]) -> Vec<Claim> {
    let against = |c: &&Claim| {
        matches!(c.relation, ClaimRelation::Conflict | ClaimRelation::Update) && c.confidence > DOUBTFUL
    };
    let clashes: Vec<Vec<ClaimValue>> =
        claims.iter().filter(against).map(|claim| widened(claim, scenes)).collect();
    let mut by_article: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, values) in clashes.iter().enumerate() {
        let articles: BTreeSet<u32> =
            values.iter().flat_map(|v| v.evidence.iter().map(|e| e.article.0)).collect();
        articles.into_iter().for_each(|article| by_article.entry(article).or_default().push(i));
    }
    claims.into_iter().map(|claim| kept(claim, &clashes, &by_article)).collect()
}

/// The values of a conflict. Where it is no number, time or name that differs but what happened, the evidence is the whole sentence; an
/// update takes back nothing but the state itself.
fn widened(claim: &Claim, scenes: &[Scene]) -> Vec<ClaimValue> {
    let told = claim.relation == ClaimRelation::Conflict
        && matches!(
            claim.slot,
            Slot::Outcome | Slot::Polarity | Slot::Modality | Slot::Charge | Slot::Quote | Slot::Attribution
        );
    let mut values = claim.values.clone();
    for evidence in values.iter_mut().flat_map(|v| &mut v.evidence).filter(|_| told) {
        let scene = scenes.get(evidence.article.0 as usize);
        let whole = scene.and_then(|scene| {
            let tokens = scene.report.reading.tokens_in(evidence.span);
            scene.sentence(tokens.range().start)
        });
        evidence.span = whole.map_or(evidence.span, |whole| whole.cover(evidence.span));
    }
    values
}

/// The claim without the words of the smaller sides; as it is where less than two reports would be left, since these
/// agree on what differs in detail only.
fn kept(claim: Claim, clashes: &[Vec<ClaimValue>], by_article: &BTreeMap<u32, Vec<usize>>) -> Claim {
    if claim.relation != ClaimRelation::Agree || claim.slot != Slot::Event {
        return claim;
    }
    let all = evidence(&claim);
    let near: BTreeSet<usize> =
        all.iter().flat_map(|e| by_article.get(&e.article.0).into_iter().flatten().copied()).collect();
    let mut out: BTreeSet<Evidence> = BTreeSet::new();
    for clash in near.into_iter().map(|i| &clashes[i]) {
        let sides: Vec<Vec<Evidence>> =
            clash.iter().map(|v| all.iter().filter(|e| touches(e, v)).copied().collect()).collect();
        let most = sides.iter().map(Vec::len).max().unwrap_or_default();
        let first = sides.iter().position(|side| side.len() == most);
        out.extend(sides.iter().enumerate().filter(|(i, _)| Some(*i) != first).flat_map(|(_, side)| side));
    }
    let reports: BTreeSet<u32> = all.iter().filter(|e| !out.contains(e)).map(|e| e.article.0).collect();
    if reports.len() < 2 {
        return claim;
    }
    let mut claim = claim;
    claim.values.iter_mut().for_each(|value| value.evidence.retain(|e| !out.contains(e)));
    claim.values.retain(|value| !value.evidence.is_empty());
    claim
}

fn evidence(claim: &Claim) -> Vec<Evidence> {
    claim.values.iter().flat_map(|value| value.evidence.iter().copied()).collect()
}

/// Whether words stand with those of a value: they overlap, or are a few characters apart.
fn touches(e: &Evidence, value: &ClaimValue) -> bool {
    value.evidence.iter().any(|other| {
        other.article == e.article
            && other.span.start <= e.span.end + NEAR
            && e.span.start <= other.span.end + NEAR
    })
}

/// Confidence up to which a conflict takes no words out of an agreement.
const DOUBTFUL: f32 = 0.5;
/// Bytes between an event's word and a value that belongs to it.
const NEAR: u32 = 24;
