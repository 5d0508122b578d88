//! Word patterns: a|b alternatives, ~verb every form of the verb, word? optional, * any word, .. up to four
//! words, ^ start, $ end, ? alone a question mark.

use super::inflection::Inflections;

/// Most words that `..` skips.
const GAP: usize = 4;

/// A pattern over lower-case words.
#[derive(Debug)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    from_start: bool,
    to_end: bool,
}

#[derive(Debug)]
enum Part {
    Words { any_of: Vec<String>, optional: bool },
    Any,
    Gap,
}

impl Pattern {
    /// Reads a pattern.
    pub(super) fn parse(source: &str, inflections: &Inflections) -> Self {
        let mut pattern = Self { parts: Vec::new(), from_start: false, to_end: false };
        for piece in source.split_whitespace() {
            match piece {
                "^" => pattern.from_start = true,
                "$" => pattern.to_end = true,
                "*" => pattern.parts.push(Part::Any),
                ".." => pattern.parts.push(Part::Gap),
                _ => pattern.parts.push(word_part(piece, inflections)),
            }
        }
        pattern
    }

    /// The words a match can begin with: those of the optional parts before the first that is not, and its own.
    pub(super) fn first_words(&self) -> impl Iterator<Item = &String> {
        let optional = |part: &&Part| matches!(part, Part::Words { optional: true, .. });
        let leading = self.parts.iter().take_while(optional).count();
        self.parts.iter().take(leading + 1).flat_map(|part| match part {
            Part::Words { any_of, .. } => any_of.as_slice(),
            _ => &[],
        })
    }

    /// How many words the pattern asks for.
    pub(super) fn fixed_words(&self) -> usize {
        self.parts.iter().filter(|p| matches!(p, Part::Words { optional: false, .. })).count()
    }

    /// Where a match with its first word at `at` ends: after its last word.
    pub(super) fn match_at(&self, words: &[String], at: usize) -> Option<usize> {
        if self.from_start && at > 0 { None } else { self.rest(0, words, at) }
    }

    fn rest(&self, part: usize, words: &[String], at: usize) -> Option<usize> {
        let Some(now) = self.parts.get(part) else {
            return (!self.to_end || at == words.len()).then_some(at);
        };
        match now {
            Part::Any => self.rest(part + 1, words, at + 1).filter(|_| at < words.len()),
            Part::Gap => {
                (0..=GAP).filter(|n| at + n <= words.len()).find_map(|n| self.rest(part + 1, words, at + n))
            }
            Part::Words { any_of, optional } => {
                let here = words.get(at).is_some_and(|w| any_of.contains(w));
                let taken = if here { self.rest(part + 1, words, at + 1) } else { None };
                taken.or_else(|| if *optional { self.rest(part + 1, words, at) } else { None })
            }
        }
    }
}

fn word_part(piece: &str, inflections: &Inflections) -> Part {
    let (body, optional) = match piece.strip_suffix('?') {
        Some(body) if !body.is_empty() => (body, true),
        _ => (piece, false),
    };
    let any_of = body
        .split('|')
        .flat_map(|word| match word.strip_prefix('~') {
            Some(base) => inflections.forms(base),
            None => vec![word.to_string()],
        })
        .collect();
    Part::Words { any_of, optional }
}

/// The lower-case words of a text with apostrophes straightened; contracted endings (`'ll`, `n't`, `'s`) are words
/// of their own beside the whole (`won't` stays whole), a question mark is a word.
pub fn words(text: &str) -> Vec<String> {
    let text = without_may(text).replace(['’', '‘', '`'], "'").to_lowercase();
    let mut words = Vec::new();
    for piece in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-' | '?' | '$'))) {
        let questions = piece.chars().filter(|&c| c == '?').count();
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        push_word(bare, &mut words);
        if questions > 0 {
            words.push("?".to_string());
        }
    }
    words
}

/// The text without the month or name “May”, which in small letters would be the verb: with a capital inside a sentence.
fn without_may(text: &str) -> String {
    let mut before = ".";
    let kept = text.split(' ').filter(|piece| {
        let begins = before.ends_with(['.', '?', '!', ':', '"', '“', '\'', '‘', '«']);
        before = piece;
        begins || piece.trim_matches(|c: char| !c.is_alphanumeric()) != "May"
    });
    kept.collect::<Vec<_>>().join(" ")
}

fn push_word(word: &str, words: &mut Vec<String>) {
    let ending = ["'ll", "'s", "'re", "'ve", "'d", "'m"].into_iter().find(|e| word.ends_with(e));
    match ending {
        Some(ending) => {
            push_word(&word[..word.len() - ending.len()], words);
            words.push(ending.to_string());
        }
        None if !word.is_empty() => push_negated(word, words),
        None => {}
    }
}

/// “don't” is `do` + `n't`, so that patterns for `do not` and `n't` share; “won't” and “can't” stay whole.
fn push_negated(word: &str, words: &mut Vec<String>) {
    match word.strip_suffix("n't") {
        Some(stem) if !matches!(word, "won't" | "can't" | "wouldn't" | "couldn't") && !stem.is_empty() => {
            words.push(stem.to_string());
            words.push("n't".to_string());
        }
        _ => words.push(word.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> bool {
        let pattern = Pattern::parse(pattern, &Inflections::load());
        let words = words(text);
        (0..words.len()).any(|at| pattern.match_at(&words, at).is_some())
    }

    #[test]
    fn parts_match_as_documented() {
        assert!(found("~call on|upon", "They called upon us"));
        assert!(found("~ask .. to", "asked the two of them to leave"));
        assert!(!found("~ask .. to", "asked one two three four five to leave"));
        assert!(found("will not|never? accept", "We will accept it"));
        assert!(found("? $", "Who knows?"));
        assert!(!found("^ stop", "Do not stop"));
    }

    #[test]
    fn contractions_are_split() {
        assert_eq!(
            words("We’ll see, it isn't over; they won’t."),
            ["we", "'ll", "see", "it", "is", "n't", "over", "they", "won't"]
        );
    }
}
