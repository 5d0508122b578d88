//! Where something lies from a place that reports name: “40 km east of Lomara” here, “40 km west of Lomara” there.

use super::Compared;
use super::scene::Scene;
use super::settings::happenings;
use super::value::Value;
use record::{
    Claim, ClaimRelation, ClaimValue, Evidence, Made, MentionForm, QuantityKind, ReferentKind, Slot, Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Points of the compass, clockwise from north, 22.5 degrees apart.
const POINTS: [&str; 16] = [
    "north",
    "northnortheast",
    "northeast",
    "eastnortheast",
    "east",
    "eastsoutheast",
    "southeast",
    "southsoutheast",
    "south",
    "southsouthwest",
    "southwest",
    "westsouthwest",
    "west",
    "westnorthwest",
    "northwest",
    "northnorthwest",
];
/// Points of the compass from which two directions cannot both hold.
const APART: usize = 4;
/// Share of the longer distance that the shorter must have for both to be of one thing.
const SAME: f64 = 0.8;
/// Tokens between a direction and the place it is from.
const REACH: usize = 5;

const MADE: Made = Made::by("rule:link/claim-bearing@1");

/// A distance and direction from a place.
struct Bearing {
    point: usize,
    /// Kilometres.
    distance: f64,
    /// The sentence tells of an earthquake, whose centre lies on one side of a place.
    centre: bool,
    place: String,
    evidence: Evidence,
}

/// One claim for each place from which reports of one part see something at one distance, or the centre of an earthquake, in several
/// directions.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let mut from: BTreeMap<(usize, u64), Vec<Bearing>> = BTreeMap::new();
    for (scene, &part) in compared.scenes.iter().zip(compared.parts) {
        for token in 0..scene.keys.len() {
            if let Some((anchor, bearing)) = bearing(compared, scene, token) {
                from.entry((part, anchor)).or_default().push(bearing);
            }
        }
    }
    from.into_values().filter_map(|bearings| claim(&bearings, compared)).collect()
}

fn bearing(compared: &Compared, scene: &Scene, token: usize) -> Option<(u64, Bearing)> {
    let reading = &scene.report.reading;
    let word: String = reading.word(scene.text(), token).chars().filter(|c| c.is_alphabetic()).collect();
    let last = point(&word)?;
    let (mut first, mut point_of) = (token, last);
    // “south-west” may be three tokens.
    if token >= 2 && reading.word(scene.text(), token - 1) == "-" {
        let joined = format!("{}{word}", reading.word(scene.text(), token - 2));
        if let Some(joined) = point(&joined) {
            (first, point_of) = (token - 2, joined);
        }
    }
    let of = token + 1;
    (scene.lemma(of) == "of").then_some(())?;
    let sentence = reading.sentence_of(token)?;
    let end = reading.sentences[sentence].tokens.range().end.min(of + REACH);
    let near = reading.span_of(record::TokenRange::new(of, end))?;
    let mut places = scene.report.findings.mentions.overlapping(near);
    let (name, _) = places.find(|(_, m)| m.kind == ReferentKind::Place && m.form == MentionForm::Name)?;
    let head = reading.head_of(reading.tokens_in(name))?;
    let (start, distance) = distance(scene, first)?;
    let evidence = scene.evidence(start.cover(name));
    let place = name.text(scene.text()).to_owned();
    let mut words = reading.sentences[sentence].tokens.range();
    let centre = words.any(|t| happenings(compared, scene, t).iter().any(|h| h.kind == "quake"));
    Some((scene.keys[head]?, Bearing { point: point_of, distance, centre, place, evidence }))
}

/// The index of a direction in [`POINTS`].
fn point(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    POINTS.iter().position(|point| *point == lower)
}

/// The measure of length that ends shortly before a token, in kilometres; one in brackets is a conversion.
fn distance(scene: &Scene, token: usize) -> Option<(Span, f64)> {
    let reading = &scene.report.reading;
    let from = reading.tokens.get(token.saturating_sub(REACH + 3))?.start;
    let near = Span::new(from, reading.tokens[token].start);
    let mut lengths = reading.quantities.overlapping(near).filter_map(|(span, quantity)| {
        let value = Value::of_quantity(quantity);
        let length = quantity.kind == QuantityKind::Measure && value.measure().0.is_some();
        let (unit, scale) = value.measure();
        let scale = match unit? {
            "km" => scale,
            "m" => scale / 1000.0,
            "nmi" => 1.852,
            _ => return None,
        };
        length.then_some((span, quantity.number * scale))
    });
    lengths.find(|(span, _)| span.start >= from)
}

fn claim(bearings: &[Bearing], compared: &Compared) -> Option<Claim> {
    let first = bearings.first()?;
    let near = |b: &Bearing| b.distance.min(first.distance) >= SAME * b.distance.max(first.distance);
    let same = |b: &&Bearing| near(b) || first.centre && b.centre && turn(first.point, b.point) >= APART;
    let bearings: Vec<&Bearing> = bearings.iter().filter(same).collect();
    let mut sides: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
    bearings.iter().for_each(|b| sides.entry(b.point).or_default().push(b.evidence));
    let reports = |side: &[Evidence]| side.iter().map(|e| e.article).collect::<BTreeSet<_>>();
    let all: BTreeSet<_> = sides.values().flat_map(|side| reports(side)).collect();
    let given: usize = sides.values().map(|side| reports(side).len()).sum();
    if sides.len() < 2 || given > all.len() {
        return None;
    }
    let points: Vec<usize> = sides.keys().copied().collect();
    let widest = points.iter().flat_map(|a| points.iter().map(move |b| turn(*a, *b))).max()?;
    let conflict = widest >= APART;
    let value = |(_, evidence): (&usize, &Vec<Evidence>)| {
        let text = compared.scenes[evidence[0].article.0 as usize].text();
        let shown = evidence[0].span.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
        ClaimValue { value: shown, number: None, unit: None, text: None, evidence: evidence.clone() }
    };
    let values: Vec<ClaimValue> = sides.iter().map(value).collect();
    let shown: Vec<String> = values.iter().map(|v| format!("“{}”", v.value)).collect();
    let what = if conflict { "both cannot hold" } else { "one is coarser than the other" };
    Some(Claim {
        topic: format!("on which side of {}", first.place),
        slot: Slot::Place,
        relation: if conflict { ClaimRelation::Conflict } else { ClaimRelation::VagueVsExact },
        reason: format!("distance from {}: {}; {what}", first.place, shown.join(" / ")),
        values,
        independent_origins: compared.origins.count(all.into_iter()),
        confidence: 0.75,
        made_by: MADE,
    })
}

/// Points of the compass between two directions.
fn turn(a: usize, b: usize) -> usize {
    let there = a.abs_diff(b);
    there.min(POINTS.len() - there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposite_directions_are_eight_points_apart_and_the_compass_is_round() {
        let of = |a: &str, b: &str| turn(point(a).unwrap(), point(b).unwrap());
        assert_eq!(of("east", "West"), 8);
        assert_eq!(of("north", "northwest"), 2);
        assert!(of("southeast", "eastsoutheast") < APART && of("south", "east") >= APART);
        assert_eq!(point("of"), None);
    }
}
