//! Part 3: the cast, with all variants of each name.

use super::{badge, heading, quote, who_href};
use crate::cast::{Member, cast, role};
use crate::said::Group;
use crate::view::{View, Who, shortened};
use crate::words;
use maud::{Markup, html};
use record::{ArticleIx, Entity, ReferentIx, ReferentKind};

pub(super) fn part(view: &View<'_>, groups: &[Group]) -> Markup {
    let members = cast(view, groups);
    let most = groups.iter().map(|g| g.items.len()).max().unwrap_or(0);
    let in_kind = |kinds: &[ReferentKind]| {
        let kind = |m: &&Member| view.entities().get(m.entity).is_some_and(|e| kinds.contains(&e.kind));
        members.iter().filter(kind).collect::<Vec<_>>()
    };
    let people = in_kind(&[ReferentKind::Person]);
    let bodies = in_kind(&[ReferentKind::Organisation, ReferentKind::Group]);
    let places = in_kind(&[ReferentKind::Place]);
    let others = in_kind(&[ReferentKind::Event, ReferentKind::Product, ReferentKind::Other]);
    let table = Table { view, groups, most };
    html! {
        section id="cast" aria-labelledby="cast-head" {
            (heading("cast", "Who takes part, under every name the reports use. An utterance in several reports counts once."))
            @if members.is_empty() && groups.is_empty() { p.none { "Nobody was found." } }
            (table.kind("People", &people))
            (table.kind("Organisations and groups", &bodies))
            (table.kind("States and places", &places))
            (table.kind("Other", &others))
            (table.unlinked())
        }
    }
}

struct Table<'v> {
    view: &'v View<'v>,
    groups: &'v [Group],
    most: usize,
}

const COLUMNS: [&str; 4] = ["Name", "As written", "Speaks", "Reports"];

impl Table<'_> {
    /// Those of one kind: who speaks or acts in full, who is only mentioned in one line.
    fn kind(&self, caption: &str, members: &[&Member]) -> Markup {
        let (active, silent): (Vec<&Member>, Vec<&Member>) =
            members.iter().partition(|m| m.says + m.acts > 0);
        html! {
            @if !members.is_empty() { h3 { (caption) } }
            @if !active.is_empty() {
                table.cast.stack role="table" aria-label=(caption) {
                    thead role="rowgroup" { tr role="row" { @for head in COLUMNS { th role="columnheader" scope="col" { (head) } } } }
                    tbody role="rowgroup" { @for member in active { (self.member(member)) } }
                }
            }
            @if !silent.is_empty() { (self.silent(&silent)) }
        }
    }

    fn member(&self, member: &Member) -> Markup {
        let Some(entity) = self.view.entities().get(member.entity) else { return html! {} };
        let href = who_href(self.view, &Who::Entity(member.entity), self.groups);
        html! {
            tr role="row" id={ "who-" (member.entity + 1) } {
                th role="rowheader" scope="row" title=[located(self.view, entity)] {
                    @match href { Some(href) => a href=(href) { (entity.name) }, None => (entity.name) }
                    @if let Some(role) = role(entity) { span.role { (role) } }
                }
                td role="cell" data-label="As written" { (self.names(member, 12)) }
                td role="cell" data-label="Speaks" { (self.bar(member.says, member.acts)) }
                td role="cell" data-label="Reports" { (self.reports(&member.reports)) }
            }
        }
    }

    fn names(&self, member: &Member, limit: usize) -> Markup {
        html! {
            @for (i, (_, place)) in member.names.iter().take(limit).enumerate() {
                @if i > 0 { ", " }
                (quote(self.view, *place))
            }
            @if member.names.len() > limit { ", and " (member.names.len() - limit) " more" }
        }
    }

    fn bar(&self, says: usize, acts: usize) -> Markup {
        let width = 90.0 * says as f64 / self.most.max(1) as f64;
        html! {
            span.count { (says) }
            @if says > 0 {
                svg.bar width="90" height="8" aria-hidden="true" { rect width=(format!("{width:.1}")) height="8" {} }
            }
            @if acts > 0 { span.role { (words::counted(acts, "event", "events")) " as the actor" } }
        }
    }

    fn reports(&self, reports: &[usize]) -> Markup {
        html! { @for paper in reports.iter().filter_map(|&r| self.view.papers.get(r)) { (badge(paper)) " " } }
    }

    fn silent(&self, members: &[&Member]) -> Markup {
        html! {
            p.silent {
                "Only mentioned: "
                @for (i, member) in members.iter().enumerate() {
                    @if i > 0 { "; " }
                    @if let Some(entity) = self.view.entities().get(member.entity) {
                        span id={ "who-" (member.entity + 1) } { (self.silent_name(member, entity)) }
                    }
                }
                "."
            }
        }
    }

    fn silent_name(&self, member: &Member, entity: &Entity) -> Markup {
        html! {
            span title=[located(self.view, entity)] {
                @if member.names.is_empty() { (entity.name) } @else { (self.names(member, 6)) }
            }
        }
    }

    /// Speakers that no entity stands for: a name or description in one report.
    fn unlinked(&self) -> Markup {
        let named = |g: &(usize, &Group)| matches!(g.1.who, Who::Name(..));
        let others: Vec<(usize, &Group)> = self.groups.iter().enumerate().filter(named).collect();
        html! {
            @if !others.is_empty() {
                h3 { "Others who speak" }
                ul.others {
                    @for (i, group) in others {
                        li { a href={ "#said-" (i + 1) } { (shortened(self.view.name(&group.who), 100)) } " " (self.bar(group.items.len(), 0)) }
                    }
                }
            }
        }
    }
}

/// Where an entity lies, for the pointer that rests on its name: `RU, 55.75° N 37.62° E`.
fn located(view: &View<'_>, entity: &Entity) -> Option<String> {
    let of = |(article, referent): &(ArticleIx, ReferentIx)| {
        view.papers.get(article.0 as usize)?.report.findings.location(*referent)
    };
    let location = entity.members.iter().find_map(of)?;
    let degrees = |value: f32, [plus, minus]: [char; 2]| {
        format!("{:.2}° {}", value.abs(), if value < 0.0 { minus } else { plus })
    };
    let at = |(latitude, longitude): (f32, f32)| {
        format!(", {} {}", degrees(latitude, ['N', 'S']), degrees(longitude, ['E', 'W']))
    };
    Some(format!("{}{}", location.code, location.coordinates.map(at).unwrap_or_default()))
}
