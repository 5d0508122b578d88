//! The brief as Markdown: every line bears a reference to its words, and nothing in a text formats.

#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test may stop where its own pages are not as it made them"
)]

mod story;

use present::Brief;
use record::{Links, ReferentKind, Report, StatementIx};
use story::{SAID, Said, Telling, links, reports};

fn document(reports: &[Report], links: &Links) -> String {
    present::markdown(&Brief { reports, links, unread: &[], versions: &[] })
}

#[test]
fn quoted_words_stand_where_their_reference_says() {
    let reports = reports();
    let text = document(&reports, &links(&reports));
    let said =
        text.split("## Who said what").nth(1).and_then(|t| t.split("## Side by side").next()).expect("part");
    let mut checked = 0;
    for quotation in said.split('“').skip(1).filter(|q| q.contains("” [a")) {
        let (words, rest) = quotation.split_once("” [a").expect("a reference");
        let (article, rest) = rest.split_once(':').expect("an article");
        let (start, rest) = rest.split_once('–').expect("a start");
        let (end, _) = rest.split_once(']').expect("an end");
        let number = |t: &str| t.parse::<usize>().expect("a number");
        let (article, start, end) = (number(article), number(start), number(end));
        let there: String = reports[article - 1].text().chars().skip(start).take(end - start).collect();
        assert_eq!(there, words.replace('\\', ""));
        checked += 1;
    }
    assert!(checked >= 10, "{checked}");
}

#[test]
fn the_parts_follow_one_another() {
    let reports = reports();
    let text = document(&reports, &links(&reports));
    let parts: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("## ")).collect();
    let expected = [
        "The reports",
        "Timeline",
        "The cast",
        "Positions",
        "Who said what",
        "Side by side",
        "The texts",
        "What was left",
    ];
    assert_eq!(parts, expected);
}

#[test]
fn hostile_words_stay_words() {
    let evil = "# <script>alert(1)</script> [x](javascript:1) *b* `c` | d";
    let telling = Telling::new("`evil`", &format!("{evil}\n{evil}"))
        .titled(evil)
        .said(Said { content: &[evil], ..SAID });
    let text = document(&[telling.report], &Links::default());
    let bare = text.replacen("<!-- onrecord brief -->", "", 1).replace("\\<", "").replace("\\[", "");
    assert!(!bare.contains('<') && !bare.contains("[x"), "{text}");
}

#[test]
fn words_told_inside_a_statement_of_the_same_speaker_stand_once() {
    let said = |content: &'static [&'static str]| Said { content, speaker: Some(0), ..SAID };
    let mut telling = Telling::new("quay", "Ada Bell said: “The quay held, and the gate stayed shut.”")
        .who(ReferentKind::Person, &["Ada Bell"], "", "")
        .said(said(&["The quay held, and the gate stayed shut."]))
        .said(said(&["the gate stayed shut."]));
    let entries = |telling: &Report| {
        let text = document(std::slice::from_ref(telling), &Links::default());
        let part = text.split("## Who said what").nth(1).and_then(|t| t.split("## Side by side").next());
        part.expect("part").matches("gate stayed shut").count()
    };
    assert_eq!(entries(&telling.report), 2);
    telling.report.findings.statements[1].said_in = Some(StatementIx(0));
    assert_eq!(entries(&telling.report), 1);
}
