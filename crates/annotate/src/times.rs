//! Time expressions and their TIMEX3 values.
//!
//! Rules and words are the lexicon's (`times`); here is what their operations mean. An expression is understood
//! from the document date, the date named last, and the tense of the verb it belongs to. Values follow
//! ISO-TimeML / TIMEX3 as annotated in TempEval-3.

mod meaning;
mod points;
mod resolve;
mod tense;
mod unit;

#[cfg(test)]
mod tests;

pub(crate) use meaning::{Meaning, Part, Spoken, spoken};
pub(crate) use resolve::{Context, Point, Tense, is_absolute};
pub(crate) use unit::{Unit, weekday};

use crate::grammar::Cut;
use record::{Layer, Reading, Span, Time};

/// Bytes within which “a year earlier” means the quarter named last.
const QUARTER_REACH: u32 = 600;

/// A time expression as spoken, not yet set against a date.
pub(crate) struct Expression {
    pub(crate) span: Span,
    pub(crate) spoken: Spoken,
    pub(crate) tense: Tense,
}

/// Resolves all time expressions of a text against a document date.
pub(crate) fn resolved(expressions: &[Expression], anchor: Option<&str>) -> Layer<Time> {
    let mut context = Context { anchor: anchor.and_then(Point::parse), ..Context::default() };
    let mut out = Vec::with_capacity(expressions.len());
    let mut quarter_at = 0;
    for expression in expressions {
        let near = expression.span.start - quarter_at <= QUARTER_REACH;
        context.quarter = context.quarter.filter(|_| near);
        context.tense = expression.tense;
        let resolved = resolve::resolve(&expression.spoken, &context);
        if context.remember(resolved.point, &expression.spoken.meaning) {
            quarter_at = expression.span.start;
        }
        out.push((expression.span, resolved.time));
    }
    Layer::new(out)
}

/// The time expressions of a text, in order and without overlap.
pub(crate) fn expressions(cut: &Cut, reading: &Reading) -> Vec<Expression> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < cut.pieces.len() {
        match expression_at(cut, reading, at) {
            Some((end, expression)) => {
                out.push(expression);
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

fn expression_at(cut: &Cut, reading: &Reading, at: usize) -> Option<(usize, Expression)> {
    for found in cut.found_at(at) {
        let Some(spoken) = spoken(&found) else { continue };
        if !tense::is_other_word(cut, reading, &found, &spoken.meaning) {
            let tense = tense::tense(cut, reading, &found);
            let span = cut.span(found.start, found.end);
            return Some((found.end, Expression { span, spoken, tense }));
        }
    }
    None
}

impl Context {
    /// Keeps a point for expressions that lean on what was named before; whether it is about a quarter.
    fn remember(&mut self, point: Option<Point>, meaning: &Meaning) -> bool {
        let Some(point) = point else { return false };
        self.focus = Some(point);
        let named = matches!(meaning, Meaning::Part { part: Part::Quarter(_), .. });
        if point.grain == Unit::Quarter && named {
            self.quarter = Some(point);
        }
        point.grain == Unit::Quarter
    }
}
