//! Part 6: the texts; every used span is marked and can be jumped to, what is not prose is dimmed.

use super::{heading, said};
use crate::said::StatementRef;
use crate::segments::{Step, steps};
use crate::used::{Used, Uses, used};
use crate::view::{Paper, View};
use crate::words;
use maud::{Markup, html};
use record::Span;
use std::collections::BTreeMap;

pub(super) fn part(view: &View<'_>) -> Markup {
    let used = used(view);
    html! {
        section id="texts" aria-labelledby="texts-head" {
            (heading("texts", "The reports in full, unaltered. Small numbers lead back to the lines above."))
            (legend())
            @for (paper, used) in view.papers.iter().zip(&used) { (text(view, paper, used)) }
        }
    }
}

fn legend() -> Markup {
    let entries = [
        (Uses::QUOTED, "quoted words"),
        (Uses::REPORTED, "reported in the paper’s words"),
        (Uses::SOURCE, "source"),
        (Uses::CUE, "cue"),
        (Uses::CONDITION, "condition"),
        (Uses::EVENT, "event"),
        (Uses::CLAIM, "compared value"),
        (Uses::DATE, "date"),
        (Uses::BOILERPLATE, "not article prose"),
    ];
    html! { ul.legend { @for (uses, name) in entries { li { span class=(uses.classes()) { (name) } } } } }
}

fn text(view: &View<'_>, paper: &Paper<'_>, used: &Used) -> Markup {
    let lines = Lines { view, paper, used, marks: marks(paper, used), back: backlinks(paper, view) };
    let lang = paper.report.article.language.as_deref();
    html! {
        article.text id={ "a" (paper.number()) "-text" } aria-labelledby={ "a" (paper.number()) "-head" } {
            h3 id={ "a" (paper.number()) "-head" } {
                a.n href={ "#a" (paper.number()) } aria-label={ "report " (paper.number()) } { (paper.number()) } " " (paper.name)
            }
            div.prose lang=[lang] { (lines.all()) }
        }
    }
}

/// The lines of the brief that rest on a span: id and short name.
type Backlinks = BTreeMap<Span, Vec<(String, String)>>;

fn backlinks(paper: &Paper<'_>, view: &View<'_>) -> Backlinks {
    let mut back: Backlinks = BTreeMap::new();
    for (index, statement) in paper.report.findings.statements.iter().enumerate() {
        let id = said::statement_id(StatementRef { article: paper.index, index });
        if let Some(&last) = statement.content.last() {
            back.entry(last).or_default().push((id, format!("s{}", index + 1)));
        }
    }
    for (index, claim) in view.brief.links.claims.iter().enumerate() {
        let id = format!("c{}", index + 1);
        let evidence = claim.values.iter().flat_map(|v| &v.evidence);
        for evidence in evidence.filter(|e| e.article.0 as usize == paper.index) {
            let links = back.entry(evidence.span).or_default();
            if links.iter().all(|(known, _)| *known != id) {
                links.push((id.clone(), id.clone()));
            }
        }
    }
    back
}

/// The used spans without white space at their ends, in the order of [`steps`]; ids are those of the spans as used.
fn marks(paper: &Paper<'_>, used: &Used) -> Vec<(usize, Span)> {
    let trimmed = used.iter().enumerate().map(|(i, (span, _))| (i, span.trimmed(paper.report.text())));
    let mut marks: Vec<(usize, Span)> = trimmed.collect();
    marks.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
    marks
}

struct Lines<'v> {
    view: &'v View<'v>,
    paper: &'v Paper<'v>,
    used: &'v Used,
    marks: Vec<(usize, Span)>,
    back: Backlinks,
}

impl Lines<'_> {
    fn all(&self) -> Markup {
        let text = self.paper.report.text();
        let (mut next, mut pending): (usize, Vec<(usize, Span)>) = (0, Vec::new());
        html! {
            @for window in lines(text) {
                ({
                    pending.retain(|(_, span)| span.end > window.start);
                    let fresh = self.marks[next..].iter().take_while(|(_, span)| span.start < window.end);
                    next += fresh.clone().count();
                    pending.extend(fresh);
                    self.line(window, &pending)
                })
            }
        }
    }

    fn line(&self, window: Span, marks: &[(usize, Span)]) -> Markup {
        let reason = self.reason(window, marks);
        let mut out = String::new();
        for step in steps(window, marks) {
            match step {
                Step::Text(span) => push_escaped(&mut out, span.text(self.paper.report.text())),
                Step::Open(mark, first) => self.open(&mut out, mark, first),
                Step::Close(mark, last) => self.close(&mut out, mark, last),
            }
        }
        html! {
            p class=[reason.map(|_| "dim")] data-why=[reason] title=[reason.map(|r| format!("not article prose: {r}"))] {
                (maud::PreEscaped(out))
            }
        }
    }

    /// Why a whole line is not prose.
    fn reason(&self, window: Span, marks: &[(usize, Span)]) -> Option<&'static str> {
        let text = self.paper.report.text();
        let dim = marks.iter().find(|(i, span)| {
            self.used[*i].1.has(Uses::BOILERPLATE) && span.contains(window.trimmed(text))
        })?;
        self.why(dim.1)
    }

    fn why(&self, span: Span) -> Option<&'static str> {
        let layer = self.paper.report.article.boilerplate.as_slice();
        let at = layer.binary_search_by_key(&span, |(s, _)| *s).ok()?;
        Some(words::boilerplate(layer[at].1.reason))
    }

    /// The first piece of a mark carries its id, further pieces refer to it.
    fn open(&self, out: &mut String, mark: usize, first: bool) {
        let (span, uses) = self.used[mark];
        let id = self.view.id(self.paper.place(span));
        let key = if first { "id" } else { "data-of" };
        out.push_str(&format!("<span {key}=\"{id}\""));
        let classes = uses.classes();
        if !classes.is_empty() {
            out.push_str(&format!(" class=\"{classes}\""));
        }
        if let Some(why) = uses.has(Uses::BOILERPLATE).then(|| self.why(span)).flatten() {
            out.push_str(&format!(" title=\"not article prose: {why}\""));
        }
        out.push('>');
    }

    fn close(&self, out: &mut String, mark: usize, last: bool) {
        out.push_str("</span>");
        let links = self.back.get(&self.used[mark].0).filter(|_| last);
        for (id, name) in links.into_iter().flatten() {
            out.push_str(&html! { a.back href={ "#" (id) } { (name) } }.into_string());
        }
    }
}

/// The lines of a text that hold more than white space, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let held = line.trim_end();
        (!held.trim_start().is_empty()).then(|| Span::at(start..start + held.len()))
    })
}

fn push_escaped(out: &mut String, text: &str) {
    out.push_str(&html! { (text) }.into_string());
}
