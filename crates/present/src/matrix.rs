//! Who acts towards whom: what one side says and does to another, counted by act.

use crate::positions::side;
use crate::said::statements;
use crate::view::{Place, View, Who};
use crate::words;
use record::{Act, Event, EventType, Modality, ReferentKind};
use std::collections::BTreeMap;

/// Sides shown at most.
const SIDES: usize = 9;

/// Sides and what each does to each.
#[derive(Debug, Default)]
pub(crate) struct Matrix {
    /// Those who act, in rows.
    pub(crate) actors: Vec<String>,
    /// Those who are acted upon, in columns.
    pub(crate) recipients: Vec<String>,
    cells: BTreeMap<(String, String), Cell>,
}

/// Acts of one side towards another, each with the places that tell it.
pub(crate) type Cell = BTreeMap<String, Vec<Place>>;

impl Matrix {
    /// What `actor` does to `recipient`.
    pub(crate) fn cell(&self, actor: &str, recipient: &str) -> Option<&Cell> {
        self.cells.get(&(actor.to_owned(), recipient.to_owned()))
    }

    /// Whether nobody acts towards anybody.
    pub(crate) fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }
}

/// The matrix of all reports: events that are not denied, and statements that tell whom they are meant for.
pub(crate) fn matrix(view: &View<'_>) -> Matrix {
    let mut cells: BTreeMap<(String, String), Cell> = BTreeMap::new();
    for (from, to, act, place) in said(view).into_iter().chain(done(view)) {
        if from != to && !from.is_empty() && !to.is_empty() {
            let places = cells.entry((from, to)).or_default().entry(act).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let actors = busiest(&cells, |(from, _)| from);
    let recipients = busiest(&cells, |(_, to)| to);
    Matrix { actors, recipients, cells }
}

fn busiest(
    cells: &BTreeMap<(String, String), Cell>,
    of: impl Fn(&(String, String)) -> &String,
) -> Vec<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for (key, cell) in cells {
        *counts.entry(of(key)).or_default() += cell.values().map(Vec::len).sum::<usize>();
    }
    let mut all: Vec<(&String, usize)> = counts.into_iter().collect();
    all.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    all.into_iter().take(SIDES).map(|(name, _)| name.clone()).collect()
}

type Deed = (String, String, String, Place);

fn said(view: &View<'_>) -> Vec<Deed> {
    let told = statements(view).filter(|(_, s)| !s.negated && s.act.is_some_and(|act| act != Act::Assert));
    told.filter_map(|(at, statement)| {
        let speaker = Some(view.speaker(at.article, statement)).filter(|who| *who != Who::Unknown)?;
        let party = statement.addressee.as_ref()?;
        let to = view.referent(at.article, party.referent)?;
        let act = statement.act?;
        let place = Place::new(at.article, *statement.content.first()?);
        let known = is_side(view, &speaker) && is_side(view, &to);
        known.then(|| (side(view, &speaker), side(view, &to), words::act(act).to_owned(), place))
    })
    .collect()
}

fn done(view: &View<'_>) -> Vec<Deed> {
    let mut out = Vec::new();
    for paper in &view.papers {
        for event in paper.report.findings.events.iter().filter(|e| is_shown(e)) {
            let who = |p: &Option<record::Participant>| view.referent(paper.index, p.as_ref()?.referent);
            let (Some(from), Some(to)) = (who(&event.actor), who(&event.recipient)) else { continue };
            if !is_side(view, &from) || !is_side(view, &to) || is_venue(paper.report.text(), event) {
                continue;
            }
            let open = if event.modality == Modality::Happened { "" } else { "?" };
            let act = format!("{}{open}", words::does(event.kind));
            out.push((side(view, &from), side(view, &to), act, paper.place(event.trigger)));
        }
    }
    out
}

/// What is not denied and rather right than a guess.
fn is_shown(event: &Event) -> bool {
    event.modality != Modality::Denied && event.confidence >= SURE
}

/// Events less sure than this are left out.
const SURE: f32 = 0.4;

/// Whether somebody can stand in the table: who is named, or speaks for somebody named; “his rivals” cannot.
fn is_side(view: &View<'_>, who: &Who) -> bool {
    let Who::Entity(i) = who else { return false };
    view.entities()
        .get(*i)
        .is_some_and(|e| e.represents.is_some() || e.named && e.kind != ReferentKind::Event)
}

/// Whether the recipient is but where the talks are held (“in Geneva”), not with whom.
fn is_venue(text: &str, event: &Event) -> bool {
    let talks = matches!(event.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    let visit = event.mode == Some("visit");
    let before = event.recipient.as_ref().and_then(|r| text.get(..r.span.start as usize)).unwrap_or_default();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    talks && !visit && matches!(last, "in" | "at" | "near")
}
