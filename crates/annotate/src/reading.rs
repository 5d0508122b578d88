//! Putting a reading together: tokens → windows → the encoder's scores → sentences, tags, trees, names, pieces.

use crate::attribution::Evidence;
use crate::lemmas::{LemmaRule, lemma};
use crate::quotes::quotations;
use crate::sentences::{Start, sentences, starts};
use crate::viterbi::{Transitions, log_softmax};
use crate::{attribution, names, tokens, tree, windows};
use encoder::{Encoded, Encoder, Link};
use lexicon::Lexicon;
use record::{Antecedent, Arc, Deprel, Layer, Name, Reading, Span, Tag, TokenRange, Upos, Xpos};
use std::borrow::Cow;

/// Windows computed together: enough to fill batches of every length, few enough to bound memory.
const TOGETHER: usize = 256;

/// A sentence that has so many words at the end of a window ends there.
const LONGEST_SENTENCE: usize = 300;

/// Reads texts; see [`crate::readings`].
pub(crate) fn readings(texts: &[&str], encoder: &Encoder, lexicon: &Lexicon) -> Vec<Reading> {
    let labels = Labels::of(encoder, lexicon);
    let mut drafts: Vec<Draft> = texts.iter().map(|text| Draft::of(text, encoder, lexicon)).collect();
    let jobs: Vec<(usize, TokenRange)> =
        drafts.iter().enumerate().flat_map(|(i, d)| d.windows.iter().map(move |w| (i, *w))).collect();
    for jobs in jobs.chunks(TOGETHER) {
        let words: Vec<Vec<Cow<'_, str>>> = jobs.iter().map(|(i, w)| drafts[*i].words(*w)).collect();
        let seen: Vec<Vec<&str>> = words.iter().map(|w| w.iter().map(AsRef::as_ref).collect()).collect();
        let encoded = encoder.encode(&seen);
        for ((i, window), encoded) in jobs.iter().zip(&encoded) {
            drafts[*i].add(*window, encoded, encoder, &labels);
        }
    }
    drafts.into_iter().map(|draft| draft.finish(encoder)).collect()
}

/// The encoder's label lists as the record's labels, and the words.
struct Labels<'l> {
    lexicon: &'l Lexicon,
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    lemma: Vec<LemmaRule>,
    relations: Vec<Deprel>,
    names: Vec<String>,
    name_steps: Transitions,
}

impl<'l> Labels<'l> {
    fn of(encoder: &Encoder, lexicon: &'l Lexicon) -> Self {
        let labels = encoder.labels();
        Self {
            lexicon,
            upos: labels.upos.iter().map(|l| Upos::parse(l).unwrap_or(Upos::X)).collect(),
            xpos: labels.xpos.iter().map(|l| Xpos::parse(l).unwrap_or(Xpos::Xx)).collect(),
            lemma: labels.lemma.iter().map(|l| LemmaRule::parse(l)).collect(),
            relations: labels.relations.iter().map(|l| Deprel::parse(l).unwrap_or(Deprel::Dep)).collect(),
            names: labels.names.clone(),
            name_steps: Transitions::bio(&labels.names, encoder.name_transitions()),
        }
    }

    fn tag(&self, encoded: &Encoded, word: usize) -> Tag {
        let upos = encoded.upos.get(word).and_then(|l| self.upos.get(*l as usize));
        let xpos = encoded.xpos.get(word).and_then(|l| self.xpos.get(*l as usize));
        Tag { upos: upos.copied().unwrap_or(Upos::X), xpos: xpos.copied().unwrap_or(Xpos::Xx) }
    }
}

/// A text on its way to a reading: filled window by window, in text order.
struct Draft<'t> {
    text: &'t str,
    tokens: Vec<Span>,
    starts: Vec<Start>,
    windows: Vec<TokenRange>,
    /// Whether the token stands in a line all in capitals.
    shouts: Vec<bool>,
    begins: Vec<bool>,
    tags: Vec<Tag>,
    lemmas: Vec<String>,
    tree: Vec<Arc>,
    names: Vec<(Span, Name)>,
    antecedents: Vec<Option<Antecedent>>,
    attribution: Evidence,
}

impl<'t> Draft<'t> {
    fn of(text: &'t str, encoder: &Encoder, lexicon: &Lexicon) -> Self {
        let tokens = tokens::tokens(text, &lexicon.tokens);
        let starts = starts(text, &tokens);
        let pieces: Vec<usize> = tokens.iter().map(|t| encoder.pieces(t.text(text))).collect();
        let windows = windows::windows(&pieces, &starts, encoder.window());
        let n = tokens.len();
        Self {
            text,
            shouts: shouts(text, &tokens, &starts),
            tokens,
            starts,
            windows,
            begins: Vec::with_capacity(n),
            tags: Vec::with_capacity(n),
            lemmas: Vec::with_capacity(n),
            tree: Vec::with_capacity(n),
            names: Vec::new(),
            antecedents: Vec::with_capacity(n),
            attribution: Evidence::default(),
        }
    }

    /// The words as the encoder is to see them: lines all in capitals look like headlines.
    fn words(&self, window: TokenRange) -> Vec<Cow<'t, str>> {
        let word = |t: usize| (self.tokens[t].text(self.text), self.shouts[t]);
        window
            .range()
            .map(word)
            .map(|(w, shouts)| if shouts { headline(w) } else { Cow::Borrowed(w) })
            .collect()
    }

    /// Takes over what the encoder says of the next window.
    fn add(&mut self, window: TokenRange, encoded: &Encoded, encoder: &Encoder, labels: &Labels<'_>) {
        let first = window.start as usize;
        for (word, token) in window.range().enumerate() {
            let odds = encoded.sentence_start.get(word).copied().unwrap_or(0.0);
            let start = self.starts[token];
            self.begins.push(if word == 0 { start.likely || self.is_endless() } else { start.decide(odds) });
            let tag = labels.tag(encoded, word);
            self.tags.push(tag);
            self.lemmas.push(self.lemma(token, encoded.lemma.get(word).copied(), tag.xpos, labels));
        }
        for part in parts(&self.begins[first..]) {
            self.arcs(first, part.clone(), encoded, encoder, labels);
            self.find_names(first, part, encoded, labels);
        }
        let scores = log_softmax(&encoded.attribution, encoder.labels().attribution.len());
        self.attribution.scores.extend(scores);
        self.link(window.start, encoded, encoder);
    }

    /// Takes over where the links of a window's words go.
    fn link(&mut self, first: u32, encoded: &Encoded, encoder: &Encoder) {
        let [source, cue, antecedent] =
            [Link::Source, Link::Cue, Link::Antecedent].map(|link| encoder.links(encoded, link));
        let ends = source.iter().zip(&cue).map(|ends| [ends.0, ends.1].map(|l| l.target.map(|t| first + t)));
        self.attribution.links.extend(ends);
        let earlier =
            antecedent.iter().map(|l| Some(Antecedent { token: first + l.target?, margin: l.margin }));
        self.antecedents.extend(earlier);
    }

    /// Whether the sentence that is open at a window's end is longer than any sentence: text without stops is cut,
    /// so that later steps may look through whole sentences.
    fn is_endless(&self) -> bool {
        self.begins.iter().rev().take(LONGEST_SENTENCE).all(|begins| !begins)
    }

    fn lemma(&self, token: usize, rule: Option<u16>, tag: Xpos, labels: &Labels<'_>) -> String {
        let form = self.tokens[token].text(self.text);
        let rule = rule.and_then(|l| labels.lemma.get(l as usize));
        lemma(form, tag, || rule.map_or_else(String::new, |rule| rule.apply(form)), &labels.lexicon.lemmas)
    }

    /// The arcs of a sentence, or of its part inside this window.
    fn arcs(
        &mut self,
        first: usize,
        part: std::ops::Range<usize>,
        encoded: &Encoded,
        encoder: &Encoder,
        labels: &Labels<'_>,
    ) {
        let heads = tree::heads(&encoder.arcs(encoded, part.clone()), part.len());
        let relations = encoder.relations(encoded, part.clone(), &heads);
        for (word, head) in heads.iter().enumerate() {
            let relation = relations.get(word).and_then(|l| labels.relations.get(*l as usize)).copied();
            let relation = match (*head, relation) {
                (0, _) => Deprel::Root,
                (_, None | Some(Deprel::Root)) => Deprel::Dep,
                (_, Some(relation)) => relation,
            };
            let head = head.checked_sub(1).map(|h| (first + part.start) as u32 + h);
            self.tree.push(Arc { head, relation });
        }
    }

    fn find_names(
        &mut self,
        first: usize,
        part: std::ops::Range<usize>,
        encoded: &Encoded,
        labels: &Labels<'_>,
    ) {
        let n = labels.names.len();
        let Some(logits) = encoded.names.get(part.start * n..part.end * n) else { return };
        for found in names::names(logits, &labels.names, &labels.name_steps) {
            let at = first + part.start;
            let found = names::trimmed(found, |w| self.tokens[at + w].text(self.text));
            let last = at + found.end - 1;
            let span = self.tokens[at + found.start].cover(self.tokens[last]);
            let word = self.tokens[last].text(self.text);
            let kind = names::named(found.name.kind, word, self.tags[last].xpos, labels.lexicon);
            self.names.push((span, Name { kind, ..found.name }));
        }
    }

    fn finish(mut self, encoder: &Encoder) -> Reading {
        let sentences = sentences(&self.begins, &self.starts);
        for sentence in &sentences {
            join_parts(&mut self.tree[sentence.tokens.range()], sentence.tokens.start);
        }
        Reading {
            sentences,
            tags: self.tags,
            lemmas: self.lemmas,
            tree: self.tree,
            names: Layer::new(self.names),
            antecedents: self.antecedents,
            attribution: attribution::attribution(
                &self.attribution,
                &encoder.labels().attribution,
                &Transitions::bio(&encoder.labels().attribution, encoder.attribution_transitions()),
                &self.tokens,
            ),
            quotations: quotations(self.text, &self.tokens),
            tokens: self.tokens,
            model: encoder.version().to_owned(),
            ..Reading::default()
        }
    }
}

/// For each token, whether its line is written in capitals only (four words or more).
fn shouts(text: &str, tokens: &[Span], starts: &[Start]) -> Vec<bool> {
    let mut shouts = Vec::with_capacity(tokens.len());
    let mut lines: Vec<usize> = (0..tokens.len()).filter(|&i| starts[i].paragraph).collect();
    lines.push(tokens.len());
    for line in lines.windows(2) {
        let line = &tokens[line[0]..line[1]];
        let small = line.iter().any(|t| t.text(text).contains(char::is_lowercase));
        let words = || line.iter().filter(|t| t.text(text).chars().filter(|c| c.is_uppercase()).count() > 1);
        shouts.extend(std::iter::repeat_n(!small && words().nth(3).is_some(), line.len()));
    }
    shouts
}

/// A word in capitals as headlines write it: the first letter large.
fn headline(word: &str) -> Cow<'_, str> {
    let mut chars = word.chars();
    let first: String = chars.next().into_iter().collect();
    Cow::Owned(first + &chars.as_str().to_lowercase())
}

/// Runs of words from one sentence start to the next.
fn parts(begins: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut firsts: Vec<usize> = (0..begins.len()).filter(|&i| i == 0 || begins[i]).collect();
    firsts.push(begins.len());
    firsts.windows(2).map(|w| w[0]..w[1]).filter(|r| !r.is_empty()).collect()
}

/// A sentence cut by a window's end has a root in each part: later ones become dependents of the first.
fn join_parts(arcs: &mut [Arc], first: u32) {
    let mut roots = (0..arcs.len()).filter(|&i| arcs[i].head.is_none()).collect::<Vec<_>>().into_iter();
    let Some(root) = roots.next() else { return };
    for other in roots {
        arcs[other] = Arc { head: Some(first + root as u32), relation: Deprel::Parataxis };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_cut_sentence_hang_together() {
        let arc = |head: Option<u32>| Arc { head, relation: Deprel::Dep };
        let mut arcs = [arc(Some(11)), arc(None), arc(None), arc(Some(12))];
        join_parts(&mut arcs, 10);
        assert_eq!(arcs.map(|a| a.head), [Some(11), None, Some(11), Some(12)]);
    }
}
