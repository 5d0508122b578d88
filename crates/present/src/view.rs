//! The values of a brief, prepared for pages: names, places and ids that every part uses alike.

use crate::Brief;
use crate::contract::CodePoints;
use record::{ArticleIx, Entity, Evidence, Published, ReferentIx, Report, Span, Statement};
use std::collections::BTreeMap;

/// A brief with its look-ups.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) brief: &'a Brief<'a>,
    pub(crate) papers: Vec<Paper<'a>>,
    entity_of: BTreeMap<(ArticleIx, ReferentIx), usize>,
}

/// One report, with the names under which it is shown.
#[derive(Debug)]
pub(crate) struct Paper<'a> {
    pub(crate) index: usize,
    pub(crate) report: &'a Report,
    /// Outlet, or the file's name.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) published: Option<&'a Published>,
    points: CodePoints<'a>,
}

/// Words of one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) article: usize,
    pub(crate) span: Span,
}

/// Who speaks or acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// Known across the reports.
    Entity(usize),
    /// Known by a name or description in one article only; the same words elsewhere may mean somebody else.
    Name(usize, String),
    /// Not found.
    Unknown,
}

impl Who {
    /// By a name or description; a pronoun alone tells nothing.
    pub(crate) fn named(article: usize, words: &str) -> Option<Self> {
        let words = one_line(words);
        let words = words.trim_end_matches([',', ';', ':', ' ']);
        let pronoun = PRONOUNS.contains(&words.to_lowercase().as_str());
        (!words.is_empty() && !pronoun).then(|| Self::Name(article, words.to_owned()))
    }
}

const PRONOUNS: [&str; 18] = [
    "he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "me", "who", "which", "this",
    "that", "these", "those",
];

impl Place {
    pub(crate) fn new(article: usize, span: Span) -> Self {
        Self { article, span }
    }
}

impl From<Evidence> for Place {
    fn from(evidence: Evidence) -> Self {
        Self::new(evidence.article.0 as usize, evidence.span)
    }
}

impl<'a> View<'a> {
    pub(crate) fn of(brief: &'a Brief<'a>) -> Self {
        let papers = brief.reports.iter().enumerate().map(|(i, r)| Paper::of(i, r, brief)).collect();
        let mut entity_of = BTreeMap::new();
        for (i, entity) in brief.links.entities.iter().enumerate() {
            entity_of.extend(entity.members.iter().map(|&member| (member, i)));
        }
        Self { brief, papers, entity_of }
    }

    pub(crate) fn entities(&self) -> &'a [Entity] {
        &self.brief.links.entities
    }

    /// The words; empty where the place is not one of the reports.
    pub(crate) fn words(&self, place: Place) -> &'a str {
        self.papers.get(place.article).map_or("", |p| place.span.text(p.report.text()))
    }

    /// Whether there are words at this place.
    pub(crate) fn holds(&self, place: Place) -> bool {
        !self.words(place).trim().is_empty()
    }

    /// The id of the words on the page: `a1-123-145`.
    pub(crate) fn id(&self, place: Place) -> String {
        let (start, end) = self.offsets(place);
        format!("a{}-{start}-{end}", place.article + 1)
    }

    /// The same as a reference: `a1:123–145`.
    pub(crate) fn reference(&self, place: Place) -> String {
        let (start, end) = self.offsets(place);
        format!("a{}:{start}–{end}", place.article + 1)
    }

    pub(crate) fn offsets(&self, place: Place) -> (u32, u32) {
        let at = |byte: u32| self.papers.get(place.article).map_or(0, |p| p.points.before(byte as usize));
        (at(place.span.start), at(place.span.end))
    }

    /// Who a referent of an article is.
    pub(crate) fn referent(&self, article: usize, referent: Option<ReferentIx>) -> Option<Who> {
        let referent = referent?;
        let known = self.entity_of.get(&(ArticleIx(article as u32), referent));
        known.map(|&i| Who::Entity(i)).or_else(|| {
            let report = self.papers.get(article)?.report;
            Who::named(article, &report.findings.referent(referent)?.name)
        })
    }

    /// Who makes a statement.
    pub(crate) fn speaker(&self, article: usize, statement: &Statement) -> Who {
        let Some(speaker) = &statement.speaker else { return Who::Unknown };
        self.referent(article, speaker.referent)
            .or_else(|| Who::named(article, speaker.name.as_deref()?))
            .unwrap_or(Who::Unknown)
    }

    /// Name or description.
    pub(crate) fn name<'w>(&'w self, who: &'w Who) -> &'w str {
        match who {
            Who::Entity(i) => self.entities().get(*i).map_or("", |e| e.name.as_str()),
            Who::Name(_, name) => name,
            Who::Unknown => "Speaker not found",
        }
    }

    /// A statement of an article.
    pub(crate) fn statement(&self, article: usize, index: usize) -> Option<&'a Statement> {
        self.papers.get(article)?.report.findings.statements.get(index)
    }

    /// What the story is called: its own title, else that of the first report.
    pub(crate) fn title(&self) -> String {
        let story = self.brief.links.stories.first().filter(|_| self.brief.links.stories.len() == 1);
        story
            .and_then(|s| s.title.clone())
            .or_else(|| self.papers.first().map(|p| p.title.clone()))
            .unwrap_or_else(|| "No report could be read".to_owned())
    }
}

impl<'a> Paper<'a> {
    fn of(index: usize, report: &'a Report, brief: &'a Brief<'a>) -> Self {
        let aligned = brief.links.dates.get(index).and_then(Option::as_ref);
        Self {
            index,
            report,
            name: paper_name(report),
            title: paper_title(report),
            published: report.published.as_ref().or(aligned),
            points: CodePoints::new(report.text()),
        }
    }

    /// The number readers see.
    pub(crate) fn number(&self) -> usize {
        self.index + 1
    }

    /// Words of running text: runs of characters between white space.
    pub(crate) fn length(&self) -> usize {
        self.report.text().split_whitespace().count()
    }

    /// A place in this report.
    pub(crate) fn place(&self, span: Span) -> Place {
        Place::new(self.index, span)
    }

    /// Remarks on this report, those of the input first.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &'a String> {
        let report = self.report;
        let later = report.notes.iter().filter(|n| !report.article.notes.contains(n));
        report.article.notes.iter().chain(later)
    }
}

fn paper_name(report: &Report) -> String {
    let source = report.article.source.as_str();
    let file = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let given = report.article.outlet.as_deref().unwrap_or(stem).trim();
    shortened(if given.is_empty() { "report" } else { given }, 40)
}

fn paper_title(report: &Report) -> String {
    let given = report.article.title.as_ref().map(|t| t.text.trim()).filter(|t| !t.is_empty());
    let first = report.text().lines().map(str::trim).find(|line| !line.is_empty());
    shortened(given.or(first).unwrap_or("(no words)"), 160)
}

/// At most `limit` characters on one line, cut between words where there is a space near, with a mark for the cut.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let have = line.chars().count();
        if have + word.chars().count() + 1 > limit {
            let room = limit.saturating_sub(have + 2);
            if have < limit / 2 && room > 0 {
                line.extend((have > 0).then_some(' '));
                line.extend(word.chars().take(room));
            }
            line.push('…');
            return line;
        }
        line.extend((have > 0).then_some(' '));
        line.push_str(word);
    }
    line
}

/// White space of any kind as one space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_between_words_and_within_a_long_one() {
        assert_eq!(shortened("a short line", 20), "a short line");
        assert_eq!(shortened("one two three four", 10), "one two…");
        assert_eq!(shortened(&"x".repeat(50), 10).chars().count(), 9);
        assert_eq!(shortened("", 10), "");
    }
}
