//! The rows of exports.

use super::{Columns, Locate, Location, Row, quad};
use crate::positions::{Board, side};
use crate::view::{Paper, Place, View, Who, one_line};
use record::{Event, Participant};
use std::collections::BTreeSet;

/// A participant as exports show it.
struct Party {
    name: Option<String>,
    /// The state or body it speaks for.
    side: Option<String>,
    wikidata: Option<String>,
    location: Option<Location>,
}

pub(super) fn event_rows(view: &View<'_>, columns: Columns, locate: Locate<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for paper in &view.papers {
        let near = states(view, paper, locate);
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        let find = |name: &str| locate(name, &near);
        for (event, number) in paper.report.findings.events.iter().zip(1..) {
            let party = |p: &Option<Participant>| party(view, paper, p.as_ref(), &find);
            let parties = [party(&event.actor), party(&event.recipient), party(&event.place)];
            let mut row = vec![(columns.id(), Some(format!("a{}-e{number}", paper.number())))];
            row.extend(match columns {
                Columns::Plover => plover(event, parties),
                Columns::Cameo => cameo_cells(event, parties),
            });
            row.extend(source(view, paper, event));
            rows.push(row);
        }
    }
    rows
}

impl Columns {
    fn id(self) -> &'static str {
        match self {
            Self::Plover => "Event ID",
            Self::Cameo => "GLOBALEVENTID",
        }
    }
}

/// The states that a report speaks of, as alpha-3 codes.
fn states(view: &View<'_>, paper: &Paper<'_>, locate: Locate<'_>) -> Vec<String> {
    let here = |e: &&record::Entity| e.members.iter().any(|(article, _)| article.0 as usize == paper.index);
    let named = view.entities().iter().filter(here).flat_map(|e| e.represents.iter().chain([&e.name]));
    let found = named.filter_map(|name| locate(name, &[])).filter(|place| place.is_state);
    found.map(|place| place.country).collect::<BTreeSet<_>>().into_iter().collect()
}

fn party(
    view: &View<'_>,
    paper: &Paper<'_>,
    participant: Option<&Participant>,
    find: &dyn Fn(&str) -> Option<Location>,
) -> Party {
    let who = participant.and_then(|p| view.referent(paper.index, p.referent));
    let entity = match who {
        Some(Who::Entity(i)) => view.entities().get(i),
        _ => None,
    };
    let words = participant.map(|p| one_line(p.span.text(paper.report.text())));
    let name = who.as_ref().map(|w| view.name(w).to_owned()).or(words);
    let side = who.as_ref().map(|w| side(view, w));
    let known = participant.and_then(|p| paper.report.findings.location(p.referent?));
    let known = known.map(|l| Location {
        country: l.country.to_owned(),
        is_state: false,
        coordinates: l.coordinates,
    });
    let by_name = || name.as_deref().and_then(find).or_else(|| side.as_deref().and_then(find));
    let location = known.or_else(by_name);
    Party { name, side, wikidata: entity.and_then(|e| e.wikidata.clone()), location }
}

impl Party {
    fn country(&self) -> Option<String> {
        self.location.as_ref().map(|place| place.country.clone())
    }

    fn degrees(&self, of: impl Fn((f32, f32)) -> f32) -> Option<String> {
        self.location.as_ref()?.coordinates.map(|both| format!("{:.2}", of(both)))
    }
}

fn plover(event: &Event, [actor, recipient, place]: [Party; 3]) -> Row {
    vec![
        ("Event Date", event.time.clone()),
        ("Event Type", Some(event.kind.as_str().to_owned())),
        ("Event Mode", event.mode.map(str::to_owned)),
        ("Quad Code", Some(quad(event.kind).to_owned())),
        ("Contexts", Some(event.contexts.join(";")).filter(|c| !c.is_empty())),
        ("CAMEO Code", Some(event.kind.cameo(event.mode).to_owned())),
        ("Modality", Some(event.modality.as_str().to_owned())),
        ("Actor Country", actor.country()),
        ("Actor Name", actor.name),
        ("Actor Side", actor.side),
        ("Actor Wikidata", actor.wikidata),
        ("Recipient Country", recipient.country()),
        ("Recipient Name", recipient.name),
        ("Recipient Side", recipient.side),
        ("Recipient Wikidata", recipient.wikidata),
        ("Country", place.country()),
        ("Latitude", place.degrees(|(latitude, _)| latitude)),
        ("Longitude", place.degrees(|(_, longitude)| longitude)),
        ("Placename", place.name),
    ]
}

fn cameo_cells(event: &Event, [actor, recipient, place]: [Party; 3]) -> Row {
    let day = event.time.as_deref().filter(|t| t.len() >= 10 && !t.contains(['X', 'W', '/']));
    let digits = |n: usize| day.map(|d| d.chars().filter(char::is_ascii_digit).take(n).collect::<String>());
    let year = || event.time.as_deref().and_then(|t| t.get(..4)).filter(|y| y.parse::<u16>().is_ok());
    let root = if event.said_in.is_none() { "1" } else { "0" };
    // CAMEO writes the root of a category as its first code (`04` is `040`); a base code has three digits.
    let code = event.kind.cameo(event.mode);
    let code = if code.len() < 3 { format!("{code}0") } else { code.to_owned() };
    vec![
        ("SQLDATE", digits(8)),
        ("MonthYear", digits(6)),
        ("Year", year().map(str::to_owned)),
        ("Actor1CountryCode", actor.country()),
        ("Actor1Name", actor.name),
        ("Actor2CountryCode", recipient.country()),
        ("Actor2Name", recipient.name),
        ("IsRootEvent", Some(root.to_owned())),
        ("EventCode", Some(code.clone())),
        ("EventBaseCode", code.get(..3).map(str::to_owned)),
        ("EventRootCode", code.get(..2).map(str::to_owned)),
        ("QuadClass", Some(quad(event.kind).to_owned())),
        ("ActionGeo_CountryCode", place.country()),
        ("ActionGeo_Lat", place.degrees(|(latitude, _)| latitude)),
        ("ActionGeo_Long", place.degrees(|(_, longitude)| longitude)),
        ("ActionGeo_FullName", place.name),
        ("Modality", Some(event.modality.as_str().to_owned())),
    ]
}

/// Where it stands and what made it: the same in every scheme.
fn source(view: &View<'_>, paper: &Paper<'_>, event: &Event) -> Row {
    let place = paper.place(event.trigger);
    let (start, end) = view.offsets(place);
    let told = event.said_in.and_then(|s| view.statement(paper.index, s.0 as usize));
    let teller = told.map(|s| view.speaker(paper.index, s)).filter(|w| *w != Who::Unknown);
    vec![
        ("Told By", teller.map(|w| view.name(&w).to_owned())),
        ("Said In", event.said_in.map(|s| format!("s{}", s.0 + 1))),
        ("Trigger", Some(one_line(view.words(place)))),
        ("Source", Some(paper.report.article.source.clone())),
        ("Publisher", paper.report.article.outlet.clone()),
        ("Publication Date", paper.published.map(|p| p.value.clone())),
        ("Article ID", Some(paper.report.article.id.to_string())),
        ("Start", Some(start.to_string())),
        ("End", Some(end.to_string())),
        ("Confidence", Some(format!("{:.3}", event.confidence))),
        ("Made By", Some(event.made_by.as_str().to_owned())),
    ]
}

pub(super) fn position_rows(view: &View<'_>, all: &[Board]) -> Vec<Row> {
    let mut rows = Vec::new();
    for position in all {
        for line in &position.lines {
            let words = |place: Place| one_line(view.words(place));
            let before = line.changed_from.and_then(|b| position.lines.get(b));
            rows.push(vec![
                ("Actor", Some(position.side.clone())),
                ("Voice", line.voice.as_ref().map(|w| view.name(w).to_owned())),
                ("Stance", Some(line.stance.as_str().to_owned())),
                ("Issue", (!line.issues.is_empty()).then(|| line.issues.join("; "))),
                ("Words", Some(line.words.clone())),
                ("Condition", line.condition.map(words)),
                ("Date", line.day.map(crate::dates::Date::iso)),
                ("Changed From", before.map(|b| b.stance.as_str().to_owned())),
                ("Reports", Some(reports(line).to_string())),
                ("References", Some(references(view, line))),
                ("Source", line.places.first().and_then(|p| source_of(view, *p))),
            ]);
        }
    }
    rows
}

fn reports(line: &crate::positions::Line) -> usize {
    line.places.iter().map(|p| p.article).collect::<BTreeSet<_>>().len()
}

fn references(view: &View<'_>, line: &crate::positions::Line) -> String {
    line.places.iter().map(|&p| view.reference(p)).collect::<Vec<_>>().join(" ")
}

fn source_of(view: &View<'_>, place: Place) -> Option<String> {
    view.papers.get(place.article).map(|p| p.report.article.source.clone())
}
