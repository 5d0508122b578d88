//! What a number tells: of what kind it is, whose age, how much, which part of a score.

use super::fact::{Reader, is_people};
use super::scene::Scene;
use super::value::Value;
use lexicon::Lexicon;
use record::{Deprel, Quantity, QuantityKind, ReferentKind, Slot, Span, Upos};

/// Whether a number is named only to say that it is wrong: “not 140 but 165 trucks”.
pub(crate) fn is_rejected(scene: &Scene, span: Span) -> bool {
    let first = scene.report.reading.tokens_in(span).range().start;
    first.checked_sub(1).is_some_and(|t| scene.lemma(t) == "not")
}

/// Oldest age in years.
const OLDEST: f64 = 115.0;

/// Whether a number without a unit is somebody's age: “she was 61”, “died at 61”, “turned 61”.
pub(crate) fn is_age(scene: &Scene, token: usize, quantity: &Quantity, reader: &Reader) -> bool {
    let reading = &scene.report.reading;
    let years = quantity.number.fract() == 0.0 && (1.0..=OLDEST).contains(&quantity.number);
    let plain = matches!(quantity.kind, QuantityKind::Plain | QuantityKind::Count) && quantity.head.is_none();
    let is_person = |t: usize| {
        let (entity, lemma) =
            (scene.entities[t].and_then(|e| reader.entities.get(e as usize)), scene.lemma(t));
        entity.is_some_and(|e| e.kind == ReferentKind::Person)
            || ["he", "she"].contains(&lemma.as_str())
            || reader.lexicon.people.role(&lemma).is_some()
            || is_people(scene, t, reader.lexicon)
    };
    let of_person = |verb: usize| reading.children_by(verb, &[Deprel::Nsubj]).any(is_person);
    let own = |relation: Deprel| reading.children_by(token, &[relation]).next();
    let under = |verb: usize| {
        let lemma = scene.lemma(verb);
        let at = own(Deprel::Case).is_some_and(|t| scene.lemma(t) == "at");
        let dies = at && reader.lexicon.topics.class(&lemma) == Some("die");
        (dies || lemma == "turn") && of_person(verb)
    };
    let is = own(Deprel::Cop).is_some() && of_person(token);
    years && plain && (is || scene.head(token).is_some_and(under))
}

/// What a number tells and how it is compared, where the words around it say more than the number itself.
pub(crate) fn value_of(scene: &Scene, span: Span, quantity: &Quantity, lexicon: &Lexicon) -> (Slot, Value) {
    let value = Value::of_quantity(quantity);
    let counted = quantity.head.map(|head| scene.lemma(head as usize));
    let quake = counted.is_some_and(|lemma| lexicon.topics.class(&lemma) == Some("quake"));
    let (slot, value) = match (slot_of(quantity.kind), value.clone().measured()) {
        (Slot::Count, Some(measured)) => (Slot::Measure, measured),
        (Slot::Count, None) if quake && quantity.number.fract() != 0.0 => (Slot::Magnitude, value),
        (slot, _) => (slot, value),
    };
    let before = scene.text().get(..span.start as usize).unwrap_or_default();
    let within = span.text(scene.text()).to_lowercase();
    let minus = within.contains("minus ") || before.trim_end_matches(['-', ' ']).ends_with("minus");
    match slot {
        Slot::Measure if minus => (slot, value.below_zero()),
        Slot::Count if minus => (Slot::Measure, value.in_degrees().below_zero()),
        _ => (slot, value),
    }
}

/// Two or three numbers joined by hyphens, as of a vote, a game or a record (“52-3”), of which the number is one part;
/// two numbers that rise (“40-50 people”) are a range.
pub(crate) fn score(scene: &Scene, span: Span) -> Option<(String, Span)> {
    let text = scene.text();
    let inside = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–');
    let before = text.get(..span.start as usize)?;
    let start = before.trim_end_matches(inside).len();
    let after = text.get(span.start as usize..)?;
    let end = span.start as usize + after.len() - after.trim_start_matches(inside).len();
    let words = text.get(start..end)?;
    let parts: Vec<&str> = words.split(['-', '–']).collect();
    let numbers = parts.iter().all(|part| (1..=3).contains(&part.len()) && !part.starts_with("00"));
    let apart = |c: char| !c.is_alphanumeric() && !matches!(c, '$' | '£' | '€' | '%');
    let opened = text[..start].chars().next_back().is_none_or(|c| apart(c) && c != '.');
    let alone = opened && text[end..].chars().next().is_none_or(apart);
    let span = Span::at(start..end);
    let time = scene.report.reading.times.overlapping(span).next().is_some();
    let falls = || parts.len() > 2 || parts[0].parse::<u16>().ok() >= parts[1].parse::<u16>().ok();
    let one = (2..=3).contains(&parts.len()) && numbers && alone && !time && falls();
    one.then(|| (parts.join("-"), span))
}

pub(crate) fn slot_of(kind: QuantityKind) -> Slot {
    match kind {
        QuantityKind::Count | QuantityKind::Plain | QuantityKind::Ordinal => Slot::Count,
        QuantityKind::Money => Slot::Money,
        QuantityKind::Magnitude => Slot::Magnitude,
        QuantityKind::Percent | QuantityKind::Measure => Slot::Measure,
        QuantityKind::Age => Slot::Age,
    }
}

/// Whether the head of a number is the thing counted, not a stand-in: “50 were hurt”, “two others”.
pub(crate) fn is_counted(scene: &Scene, token: usize, head: usize) -> bool {
    let noun = matches!(scene.upos(head), Some(Upos::Noun | Upos::Propn));
    noun && head != token && !["other", "third", "half", "many", "one"].contains(&scene.lemma(head).as_str())
}
