//! What was read and what was left: the honest end of a brief.

use crate::said::StatementRef;
use crate::view::{Paper, Place, View, Who};
use record::{AttributionRole, Span, Statement};
use std::collections::BTreeMap;

/// Counts of one report.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) words: usize,
    pub(crate) sentences: usize,
    /// Sentences in which nothing said and nothing done was found.
    pub(crate) bare: usize,
    pub(crate) statements: usize,
    pub(crate) attributed: usize,
    pub(crate) events: usize,
    pub(crate) dates: usize,
    pub(crate) quantities: usize,
}

pub(crate) fn counts(view: &View<'_>, paper: &Paper<'_>) -> Counts {
    let (reading, findings) = (&paper.report.reading, &paper.report.findings);
    let known = |s: &&Statement| view.speaker(paper.index, s) != Who::Unknown;
    let used = used(paper);
    let sentences = reading.sentences.iter().filter_map(|s| reading.span_of(s.tokens));
    Counts {
        words: paper.length(),
        sentences: reading.sentences.len(),
        bare: sentences.filter(|&s| !touches(&used, s)).count(),
        statements: findings.statements.len(),
        attributed: findings.statements.iter().filter(known).count(),
        events: findings.events.len(),
        dates: reading.times.len(),
        quantities: reading.quantities.len(),
    }
}

/// Statements whose speaker was not found, with the reason.
pub(crate) fn speakerless(view: &View<'_>) -> Vec<(StatementRef, Place, String)> {
    crate::said::statements(view)
        .filter(|(r, s)| view.speaker(r.article, s) == Who::Unknown)
        .filter_map(|(r, s)| {
            let place = Place::new(r.article, *s.content.first()?);
            Some((r, place, reason(view, r, s)))
        })
        .collect()
}

fn reason(view: &View<'_>, reference: StatementRef, statement: &Statement) -> String {
    match statement.source.map(|s| view.words(Place::new(reference.article, s))) {
        Some(words) => format!("it is not clear who “{words}” is"),
        None => "the text names no source near these words".to_owned(),
    }
}

/// Words between quotation marks that no statement holds; titles and single words are not counted.
pub(crate) fn loose_quotations(view: &View<'_>) -> Vec<Place> {
    let of_paper = |paper: &Paper<'_>| {
        let mut held = contents(paper);
        held.extend(paper.report.article.title.iter().filter_map(|t| t.span));
        held.extend(paper.report.article.boilerplate.iter().map(|(span, _)| span));
        let held = joined(held);
        let text = paper.report.text();
        let loose = quotations(text).into_iter().filter(|q| q.text(text).split_whitespace().count() > 1);
        loose.filter(|&q| !touches(&held, q)).map(|q| paper.place(q)).collect::<Vec<_>>()
    };
    view.papers.iter().flat_map(of_paper).collect()
}

/// Words that the model takes for reporting (“said”) but that stand in no statement.
pub(crate) fn loose_cues(view: &View<'_>) -> Vec<Place> {
    let of_paper = |paper: &Paper<'_>| {
        let statements = &paper.report.findings.statements;
        let held = joined(statements.iter().filter_map(|s| s.extent()).collect());
        let cues = paper.report.reading.attribution.iter().filter(|(_, p)| p.role == AttributionRole::Cue);
        cues.filter(|(span, _)| !touches(&held, *span)).map(|(span, _)| paper.place(span)).collect::<Vec<_>>()
    };
    view.papers.iter().flat_map(of_paper).collect()
}

/// What made the findings, with how many each made.
pub(crate) fn makers(view: &View<'_>) -> Vec<(String, usize)> {
    let mut makers: BTreeMap<String, usize> = BTreeMap::new();
    for findings in view.papers.iter().map(|p| &p.report.findings) {
        let made = findings.statements.iter().map(|s| &s.made_by);
        for by in made.chain(findings.events.iter().map(|e| &e.made_by)) {
            *makers.entry(by.to_string()).or_default() += 1;
        }
    }
    let links = view.brief.links;
    for by in links.claims.iter().map(|c| &c.made_by).chain(links.utterances.iter().map(|u| &u.made_by)) {
        *makers.entry(by.to_string()).or_default() += 1;
    }
    makers.into_iter().collect()
}

fn contents(paper: &Paper<'_>) -> Vec<Span> {
    paper.report.findings.statements.iter().flat_map(|s| s.content.clone()).collect()
}

fn used(paper: &Paper<'_>) -> Vec<Span> {
    let mut used = contents(paper);
    used.extend(paper.report.findings.events.iter().map(|e| e.trigger));
    used.extend(paper.report.article.boilerplate.iter().map(|(span, _)| span));
    joined(used)
}

/// Sorted and joined where they overlap.
pub(crate) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

/// Whether one of these sorted spans shares a byte with `span`.
pub(crate) fn touches(sorted: &[Span], span: Span) -> bool {
    let from = sorted.partition_point(|s| s.end <= span.start);
    sorted.get(from).is_some_and(|s| s.overlaps(span))
}

/// Stretches between two quotation marks on one line, whichever way round the marks stand.
fn quotations(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) => open = None,
            ('“' | '”' | '"' | '«' | '»' | '„', None) => open = Some(at + c.len_utf8()),
            ('“' | '”' | '"' | '«' | '»' | '„', Some(start)) => {
                out.push(Span::at(start..at).trimmed(text));
                open = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_quotations_whichever_way_round() {
        let text = "He said “a b” and ” c d “ and « e f ».\nAn open “ one\nand \"g h\"";
        let found: Vec<&str> = quotations(text).into_iter().map(|q| q.text(text)).collect();
        assert_eq!(found, ["a b", "c d", "e f", "g h"]);
    }

    #[test]
    fn joins_overlaps_before_it_looks_up() {
        let spans = joined(vec![Span::new(5, 9), Span::new(0, 6), Span::new(20, 22)]);
        assert_eq!(spans, [Span::new(0, 9), Span::new(20, 22)]);
        assert!(touches(&spans, Span::new(8, 12)) && !touches(&spans, Span::new(9, 20)));
    }
}
