//! The brief as one self-contained HTML file.

mod cast;
mod coverage;
mod csp;
mod picture;
mod positions;
mod reports;
mod said;
mod side;
mod texts;
mod timeline;

use crate::dates;
use crate::said::{Group, groups};
use crate::view::{Paper, Place, View, Who, one_line};
use crate::words;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use record::{Claim, ClaimRelation};

const STYLE: &str = include_str!("brief.css");
const SCRIPT: &str = include_str!("brief.js");

/// The page.
pub(crate) fn page(view: &View<'_>) -> String {
    let groups = groups(view);
    let title = view.title();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content=(generator(view));
                meta http-equiv="Content-Security-Policy" content=(csp::policy(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) " – brief" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the brief" }
                (head(view, &title, &groups))
                (contents())
                main id="main" { (parts(view, &groups)) }
                (coverage::part(view))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// The program and its version, by which the page is known as a brief and not read as a report.
fn generator(view: &View<'_>) -> String {
    let version = view.brief.versions.iter().find(|(what, _)| what == "onrecord");
    version.map_or_else(|| "onrecord".to_owned(), |(what, version)| format!("{what} {version}"))
}

fn parts(view: &View<'_>, groups: &[Group]) -> Markup {
    html! {
        (reports::part(view))
        (timeline::part(view, groups))
        (cast::part(view, groups))
        (positions::part(view))
        (said::part(view, groups))
        (side::part(view))
        (texts::part(view))
    }
}

/// Id, name and number of each part.
const PARTS: [(&str, &str); 8] = [
    ("reports", "The reports"),
    ("timeline", "Timeline"),
    ("cast", "The cast"),
    ("positions", "Positions"),
    ("said", "Who said what"),
    ("side", "Side by side"),
    ("texts", "The texts"),
    ("coverage", "What was left"),
];

fn contents() -> Markup {
    html! {
        nav.contents aria-label="Parts of the brief" {
            ol { @for (id, name) in PARTS { li { a href={ "#" (id) } { (name) } } } }
        }
    }
}

/// The head of a part: its name and one line on how to read it.
fn heading(id: &str, lead: &str) -> Markup {
    let name = PARTS.iter().find(|(known, _)| *known == id).map_or("", |(_, name)| name);
    html! {
        h2 id={ (id) "-head" } { (name) }
        @if !lead.is_empty() { p.lead { (lead) } }
    }
}

fn head(view: &View<'_>, title: &str, groups: &[Group]) -> Markup {
    let links = view.brief.links;
    let of = |relation| links.claims.iter().filter(|c| c.relation == relation).count();
    let agreed =
        |c: &&Claim| c.relation == ClaimRelation::Agree && c.independent_origins > 1 && !words::is_loose(c);
    let agreed = links.claims.iter().filter(agreed).count();
    let utterances: usize = groups.iter().map(|g| g.items.len()).sum();
    let speakers = groups.iter().filter(|g| g.who != Who::Unknown).count();
    let figures = [
        ("reports", view.papers.len(), "report", "reports"),
        ("said", utterances, "utterance", "utterances"),
        ("cast", speakers, "speaker", "speakers"),
        ("side", of(ClaimRelation::Conflict), "difference", "differences"),
        ("side", of(ClaimRelation::Update), "update", "updates"),
        ("side", agreed, "independent agreement", "independent agreements"),
    ];
    html! {
        header.top {
            p.kicker { "On record" }
            h1 { (title) }
            @if let Some(range) = range(view) { p.range { (range) } }
            ul.figures {
                @for (id, n, one, many) in figures {
                    li { a href={ "#" (id) } { b { (words::thousands(n)) } " " (if n == 1 { one } else { many }) } }
                }
            }
        }
    }
}

/// The first and last publication date.
fn range(view: &View<'_>) -> Option<String> {
    let mut days: Vec<dates::Date> =
        view.papers.iter().filter_map(|p| dates::Date::parse(&p.published?.value)).collect();
    days.sort();
    let (first, last) = (days.first()?, days.last()?);
    let span = if first == last { first.words() } else { format!("{} to {}", first.plain(), last.plain()) };
    Some(format!("Reports of {span}"))
}

/// A link to words of a report.
fn jump(view: &View<'_>, place: Place, body: Markup) -> Markup {
    if !view.holds(place) {
        return body;
    }
    html! { a.j href={ "#" (view.id(place)) } { (body) } }
}

/// The words of a place as a link to them.
fn quote(view: &View<'_>, place: Place) -> Markup {
    jump(view, place, html! { (one_line(view.words(place))) })
}

/// The number of a report as a link to it.
fn badge(paper: &Paper<'_>) -> Markup {
    html! {
        a.n href={ "#a" (paper.number()) } title=(paper.name) aria-label={ "report " (paper.number()) ", " (paper.name) } {
            (paper.number())
        }
    }
}

/// The number of a report as a link to words in it.
fn badge_at(view: &View<'_>, place: Place) -> Markup {
    let Some(paper) = view.papers.get(place.article) else { return html! {} };
    if !view.holds(place) {
        return badge(paper);
    }
    html! {
        a.n href={ "#" (view.id(place)) } title=(paper.name) aria-label={ "report " (paper.number()) ", " (paper.name) } {
            (paper.number())
        }
    }
}

/// A date value in words, machine-readable where it is a date.
fn date(value: &str) -> Markup {
    match dates::Date::parse(value) {
        Some(date) => html! { time datetime=(date.iso()) { (date.words()) } },
        None => html! { (dates::in_words(value)) },
    }
}

/// Where a member of the cast stands on the page.
fn who_href(view: &View<'_>, who: &Who, groups: &[Group]) -> Option<String> {
    let group = groups.iter().position(|g| g.who == *who)?;
    (!view.name(who).is_empty()).then(|| format!("#said-{}", group + 1))
}
