//! Which act a cue and its content name: one pattern file per act.

use super::inflection::Inflections;
use super::pattern::Pattern;
use crate::lines::entries;
use record::Act;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The files, in the order in which equal scores are decided.
const FILES: [(Act, &str); 14] = [
    (Act::Refuse, include_str!("../../data/speech/acts/refuse.txt")),
    (Act::Threaten, include_str!("../../data/speech/acts/threaten.txt")),
    (Act::Demand, include_str!("../../data/speech/acts/demand.txt")),
    (Act::Deny, include_str!("../../data/speech/acts/deny.txt")),
    (Act::Accuse, include_str!("../../data/speech/acts/accuse.txt")),
    (Act::Criticise, include_str!("../../data/speech/acts/criticise.txt")),
    (Act::Support, include_str!("../../data/speech/acts/support.txt")),
    (Act::Propose, include_str!("../../data/speech/acts/propose.txt")),
    (Act::Promise, include_str!("../../data/speech/acts/promise.txt")),
    (Act::Ask, include_str!("../../data/speech/acts/ask.txt")),
    (Act::Agree, include_str!("../../data/speech/acts/agree.txt")),
    (Act::Announce, include_str!("../../data/speech/acts/announce.txt")),
    (Act::Assess, include_str!("../../data/speech/acts/assess.txt")),
    (Act::Assert, include_str!("../../data/speech/acts/assert.txt")),
];

/// What each further word of a pattern of reporting words adds to its score: the more it asks for, the more it tells.
const SPECIFIC: f32 = 0.1;

/// Most words of the content that a pattern can run on into.
const RUN: usize = 8;

/// Act patterns, by the words they can begin with.
#[derive(Debug, Default)]
pub(super) struct Acts {
    cue: Index,
    /// Patterns that begin in the cue and may run on into the content.
    run: Index,
    content: Index,
    /// Words of the content that perform no act, whatever patterns begin in them.
    not: Index,
}

#[derive(Debug, Default)]
struct Index {
    rules: Vec<Rule>,
    by_word: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Rule {
    act: usize,
    pattern: Pattern,
    score: f32,
}

impl Acts {
    pub(super) fn load(inflections: &Inflections) -> Self {
        let mut acts = Self::default();
        for (act, (_, source)) in FILES.iter().enumerate() {
            entries(source).for_each(|line| acts.add(act, line, inflections));
        }
        acts
    }

    fn add(&mut self, act: usize, line: &str, inflections: &Inflections) {
        let Some((kind, pattern)) = line.split_once(' ') else { return };
        let (index, score) = match kind {
            "cue" => (&mut self.cue, 6.0),
            "lean" => (&mut self.cue, 2.0),
            "run" => (&mut self.run, 6.0),
            "say" => (&mut self.content, 3.0),
            "hint" => (&mut self.content, 1.0),
            "not" => (&mut self.not, 0.0),
            _ => return,
        };
        let pattern = Pattern::parse(pattern, inflections);
        let further =
            if kind == "cue" || kind == "run" { pattern.fixed_words().saturating_sub(1) } else { 0 };
        let score = score + SPECIFIC * further as f32;
        index.add(Rule { act, pattern, score });
    }

    /// The act with the highest score.
    pub(super) fn best(&self, cue: &[String], content: &[String]) -> Option<(Act, f32)> {
        self.scores(cue, content).first().copied()
    }

    /// Acts with a score, the highest first: the best cue pattern, plus the best content pattern, plus a little for
    /// each more.
    pub(super) fn scores(&self, cue: &[String], content: &[String]) -> Vec<(Act, f32)> {
        let joined: Vec<String> = cue.iter().chain(content.iter().take(RUN)).cloned().collect();
        let run = self.run.scores(&joined, cue.len(), &[]);
        let barred = self.not.ranges(content);
        let cue = self.cue.scores(cue, cue.len(), &[]);
        let content = self.content.scores(content, content.len(), &barred);
        let best =
            |act: usize| [&cue, &run].iter().filter_map(|s| s.get(&act)).map(|s| s.0).fold(0.0, f32::max);
        let total = |act: usize| best(act) + content.get(&act).map_or(0.0, Score::total);
        let all = (0..FILES.len()).map(|act| (FILES[act].0, total(act)));
        let mut scores: Vec<(Act, f32)> = all.filter(|(_, score)| *score > 0.0).collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        scores
    }
}

/// The best score of an act's patterns, and how many matched.
#[derive(Clone, Copy, Default)]
struct Score(f32, u32);

impl Score {
    fn total(&self) -> f32 {
        self.0 + 0.3 * self.1.saturating_sub(1).min(4) as f32
    }
}

impl Index {
    fn add(&mut self, rule: Rule) {
        let at = self.rules.len();
        for word in rule.pattern.first_words() {
            let rules = self.by_word.entry(word.clone()).or_default();
            if rules.last() != Some(&at) {
                rules.push(at);
            }
        }
        self.rules.push(rule);
    }

    /// The rules that match among the first `starts` words: each with the range of its words.
    fn matches<'a>(
        &'a self,
        words: &'a [String],
        starts: usize,
    ) -> impl Iterator<Item = (&'a Rule, Range<usize>)> {
        words.iter().enumerate().take(starts).flat_map(move |(at, word)| {
            let rules = self.by_word.get(word).map_or(&[][..], Vec::as_slice).iter().map(|&r| &self.rules[r]);
            rules.filter_map(move |rule| Some((rule, at..rule.pattern.match_at(words, at)?)))
        })
    }

    /// Acts with the ranges of words that match.
    fn ranges(&self, words: &[String]) -> Vec<(usize, Range<usize>)> {
        self.matches(words, words.len()).map(|(rule, range)| (rule.act, range)).collect()
    }

    /// Scores of the patterns that begin among the first `starts` words, but not in a range barred for their act.
    fn scores(
        &self,
        words: &[String],
        starts: usize,
        barred: &[(usize, Range<usize>)],
    ) -> BTreeMap<usize, Score> {
        let mut scores: BTreeMap<usize, Score> = BTreeMap::new();
        for (rule, range) in self.matches(words, starts) {
            if !barred.iter().any(|(act, b)| *act == rule.act && b.contains(&range.start)) {
                let score = scores.entry(rule.act).or_default();
                *score = Score(score.0.max(rule.score), score.1 + 1);
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::super::pattern::words;
    use super::*;

    fn one_act(act: usize, kinds: [&str; 2]) -> Index {
        let mut index = Index::default();
        for line in entries(FILES[act].1) {
            if let Some((kind, pattern)) = line.split_once(' ')
                && kinds.contains(&kind)
            {
                index.add(Rule {
                    act: 0,
                    pattern: Pattern::parse(pattern, &Inflections::load()),
                    score: 1.0,
                });
            }
        }
        index
    }

    #[test]
    fn examples_hold() {
        for (act, (name, source)) in FILES.iter().enumerate() {
            let (cue, say) = (one_act(act, ["cue", "lean"]), one_act(act, ["say", "hint"]));
            let run = one_act(act, ["run", "run"]);
            let not = one_act(act, ["not", "not"]);
            for line in entries(source) {
                let Some((kind, text)) = line.split_once(' ') else { continue };
                let index = match kind.get(1..) {
                    Some("cue") => &cue,
                    Some("run") => &run,
                    _ => &say,
                };
                let words = words(text);
                let barred: Vec<_> = not.ranges(&words).into_iter().map(|(_, range)| (0, range)).collect();
                let hit = !index.scores(&words, words.len(), &barred).is_empty();
                match kind.chars().next() {
                    Some('+') => assert!(hit, "{name}: {line}"),
                    Some('-') => assert!(!hit, "{name}: {line}"),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn every_line_is_of_a_known_kind() {
        let kinds =
            ["cue", "lean", "run", "say", "hint", "not", "+cue", "-cue", "+run", "-run", "+say", "-say"];
        for (name, source) in FILES {
            for line in entries(source) {
                let kind = line.split(' ').next().unwrap_or_default();
                assert!(kinds.contains(&kind), "{name}: {line}");
            }
        }
    }

    #[test]
    fn a_naming_cue_decides() {
        let acts = Acts::load(&Inflections::load());
        let act = |cue: &str, content: &str| acts.best(&words(cue), &words(content)).map(|a| a.0);
        assert_eq!(act("denied", "that he had fired first"), Some(Act::Deny));
        assert_eq!(act("said", "we will never accept this"), Some(Act::Refuse));
        assert_eq!(act("said", "the two sides must stop the fighting"), Some(Act::Demand));
        assert_eq!(act("said", ""), None);
    }
}
