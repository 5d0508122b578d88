//! Pieces of speech that can be compared across reports, with who speaks and when.

use crate::entities::by_referent;
use crate::naming::NameParts;
use crate::words::{folded, key, spans, stem};
use lexicon::Lexicon;
use record::{
    Act, ArticleIx, Evidence, Form, Links, MentionForm, ReferentIx, ReferentKind, Report, Span, Statement,
    StatementIx, TimeKind,
};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// One quoted or reported piece.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) evidence: Evidence,
    pub(crate) text: String,
    /// Keys of all words.
    pub(crate) words: Vec<u64>,
    /// Stems of the words that say something, as they follow one another.
    pub(crate) told: Vec<u64>,
    /// The same, each once.
    pub(crate) content: BTreeSet<u64>,
    /// Numbers as written.
    numbers: BTreeSet<u64>,
    /// Whether it stands in quotation marks.
    pub(crate) quoted: bool,
    pub(crate) voice: Who,
    /// The day it was said, where known.
    pub(crate) day: Option<String>,
    /// Whether the piece is reported as denied or as not said.
    pub(crate) denied: bool,
    /// For each word whether it negates.
    pub(crate) negated: Vec<bool>,
    /// Whether its first words wish: “I hope that …”.
    wishes: bool,
}

/// Who says a piece, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Who {
    pub(crate) entity: Option<u32>,
    pub(crate) name: Option<String>,
    represents: Option<String>,
    person: bool,
    keys: Vec<String>,
}

/// Whether two pieces have one speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    Same,
    Unknown,
    Other,
}

impl Who {
    pub(crate) fn fit(&self, other: &Who) -> Voice {
        if let (Some(a), Some(b)) = (self.entity, other.entity) {
            let one_body = self.represents.is_some() && self.represents == other.represents;
            return match (a == b, one_body && !(self.person && other.person)) {
                (true, _) => Voice::Same,
                (false, true) => Voice::Unknown,
                (false, false) => Voice::Other,
            };
        }
        match (
            self.keys.is_empty() || other.keys.is_empty(),
            self.keys.iter().any(|k| other.keys.contains(k)),
        ) {
            (true, _) => Voice::Unknown,
            (false, true) => Voice::Same,
            (false, false) => Voice::Other,
        }
    }
}

impl Unit {
    /// Whether one of two reports says that the words were denied, and the other gives them without a negation.
    pub(crate) fn is_denied_by(&self, other: &Unit) -> bool {
        let lost = |a: &Unit, b: &Unit| a.denied && !b.denied && !b.negates();
        lost(self, other) || lost(other, self)
    }

    /// Whether only one of two pieces of like length negates: a shorter one may have lost the word by being cut.
    pub(crate) fn opposes(&self, other: &Unit) -> bool {
        self.is_like_long(other) && self.denied == other.denied && self.negates() != other.negates()
    }

    /// Whether only one of two pieces of like length wishes for what the other states.
    pub(crate) fn wishes_alone(&self, other: &Unit) -> bool {
        self.is_like_long(other) && self.wishes != other.wishes
    }

    fn is_like_long(&self, other: &Unit) -> bool {
        let (a, b) = (self.words.len().min(other.words.len()), self.words.len().max(other.words.len()));
        a * 10 >= b * 6
    }

    /// Whether its own words negate.
    fn negates(&self) -> bool {
        self.negated.contains(&true)
    }

    /// Whether both give numbers, none of them in common.
    pub(crate) fn numbers_clash(&self, other: &Unit) -> bool {
        !self.numbers.is_empty() && !other.numbers.is_empty() && self.numbers.is_disjoint(&other.numbers)
    }
}

/// All pieces in text order.
pub(crate) fn units(reports: &[Report], links: &Links, lexicon: &Lexicon) -> Vec<Unit> {
    let entities = by_referent(&links.entities);
    let mut units = Vec::new();
    for (report, article) in reports.iter().zip(0..) {
        let scene = Scene { report, article: ArticleIx(article), entities: &entities, links, lexicon };
        let quotes: Vec<Span> = report.reading.quotations.iter().map(|(span, ())| span).collect();
        let mut taken: Vec<Span> = Vec::new();
        for (statement, i) in report.findings.statements.iter().zip(0..) {
            units.extend(scene.statement(statement, StatementIx(i), &quotes));
            taken.extend(&statement.content);
        }
        let loose = quotes.iter().filter(|q| !taken.iter().any(|t| t.overlaps(**q)));
        units.extend(loose.filter_map(|quote| scene.loose(*quote)));
    }
    units.sort_by_key(|u| u.evidence);
    units
}

/// One report and what is needed to say who speaks in it.
struct Scene<'a> {
    report: &'a Report,
    article: ArticleIx,
    entities: &'a BTreeMap<(ArticleIx, ReferentIx), u32>,
    links: &'a Links,
    lexicon: &'a Lexicon,
}

impl Scene<'_> {
    /// The contents of a statement, and the quotations inside them.
    fn statement(&self, statement: &Statement, index: StatementIx, quotes: &[Span]) -> Vec<Unit> {
        let speaker = statement.speaker.as_ref();
        let voice = speaker.map_or_else(Who::default, |s| self.who(s.referent, s.name.as_deref()));
        let mut pieces: Vec<(Span, bool)> = Vec::new();
        for content in &statement.content {
            let inside = quotes.iter().filter_map(|q| q.intersection(*content));
            let inside: Vec<Span> = inside.filter(|q| q.len() >= 8).collect();
            let quoted: usize = inside.iter().map(|q| q.len()).sum();
            if inside.is_empty() || quoted * 10 < content.len() * 8 {
                pieces.push((*content, statement.form == Form::Direct && inside.is_empty()));
            }
            pieces.extend(inside.into_iter().map(|q| (q, true)));
        }
        let day = statement.time.clone();
        let units = pieces.into_iter().filter_map(|(span, quoted)| {
            let day = day.clone().or_else(|| self.day(span));
            self.unit(span, quoted, Some(index), voice.clone(), day)
        });
        units.collect()
    }

    /// A quotation outside all statements: its speaker is the one person named in its sentence.
    fn loose(&self, quote: Span) -> Option<Unit> {
        let sentence = sentence_of(self.report, quote)?;
        let mentions = self.report.findings.mentions.within(sentence);
        let people: BTreeSet<ReferentIx> = mentions
            .filter(|(_, m)| m.kind == ReferentKind::Person && m.form == MentionForm::Name)
            .filter_map(|(_, m)| m.referent)
            .collect();
        let one = people.first().copied().filter(|_| people.len() == 1)?;
        self.unit(quote, true, None, self.who(Some(one), None), self.day(quote))
    }

    fn unit(
        &self,
        span: Span,
        quoted: bool,
        said_in: Option<StatementIx>,
        voice: Who,
        day: Option<String>,
    ) -> Option<Unit> {
        let span = span.trimmed_of(self.report.text(), |c| !c.is_alphanumeric());
        let text = span.text(self.report.text());
        let written: Vec<&str> = spans(text).map(|s| s.text(text)).collect();
        let told: Vec<u64> = written.iter().filter_map(|w| content_key(w, self.lexicon)).collect();
        let content: BTreeSet<u64> = told.iter().copied().collect();
        if content.len() < 2 {
            return None;
        }
        Some(Unit {
            evidence: Evidence { article: self.article, span, said_in },
            text: text.to_owned(),
            words: written.iter().map(|w| key(w)).collect(),
            told,
            content,
            numbers: written
                .iter()
                .filter(|w| w.starts_with(|c: char| c.is_ascii_digit()))
                .map(|w| key(w))
                .collect(),
            quoted,
            voice,
            day,
            denied: said_in.is_some_and(|index| self.denies(index)),
            negated: written.iter().map(|word| self.lexicon.topics.negates(word)).collect(),
            wishes: written.iter().take(OPENING).any(|word| self.lexicon.topics.wishes(word)),
        })
    }

    /// Whether a statement reports its content as denied, or as not said.
    fn denies(&self, index: StatementIx) -> bool {
        let statement = self.report.findings.statement(index);
        statement.is_some_and(|s| s.negated || (s.act == Some(Act::Deny) && s.form != Form::Direct))
    }

    fn who(&self, referent: Option<ReferentIx>, name: Option<&str>) -> Who {
        let entity = referent.and_then(|r| self.entities.get(&(self.article, r)).copied());
        let known = entity.and_then(|e| self.links.entities.get(e as usize));
        let named = name.filter(|n| n.chars().any(char::is_uppercase));
        let keys = named.map_or_else(Vec::new, |n| NameParts::person(n, self.lexicon).surname().to_vec());
        Who {
            entity,
            name: known.map(|e| e.name.clone()).or_else(|| named.map(str::to_owned)),
            represents: known.and_then(|e| e.represents.clone()),
            person: known.is_some_and(|e| e.kind == ReferentKind::Person && e.named),
            keys,
        }
    }

    /// The one day that the sentence around a span names.
    fn day(&self, span: Span) -> Option<String> {
        let sentence = sentence_of(self.report, span)?;
        let times = self.report.reading.times.within(sentence).filter(|(_, t)| t.kind == TimeKind::Date);
        let days: BTreeSet<&str> =
            times.filter_map(|(_, t)| t.value.as_deref()).filter(|v| v.len() == 10).collect();
        days.first().filter(|_| days.len() == 1).map(|day| (*day).to_owned())
    }
}

/// Words from the first among which a wish frames all that follows.
const OPENING: usize = 4;

/// The bytes of the sentence that holds the beginning of a span.
pub(crate) fn sentence_of(report: &Report, span: Span) -> Option<Span> {
    let reading = &report.reading;
    let first = reading.tokens_in(span).range().next()?;
    let sentence = reading.sentence_of(first)?;
    reading.span_of(reading.sentences[sentence].tokens)
}

/// Key of a word that says something: names by their spelling key, other words cut so that inflections and
/// derivations of one stem agree.
pub(crate) fn content_key(word: &str, lexicon: &Lexicon) -> Option<u64> {
    let plain = folded(word);
    if plain.len() < 2 || lexicon.topics.is_stop(&plain) {
        return None;
    }
    let stem = stem(&plain);
    let known = lexicon.topics.class(&plain).or_else(|| lexicon.topics.class(&stem));
    let key = match known {
        Some(class) => format!("class {class}"),
        None if word.starts_with(char::is_uppercase) => {
            lexicon.names.keys(word.trim_end_matches("'s").trim_end_matches("’s")).remove(0)
        }
        None => lexicon.names.keys(&stem).remove(0),
    };
    let cut: String =
        key.chars().take(if key.starts_with("class") || key.chars().count() <= 6 { 40 } else { 6 }).collect();
    Some(xxh3_64(cut.as_bytes()))
}
