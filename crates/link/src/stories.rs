//! Which reports belong together: weighted word vectors, candidate pairs by an inverted index, local scaling, average
//! link; then groups that tell of two similar events are parted.

use crate::cluster::average_link_of;
use crate::identity::named;
use crate::moment::Moment;
use crate::nearness::Nearness;
use crate::parting::parted;
use crate::tfidf::{Space, Vector, cosine};
use lexicon::Lexicon;
use record::{ArticleIx, Joined, KnownStory, Report, Story};

/// Mean similarity, scaled by how near each report's neighbours are, from which groups are one story.
const THRESHOLD: f32 = 0.18;
/// Entities named for a story.
const ENTITIES: usize = 6;

/// Words named for a report that joins a story.
const WORDS: usize = 5;
/// Members of a story that are looked at to find the nearest or the most central.
const SAMPLE: usize = 50;

/// Stories in order of their first report; every report is in exactly one. Those that continue a known story have its id.
pub(crate) fn stories(reports: &[Report], known: &[KnownStory], lexicon: &Lexicon) -> Vec<Story> {
    let space = Space::of(reports, lexicon);
    let moments: Vec<Moment> = reports.iter().map(Moment::of).collect();
    let Nearness { edges, scales } = Nearness::of(&space.vectors, &moments);
    let scaled = space.vectors.iter().zip(scales);
    let scaled = scaled.map(|(v, scale)| v.iter().map(|(t, w)| (*t, w / scale)).collect()).collect();
    let groups = parted(average_link_of(scaled, &edges, THRESHOLD), &space);
    named(groups.iter().map(|group| story(group, reports, &space)).collect(), reports, known)
}

/// A story that has no id yet.
fn story(group: &[u32], reports: &[Report], space: &Space) -> Story {
    let members: Vec<&Report> = group.iter().map(|&i| &reports[i as usize]).collect();
    let mut dates: Vec<&str> = members.iter().filter_map(|r| day(r)).collect();
    dates.sort_unstable();
    Story {
        id: String::new(),
        title: title(group, reports, &space.vectors),
        articles: group.iter().map(|&i| ArticleIx(i)).collect(),
        from: dates.first().map(|d| (*d).to_owned()),
        to: dates.last().map(|d| (*d).to_owned()),
        entities: main_entities(&members),
        joined: group.iter().filter_map(|&article| joined(article, group, reports, space)).collect(),
        before: Vec::new(),
    }
}

/// The nearest other member of a report, and what both are about.
fn joined(article: u32, group: &[u32], reports: &[Report], space: &Space) -> Option<Joined> {
    let own = &space.vectors[article as usize];
    let others = group.iter().filter(|other| **other != article).take(SAMPLE);
    let near = others.map(|&other| (cosine(own, &space.vectors[other as usize]), other));
    let (similarity, with) = near.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)))?;
    let words = space.shared([article as usize, with as usize], reports, WORDS);
    Some(Joined { article: ArticleIx(article), with: ArticleIx(with), similarity, words })
}

fn day(report: &Report) -> Option<&str> {
    let value = report.published.as_ref()?.value.as_str();
    Some(value.get(..10).unwrap_or(value))
}

/// The title of the most central report that has one, else the first line of the most central one.
fn title(group: &[u32], reports: &[Report], vectors: &[Vector]) -> Option<String> {
    let central = by_centrality(group, vectors);
    let titled = central.iter().find_map(|&i| reports[i as usize].article.title.as_ref());
    titled.map(|t| t.text.clone()).or_else(|| central.first().and_then(|&i| headline(&reports[i as usize])))
}

fn by_centrality(group: &[u32], vectors: &[Vector]) -> Vec<u32> {
    let sample = &group[..group.len().min(SAMPLE)];
    let closeness = |&i: &u32| -> f32 {
        sample.iter().map(|&j| cosine(&vectors[i as usize], &vectors[j as usize])).sum()
    };
    let mut ranked: Vec<(f32, u32)> = group.iter().map(|i| (closeness(i), *i)).collect();
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    ranked.into_iter().map(|(_, i)| i).collect()
}

/// The first line with at least three words that is no boilerplate, cut at 160 characters.
fn headline(report: &Report) -> Option<String> {
    let mut at = 0;
    for line in report.text().split_inclusive('\n').take(20) {
        let span = record::Span::at(at..at + line.len()).trimmed(report.text());
        at += line.len();
        if line.split_whitespace().nth(2).is_some() && !report.article.is_boilerplate(span) {
            return Some(span.text(report.text()).chars().take(160).collect());
        }
    }
    None
}

/// Names in most of the story's reports, people and bodies first where equal.
fn main_entities(members: &[&Report]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for report in members {
        let named = report.findings.referents.iter().filter(|r| r.named);
        let names: std::collections::BTreeSet<&str> = named.map(|r| r.name.as_str()).collect();
        names.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
    }
    let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
    ranked.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(y.0)));
    ranked.into_iter().take(ENTITIES).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::report;

    fn groups(texts: &[&str]) -> Vec<Vec<u32>> {
        let reports: Vec<Report> = texts.iter().map(|t| report(t)).collect();
        let stories = stories(&reports, &[], &Lexicon::load());
        stories.iter().map(|s| s.articles.iter().map(|a| a.0).collect()).collect()
    }

    #[test]
    fn two_events_are_two_stories() {
        let found = groups(&[
            "A ferry sank off Lomara on Monday; the coast guard of Lomara rescued forty passengers.",
            "Parliament in Veldt passed the pension bill after a night of debate.",
            "Forty passengers were rescued by the coast guard when a ferry sank near Lomara.",
            "",
        ]);
        assert_eq!(found, [vec![0, 2], vec![1], vec![3]]);
    }

    #[test]
    fn the_id_does_not_depend_on_the_order() {
        let texts = ["The dam at Orsk broke.", "A dam broke at Orsk."];
        let one: Vec<Report> = texts.iter().map(|t| report(t)).collect();
        let two: Vec<Report> = texts.iter().rev().map(|t| report(t)).collect();
        let lexicon = Lexicon::load();
        assert_eq!(stories(&one, &[], &lexicon)[0].id, stories(&two, &[], &lexicon)[0].id);
    }

    #[test]
    fn why_a_report_is_in_a_story_is_told_in_its_words() {
        let texts = ["The dam at Orsk broke.", "A dam broke at Orsk.", "Rain fell on Veldt."];
        let reports: Vec<Report> = texts.iter().map(|t| report(t)).collect();
        let stories = stories(&reports, &[], &Lexicon::load());
        let joined = &stories[0].joined[1];
        assert_eq!((joined.article, joined.with), (ArticleIx(1), ArticleIx(0)));
        assert!(joined.words.contains(&"Orsk".to_owned()) && joined.words.contains(&"dam".to_owned()));
        assert!(stories[1].joined.is_empty());
    }
}
