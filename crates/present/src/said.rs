//! Who said what: the statements of all reports by speaker, each utterance once.

use crate::coverage::joined;
use crate::view::{Place, View, Who};
use record::{Span, SpeakerKind, Statement, Utterance, Variant, VariantRelation};
use std::collections::{BTreeMap, BTreeSet};

/// A statement: article and index in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StatementRef {
    pub(crate) article: usize,
    pub(crate) index: usize,
}

/// Everything one speaker says.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) who: Who,
    pub(crate) items: Vec<Item>,
}

/// One utterance of a speaker.
#[derive(Debug)]
pub(crate) enum Item {
    /// In one report only.
    Alone(StatementRef),
    /// In several; index of the utterance in the links.
    Shared(usize, Vec<Version>),
}

/// The reports that give an utterance in the same words.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) relation: VariantRelation,
    /// The words in each of these reports.
    pub(crate) places: Vec<Place>,
    /// The statements that hold them, where known.
    pub(crate) statements: Vec<StatementRef>,
}

impl Item {
    /// The statement that tells most of the item.
    pub(crate) fn statement(&self) -> Option<StatementRef> {
        match self {
            Self::Alone(statement) => Some(*statement),
            Self::Shared(_, versions) => versions.iter().flat_map(|v| &v.statements).next().copied(),
        }
    }

    /// Every statement of the item.
    pub(crate) fn statements(&self) -> Vec<StatementRef> {
        match self {
            Self::Alone(statement) => vec![*statement],
            Self::Shared(_, versions) => versions.iter().flat_map(|v| v.statements.clone()).collect(),
        }
    }

    /// Number of reports that have it.
    pub(crate) fn reports(&self) -> usize {
        match self {
            Self::Alone(_) => 1,
            Self::Shared(_, versions) => {
                let articles = versions.iter().flat_map(|v| &v.places).map(|p| p.article);
                articles.collect::<BTreeSet<_>>().len()
            }
        }
    }

    fn first_place(&self) -> (usize, usize) {
        self.statement().map_or((usize::MAX, 0), |s| (s.article, s.index))
    }
}

/// The statements by speaker: those who speak most first, unknown speakers last; of each, what most reports
/// have comes first.
pub(crate) fn groups(view: &View<'_>) -> Vec<Group> {
    let told = told(view);
    let echoes = echoes(view);
    let mut shared = BTreeSet::new();
    let mut by_who: BTreeMap<Who, Vec<Item>> = BTreeMap::new();
    for (i, utterance) in view.brief.links.utterances.iter().enumerate() {
        if let Some((who, item)) = shared_item(view, i, utterance) {
            shared.extend(item.statements().into_iter().filter(|&s| is_told(view, s, &told)));
            by_who.entry(who).or_default().push(item);
        }
    }
    let alone = |(r, _): &(StatementRef, &Statement)| !shared.contains(r) && !echoes.contains_key(r);
    for (reference, statement) in statements(view).filter(alone) {
        by_who.entry(view.speaker(reference.article, statement)).or_default().push(Item::Alone(reference));
    }
    sorted(by_who)
}

/// Statements whose words another one shows, so that they need no entry of their own, with that other: what is told in
/// a statement of the same or an unnamed speaker, and a document that says no more than what it tells of somebody.
pub(crate) fn echoes(view: &View<'_>) -> BTreeMap<StatementRef, StatementRef> {
    let told = statements(view).filter_map(|(inner, statement)| {
        let outer = StatementRef { index: statement.said_in?.0 as usize, ..inner };
        let around = view.statement(outer.article, outer.index).filter(|_| outer != inner)?;
        let nobody = statement.speaker.as_ref().is_none_or(|s| s.kind == SpeakerKind::Unnamed);
        let same = view.speaker(inner.article, statement) == view.speaker(outer.article, around);
        let within = |piece: &Span| around.content.iter().any(|c| c.contains(*piece));
        let document = around.speaker.as_ref().is_some_and(|s| s.kind == SpeakerKind::Document);
        let whole = around.content.iter().map(|c| c.len()).sum::<usize>();
        let covered = statement.extent().is_some_and(|e| e.len() * 10 >= whole * 9);
        match () {
            () if document && covered && !nobody => Some((outer, inner)),
            () if (nobody || same) && statement.content.iter().all(within) => Some((inner, outer)),
            () => None,
        }
    });
    let all: BTreeMap<StatementRef, StatementRef> = told.collect();
    let shown = |r: &StatementRef| !all.contains_key(r);
    all.iter().filter(|(_, by)| shown(by)).map(|(hidden, by)| (*hidden, *by)).collect()
}

/// Every statement of every report, in order.
pub(crate) fn statements<'v>(
    view: &'v View<'_>,
) -> impl Iterator<Item = (StatementRef, &'v Statement)> + use<'v> {
    view.papers.iter().flat_map(|paper| {
        let found = paper.report.findings.statements.iter().enumerate();
        found.map(|(index, s)| (StatementRef { article: paper.index, index }, s))
    })
}

fn sorted(by_who: BTreeMap<Who, Vec<Item>>) -> Vec<Group> {
    let mut groups: Vec<Group> = by_who
        .into_iter()
        .map(|(who, mut items)| {
            items.sort_by_key(|item| (std::cmp::Reverse(item.reports()), item.first_place()));
            Group { who, items }
        })
        .collect();
    groups.sort_by_key(|g| {
        let first = g.items.iter().map(Item::first_place).min();
        (g.who == Who::Unknown, std::cmp::Reverse(g.items.len()), first)
    });
    groups
}

fn shared_item(view: &View<'_>, index: usize, utterance: &Utterance) -> Option<(Who, Item)> {
    let mut versions: Vec<(&str, Version)> = Vec::new();
    for variant in utterance.variants.iter().filter(|v| view.holds(v.evidence.into())) {
        let words = view.words(variant.evidence.into());
        match versions.iter_mut().find(|(known, _)| *known == words) {
            Some((_, version)) => version.add(view, variant),
            None => versions.push((words, Version::of(view, variant))),
        }
    }
    let versions: Vec<Version> = versions.into_iter().map(|(_, version)| version).collect();
    let who = utterance_speaker(view, utterance, &versions);
    (!versions.is_empty()).then_some((who, Item::Shared(index, versions)))
}

fn utterance_speaker(view: &View<'_>, utterance: &Utterance, versions: &[Version]) -> Who {
    let known = utterance.speaker.map(|i| Who::Entity(i as usize));
    let of_statement = || {
        let statement = versions.iter().flat_map(|v| &v.statements).next()?;
        view.statement(statement.article, statement.index).map(|s| view.speaker(statement.article, s))
    };
    let article = versions.iter().flat_map(|v| &v.places).map(|p| p.article).next().unwrap_or(0);
    let named = || Who::named(article, utterance.speaker_name.as_deref()?);
    known
        .filter(|w| !view.name(w).is_empty())
        .or_else(|| of_statement().filter(|w| *w != Who::Unknown))
        .or_else(named)
        .unwrap_or(Who::Unknown)
}

impl Version {
    fn of(view: &View<'_>, variant: &Variant) -> Self {
        let mut version = Self { relation: variant.relation, places: Vec::new(), statements: Vec::new() };
        version.add(view, variant);
        version
    }

    fn add(&mut self, view: &View<'_>, variant: &Variant) {
        let place = Place::from(variant.evidence);
        self.places.push(place);
        self.statements
            .extend(holder(view, variant).map(|index| StatementRef { article: place.article, index }));
    }
}

/// The statement a variant stands in: named, or the first whose content shares words with it.
fn holder(view: &View<'_>, variant: &Variant) -> Option<usize> {
    let place = Place::from(variant.evidence);
    let statements = &view.papers.get(place.article)?.report.findings.statements;
    let named = variant.evidence.said_in.map(|s| s.0 as usize).filter(|&s| s < statements.len());
    named.or_else(|| statements.iter().position(|s| s.content.iter().any(|c| c.overlaps(place.span))))
}

/// The words that utterances give, by article, joined where they overlap.
fn told(view: &View<'_>) -> Vec<Vec<Span>> {
    let mut told = vec![Vec::new(); view.papers.len()];
    for place in view.brief.links.utterances.iter().flat_map(|u| &u.variants).map(|v| Place::from(v.evidence))
    {
        if let Some(spans) = told.get_mut(place.article) {
            spans.push(place.span);
        }
    }
    told.into_iter().map(joined).collect()
}

/// Whether utterances tell all that a statement says, so that the statement need not be shown again.
fn is_told(view: &View<'_>, reference: StatementRef, told: &[Vec<Span>]) -> bool {
    let Some(statement) = view.statement(reference.article, reference.index) else { return true };
    let here = told.get(reference.article).map_or(&[][..], Vec::as_slice);
    statement.content.iter().all(|&piece| {
        let told: usize = here.iter().filter_map(|s| s.intersection(piece)).map(Span::len).sum();
        told * 10 >= piece.len() * 6
    })
}
