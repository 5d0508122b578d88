//! Words of speech: verbs that report, patterns that tell the act, words that open a condition.

mod acts;
mod hearers;
mod inflection;
mod nouns;
mod pattern;

use crate::lines::entries;
use acts::Acts;
use hearers::Hearers;
use inflection::Inflections;
use nouns::Nouns;
use record::Act;
use std::collections::{HashMap, HashSet};

pub use pattern::words;

/// What is known of reporting words.
#[derive(Debug)]
pub struct Speech {
    verbs: HashMap<&'static str, Reports>,
    forms: HashMap<String, &'static str>,
    acts: Acts,
    markers: Vec<(Vec<&'static str>, Marker)>,
    nouns: Nouns,
    hearers: Hearers,
    confidence: HashMap<&'static str, f32>,
}

/// How a verb reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// Something is uttered.
    pub speech: bool,
    /// A belief or attitude is reported, no utterance.
    pub thought: bool,
    /// Its object is the person told.
    pub tells: bool,
    /// Its object is the person asked, told to act or threatened.
    pub aims: bool,
    /// An infinitive after it is what is promised, refused, demanded (“vowed to stay”).
    pub commits: bool,
    /// A noun phrase after it is what is praised, condemned, denied (“denounced the plan”).
    pub objects: bool,
    /// What follows is said not to be so.
    pub denies: bool,
    /// Its passive subject is the one asked, accused, expected; not the one who speaks.
    pub suffers: bool,
    /// With a noun of reaction its subject is the one judged (“drew criticism”).
    pub receives: bool,
}

/// What a condition marker stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A clause (“if talks fail”).
    Clause,
    /// A noun phrase or clause (“in exchange for guarantees”, “only after they left”).
    Phrase,
    /// A noun phrase that is a condition only where something is refused (“not without guarantees”).
    Lack,
}

impl Speech {
    pub(crate) fn load() -> Self {
        let inflections = Inflections::load();
        let verbs = verbs();
        let forms = verb_forms(&verbs, &inflections);
        Self {
            verbs,
            forms,
            acts: Acts::load(&inflections),
            markers: markers(),
            nouns: Nouns::load(),
            hearers: Hearers::load(),
            confidence: confidence(),
        }
    }

    /// The act that cue and content name, with its score (at least 1 for a hint, 6 for a naming cue).
    pub fn act(&self, cue: &str, content: &str) -> Option<(Act, f32)> {
        self.acts.best(&words(cue), &words(content))
    }

    /// All acts that cue and content name, with their scores, the highest first.
    pub fn act_scores(&self, cue: &str, content: &str) -> Vec<(Act, f32)> {
        self.acts.scores(&words(cue), &words(content))
    }

    /// How the verb with this base form (any of `say`, `point out`) reports.
    pub fn verb(&self, lemma: &str) -> Reports {
        self.verbs.get(lemma).copied().unwrap_or_default()
    }

    /// How the reporting verb with this form (`said`) reports, and its base form.
    pub fn form(&self, word: &str) -> Option<(&'static str, Reports)> {
        let base = self.forms.get(word.to_lowercase().as_str())?;
        Some((base, self.verb(base)))
    }

    /// The weight of a feature in the log odds that a statement is right (fitted by `training/calibrate.py`).
    pub fn confidence_weight(&self, feature: &str) -> f32 {
        self.confidence.get(feature).copied().unwrap_or(0.0)
    }

    /// Whether this noun (lower case, singular) names something said or believed (`claim`, `fear`).
    pub fn is_saying(&self, noun: &str) -> bool {
        self.nouns.sayings.contains(noun)
    }

    /// Whether this noun names how others react (`criticism`, `praise`).
    pub fn is_reaction(&self, noun: &str) -> bool {
        self.nouns.reactions.contains(noun)
    }

    /// Whether this noun names an occasion on which something is said (`interview`, `rally`).
    pub fn is_occasion(&self, noun: &str) -> bool {
        self.nouns.occasions.contains(noun)
    }

    /// Whether this noun names something words stand in or are spoken in (`letter`, `interview`).
    pub fn is_medium(&self, noun: &str) -> bool {
        self.nouns.media.contains(noun)
    }

    /// Whether this noun (lower case, singular) names those to whom something is said (`crowd`).
    pub fn is_hearer(&self, noun: &str) -> bool {
        self.nouns.hearers.contains(noun)
    }

    /// Whether who is told stands after this preposition beside this verb (base form): “complained to”.
    pub fn hears_after(&self, verb: &str, preposition: &str) -> bool {
        self.hearers.verbs.contains(&(verb, preposition))
    }

    /// Whether this noun (lower case, singular) names what is said or sent to somebody (`letter`, `interview`).
    pub fn is_addressed(&self, noun: &str) -> bool {
        self.hearers.nouns.contains(noun)
    }

    /// Whether this verb (base form) brings what is written or said to somebody (`send`).
    pub fn gives(&self, verb: &str) -> bool {
        self.hearers.gives.contains(verb)
    }

    /// Whether the passive subject of this verb is told something only where an infinitive follows (`encourage`).
    pub fn moves(&self, verb: &str) -> bool {
        self.hearers.acts.contains(verb)
    }

    /// Whether the object of this verb (base form) is somebody, whatever the noun, unless it is told (`tell`).
    pub fn tells_people(&self, verb: &str) -> bool {
        self.hearers.persons.contains(verb)
    }

    /// Whether this noun (lower case, singular) names what is told, and nobody (`story`).
    pub fn is_told(&self, noun: &str) -> bool {
        self.hearers.things.contains(noun)
    }

    /// Whether this noun (lower case, singular) names a question (`questioning`).
    pub fn is_question(&self, noun: &str) -> bool {
        self.hearers.asking.contains(noun)
    }

    /// Whether this verb (base form) makes somebody speak (`force`).
    pub fn draws(&self, verb: &str) -> bool {
        self.hearers.draws.contains(verb)
    }

    /// Whether this word before a colon names a part of a page, and nobody who speaks (`UPDATE`).
    pub fn is_page_label(&self, label: &str) -> bool {
        self.nouns.pages.contains(label.trim().to_lowercase().as_str())
    }

    /// Whether this word before a colon stands for one who asks or answers (`QUESTION`, `Q`).
    pub fn is_asker(&self, label: &str) -> bool {
        self.nouns.askers.contains(label.trim().trim_end_matches('.').to_lowercase().as_str())
    }

    /// Whether this label says only that somebody asks or answers, not who (`Q`, `QUESTION`).
    pub fn is_question_label(&self, label: &str) -> bool {
        let word = label.trim().trim_end_matches('.').to_lowercase();
        matches!(word.as_str(), "q" | "a" | "question" | "questions" | "answer")
    }

    /// The condition marker that these lower-case words begin with: its length in words, and what follows it.
    pub fn condition(&self, words: &[&str]) -> Option<(usize, Marker)> {
        self.markers
            .iter()
            .filter(|(marker, _)| words.starts_with(marker))
            .max_by_key(|(marker, _)| marker.len())
            .map(|(marker, kind)| (marker.len(), *kind))
    }
}

fn confidence() -> HashMap<&'static str, f32> {
    let lines =
        entries(include_str!("../data/speech/confidence.txt")).filter_map(|line| line.split_once(':'));
    lines.filter_map(|(name, weight)| Some((name.trim(), weight.trim().parse().ok()?))).collect()
}

fn verbs() -> HashMap<&'static str, Reports> {
    let mut verbs: HashMap<&'static str, Reports> = HashMap::new();
    for line in entries(include_str!("../data/speech/verbs.txt")) {
        let Some((kind, list)) = line.split_once(':') else { continue };
        for verb in list.split(';').map(str::trim) {
            let reports = verbs.entry(verb).or_default();
            match kind {
                "speech" => reports.speech = true,
                "thought" => reports.thought = true,
                "tells" => reports.tells = true,
                "commits" => reports.commits = true,
                "objects" => reports.objects = true,
                "denies" => reports.denies = true,
                "suffers" => reports.suffers = true,
                "receives" => reports.receives = true,
                _ => reports.aims = true,
            }
        }
    }
    verbs
}

fn verb_forms(
    verbs: &HashMap<&'static str, Reports>,
    inflections: &Inflections,
) -> HashMap<String, &'static str> {
    let mut bases: Vec<&'static str> = verbs.keys().copied().filter(|v| !v.contains(' ')).collect();
    bases.sort_unstable();
    let mut forms = HashMap::new();
    for base in bases {
        for form in inflections.forms(base) {
            forms.entry(form).or_insert(base);
        }
    }
    forms
}

fn markers() -> Vec<(Vec<&'static str>, Marker)> {
    let mut markers = Vec::new();
    for line in entries(include_str!("../data/speech/conditions.txt")) {
        let kind = match line.split_once(':') {
            Some(("clause", _)) => Marker::Clause,
            Some(("phrase", _)) => Marker::Phrase,
            Some(("lack", _)) => Marker::Lack,
            _ => continue,
        };
        let list = line.split_once(':').map_or("", |(_, list)| list);
        let phrases: HashSet<&'static str> = list.split(';').map(str::trim).collect();
        let mut phrases: Vec<_> = phrases.into_iter().collect();
        phrases.sort_unstable();
        markers.extend(phrases.into_iter().map(|p| (p.split(' ').collect::<Vec<_>>(), kind)));
    }
    markers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn condition_examples_hold() {
        let speech = Speech::load();
        for line in entries(include_str!("../data/speech/conditions.txt")) {
            let found = |text: &str| speech.condition(&text.split(' ').collect::<Vec<_>>()).is_some();
            if let Some(text) = line.strip_prefix("+ ") {
                assert!(found(text), "{text}");
            } else if let Some(text) = line.strip_prefix("- ") {
                assert!(!found(text), "{text}");
            }
        }
    }

    #[test]
    fn verbs_are_known_in_every_form() {
        let speech = Speech::load();
        assert_eq!(speech.form("Said").map(|f| f.0), Some("say"));
        assert_eq!(speech.form("accused").map(|f| f.0), Some("accuse"));
        assert!(speech.verb("tell").tells && speech.verb("urge").aims && speech.verb("hope").thought);
        assert!(speech.form("bridge").is_none());
    }

    #[test]
    fn labels_of_questions_are_nobody() {
        let speech = Speech::load();
        assert!(speech.is_question_label("Q.") && speech.is_asker("Moderator"));
        assert!(!speech.is_question_label("Moderator"));
    }

    #[test]
    fn every_weight_of_confidence_is_a_number() {
        let lines = entries(include_str!("../data/speech/confidence.txt")).count();
        let speech = Speech::load();
        assert!(lines > 0 && speech.confidence.len() == lines);
        assert!(speech.confidence.values().all(|w| w.is_finite()));
        assert_eq!(speech.confidence_weight("no such feature"), 0.0);
    }

    #[test]
    fn longest_marker_wins() {
        let speech = Speech::load();
        assert_eq!(speech.condition(&["if", "ever", "they"]), Some((2, Marker::Clause)));
    }
}
