//! Part 4: who said what, by speaker; an utterance in several reports stands once, its wordings side by side.

use super::{badge_at, date, heading, jump, quote};
use crate::cast;
use crate::diff;
use crate::said::{Group, Item, StatementRef, Version, echoes};
use crate::view::{Place, View, Who, one_line};
use crate::words;
use maud::{Markup, html};
use record::Statement;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn part(view: &View<'_>, groups: &[Group]) -> Markup {
    let mut section = Said { view, ids: BTreeSet::new(), echoes: echoes(view) };
    html! {
        section id="said" aria-labelledby="said-head" {
            (heading("said", "The exact words, by speaker. Where several reports give one utterance, words that differ from the fullest form are underlined."))
            @if groups.is_empty() { p.none { "No reported speech was found." } }
            @for (i, group) in groups.iter().enumerate() { (section.group(i, group)) }
        }
    }
}

struct Said<'v> {
    view: &'v View<'v>,
    /// Ids given so far; a statement in two utterances keeps the first.
    ids: BTreeSet<String>,
    /// Statements without an entry of their own, with the one that shows their words.
    echoes: BTreeMap<StatementRef, StatementRef>,
}

impl Said<'_> {
    fn group(&mut self, index: usize, group: &Group) -> Markup {
        let role = match group.who {
            Who::Entity(i) => self.view.entities().get(i).and_then(cast::role),
            _ => None,
        };
        html! {
            section.speaker id={ "said-" (index + 1) } aria-labelledby={ "said-" (index + 1) "-head" } {
                div.who {
                    h3 id={ "said-" (index + 1) "-head" } { (self.view.name(&group.who)) }
                    @if let Some(role) = role { p.role { (role) } }
                    p.role { (words::count(group.items.len(), "utterance")) }
                }
                div.items { @for item in &group.items { (self.item(item)) } }
            }
        }
    }

    fn item(&mut self, item: &Item) -> Markup {
        match item {
            Item::Alone(reference) => self.alone(*reference),
            Item::Shared(index, versions) => self.shared(*index, versions, item.reports()),
        }
    }

    fn alone(&mut self, reference: StatementRef) -> Markup {
        let Some(statement) = self.view.statement(reference.article, reference.index) else {
            return html! {};
        };
        html! {
            article.utterance id=[self.id_of(reference)] {
                (self.echoed(&[reference]))
                (self.line(reference, statement))
                (self.words(reference, statement))
                (self.condition(reference, statement))
                (self.how(reference, statement))
            }
        }
    }

    /// The places of statements that these show.
    fn echoed(&mut self, shown: &[StatementRef]) -> Markup {
        let hidden = self.echoes.iter().filter(|(_, by)| shown.contains(by)).map(|(h, _)| *h);
        let ids: Vec<String> = hidden.collect::<Vec<_>>().into_iter().filter_map(|r| self.id_of(r)).collect();
        html! { @for id in ids { span id=(id) {} } }
    }

    /// An id that is not yet on the page.
    fn id_of(&mut self, reference: StatementRef) -> Option<String> {
        let id = statement_id(reference);
        self.ids.insert(id.clone()).then_some(id)
    }

    /// The line over the words: act, to whom, when, in which report.
    fn line(&self, reference: StatementRef, statement: &Statement) -> Markup {
        let first = statement.content.first().map(|&c| Place::new(reference.article, c));
        html! {
            p.deed {
                (self.deed(statement))
                @if let Some(place) = first { " " (badge_at(self.view, place)) }
            }
        }
    }

    fn deed(&self, statement: &Statement) -> Markup {
        html! {
            b.act { (words::deed(statement)) }
            @if let Some(party) = &statement.addressee { " – to " (one_line(&party.name)) }
            @if let Some(time) = &statement.time { ", " (date(time)) }
        }
    }

    fn how(&self, reference: StatementRef, statement: &Statement) -> Markup {
        let place = |span| Place::new(reference.article, span);
        html! {
            p.how {
                (words::form(statement.form))
                @if let Some(source) = statement.source { " · source “" (quote(self.view, place(source))) "”" }
                @if let Some(cue) = statement.cue { " · cue “" (quote(self.view, place(cue))) "”" }
                @if let Some(time) = statement.time_evidence { " · when: “" (quote(self.view, place(time))) "”" }
                @if let Some(outer) = statement.said_in {
                    " · " a href={ "#a" (reference.article + 1) "-s" (outer.0 + 1) } { "told in another statement" }
                }
                @if statement.confidence < 0.5 { " · " em { "uncertain" } }
            }
        }
    }

    fn words(&self, reference: StatementRef, statement: &Statement) -> Markup {
        html! {
            blockquote class=(words::form(statement.form).replace(' ', "-")) {
                @for (i, &piece) in statement.content.iter().enumerate() {
                    @if i > 0 { span.gap { " … " } }
                    (quote(self.view, Place::new(reference.article, piece)))
                }
            }
        }
    }

    fn condition(&self, reference: StatementRef, statement: &Statement) -> Markup {
        html! {
            @if let Some(condition) = statement.condition {
                p.condition { "on condition: “" (quote(self.view, Place::new(reference.article, condition))) "”" }
            }
        }
    }

    fn shared(&mut self, index: usize, versions: &[Version], reports: usize) -> Markup {
        let fullest = versions.first().and_then(|v| v.places.first()).map_or("", |&p| self.view.words(p));
        let told = versions.iter().flat_map(|v| &v.statements);
        let best = told.filter_map(|&r| self.view.statement(r.article, r.index).map(|s| (r, s))).max_by_key(
            |(r, s)| (s.act.is_some(), s.condition.is_some(), s.time.is_some(), std::cmp::Reverse(*r)),
        );
        html! {
            article.utterance.shared id={ "u" (index + 1) } {
                p.deed {
                    @if let Some((_, statement)) = best { (self.deed(statement)) }
                    @if reports > 1 { span.several { "in " (words::count(reports, "report")) } }
                }
                @if let Some((reference, statement)) = best { (self.condition(reference, statement)) }
                div.versions { @for (i, version) in versions.iter().enumerate() { (self.version(i, version, fullest)) } }
            }
        }
    }

    fn version(&mut self, index: usize, version: &Version, fullest: &str) -> Markup {
        let Some(&place) = version.places.first() else { return html! {} };
        let ids: Vec<String> = version.statements.iter().filter_map(|&s| self.id_of(s)).collect();
        let held =
            version.statements.first().and_then(|&r| Some((r, self.view.statement(r.article, r.index)?)));
        html! {
            div.version {
                @for id in ids { span id=(id) {} }
                (self.echoed(&version.statements))
                p.deed {
                    @for &place in &version.places { (badge_at(self.view, place)) " " }
                    @if index > 0 { span.relation { (words::variant(version.relation)) } }
                    @else { span.relation { "fullest form" } }
                }
                blockquote { (jump(self.view, place, marked(self.view.words(place), fullest))) }
                @if let Some((reference, statement)) = held { (self.how(reference, statement)) }
            }
        }
    }
}

/// The words, those that the fullest form lacks underlined.
fn marked(words: &str, fullest: &str) -> Markup {
    let (words, fullest) = (one_line(words), one_line(fullest));
    html! {
        @for (piece, differs) in diff::pieces(&words, &fullest) {
            @let bare = piece.trim_end();
            @if differs { ins { (bare) } (&piece[bare.len()..]) } @else { (piece) }
        }
    }
}

/// The id of a statement's entry in this part.
pub(super) fn statement_id(reference: StatementRef) -> String {
    format!("a{}-s{}", reference.article + 1, reference.index + 1)
}
