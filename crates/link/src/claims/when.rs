//! When what a sentence tells took place, by the dates it names.

use super::scene::Scene;
use record::TimeKind;
use std::collections::BTreeSet;

/// When what a sentence tells took place, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    /// It names no day, month or year.
    Unknown,
    /// On a day, as news are told.
    Day,
    /// In a year or month other than that in which the report appeared.
    Other,
}

impl Era {
    /// Whether what one sentence tells of a day is told of another month or year in the other.
    pub(crate) fn is_apart(self, other: Self) -> bool {
        matches!((self, other), (Self::Day, Self::Other) | (Self::Other, Self::Day))
    }
}

pub(crate) fn era(scene: &Scene, token: usize) -> Era {
    let published = scene.report.published.as_ref().map(|p| p.value.as_str()).unwrap_or_default();
    let other = |value: &String| {
        let from = if value.starts_with("XXXX-") { 5 } else { 0 };
        value.get(from..) != published.get(from..value.len())
    };
    let dates = named_dates(scene, token);
    let coarse = |value: &&String| matches!(value.len(), 4 | 7) && !value.ends_with('X');
    match () {
        () if dates.iter().filter(coarse).any(other) => Era::Other,
        () if dates.iter().any(|value| value.len() >= 10 && !value.ends_with("_REF")) => Era::Day,
        () => Era::Unknown,
    }
}

/// Calendar values that name a day, month or year in the token's sentence.
pub(crate) fn dates(scene: &Scene, token: usize) -> Vec<String> {
    let values = named_dates(scene, token).into_iter();
    values.filter(|v| v.starts_with(|c: char| c.is_ascii_digit())).collect()
}

/// The TIMEX3 values of dates in the token's sentence.
fn named_dates(scene: &Scene, token: usize) -> Vec<String> {
    let Some(sentence) = scene.sentence(token) else { return Vec::new() };
    let times = scene.report.reading.times.within(sentence).filter(|(_, t)| t.kind == TimeKind::Date);
    times.filter_map(|(_, t)| t.value.clone()).collect()
}

/// The one day that the sentence of a verb names.
pub(crate) fn day(scene: &Scene, token: usize) -> Option<String> {
    let times = scene.report.reading.times.within(scene.sentence(token)?);
    let dates = times.filter(|(_, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time));
    let days: BTreeSet<&str> = dates
        .filter_map(|(_, t)| t.value.as_deref()?.get(..10))
        .filter(|day| day.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    days.first().filter(|_| days.len() == 1).map(|day| (*day).to_owned())
}
