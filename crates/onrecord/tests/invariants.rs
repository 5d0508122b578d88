//! What holds for every text: places are real, the answer depends on nothing but the text.
// Tests of the outside: they read files, and a failed expectation is a failed test.
#![allow(clippy::expect_used, clippy::disallowed_methods)]

use onrecord::acquire::Format;
use onrecord::present::contract;
use onrecord::present::verify::{Texts, verify};
use onrecord::record::{Report, Span};
use onrecord::{Engine, Input};
use proptest::prelude::*;
use std::sync::OnceLock;

/// One engine for all tests; the program itself has no globals.
fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(Engine::new)
}

fn inputs(texts: &[String]) -> Vec<Input> {
    let input = |(n, text): (usize, &String)| Input {
        source: format!("{n}.txt"),
        first_line: 1,
        bytes: text.clone().into_bytes(),
        format: Format::Txt,
    };
    texts.iter().enumerate().map(input).collect()
}

fn read(texts: &[String]) -> Vec<Report> {
    engine().read(engine().acquire(&inputs(texts)).articles, &|_| {})
}

/// Every span of a report, by the layer it comes from.
fn spans(report: &Report) -> Vec<Span> {
    let findings = &report.findings;
    let mut spans: Vec<Span> = report.reading.tokens.clone();
    spans.extend(report.article.boilerplate.iter().map(|(span, _)| span));
    spans.extend(report.article.title.iter().filter_map(|title| title.span));
    spans.extend(report.published.iter().flat_map(|published| published.evidence.iter().copied()));
    spans.extend(report.reading.names.iter().map(|(span, _)| span));
    spans.extend(report.reading.attribution.iter().map(|(span, _)| span));
    spans.extend(report.reading.times.iter().map(|(span, _)| span));
    spans.extend(report.reading.quantities.iter().map(|(span, _)| span));
    spans.extend(findings.mentions.iter().map(|(span, _)| span));
    for statement in &findings.statements {
        spans.extend(statement.extent());
        spans.extend(statement.content.iter().copied());
        spans.extend(
            [statement.source, statement.cue, statement.condition, statement.time_evidence].iter().flatten(),
        );
    }
    for event in &findings.events {
        spans.push(event.trigger);
        spans.extend([&event.actor, &event.recipient, &event.place].into_iter().flatten().map(|p| p.span));
    }
    spans
}

fn assert_sound(report: &Report) {
    for span in spans(report) {
        assert!(
            span.is_valid_in(report.text()) && !span.is_empty(),
            "{span:?} is no place in {:?}",
            report.text()
        );
    }
    let findings = &report.findings;
    assert!(findings.statements.iter().all(|s| !s.content.is_empty()), "a statement says something");
    let known = |statement: Option<onrecord::record::StatementIx>| {
        statement.is_none_or(|ix| findings.statement(ix).is_some())
    };
    assert!(
        findings.statements.iter().all(|s| known(s.said_in))
            && findings.events.iter().all(|e| known(e.said_in))
    );
    assert!(
        findings.mentions.iter().all(|(_, m)| m.referent.is_none_or(|ix| findings.referent(ix).is_some()))
    );
}

/// Sentences as news has them, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("“We will not sell the port,” said Anna Bell, the mayor of Larkhaven. ".to_owned()),
        Just("Mr. Dorn denied on Tuesday, March 5, that 12 people had been hurt. ".to_owned()),
        Just("According to the coast guard, ” nine sailors “ were rescued ".to_owned()),
        Just("She said: \"If they stay, we will close the ports".to_owned()),
        Just("\n\nRead also: The mine that should not have been there\n".to_owned()),
        Just("L’été, «\u{a0}contacts\u{a0}» à Genève… ".to_owned()),
        "\\PC{0,24}",
        "[ \\t\\n\u{200b}\u{feff}\u{2028}]{0,4}",
        "[0-9$€%.,:;/-]{0,12}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn places_are_real_and_quotes_stand_there(text in text()) {
        for report in read(&[text]) {
            assert_sound(&report);
            let mut texts = Texts::default();
            texts.add(&report.article);
            prop_assert_eq!(verify(&contract::extract(&report), &texts).faults, vec![]);
        }
    }

    #[test]
    fn what_an_article_says_depends_on_no_other_article(texts in proptest::collection::vec(text(), 2..5)) {
        let together: Vec<String> = read(&texts).iter().map(contract::extract).collect();
        let backwards: Vec<String> = texts.iter().rev().cloned().collect();
        let mut reversed: Vec<String> = read(&backwards).iter().map(contract::extract).collect();
        reversed.reverse();
        prop_assert_eq!(together.len(), reversed.len());
        for (a, b) in together.iter().zip(&reversed) {
            prop_assert_eq!(without_source(a), without_source(b));
        }
    }
}

/// The lines of a report without the name of its input.
fn without_source(lines: &str) -> String {
    let (before, after) = lines.split_once("\"source\":\"").expect("an article line");
    format!("{before}{}", after.split_once('"').map_or("", |(_, rest)| rest))
}

fn examples() -> Vec<Input> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("examples").map(|e| e.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"));
    paths.sort();
    let input = |path: &std::path::PathBuf| Input {
        source: path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        first_line: 1,
        bytes: std::fs::read(path).expect("an example"),
        format: Format::Auto,
    };
    paths.iter().map(input).collect()
}

/// Everything the program says of the examples, on so many threads.
fn said_on(threads: usize) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| {
        let reports = engine().align(engine().read(engine().acquire(&examples()).articles, &|_| {}));
        let mut lines: String = reports.iter().map(contract::extract).collect();
        lines += &contract::compare(&reports, &engine().link(&reports));
        lines + &contract::stories(&reports, &engine().stories(&reports, &[]))
    })
}

#[test]
fn the_same_bytes_come_out_on_one_and_on_eight_threads_and_again() {
    let one = said_on(1);
    assert!(one.lines().count() > 100, "the examples say something");
    assert!(one == said_on(8), "eight threads give other bytes than one");
    assert!(one == said_on(8), "a second run gives other bytes than the first");
}

#[test]
fn a_text_without_words_is_no_failure() {
    for text in ["", " ", "\u{feff}", "\u{0}", "…", "“", "\n\n\n", "\u{1f600}\u{200d}\u{1f600}"] {
        read(&[text.to_owned()]).iter().for_each(assert_sound);
    }
}
