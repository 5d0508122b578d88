//! Event rules: which verbs, nouns and adjectives name which PLOVER event, and where the recipient stands.
//!
//! A rule file (`data/events/<type>.txt`) holds lines such as
//! `lift ease + %restriction > on against : access`: head words, words that must stand beside them, the places
//! where the recipient is looked for in order of preference, and the mode. `verb` is understood; `noun`, `adj`
//! and `not` (a verb under negation) stand first. Places are `obj`, `iobj`, `self` (the word beside), `poss` (its
//! possessor), `subj` and `comp` (subject and object of the complement clause), `until`, and prepositions; `each`
//! makes several actors one another's recipients, `able` wants a recipient who can act. `name_particle` is a verb with its particle;
//! after `by` (before `+`) stand words of which the actor must be one; after `!` stand prepositions (or `obj`, `inf`, `comp`, `noobj`) beside which the word is not meant. The rules after a line `later`
//! hold only where none of any file's rules before it does. A line that
//! begins with `+` or `-` is an example that must or must not match.

mod page;

pub use page::page;

use crate::lines::{entries, set};
use record::EventType;
use std::collections::{BTreeSet, HashMap, HashSet};

/// All event rules.
#[derive(Debug)]
pub struct EventRules {
    rules: Vec<EventRule>,
    /// For each kind of word: the rules of each lemma.
    by_word: [HashMap<&'static str, Vec<usize>>; 3],
    classes: HashMap<&'static str, Vec<&'static str>>,
    actors: HashSet<&'static str>,
    idioms: HashSet<(&'static str, &'static str)>,
    /// Names of the contexts, and the contexts of each word.
    contexts: Vec<&'static str>,
    by_context: HashMap<&'static str, Vec<usize>>,
    /// Weights of the features that tell a recipient.
    recipients: HashMap<&'static str, f32>,
    examples: Vec<EventExample>,
}

/// What kind of word names an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
}

/// One line of a rule file.
#[derive(Clone, Debug)]
pub struct EventRule {
    /// Id for `made_by`, e.g. `rule:events/accuse@1`.
    pub id: String,
    /// The event it names.
    pub kind: EventType,
    /// Its mode.
    pub mode: Option<&'static str>,
    /// Particle the verb must have.
    pub particle: Option<&'static str>,
    /// Lemmas of which one must depend on the head word; empty: none needed.
    pub with: Vec<&'static str>,
    /// Lemmas of which the actor must be one; empty: anybody.
    pub by: Vec<&'static str>,
    /// Prepositions (or `obj`, a direct object, `inf`, an infinitive, `comp`, a clause, `noobj`, no object) beside which the word is not meant.
    pub unless: Vec<&'static str>,
    /// Whether the verb must be negated.
    pub negated: bool,
    /// Whether it is a back-off: it holds only where no other rule does.
    pub later: bool,
    /// Whether several actors of one event act on one another (“failed to reach a deal”).
    pub mutual: bool,
    /// Whether the rule holds only with a recipient who can act.
    pub needs_able: bool,
    /// Where the recipient stands, best first.
    pub slots: Vec<Slot>,
}

/// Where a recipient stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Direct object.
    Object,
    /// The word the rule wants beside its head (“took hostages”).
    Matched,
    /// Indirect object.
    Indirect,
    /// Subject of the complement clause (“urged that Norland leave”).
    Subject,
    /// Object of the complement clause (“refused to meet Norland”).
    Complement,
    /// Whose the matched word is (“ordered the crew's release”).
    Possessor,
    /// Subject of the clause after “until” or “unless” (“will not end the strike until the firm pays”).
    Until,
    /// After a preposition, on the head word or its object.
    After(&'static str),
}

/// A text with the one event it must have, or with none.
#[derive(Clone, Debug)]
pub struct EventExample {
    /// The file it stands in.
    pub file: &'static str,
    /// The text.
    pub text: &'static str,
    /// Actor, trigger and recipient as written (`None` where there is none); no event at all.
    pub event: Option<[Option<&'static str>; 3]>,
}

/// The line after which a file's rules hold only where no other rule does.
const LATER: &str = "later";

const FILES: [(&str, EventType, &str); 16] = [
    ("accuse", EventType::Accuse, include_str!("../data/events/accuse.txt")),
    ("agree", EventType::Agree, include_str!("../data/events/agree.txt")),
    ("aid", EventType::Aid, include_str!("../data/events/aid.txt")),
    ("assault", EventType::Assault, include_str!("../data/events/assault.txt")),
    ("coerce", EventType::Coerce, include_str!("../data/events/coerce.txt")),
    ("concede", EventType::Concede, include_str!("../data/events/concede.txt")),
    ("consult", EventType::Consult, include_str!("../data/events/consult.txt")),
    ("cooperate", EventType::Cooperate, include_str!("../data/events/cooperate.txt")),
    ("mobilize", EventType::Mobilize, include_str!("../data/events/mobilize.txt")),
    ("protest", EventType::Protest, include_str!("../data/events/protest.txt")),
    ("reject", EventType::Reject, include_str!("../data/events/reject.txt")),
    ("request", EventType::Request, include_str!("../data/events/request.txt")),
    ("retreat", EventType::Retreat, include_str!("../data/events/retreat.txt")),
    ("sanction", EventType::Sanction, include_str!("../data/events/sanction.txt")),
    ("support", EventType::Support, include_str!("../data/events/support.txt")),
    ("threaten", EventType::Threaten, include_str!("../data/events/threaten.txt")),
];

impl EventRules {
    pub(crate) fn load() -> Self {
        let classes: HashMap<&'static str, Vec<&'static str>> =
            entries(include_str!("../data/events/classes.txt"))
                .filter_map(|line| line.split_once(':'))
                .map(|(name, words)| (name, words.split_whitespace().collect()))
                .collect();
        let actors = set(include_str!("../data/events/actors.txt"));
        let idioms = entries(include_str!("../data/events/idioms.txt"));
        let idioms = idioms.filter_map(|line| line.split_once(' ')).collect();
        let mut all = Self {
            rules: Vec::new(),
            by_word: Default::default(),
            classes: classes.clone(),
            actors,
            idioms,
            contexts: Vec::new(),
            by_context: HashMap::new(),
            recipients: weights(include_str!("../data/events/recipients.txt")),
            examples: Vec::new(),
        };
        for (name, kind, source) in FILES {
            let mut lines = entries(source);
            let version = lines.next().and_then(|l| l.strip_prefix("version ")).unwrap_or("0");
            let id = format!("rule:events/{name}@{version}");
            let mut later = false;
            for line in lines {
                match line.split_at(1) {
                    ("+" | "-", example) => all.examples.extend(EventExample::parse(name, example.trim())),
                    _ if line == LATER => later = true,
                    _ => all.add(line, &id, kind, later, &classes),
                }
            }
        }
        all.most_specific_first();
        all.read_contexts(include_str!("../data/events/contexts.txt"));
        all
    }

    /// The rules that a word may fire, most specific first.
    pub fn of(&self, word: Word, lemma: &str) -> impl Iterator<Item = &EventRule> {
        let found = self.by_word[word as usize].get(lemma).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(|&i| self.rules.get(i))
    }

    /// Whether a verb only carries the noun beside it (“hold talks”).
    pub fn is_light(&self, lemma: &str) -> bool {
        self.is_of("light", lemma)
    }

    /// Whether a word belongs to a class of the rules (`troops`).
    pub fn is_of(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(&lemma))
    }

    /// Whether a modifier and a noun together name no event of the noun's type (“press release”).
    pub fn is_idiom(&self, modifier: &str, noun: &str) -> bool {
        self.idioms.contains(&(modifier, noun))
    }

    /// Whether a noun names somebody who can act in public affairs.
    pub fn is_actor(&self, noun: &str) -> bool {
        self.actors.contains(noun)
    }

    /// The contexts that these lemmas in a row tell, in the codebook's order.
    pub fn contexts_of(&self, lemmas: &[String]) -> Vec<&'static str> {
        let pairs = lemmas.windows(2).map(|pair| pair.join("_"));
        let known = |word: String| self.by_context.get(word.as_str()).into_iter().flatten().copied();
        let found: BTreeSet<usize> = lemmas.iter().cloned().chain(pairs).flat_map(known).collect();
        found.into_iter().filter_map(|i| self.contexts.get(i).copied()).collect()
    }

    /// Log odds that a word with these features is the recipient of its event.
    pub fn recipient_score(&self, features: &[String]) -> f32 {
        features.iter().filter_map(|f| self.recipients.get(f.as_str())).sum()
    }

    /// The examples of all files.
    pub fn examples(&self) -> &[EventExample] {
        &self.examples
    }

    fn add(
        &mut self,
        line: &'static str,
        id: &str,
        kind: EventType,
        later: bool,
        classes: &HashMap<&str, Vec<&'static str>>,
    ) {
        let (line, mode) = line.split_once(" : ").map_or((line, None), |(l, m)| (l, Some(m.trim())));
        let (line, unless) = line.split_once(" ! ").unwrap_or((line, ""));
        let unless: Vec<&'static str> = unless.split_whitespace().collect();
        let (heads, slots) = line.split_once('>').unwrap_or((line, ""));
        let (heads, with) = heads.split_once(" + ").unwrap_or((heads, ""));
        let (heads, by) = heads.split_once(" by ").unwrap_or((heads, ""));
        let (word, negated, heads) = match heads.split_once(' ') {
            Some(("noun", heads)) => (Word::Noun, false, heads),
            Some(("adj", heads)) => (Word::Adjective, false, heads),
            Some(("not", heads)) => (Word::Verb, true, heads),
            _ => (Word::Verb, false, heads),
        };
        let list = |words: &'static str| -> Vec<&'static str> {
            words.split_whitespace().flat_map(|w| expand(w, classes)).collect()
        };
        let (with, by) = (list(with), list(by));
        let (mutual, needs_able) = (slots.contains(" each"), slots.contains(" able"));
        let places = slots.split_whitespace().filter(|s| !matches!(*s, "each" | "able"));
        let slots: Vec<Slot> = places.map(slot).collect();
        for head in heads.split_whitespace() {
            let (lemma, particle) = head.split_once('_').map_or((head, None), |(l, p)| (l, Some(p)));
            let mode = mode.filter(|m| *m != "None");
            let (with, by, slots, unless) = (with.clone(), by.clone(), slots.clone(), unless.clone());
            self.by_word[word as usize].entry(lemma).or_default().push(self.rules.len());
            self.rules.push(EventRule {
                id: id.to_owned(),
                kind,
                mode,
                particle,
                with,
                by,
                unless,
                negated,
                later,
                mutual,
                needs_able,
                slots,
            });
        }
    }

    fn read_contexts(&mut self, source: &'static str) {
        for (name, words) in entries(source).filter_map(|line| line.split_once(": ")) {
            for word in words.split_whitespace() {
                self.by_context.entry(word).or_default().push(self.contexts.len());
            }
            self.contexts.push(name);
        }
    }

    fn most_specific_first(&mut self) {
        let rules = &self.rules;
        let weight = |i: &usize| {
            let r = &rules[*i];
            let wants = 2 * i32::from(r.particle.is_some()) + 2 * i32::from(!r.with.is_empty());
            (r.later, -(wants + i32::from(r.negated) + 3 * i32::from(!r.by.is_empty())), r.with.len())
        };
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in self.by_word.iter_mut().flat_map(HashMap::values_mut) {
            list.sort_by_key(weight);
        }
    }
}

impl EventExample {
    fn parse(file: &'static str, line: &'static str) -> Option<Self> {
        let Some((text, event)) = line.split_once(" | ") else {
            return Some(Self { file, text: line, event: None });
        };
        let mut parts = event.split(" > ").map(|p| Some(p.trim()).filter(|p| *p != "None"));
        let event = [parts.next()?, parts.next()?, parts.next()?];
        Some(Self { file, text: text.trim(), event: Some(event) })
    }
}

/// Lines `weight feature`.
fn weights(source: &'static str) -> HashMap<&'static str, f32> {
    let pair = |line: &'static str| {
        let (weight, feature) = line.split_once(' ')?;
        Some((feature.trim(), weight.parse().ok()?))
    };
    entries(source).filter_map(pair).collect()
}

fn expand(word: &'static str, classes: &HashMap<&str, Vec<&'static str>>) -> Vec<&'static str> {
    match word.strip_prefix('%') {
        Some(class) => classes.get(class).cloned().unwrap_or_default(),
        None => vec![word],
    }
}

fn slot(word: &'static str) -> Slot {
    match word {
        "obj" => Slot::Object,
        "self" => Slot::Matched,
        "iobj" => Slot::Indirect,
        "subj" => Slot::Subject,
        "comp" => Slot::Complement,
        "poss" => Slot::Possessor,
        "until" => Slot::Until,
        preposition => Slot::After(preposition),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_rules_and_both_kinds_of_examples() {
        let rules = EventRules::load();
        for (name, kind, _) in FILES {
            assert!(rules.rules.iter().any(|r| r.kind == kind), "{name}: no rule");
            let of_file: Vec<_> = rules.examples.iter().filter(|e| e.file == name).collect();
            assert!(of_file.iter().any(|e| e.event.is_some()), "{name}: no example that must match");
            assert!(of_file.iter().any(|e| e.event.is_none()), "{name}: no example that must not");
        }
    }

    #[test]
    fn specific_rules_come_first() {
        let rules = EventRules::load();
        let lift: Vec<_> = rules.of(Word::Verb, "lift").collect();
        assert!(!lift.is_empty() && !lift[0].with.is_empty());
        assert!(
            rules.of(Word::Verb, "accuse").any(|r| r.kind == EventType::Accuse && r.slots[0] == Slot::Object)
        );
        assert!(rules.is_light("hold"));
    }

    #[test]
    fn classes_are_known() {
        for (name, _, source) in FILES {
            let classes: Vec<&str> = entries(include_str!("../data/events/classes.txt"))
                .filter_map(|l| l.split_once(':'))
                .map(|c| c.0)
                .collect();
            for word in source.split_whitespace().filter_map(|w| w.strip_prefix('%')) {
                assert!(classes.contains(&word), "{name}: no class {word}");
            }
        }
    }
}
