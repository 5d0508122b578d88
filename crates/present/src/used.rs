//! The words of each report that some line of the brief rests on.

use crate::view::{Paper, Place, View};
use record::{Event, Form, Span, Statement};
use std::collections::BTreeMap;

/// Why words are used: bits, since the same words may serve several lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses(u16);

macro_rules! uses {
    ($($name:ident = $bit:literal, $class:literal;)+) => {
        impl Uses {
            $(pub(crate) const $name: Uses = Uses(1 << $bit);)+
            const CLASSES: &'static [(Uses, &'static str)] = &[$((Uses::$name, $class)),+];
        }
    };
}

uses! {
    QUOTED = 0, "q";
    REPORTED = 1, "r";
    SOURCE = 2, "src";
    CUE = 3, "cue";
    CONDITION = 4, "cond";
    EVENT = 5, "ev";
    CLAIM = 6, "cl";
    DATE = 7, "dt";
    TITLE = 8, "tt";
    ANCHOR = 9, "";
    BOILERPLATE = 10, "bp";
}

impl Uses {
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The style classes, in fixed order.
    pub(crate) fn classes(self) -> String {
        let classes = Self::CLASSES.iter().filter(|(bit, class)| self.has(*bit) && !class.is_empty());
        classes.map(|(_, class)| *class).collect::<Vec<_>>().join(" ")
    }
}

/// The used words of one report, sorted by start, the longer first; each span once.
pub(crate) type Used = Vec<(Span, Uses)>;

/// Collects every span that the brief links to, by report.
pub(crate) fn used(view: &View<'_>) -> Vec<Used> {
    let mut all = Collector { spans: vec![BTreeMap::new(); view.papers.len()] };
    view.papers.iter().for_each(|paper| all.report(paper));
    all.links(view);
    let in_order = |spans: BTreeMap<(u32, std::cmp::Reverse<u32>), Uses>| {
        spans.into_iter().map(|((start, end), uses)| (Span::new(start, end.0), uses))
    };
    let papers = all.spans.into_iter().zip(&view.papers);
    papers.map(|(spans, p)| in_order(spans).filter(|(s, _)| view.holds(p.place(*s))).collect()).collect()
}

struct Collector {
    spans: Vec<BTreeMap<(u32, std::cmp::Reverse<u32>), Uses>>,
}

impl Collector {
    fn add(&mut self, place: Place, uses: Uses) {
        let Some(spans) = self.spans.get_mut(place.article) else { return };
        let known = spans.entry((place.span.start, std::cmp::Reverse(place.span.end))).or_default();
        *known = known.with(uses);
    }

    fn all(&mut self, article: usize, spans: impl IntoIterator<Item = Span>, uses: Uses) {
        spans.into_iter().for_each(|span| self.add(Place::new(article, span), uses));
    }

    fn report(&mut self, paper: &Paper<'_>) {
        let (article, findings) = (paper.index, &paper.report.findings);
        self.all(article, paper.report.article.title.iter().filter_map(|t| t.span), Uses::TITLE);
        self.all(article, paper.report.article.boilerplate.iter().map(|(s, _)| s), Uses::BOILERPLATE);
        let dates = [paper.published, paper.report.article.published.as_ref()];
        self.all(article, dates.into_iter().flatten().flat_map(|p| p.evidence.clone()), Uses::DATE);
        findings.statements.iter().for_each(|s| self.statement(article, s));
        findings.events.iter().for_each(|e| self.event(article, e));
    }

    fn statement(&mut self, article: usize, statement: &Statement) {
        let quoted = matches!(statement.form, Form::Direct | Form::Mixed);
        self.all(
            article,
            statement.content.iter().copied(),
            if quoted { Uses::QUOTED } else { Uses::REPORTED },
        );
        self.all(article, statement.source, Uses::SOURCE);
        self.all(article, statement.cue, Uses::CUE);
        self.all(article, statement.condition, Uses::CONDITION);
        self.all(article, statement.time_evidence, Uses::DATE);
    }

    fn event(&mut self, article: usize, event: &Event) {
        self.all(article, [event.trigger], Uses::EVENT);
        let others = [&event.actor, &event.recipient, &event.place];
        self.all(article, others.into_iter().flatten().map(|p| p.span), Uses::ANCHOR);
    }

    fn links(&mut self, view: &View<'_>) {
        let links = view.brief.links;
        for evidence in links.claims.iter().flat_map(|c| &c.values).flat_map(|v| &v.evidence) {
            self.add((*evidence).into(), Uses::CLAIM);
        }
        let variants = links.utterances.iter().flat_map(|u| &u.variants).map(|v| v.evidence);
        for evidence in variants.chain(links.copies.iter().flat_map(|c| c.evidence.clone())) {
            self.add(evidence.into(), Uses::ANCHOR);
        }
        for (_, place) in crate::cast::first_mentions(view).into_values().flatten() {
            self.add(place, Uses::ANCHOR);
        }
        let loose = crate::coverage::loose_quotations(view).into_iter();
        for place in loose.chain(crate::coverage::loose_cues(view)) {
            self.add(place, Uses::ANCHOR);
        }
    }
}
