//! Which quotation marks open and which close, also where they stand the wrong way round (`” in March “`).

use crate::sentences::lines;
use record::{Layer, Span};

/// What a quotation mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    /// It opens a quotation.
    Open,
    /// It closes one.
    Close,
}

/// What stands between the quotation marks of one line, without the marks; a mark that nothing answers in its line quotes nothing.
pub(crate) fn quotations(text: &str, tokens: &[Span]) -> Layer<()> {
    let mut found = Vec::new();
    for line in lines(text, tokens) {
        let (tokens, mut open) = (&tokens[line.range()], None);
        for (role, token) in quotes(text, tokens).into_iter().zip(tokens) {
            match (role, open) {
                (Some(Quote::Open), None) => open = Some(token.end),
                (Some(Quote::Close), Some(start)) => {
                    found.push((Span::new(start, token.start), ()));
                    open = None;
                }
                _ => {}
            }
        }
    }
    Layer::new(found)
}

/// For each token of one paragraph, what it does as a quotation mark.
///
/// Three witnesses vote: whether a quotation is open (which also breaks ties), the shape of the mark, and the
/// blanks beside it. Writers and converters get each of them wrong at times, rarely two at once.
pub(crate) fn quotes(text: &str, tokens: &[Span]) -> Vec<Option<Quote>> {
    let mut open = false;
    let mut roles = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let role = mark(token.text(text)).map(|shape| {
            let before = i.checked_sub(1).and_then(|p| tokens.get(p));
            let vote =
                if open { -3 } else { 3 } + 2 * shape + 2 * blanks(text, before, *token, tokens.get(i + 1));
            if vote > 0 { Quote::Open } else { Quote::Close }
        });
        open = role.map_or(open, |r| r == Quote::Open);
        roles.push(role);
    }
    roles
}

/// The vote of a mark's shape; `None` if the token is no double quotation mark.
fn mark(word: &str) -> Option<i32> {
    match word {
        "“" | "«" | "„" | "``" | "‟" => Some(1),
        "”" | "»" | "''" => Some(-1),
        "\"" | "＂" => Some(0),
        _ => None,
    }
}

/// The vote of the blanks: glued to what follows only, it opens; to what comes before only, it closes.
fn blanks(text: &str, before: Option<&Span>, token: Span, after: Option<&Span>) -> i32 {
    let left = before.is_some_and(|b| b.end == token.start);
    let right = after.is_some_and(|a| a.start == token.end);
    let stops = after.is_some_and(|a| a.text(text).starts_with([',', '.', ';', ':', '!', '?', ')']));
    let opens = before.is_some_and(|b| b.text(text).ends_with(['(', '[', '—', '–', '-']));
    match (left && !opens, right && !stops) {
        (false, true) => 1,
        (true, false) => -1,
        (false, false) if right => -1,
        (false, false) if before.is_none() => 1,
        (false, false) if after.is_none() => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexicon::Lexicon;

    fn roles(text: &str) -> String {
        let tokens = crate::tokens::tokens(text, &Lexicon::load().tokens);
        let roles = quotes(text, &tokens);
        roles.into_iter().flatten().map(|q| if q == Quote::Open { '<' } else { '>' }).collect()
    }

    #[test]
    fn quotations_stand_between_their_marks() {
        let text = "“Yes,” she said. ``No,'' he said. “It\ngoes on” in March “.\n";
        let tokens = crate::tokens::tokens(text, &Lexicon::load().tokens);
        let found = quotations(text, &tokens);
        let words: Vec<&str> = found.iter().map(|(span, ())| span.text(text)).collect();
        assert_eq!(words, ["Yes,", "No,"]);
    }

    #[test]
    fn well_set() {
        assert_eq!(roles("“Yes,” she said. \"No,\" he said. « Oui », ``so''."), "<><><><>");
        assert_eq!(roles("(“a”) – “b”—"), "<><>");
    }

    #[test]
    fn the_wrong_way_round() {
        assert_eq!(roles("Talks ” in March “, he said."), "<>");
        assert_eq!(roles("“We want it now. “ In reply"), "<>");
        assert_eq!(roles("“It begins in Norvik ”Mr. Dorn said"), "<>");
        assert_eq!(roles("and ” Mutiny “ in the port"), "<>");
        assert_eq!(roles("“they made it burst ”."), "<>");
        assert_eq!(roles("“When do they knock? “"), "<>");
    }
}
