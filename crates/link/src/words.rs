//! The words of a text for comparing articles: spelling folded, prose only.

use record::{Article, Span};
use xxhash_rust::xxh3::xxh3_64;

/// A word of an article's prose.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Where it stands.
    pub(crate) span: Span,
    /// Hash of the folded form; equal words have equal keys on every machine.
    pub(crate) key: u64,
}

/// The words of an article that are not boilerplate, in text order.
pub(crate) fn words(article: &Article) -> Vec<Word> {
    let mut skipped = article.boilerplate.as_slice().iter().map(|(span, _)| *span).peekable();
    let prose = spans(&article.text).filter(move |word| {
        while skipped.next_if(|s| s.end <= word.start).is_some() {}
        skipped.peek().is_none_or(|s| !s.overlaps(*word))
    });
    prose.map(|span| Word { span, key: key(span.text(&article.text)) }).collect()
}

/// Hash of a word's folded form.
pub(crate) fn key(word: &str) -> u64 {
    xxh3_64(folded(word).as_bytes())
}

/// Lower case, without accents, apostrophes and the possessive ending.
pub(crate) fn folded(word: &str) -> String {
    let lower = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        deunicode::deunicode(&word.replace(['’', '‘'], "'")).to_lowercase()
    };
    let bare = lower.strip_suffix("'s").unwrap_or(&lower);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A folded word without its plural ending (S-stemmer, Harman 1991).
pub(crate) fn stem(word: &str) -> String {
    if word.len() > 4 && word.ends_with("ies") && !word.ends_with("eies") && !word.ends_with("aies") {
        format!("{}y", &word[..word.len() - 3])
    } else if word.len() > 3 && word.ends_with('s') && !word.ends_with("us") && !word.ends_with("ss") {
        word[..word.len() - 1].to_owned()
    } else {
        word.to_owned()
    }
}

/// A folded word without its derivational ending and cut to six letters, so that “negotiate”, “negotiator” and
/// “negotiation” have one root.
pub(crate) fn root(word: &str) -> String {
    let cut = ENDINGS.iter().find(|e| word.ends_with(**e) && word.len() - e.len() >= 4);
    let bare = cut.map_or(word, |ending| &word[..word.len() - ending.len()]);
    bare.chars().take(6).collect()
}

/// Endings that make nouns and forms of verbs, the longest first.
const ENDINGS: [&str; 27] = [
    "ization", "isation", "ations", "ation", "ition", "itions", "ments", "ment", "ences", "ance", "ence",
    "ions", "ings", "ing", "ion", "ers", "er", "ors", "or", "ed", "al", "ure", "y", "e", "s", "t", "ant",
];

/// Runs of letters and digits; an apostrophe, or a dot or comma between digits, is inside the word.
pub(crate) fn spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while chars.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, mut last) = chars.next()?;
        let mut end = start + last.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            let inside = c.is_alphanumeric() || joins(last, c, text[at + c.len_utf8()..].chars().next());
            if !inside {
                break;
            }
            (last, end) = (c, at + c.len_utf8());
            chars.next();
        }
        Some(Span::at(start..end))
    })
}

fn joins(before: char, c: char, after: Option<char>) -> bool {
    match c {
        '\'' | '’' => before.is_alphabetic() && after.is_some_and(char::is_alphabetic),
        '.' | ',' => before.is_ascii_digit() && after.is_some_and(|a| a.is_ascii_digit()),
        _ => false,
    }
}

/// Length of the longest common subsequence of two lists.
pub(crate) fn in_order<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        spans(text).map(|s| s.text(text)).collect()
    }

    #[test]
    fn apostrophes_and_decimal_points_stay_inside() {
        assert_eq!(cut("The mayor's 5.4 (1,200) l’état."), ["The", "mayor's", "5.4", "1,200", "l’état"]);
        assert!(cut("… — ‘’").is_empty());
    }

    #[test]
    fn spelling_is_folded() {
        assert_eq!(folded("Señor’s"), "senor");
        assert_eq!(stem("ferries"), "ferry");
        assert_eq!(stem("crisis"), "crisi");
        assert_eq!(key("Übung"), key("ubung"));
        assert_eq!(root("negotiation"), root("negotiate"));
        assert_eq!(root("announcement"), root("announce"));
        assert_ne!(root("accuse"), root("accept"));
    }
}
