//! The chance that a statement is right: a logistic map of what is known of it, fitted by `training/calibrate.py`.

use crate::attribution::Draft;
use crate::cast::Why;
use crate::view::View;
use record::{Form, SpeakerKind, Statement, Upos};

/// What the chance that a statement is right is computed from, by name; the order is that of the fitted map.
pub fn features(
    view: &View<'_>,
    draft: &Draft,
    why: &Why,
    statement: &Statement,
) -> Vec<(&'static str, f32)> {
    let flag = |on: bool| if on { 1.0 } else { 0.0 };
    let rule = |name: &str| flag(draft.rule.is_some_and(|r| r.contains(name)));
    let words: usize = draft.content.iter().map(|c| view.reading.tokens_in(*c).len()).sum();
    let kind = statement.speaker.as_ref().map(|s| s.kind);
    let reports = cue_verb(view, draft).map(|v| view.lexicon.speech.verb(&view.lemma(v)));
    vec![
        ("bias", 1.0),
        ("pieces", logit(draft.pieces)),
        ("link", logit(draft.link)),
        ("layout", flag(draft.is_by_layout())),
        ("subject by tree", rule("/subject")),
        ("free quotation", rule("/free-quotation")),
        (
            "found by tree",
            flag(["/clause", "/noun", "/infinitive", "/object", "/asked-to"].iter().any(|r| rule(r) > 0.0)),
        ),
        ("found by quotation", rule("attribution/quotation")),
        ("nested", flag(draft.inside.is_some())),
        ("no source", flag(draft.source.is_none())),
        ("verb of speech", flag(reports.is_some_and(|r| r.speech))),
        ("verb of thought", flag(reports.is_some_and(|r| r.thought && !r.speech))),
        ("cue without verb", flag(draft.cue.is_some() && reports.is_none())),
        ("direct", flag(statement.form == Form::Direct)),
        ("mixed", flag(statement.form == Form::Mixed)),
        ("thought", flag(statement.form == Form::Thought)),
        ("speaker unknown", flag(kind.is_none())),
        ("speaker unnamed", flag(matches!(kind, Some(SpeakerKind::Unnamed | SpeakerKind::Group)))),
        ("speaker by pronoun", flag(matches!(why.how, "pronoun" | "relative pronoun"))),
        ("speaker by description", flag(why.how.starts_with("description of"))),
        ("runner-up", runner_up(why)),
        ("short", flag(words <= 3)),
        ("length", (1.0 + words as f32).ln() / 4.0),
    ]
}

/// The chance that the features give by the fitted map.
pub fn chance(view: &View<'_>, features: &[(&'static str, f32)]) -> f32 {
    let weight = |name: &str| view.lexicon.speech.confidence_weight(name);
    let sum: f32 = features.iter().map(|(name, value)| weight(name) * value).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Log odds of a chance, kept within what floats can tell apart.
fn logit(chance: f32) -> f32 {
    let chance = chance.clamp(0.02, 0.98);
    (chance / (1.0 - chance)).ln()
}

/// How near the second candidate for the speaker came: 1 for a tie, 0 where nobody else was in view.
fn runner_up(why: &Why) -> f32 {
    match why.candidates.as_slice() {
        [(_, best), (_, second), ..] => 1.0 - (best - second).clamp(0.0, 2.0) / 2.0,
        _ => 0.0,
    }
}

fn cue_verb(view: &View<'_>, draft: &Draft) -> Option<usize> {
    let tokens = view.reading.tokens_in(draft.cue?);
    let head = view.head_of(tokens).filter(|&t| view.is(t, Upos::Verb));
    head.or_else(|| tokens.range().find(|&t| view.is(t, Upos::Verb)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_become_log_odds() {
        assert_eq!(logit(0.5), 0.0);
        assert!(logit(1.0) < 4.0 && logit(0.0) > -4.0);
    }

    #[test]
    fn a_tie_is_nearest() {
        let why = |a, b| Why { how: "pronoun", candidates: vec![("A".to_owned(), a), ("B".to_owned(), b)] };
        assert_eq!(runner_up(&why(1.0, 1.0)), 1.0);
        assert_eq!(runner_up(&why(3.0, 0.5)), 0.0);
        assert_eq!(runner_up(&Why::default()), 0.0);
    }
}
