//! What a number tells: of what kind it is, whose age, how much, which part of a score.

use super::fact::{Reader, Share, is_people};
use super::scene::Scene;
use super::value::Value;
use lexicon::Lexicon;
use record::{Deprel, NameKind, Quantity, QuantityKind, ReferentKind, Slot, Span, Upos};

/// Whether a number is named only to say that it is wrong: “not 140 but 165 trucks”.
pub(crate) fn is_rejected(scene: &Scene, span: Span) -> bool {
    let first = scene.report.reading.tokens_in(span).range().start;
    first.checked_sub(1).is_some_and(|t| scene.lemma(t) == "not")
}

/// Whether a number is a part of another, or the whole: “four of the seven carriages”, “all but two of its seven coaches”.
pub(crate) fn share(scene: &Scene, token: usize, quantity: &Quantity) -> Share {
    let reading = &scene.report.reading;
    let of = |t: usize| reading.children_by(t, &[Deprel::Case]).any(|c| scene.lemma(c) == "of");
    let number = |t: usize| scene.upos(t) == Some(Upos::Num);
    let noun = quantity.head.map_or(token, |h| h as usize);
    let below = scene.head(noun).filter(|_| of(noun) && noun != token);
    match () {
        () if number(token) && reading.children_by(token, &[Deprel::Nmod]).any(of) => Share::Part,
        () if below.is_some_and(number) => Share::Whole,
        () => Share::Unknown,
    }
}

/// What is left of a whole: five for “all but two of its seven coaches”.
pub(crate) fn remainder(scene: &Scene, token: usize) -> Option<f64> {
    let reading = &scene.report.reading;
    let but = token.checked_sub(1).filter(|t| scene.lemma(*t) == "but")?;
    but.checked_sub(1).filter(|t| scene.lemma(*t) == "all")?;
    let numbers: Vec<(Span, f64)> =
        reading.quantities.within(scene.sentence(token)?).map(|(span, q)| (span, q.number)).collect();
    let own = numbers.iter().position(|(span, _)| span.overlaps(reading.tokens[token]))?;
    let (whole, _) = numbers
        .get(own + 1)
        .map(|(span, n)| (*n, span))
        .filter(|(_, span)| reading.tokens_in(**span).range().start <= token + 4)?;
    Some(whole - numbers[own].1).filter(|rest| *rest > 0.0)
}

/// What a measure is of, by its unit or the words beside it; `None` where they do not say, or the measure is a limit.
pub(crate) fn dimension(scene: &Scene, token: usize, value: &Value) -> Option<&'static str> {
    const DIMENSIONS: [(&str, &[&str]); 5] = [
        ("depth", &["depth", "deep", "focus", "hypocentre", "hypocenter"]),
        ("height", &["height", "high", "tall", "altitude"]),
        ("width", &["width", "wide"]),
        ("length", &["length", "long"]),
        ("weight", &["weight", "weigh", "lighter", "heavier"]),
    ];
    let range = token.saturating_sub(DIMENSION)..token + DIMENSION + 1;
    let near = |words: &[&str]| range.clone().any(|t| t != token && words.contains(&scene.lemma(t).as_str()));
    match value.measure().0? {
        _ if near(&["limit", "allow", "permit", "restrict", "restriction", "maximum"]) => None,
        _ if near(&["no"]) && near(&["fast", "faster"]) => None,
        "km/h" | "kmh" | "kph" | "mph" => Some("speed"),
        "m" | "km" | "cm" => DIMENSIONS.iter().find(|(_, words)| near(words)).map(|(name, _)| *name),
        "kg" if near(DIMENSIONS[4].1) => Some("weight"),
        _ => None,
    }
}

/// Tokens around a measure within which words say what it is of.
const DIMENSION: usize = 4;

/// Oldest age in years.
const OLDEST: f64 = 115.0;
/// Youngest age in years that stands alone between commas: “the man from Ostrava, 35, said”.
const YOUNGEST: f64 = 10.0;

/// Whether a number without a unit is somebody's age: “she was 61”, “died at 61”, “turned 61”, “her sixtieth birthday”.
pub(crate) fn is_age(scene: &Scene, token: usize, quantity: &Quantity, reader: &Reader) -> bool {
    let reading = &scene.report.reading;
    let years = quantity.number.fract() == 0.0 && (1.0..=OLDEST).contains(&quantity.number);
    let plain = matches!(quantity.kind, QuantityKind::Plain | QuantityKind::Count) && quantity.head.is_none();
    let word = |t: usize| reading.word(scene.text(), t);
    if quantity.kind == QuantityKind::Ordinal && scene.lemma(token + 1) == "birthday" {
        return years;
    }
    let is_person = |t: usize| {
        let (entity, lemma) =
            (scene.entities[t].and_then(|e| reader.entities.get(e as usize)), scene.lemma(t));
        entity.is_some_and(|e| e.kind == ReferentKind::Person)
            || ["he", "she", "who"].contains(&lemma.as_str())
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
    let apart = token > 0 && word(token - 1) == "," && [",", ".", ";", ")"].contains(&word(token + 1));
    let bracketed = token > 0 && word(token - 1) == "(" && word(token + 1) == ")";
    let adult = quantity.number >= YOUNGEST;
    let named = || {
        let name = token.checked_sub(2).and_then(|t| reading.tokens.get(t));
        let mut names = name.into_iter().flat_map(|name| reading.names.overlapping(*name));
        names.any(|(_, name)| name.kind == NameKind::Person)
    };
    let man = |t: usize| ["man", "woman", "boy", "girl"].contains(&scene.lemma(t).as_str());
    let of = own(Deprel::Case).is_some_and(|t| scene.lemma(t) == "of") && scene.head(token).is_some_and(man);
    let behind = || {
        adult
            && (of || bracketed && named() || apart && (named() || scene.head(token).is_some_and(is_person)))
    };
    years && plain && (is || behind() || scene.head(token).is_some_and(under))
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
