//! The examples of the event rules: each must give its event, or none.

use encoder::Encoder;
use lexicon::Lexicon;
use record::{Article, Event, Findings};

fn events(texts: &[&str]) -> Vec<Vec<Event>> {
    let lexicon = Lexicon::load();
    let readings = annotate::readings(texts, &Encoder::embedded(), &lexicon);
    let findings = |(text, reading): (&&str, &record::Reading)| -> Findings {
        extract::findings(&Article::of_text("-", text), None, reading, &lexicon)
    };
    texts.iter().zip(&readings).map(findings).map(|f| f.events).collect()
}

#[test]
fn every_example_of_the_rules_holds() {
    let lexicon = Lexicon::load();
    let examples = lexicon.events.examples();
    let texts: Vec<&str> = examples.iter().map(|e| e.text).collect();
    let mut wrong = Vec::new();
    for (example, events) in examples.iter().zip(events(&texts)) {
        let word = |span: record::Span| span.text(example.text);
        let seen: Vec<_> = events
            .iter()
            .map(|e| {
                let kind = e.kind.as_str().to_lowercase();
                let participants = [&e.actor, &e.recipient].map(|p| p.as_ref().map(|p| word(p.span)));
                (kind, [participants[0], Some(word(e.trigger)), participants[1]])
            })
            .collect();
        let holds = match example.event {
            Some(event) => seen.iter().any(|(kind, found)| kind == example.file && *found == event),
            None => seen.iter().all(|(kind, _)| kind != example.file),
        };
        if !holds {
            wrong.push(format!("{}: {} → {seen:?}", example.file, example.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pairs_are_taken_apart_once() {
    let found = events(&["Norland and Sudria condemned Estmark and Westmark."]).remove(0);
    let mut pairs: Vec<_> = found
        .iter()
        .map(|e| (e.actor.as_ref().map(|p| p.span), e.recipient.as_ref().map(|p| p.span)))
        .collect();
    let all = pairs.len();
    pairs.dedup();
    assert_eq!((all, pairs.len()), (4, 4));
}
