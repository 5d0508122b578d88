//! What stories are called, so that they keep their names while reports are added.

use record::{KnownStory, Report, Story};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// Gives each story an id: that of the known story which it continues, else one made from its first report (the earliest
/// dated, then by content), so that neither the order of the input nor later reports change it.
///
/// A known story goes on in the story that has most of its articles; a story that takes up several goes by the one of which it
/// has most. `before` names all of them.
pub(crate) fn named(mut stories: Vec<Story>, reports: &[Report], known: &[KnownStory]) -> Vec<Story> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let shares = shares(&stories, reports, known);
    for (story, own) in stories.iter_mut().zip(&shares) {
        story.before = own.iter().map(|(_, place)| known[*place].id.clone()).collect();
    }
    for (place, heir) in heirs(&shares) {
        stories[heir].id = known[place].id.clone();
        taken.insert(known[place].id.clone());
    }
    let unnamed = stories.iter_mut().filter(|story| story.id.is_empty());
    for story in unnamed {
        let ids = ids(story, reports);
        story.id = ids.into_iter().find(|id| !taken.contains(id)).unwrap_or_default();
        taken.insert(story.id.clone());
    }
    stories
}

/// For each story how many articles it has of which known story, most first.
fn shares(stories: &[Story], reports: &[Report], known: &[KnownStory]) -> Vec<Vec<(usize, usize)>> {
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, story) in known.iter().enumerate() {
        story.articles.iter().for_each(|article| {
            of.entry(article).or_insert(place);
        });
    }
    let counted = stories.iter().map(|story| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for article in &story.articles {
            let id = reports[article.0 as usize].article.id.to_string();
            if let Some(place) = of.get(id.as_str()) {
                *counts.entry(*place).or_default() += 1;
            }
        }
        let mut counts: Vec<(usize, usize)> = counts.into_iter().map(|(place, n)| (n, place)).collect();
        counts.sort_by_key(|(n, place)| (std::cmp::Reverse(*n), *place));
        counts
    });
    counted.collect()
}

/// Known stories with the stories that continue them: each has one heir, and each story one name.
fn heirs(shares: &[Vec<(usize, usize)>]) -> Vec<(usize, usize)> {
    let claims = shares.iter().enumerate();
    let mut claims: Vec<(usize, usize, usize)> =
        claims.flat_map(|(story, own)| own.iter().map(move |(n, place)| (*n, *place, story))).collect();
    claims.sort_by_key(|(n, place, story)| (std::cmp::Reverse(*n), *place, *story));
    let (mut heirs, mut given, mut named) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (_, place, story) in claims {
        if !given.contains(&place) && !named.contains(&story) {
            heirs.push((place, story));
            given.insert(place);
            named.insert(story);
        }
    }
    heirs
}

/// Ids that a story may have, the one of its first report first; endless, in effect.
fn ids(story: &Story, reports: &[Report]) -> Vec<String> {
    let day = |report: &Report| report.published.as_ref().map(|p| p.value.clone());
    let mut members: Vec<(bool, Option<String>, String)> = story
        .articles
        .iter()
        .map(|ix| &reports[ix.0 as usize])
        .map(|report| (report.published.is_none(), day(report), report.article.id.to_string()))
        .collect();
    members.sort_unstable();
    let first = members.first().map_or("", |(_, _, id)| id.as_str());
    let own = members.iter().map(|(_, _, id)| xxh3_64(id.as_bytes()));
    // Equal articles may be in several stories, empty ones at least; then the place in the input tells.
    let place = story.articles.first().map_or(0, |ix| ix.0);
    let other = xxh3_64(format!("{first} {place}").as_bytes());
    own.chain([other]).map(|hash| format!("{hash:016x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::report;
    use record::ArticleIx;

    fn story(articles: &[u32]) -> Story {
        Story {
            id: String::new(),
            title: None,
            articles: articles.iter().map(|a| ArticleIx(*a)).collect(),
            from: None,
            to: None,
            entities: Vec::new(),
            joined: Vec::new(),
            before: Vec::new(),
        }
    }

    fn known(id: &str, articles: &[&str]) -> KnownStory {
        let articles = articles.iter().map(|text| report(text).article.id.to_string()).collect();
        KnownStory { id: id.to_owned(), articles }
    }

    #[test]
    fn a_known_story_goes_on_where_most_of_it_is_and_merges_and_splits_are_told() {
        let reports: Vec<Report> = ["a", "b", "c", "d", "e"].iter().map(|t| report(t)).collect();
        let known = [known("one", &["a", "b", "c"]), known("two", &["d"])];
        let named = named(vec![story(&[0, 1, 3]), story(&[2]), story(&[4])], &reports, &known);
        assert_eq!(named[0].id, "one");
        assert_eq!(named[0].before, ["one", "two"]);
        assert_eq!(named[1].before, ["one"]);
        assert!(named[1].id != "one" && named[2].before.is_empty());
    }

    #[test]
    fn later_reports_and_equal_ones_change_no_other_id() {
        let mut reports: Vec<Report> = ["first", "then", "", ""].iter().map(|t| report(t)).collect();
        let value = "2024-03-05".to_owned();
        let basis = record::Basis::Metadata;
        reports[0].published = Some(record::Published { value, basis, evidence: Vec::new() });
        let id = |articles: &[u32]| named(vec![story(articles)], &reports, &[])[0].id.clone();
        assert_eq!(id(&[0]), id(&[1, 0]));
        let empty = named(vec![story(&[2]), story(&[3])], &reports, &[]);
        assert_ne!(empty[0].id, empty[1].id);
    }
}
