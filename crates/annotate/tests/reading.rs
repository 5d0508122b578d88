//! What holds for every reading of every text.

use encoder::Encoder;
use lexicon::Lexicon;
use proptest::prelude::*;
use record::{Reading, Span};
use std::sync::LazyLock;

const REPORT: &str = "Port of Norvik shut\n\nThe port of Norvik was shut on Monday, Mayor Ida Dorn said. “We \
    can't wait ”Ms. Dorn told reporters. Talks ” in March “ are planned… (…) “Why now? “ In reply, the U.S. \
    envoy A. B. Lee said he won't speak";

fn read(texts: &[&str]) -> Vec<Reading> {
    static MODEL: LazyLock<(Encoder, Lexicon)> = LazyLock::new(|| (Encoder::embedded(), Lexicon::load()));
    annotate::readings(texts, &MODEL.0, &MODEL.1)
}

/// Names the first property that does not hold.
fn defect(text: &str, reading: &Reading) -> Option<&'static str> {
    let n = reading.tokens.len();
    let in_order = reading.tokens.windows(2).all(|w| w[0].end <= w[1].start);
    let gap = |from: u32, to: u32| Span::new(from, to).text(text).chars().all(char::is_whitespace);
    let covered = (0..=n).all(|i| {
        let from = if i == 0 { 0 } else { reading.tokens[i - 1].end };
        gap(from, reading.tokens.get(i).map_or(text.len() as u32, |t| t.start))
    });
    let partition: Vec<usize> = reading.sentences.iter().flat_map(|s| s.tokens.range()).collect();
    let spans = reading.names.iter().map(|x| x.0).chain(reading.attribution.iter().map(|x| x.0));
    [
        (
            reading.tokens.iter().all(|t| !t.is_empty() && t.is_valid_in(text)),
            "tokens are cut out of the text",
        ),
        (in_order, "tokens are in order and disjoint"),
        (covered, "tokens cover every character that is not white space"),
        (partition == (0..n).collect::<Vec<_>>(), "sentences partition the tokens"),
        (
            reading.tags.len() == n && reading.lemmas.len() == n && reading.tree.len() == n,
            "one of each a token",
        ),
        (reading.sentences.iter().all(|s| is_tree(reading, s.tokens.range())), "every sentence is one tree"),
        (
            spans.into_iter().all(|s| starts_and_ends(reading, s)),
            "names and pieces begin and end with tokens",
        ),
        (reading.names.iter().all(|(s, _)| in_one_sentence(reading, s)), "names stay inside a sentence"),
        (reading.lemmas.iter().all(|l| !l.is_empty()), "no lemma is empty"),
    ]
    .into_iter()
    .find_map(|(holds, property)| (!holds).then_some(property))
}

fn is_tree(reading: &Reading, tokens: std::ops::Range<usize>) -> bool {
    let roots = tokens.clone().filter(|&t| reading.tree[t].head.is_none()).count();
    let reaches = |t: usize| {
        let mut at = t;
        for _ in tokens.clone() {
            match reading.tree[at].head {
                None => return true,
                Some(head) if tokens.contains(&(head as usize)) => at = head as usize,
                Some(_) => return false,
            }
        }
        reading.tree[at].head.is_none()
    };
    roots == 1 && tokens.clone().all(reaches)
}

fn starts_and_ends(reading: &Reading, span: Span) -> bool {
    reading.tokens.iter().any(|t| t.start == span.start) && reading.tokens.iter().any(|t| t.end == span.end)
}

fn in_one_sentence(reading: &Reading, span: Span) -> bool {
    let tokens = reading.tokens_in(span);
    reading.sentence_of(tokens.start as usize) == reading.sentence_of(tokens.end as usize - 1)
}

#[test]
fn a_report_is_read() {
    let reading = read(&[REPORT]).remove(0);
    assert_eq!(defect(REPORT, &reading), None);
    assert!(reading.tokens.len() > 50);
}

#[test]
fn a_sentence_longer_than_any_window_is_one_tree() {
    let text = "and the ships that came by sea ".repeat(200);
    let reading = read(&[&text]).remove(0);
    assert_eq!(defect(&text, &reading), None);
}

#[test]
fn text_without_stops_is_cut_into_sentences_of_bearable_length() {
    let text = "and the ships that came by sea ".repeat(2_000);
    let reading = read(&[&text]).remove(0);
    assert_eq!(defect(&text, &reading), None);
    assert!(reading.sentences.iter().all(|s| s.tokens.len() < 500));
}

#[test]
fn texts_do_not_change_one_another() {
    let long = REPORT.repeat(6);
    let texts = [REPORT, "", &long, "\n\n", "Ida Dorn spoke."];
    let together = read(&texts);
    for (text, reading) in texts.iter().zip(&together) {
        assert_eq!(read(&[text]).remove(0), *reading, "{text}");
    }
}

#[test]
fn threads_do_not_change_a_reading() {
    let long = REPORT.repeat(9);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| read(&[&long, REPORT]))
    };
    assert!(on(1) == on(8));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_text_is_read_soundly(text in "(\\PC|[ \n\t“”\".,?!’'()-]|said|Mr\\. |the |Ida Dorn |2021 ){0,80}") {
        let reading = read(&[&text]).remove(0);
        prop_assert_eq!(defect(&text, &reading), None);
    }
}
