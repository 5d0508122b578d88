//! Part 2: the timeline, as a picture and as a table.

use super::{badge_at, date, heading, jump, picture};
use crate::said::Group;
use crate::timeline::{Mark, MarkKind, Timeline, timeline};
use crate::view::{View, shortened};
use crate::words;
use maud::{Markup, html};

pub(super) fn part(view: &View<'_>, groups: &[Group]) -> Markup {
    let timeline = timeline(view, groups);
    html! {
        section id="timeline" aria-labelledby="timeline-head" {
            (heading("timeline", "What is dated, by who said or did it. Each mark leads to the words it rests on."))
            @if timeline.days.is_empty() {
                p.none { "No statement or event could be dated." }
            } @else {
                (legend())
                div.scroll tabindex="0" role="region" aria-label="Picture of the timeline" { (picture::svg(view, &timeline)) }
                details { summary { "The timeline as a table" } (table(view, &timeline)) }
            }
            @if timeline.undated != (0, 0) {
                p.small {
                    "Not in the picture, because no date could be found: "
                    (words::count(timeline.undated.0, "utterance")) " and " (words::count(timeline.undated.1, "event")) "."
                }
            }
        }
    }
}

fn legend() -> Markup {
    let entries = [
        (MarkKind::Said, false, "said"),
        (MarkKind::Done, false, "happened, in the report’s own words"),
        (MarkKind::Done, true, "planned, threatened, denied, or told by somebody"),
    ];
    html! {
        ul.legend {
            @for (kind, open, words) in entries {
                li { svg.key width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" { (picture::shape(kind, open, 8.0, 8.0)) } (words) }
            }
        }
    }
}

fn table(view: &View<'_>, timeline: &Timeline) -> Markup {
    let mut marks: Vec<&Mark> = timeline.lanes.iter().flat_map(|l| &l.marks).collect();
    marks.sort_by(|a, b| (a.day, a.kind, &a.places).cmp(&(b.day, b.kind, &b.places)));
    html! {
        table.stack role="table" {
            thead role="rowgroup" {
                tr role="row" { @for head in ["When", "Who", "What", "Reports"] { th role="columnheader" scope="col" { (head) } } }
            }
            tbody role="rowgroup" { @for mark in marks { (row(view, mark)) } }
        }
    }
}

fn row(view: &View<'_>, mark: &Mark) -> Markup {
    let name = view.name(&mark.who);
    html! {
        tr role="row" {
            td role="cell" data-label="When" { (date(&mark.day.iso())) }
            td role="cell" data-label="Who" { (if name.is_empty() { "–" } else { name }) }
            td role="cell" data-label="What" {
                @match mark.places.first() {
                    Some(&place) => (jump(view, place, html! { (shortened(&mark.label, 160)) })),
                    None => (shortened(&mark.label, 160)),
                }
                @if mark.kind == MarkKind::Done { span.small { " " (mark.detail) } }
            }
            td role="cell" data-label="Reports" { @for &place in &mark.places { (badge_at(view, place)) " " } }
        }
    }
}
