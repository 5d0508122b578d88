//! Why a statement is as it is, as plain text.

use record::{Explanation, Report, StatementIx, TreeLine};
use std::fmt::Write;

/// What fired for a statement, whom else its source could mean, and the tree around it.
pub fn text(report: &Report, statement: StatementIx, explanation: &Explanation) -> String {
    let mut page = format!("s{} in {}\n", statement.0 + 1, report.article.source);
    parts(report, explanation, &mut page);
    page.push_str("\nwhat fired\n");
    explanation.fired.iter().for_each(|line| push(&mut page, format_args!("  {line}")));
    candidates(explanation, &mut page);
    page.push_str("\ntree (mark of the model, part of the statement)\n");
    explanation.tree.iter().for_each(|line| token(report, line, &mut page));
    page
}

fn push(page: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "{line}");
}

fn parts(report: &Report, explanation: &Explanation, page: &mut String) {
    let statement = &explanation.statement;
    let words =
        |span: record::Span| span.text(report.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let speaker = statement.speaker.as_ref().and_then(|s| s.name.clone());
    let addressee = statement.addressee.as_ref().map(|a| a.name.clone());
    let content = statement.content.iter().map(|c| words(*c)).collect::<Vec<_>>().join(" … ");
    let fields = [
        ("source", statement.source.map(words)),
        ("cue", statement.cue.map(words)),
        ("content", Some(content)),
        ("speaker", speaker),
        ("addressee", addressee),
        ("act", statement.act.map(|a| a.as_str().to_owned())),
        ("condition", statement.condition.map(words)),
        ("confidence", Some(format!("{:.2}", statement.confidence))),
    ];
    for (name, value) in fields {
        push(page, format_args!("  {name:<10} {}", value.as_deref().unwrap_or("unknown")));
    }
}

fn candidates(explanation: &Explanation, page: &mut String) {
    if explanation.candidates.is_empty() {
        return;
    }
    page.push_str("\nwhom the source could mean\n");
    for (n, (name, score)) in explanation.candidates.iter().enumerate() {
        let place = match n {
            0 => "chosen",
            1 => "runner-up",
            _ => "",
        };
        push(page, format_args!("  {score:>6.2}  {name:<40} {place}"));
    }
}

fn token(report: &Report, line: &TreeLine, page: &mut String) {
    let word = line.span.text(report.text());
    let head = line.head.map_or_else(|| "-".to_owned(), |h| h.to_string());
    let (mark, part) = (line.mark.unwrap_or("-"), line.part.unwrap_or("-"));
    let row = format!(
        "  {:>5}  {word:<20} {:<12} {:<16} {:>5}  {:<14} {mark:<8} {part}",
        line.token, line.tags, line.lemma, head, line.relation
    );
    push(page, format_args!("{}", row.trim_end()));
}
