//! Which agencies a report credits, and how many independent origins reports have.

use crate::words::spans;
use lexicon::Lexicon;
use lexicon::topics::CreditPattern;
use record::{ArticleIx, Copy, CopyRelation, Report, Span};
use std::collections::BTreeMap;

/// Longest agency name, in words.
const NAME_WORDS: usize = 4;
/// Part of a text in which a whole-report credit stands: so many bytes at each end.
const EDGE: usize = 400;
/// Share of the shorter text from which shared passages mean a common origin.
const COMMON: f32 = 0.25;

/// Agency id → whether the whole report is its copy.
pub(crate) type Credits = BTreeMap<&'static str, bool>;

/// The agencies a report credits in its text, byline or outlet.
pub(crate) fn credits(report: &Report, lexicon: &Lexicon) -> Credits {
    let text = report.text();
    let mut found = Credits::new();
    for (name, span) in agencies(text, lexicon) {
        let edge = (span.start as usize) < EDGE || text.len() - (span.end as usize) < EDGE;
        let mut matching = lexicon.topics.credits().iter().filter(|p| fits(p, text, span));
        if let Some(pattern) = matching.next() {
            *found.entry(name).or_default() |= pattern.whole && edge;
        }
    }
    let labels = [&report.article.outlet, &report.article.author];
    let agencies = labels.into_iter().flatten().filter_map(|label| lexicon.topics.agency(label));
    found.extend(agencies.map(|name| (name, true)));
    found
}

/// Independent origins of reports: copies, and reports that are copy of one agency, count once.
#[derive(Debug)]
pub(crate) struct Origins(Vec<u32>);

impl Origins {
    pub(crate) fn of(credits: &[Credits], copies: &[Copy]) -> Self {
        let mut origins = Self((0..credits.len() as u32).collect());
        for copy in copies {
            if copy.relation != CopyRelation::SharedPassages || copy.overlap >= COMMON {
                origins.join(copy.articles[0].0, copy.articles[1].0);
            }
        }
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        for (article, credits) in credits.iter().enumerate() {
            for (agency, _) in credits.iter().filter(|(_, whole)| **whole) {
                origins.join(*first.entry(agency).or_insert(article as u32), article as u32);
            }
        }
        origins
    }

    /// Number of origins among these articles.
    pub(crate) fn count(&self, articles: impl Iterator<Item = ArticleIx>) -> u32 {
        articles.map(|a| self.root(a.0)).collect::<std::collections::BTreeSet<u32>>().len() as u32
    }

    fn root(&self, mut article: u32) -> u32 {
        while let Some(&parent) = self.0.get(article as usize).filter(|p| **p != article) {
            article = parent;
        }
        article
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

fn agencies<'t>(text: &'t str, lexicon: &'t Lexicon) -> impl Iterator<Item = (&'static str, Span)> + 't {
    let words: Vec<Span> = spans(text).collect();
    (0..words.len()).filter_map(move |i| {
        let longest = NAME_WORDS.min(words.len() - i);
        (1..=longest).rev().find_map(|n| {
            let span = words[i].cover(words[i + n - 1]);
            lexicon.topics.agency(span.text(text)).map(|name| (name, span))
        })
    })
}

fn fits(pattern: &CreditPattern, text: &str, name: Span) -> bool {
    let mut before = text[..name.start as usize].trim_end();
    let mut after = text[name.end as usize..].trim_start();
    for word in pattern.before.iter().rev() {
        let Some(rest) = before.len().checked_sub(word.len()).filter(|at| before.is_char_boundary(*at))
        else {
            return false;
        };
        if !before[rest..].eq_ignore_ascii_case(word) || !ends_word(before, rest) {
            return false;
        }
        before = before[..rest].trim_end();
    }
    for word in &pattern.after {
        let Some(head) = after.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)) else {
            return false;
        };
        after = after[head.len()..].trim_start();
    }
    true
}

fn ends_word(text: &str, at: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[at..].chars().next()) || !letter(text[..at].chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::report;

    #[test]
    fn the_examples_of_the_patterns_hold() {
        let lexicon = Lexicon::load();
        for (text, credited) in lexicon::topics::Topics::credit_examples() {
            assert_eq!(!credits(&report(text), &lexicon).is_empty(), credited, "{text}");
        }
    }

    #[test]
    fn copy_of_one_agency_is_one_origin() {
        let lexicon = Lexicon::load();
        let texts = ["ORSK (Reuters) - A dam broke.", "Orsk: a dam broke.", "A dam failed. (Reuters)"];
        let credits: Vec<Credits> = texts.iter().map(|t| credits(&report(t), &lexicon)).collect();
        let origins = Origins::of(&credits, &[]);
        assert_eq!(origins.count((0..3).map(ArticleIx)), 2);
        assert_eq!(origins.count([0, 2].map(ArticleIx).into_iter()), 1);
    }
}
