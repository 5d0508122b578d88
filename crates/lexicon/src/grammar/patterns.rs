//! Rule files: patterns over word classes, what they make, and their examples.

use super::{ClassId, Grammar, GroupId, Word, pieces};

/// A pattern with its meaning.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Path of the file and name of the rule: `times/en/dates/month-day`.
    pub id: String,
    /// The group it belongs to.
    pub group: GroupId,
    /// What it makes: the name of an operation of the engine.
    pub make: &'static str,
    /// Fixed fields of the operation.
    pub given: Vec<(&'static str, &'static str)>,
    /// Patterns, one per `when` line.
    pub patterns: Vec<Pattern>,
    /// What must stand before it (any of these), if not empty.
    pub after: Vec<Edge>,
    /// What must not stand before it.
    pub not_after: Vec<Edge>,
    /// What must stand behind it (any of these), if not empty.
    pub before: Vec<Edge>,
    /// What must not stand behind it.
    pub not_before: Vec<Edge>,
    /// Whether it is only used inside other rules.
    pub inner: bool,
}

/// A sequence of items.
pub type Pattern = Vec<Item>;

/// One item of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// This word or sign.
    Word(Word),
    /// A phrase of the class, stored under the name.
    Class(ClassId, &'static str),
    /// A match of the group, stored under the name.
    Group(GroupId, &'static str),
    /// A built-in, stored under the name.
    Builtin(Builtin, &'static str),
    /// No white space here.
    Glue,
    /// One of these sequences, the first that leads to a match.
    Choice(Vec<Pattern>),
    /// The sequence or nothing, rather the sequence.
    Optional(Pattern),
}

/// What stands next to a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    /// This word or sign.
    Word(Word),
    /// A word of this class.
    Class(ClassId),
    /// A sign or word without white space in between.
    Glued(Word),
    /// Digits without white space in between.
    GluedDigits,
    /// Digits.
    Digits,
    /// Letters without white space in between.
    GluedLetters,
    /// The beginning or end of the text.
    Nothing,
}

/// Patterns that are code: numbers and their parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    /// A number in digits or words, with decimals, fractions and vague amounts (“several”).
    Number,
    /// The same with at least one word or with separators allowed, but never vague.
    Exact,
    /// Day of the month: 1–31 in digits, or an ordinal.
    Day,
    /// Day of the month in digits only.
    DayDigits,
    /// Number of a month in digits.
    MonthDigits,
    /// Four-digit year 1000–2199.
    Year,
    /// Two-digit year.
    ShortYear,
    /// Year in words (“nineteen ninety-six”).
    SpokenYear,
    /// 0–24 in one or two digits.
    Hour,
    /// 00–59 in two digits.
    Minute,
    /// Four digits as a time of day (`0730`).
    Clock,
    /// Eight digits as a day of the calendar (`20161016`).
    Compact,
    /// Day of the month as a cardinal in words (“twenty-nine”).
    SpokenDay,
    /// Hour in words.
    SpokenHour,
    /// Minutes 1–59 in words (“thirty”, “oh five”).
    SpokenMinute,
    /// Digits of any length.
    Digits,
    /// Ordinal in words or digits.
    Ordinal,
    /// Any word with a capital.
    Capital,
}

impl Builtin {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "number" => Self::Number,
            "exact" => Self::Exact,
            "day" => Self::Day,
            "dd" => Self::DayDigits,
            "mm" => Self::MonthDigits,
            "year" => Self::Year,
            "yy" => Self::ShortYear,
            "spoken-year" => Self::SpokenYear,
            "hour" => Self::Hour,
            "minute" => Self::Minute,
            "hhmm" => Self::Clock,
            "yyyymmdd" => Self::Compact,
            "spoken-day" => Self::SpokenDay,
            "spoken-hour" => Self::SpokenHour,
            "spoken-minute" => Self::SpokenMinute,
            "digits" => Self::Digits,
            "ordinal" => Self::Ordinal,
            "capital" => Self::Capital,
            _ => return None,
        })
    }

    /// Classes whose words can begin it.
    fn classes(self) -> &'static [&'static str] {
        match self {
            Self::Number => &["cardinal", "multiplier", "vague", "article-one"],
            Self::Exact => &["cardinal", "multiplier", "article-one"],
            Self::SpokenYear | Self::SpokenDay | Self::SpokenHour | Self::SpokenMinute => &["cardinal"],
            Self::Day | Self::Ordinal => &["ordinal", "cardinal"],
            _ => &[],
        }
    }
}

/// An example of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The rule it belongs to.
    pub rule: String,
    /// The sentence.
    pub text: &'static str,
    /// What must be found in it: words and value; `None` where the rule must not match.
    pub found: Option<(&'static str, &'static str)>,
}

/// A rule as written.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) id: String,
    pub(super) group: &'static str,
    make: &'static str,
    lines: Vec<(&'static str, &'static str)>,
}

/// A rule file as written.
#[derive(Debug, Default)]
pub(super) struct RuleFile {
    pub(super) blocks: Vec<Block>,
    pub(super) examples: Vec<Example>,
    pub(super) problems: Vec<String>,
}

impl RuleFile {
    pub(super) fn read(path: &str, text: &'static str) -> Self {
        let mut file = Self::default();
        let mut group = "";
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
            let rest = rest.trim();
            match (key, file.blocks.last_mut()) {
                ("group", _) => group = rest,
                ("rule", _) => {
                    file.blocks.push(Block { id: format!("{path}/{rest}"), group, ..Block::default() });
                }
                ("make", Some(block)) => block.make = rest,
                ("when" | "after" | "not-after" | "before" | "not-before", Some(block)) => {
                    block.lines.push((key, rest));
                }
                ("yes" | "no", Some(block)) => match example(block.id.clone(), key, rest) {
                    Some(example) => file.examples.push(example),
                    None => file
                        .problems
                        .push(format!("{path}:{}: expected `yes text | words | value`", number + 1)),
                },
                _ => file.problems.push(format!("{path}:{}: unknown key `{key}`", number + 1)),
            }
        }
        file
    }
}

fn example(rule: String, key: &str, rest: &'static str) -> Option<Example> {
    if key == "no" {
        return Some(Example { rule, text: rest, found: None });
    }
    let mut parts = rest.splitn(3, " | ");
    let (text, words, value) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Example { rule, text: text.trim(), found: Some((words.trim(), value.trim())) })
}

impl Grammar {
    pub(super) fn compile(&mut self, block: &Block, group: GroupId) -> Result<Rule, String> {
        let mut make = block.make.split_whitespace();
        let name = make.next().ok_or("no `make` line")?;
        let given =
            make.map(|f| f.split_once('=').ok_or("expected field=value")).collect::<Result<_, _>>()?;
        let mut rule = Rule {
            id: block.id.clone(),
            group,
            make: name,
            given,
            patterns: Vec::new(),
            after: Vec::new(),
            not_after: Vec::new(),
            before: Vec::new(),
            not_before: Vec::new(),
            inner: block.group.starts_with("part-"),
        };
        for (key, rest) in &block.lines {
            match *key {
                "when" => {
                    let pattern = self.pattern(rest)?;
                    rule.patterns.push(pattern);
                }
                "after" => rule.after.extend(self.edges(rest)?),
                "not-after" => rule.not_after.extend(self.edges(rest)?),
                "before" => rule.before.extend(self.edges(rest)?),
                _ => rule.not_before.extend(self.edges(rest)?),
            }
        }
        if rule.patterns.is_empty() { Err("no `when` line".into()) } else { Ok(rule) }
    }

    fn edges(&mut self, text: &'static str) -> Result<Vec<Edge>, String> {
        text.split_whitespace().map(|word| self.edge(word)).collect()
    }

    fn edge(&mut self, word: &'static str) -> Result<Edge, String> {
        match word {
            "^" => Ok(Edge::Nothing),
            "#" => Ok(Edge::Digits),
            "~#" => Ok(Edge::GluedDigits),
            "~a" => Ok(Edge::GluedLetters),
            _ => match word.strip_prefix('[').and_then(|w| w.strip_suffix(']')) {
                Some(class) => self.class(class).map(Edge::Class).ok_or(format!("unknown class `{class}`")),
                None => {
                    let (sign, glued) = word.strip_prefix('~').map_or((word, false), |w| (w, true));
                    let word = self.intern(&sign.to_lowercase());
                    Ok(if glued { Edge::Glued(word) } else { Edge::Word(word) })
                }
            },
        }
    }

    fn pattern(&mut self, text: &'static str) -> Result<Pattern, String> {
        let mut rest = text;
        let mut alternatives = self.alternatives(&mut rest)?;
        match (rest.is_empty(), alternatives.len()) {
            (false, _) => Err(format!("unexpected `)` before `{rest}`")),
            (true, 1) => Ok(alternatives.remove(0)),
            (true, _) => Ok(vec![Item::Choice(alternatives)]),
        }
    }

    /// Reads up to the closing parenthesis (left in `rest`) or the end.
    fn alternatives(&mut self, rest: &mut &'static str) -> Result<Vec<Pattern>, String> {
        let mut out = vec![Pattern::new()];
        loop {
            *rest = rest.trim_start();
            let Some(c) = rest.chars().next() else { return Ok(out) };
            let after = &rest[c.len_utf8()..];
            let last = out.len() - 1;
            match c {
                ')' => return Ok(out),
                '|' => out.push(Pattern::new()),
                '~' => out[last].push(Item::Glue),
                '?' => {
                    let item = out[last].pop().ok_or("nothing before `?`")?;
                    out[last].push(Item::Optional(vec![item]));
                }
                '(' => {
                    *rest = after;
                    let inner = self.alternatives(rest)?;
                    *rest = rest.strip_prefix(')').ok_or("missing `)`")?;
                    out[last].push(Item::Choice(inner));
                    continue;
                }
                '[' => {
                    let (name, behind) = after.split_once(']').ok_or("missing `]`")?;
                    out[last].push(self.named(name)?);
                    *rest = behind;
                    continue;
                }
                _ => {
                    *rest = rest.strip_prefix('\\').unwrap_or(rest);
                    let end = pieces(rest).first().map_or(c.len_utf8(), |p| p.span.end as usize);
                    let word = self.intern(&rest[..end].to_lowercase());
                    out[last].push(Item::Word(word));
                    *rest = &rest[end..];
                    continue;
                }
            }
            *rest = after;
        }
    }

    fn named(&mut self, text: &'static str) -> Result<Item, String> {
        let (name, field) = text.split_once('=').unwrap_or((text, text));
        if let Some(builtin) = Builtin::named(name) {
            return Ok(Item::Builtin(builtin, field));
        }
        let group = self.find_group(name).map(|g| Item::Group(g, field));
        group.or_else(|| self.class(name).map(|c| Item::Class(c, field))).ok_or(format!("unknown `[{name}]`"))
    }
}

/// What a pattern can begin with.
#[derive(Debug, Default)]
pub(super) struct First {
    pub(super) words: std::collections::BTreeSet<Word>,
    pub(super) digits: bool,
}

impl First {
    /// Adds what `pattern` can begin with; whether it can be empty.
    pub(super) fn of(&mut self, grammar: &Grammar, pattern: &[Item], depth: usize) -> bool {
        pattern.iter().all(|item| self.item(grammar, item, depth))
    }

    /// Adds what `item` can begin with; whether it can be empty.
    fn item(&mut self, grammar: &Grammar, item: &Item, depth: usize) -> bool {
        match item {
            Item::Glue => return true,
            Item::Word(word) => {
                self.words.insert(*word);
            }
            Item::Class(class, _) => self.class(grammar, *class),
            Item::Builtin(builtin, _) => {
                self.digits = true;
                let classes = builtin.classes().iter().filter_map(|c| grammar.class(c));
                classes.for_each(|c| self.class(grammar, c));
            }
            Item::Group(group, _) => return self.group(grammar, *group, depth),
            Item::Choice(all) => {
                return all.iter().filter(|p| self.of(grammar, p, depth)).count() > 0;
            }
            Item::Optional(inner) => {
                self.of(grammar, inner, depth);
                return true;
            }
        }
        false
    }

    fn class(&mut self, grammar: &Grammar, class: ClassId) {
        self.words.extend(grammar.class_words.get(class.0 as usize).into_iter().flatten());
    }

    fn group(&mut self, grammar: &Grammar, group: GroupId, depth: usize) -> bool {
        if depth > 8 {
            return false;
        }
        let rules = grammar.members(group).iter().filter_map(|r| grammar.rule(*r));
        rules.flat_map(|r| &r.patterns).filter(|p| self.of(grammar, p, depth + 1)).count() > 0
    }
}

/// Words that a pattern can match without another one.
#[derive(Debug, Default)]
pub(super) struct Alone {
    pub(super) words: std::collections::BTreeSet<Word>,
}

impl Alone {
    /// Adds the words that alone match `pattern`: those of an item beside which the others may be empty.
    pub(super) fn of(&mut self, grammar: &Grammar, pattern: &[Item], depth: usize) {
        for (at, item) in pattern.iter().enumerate() {
            let others = pattern.iter().enumerate().filter(|(i, _)| *i != at);
            if others.map(|(_, other)| other).all(|other| First::default().item(grammar, other, depth)) {
                self.item(grammar, item, depth);
            }
        }
    }

    fn item(&mut self, grammar: &Grammar, item: &Item, depth: usize) {
        match item {
            Item::Glue => {}
            Item::Word(word) => {
                self.words.insert(*word);
            }
            Item::Class(class, _) => self.class(grammar, *class),
            Item::Builtin(builtin, _) => {
                let classes = builtin.classes().iter().filter_map(|c| grammar.class(c));
                classes.for_each(|c| self.class(grammar, c));
            }
            Item::Group(group, _) if depth < 8 => {
                let rules = grammar.members(*group).iter().filter_map(|r| grammar.rule(*r));
                rules.flat_map(|r| &r.patterns).for_each(|p| self.of(grammar, p, depth + 1));
            }
            Item::Group(..) => {}
            Item::Choice(all) => all.iter().for_each(|p| self.of(grammar, p, depth)),
            Item::Optional(one) => self.of(grammar, one, depth),
        }
    }

    fn class(&mut self, grammar: &Grammar, class: ClassId) {
        let single = |w: &&Word| grammar.phrases(**w).iter().any(|p| p.class == class && p.rest.is_empty());
        self.words.extend(grammar.class_words.get(class.0 as usize).into_iter().flatten().filter(single));
    }
}
