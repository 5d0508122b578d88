use crate::quantities;
use lexicon::Lexicon;
use record::{Arc, Deprel, Quantity, QuantityKind, Reading, Sentence, Span, Tag, TokenRange, Upos, Xpos};

fn written(q: &Quantity) -> String {
    let upper = q.upper.map_or(String::new(), |u| format!("..{u}"));
    let unit = q.unit.as_ref().filter(|_| q.kind != QuantityKind::Count);
    let unit = unit.map_or(String::new(), |u| format!(" {u}"));
    let bound = if q.bound == record::Bound::Exact { String::new() } else { format!(" {}", q.bound) };
    format!("{} {}{upper}{unit}{bound}", q.kind, q.number)
}

#[test]
fn rule_files_are_sound() {
    assert_eq!(Lexicon::load().units.grammar.problems(), &[] as &[String]);
}

#[test]
fn examples_hold() {
    let lexicon = Lexicon::load();
    let mut wrong = Vec::new();
    for example in lexicon.units.grammar.examples() {
        let found = quantities(example.text, &Reading::default(), &lexicon);
        let found: Vec<(&str, String)> =
            found.iter().map(|(s, q)| (s.text(example.text), written(q))).collect();
        let rule = example.rule.rsplit('/').next().unwrap_or_default();
        let kind = rule.split('-').next().unwrap_or_default();
        let holds = match example.found {
            Some((words, value)) => found.iter().any(|(w, v)| *w == words && v == value),
            None => !found.iter().any(|(_, v)| v.starts_with(kind)),
        };
        if !holds {
            wrong.push(format!("{}: {} → {found:?}", example.rule, example.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A one-sentence reading: word, tag, head (from 1; 0 is the root), relation.
fn reading(text: &str, words: &[(&str, Upos, u32, Deprel)]) -> Reading {
    let mut reading = Reading::default();
    let mut at = 0;
    for (word, upos, head, relation) in words {
        let start = at + text[at..].find(word).expect("the word stands in the text");
        at = start + word.len();
        reading.tokens.push(Span::at(start..at));
        reading.tags.push(Tag { upos: *upos, xpos: Xpos::Nn });
        reading.lemmas.push(word.trim_end_matches('s').to_owned());
        reading.tree.push(Arc { head: head.checked_sub(1), relation: *relation });
    }
    let tokens = TokenRange::new(0, words.len());
    reading.sentences.push(Sentence { tokens, starts_paragraph: true });
    reading
}

#[test]
fn the_tree_says_what_is_counted() {
    let text = "100,000 Baltic soldiers met 24 of the workers under Article 5.";
    let reading = reading(
        text,
        &[
            ("100,000", Upos::Num, 3, Deprel::Nummod),
            ("Baltic", Upos::Adj, 3, Deprel::Amod),
            ("soldiers", Upos::Noun, 4, Deprel::Nsubj),
            ("met", Upos::Verb, 0, Deprel::Root),
            ("24", Upos::Num, 4, Deprel::Obj),
            ("of", Upos::Adp, 8, Deprel::Case),
            ("the", Upos::Det, 8, Deprel::Det),
            ("workers", Upos::Noun, 5, Deprel::Nmod),
            ("under", Upos::Adp, 10, Deprel::Case),
            ("Article", Upos::Propn, 4, Deprel::Obl),
            ("5", Upos::Num, 10, Deprel::Nummod),
            (".", Upos::Punct, 4, Deprel::Punct),
        ],
    );
    let found = quantities(text, &reading, &Lexicon::load());
    let found: Vec<(f64, Option<&str>, Option<u32>)> =
        found.iter().map(|(_, q)| (q.number, q.unit.as_deref(), q.head)).collect();
    assert_eq!(found, [(100_000.0, Some("soldier"), Some(2)), (24.0, Some("worker"), Some(7))]);
}

#[test]
fn numbers_in_words() {
    let lexicon = Lexicon::load();
    let number = |text: &str| {
        let found = quantities(text, &Reading::default(), &lexicon);
        found.iter().map(|(s, q)| (s.text(text).to_owned(), q.number, q.upper)).next()
    };
    let one = |words: &str, n: f64| Some((words.to_owned(), n, None));
    assert_eq!(
        number("two hundred and five thousand rifles"),
        one("two hundred and five thousand", 205_000.0)
    );
    assert_eq!(number("a hundred rifles"), one("a hundred", 100.0));
    assert_eq!(number("ninety-nine rifles"), one("ninety-nine", 99.0));
    assert_eq!(number("3 1/2 million rifles"), one("3 1/2 million", 3_500_000.0));
    assert_eq!(number("1,250,000 rifles"), one("1,250,000", 1_250_000.0));
    assert_eq!(number("three\n\nthousand rifles").map(|n| n.1), Some(3.0));
    let range = Some(("one to two million".to_owned(), 1_000_000.0, Some(2_000_000.0)));
    assert_eq!(number("one to two million rifles"), range);
}

#[test]
fn long_runs_of_number_words_take_linear_time() {
    let lexicon = Lexicon::load();
    let text = "two thousand five million ".repeat(20_000);
    let found = quantities(&text, &Reading::default(), &lexicon);
    assert!(found.len() >= 20_000);
}
