//! Grammar of time expressions: words and rules, one folder per language.

use crate::grammar::Grammar;

/// Words and rules of English time expressions.
pub fn load() -> Grammar {
    Grammar::read(
        &[
            ("numbers/en", include_str!("../data/numbers/en.txt")),
            ("times/en/words", include_str!("../data/times/en/words.txt")),
        ],
        &[
            ("times/en/dates", include_str!("../data/times/en/rules/dates.txt")),
            ("times/en/periods", include_str!("../data/times/en/rules/periods.txt")),
            ("times/en/durations", include_str!("../data/times/en/rules/durations.txt")),
            ("times/en/sets", include_str!("../data/times/en/rules/sets.txt")),
            ("times/en/references", include_str!("../data/times/en/rules/references.txt")),
            ("times/en/clock", include_str!("../data/times/en/rules/clock.txt")),
        ],
    )
}
