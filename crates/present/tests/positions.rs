//! Positions, who acts towards whom, and the tables made of them.

#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test may stop where its own pages are not as it made them"
)]

mod story;

use present::Brief;
use present::export::{Columns, Form, Location, events, positions};
use record::{Act, Links, ReferentKind, Report};
use story::{SAID, Said, Telling, entity, links, reports};

fn brief<'a>(reports: &'a [Report], links: &'a Links) -> Brief<'a> {
    Brief { reports, links, unread: &[], versions: &[] }
}

/// A gazetteer with one state.
fn locate(name: &str, _: &[&str]) -> Option<Location> {
    let coordinates = Some((60.25, 5.5));
    (name == "Haldria").then(|| Location { country: "HLD".to_owned(), is_state: true, coordinates })
}

fn board(reports: &[Report], links: &Links) -> String {
    let text = present::markdown(&brief(reports, links));
    let part = text.split("## Positions").nth(1).and_then(|t| t.split("\n## ").next());
    part.expect("the board").to_owned()
}

#[test]
fn each_position_stands_once_under_its_side() {
    let reports = reports();
    let board = board(&reports, &links(&reports));
    let side = |name: &str| {
        let part = board.split(&format!("### {name}\n")).nth(1).unwrap_or_else(|| panic!("no side {name}"));
        part.split("\n### ").next().expect("its end").to_owned()
    };
    assert_eq!(side("Zarevia").matches("**demands**").count(), 1, "three reports tell one demand: {board}");
    let haldria = side("Haldria");
    assert!(haldria.contains("**refuses** (senior Haldrian official)"), "{haldria}");
    assert!(haldria.contains("on condition: “if Zarevia closed the strait to shipping”"), "{haldria}");
    assert!(!board.contains("announce"), "an announcement is no position");
}

fn turn() -> (Vec<Report>, Links) {
    let text = "We will never open the ports. We are ready to open the ports for grain.";
    let mut report = Telling::new("a.txt", text)
        .who(ReferentKind::Person, &["We"], "minister", "Haldria")
        .said(Said {
            content: &["We will never open the ports."],
            speaker: Some(0),
            act: Some(Act::Refuse),
            time: "2024-03-01",
            ..SAID
        })
        .said(Said {
            content: &["We are ready to open the ports for grain."],
            speaker: Some(0),
            act: Some(Act::Propose),
            time: "2024-03-09",
            ..SAID
        })
        .report;
    for statement in &mut report.findings.statements {
        let from = statement.content[0].start;
        let at = text[from as usize..].find("the ports").expect("the term") as u32;
        statement.topics.push(record::Span::new(from + at, from + at + 9));
    }
    let entities = vec![entity("Lena Strand", ReferentKind::Person, "minister", "Haldria", &[(0, 0)])];
    (vec![report], Links { entities, dates: vec![None], ..Links::default() })
}

#[test]
fn a_turn_is_marked_on_the_later_line() {
    let (reports, links) = turn();
    let board = board(&reports, &links);
    assert!(board.contains("**changed**: refuses on 1 March 2024"), "{board}");
    assert_eq!(board.matches("**changed**").count(), 1, "{board}");
    let table = positions(&brief(&reports, &links), Form::Csv);
    assert!(table.starts_with("Actor,Voice,Stance,Issue,Words,Condition,Date,Changed From"), "{table}");
    assert!(table.contains("2024-03-09,refuses"), "{table}");
}

#[test]
fn events_come_in_both_schemes_with_their_words() {
    let reports = reports();
    let links = links(&reports);
    let table = events(&brief(&reports, &links), Columns::Plover, Form::Csv, &locate);
    let lines: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(lines.len(), 1 + 4 + 1, "a head, an event a line, an end");
    assert!(lines[2].contains("ACCUSE") && lines[2].contains("HLD,Astrid Solvang,Haldria"), "{}", lines[2]);
    let rows = events(&brief(&reports, &links), Columns::Cameo, Form::JsonLines, &locate);
    let first: serde_json::Value =
        serde_json::from_str(rows.lines().nth(1).expect("a row")).expect("an object");
    assert_eq!((&first["EventRootCode"], &first["QuadClass"]), (&"11".into(), &"3".into()));
    assert_eq!(first["SQLDATE"], "20240313");
}
