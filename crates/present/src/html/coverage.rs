//! Part 7: what was not read, what was left unattributed and why, and what made the brief.

use super::{badge, heading, jump, quote};
use crate::coverage::{Counts, counts, loose_cues, loose_quotations, makers, speakerless};
use crate::view::{Place, View, one_line, shortened};
use crate::words;
use maud::{Markup, html};

pub(super) fn part(view: &View<'_>) -> Markup {
    html! {
        footer id="coverage" aria-labelledby="coverage-head" {
            (heading("coverage", "A brief is only as good as what it admits to have missed."))
            (unread(view))
            (foreign(view))
            (unattributed(view))
            (loose(view, "Quotations that belong to no statement", "Words between quotation marks whose source was not found; some are titles or so-called words.", &loose_quotations(view)))
            (loose(view, "Words of speech left over", "Words that look like reporting, without a content or source that could be tied to them.", &loose_cues(view)))
            (figures(view))
            (made(view))
        }
    }
}

fn unread(view: &View<'_>) -> Markup {
    html! {
        h3 { "Not read" }
        @if view.brief.unread.is_empty() { p { "Every input was read." } }
        ul { @for (source, reason) in view.brief.unread { li { code { (source) } ": " (reason) } } }
    }
}

fn foreign(view: &View<'_>) -> Markup {
    let language =
        |p: &&crate::view::Paper<'_>| p.report.article.language.as_deref().is_some_and(|l| l != "en");
    html! {
        @for paper in view.papers.iter().filter(language) {
            p {
                (badge(paper)) " is in "
                (words::language(paper.report.article.language.as_deref().unwrap_or_default()))
                "; it was read with the rules for English, so expect gaps."
            }
        }
    }
}

fn unattributed(view: &View<'_>) -> Markup {
    let left = speakerless(view);
    html! {
        @if !left.is_empty() {
            details {
                summary { "Statements without a speaker · " (left.len()) }
                ul { @for (_, place, reason) in &left { li { (line(view, *place)) ": " (reason) } } }
            }
        }
    }
}

fn loose(view: &View<'_>, name: &str, lead: &str, places: &[Place]) -> Markup {
    html! {
        @if !places.is_empty() {
            details {
                summary { (name) " · " (places.len()) }
                p.small { (lead) }
                ul { @for &place in places { li { (line(view, place)) } } }
            }
        }
    }
}

fn line(view: &View<'_>, place: Place) -> Markup {
    let words = one_line(view.words(place));
    let (before, after) =
        if words.len() < 30 { crate::context::context(view, place) } else { Default::default() };
    html! {
        @if let Some(paper) = view.papers.get(place.article) { (badge(paper)) " " }
        (before)
        @if words.chars().count() <= 200 { (quote(view, place)) } @else { (jump(view, place, html! { (shortened(&words, 200)) })) }
        (after)
    }
}

const COLUMNS: [&str; 8] = [
    "Words",
    "Sentences",
    "of them without a finding",
    "Statements",
    "with a speaker",
    "Events",
    "Dates",
    "Numbers",
];

fn figures(view: &View<'_>) -> Markup {
    html! {
        h3 { "Counts" }
        div.scroll tabindex="0" role="region" aria-label="Counts by report" {
            table.counts {
                thead { tr { th scope="col" { "Report" } @for head in COLUMNS { th scope="col" { (head) } } } }
                tbody {
                    @for paper in &view.papers {
                        tr {
                            th scope="row" { (badge(paper)) " " (paper.name) }
                            @for n in row(&counts(view, paper)) { td { (words::thousands(n)) } }
                        }
                    }
                }
            }
        }
    }
}

fn row(c: &Counts) -> [usize; 8] {
    [c.words, c.sentences, c.bare, c.statements, c.attributed, c.events, c.dates, c.quantities]
}

fn made(view: &View<'_>) -> Markup {
    let makers = makers(view);
    html! {
        h3 { "Made by" }
        dl.versions {
            @for (name, version) in view.brief.versions { div { dt { (name) } dd { (version) } } }
        }
        @if !makers.is_empty() {
            details {
                summary { "Rules and models · " (makers.len()) }
                ul.makers { @for (id, n) in &makers { li { code { (id) } " " (words::count(*n, "finding")) } } }
            }
        }
    }
}
