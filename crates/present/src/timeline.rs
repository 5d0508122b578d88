//! What is dated, by day and by who speaks or acts.

use crate::coverage::{joined, touches};
use crate::dates::Date;
use crate::said::{Group, Item};
use crate::view::{Place, View, Who, one_line};
use crate::words;
use record::{Event, Modality, Report, Span, Statement};
use std::collections::BTreeMap;

/// Dated statements and events of all reports.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// The days, months and years named, in order.
    pub(crate) days: Vec<Date>,
    /// Rows, those with most marks first; a last row may hold the rest.
    pub(crate) lanes: Vec<Lane>,
    /// Statements and events that bear no date.
    pub(crate) undated: (usize, usize),
}

/// A row of the picture: what one actor said and did.
#[derive(Debug)]
pub(crate) struct Lane {
    /// `None` gathers those who appear too seldom for a row of their own.
    pub(crate) who: Option<Who>,
    pub(crate) marks: Vec<Mark>,
}

/// One dated statement or event.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) day: Date,
    pub(crate) who: Who,
    pub(crate) kind: MarkKind,
    /// Not (yet) a fact of the report itself: planned, threatened, denied, or told by somebody.
    pub(crate) open: bool,
    /// What is said or done, in a few words.
    pub(crate) label: String,
    /// What the label leaves out.
    pub(crate) detail: String,
    /// The words, first the place to jump to.
    pub(crate) places: Vec<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MarkKind {
    Said,
    Done,
}

/// Rows of their own at most.
const LANES: usize = 9;

pub(crate) fn timeline(view: &View<'_>, groups: &[Group]) -> Timeline {
    let mut undated = (0, 0);
    let mut marks: Vec<Mark> = Vec::new();
    for (who, item) in groups.iter().flat_map(|g| g.items.iter().map(move |i| (&g.who, i))) {
        match said(view, who, item) {
            Some(mark) => marks.push(mark),
            None => undated.0 += 1,
        }
    }
    let (events, undated_events) = done(view);
    undated.1 = undated_events;
    marks.extend(events);
    let mut days: Vec<Date> = marks.iter().map(|m| m.day).collect();
    days.sort();
    days.dedup();
    Timeline { days, lanes: lanes(view, marks), undated }
}

fn said(view: &View<'_>, who: &Who, item: &Item) -> Option<Mark> {
    let all = item.statements();
    let dated = all.iter().filter_map(|r| view.statement(r.article, r.index).map(|s| (r, s)));
    let (reference, statement, day) =
        dated.filter_map(|(r, s)| Some((r, s, Date::parse(s.time.as_deref()?)?))).next()?;
    let places: Vec<Place> = match item {
        Item::Alone(_) => {
            statement.content.iter().map(|&c| Place::new(reference.article, c)).take(1).collect()
        }
        Item::Shared(_, versions) => versions.iter().flat_map(|v| v.places.clone()).collect(),
    };
    let words = one_line(view.words(*places.first()?));
    Some(Mark {
        day,
        who: who.clone(),
        kind: MarkKind::Said,
        open: false,
        label: said_label(statement, &words),
        detail: words,
        places,
    })
}

fn said_label(statement: &Statement, words: &str) -> String {
    format!("{}: {words}", words::deed(statement))
}

/// Dated events; the same event in several reports (day, actor, type, word) is one mark. An event that a dated
/// statement's cue names (“accused”) is shown as that statement.
fn done(view: &View<'_>) -> (Vec<Mark>, usize) {
    let mut marks: BTreeMap<(Date, String, &str, String), Mark> = BTreeMap::new();
    let mut undated = 0;
    for paper in &view.papers {
        let cues = dated_cues(paper.report);
        for deed in deeds(&paper.report.findings.events).filter(|d| !touches(&cues, d.event.trigger)) {
            let event = deed.event;
            let Some(day) = event.time.as_deref().and_then(Date::parse) else {
                undated += 1;
                continue;
            };
            let mark = event_mark(view, paper.index, paper.report, &deed, day);
            let key = (day, row_name(view, &mark.who), event.kind.as_str(), mark.label.to_lowercase());
            let place = Place::new(paper.index, event.trigger);
            marks.entry(key).or_insert(mark).places.push(place);
        }
    }
    (marks.into_values().collect(), undated)
}

/// What one actor did by one word, and to whom: of several readings the surest.
struct Deed<'e> {
    event: &'e Event,
    recipients: Vec<Span>,
}

/// Events of one word and one actor as one deed.
fn deeds(events: &[Event]) -> impl Iterator<Item = Deed<'_>> {
    let actor = |e: &Event| e.actor.as_ref().map(|a| a.span);
    let same = move |a: &Event, b: &Event| a.trigger == b.trigger && actor(a) == actor(b);
    events.chunk_by(same).filter_map(|readings| {
        let event =
            readings.iter().reduce(|best, e| if e.confidence > best.confidence { e } else { best })?;
        let surest = readings.iter().filter(|e| e.confidence >= event.confidence);
        let recipients = surest.filter_map(|e| e.recipient.as_ref()).map(|r| r.span).collect();
        Some(Deed { event, recipients })
    })
}

/// The cues of statements that the timeline shows, joined and sorted.
fn dated_cues(report: &Report) -> Vec<Span> {
    let dated = |s: &&Statement| s.time.as_deref().and_then(Date::parse).is_some();
    joined(report.findings.statements.iter().filter(dated).filter_map(|s| s.cue).collect())
}

/// What a row is called and sorted under; equal words make one row.
fn row_name(view: &View<'_>, who: &Who) -> String {
    view.name(who).to_lowercase()
}

fn event_mark(view: &View<'_>, article: usize, report: &Report, deed: &Deed<'_>, day: Date) -> Mark {
    let event = deed.event;
    let who = event.actor.as_ref().map_or(Who::Unknown, |actor| {
        let words = || Who::named(article, actor.span.text(report.text()));
        view.referent(article, actor.referent).or_else(words).unwrap_or(Who::Unknown)
    });
    let recipients: Vec<String> =
        deed.recipients.iter().map(|r| one_line(r.text(report.text())).to_string()).collect();
    let trigger = one_line(event.trigger.text(report.text()));
    let label = if recipients.is_empty() {
        trigger.to_string()
    } else {
        format!("{trigger} ({})", recipients.join(", "))
    };
    Mark {
        day,
        who,
        kind: MarkKind::Done,
        open: event.modality != Modality::Happened || event.said_in.is_some(),
        label,
        detail: event_detail(view, article, event),
        places: Vec::new(),
    }
}

/// `ASSAULT, happened, according to Oleg Baranin`.
pub(crate) fn event_detail(view: &View<'_>, article: usize, event: &Event) -> String {
    let mode = event.mode.map(|m| format!(" by {m}")).unwrap_or_default();
    let told = event.said_in.and_then(|s| view.statement(article, s.0 as usize)).map(|statement| {
        let who = view.speaker(article, statement);
        match who {
            Who::Unknown => ", told by a source".to_owned(),
            _ => format!(", according to {}", view.name(&who)),
        }
    });
    let kind = event.kind.as_str().to_lowercase();
    format!("{kind}{mode}, {}{}", words::modality(event.modality), told.unwrap_or_default())
}

fn lanes(view: &View<'_>, marks: Vec<Mark>) -> Vec<Lane> {
    let mut by_name: BTreeMap<String, (Who, Vec<Mark>)> = BTreeMap::new();
    for mark in marks {
        let row = by_name.entry(row_name(view, &mark.who)).or_insert_with(|| (mark.who.clone(), Vec::new()));
        row.1.push(mark);
    }
    let mut rows: Vec<(Who, Vec<Mark>)> = by_name.into_values().collect();
    rows.sort_by_key(|(who, marks)| (*who == Who::Unknown, std::cmp::Reverse(marks.len())));
    let own = if rows.len() <= LANES + 1 { rows.len() } else { LANES };
    let rest: Vec<Mark> = rows.split_off(own).into_iter().flat_map(|(_, marks)| marks).collect();
    let mut lanes: Vec<Lane> = rows.into_iter().map(|(who, marks)| Lane { who: Some(who), marks }).collect();
    if !rest.is_empty() {
        lanes.push(Lane { who: None, marks: rest });
    }
    for lane in &mut lanes {
        lane.marks.sort_by(|a, b| (a.day, a.kind, &a.places).cmp(&(b.day, b.kind, &b.places)));
    }
    lanes
}
