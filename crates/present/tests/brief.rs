//! The brief as a page: every jump lands, ids are unique, nothing that a text says becomes markup.

#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test may stop where its own pages are not as it made them"
)]

mod story;

use present::Brief;
use record::{Links, Report};
use std::collections::{BTreeMap, BTreeSet};
use story::{SAID, Said, Telling, links, reports};

fn page(reports: &[Report], links: &Links) -> String {
    let unread = [("broken.txt".to_owned(), "not text".to_owned())];
    let versions = [("onrecord".to_owned(), "0".to_owned())];
    present::html(&Brief { reports, links, unread: &unread, versions: &versions })
}

fn example() -> String {
    let reports = reports();
    page(&reports, &links(&reports))
}

/// Values of an attribute, in order.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let key = format!(" {name}=\"");
    let parts = html.split(key.as_str()).skip(1);
    parts.map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

fn check(html: &str) {
    let ids = attributes(html, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "ids are unique");
    for href in attributes(html, "href") {
        let id = href.strip_prefix('#').unwrap_or_else(|| panic!("a link leaves the page: {href}"));
        assert!(known.contains(id), "#{id} leads nowhere");
    }
    for name in ["aria-labelledby", "data-of"] {
        attributes(html, name).iter().for_each(|id| assert!(known.contains(id), "{name} {id}"));
    }
    assert_nests(html);
}

/// Every element that is opened is closed, in the right order.
fn assert_nests(html: &str) {
    const VOID: [&str; 2] = ["meta", "br"];
    let mut open: Vec<&str> = Vec::new();
    let body = html.trim_start_matches("<!DOCTYPE html>");
    let (before, rest) = body.split_once("<style>").expect("a style");
    let rest = rest.split_once("</style>").expect("its end").1;
    let (middle, rest) = rest.split_once("<script>").expect("a script");
    let after = rest.split_once("</script>").expect("its end").1;
    for tag in [before, middle, after].iter().flat_map(|part| part.split('<').skip(1)) {
        let name = tag.split(['>', ' ']).next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

#[test]
fn every_jump_lands_and_the_page_nests() {
    let html = example();
    check(&html);
    let out = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("brief.html");
    #[expect(clippy::disallowed_methods, reason = "left beside the build for a look at it")]
    std::fs::write(out, &html).expect("the build folder can be written");
}

/// The words under each id of the texts, pieced together from the marks that carry or continue it.
fn landings(html: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut open: Vec<Option<String>> = Vec::new();
    let mut in_back;
    let texts = html.split("<section id=\"texts\"").nth(1).expect("the texts");
    for tag in texts.split("</section>").next().expect("their end").split('<').skip(1) {
        let (tag, words) = tag.split_once('>').expect("an end of the tag");
        if tag.starts_with('/') {
            open.pop();
            in_back = false;
        } else {
            let tag = format!(" {tag}");
            open.push(
                ["id", "data-of"].iter().find_map(|n| attributes(&tag, n).first().map(|id| (*id).to_owned())),
            );
            in_back = tag.contains("class=\"back\"");
        }
        for id in open.iter().flatten().filter(|_| !in_back) {
            found.entry(id.clone()).or_default().push_str(words);
        }
    }
    found
}

fn plain(html: &str) -> String {
    let unescaped =
        html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    unescaped.split_whitespace().collect()
}

#[test]
fn every_jump_lands_on_the_words_that_its_offsets_name() {
    let reports = reports();
    let html = page(&reports, &links(&reports));
    let found = landings(&html);
    let ids: BTreeSet<&str> =
        attributes(&html, "href").into_iter().filter_map(|h| h.strip_prefix('#')).collect();
    let mut jumps = 0;
    for id in ids {
        let parts: Vec<&str> = id.split('-').collect();
        let [article, start, end] = parts[..] else { continue };
        let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else { continue };
        let article: usize = article[1..].parse().expect("the number of a report");
        let words: String = reports[article - 1].text().chars().skip(start).take(end - start).collect();
        assert_eq!(plain(&found[id]), plain(&words), "{id}");
        jumps += 1;
    }
    assert!(jumps > 40, "{jumps}");
}

#[test]
fn the_words_of_a_jump_are_those_it_lands_on() {
    let html = example();
    let found = landings(&html);
    for link in html.split("<a class=\"j\" href=\"#").skip(1) {
        let (id, rest) = link.split_once("\">").expect("a link");
        let words = rest.split("</a>").next().expect("its words").replace("<ins>", "").replace("</ins>", "");
        let landed = plain(&found[id]);
        // Dates and long labels are shortened or introduced; words of the text are given as they are.
        let quoted = plain(&words).trim_matches(['“', '”']).to_owned();
        let shown = !words.contains('…') && landed.contains(&quoted);
        let labelled =
            words.contains(": ") || words.ends_with('…') || words.contains("text") || words.contains('(');
        assert!(shown || labelled, "{id}: {words} / {landed}");
    }
}

#[test]
fn an_utterance_in_three_reports_stands_once_with_its_differences() {
    let html = example();
    let card =
        html.split("id=\"u1\"").nth(1).expect("the utterance").split("</article>").next().expect("its end");
    assert!(card.contains("in 3 reports"), "{card}");
    assert!(card.contains("translated again") && card.contains("<ins>immediately, by</ins> "), "{card}");
    assert_eq!(card.matches("<blockquote").count(), 2, "equal words stand once");
}

#[test]
fn a_statement_told_by_two_utterances_stands_in_them_only() {
    let text = "“One two three,” he said. “Four five six.”";
    let said = || Said { content: &["One two three", "Four five six"], cue: "said", ..SAID };
    let reports: Vec<Report> = (0..2).map(|_| Telling::new("x", text).said(said()).report).collect();
    let utterance = |words: &str| record::Utterance {
        speaker: None,
        speaker_name: None,
        variants: (0..2)
            .map(|article| record::Variant {
                evidence: story::evidence(&reports, article, words, Some(0)),
                relation: record::VariantRelation::Verbatim,
            })
            .collect(),
        made_by: record::Made::by("rule:test/utterance@1"),
    };
    let utterances = vec![utterance("One two three"), utterance("Four five six")];
    let html = page(&reports, &Links { utterances, ..Links::default() });
    check(&html);
    assert_eq!(html.matches("<article class=\"utterance").count(), 2);
    assert!(html.contains("id=\"a2-s1\""));
}

#[test]
fn the_timeline_shows_an_event_once_and_a_cue_as_its_statement() {
    use record::{EventType, Modality};
    let report = |source| {
        Telling::new(source, "She accused them. A blast hit the town.")
            .said(Said { content: &["them"], source: "She", cue: "accused", time: "2024-03-12", ..SAID })
            .event(EventType::Accuse, "accused", None, "2024-03-12", Modality::Happened)
            .event(EventType::Assault, "blast", None, "2024-03-12", Modality::Happened)
            .report
    };
    let html = page(&[report("one"), report("two")], &Links::default());
    let part =
        html.split("id=\"timeline\"").nth(1).and_then(|h| h.split("id=\"cast\"").next()).expect("part");
    let rows = part.split("<tbody").nth(1).expect("the table").matches("<tr").count();
    assert_eq!(rows, 3, "two statements and one blast: {part}");
    assert_eq!(part.matches("role=\"listitem\"").count(), 3);
}

#[test]
fn what_differs_comes_first_and_shows_each_reports_words() {
    let html = example();
    let side = html.split("id=\"side\"").nth(1).expect("the part");
    let at = |words: &str| side.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("people killed in the explosion") < at("people injured"));
    assert!(at("at least 19 people") < at("start of talks"));
}

#[test]
fn anchors_count_code_points() {
    let html = page(&[accented().report], &Links::default());
    assert!(html.contains("id=\"a1-8-14\""), "{html}");
    check(&html);
}

fn accented() -> Telling {
    Telling::new("a.txt", "“Été”, “Il va.”").said(Said { content: &["Il va."], ..SAID })
}

#[test]
fn hostile_words_stay_words() {
    let evil = "</script><script>alert(1)</script> \" onload='x' <img src=x onerror=alert(1)> &amp; javascript:alert(1)";
    let text = format!("{evil}\n\nHe said {evil}.\n");
    let mut telling = Telling::new(evil, &text)
        .titled(evil)
        .outlet(evil)
        .who(record::ReferentKind::Person, &[evil], evil, evil)
        .said(Said {
            content: &[evil],
            source: "He",
            cue: "said",
            speaker: Some(0),
            time: evil,
            to: evil,
            ..SAID
        });
    telling.report.article.language = Some(evil.to_owned());
    telling.report.article.url = Some(evil.to_owned());
    telling.report.article.author = Some(evil.to_owned());
    telling.report.notes = vec![evil.to_owned()];
    let reports = [telling.report];
    let entity = story::entity(evil, record::ReferentKind::Person, evil, evil, &[(0, 0)]);
    let links = Links { entities: vec![entity], ..Links::default() };
    let html = page(&reports, &links);
    check(&html);
    assert_eq!(html.matches("<script").count(), 1, "only our own script");
    assert!(!html.contains("<img"));
    assert!(!attributes(&html, "href").iter().any(|h| h.contains(':')));
}

#[test]
fn crossing_and_nested_marks_keep_the_text_whole() {
    let text = "One two three four five.\nSix seven eight.";
    let telling = Telling::new("x", text)
        .said(Said { content: &["two three four"], source: "three four five", cue: "three", ..SAID })
        .said(Said { content: &["four five.\nSix seven"], source: "One two three four five", ..SAID });
    let html = page(&[telling.report], &Links::default());
    check(&html);
    let prose =
        html.split("<div class=\"prose\"").nth(1).and_then(|h| h.split("</div>").next()).expect("the text");
    let words: String = prose.split('<').skip(1).filter_map(back_stripped).collect();
    assert_eq!(words, text.replace('\n', ""));
}

/// The words after a tag, without those of links back.
fn back_stripped(tag: &str) -> Option<&str> {
    let (name, words) = tag.split_once('>')?;
    (!name.starts_with("a class=\"back\"")).then_some(words)
}

#[test]
fn an_empty_brief_and_odd_spans_do_no_harm() {
    check(&page(&[], &Links::default()));
    let mut telling = Telling::new("", "äöü").said(Said { content: &["ä"], ..SAID });
    telling.report.findings.statements[0].content = vec![record::Span::new(1, 900), record::Span::new(3, 4)];
    telling.report.findings.statements[0].source = Some(record::Span::new(0, 0));
    check(&page(&[telling.report], &Links::default()));
}

#[test]
fn the_same_values_give_the_same_bytes() {
    assert_eq!(example(), example());
}
