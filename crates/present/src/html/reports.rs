//! Part 1: the reports, and how the date of each is known.

use super::{badge, date, heading, jump};
use crate::view::{Paper, View, one_line, shortened};
use crate::words;
use maud::{Markup, html};
use record::{Article, ArticleIx, Copy, Published};

pub(super) fn part(view: &View<'_>) -> Markup {
    html! {
        section id="reports" aria-labelledby="reports-head" {
            (heading("reports", "Each report carries a number that stands for it throughout."))
            @if view.papers.is_empty() { p.none { "No report could be read." } }
            ol.reports { @for paper in &view.papers { (report(view, paper)) } }
        }
    }
}

fn report(view: &View<'_>, paper: &Paper<'_>) -> Markup {
    let article = &paper.report.article;
    html! {
        li id={ "a" (paper.number()) } {
            p.no aria-hidden="true" { (paper.number()) }
            div {
                h3 { a href={ "#a" (paper.number()) "-text" } { (paper.title) } }
                p.outlet {
                    b { (paper.name) }
                    @if let Some(author) = &article.author { ", " (shortened(author, 80)) }
                }
                dl {
                    div { dt { "Published" } dd { (published(view, paper)) } }
                    div { dt { "Source" } dd { code { (article.source) } (source_id(article)) } }
                    @if let Some(url) = &article.url { div { dt { "Address" } dd { code { (shortened(url, 120)) } } } }
                    div { dt { "Language" } dd { (language(article)) } }
                    div { dt { "Length" } dd { (words::count(paper.length(), "word")) } }
                    @for copy in copies(view, paper) { div { dt { "Copy" } dd { (copy) } } }
                    @for note in paper.notes() { div { dt { "Note" } dd { (note) } } }
                }
            }
        }
    }
}

fn source_id(article: &Article) -> Markup {
    html! { @if let Some(id) = &article.source_id { " (" (shortened(id, 60)) ")" } }
}

fn language(article: &Article) -> &str {
    article.language.as_deref().map_or("not known", words::language)
}

fn published(view: &View<'_>, paper: &Paper<'_>) -> Markup {
    let Some(published) = paper.published else {
        return html! { "not known: the report bears no date, and none could be worked out" };
    };
    html! {
        b { (date(&published.value)) } br;
        span.basis { (words::basis(published.basis)) (evidence(view, paper, published)) }
        @if let Some(label) = contradicted(paper, published) {
            br; span.basis { "its own label says " (date(&label.value)) }
        }
        @if let Some(updated) = &paper.report.article.updated { br; span.basis { "changed " (date(updated)) } }
    }
}

/// The label that came with the report, where another date is believed.
fn contradicted<'a>(paper: &Paper<'a>, believed: &Published) -> Option<&'a Published> {
    let label = paper.report.article.published.as_ref()?;
    (crate::dates::Date::parse(&label.value) != crate::dates::Date::parse(&believed.value)).then_some(label)
}

/// The words a date rests on, as they stand in this report.
fn evidence(view: &View<'_>, paper: &Paper<'_>, published: &Published) -> Markup {
    let places = published.evidence.iter().map(|&span| paper.place(span)).filter(|&p| view.holds(p));
    let places: Vec<_> = places.take(4).collect();
    html! {
        @for (i, &place) in places.iter().enumerate() {
            (if i == 0 { ": " } else { ", " })
            (jump(view, place, html! { "“" (shortened(&one_line(view.words(place)), 60)) "”" }))
        }
    }
}

fn copies(view: &View<'_>, paper: &Paper<'_>) -> Vec<Markup> {
    let here = ArticleIx(paper.index as u32);
    let copies = view.brief.links.copies.iter().filter(|c| c.articles.contains(&here));
    copies.filter_map(|copy| copied(view, here, copy)).collect()
}

fn copied(view: &View<'_>, here: ArticleIx, copy: &Copy) -> Option<Markup> {
    let other = *copy.articles.iter().find(|&&a| a != here)?;
    let other_paper = view.papers.get(other.0 as usize)?;
    let direction = match copy.from {
        Some(from) if from == other => " taken from ",
        Some(_) => " taken over by ",
        None => " shared with ",
    };
    let place = copy.evidence.iter().find(|e| e.article == here).map(|e| (*e).into());
    let share = format!("{:.0} %", (f64::from(copy.overlap) * 100.0).clamp(0.0, 100.0));
    let what = html! { (words::copy(copy.relation)) };
    Some(html! {
        (place.map_or_else(|| what.clone(), |p| jump(view, p, what.clone())))
        (direction) (badge(other_paper)) " " (other_paper.name) " (" (share) " of the shorter text)"
    })
}
