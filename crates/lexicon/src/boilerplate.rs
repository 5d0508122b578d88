//! What in a report is not prose: patterns over whole lines, with the words of date lines.
//!
//! Each file of `data/boilerplate` is named for the reason it gives. A rule is
//!
//! ```text
//! [name]
//! match PATTERN      a regular expression for the whole line behind its bullet, in any case; {name}, {fullname},
//!                    {mail}, {handle} stand for capitalised words, two or more of them,
//!                    an address, an @name; é stands for any small letter beyond ASCII
//! words N            at most so many words (30 if not said)
//! place head|tail    only among the first or last ten lines (anywhere if not said)
//! open               only where the line has no final stop
//! + a line it must match
//! - a line it must not match
//! ```

use crate::lines::entries;
use record::BoilerplateReason;
use regex::bytes::{RegexSet, RegexSetBuilder};

/// Rules and words that tell what is not prose.
#[derive(Debug)]
pub struct Boilerplate {
    patterns: RegexSet,
    rules: Vec<Rule>,
    date_labels: Vec<&'static str>,
}

/// Where a line stands in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Among the first lines.
    pub head: bool,
    /// Among the last lines.
    pub tail: bool,
}

/// The files, by the reason they give.
const FILES: &[(BoilerplateReason, &str)] = &[
    (BoilerplateReason::Teaser, include_str!("../data/boilerplate/teaser.txt")),
    (BoilerplateReason::Subscription, include_str!("../data/boilerplate/subscription.txt")),
    (BoilerplateReason::Caption, include_str!("../data/boilerplate/caption.txt")),
    (BoilerplateReason::Share, include_str!("../data/boilerplate/share.txt")),
    (BoilerplateReason::Byline, include_str!("../data/boilerplate/byline.txt")),
    (BoilerplateReason::Dateline, include_str!("../data/boilerplate/dateline.txt")),
    (BoilerplateReason::Update, include_str!("../data/boilerplate/update.txt")),
    (BoilerplateReason::Navigation, include_str!("../data/boilerplate/navigation.txt")),
    (BoilerplateReason::Advertisement, include_str!("../data/boilerplate/advertisement.txt")),
    (BoilerplateReason::Copyright, include_str!("../data/boilerplate/copyright.txt")),
    (BoilerplateReason::Contact, include_str!("../data/boilerplate/contact.txt")),
];

const DATE_LABELS: &str = include_str!("../data/boilerplate/date-labels.txt");

/// Lines longer than this (bytes) are prose: no rule speaks of more than a few dozen words.
const LONGEST_LINE: usize = 1200;

impl Boilerplate {
    /// The rules that ship with the program.
    pub fn load() -> Self {
        let rules: Vec<Rule> = FILES.iter().flat_map(|&(reason, file)| rules_of(reason, file)).collect();
        let patterns = rules.iter().map(|rule| format!("^(?:{})$", spelled_out(rule.pattern)));
        let mut patterns = RegexSetBuilder::new(patterns);
        patterns.case_insensitive(true).unicode(false).size_limit(LARGEST);
        let patterns = patterns.build().unwrap_or_default();
        Self { patterns, rules, date_labels: words_of(DATE_LABELS) }
    }

    /// Why a line (without white space at its ends) is not prose, and the rule that says so.
    pub fn reason(&self, line: &str, place: Place) -> Option<(BoilerplateReason, &'static str)> {
        if line.is_empty() || line.len() > LONGEST_LINE {
            return None;
        }
        let line = without_bullet(line);
        let matched = self.patterns.matches(&one_byte_a_character(line));
        let rule = matched.iter().map(|at| &self.rules[at]).find(|rule| rule.allows(line, place))?;
        Some((rule.reason, rule.name))
    }

    /// Whether a word labels a date: “posted”, “published”.
    pub fn is_date_label(&self, word: &str) -> bool {
        self.date_labels.iter().any(|label| label.eq_ignore_ascii_case(word))
    }
}

impl Default for Boilerplate {
    fn default() -> Self {
        Self::load()
    }
}

/// Bytes that the compiled patterns may take: compiling them is the largest part of starting the program.
const LARGEST: usize = 3 << 20;
/// Stands for every capital beyond ASCII.
const CAPITAL: u8 = 0x80;
/// Stands for every other letter beyond ASCII.
const LETTER: u8 = 0x81;
/// Stands for every character that no pattern speaks of.
const OTHER: u8 = 0x82;
/// Marks beyond ASCII that patterns speak of, and the first of the bytes that stand for them.
const MARKS: [char; 13] = ['–', '—', '’', '‘', '“', '”', '…', '©', '·', '•', '»', '›', '→'];
const FIRST_MARK: u8 = 0x83;

/// A line as the patterns see it. Patterns over single bytes compile several times faster than over Unicode.
fn one_byte_a_character(line: &str) -> Vec<u8> {
    line.chars().map(byte_of).collect()
}

fn byte_of(c: char) -> u8 {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => byte,
        _ if c.is_whitespace() => b' ',
        _ if c.is_uppercase() => CAPITAL,
        _ if c.is_alphabetic() => LETTER,
        _ => MARKS.iter().position(|&mark| mark == c).map_or(OTHER, |at| FIRST_MARK + at as u8),
    }
}

/// A pattern with its abbreviations spelled out, over the bytes that stand for characters.
fn spelled_out(pattern: &str) -> String {
    let pattern = abbreviations_spelled_out(pattern).replace(r"\p{Lu}", r"[A-Z\x80]");
    let byte = |c: char| if c.is_ascii() { c.to_string() } else { format!(r"\x{:02x}", byte_of(c)) };
    pattern.chars().map(byte).collect()
}

fn abbreviations_spelled_out(pattern: &str) -> String {
    const ABBREVIATIONS: [(&str, &str); 4] = [
        (
            "{name}",
            r"(?-i:\p{Lu})\S*(?: (?:(?-i:\p{Lu})\S*|and|&|de|van|von|der|den|la|le|al|bin|da|di)){0,7}",
        ),
        ("{fullname}", r"(?-i:\p{Lu})\S*(?: (?:(?-i:\p{Lu})\S*|de|van|von|der|den|la|le|al|bin|da|di)){1,4}"),
        ("{mail}", r"[a-z0-9._+-]+@[a-z0-9-]+\.[a-z0-9.-]+"),
        ("{handle}", r"@[a-z0-9_]+"),
    ];
    ABBREVIATIONS.iter().fold(pattern.to_owned(), |text, (short, long)| text.replace(short, long))
}

/// A line without the marks before it; a line of such marks alone stays.
fn without_bullet(line: &str) -> &str {
    let bare = line.trim_start_matches(is_bullet);
    if bare.is_empty() { line } else { bare }
}

/// Marks that stand before a line without being part of it.
fn is_bullet(c: char) -> bool {
    c.is_whitespace() || "•·*→»›>|–—-■►▶☛▸●◦+".contains(c)
}

/// One rule of a file.
#[derive(Debug)]
struct Rule {
    reason: BoilerplateReason,
    name: &'static str,
    pattern: &'static str,
    words: usize,
    head: bool,
    tail: bool,
    open: bool,
    examples: Vec<(bool, &'static str)>,
}

impl Rule {
    fn named(reason: BoilerplateReason, name: &'static str) -> Self {
        let name = name.trim_end_matches(']');
        Self {
            reason,
            name,
            pattern: "",
            words: 30,
            head: false,
            tail: false,
            open: false,
            examples: Vec::new(),
        }
    }

    /// Whether the conditions beside the pattern hold.
    fn allows(&self, line: &str, place: Place) -> bool {
        let anywhere = !self.head && !self.tail;
        (anywhere || (self.head && place.head) || (self.tail && place.tail))
            && !(self.open && line.ends_with(['.', '!', '?', '”', '"']))
            && line.split_whitespace().count() <= self.words
    }

    /// Takes one line of the file.
    fn read(&mut self, line: &'static str) {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("match", pattern) => self.pattern = pattern.trim(),
            ("words", count) => self.words = count.trim().parse().unwrap_or(self.words),
            ("place", place) => (self.head, self.tail) = (place.contains("head"), place.contains("tail")),
            ("open", _) => self.open = true,
            ("+", example) => self.examples.push((true, example)),
            ("-", example) => self.examples.push((false, example)),
            _ => {}
        }
    }
}

fn rules_of(reason: BoilerplateReason, file: &'static str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in entries(file) {
        match (line.strip_prefix('['), rules.last_mut()) {
            (Some(name), _) => rules.push(Rule::named(reason, name)),
            (None, Some(rule)) => rule.read(line),
            (None, None) => {}
        }
    }
    rules
}

fn words_of(file: &'static str) -> Vec<&'static str> {
    entries(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_whole_and_its_pattern_compiles() {
        let lexicon = Boilerplate::load();
        assert!(
            !lexicon.patterns.is_empty(),
            "patterns that take over {LARGEST} bytes: repeat less by count"
        );
        for rule in &lexicon.rules {
            let pattern = spelled_out(rule.pattern);
            let compiled = regex::bytes::RegexBuilder::new(&pattern).unicode(false).build();
            assert!(compiled.is_ok(), "{}: pattern", rule.name);
            let known = |c: char| c.is_ascii() || byte_of(c) != OTHER;
            assert!(rule.pattern.chars().all(known), "{}: a mark that is not among MARKS", rule.name);
            assert!(!rule.pattern.is_empty() && rule.pattern != ".*", "{}: too wide", rule.name);
            assert!(rule.examples.iter().any(|e| e.0), "{}: no example", rule.name);
            assert!(rule.examples.iter().any(|e| !e.0), "{}: no counterexample", rule.name);
        }
    }

    #[test]
    fn no_two_rules_share_a_name() {
        let mut names: Vec<&str> = Boilerplate::load().rules.iter().map(|r| r.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn examples_match_and_counterexamples_do_not() {
        let lexicon = Boilerplate::load();
        let mut wrong = Vec::new();
        for (at, rule) in lexicon.rules.iter().enumerate() {
            for &(wanted, example) in &rule.examples {
                let place = Place { head: rule.head, tail: rule.tail };
                let bare = without_bullet(example);
                let found = lexicon.patterns.matches(&one_byte_a_character(bare)).matched(at)
                    && rule.allows(example, place);
                let any = lexicon.reason(example, Place { head: true, tail: true });
                if found != wanted || (!wanted && any.is_some()) {
                    wrong.push(format!("{}: {wanted}: {example}: {any:?}", rule.name));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_place_is_asked_for() {
        let lexicon = Boilerplate::load();
        let line = "By Maren Holt";
        assert!(lexicon.reason(line, Place { head: true, tail: false }).is_some());
        assert!(lexicon.reason(line, Place::default()).is_none());
    }
}
