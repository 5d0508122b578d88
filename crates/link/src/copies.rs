//! Reports that copy one another: word 8-grams, winnowed fingerprints for candidates, exact verification.

use crate::credits::Credits;
use crate::shingles::{Block, Shingled, shared};
use lexicon::Lexicon;
use record::{ArticleIx, Basis, Copy, CopyRelation, Evidence, Report};

/// Articles a fingerprint may join pairwise; a commoner one joins each with the first.
const COMMON: usize = 64;
/// Passages listed at most, the longest.
const PASSAGES: usize = 12;
/// Words outside quotation marks that two texts must share, beside one passage of [`PASSAGE`].
const WORDS: usize = 20;
/// Words of one passage outside quotation marks: a quotation may be shared without copying.
const PASSAGE: usize = 12;

/// All pairs that share text, in input order.
pub(crate) fn copies(reports: &[Report], credits: &[Credits], lexicon: &Lexicon) -> Vec<Copy> {
    let texts: Vec<Shingled> = reports.iter().map(|r| Shingled::of(&r.article)).collect();
    let pairs = candidates(&texts);
    pairs.into_iter().filter_map(|pair| copy(pair, &texts, reports, credits, lexicon)).collect()
}

/// Pairs with a common fingerprint.
fn candidates(texts: &[Shingled]) -> Vec<(u32, u32)> {
    let mut marks: Vec<(u64, u32)> = Vec::new();
    for (article, text) in texts.iter().enumerate() {
        marks.extend(text.fingerprints().into_iter().map(|mark| (mark, article as u32)));
    }
    marks.sort_unstable();
    marks.dedup();
    let mut pairs: Vec<(u32, u32)> = marks.chunk_by(|x, y| x.0 == y.0).flat_map(pairs_of).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn pairs_of(run: &[(u64, u32)]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let firsts = if run.len() > COMMON { 1 } else { run.len() };
    (0..firsts).flat_map(move |i| run[i + 1..].iter().map(move |other| (run[i].1, other.1)))
}

fn copy(
    (a, b): (u32, u32),
    texts: &[Shingled],
    reports: &[Report],
    credits: &[Credits],
    lexicon: &Lexicon,
) -> Option<Copy> {
    let (x, y) = (&texts[a as usize], &texts[b as usize]);
    let blocks = shared(x, y);
    let (relation, overlap) = relation(x, y, &blocks)?;
    let articles = [ArticleIx(a), ArticleIx(b)];
    let pair = [&reports[a as usize], &reports[b as usize]];
    let from =
        earlier(pair).or_else(|| credited(pair, [&credits[a as usize], &credits[b as usize]], lexicon));
    let evidence = longest(blocks).iter().flat_map(|block| passages(block, articles, x, y)).collect();
    Some(Copy { articles, relation, overlap, from: from.map(|i| articles[i]), evidence })
}

/// How much of the shorter and of the longer text is shared decides.
fn relation(x: &Shingled, y: &Shingled, blocks: &[Block]) -> Option<(CopyRelation, f32)> {
    let common = x.common(y) as f32;
    let (shorter, longer) = (x.distinct().min(y.distinct()), x.distinct().max(y.distinct()));
    let (of_shorter, of_longer) = (common / shorter.max(1) as f32, common / longer.max(1) as f32);
    let own: Vec<usize> = blocks.iter().map(|block| x.unquoted(block)).collect();
    let copied = own.iter().sum::<usize>() >= WORDS && own.iter().any(|words| *words >= PASSAGE);
    let relation = match () {
        () if of_longer >= 0.95 => CopyRelation::Same,
        () if !copied => return None,
        () if of_longer >= 0.4 => CopyRelation::NearCopy,
        () if of_shorter >= 0.5 => CopyRelation::Excerpt,
        () => CopyRelation::SharedPassages,
    };
    Some((relation, of_shorter))
}

fn longest(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_by(|p, q| q.words.cmp(&p.words).then(p.a.cmp(&q.a)));
    blocks.truncate(PASSAGES);
    blocks.sort_by_key(|block| block.a);
    blocks
}

fn passages(block: &Block, articles: [ArticleIx; 2], x: &Shingled, y: &Shingled) -> [Evidence; 2] {
    let spans = [x.span(block.a, block.words), y.span(block.b, block.words)];
    [0, 1].map(|i| Evidence { article: articles[i], span: spans[i], said_in: None })
}

/// Which of the two has the earlier label, as far as both labels are precise.
fn earlier(pair: [&Report; 2]) -> Option<usize> {
    let labels = pair.map(|r| {
        r.published
            .as_ref()
            .filter(|p| matches!(p.basis, Basis::Metadata | Basis::Byline))
            .map(|p| p.value.as_str())
    });
    let (a, b) = (labels[0]?, labels[1]?);
    let n = a.len().min(b.len());
    match a.get(..n)?.cmp(b.get(..n)?) {
        std::cmp::Ordering::Less => Some(0),
        std::cmp::Ordering::Greater => Some(1),
        std::cmp::Ordering::Equal => None,
    }
}

/// The one whose outlet is an agency that the other credits.
fn credited(pair: [&Report; 2], credits: [&Credits; 2], lexicon: &Lexicon) -> Option<usize> {
    let agency = |i: usize| pair[i].article.outlet.as_deref().and_then(|o| lexicon.topics.agency(o));
    let from =
        |i: usize| agency(i).is_some_and(|a| credits[1 - i].contains_key(a) && agency(1 - i) != Some(a));
    [0, 1].into_iter().find(|&i| from(i) && !from(1 - i))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::report;

    const STORY: &str = "A ferry with sixty people on board sank off Lomara on Monday evening, the coast guard of \
        the island said. Fishing boats took forty passengers to the harbour before the storm grew worse. \
        The search goes on for the other twenty, most of them workers on their way home from the salt pans.";

    fn found(texts: &[&str]) -> Vec<Copy> {
        let reports: Vec<Report> = texts.iter().map(|t| report(t)).collect();
        let lexicon = Lexicon::load();
        copies(&reports, &vec![Credits::new(); reports.len()], &lexicon)
    }

    #[test]
    fn a_changed_headline_is_a_near_copy_and_every_passage_is_the_same_words() {
        let other = format!("Twenty missing after night on the water\n\n{STORY} Nobody knows why she sank.");
        let copies = found(&[STORY, &other]);
        assert_eq!(copies[0].relation, CopyRelation::NearCopy);
        assert!(copies[0].overlap > 0.99);
        let words = |i: usize, text: &str| copies[0].evidence[i].span.text(text).to_owned();
        assert_eq!(words(0, STORY), words(1, &other));
    }

    #[test]
    fn an_excerpt_is_found_in_a_long_text() {
        let filler: String = (0..400).map(|i| format!("word{i} other{} ", i * 7)).collect();
        let copies = found(&[STORY, &format!("{filler} {STORY} {filler}")]);
        assert_eq!(copies[0].relation, CopyRelation::Excerpt);
    }

    #[test]
    fn a_shared_quotation_is_no_copy() {
        let quote = "“We have searched the whole bay twice and we shall search it a third time before the light goes”";
        let a = format!(
            "The captain of the cutter spoke at noon. {quote}, he told the families on the pier at Lomara."
        );
        let b = format!("Relatives waited for news all morning long. {quote}, the captain promised.");
        assert!(found(&[&a, &b]).is_empty());
    }

    #[test]
    fn short_and_empty_texts_do_no_harm() {
        assert_eq!(found(&["Ferry sinks.", "ferry sinks", "", ""]).len(), 1);
    }
}
