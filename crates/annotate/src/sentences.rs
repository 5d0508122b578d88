//! Where sentences begin: the encoder's sentence-start head, new lines, and marks of punctuation.

use crate::quotes::{Quote, quotes};
use record::{Sentence, Span, TokenRange};

/// What a text's marks and lines say about a sentence beginning at a token, before the model is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Start {
    /// Added to the model's log-odds; infinite where the answer is fixed.
    pub(crate) prior: f32,
    /// Whether a rule alone would begin a sentence here: a good place to cut a window.
    pub(crate) likely: bool,
    /// Whether the token begins a new line.
    pub(crate) paragraph: bool,
}

impl Start {
    const NEVER: Self = Self { prior: f32::NEG_INFINITY, likely: false, paragraph: false };
    const DATELINE: Self = Self { prior: f32::INFINITY, likely: false, paragraph: false };
    const LINE: Self = Self { prior: f32::INFINITY, likely: true, paragraph: true };

    fn maybe(prior: f32) -> Self {
        Self { prior, likely: prior >= AFTER_STOP, paragraph: false }
    }

    /// Whether a sentence begins here, given the model's log-odds.
    pub(crate) fn decide(self, log_odds: f32) -> bool {
        self.prior + log_odds > 0.0
    }
}

/// After a final stop and before a capital letter, number or opening mark.
const AFTER_STOP: f32 = 1.5;
/// After a final stop, before a small letter.
const BEFORE_SMALL: f32 = -2.0;
/// After a word that ends in a stop that may be its own (`U.S.`, `Inc.`).
const AFTER_ABBREVIATION: f32 = -0.5;
/// Nothing that ends a sentence stands before.
const INSIDE: f32 = -3.0;

/// What is known of each token as the beginning of a sentence.
pub(crate) fn starts(text: &str, tokens: &[Span]) -> Vec<Start> {
    let mut starts = Vec::with_capacity(tokens.len());
    for line in lines(text, tokens) {
        let tokens = &tokens[line.range()];
        let quotes = quotes(text, tokens);
        let dateline = dateline(text, tokens);
        starts.push(Start::LINE);
        starts.extend((1..tokens.len()).map(|i| match dateline == Some(i) {
            true => Start::DATELINE,
            false => start(text, tokens, &quotes, i),
        }));
    }
    starts
}

/// The runs of tokens that share a line.
pub(crate) fn lines(text: &str, tokens: &[Span]) -> Vec<TokenRange> {
    let breaks = |w: &[Span]| Span::new(w[0].end, w[1].start).text(text).contains(is_break);
    let mut lines = Vec::new();
    let mut from = 0;
    for line in tokens.chunk_by(|a, b| !breaks(&[*a, *b])) {
        lines.push(TokenRange::new(from, from + line.len()));
        from += line.len();
    }
    lines
}

/// Where the text of a line begins behind its dateline (`NORVIK, May 3 (Agency) -- The port …`, `NORVIK: The …`).
fn dateline(text: &str, tokens: &[Span]) -> Option<usize> {
    let word = |t: usize| tokens[t].text(text);
    let first = tokens.first()?.text(text);
    let shouts =
        first.chars().filter(|c| c.is_uppercase()).count() > 2 && !first.contains(char::is_lowercase);
    let dash =
        (1..tokens.len().min(16)).find(|&t| matches!(word(t), "--" | "—" | "–" | "-" | ":" | "---"))?;
    let spaced = tokens.get(dash + 1).is_some_and(|n| n.start > tokens[dash].end);
    let colon = word(dash) == ":";
    let apart = colon || tokens[dash - 1].end < tokens[dash].start;
    let agency = word(dash - 1) == ")";
    let names = (0..dash)
        .all(|t| !word(t).starts_with(char::is_lowercase) || matches!(word(t), "of" | "and" | "the"));
    let opens = tokens.get(dash + 1).is_some_and(|n| n.text(text).starts_with(|c: char| !c.is_lowercase()));
    let ends = tokens[..dash].iter().any(|t| matches!(t.text(text), "." | "?" | "!"));
    let short = !colon || dash <= 4;
    (names && spaced && apart && opens && short && !ends && (shouts || agency)).then_some(dash + 1)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn start(text: &str, tokens: &[Span], quotes: &[Option<Quote>], i: usize) -> Start {
    let word = tokens[i].text(text);
    if closes(word, quotes[i]) || is_stop(word) {
        return Start::NEVER;
    }
    let end = (0..i).rev().take(4).find(|&p| !closes(tokens[p].text(text), quotes[p])).unwrap_or(0);
    let last = tokens[end].text(text);
    let glued = tokens[i - 1].end == tokens[i].start;
    let small = word.starts_with(char::is_lowercase);
    match (is_final(last), small) {
        (true, false) if !glued || end + 1 < i || last == "." => Start::maybe(AFTER_STOP),
        (true, _) => Start::maybe(BEFORE_SMALL),
        (false, false) if last.ends_with('.') && !glued => Start::maybe(AFTER_ABBREVIATION),
        _ => Start::maybe(INSIDE),
    }
}

/// Whether a word only closes what came before it.
fn closes(word: &str, quote: Option<Quote>) -> bool {
    quote == Some(Quote::Close) || matches!(word, ")" | "]" | "}" | "’")
}

/// Marks that cannot begin a sentence.
fn is_stop(word: &str) -> bool {
    matches!(word, "." | "," | ";" | ":" | "%" | "!" | "?" | "'s" | "’s" | "n't" | "n’t")
}

/// Marks that may end one.
fn is_final(word: &str) -> bool {
    word.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।']) && !word.contains(char::is_alphanumeric)
}

/// Sentences from the tokens that begin one.
pub(crate) fn sentences(begins: &[bool], starts: &[Start]) -> Vec<Sentence> {
    let mut firsts: Vec<usize> = (0..begins.len()).filter(|&i| begins[i] || i == 0).collect();
    firsts.push(begins.len());
    firsts
        .windows(2)
        .filter(|w| w[0] < w[1])
        .map(|w| Sentence { tokens: TokenRange::new(w[0], w[1]), starts_paragraph: starts[w[0]].paragraph })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexicon::Lexicon;

    /// The sentences that rules alone would make.
    fn likely(text: &str) -> Vec<&str> {
        let tokens = crate::tokens::tokens(text, &Lexicon::load().tokens);
        let starts = starts(text, &tokens);
        let begins: Vec<bool> = starts.iter().map(|s| s.likely).collect();
        let span = |s: &Sentence| tokens[s.tokens.start as usize].cover(tokens[s.tokens.end as usize - 1]);
        sentences(&begins, &starts).iter().map(|s| span(s).text(text)).collect()
    }

    #[test]
    fn headlines_and_missing_stops() {
        assert_eq!(
            likely("Port shut\nThe port is shut. Talks go on"),
            ["Port shut", "The port is shut.", "Talks go on"]
        );
    }

    #[test]
    fn marks_after_the_stop_belong_to_the_sentence() {
        assert_eq!(likely("“We wait now. “ In reply, no."), ["“We wait now. “", "In reply, no."]);
        assert_eq!(likely("(It rained.) “Yes.” He left."), ["(It rained.)", "“Yes.”", "He left."]);
        assert_eq!(likely("They rely on it. (…) It is late."), ["They rely on it.", "(…)", "It is late."]);
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(
            likely("Mr. Dorn met A. B. Lee of the U.S. Treasury."),
            ["Mr. Dorn met A. B. Lee of the U.S. Treasury."]
        );
    }

    #[test]
    fn datelines_stand_apart() {
        let begins = |text: &str| {
            let tokens = crate::tokens::tokens(text, &Lexicon::load().tokens);
            dateline(text, &tokens).map(|t| tokens[t].text(text).to_owned())
        };
        assert_eq!(begins("NORVIK, May 3 (Agency) -- The port is shut.").as_deref(), Some("The"));
        assert_eq!(begins("NORVIK: Ministers met.").as_deref(), Some("Ministers"));
        assert_eq!(begins("Norvik (Agency) — The port is shut.").as_deref(), Some("The"));
        assert_eq!(begins("The port - now shut - is old."), None);
        assert_eq!(begins("NATO said - again - no."), None);
    }

    #[test]
    fn nothing_has_no_sentence() {
        assert!(likely("").is_empty());
    }
}
