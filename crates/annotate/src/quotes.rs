//! Which quotation marks open and which close, also where they stand the wrong way round (`” in March “`).

use record::Span;

/// What a quotation mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    /// It opens a quotation.
    Open,
    /// It closes one.
    Close,
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
