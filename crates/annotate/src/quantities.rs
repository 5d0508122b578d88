//! Numbers with what they count or measure.
//!
//! Money, percentages, magnitudes, measures, ages and ordinals are rules of the lexicon (`units`). What a bare
//! number counts is read from the dependency tree: the noun it modifies.

mod counted;

#[cfg(test)]
mod tests;

use crate::grammar::{Cut, Found, Number};
use record::{Bound, Layer, Quantity, QuantityKind, Reading, Span};

/// The quantities of a text, in order and without overlap; parts of time expressions are left out, ages are not.
pub(crate) fn quantities(cut: &Cut, reading: &Reading) -> Layer<Quantity> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < cut.pieces.len() {
        let next = cut.found_at(at).into_iter().find_map(|found| quantity(cut, reading, &found));
        match next {
            Some((end, span, quantity)) => {
                out.push((span, quantity));
                at = end;
            }
            None => at += 1,
        }
    }
    Layer::new(out)
}

fn quantity(cut: &Cut, reading: &Reading, found: &Found) -> Option<(usize, Span, Quantity)> {
    let span = cut.span(found.start, found.end);
    let mut quantity = meaning(found)?;
    if quantity.kind != QuantityKind::Age && touches_time(reading, span) {
        return None;
    }
    match quantity.kind {
        QuantityKind::Count => counted::complete(cut, reading, found, &mut quantity)?,
        _ => quantity.head = counted::owner(reading, span),
    }
    Some((found.end, span, quantity))
}

fn touches_time(reading: &Reading, span: Span) -> bool {
    let items = reading.times.as_slice();
    let from = items.partition_point(|(s, _)| s.end <= span.start);
    items.get(from).is_some_and(|(s, _)| s.overlaps(span))
}

fn meaning(found: &Found) -> Option<Quantity> {
    let kind = QuantityKind::parse(found.rule.make)?;
    let (number, upper) = range(found)?;
    Some(Quantity {
        kind,
        number,
        upper: upper.filter(|u| *u > number),
        unit: found.text("unit").map(str::to_owned),
        bound: bound(found),
        head: None,
    })
}

/// The number, or both ends of a range: “5 to 7 million” scales both.
fn range(found: &Found) -> Option<(f64, Option<f64>)> {
    let scale = |name| found.number(name);
    let outer = scale("upper-scale").or(scale("scale")).unwrap_or(1.0);
    let upper = found.numeral("upper");
    let number = match found.numeral("number") {
        Some(number) => number,
        None => Number { value: found.number("number")?, ..Number::ONE },
    };
    let top = upper.map(|u| u.value * outer);
    let shared = match upper {
        Some(upper) if number.scale == 1.0 && number.value < upper.value / upper.scale => upper.scale * outer,
        _ => scale("scale").unwrap_or(1.0),
    };
    let value = number.value * scale("scale").map_or(shared, |own| own.max(shared));
    (value.is_finite() && value < 1e18).then_some((clean(value), top.map(clean)))
}

/// Rounds off what binary fractions add: 5.4 × 10⁹ is 5,400,000,000.
fn clean(value: f64) -> f64 {
    if value.abs() >= 1000.0 { (value * 100.0).round() / 100.0 } else { (value * 1e6).round() / 1e6 }
}

fn bound(found: &Found) -> Bound {
    let written = found.text("bound").or(found.text("bound-behind"));
    written.and_then(Bound::parse).unwrap_or(Bound::Exact)
}
