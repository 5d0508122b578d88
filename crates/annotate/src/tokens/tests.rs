use super::*;
use lexicon::Lexicon;
use proptest::prelude::*;

fn words(text: &str) -> Vec<&str> {
    tokens(text, &Lexicon::load().tokens).into_iter().map(|t| t.text(text)).collect()
}

fn check(text: &str, expected: &str) {
    assert_eq!(words(text).join("|"), expected, "{text}");
}

#[test]
fn clitics_and_negation() {
    check("They don't, can't and won’t.", "They|do|n't|,|ca|n't|and|wo|n’t|.");
    check("It's Norland's, the states' and O'Hara's", "It|'s|Norland|'s|,|the|states|'|and|O'Hara|'s");
    check("We'll see 'em in the '90s; he cannot", "We|'ll|see|'em|in|the|'90s|;|he|can|not");
}

#[test]
fn stops_and_abbreviations() {
    check(
        "Mr. A. B. Dorn of the U.S. left at 5 p.m. today.",
        "Mr.|A.|B.|Dorn|of|the|U.S.|left|at|5|p.m.|today|.",
    );
    check(
        "Acme Inc. said no. No. 5 lost to my friend and I. Then",
        "Acme|Inc.|said|no|.|No.|5|lost|to|my|friend|and|I|.|Then",
    );
    check(
        "Talks ended.Then (…) wait... what?! (see fig. 3)",
        "Talks|ended|.|Then|(|…|)|wait|...|what|?!|(|see|fig.|3|)",
    );
}

#[test]
fn numbers_and_units() {
    check(
        "$5.4bn or 3,000.50 at 10:30 on 1/2/2021, 5pm, 30km, 1990s, 5th",
        "$|5.4|bn|or|3,000.50|at|10:30|on|1/2/2021|,|5|pm|,|30|km|,|1990s|,|5th",
    );
    check("US$20 (5%) 2019-20 call 555-0100-1234 .5", "US$|20|(|5|%|)|2019|-|20|call|555-0100-1234|.5");
}

#[test]
fn hyphens_and_marks() {
    check(
        "a well-known anti-war co-author – or — both--and AT&T",
        "a|well|-|known|anti-war|co-author|–|or|—|both|--|and|AT&T",
    );
    check("and/or #NewsDay @some_one #1", "and|/|or|#NewsDay|@some_one|#|1");
}

#[test]
fn quotation_marks_of_all_kinds() {
    check("” in March “, « talks » said:“Yes”he", "”|in|March|“|,|«|talks|»|said|:|“|Yes|”|he");
    check("``no'' 'yes' \"so\"", "``|no|''|'|yes|'|\"|so|\"");
}

#[test]
fn addresses_stay_whole() {
    check(
        "(see https://a.example/b?c=d). Mail x.y@b.example, or www.z.example.",
        "(|see|https://a.example/b?c=d|)|.|Mail|x.y@b.example|,|or|www.z.example|.",
    );
}

#[test]
fn marks_stay_with_their_letters() {
    check(
        "e\u{301}te\u{301} zero\u{200b}width \u{feff}Start",
        "e\u{301}te\u{301}|zero\u{200b}width|\u{feff}Start",
    );
}

#[test]
fn nothing_in_nothing_out() {
    check("", "");
    check(" \n\t\u{a0} ", "");
}

#[test]
fn a_long_line_takes_linear_time() {
    for piece in ["a", ".", "'", "a.", "@a.", "1-", "w", "://", "n't", "“", "e\u{301}"] {
        let text = piece.repeat(200_000);
        assert!(!words(&text).is_empty());
    }
}

proptest! {
    #[test]
    fn tokens_cover_every_character(text in "(\\PC|[ \n.'’a-cA-C0-9@:/&$n-]){0,60}") {
        static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::load);
        let tokens = tokens(&text, &LEXICON.tokens);
        let mut end = 0;
        for token in &tokens {
            prop_assert!(token.start >= end && !token.is_empty() && token.is_valid_in(&text));
            prop_assert!(Span::new(end, token.start).text(&text).chars().all(char::is_whitespace));
            end = token.end;
        }
        prop_assert!(text[end as usize..].chars().all(char::is_whitespace));
    }
}
