//! The timeline's picture: days from left to right, a row for each who speaks or acts.

use crate::timeline::{Lane, Mark, MarkKind, Timeline};
use crate::view::{View, Who, shortened};
use maud::{Markup, html};

const NAMES: f64 = 168.0;
const COLUMN: f64 = 196.0;
const HEAD: f64 = 46.0;
const LINE: f64 = 21.0;
const PAD: f64 = 9.0;
/// Marks shown in one cell; the table has the rest.
const SHOWN: usize = 6;
/// Characters of a label that fit a column.
const FIT: usize = 23;

pub(super) fn svg(view: &View<'_>, timeline: &Timeline) -> Markup {
    let heights: Vec<f64> = timeline.lanes.iter().map(|l| height(l, timeline)).collect();
    let height = HEAD + heights.iter().sum::<f64>() + 1.0;
    let width = NAMES + COLUMN * timeline.days.len() as f64;
    html! {
        svg.timeline role="group" aria-labelledby="tl-title" width=(width) height=(height)
            viewBox={ "0 0 " (width) " " (height) } {
            title id="tl-title" { "Timeline of statements and events; a table with the same entries follows" }
            (heads(timeline, height))
            @for (i, lane) in timeline.lanes.iter().enumerate() {
                (row(view, timeline, lane, HEAD + heights[..i].iter().sum::<f64>(), width))
            }
        }
    }
}

fn height(lane: &Lane, timeline: &Timeline) -> f64 {
    let most = timeline.days.iter().map(|&day| lane.marks.iter().filter(|m| m.day == day).count()).max();
    let most = most.unwrap_or(0);
    let lines = if most > SHOWN { SHOWN + 1 } else { most.max(1) };
    2.0 * PAD + LINE * lines as f64
}

/// The days over their columns; a gap of more than a day is told in words.
fn heads(timeline: &Timeline, height: f64) -> Markup {
    html! {
        @for (i, day) in timeline.days.iter().enumerate() {
            @let x = NAMES + COLUMN * i as f64;
            @let (upper, lower) = day.column();
            @let gap = i.checked_sub(1).and_then(|p| day.days_since(timeline.days[p])).filter(|&d| d > 1);
            line.rule x1=(x) y1="4" x2=(x) y2=(height) {}
            text.day x=(x + 10.0) y="18" { (upper) }
            text.month x=(x + 10.0) y="34" {
                (lower)
                @if let Some(days) = gap { " · " (days) " days later" }
            }
        }
    }
}

fn row(view: &View<'_>, timeline: &Timeline, lane: &Lane, y: f64, width: f64) -> Markup {
    let name = match &lane.who {
        Some(Who::Unknown) => "Nobody named",
        Some(who) => view.name(who),
        None => "Others",
    };
    html! {
        g role="list" aria-label=(name) {
            line.rule x1="0" y1=(y) x2=(width) y2=(y) {}
            text.lane x="0" y=(y + PAD + 14.0) { (shortened(name, 21)) title { (name) } }
            @for (i, &day) in timeline.days.iter().enumerate() {
                (cell(view, lane, lane.marks.iter().filter(|m| m.day == day), NAMES + COLUMN * i as f64, y))
            }
        }
    }
}

fn cell<'m>(
    view: &View<'_>,
    lane: &Lane,
    marks: impl Iterator<Item = &'m Mark> + Clone,
    x: f64,
    y: f64,
) -> Markup {
    let more = marks.clone().count().saturating_sub(SHOWN);
    html! {
        @for (i, mark) in marks.take(SHOWN).enumerate() {
            (entry(view, lane, mark, x, y + PAD + LINE * i as f64))
        }
        @if more > 0 {
            text.more x=(x + 26.0) y=(y + PAD + LINE * SHOWN as f64 + 14.0) { "and " (more) " more, see the table" }
        }
    }
}

fn entry(view: &View<'_>, lane: &Lane, mark: &Mark, x: f64, y: f64) -> Markup {
    let name = view.name(&mark.who);
    let label = if lane.who.is_none() { format!("{name} {}", mark.label) } else { mark.label.clone() };
    let full = format!("{name}: {} ({})", mark.label, reports(mark));
    let href = mark.places.first().map(|&p| format!("#{}", view.id(p)));
    html! {
        g role="listitem" {
            a href=[href] aria-label=(shortened(&full, 240)) {
                rect.hit x=(x + 4.0) y=(y) width=(COLUMN - 8.0) height=(LINE) {}
                (shape(mark.kind, mark.open, x + 14.0, y + 10.0))
                text x=(x + 26.0) y=(y + 14.0) { (fitted(&label)) }
                title { (shortened(&full, 400)) @if mark.kind == MarkKind::Done { " – " (mark.detail) } }
            }
        }
    }
}

fn reports(mark: &Mark) -> String {
    let mut numbers: Vec<usize> = mark.places.iter().map(|p| p.article + 1).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
    format!("report{} {}", if numbers.len() == 1 { "" } else { "s" }, numbers.join(", "))
}

/// A disc for what is said, a diamond for what is done; hollow where it is no fact of the report.
pub(super) fn shape(kind: MarkKind, open: bool, x: f64, y: f64) -> Markup {
    let class = if open { "shape open" } else { "shape" };
    html! {
        @match kind {
            MarkKind::Said => circle class=(class) cx=(x) cy=(y) r="4.5" {},
            MarkKind::Done => path class=(class) d={ "M" (x) " " (y - 6.0) "l6 6l-6 6l-6-6z" } {},
        }
    }
}

/// As much of a label as fits; wide scripts take twice the room.
fn fitted(label: &str) -> String {
    let wide = label.chars().filter(|&c| c as u32 >= 0x1100).count();
    let limit = if wide * 2 > label.chars().count() { FIT / 2 } else { FIT };
    shortened(label, limit)
}
