//! Part 5: side by side: claims down, reports across, each report's own words in the cell.

use super::{badge, heading, jump};
use crate::context::{context, shown, voice};
use crate::view::{Paper, Place, View, one_line, shortened};
use crate::words;
use maud::{Markup, html};
use record::{Claim, ClaimRelation, ClaimValue, Evidence};

pub(super) fn part(view: &View<'_>) -> Markup {
    let mut claims: Vec<(usize, &Claim)> = view.brief.links.claims.iter().enumerate().collect();
    claims.sort_by_key(|(_, claim)| words::rank(claim));
    let (single, shared): (Vec<_>, Vec<_>) =
        claims.into_iter().partition(|(_, claim)| claim.relation == ClaimRelation::Only);
    let (loose, shared): (Vec<_>, Vec<_>) = shared.into_iter().partition(|(_, claim)| words::is_loose(claim));
    html! {
        section id="side" aria-labelledby="side-head" {
            (heading("side", "What the reports say on one question, in their own words. What differs comes first; copies count as one origin."))
            @if shared.is_empty() && loose.is_empty() && single.is_empty() { p.none { "There is nothing to compare." } }
            @if !shared.is_empty() { (table(view, &shared)) }
            @if !loose.is_empty() {
                details {
                    summary { "Perhaps the same · " (loose.len()) }
                    p.lead { "Words for one kind of event in several reports that name nothing else in common." }
                    (table(view, &loose))
                }
            }
            @if !single.is_empty() { (only(view, &single)) }
        }
    }
}

fn table(view: &View<'_>, claims: &[(usize, &Claim)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Claims compared" {
            table.side.stack role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { "On" }
                        @for paper in &view.papers { th role="columnheader" scope="col" { (badge(paper)) " " (paper.name) } }
                    }
                }
                tbody role="rowgroup" { @for (i, claim) in claims { (row(view, *i, claim)) } }
            }
        }
    }
}

fn row(view: &View<'_>, index: usize, claim: &Claim) -> Markup {
    html! {
        tr role="row" id={ "c" (index + 1) } class=(claim.relation.as_str()) {
            th role="rowheader" scope="row" {
                (sign(claim.relation, words::relation(claim)))
                span.topic { (claim.topic) }
                span.why { (claim.reason) }
                span.why {
                    (claim.slot.as_str()) " · " (words::counted(claim.independent_origins as usize, "independent origin", "independent origins"))
                    @if claim.confidence < 0.5 { " · " em { "uncertain" } }
                }
            }
            @for paper in &view.papers { (cell(view, claim, paper)) }
        }
    }
}

/// Sign and word of a relation: never colour alone.
fn sign(relation: ClaimRelation, (sign, word): (&str, &str)) -> Markup {
    html! { span class={ "sign " (relation.as_str()) } { b aria-hidden="true" { (sign) } " " (word) } }
}

/// Values said by one report, each with its words. Words said by somebody are told so.
fn cell(view: &View<'_>, claim: &Claim, paper: &Paper<'_>) -> Markup {
    let here = |e: &&Evidence| e.article.0 as usize == paper.index && view.holds((**e).into());
    let values = claim.values.iter().enumerate().filter(|(_, v)| v.evidence.iter().any(|e| here(&e)));
    let values: Vec<(usize, &ClaimValue)> = values.collect();
    let label = format!("{} {}", paper.number(), paper.name);
    html! {
        td role="cell" data-label=(label) class=[values.is_empty().then_some("nil")] {
            @if values.is_empty() { span aria-label="does not say" { "–" } }
            @for (i, value) in values {
                div class={ "value v" (i % 4) } {
                    b { (shortened(&shown(claim, value), 56)) }
                    @for evidence in value.evidence.iter().filter(here) { (words_of(view, evidence)) }
                }
            }
        }
    }
}

fn words_of(view: &View<'_>, evidence: &Evidence) -> Markup {
    let place = Place::from(*evidence);
    let (before, after) = context(view, place);
    html! {
        q { (before) (jump(view, place, html! { (one_line(view.words(place))) })) (after) }
        @if let Some(name) = voice(view, evidence) { span.voice { " says " (name) } }
    }
}

/// What one report alone says, by report.
fn only(view: &View<'_>, claims: &[(usize, &Claim)]) -> Markup {
    let of = |paper: &Paper<'_>| {
        let first = |c: &Claim| c.values.first().and_then(|v| v.evidence.first()).copied();
        let here = claims.iter().filter_map(|(i, c)| Some((*i, *c, first(c)?)));
        here.filter(|(_, _, e)| e.article.0 as usize == paper.index).collect::<Vec<_>>()
    };
    html! {
        h3 { (sign(ClaimRelation::Only, words::ONLY)) }
        p.lead { "One report says it and the others are silent, which is neither agreement nor contradiction." }
        div.only {
            @for paper in &view.papers {
                @let claims = of(paper);
                @if !claims.is_empty() {
                    details {
                        summary { (paper.number()) " " (paper.name) " · " (claims.len()) }
                        ul {
                            @for (i, claim, evidence) in claims {
                                li id={ "c" (i + 1) } { span.topic { (claim.topic) } ": " (words_of(view, &evidence)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
