use super::*;
use record::*;

fn report(text: &str) -> Report {
    let article = Article {
        id: ArticleId::of(&[text]),
        source: "a.txt".into(),
        source_id: Some("7".into()),
        text: text.into(),
        title: Some(Title { text: "A headline elsewhere".into(), span: None }),
        outlet: None,
        author: None,
        url: None,
        language: Some("en".into()),
        published: None,
        updated: None,
        boilerplate: Layer::default(),
        notes: vec!["from the article".into()],
    };
    let notes = vec!["from a stage".into()];
    Report { article, published: None, reading: Reading::default(), findings: Findings::default(), notes }
}

fn objects(lines: &str) -> Vec<serde_json::Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn statement(content: Span) -> Statement {
    Statement {
        form: Form::Direct,
        source: None,
        cue: None,
        content: vec![content],
        speaker: Some(Speaker { referent: Some(ReferentIx(0)), name: None, kind: SpeakerKind::Unnamed }),
        addressee: None,
        act: Some(Act::Assert),
        condition: None,
        negated: false,
        time: None,
        time_evidence: None,
        occasion: None,
        topics: Vec::new(),
        said_in: Some(StatementIx(9)),
        confidence: 0.123_456,
        made_by: Made::by("rule:test@1"),
    }
}

#[test]
fn code_points_count_characters_not_bytes() {
    let text = format!("{}é“x”😀 end", "ö".repeat(100));
    let points = CodePoints::new(&text);
    for (count, (byte, _)) in text.char_indices().enumerate() {
        assert_eq!(points.before(byte), count as u32, "at byte {byte}");
        assert_eq!(points.byte(count as u64), Some(byte), "code point {count}");
    }
    let all = text.chars().count();
    assert_eq!(points.before(text.len()), all as u32);
    assert_eq!(points.byte(all as u64), Some(text.len()));
    assert_eq!(points.byte(all as u64 + 1), None);
}

#[test]
fn a_span_inside_a_character_takes_the_whole_character() {
    let quote = CodePoints::new("aé").quote(Span::new(1, 2));
    assert_eq!(quote, Quote { start: 1, end: 2, quote: "é" });
}

#[test]
fn a_statement_line_has_code_point_offsets_and_no_dangling_references() {
    let mut report = report("“Ünï” he said");
    let words = Span::at(3..8);
    report.findings.statements.push(statement(words));
    let lines = extract(&report);
    let all = objects(&lines);
    assert_eq!(all[0]["kind"], "article");
    assert_eq!(all[0]["title"], serde_json::Value::Null);
    assert_eq!(all[0]["headline"], "A headline elsewhere");
    assert_eq!(all[0]["notes"], serde_json::json!(["from the article", "from a stage"]));
    let said = &all[1];
    assert_eq!(said["content"], serde_json::json!([{"start": 1, "end": 4, "quote": "Ünï"}]));
    assert_eq!(said["confidence"], 0.123);
    assert_eq!(said["speaker"]["entity"], serde_json::Value::Null, "there is no referent 0");
    assert_eq!(said["said_in"], serde_json::Value::Null, "there is no statement 10");
    assert!(lines.lines().all(|line| line.starts_with("{\"kind\":")));
}

#[test]
fn a_claim_names_source_article_and_words_of_each_value() {
    let reports = [report("Five died."), report("Über five died.")];
    let evidence = |n, span| Evidence { article: ArticleIx(n), span, said_in: Some(StatementIx(0)) };
    let value = |number, e| ClaimValue {
        value: "5".into(),
        number: Some(number),
        unit: Some("person".into()),
        text: None,
        evidence: vec![e],
    };
    let claim = Claim {
        topic: "people killed".into(),
        slot: Slot::Count,
        relation: ClaimRelation::Agree,
        values: vec![value(5.0, evidence(0, Span::new(0, 4))), value(5.5, evidence(1, Span::new(6, 10)))],
        independent_origins: 2,
        reason: "same".into(),
        confidence: 1.0,
        made_by: Made::by("rule:test@1"),
    };
    let all = objects(&compare(&reports, &Links { claims: vec![claim], ..Links::default() }));
    assert_eq!(all[0]["id"], "c1");
    assert_eq!(all[0]["values"][0]["normalised"], serde_json::json!({"number": 5, "unit": "person"}));
    assert_eq!(all[0]["values"][1]["normalised"]["number"], 5.5);
    let second = &all[0]["values"][1]["evidence"][0];
    assert_eq!((second["start"].as_u64(), second["quote"].as_str()), (Some(5), Some("five")));
    assert_eq!(second["article"], reports[1].article.id.to_string());
    assert_eq!(second["said_in"], "s1");
}
