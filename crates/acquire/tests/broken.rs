//! Broken input: what can be read is read, the rest is named with what was expected and the next step.

use acquire::{Acquired, Format, LONGEST_TEXT, acquire};
use lexicon::Lexicon;

fn read(source: &str, bytes: &[u8]) -> Acquired {
    acquire(source, bytes, Format::Auto, &Lexicon::load())
}

/// The only problem of an input that gives no article.
fn problem(source: &str, bytes: &[u8]) -> String {
    let found = read(source, bytes);
    assert_eq!((found.articles.len(), found.problems.len()), (0, 1), "{source}: {:?}", found.problems);
    assert!(found.problems[0].source.starts_with(source));
    let message = found.problems[0].message.clone();
    assert!(message.starts_with(char::is_lowercase), "{message}");
    message
}

const REPORT: &str = "The ferry to the islands sank on Monday, the harbour master said.\nNobody was hurt.\n";

#[test]
fn empty_and_blank_input() {
    for bytes in [&b""[..], b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe \0\n\0"] {
        assert!(problem("a.txt", bytes).contains("empty"), "{bytes:?}");
    }
    assert!(problem("a.jsonl", b"{\"text\": \" \"}").contains("empty"));
}

#[test]
fn binary_input() {
    let noise: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    assert!(problem("a.txt", &noise).contains("expected the text"));
    assert!(problem("a.txt", &[0; 4096]).contains("binary"));
    assert!(problem("a.pdf", b"%PDF-1.4\n%\xe2\xe3").contains("convert it to text"));
    assert!(problem("a.parquet", b"PAR1\x15\x04").contains("JSON Lines"));
}

#[test]
fn truncated_utf8() {
    let bytes = format!("{REPORT}The café").into_bytes();
    let found = read("a.txt", &bytes[..bytes.len() - 1]);
    assert_eq!(found.articles[0].text, format!("{REPORT}The caf\u{fffd}"));
    assert!(found.articles[0].notes[0].contains("damaged in 1 place"));
}

#[test]
fn utf16() {
    for mark in ["", "\u{feff}"] {
        for little in [true, false] {
            let units = format!("{mark}{REPORT}").encode_utf16().collect::<Vec<u16>>();
            let bytes: Vec<u8> =
                units.iter().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect();
            let found = read("a.txt", &bytes);
            assert_eq!(found.articles[0].text, REPORT);
            assert!(found.articles[0].notes[0].contains("utf-16"));
        }
    }
}

#[test]
fn fifty_megabytes_of_one_line() {
    let line = "The ferry sank. ".repeat((50 << 20) / 16);
    for name in ["a.txt", "a.html"] {
        let message = problem(name, line.as_bytes());
        assert!(message.contains("limit"), "{message}");
    }
    let record = format!("{{\"text\": \"{line}\"}}\n{{\"text\": \"The ferry sank.\"}}");
    let found = read("a.jsonl", record.as_bytes());
    assert_eq!((found.articles.len(), found.problems.len()), (1, 1));
    let fits = &line[..LONGEST_TEXT - 16];
    assert_eq!(read("a.txt", fits.as_bytes()).articles[0].text, fits);
}

#[test]
fn deep_nesting() {
    let paragraph = format!("<p>{}</p>", REPORT.repeat(4));
    for tag in ["div", "span", "table><tr><td", "b", "blockquote", "ul><li"] {
        let close = tag.split("><").collect::<Vec<_>>();
        let close: String = close.iter().rev().map(|t| format!("</{t}>")).collect();
        let page =
            format!("<html><body>{}{paragraph}{}", format!("<{tag}>").repeat(10_000), close.repeat(10_000));
        let found = read("a.html", page.as_bytes());
        assert_eq!(found.problems, [], "{tag}");
        assert!(found.articles[0].text.contains("Nobody was hurt."), "{tag}");
    }
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(problem("a.jsonl", deep.as_bytes()).contains("expected one object a line"));
}

#[test]
fn broken_lines_between_good_ones() {
    let lines = b"{\"id\": 7, \"text\": \"The ferry sank.\"}\n{\"id\": \"b\"\n\n[1]\n{\"text\": 5}\n{\"title\": \"x\"}\n\
        {\"id\": \"c\", \"text\": \"It was old.\", \"author\": [\"A\", \"B\"]}\n\xff\xfe\n";
    let found = read("a.jsonl", lines);
    let ids: Vec<_> = found.articles.iter().map(|a| a.source_id.as_deref()).collect();
    assert_eq!(ids, [Some("7"), Some("c")]);
    assert_eq!(found.articles[1].author.as_deref(), Some("A, B"));
    assert_eq!(found.articles[1].source, "a.jsonl:7");
    let at: Vec<&str> = found.problems.iter().map(|p| p.source.as_str()).collect();
    assert_eq!(at, ["a.jsonl:2", "a.jsonl:4", "a.jsonl:5", "a.jsonl:6", "a.jsonl:8"]);
    assert!(found.problems[3].message.contains("no field `text`"));
}

#[test]
fn damaged_archives() {
    assert!(problem("a.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03half").contains("whole gzip file"));
    assert!(problem("a.warc", b"WARC/1.0\r\nContent-Length: 9").contains("no whole record"));
}

#[test]
fn pages_and_feeds_without_text() {
    assert!(problem("a.html", b"<html><body><script>x()</script></body></html>").contains("no article text"));
    assert!(problem("a.xml", b"<rss version='2.0'><channel></channel></rss>").contains("no items"));
    assert!(problem("a.json", b"[{\"body_text\": \"\"}]").contains("body_text"));
}

#[test]
fn dates_that_are_none_are_told() {
    let found = read("a.jsonl", b"{\"text\": \"The ferry sank.\", \"published\": \"soon\"}");
    assert_eq!(found.articles[0].published, None);
    assert!(found.articles[0].notes[0].contains("“soon” is no date"));
}
