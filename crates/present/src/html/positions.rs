//! The board of positions and the matrix of who acts towards whom.

use super::{badge_at, date, heading, jump, quote};
use crate::matrix::{Cell, matrix};
use crate::positions::{Board, Line, positions};
use crate::view::{View, one_line, shortened};
use crate::words;
use maud::{Markup, html};
use record::Stance;

/// The board: a table for each side.
pub(super) fn part(view: &View<'_>) -> Markup {
    let all = positions(view);
    html! {
        section id="positions" aria-labelledby="positions-head" {
            (heading("positions", "What each side demands, offers, refuses, threatens and concedes, under which condition, in order of time. A side is the state or body that somebody speaks for."))
            @if all.is_empty() { p.none { "Nobody takes a position." } }
            @for position in &all { (board(view, position)) }
            (who_to_whom(view))
        }
    }
}

fn board(view: &View<'_>, position: &Board) -> Markup {
    html! {
        h3 { (position.side) " " span.role { (summary(position)) } }
        table.stack.positions role="table" {
            thead role="rowgroup" {
                tr role="row" { @for head in ["Does", "What", "On condition", "When", "Reports"] { th role="columnheader" scope="col" { (head) } } }
            }
            tbody role="rowgroup" { @for line in &position.lines { (self::line(view, position, line)) } }
        }
    }
}

/// `2 demands, 1 threat` in verbs: `demands 2, threatens 1`.
fn summary(position: &Board) -> String {
    let count = |stance| position.lines.iter().filter(|l| l.stance == stance).count();
    let all = Stance::ALL.iter().map(|&s| (s.as_str(), count(s))).filter(|(_, n)| *n > 0);
    all.map(|(verb, n)| format!("{verb} {n}")).collect::<Vec<_>>().join(", ")
}

fn line(view: &View<'_>, position: &Board, line: &Line) -> Markup {
    let place = line.places.first().copied();
    let words = shortened(&line.words, 320);
    html! {
        tr role="row" {
            td role="cell" data-label="Does" {
                b class={ "stance " (line.stance.as_str()) } { (line.stance.as_str()) }
                @if !line.issues.is_empty() { span.role { (line.issues.join(", ")) } }
            }
            td role="cell" data-label="What" {
                @match place { Some(place) => (jump(view, place, html! { (words) })), None => (words) }
                span.small {
                    @match &line.voice {
                        Some(who) => { " – " (view.name(who)) }
                        None => { " – in the report’s own words" }
                    }
                }
                @if let Some(before) = line.changed_from.and_then(|b| position.lines.get(b)) {
                    p.changed { "Changed: before, " (position.side) " " b { (before.stance.as_str()) }
                        @if let Some(day) = before.day { " (" (date(&day.iso())) ")" } }
                }
            }
            td role="cell" data-label="On condition" { @if let Some(condition) = line.condition { (quote(view, condition)) } }
            td role="cell" data-label="When" { @if let Some(day) = line.day { (date(&day.iso())) } }
            td role="cell" data-label="Reports" { @for &place in &line.places { (badge_at(view, place)) " " } }
        }
    }
}

/// Rows act, columns are acted upon; each act leads to the words that tell it.
fn who_to_whom(view: &View<'_>) -> Markup {
    let matrix = matrix(view);
    html! {
        @if !matrix.is_empty() {
            h3 id="matrix" { "Who acts towards whom" }
            p.small { "Rows act, columns are acted upon; numbers lead to the words. A question mark: planned, threatened or supposed." }
            div.scroll tabindex="0" role="region" aria-label="Who acts towards whom" {
                table.matrix {
                    thead { tr { td {} @for to in &matrix.recipients { th scope="col" { (shortened(&one_line(to), 28)) } } } }
                    tbody {
                        @for from in &matrix.actors {
                            tr {
                                th scope="row" { (shortened(&one_line(from), 28)) }
                                @for to in &matrix.recipients {
                                    @let cell = matrix.cell(from, to);
                                    td class=(weight(cell)) { @if let Some(cell) = cell { (acts(view, cell)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How much happens between two, in four steps.
fn weight(cell: Option<&Cell>) -> &'static str {
    match cell.map_or(0, |cell| cell.values().map(Vec::len).sum::<usize>()) {
        0 => "",
        1 => "w1",
        2..=3 => "w2",
        _ => "w3",
    }
}

fn acts(view: &View<'_>, cell: &Cell) -> Markup {
    html! {
        ul {
            @for (act, places) in cell {
                li {
                    (act) " "
                    @match places.first() {
                        Some(&place) => (jump(view, place, html! { (words::thousands(places.len())) })),
                        None => "",
                    }
                }
            }
        }
    }
}
