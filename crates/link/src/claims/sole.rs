//! Values of which a report gives no other: each of two reports then has one answer to the question.

use super::fact::{Fact, Share};
use super::happenings::Mood;
use super::when::Era;
use record::{QuantityKind, Slot};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// Marks the values of a report of which it gives no other, and its figures for the fates of people.
pub(crate) fn mark(facts: &mut [Fact]) {
    mark_things(facts);
    mark_owners(facts);
    mark_tallies(facts);
}

/// Marks counts of things, sums, temperatures and times of day of which the report gives no other. People are counted for many
/// reasons.
fn mark_things(facts: &mut [Fact]) {
    let of = |fact: &Fact| {
        let unit = || fact.value.unit().map(|unit| xxh3_64(unit.as_bytes()));
        let minute = || fact.value.text().is_some_and(|value| value.contains(':'));
        match fact.slot {
            _ if fact.mood != Mood::Real || fact.share == Share::Whole => None,
            Slot::Time => minute().then_some(1),
            Slot::Money => unit(),
            Slot::Count if fact.kind != Some(QuantityKind::Ordinal) && !fact.people => fact.head,
            Slot::Measure if fact.value.unit() == Some("°") => Some(0),
            _ => None,
        }
    };
    let mut given: BTreeMap<u64, BTreeSet<(u64, Option<String>)>> = BTreeMap::new();
    for fact in facts.iter() {
        if let Some(key) = of(fact) {
            given
                .entry(key)
                .or_default()
                .insert((fact.number().to_bits(), fact.value.text().map(str::to_owned)));
        }
    }
    for fact in facts.iter_mut() {
        let key = of(fact);
        let alone = key.and_then(|key| given.get(&key)).is_some_and(|values| values.len() == 1);
        fact.sole = key.filter(|_| alone);
    }
}

/// Marks counts under a word for a kind of event (“killed”, “two arrests”), and sums, measures and lengths of time that belong to a
/// noun (“a 60-day truce”), of which the report gives no other.
fn mark_owners(facts: &mut [Fact]) {
    let of = |fact: &Fact| {
        let real = fact.firm && fact.mood == Mood::Real && fact.era != Era::Other;
        let key = |tag: &str| {
            let unit = fact.value.measure().0.unwrap_or_default();
            fact.head.map(|head| xxh3_64(format!("{tag} {unit} {head}").as_bytes()))
        };
        match fact.slot {
            _ if !real => None,
            Slot::Count if fact.kind != Some(QuantityKind::Ordinal) => fact.event.filter(|_| fact.classed),
            Slot::Money => key("money"),
            Slot::Duration => key("duration"),
            Slot::Measure => fact.dimension.map(|name| xxh3_64(name.as_bytes())).or_else(|| key("measure")),
            _ => None,
        }
    };
    let mut given: BTreeMap<u64, BTreeSet<(u64, Option<&str>)>> = BTreeMap::new();
    for fact in facts.iter() {
        if let Some(key) = of(fact) {
            given.entry(key).or_default().insert((fact.number().to_bits(), fact.value.text()));
        }
    }
    let alone: Vec<Option<u64>> = facts
        .iter()
        .map(|fact| of(fact).filter(|key| given.get(key).is_some_and(|values| values.len() == 1)))
        .collect();
    facts.iter_mut().zip(alone).for_each(|(fact, key)| fact.sole_event = key);
}

/// Marks the figure for each fate of people (the dead, the hurt): the first that the report gives of its own event, if no later one
/// is larger.
fn mark_tallies(facts: &mut [Fact]) {
    let of = |fact: &Fact| {
        let own = fact.firm && fact.mood == Mood::Real && fact.era != Era::Other && !fact.another;
        let things = |fate: &'static str| (fate, fact.head.filter(|_| fate.starts_with('@')));
        let counts = fact.slot == Slot::Count && fact.kind != Some(QuantityKind::Ordinal);
        fact.fate.filter(|_| own && counts && fact.value.number().is_some()).map(things)
    };
    let mut first: BTreeMap<(&str, Option<u64>), (f64, f64)> = BTreeMap::new();
    for fact in facts.iter() {
        if let Some(fate) = of(fact) {
            let (_, most) = first.entry(fate).or_insert((fact.number(), fact.number()));
            *most = most.max(fact.number());
        }
    }
    for fact in facts {
        let given = of(fact).and_then(|fate| first.get(&fate));
        fact.tally = given.is_some_and(|(first, most)| first == most && (fact.number() - first).abs() < 1e-9);
    }
}
