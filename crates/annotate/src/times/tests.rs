use super::*;
use lexicon::Lexicon;

/// The examples of the rule files are set in a report of this day.
const DAY: &str = "2021-12-28";

fn written(value: &Time) -> String {
    let modifier = value.modifier.map_or(String::new(), |m| format!(" {m}"));
    format!("{}{modifier}", value.value.as_deref().unwrap_or("?"))
}

#[test]
fn rule_files_are_sound() {
    for (language, grammar) in Lexicon::load().times.all() {
        assert_eq!(grammar.problems(), &[] as &[String], "{language}");
    }
}

#[test]
fn examples_hold() {
    let lexicon = Lexicon::load();
    let mut wrong = Vec::new();
    let all = lexicon.times.all().flat_map(|(code, g)| g.examples().iter().map(move |e| (code, e)));
    for (language, example) in all {
        let reading = Reading::default();
        let times = crate::times_in(Some(language), example.text, &reading, &lexicon, Some(DAY));
        let found: Vec<(&str, String)> =
            times.iter().map(|(s, t)| (s.text(example.text), written(t))).collect();
        let holds = match example.found {
            Some((words, value)) => found.iter().any(|(w, v)| *w == words && v == value),
            None => found.is_empty(),
        };
        if !holds {
            wrong.push(format!("{}: {} → {found:?}", example.rule, example.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_panics() {
    let lexicon = Lexicon::load();
    let odd = [
        "",
        " ",
        "\u{0}",
        "99999999999999999999 years ago",
        "in 9999 centuries",
        "0 days",
        "2 1/2",
        "‘’“”½½½",
    ];
    for text in odd {
        crate::times(text, &Reading::default(), &lexicon, Some("9999-12-31"));
        crate::times(text, &Reading::default(), &lexicon, Some("x"));
    }
}

#[test]
fn intervals_tell_what_values_leave_open() {
    let lexicon = Lexicon::load();
    for (text, words, interval) in [
        ("They met in early September.", "early September", "2021-09-01~/2021-09-10~"),
        ("They met at the end of February 2020.", "the end of February 2020", "2020-02-21~/2020-02-29~"),
        ("It began in late 2019.", "late 2019", "2019-10~/2019-12~"),
        ("The tone rose in recent days.", "recent days", "2021-12-21~/2021-12-28"),
        ("It will last the next two weeks.", "the next two weeks", "2021-12-28/2022-01-11"),
        ("They met last week.", "last week", "2021-12-20/2021-12-26"),
        ("It will end soon.", "soon", "2021-12-28/.."),
        ("He left several years ago.", "several years ago", "../2021-12-28"),
    ] {
        let times = crate::times(text, &Reading::default(), &lexicon, Some(DAY));
        let found: Vec<_> = times.iter().map(|(s, t)| (s.text(text), t.interval.as_deref())).collect();
        assert_eq!(found, [(words, Some(interval))]);
    }
    let times = crate::times("They met on Friday.", &Reading::default(), &lexicon, Some(DAY));
    assert_eq!(times.iter().next().and_then(|(_, t)| t.interval.as_deref()), None);
}

#[test]
fn the_first_end_of_a_range_takes_the_year_of_the_second() {
    let lexicon = Lexicon::load();
    let values = |text: &str| {
        let times = crate::times(text, &Reading::default(), &lexicon, Some(DAY));
        times.iter().map(|(_, t)| t.value.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(values("from January 3 to April 5, 1989"), ["1989-01-03", "1989-04-05"]);
    assert_eq!(values("between November 2 and January 5, 1990"), ["1989-11-02", "1990-01-05"]);
    assert_eq!(values("from October to March"), ["2020-10", "2021-03"]);
}

#[test]
fn a_day_in_a_quotation_is_the_speakers() {
    let text = "“We met yesterday,” she said on Sunday. It rained yesterday.";
    let lexicon = Lexicon::load();
    let tokens = crate::tokens::tokens(text, &lexicon.tokens);
    let at = |words: &str| {
        let start = text.find(words).unwrap_or_default();
        Span::at(start..start + words.len())
    };
    let cue = tokens.iter().position(|t| *t == at("said")).unwrap_or_default() as u32;
    let end = tokens.iter().position(|t| *t == at("It")).unwrap_or_default();
    let piece = record::AttributionPiece {
        role: record::AttributionRole::Content,
        confidence: 0.9,
        source: None,
        cue: Some(cue),
    };
    let sentence =
        |from, to| record::Sentence { tokens: record::TokenRange::new(from, to), starts_paragraph: false };
    let reading = Reading {
        sentences: vec![sentence(0, end), sentence(end, tokens.len())],
        attribution: Layer::new(vec![(at("“We met yesterday,”"), piece)]),
        tokens,
        ..Reading::default()
    };
    let times = crate::times(text, &reading, &lexicon, Some(DAY));
    let values: Vec<_> = times.iter().filter_map(|(_, t)| t.value.as_deref()).collect();
    assert_eq!(values, ["2021-12-25", "2021-12-26", "2021-12-27"]);
}
