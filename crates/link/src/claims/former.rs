//! Figures that a report gives as those of before: “up from 14”, “had earlier put the number at 14”.

use super::fates::is_bound;
use super::scene::Scene;
use lexicon::Lexicon;
use record::Span;

/// Tokens before a number within which words say that it is of before.
const BEFORE: usize = 10;
/// The same behind a number: “the 14 first reported”.
const BEHIND: usize = 5;

const EARLIER: [&str; 6] = ["earlier", "initially", "previously", "originally", "first", "initial"];
/// Verbs, and nouns, with which a figure is given.
const GIVING: [&str; 14] = [
    "put", "give", "say", "report", "estimate", "state", "announce", "count", "speak", "think", "believe",
    "list", "set", "quote",
];
const FIGURE: [&str; 9] =
    ["figure", "toll", "count", "estimate", "report", "total", "tally", "number", "statement"];

/// Whether a number is given as the figure of before.
pub(crate) fn is_former(scene: &Scene, span: Span, lexicon: &Lexicon) -> bool {
    let reading = &scene.report.reading;
    let tokens = reading.tokens_in(span).range();
    let Some(sentence) = reading.sentence_of(tokens.start).map(|s| reading.sentences[s].tokens.range())
    else {
        return false;
    };
    let lemma = |t: usize| if sentence.contains(&t) { scene.lemma(t) } else { String::new() };
    let is = |list: &[&str], t: usize| list.contains(&lemma(t).as_str());
    let Some(last) = (sentence.start..tokens.start).rev().find(|t| !is_bound(scene, *t)) else {
        return false;
    };
    let revises = || sentence.clone().any(|t| lexicon.topics.is_of("revise", &lemma(t)));
    let changed = || last > sentence.start && is(&["up", "down"], last - 1) || revises();
    let from = lemma(last) == "from" && changed();
    let word = |t: usize| {
        if sentence.contains(&t) { reading.word(scene.text(), t).to_lowercase() } else { String::new() }
    };
    let earlier = |t: usize| EARLIER.contains(&word(t).as_str());
    let given = |t: usize| earlier(t) && (is(&GIVING, t + 1) || is(&FIGURE, t + 1));
    let previous = |t: usize| lemma(t) == "previous" && is(&FIGURE, t + 1);
    let near = sentence.start.max(tokens.start.saturating_sub(BEFORE))..tokens.start;
    let before = near.clone().any(|t| given(t) || previous(t)) && !near.clone().any(|t| lemma(t) == "than");
    let said = |t: usize| is(&GIVING, t) && (earlier(t + 1) || t > 0 && earlier(t - 1));
    let behind =
        (tokens.end..sentence.end.min(tokens.end + BEHIND)).take_while(|t| lemma(*t) != "than").any(said);
    from || before || behind
}
