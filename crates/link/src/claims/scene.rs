//! One report prepared for comparing: what each token stands for, and what stands around it in the tree.

use crate::words::{folded, root};
use lexicon::Lexicon;
use record::{
    ArticleIx, Deprel, Entity, Evidence, Form, MentionForm, ReferentKind, Report, Span, StatementIx, Upos,
};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Tokens of a sentence that are looked at around one of them.
const SENTENCE: usize = 160;
/// How much a step away in the tree takes from a word's weight.
const DECAY: f64 = 0.72;

/// Weights of what stands around a token, by what it stands for: unit length.
pub(crate) type Context = BTreeMap<u64, f64>;

/// A report and the keys of its tokens.
pub(crate) struct Scene<'a> {
    pub(crate) article: ArticleIx,
    pub(crate) report: &'a Report,
    /// What a token stands for: an entity, a class of words, a stem; `None` for words without a topic.
    pub(crate) keys: Vec<Option<u64>>,
    /// The named entity a token heads the name, description or pronoun of.
    pub(crate) entities: Vec<Option<u32>>,
}

impl<'a> Scene<'a> {
    pub(crate) fn of(
        article: ArticleIx,
        report: &'a Report,
        entities: &[Entity],
        entity_of: &BTreeMap<(ArticleIx, record::ReferentIx), u32>,
        lexicon: &Lexicon,
    ) -> Self {
        let reading = &report.reading;
        let mut keys: Vec<Option<u64>> =
            (0..reading.tokens.len()).map(|t| token_key(report, t, lexicon)).collect();
        let mut heads: Vec<Option<u32>> = vec![None; keys.len()];
        for (span, mention) in report.findings.mentions.iter() {
            let entity = mention.referent.and_then(|r| entity_of.get(&(article, r)));
            let Some(&entity) = entity.filter(|&&e| entities.get(e as usize).is_some_and(|e| e.named)) else {
                continue;
            };
            let tokens = reading.tokens_in(span);
            if mention.form == MentionForm::Name {
                tokens.range().for_each(|t| keys[t] = None);
            }
            if let Some(head) = reading.head_of(tokens) {
                keys[head] = Some(entity_key(entity));
                heads[head] = Some(entity);
            }
        }
        Self { article, report, keys, entities: heads }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.report.text()
    }

    /// Lemma of a token, lower case.
    pub(crate) fn lemma(&self, token: usize) -> String {
        self.report.reading.lemmas.get(token).map_or_else(String::new, |l| l.to_lowercase())
    }

    pub(crate) fn upos(&self, token: usize) -> Option<Upos> {
        self.report.reading.tags.get(token).map(|tag| tag.upos)
    }

    pub(crate) fn relation(&self, token: usize) -> Option<Deprel> {
        self.report.reading.tree.get(token).map(|arc| arc.relation)
    }

    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        self.report.reading.tree.get(token).and_then(|arc| arc.head).map(|h| h as usize)
    }

    /// The verb, or else the root, that governs a token.
    pub(crate) fn governor(&self, token: usize) -> Option<usize> {
        let mut at = self.head(token)?;
        for _ in 0..SENTENCE {
            if self.upos(at) == Some(Upos::Verb) {
                return Some(at);
            }
            match self.head(at) {
                Some(next) => at = next,
                None => return Some(at),
            }
        }
        None
    }

    /// Words at a token and so far left and right in its sentence, as evidence.
    pub(crate) fn evidence(&self, span: Span) -> Evidence {
        Evidence { article: self.article, span, said_in: self.said_in(span) }
    }

    /// Whether words stand in a quotation: what somebody says is no report's own word.
    pub(crate) fn is_spoken(&self, span: Span) -> bool {
        let statement = self.said_in(span).and_then(|s| self.report.findings.statement(s));
        statement.is_some_and(|s| s.form == Form::Direct)
    }

    /// The statement whose content holds a span.
    pub(crate) fn said_in(&self, span: Span) -> Option<StatementIx> {
        let statements = self.report.findings.statements.iter().zip(0..);
        let holding = statements.filter(|(s, _)| s.content.iter().any(|c| c.contains(span)));
        holding.map(|(_, i)| StatementIx(i)).last()
    }

    /// What stands around a token, nearer in the tree with more weight.
    pub(crate) fn context(&self, token: usize, idf: &dyn Fn(u64) -> f64) -> Context {
        let mut context = Context::new();
        for (other, steps) in self.distances(token) {
            if let Some(key) = self.keys[other] {
                let weight = idf(key) * DECAY.powi(steps as i32);
                let entry = context.entry(key).or_default();
                *entry = entry.max(weight);
            }
        }
        unit(context)
    }

    /// Steps in the tree from a token to the others of its sentence (those nearest in the text of a long one).
    fn distances(&self, token: usize) -> Vec<(usize, usize)> {
        let reading = &self.report.reading;
        let Some(sentence) = reading.sentence_of(token) else { return Vec::new() };
        let range = reading.sentences[sentence].tokens.range();
        let from = range.start.max(token.saturating_sub(SENTENCE / 2));
        let to = range.end.min(token + SENTENCE / 2);
        let up: Vec<usize> = self.path(token);
        (from..to)
            .filter_map(|other| {
                let path = self.path(other);
                let meet = path.iter().position(|p| up.contains(p))?;
                let climbed = up.iter().position(|p| *p == path[meet])?;
                Some((other, meet + climbed))
            })
            .collect()
    }

    /// The named entity nearest to a token in the tree, within so many steps.
    pub(crate) fn nearest_entity(&self, token: usize, steps: usize) -> Option<u32> {
        let near =
            self.distances(token).into_iter().filter(|(t, n)| *n <= steps && self.entities[*t].is_some());
        near.min_by_key(|(t, n)| (*n, *t)).and_then(|(t, _)| self.entities[t])
    }

    /// The named person nearest to a token in the tree, within so many steps.
    pub(crate) fn nearest_person(&self, token: usize, steps: usize, entities: &[Entity]) -> Option<u32> {
        let person = |t: usize| {
            let entity = self.entities[t].filter(|e| entities.get(*e as usize).is_some());
            entity.filter(|e| entities[*e as usize].kind == ReferentKind::Person)
        };
        let near = self.distances(token).into_iter().filter(|(t, n)| *n <= steps && person(*t).is_some());
        near.min_by_key(|(t, n)| (*n, *t)).and_then(|(t, _)| person(t))
    }

    fn path(&self, token: usize) -> Vec<usize> {
        let step = |t: &usize| self.head(*t);
        std::iter::successors(Some(token), step).take(SENTENCE).collect()
    }

    /// The sentence that holds a token, as bytes.
    pub(crate) fn sentence(&self, token: usize) -> Option<Span> {
        let reading = &self.report.reading;
        let sentence = reading.sentence_of(token)?;
        reading.span_of(reading.sentences[sentence].tokens)
    }
}

/// Scales weights to unit length.
pub(crate) fn unit(mut context: Context) -> Context {
    let norm = context.values().map(|w| w * w).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    context.values_mut().for_each(|w| *w /= norm);
    context
}

/// Similarity of two contexts: the cosine.
pub(crate) fn similarity(a: &Context, b: &Context) -> f64 {
    a.iter().filter_map(|(key, weight)| b.get(key).map(|other| weight * other)).sum()
}

/// Number of keys that two contexts share.
pub(crate) fn shared(a: &Context, b: &Context) -> usize {
    a.keys().filter(|key| b.contains_key(key)).count()
}

fn token_key(report: &Report, token: usize, lexicon: &Lexicon) -> Option<u64> {
    let tag = report.reading.tags.get(token)?;
    if !matches!(tag.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn | Upos::X | Upos::Adv) {
        return None;
    }
    lemma_key(report.reading.lemmas.get(token)?, lexicon)
}

/// What a lemma stands for: its class, or its own root.
pub(crate) fn lemma_key(lemma: &str, lexicon: &Lexicon) -> Option<u64> {
    let plain = folded(lemma);
    if plain.chars().count() < 2 || lexicon.topics.is_stop(&plain) {
        return None;
    }
    let name = lexicon.topics.class(&plain).map_or_else(|| root(&plain), |class| format!("class {class}"));
    Some(xxh3_64(name.as_bytes()))
}

fn entity_key(entity: u32) -> u64 {
    xxh3_64(format!("entity {entity}").as_bytes())
}
