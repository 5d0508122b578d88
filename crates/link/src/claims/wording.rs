//! Claims put together from aligned facts: relation, reason, values with their evidence.

use super::Question;
use super::align::{Contrast, Group};
use super::fact::Fact;
use super::phrase;
use super::scene::Scene;
use super::value::Match;
use crate::credits::Origins;
use record::{ArticleIx, Claim, ClaimRelation, ClaimValue, Entity, Made, Report, Slot};
use std::collections::BTreeSet;

const MADE: Made = Made::by("rule:link/claim-value@1");

/// Steps in the tree from an age to the person.
pub(crate) const AGED: usize = 3;

/// The claim of a question; `None` where only one report speaks to it.
pub(crate) fn claim(
    question: &Question,
    groups: &[Group],
    facts: &[Fact],
    reports: &[Report],
    origins: &Origins,
) -> Option<Claim> {
    let mut sides: Vec<Vec<&Fact>> =
        question.groups.iter().map(|&g| groups[g].facts.iter().map(|&f| &facts[f]).collect()).collect();
    sides.sort_by_key(|side| (std::cmp::Reverse(articles(side).len()), side.first().map(|f| f.evidence)));
    let articles: BTreeSet<ArticleIx> = sides.iter().flat_map(|side| articles(side)).collect();
    if articles.len() < 2 {
        return None;
    }
    let first = *sides.first()?.first()?;
    let relation = relation(question, &sides, reports);
    let best = question.contrasts.iter().map(|c| c.score).fold(0.0, f64::max);
    let denied = first.slot == Slot::Event && relation != ClaimRelation::Agree;
    Some(Claim {
        topic: first.topic.clone(),
        slot: if denied { Slot::Polarity } else { first.slot },
        relation,
        values: sides.iter().map(|side| value(side)).collect(),
        independent_origins: origins.count(articles.into_iter()),
        reason: reason(relation, &sides),
        confidence: if relation == ClaimRelation::Agree { 0.8 } else { best.clamp(0.5, 0.95) as f32 },
        made_by: MADE,
    })
}

/// The claim that one report alone makes.
pub(crate) fn only(side: Vec<&Fact>) -> Claim {
    Claim {
        topic: side[0].topic.clone(),
        slot: side[0].slot,
        relation: ClaimRelation::Only,
        independent_origins: 1,
        reason: reason(ClaimRelation::Only, std::slice::from_ref(&side)),
        values: vec![value(&side)],
        confidence: 0.8,
        made_by: MADE,
    }
}

fn articles(side: &[&Fact]) -> BTreeSet<ArticleIx> {
    side.iter().map(|fact| fact.evidence.article).collect()
}

fn value(side: &[&Fact]) -> ClaimValue {
    let first = side[0];
    let mut evidence: Vec<_> = side.iter().map(|fact| fact.evidence).collect();
    evidence.sort_unstable();
    evidence.dedup();
    ClaimValue {
        value: first.shown.clone(),
        number: first.value.number(),
        unit: first.value.unit().map(str::to_owned),
        text: first.value.text().filter(|_| first.slot != Slot::Event).map(str::to_owned),
        evidence,
    }
}

/// The strongest relation present.
fn relation(question: &Question, sides: &[Vec<&Fact>], reports: &[Report]) -> ClaimRelation {
    let has = |found: Match| question.contrasts.iter().any(|c: &Contrast| c.found == found);
    match () {
        () if has(Match::Differ) && (superseded(sides, reports) || revised(sides)) => ClaimRelation::Update,
        () if has(Match::Differ) => ClaimRelation::Conflict,
        () if has(Match::Vague) => ClaimRelation::VagueVsExact,
        () if has(Match::Rounded) => ClaimRelation::Rounding,
        () => ClaimRelation::Agree,
    }
}

/// Whether counts grow with the day of publication: each larger value is in later reports only.
fn superseded(sides: &[Vec<&Fact>], reports: &[Report]) -> bool {
    if !matches!(sides[0][0].slot, Slot::Count | Slot::Money | Slot::Age) {
        return false;
    }
    let day = |fact: &&Fact| {
        let published = reports.get(fact.evidence.article.0 as usize)?.published.as_ref()?;
        published.value.get(..10).map(str::to_owned)
    };
    let mut spans: Vec<(f64, Option<(String, String)>)> = sides
        .iter()
        .map(|side| {
            let days: Option<BTreeSet<String>> = side.iter().map(day).collect();
            let ends = days.and_then(|d| Some((d.first()?.clone(), d.last()?.clone())));
            (side[0].value.number().unwrap_or_default(), ends)
        })
        .collect();
    spans.sort_by(|x, y| x.0.total_cmp(&y.0));
    spans.windows(2).all(|pair| match (&pair[0].1, &pair[1].1) {
        (Some((_, before)), Some((after, _))) => before < after,
        _ => false,
    })
}

/// Whether all sides but one say that their figure has changed, or is not the last word.
fn revised(sides: &[Vec<&Fact>]) -> bool {
    let counted = matches!(sides[0][0].slot, Slot::Count | Slot::Money | Slot::Magnitude);
    counted && sides.iter().filter(|side| !side.iter().any(|fact| fact.revised)).count() < 2
}

/// The question in words: the thing counted first, then what happened to it; names in full.
pub(crate) fn topic(
    scene: &Scene,
    entities: &[Entity],
    slot: Slot,
    [at, token]: [usize; 2],
    governor: Option<usize>,
) -> String {
    let clause = governor.map(|g| phrase::clause(scene, entities, g)).unwrap_or_default();
    let noun = if token == at { String::new() } else { phrase::nominal(scene, entities, token) };
    let inside = || if clause.is_empty() { String::new() } else { format!(" ({clause})") };
    match slot {
        Slot::Event => clause,
        Slot::Date | Slot::Time => format!("when {clause}"),
        Slot::Duration => format!("how long: {clause}"),
        Slot::Age => match scene.nearest_person(at, AGED, entities).and_then(|e| entities.get(e as usize)) {
            Some(entity) => format!("age of {}", entity.name),
            None => format!("age of {noun}"),
        },
        Slot::Count if noun.is_empty() => format!("number{}", inside()),
        Slot::Count => match clause.strip_prefix(noun.as_str()) {
            Some(rest) => format!("number of {noun}{rest}"),
            None => format!("number of {noun}{}", inside()),
        },
        Slot::Magnitude => format!("magnitude{}", inside()),
        Slot::Money => format!("sum of money{}", inside()),
        _ => format!("measure{}", inside()),
    }
}

/// Names what was compared, and both sides' words.
fn reason(relation: ClaimRelation, sides: &[Vec<&Fact>]) -> String {
    let first = sides[0][0];
    let shown: Vec<String> = sides.iter().map(|side| format!("“{}”", side[0].shown)).collect();
    let what = match relation {
        ClaimRelation::Agree => "the same value",
        ClaimRelation::Conflict => "these cannot both hold",
        ClaimRelation::Update => "later reports give the later figure",
        ClaimRelation::VagueVsExact => "one is looser than the other",
        ClaimRelation::Rounding => "one is the other, rounded",
        ClaimRelation::Only => "one report only",
    };
    format!("same {} ({}): {}; {what}", first.slot, first.topic, shown.join(" / "))
}
