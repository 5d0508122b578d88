//! Which reports belong together: weighted word vectors, candidate pairs by an inverted index, local scaling, average
//! link.

use crate::cluster::{Edge, average_link};
use crate::moment::Moment;
use crate::tfidf::{Vector, cosine, vectors};
use lexicon::Lexicon;
use record::{ArticleIx, Report, Story};
use xxhash_rust::xxh3::Xxh3;

/// Mean similarity, scaled by how near each report's neighbours are, from which groups are one story.
const THRESHOLD: f32 = 0.20;
/// Neighbours of a report whose mean similarity is its scale.
const NEIGHBOURS: usize = 3;
/// The least scale: what is alone has no near neighbours.
const LEAST: f32 = 0.25;
/// Scale at which similarities stay as they are.
const USUAL: f32 = 0.4;
/// How much of the scale counts: 0 none, 1 all.
const SCALING: f32 = 0.8;
/// Pairs below this are not kept: they count as zero.
const FLOOR: f32 = 0.02;
/// Articles up to which all pairs that share a term are compared.
const SMALL: usize = 2_000;
/// Postings a term may have to propose pairs among more articles than [`SMALL`].
const POSTINGS: usize = 60;
/// Strongest terms of an article that propose pairs among more articles than [`SMALL`].
const STRONGEST: usize = 25;
/// Entities named for a story.
const ENTITIES: usize = 6;

/// Stories in order of their first report; every report is in exactly one.
pub(crate) fn stories(reports: &[Report], lexicon: &Lexicon) -> Vec<Story> {
    let vectors = vectors(reports, lexicon);
    let moments: Vec<Moment> = reports.iter().map(Moment::of).collect();
    let groups = average_link(reports.len(), &edges(&vectors, &moments), THRESHOLD);
    groups.iter().map(|group| story(group, reports, &vectors)).collect()
}

fn edges(vectors: &[Vector], moments: &[Moment]) -> Vec<Edge> {
    let mut pairs = if vectors.len() <= SMALL { all_pairs(vectors.len()) } else { proposed(vectors) };
    pairs.sort_unstable();
    pairs.dedup();
    let scored = pairs.into_iter().map(|(a, b)| {
        let (x, y) = (a as usize, b as usize);
        (a, b, cosine(&vectors[x], &vectors[y]) * moments[x].nearness(&moments[y]))
    });
    scaled(vectors.len(), scored.filter(|(_, _, similarity)| *similarity >= FLOOR).collect())
}

/// Similarities divided by the geometric mean of both reports' scales (local scaling: Zelnik-Manor and Perona 2004):
/// reports of a story told in many words are less alike than those of a story told in few.
fn scaled(articles: usize, edges: Vec<Edge>) -> Vec<Edge> {
    let mut nearest = vec![[0.0f32; NEIGHBOURS]; articles];
    for &(a, b, similarity) in &edges {
        for article in [a, b] {
            let own = &mut nearest[article as usize];
            let place = own.partition_point(|s| *s >= similarity);
            if place < NEIGHBOURS {
                own[place..].rotate_right(1);
                own[place] = similarity;
            }
        }
    }
    let scale = |own: &[f32; NEIGHBOURS]| {
        let mean = own.iter().sum::<f32>() / NEIGHBOURS as f32;
        (mean.max(LEAST) / USUAL).powf(SCALING / 2.0)
    };
    let scales: Vec<f32> = nearest.iter().map(scale).collect();
    let divided = |(a, b, s): Edge| (a, b, s / (scales[a as usize] * scales[b as usize]));
    edges.into_iter().map(divided).collect()
}

fn all_pairs(n: usize) -> Vec<(u32, u32)> {
    let n = n as u32;
    (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect()
}

/// Pairs that share a rare, strong term: n log n for any number of articles.
fn proposed(vectors: &[Vector]) -> Vec<(u32, u32)> {
    let mut postings: Vec<(u32, u32)> = Vec::new();
    for (article, vector) in vectors.iter().enumerate() {
        postings.extend(strongest(vector).into_iter().map(|term| (term, article as u32)));
    }
    postings.sort_unstable();
    let runs = postings.chunk_by(|x, y| x.0 == y.0);
    runs.filter(|run| run.len() <= POSTINGS).flat_map(pairs_of).collect()
}

fn strongest(vector: &Vector) -> Vec<u32> {
    let mut terms = vector.clone();
    terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    terms.into_iter().take(STRONGEST).map(|(term, _)| term).collect()
}

fn pairs_of(run: &[(u32, u32)]) -> impl Iterator<Item = (u32, u32)> + '_ {
    run.iter().enumerate().flat_map(move |(i, x)| run[i + 1..].iter().map(move |y| (x.1, y.1)))
}

fn story(group: &[u32], reports: &[Report], vectors: &[Vector]) -> Story {
    let members: Vec<&Report> = group.iter().map(|&i| &reports[i as usize]).collect();
    let mut dates: Vec<&str> = members.iter().filter_map(|r| day(r)).collect();
    dates.sort_unstable();
    Story {
        id: id(&members),
        title: title(group, reports, vectors),
        articles: group.iter().map(|&i| ArticleIx(i)).collect(),
        from: dates.first().map(|d| (*d).to_owned()),
        to: dates.last().map(|d| (*d).to_owned()),
        entities: main_entities(&members),
    }
}

fn day(report: &Report) -> Option<&str> {
    let value = report.published.as_ref()?.value.as_str();
    Some(value.get(..10).unwrap_or(value))
}

/// Hash of the sorted article ids, so that the order of the input does not count.
fn id(members: &[&Report]) -> String {
    let mut ids: Vec<String> = members.iter().map(|r| r.article.id.to_string()).collect();
    ids.sort_unstable();
    let mut hasher = Xxh3::new();
    ids.iter().for_each(|id| hasher.update(id.as_bytes()));
    format!("{:016x}", hasher.digest())
}

/// The title of the most central report that has one, else the first line of the most central one.
fn title(group: &[u32], reports: &[Report], vectors: &[Vector]) -> Option<String> {
    let central = by_centrality(group, vectors);
    let titled = central.iter().find_map(|&i| reports[i as usize].article.title.as_ref());
    titled.map(|t| t.text.clone()).or_else(|| central.first().and_then(|&i| headline(&reports[i as usize])))
}

fn by_centrality(group: &[u32], vectors: &[Vector]) -> Vec<u32> {
    let sample = &group[..group.len().min(50)];
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
        let stories = stories(&reports, &Lexicon::load());
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
        assert_eq!(stories(&one, &lexicon)[0].id, stories(&two, &lexicon)[0].id);
    }
}
