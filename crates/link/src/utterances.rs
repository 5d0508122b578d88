//! The same utterance in several reports: verbatim, trimmed, paraphrased or translated again.

use crate::cluster::{Edge, average_link};
use crate::voices::{Unit, Voice, units};
use crate::words::in_order;
use encoder::Encoder;
use lexicon::Lexicon;
use record::{Evidence, Links, Made, Report, Utterance, Variant, VariantRelation};
use std::collections::{BTreeMap, BTreeSet};

/// Equal words in a row from which two pieces are the same words.
const RUN: usize = 4;
/// Share of the shorter piece's words that must stand in the other in order to be a trimmed form of it.
const TRIMMED: f32 = 0.8;
/// Dice coefficient of content words from which short quoted pieces of one speaker and day are one.
const SHORT: f32 = 0.6;
/// Words that say something, and the share of them in the shorter of two pieces of one speaker, that must stand in the other in
/// order to be a paraphrase of it.
const TOLD: usize = 4;
const PARAPHRASED: f32 = 0.75;
/// Dice coefficient from which longer pieces are compared by their sentence vectors.
const SHARED: f32 = 0.25;
/// Cosine of sentence vectors and half the Dice coefficient of content words, from which together pieces of one speaker are one
/// utterance; the cosine alone joins what is only of one topic. Chosen on half of `corpus/utterances/pairs.txt`.
const NEAR: f32 = 1.02;
/// Mean score of a group's pairs.
const THRESHOLD: f32 = 0.36;
/// Places of one word that propose pairs; a commoner word proposes none.
const POSTINGS: usize = 80;

/// The same where only one of the two has a word that negates (“impossible” may stand for “cannot”), or only one wishes.
const OPPOSED: f32 = 1.2;
/// Share of the shorter piece's words from which such two say the opposite in the same words.
const SAME_WORDS: f32 = 0.6;
/// Words over which a negation reaches into a piece that was cut from behind it.
const REACH: usize = 3;

const MADE: Made = Made::by("rule:link/utterance@1");

/// Utterances that at least two reports give, in order of their first place.
pub(crate) fn utterances(
    reports: &[Report],
    links: &Links,
    encoder: &Encoder,
    lexicon: &Lexicon,
) -> Vec<Utterance> {
    let units = units(reports, links, lexicon);
    let edges = edges(&units, encoder);
    let groups = average_link(units.len(), &edges, THRESHOLD);
    groups.iter().filter_map(|group| utterance(group, &units, links)).collect()
}

fn edges(units: &[Unit], encoder: &Encoder) -> Vec<Edge> {
    let (mut edges, mut unsure) = (Vec::new(), Vec::new());
    for (a, b) in candidates(units) {
        match by_words(&units[a], &units[b]) {
            Some(score) if score > 0.0 => edges.push((a as u32, b as u32, score)),
            Some(_) => {}
            None => unsure.push((a, b)),
        }
    }
    edges.extend(by_vectors(&unsure, units, encoder));
    edges.sort_by_key(|(a, b, _)| (*a, *b));
    edges
}

/// Pairs of different reports that share a content word.
fn candidates(units: &[Unit]) -> Vec<(usize, usize)> {
    let mut postings: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, unit) in units.iter().enumerate() {
        unit.content.iter().for_each(|word| postings.entry(*word).or_default().push(i));
    }
    let mut pairs = BTreeSet::new();
    for places in postings.values().filter(|places| places.len() <= POSTINGS) {
        for (i, &a) in places.iter().enumerate() {
            pairs.extend(places[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs.into_iter().filter(|(a, b)| units[*a].evidence.article != units[*b].evidence.article).collect()
}

/// A score where the words decide, 0 where they exclude, `None` where vectors must tell.
fn by_words(a: &Unit, b: &Unit) -> Option<f32> {
    let voice = a.voice.fit(&b.voice);
    let same_day = a.day.is_none() || b.day.is_none() || a.day == b.day;
    let (in_order, shorter) = (common_in_order(&a.words, &b.words), a.words.len().min(b.words.len()));
    let kept = in_order as f32 / shorter.max(1) as f32;
    if voice == Voice::Other || a.is_denied_by(b) || (a.opposes(b) && kept >= SAME_WORDS && !is_cut(a, b)) {
        return Some(0.0);
    }
    if shorter >= RUN && kept >= TRIMMED && a.content.intersection(&b.content).count() >= 2 {
        return Some(kept);
    }
    if voice != Voice::Same || !same_day || a.numbers_clash(b) {
        return Some(0.0);
    }
    let told = common_in_order(&a.told, &b.told);
    let paraphrased = told as f32 / a.told.len().min(b.told.len()).max(1) as f32;
    if told >= TOLD && paraphrased >= PARAPHRASED && !a.opposes(b) && !a.wishes_alone(b) {
        return Some(paraphrased);
    }
    let dice = dice(&a.content, &b.content);
    let known_day = a.day.is_some() && a.day == b.day;
    let short = a.words.len().max(b.words.len()) <= 10 && a.quoted && b.quoted;
    if short && known_day && dice >= SHORT && a.content.intersection(&b.content).count() >= 2 {
        return Some(dice);
    }
    (dice < SHARED || shorter < RUN).then_some(0.0)
}

/// Whether the shorter piece stands in the other word for word, with no negation among the words before it there that could
/// reach into it.
fn is_cut(a: &Unit, b: &Unit) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let mut runs = long.words.windows(short.words.len().max(RUN));
    let at = runs.position(|run| run == short.words);
    at.is_some_and(|at| !long.negated[at.saturating_sub(REACH)..at].contains(&true)) && a.denied == b.denied
}

fn by_vectors(pairs: &[(usize, usize)], units: &[Unit], encoder: &Encoder) -> Vec<Edge> {
    let needed: Vec<usize> =
        pairs.iter().flat_map(|(a, b)| [*a, *b]).collect::<BTreeSet<_>>().into_iter().collect();
    let texts: Vec<&str> = needed.iter().map(|&i| units[i].text.as_str()).collect();
    let vectors = encoder.vectors(&texts);
    let vector = |unit: usize| needed.binary_search(&unit).ok().and_then(|at| vectors.get(at));
    pairs
        .iter()
        .filter_map(|&(a, b)| {
            let cosine = vector(a)?.iter().zip(vector(b)?).map(|(x, y)| x * y).sum::<f32>();
            let near = cosine + dice(&units[a].content, &units[b].content) / 2.0;
            let apart = units[a].opposes(&units[b]) || units[a].wishes_alone(&units[b]);
            let enough = if apart { OPPOSED } else { NEAR };
            (near >= enough).then_some((a as u32, b as u32, cosine))
        })
        .collect()
}

fn utterance(group: &[u32], units: &[Unit], links: &Links) -> Option<Utterance> {
    let mut members: Vec<&Unit> = group.iter().map(|&i| &units[i as usize]).collect();
    let reports: BTreeSet<_> = members.iter().map(|u| u.evidence.article).collect();
    if reports.len() < 2 {
        return None;
    }
    members.sort_by_key(|u| (!u.quoted, std::cmp::Reverse(u.words.len()), u.evidence));
    let fullest = members[0];
    let speaker = members.iter().find_map(|u| u.voice.entity);
    let name = speaker.and_then(|e| links.entities.get(e as usize)).map(|e| e.name.clone());
    Some(Utterance {
        speaker,
        speaker_name: name.or_else(|| members.iter().find_map(|u| u.voice.name.clone())),
        variants: variants(fullest, &members),
        made_by: MADE,
    })
}

/// The fullest form, then the others in text order, each place once.
fn variants(fullest: &Unit, members: &[&Unit]) -> Vec<Variant> {
    let mut rest: Vec<&Unit> = members[1..].to_vec();
    rest.sort_by_key(|u| u.evidence);
    let mut kept: Vec<&Unit> = vec![fullest];
    for unit in rest {
        let Evidence { article, span, .. } = unit.evidence;
        if !kept.iter().any(|k| k.evidence.article == article && k.evidence.span.overlaps(span)) {
            kept.push(unit);
        }
    }
    kept.into_iter().map(|u| Variant { evidence: u.evidence, relation: relation(fullest, u) }).collect()
}

fn relation(fullest: &Unit, other: &Unit) -> VariantRelation {
    if fullest.words == other.words {
        return VariantRelation::Verbatim;
    }
    let shorter = fullest.words.len().min(other.words.len()).max(1);
    let kept = common_in_order(&fullest.words, &other.words) as f32 / shorter as f32;
    match kept {
        kept if kept >= 0.95 && fullest.words.len() == other.words.len() => VariantRelation::Verbatim,
        kept if kept >= TRIMMED && shorter >= RUN => VariantRelation::Trimmed,
        _ if fullest.quoted && other.quoted => VariantRelation::Retranslation,
        _ => VariantRelation::Paraphrase,
    }
}

fn dice(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f32 {
    2.0 * a.intersection(b).count() as f32 / (a.len() + b.len()).max(1) as f32
}

/// Length of the longest common subsequence of two word lists (cut at 400 words).
fn common_in_order(a: &[u64], b: &[u64]) -> usize {
    let (a, b) = (&a[..a.len().min(400)], &b[..b.len().min(400)]);
    in_order(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{report, said};

    fn found(said_by: &[(&str, &[(&str, &str)])]) -> Vec<Vec<(String, VariantRelation)>> {
        let reports: Vec<Report> = said_by.iter().map(|(text, quotes)| said(report(text), quotes)).collect();
        let lexicon = Lexicon::load();
        let entities = crate::entities::entities(&reports, &lexicon);
        let links = Links { entities, ..Links::default() };
        let utterances = utterances(&reports, &links, &Encoder::embedded(), &lexicon);
        let form = |v: &Variant| {
            (v.evidence.span.text(reports[v.evidence.article.0 as usize].text()).to_owned(), v.relation)
        };
        utterances.iter().map(|u| u.variants.iter().map(form).collect()).collect()
    }

    #[test]
    fn the_same_words_are_one_utterance_and_a_part_is_trimmed() {
        let found = found(&[
            (
                "“We shall search the bay until the last boat is found,” Ana Venn said.",
                &[("Ana Venn", "We shall search the bay until the last boat is found")],
            ),
            ("Venn: “We shall search the bay.”", &[("Venn", "We shall search the bay")]),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0][1], ("We shall search the bay".to_owned(), VariantRelation::Trimmed));
    }

    #[test]
    fn what_one_says_and_the_other_denies_is_not_one_utterance() {
        let found = found(&[
            (
                "“The fleet will leave the bay before the spring,” Ana Venn said.",
                &[("Ana Venn", "The fleet will leave the bay before the spring")],
            ),
            (
                "“The fleet will not leave the bay before the spring,” Ana Venn said.",
                &[("Ana Venn", "The fleet will not leave the bay before the spring")],
            ),
        ]);
        assert!(found.is_empty());
    }

    #[test]
    fn a_wish_is_not_the_statement_that_it_rests_on() {
        let (seen, hoped) = (
            "At the moment we see a good first answer. Our neighbours tell us that they are ready to begin talks on the \
             border at the start of the year in Torvik",
            "I hope that the good first answer of our neighbours, with talks on the border announced for the start of \
             the year in Torvik, will allow us to move on",
        );
        let found = found(&[
            (&format!("“{seen},” Ana Venn said."), &[("Ana Venn", seen)]),
            (&format!("“{hoped},” Ana Venn said."), &[("Ana Venn", hoped)]),
        ]);
        assert!(found.is_empty());
    }

    #[test]
    fn two_speakers_and_two_topics_stay_apart() {
        let found = found(&[
            (
                "“The harbour is closed to all ships,” Ana Venn said.",
                &[("Ana Venn", "The harbour is closed to all ships")],
            ),
            (
                "“The harbour is closed to all ships,” Robert Hallow said.",
                &[("Robert Hallow", "The harbour is closed to all ships")],
            ),
            ("“The airport is open,” Ana Venn said.", &[("Ana Venn", "The airport is open")]),
        ]);
        assert!(found.is_empty());
    }

    /// A speaker's lines: the utterance that each belongs to, whether it is quoted, the words.
    type Lines = Vec<(char, bool, &'static str)>;

    fn pairs_file() -> Vec<(&'static str, Lines)> {
        let mut speakers: Vec<(&str, Lines)> = Vec::new();
        for line in include_str!("../../../corpus/utterances/pairs.txt").lines() {
            if let Some(name) = line.strip_prefix("== ").filter(|name| *name != "-") {
                speakers.push((name, Vec::new()));
            } else if let Some((letter, words)) = line.split_once(": ").filter(|_| !line.starts_with('#')) {
                let (name, lines) = speakers.last_mut().unwrap();
                assert!(!name.is_empty());
                lines.push((letter.chars().next().unwrap(), !letter.ends_with('~'), words));
            }
        }
        speakers
    }

    /// Pairs of lines that are one utterance and are found, found in all, one utterance in all; and what is wrong.
    fn scored(speakers: &[(&str, Lines)]) -> (usize, usize, usize, Vec<String>) {
        let (lexicon, encoder) = (Lexicon::load(), Encoder::embedded());
        let (mut right, mut found, mut all, mut wrong) = (0, 0, 0, Vec::new());
        for (name, lines) in speakers {
            let written = |(_, quoted, words): &(char, bool, &str)| match quoted {
                true => said(report(&format!("“{words},” {name} said.")), &[(name, words)]),
                false => said(report(&format!("{name} said that {words}.")), &[(name, words)]),
            };
            let reports: Vec<Report> = lines.iter().map(written).collect();
            let entities = crate::entities::entities(&reports, &lexicon);
            let links = Links { entities, ..Links::default() };
            let mut group: Vec<usize> = (0..lines.len()).map(|i| 1000 + i).collect();
            for (number, utterance) in utterances(&reports, &links, &encoder, &lexicon).iter().enumerate() {
                utterance.variants.iter().for_each(|v| group[v.evidence.article.0 as usize] = number);
            }
            for a in 0..lines.len() {
                for b in a + 1..lines.len() {
                    let (same, joined) = (lines[a].0 == lines[b].0, group[a] == group[b]);
                    right += usize::from(same && joined);
                    found += usize::from(joined);
                    all += usize::from(same);
                    if same != joined {
                        wrong.push(format!("{joined}: {} / {}", lines[a].2, lines[b].2));
                    }
                }
            }
        }
        (right, found, all, wrong)
    }

    #[test]
    fn utterances_told_again_are_paired_and_others_of_the_speaker_are_not() {
        let speakers = pairs_file();
        let (halves, last) = speakers.split_at(28);
        let half = |from: usize| halves.iter().skip(from).step_by(2).cloned().collect::<Vec<_>>();
        for part in [half(0), half(1), last.to_vec()] {
            let (right, found, all, wrong) = scored(&part);
            let f1 = 2.0 * right as f64 / (found + all) as f64;
            let told =
                format!("F1 {f1:.3}: {right} right of {found} found, {all} in all\n{}", wrong.join("\n"));
            assert!(f1 >= 0.86 && 50 * (found - right) <= found, "{told}");
        }
    }
}
