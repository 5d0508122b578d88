//! Reports that copy one another: word 8-grams, winnowed fingerprints for candidates, exact verification; and sentences that
//! say the same in other words.

use crate::credits::Credits;
use crate::partners::Partners;
use crate::rewording::{Sentences, phrases};
use crate::shingles::{Block, Shingled, Texts};
use crate::words::spans;
use lexicon::Lexicon;
use record::{ArticleIx, Basis, Copy, CopyRelation, Evidence, Report};

/// Articles a fingerprint may join pairwise; a commoner one joins each with the first.
const COMMON: usize = 64;
/// Articles of a turn of phrase that is a mark.
const RARE: usize = 24;
/// Marks of turns of phrase that two texts must share, to be compared sentence by sentence.
const PHRASES: u32 = 3;
/// Passages listed at most, the longest.
const PASSAGES: usize = 12;
/// Own words (no quotation, no name) that two texts must share, and that one passage must have.
const WORDS: usize = 16;
const PASSAGE: usize = 9;
/// Own words that are enough where most of the shorter text is shared.
const FEW: usize = 6;
/// Where little of the texts is shared, the words in the third person of one passage that are no turn of phrase, or of all
/// passages that make up a tenth of the shorter text.
const TOLD: usize = 13;
const TOLD_IN_ALL: usize = 24;
/// Share of the longer and of the shorter text that is shared by near copies and by an excerpt with its whole.
const NEAR: f32 = 0.4;
const EXCERPT: f32 = 0.5;
/// Sentences in other words, in one order, that make a text a near copy, and an excerpt of another.
const SENTENCES: usize = 3;
const MANY: usize = 5;
/// Share of what a text says that such sentences must cover: in both texts of a near copy; in an excerpt; in the part of the
/// other text that it is taken from. Reports of one event share some without copying.
const REWORDED: f32 = 0.65;
const RETOLD: f32 = 0.75;
const DENSE: f32 = 0.6;
/// Passages before one that a chain may go on from.
const CHAIN: usize = 400;

/// All pairs that share text, in input order.
pub(crate) fn copies(reports: &[Report], credits: &[Credits], lexicon: &Lexicon) -> Vec<Copy> {
    let texts = Texts::of(reports.iter().map(|r| &r.article), lexicon);
    let number = texts.texts.len();
    let passages = Partners::of((0..number).map(|text| texts.fingerprints(text)), COMMON, true);
    let turns = Partners::of((0..number).map(|text| phrases(&texts, text)), RARE, false);
    let mut found = Vec::new();
    for a in 0..number as u32 {
        let partners = partners(a, &passages, &turns);
        if partners.is_empty() {
            continue;
        }
        let text = Compared::of(&texts, a as usize);
        found.extend(partners.into_iter().filter_map(|b| {
            let shared = text.with(b as usize)?;
            Some(text.copy([a, b], shared, reports, credits, lexicon))
        }));
    }
    found
}

/// Later texts with a fingerprint or several turns of phrase in common, in order.
fn partners(text: u32, passages: &Partners, turns: &Partners) -> Vec<u32> {
    let mut found: Vec<u32> = passages.after(text, COMMON).into_iter().map(|(other, _)| other).collect();
    let turned = turns.after(text, RARE).into_iter().filter(|(_, marks)| *marks >= PHRASES);
    found.extend(turned.map(|(other, _)| other));
    found.sort_unstable();
    found.dedup();
    found
}

/// A text that is compared with many.
struct Compared<'t> {
    texts: &'t Texts,
    number: usize,
    shingled: Shingled<'t>,
    sentences: Sentences<'t>,
}

/// What two texts have in common.
struct Shared {
    relation: CopyRelation,
    overlap: f32,
    blocks: Vec<Block>,
}

/// Words with meaning: in passages, from the first to the last of these, and in the whole text.
struct Covered {
    covered: usize,
    between: usize,
    all: usize,
}

impl<'t> Compared<'t> {
    fn of(texts: &'t Texts, number: usize) -> Self {
        let (shingled, sentences) = (Shingled::of(texts, number), Sentences::of(texts, number));
        Self { texts, number, shingled, sentences }
    }

    fn with(&self, other: usize) -> Option<Shared> {
        let (common, blocks) = self.shingled.shared(other);
        let exact = self.exact(other, common as f32, &blocks);
        if exact.is_some_and(|(relation, _)| relation != CopyRelation::SharedPassages) {
            return exact.map(|(relation, overlap)| Shared { relation, overlap, blocks });
        }
        let with_sentences = joined(&blocks, self.sentences.aligned(other));
        match (self.reworded(other, &with_sentences), exact) {
            (Some((relation, overlap)), _) => Some(Shared { relation, overlap, blocks: with_sentences }),
            (None, Some((relation, overlap))) => Some(Shared { relation, overlap, blocks }),
            (None, None) => None,
        }
    }

    /// How much of the shorter and of the longer text is shared word for word decides.
    fn exact(&self, other: usize, common: f32, blocks: &[Block]) -> Option<(CopyRelation, f32)> {
        let (x, y) = (&self.texts.texts[self.number], &self.texts.texts[other]);
        let (shorter, longer) = (x.distinct().min(y.distinct()), x.distinct().max(y.distinct()));
        let (of_shorter, of_longer) = (common / shorter.max(1) as f32, common / longer.max(1) as f32);
        let own: Vec<usize> = blocks.iter().map(|block| x.own(block.a, block.words[0])).collect();
        let all: usize = own.iter().sum();
        let copied = all >= WORDS && own.iter().any(|words| *words >= PASSAGE);
        let relation = match () {
            () if of_longer >= 0.95 => CopyRelation::Same,
            () if !copied && (of_shorter < EXCERPT || all < FEW) => return None,
            () if of_longer >= NEAR => CopyRelation::NearCopy,
            () if of_shorter >= EXCERPT => CopyRelation::Excerpt,
            () if self.tells(other, blocks, of_shorter) => CopyRelation::SharedPassages,
            () => return None,
        };
        Some((relation, of_shorter))
    }

    /// Whether the passages are more than names, speech and turns of phrase.
    fn tells(&self, other: usize, blocks: &[Block], of_shorter: f32) -> bool {
        let (own, theirs) = (&self.texts.texts[self.number], &self.texts.texts[other]);
        let told =
            |block: &Block| own.told(block.a, block.words[0]).min(theirs.told(block.b, block.words[1]));
        let told: Vec<usize> = blocks.iter().map(told).collect();
        let long = told.iter().any(|words| *words >= TOLD);
        long || (of_shorter >= 0.1 && told.iter().sum::<usize>() >= TOLD_IN_ALL)
    }

    /// How much of what the texts say outside quotation marks stands in passages or sentences that both have, in one order.
    fn reworded(&self, other: usize, blocks: &[Block]) -> Option<(CopyRelation, f32)> {
        let own = self.covered(self.number, blocks.iter().map(|b| (b.a, b.words[0])));
        let theirs = self.covered(other, blocks.iter().map(|b| (b.b, b.words[1])));
        let (shorter, longer) = if own.all <= theirs.all { (own, theirs) } else { (theirs, own) };
        let share = |covered, all| covered as f32 / all as f32;
        let of_shorter = share(shorter.covered, shorter.all.max(1));
        let near =
            blocks.len() >= SENTENCES && of_shorter.min(share(longer.covered, longer.all.max(1))) >= REWORDED;
        let part = blocks.len() >= MANY
            && of_shorter >= RETOLD
            && share(longer.covered, longer.between.max(1)) >= DENSE;
        match (near, part) {
            (true, _) => Some((CopyRelation::NearCopy, of_shorter)),
            (false, true) => Some((CopyRelation::Excerpt, of_shorter)),
            (false, false) => None,
        }
    }

    fn covered(&self, text: usize, passages: impl Iterator<Item = (usize, usize)>) -> Covered {
        let says: Vec<bool> = (0..self.texts.texts[text].words.len())
            .map(|word| self.texts.meaning(text, word).is_some())
            .collect();
        let count = |words: &[bool]| words.iter().filter(|says| **says).count();
        let (mut covered, mut from, mut to) = (0, usize::MAX, 0);
        for (first, words) in passages {
            covered += count(&says[first..first + words]);
            (from, to) = (from.min(first), to.max(first + words));
        }
        Covered { covered, between: count(&says[from.min(to)..to]), all: count(&says) }
    }

    fn copy(
        &self,
        pair: [u32; 2],
        shared: Shared,
        reports: &[Report],
        credits: &[Credits],
        lexicon: &Lexicon,
    ) -> Copy {
        let articles = pair.map(ArticleIx);
        let from = origin(pair.map(|i| &reports[i as usize]), pair.map(|i| &credits[i as usize]), lexicon);
        let texts = pair.map(|i| &self.texts.texts[i as usize]);
        let passages = longest(shared.blocks).into_iter().flat_map(|block| {
            let spans = [texts[0].span(block.a, block.words[0]), texts[1].span(block.b, block.words[1])];
            [0, 1].map(|i| Evidence { article: articles[i], span: spans[i], said_in: None })
        });
        let evidence = passages.collect();
        let Shared { relation, overlap, .. } = shared;
        Copy { articles, relation, overlap, from: from.map(|i| articles[i]), evidence }
    }
}

/// The longest chain of passages and sentences that stand in one order in both texts and do not overlap.
fn joined(passages: &[Block], sentences: Vec<Block>) -> Vec<Block> {
    let mut all: Vec<Block> = passages.iter().copied().chain(sentences).collect();
    all.sort_by_key(|block| (block.a + block.words[0], block.b + block.words[1], block.a));
    // For each passage the words of the best chain that ends with it, and the passage before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(all.len());
    for (i, block) in all.iter().enumerate() {
        let fits = |p: &Block| p.a + p.words[0] <= block.a && p.b + p.words[1] <= block.b;
        let before = (i.saturating_sub(CHAIN)..i).filter(|&p| fits(&all[p])).max_by_key(|&p| best[p].0);
        best.push((before.map_or(0, |p| best[p].0) + block.words[0].min(block.words[1]), before));
    }
    let mut last = (0..all.len()).max_by_key(|&i| best[i].0);
    let mut chain = Vec::new();
    while let Some(i) = last {
        chain.push(all[i]);
        last = best[i].1;
    }
    chain.reverse();
    chain
}

fn longest(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_by(|p, q| q.words.cmp(&p.words).then(p.a.cmp(&q.a)));
    blocks.truncate(PASSAGES);
    blocks.sort_by_key(|block| block.a);
    blocks
}

/// Which of the two was probably copied from: the one the other credits, else the one that was out first. Two outlets
/// with one agency's text copied from the agency, not from each other.
fn origin(pair: [&Report; 2], credits: [&Credits; 2], lexicon: &Lexicon) -> Option<usize> {
    let whole = |i: usize| credits[i].iter().filter(|(_, whole)| **whole).map(|(agency, _)| *agency);
    let credited = credited(pair, credits, lexicon).or_else(|| named(pair));
    let both = whole(0).any(|agency| whole(1).any(|other| other == agency));
    credited.or_else(|| earlier(pair).filter(|_| !both))
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

/// The one whose outlet the other names.
fn named(pair: [&Report; 2]) -> Option<usize> {
    let names = |text: &str, outlet: &str| {
        let words: Vec<&str> = spans(text).map(|s| s.text(text)).collect();
        let outlet: Vec<&str> = spans(outlet).map(|s| s.text(outlet)).collect();
        outlet.len() > 1 && words.windows(outlet.len()).any(|run| run == outlet)
    };
    let from = |i: usize| {
        let outlet =
            pair[i].article.outlet.as_deref().filter(|_| pair[0].article.outlet != pair[1].article.outlet);
        outlet.is_some_and(|outlet| names(pair[1 - i].text(), outlet))
    };
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
    fn a_text_told_in_other_words_is_a_near_copy_and_its_sentences_are_listed() {
        let again = "The coast guard of the island says that a ferry carrying sixty people went down off Lomara on \
            Monday evening. Before the storm became worse, fishing boats had brought forty passengers to the harbour. \
            The other twenty are still searched for, mostly workers who were going home from the salt pans.";
        let copies = found(&[STORY, again]);
        assert_eq!(copies[0].relation, CopyRelation::NearCopy);
        assert_eq!(copies[0].evidence.len(), 6);
        let apart = "A ferry sank off Lomara. The minister of transport went to the island on Tuesday and met the \
            families. He promised that the line will get new ships before the summer, and that the owner will pay.";
        assert!(found(&[STORY, apart]).is_empty());
    }

    #[test]
    fn the_credited_outlet_is_the_origin_and_an_agencys_two_clients_are_not() {
        let lexicon = Lexicon::load();
        let by = |outlet: &str, day: &str, text: &str| {
            let mut report = report(text);
            report.article.outlet = Some(outlet.to_owned());
            let value = day.to_owned();
            report.published =
                Some(record::Published { value, basis: Basis::Metadata, evidence: Vec::new() });
            report
        };
        let told = format!("{STORY} The Velisk Herald was first to report it.");
        let wired = format!("LOMARA (Reuters) - {STORY}");
        let reports = [
            by("Orvik Sentinel", "2024-03-05", &told),
            by("Velisk Herald", "2024-03-06", STORY),
            by("Lomara Post", "2024-03-05", &wired),
            by("Salt Bay Mail", "2024-03-06", &wired),
        ];
        let credits: Vec<Credits> = reports.iter().map(|r| crate::credits::credits(r, &lexicon)).collect();
        let from = |a: u32, b: u32| {
            let copies = copies(&reports, &credits, &lexicon);
            copies.iter().find(|c| c.articles == [ArticleIx(a), ArticleIx(b)]).unwrap().from
        };
        assert_eq!(from(0, 1), Some(ArticleIx(1)));
        assert_eq!(from(0, 3), Some(ArticleIx(0)));
        assert_eq!(from(2, 3), None);
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
    fn turns_of_phrase_names_and_unmarked_speech_are_no_copy() {
        let a = "Nobody on the salt pans had slept much since the news came in from the mainland, and the bells rang \
            twice before anybody could say what for. At noon the mayor read out a short letter, first in a low voice \
            and then louder. A judge in Orsk sent the captain to life in prison without the possibility of parole on Friday. \
            We are not going to confirm the identity of anyone at this stage or give an update on the progress of \
            this inquiry. Ana Venn, the deputy director of the Lomara Council for the Protection of Coastal Waters, left.";
        let b = "Three sailors of the sunken ferry waited in the hall for water and bread while their lawyer went out to \
            smoke with the clerk of the harbour company. Nets were drying along the quay, and rain had begun to fall on \
            the nets and on the tourists. The cook may face life in prison without the possibility of parole as well, a lawyer thinks. The \
            police wrote this. We are not going to confirm the identity of anyone at this stage or give an update on \
            the progress of this inquiry. It was Ana Venn, the deputy director of the Lomara Council for the \
            Protection of Coastal Waters, who called it a shame before the whole town on that Sunday in May.";
        assert_eq!(found(&[a, b]), []);
    }

    #[test]
    fn short_and_empty_texts_do_no_harm() {
        assert_eq!(found(&["Ferry sinks.", "ferry sinks", "", ""]).len(), 1);
    }
}
