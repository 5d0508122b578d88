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
    assert_eq!(Lexicon::load().times.problems(), &[] as &[String]);
}

#[test]
fn examples_hold() {
    let lexicon = Lexicon::load();
    let mut wrong = Vec::new();
    for example in lexicon.times.examples() {
        let times = crate::times(example.text, &Reading::default(), &lexicon, Some(DAY));
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
