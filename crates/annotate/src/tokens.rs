//! Where words are: Penn / UD English EWT tokenisation, byte-exact, nothing lost and nothing altered.
//!
//! Conventions after the English Web Treebank: clitics (`'s`, `n't`) and hyphens stand alone, abbreviations keep
//! their stop, numbers keep their separators, addresses are whole.

mod address;

use lexicon::tokens::{Stop, TokenWords};
use record::Span;

/// The tokens of a text, in order; together they cover every character that is not white space.
pub(crate) fn tokens(text: &str, words: &TokenWords) -> Vec<Span> {
    let mut scanner = Scanner { text, words, tokens: Vec::with_capacity(text.len() / 5) };
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| !c.is_whitespace()).map(|i| from + i) {
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |i| start + i);
        scanner.chunk(start, end);
        from = end;
    }
    scanner.tokens
}

struct Scanner<'t> {
    text: &'t str,
    words: &'t TokenWords,
    tokens: Vec<Span>,
}

impl Scanner<'_> {
    /// A run without white space.
    fn chunk(&mut self, start: usize, end: usize) {
        let mut at = start;
        for (from, to) in address::addresses(self.text, start, end) {
            self.plain(at, from);
            self.push(from, to);
            at = to;
        }
        self.plain(at, end);
    }

    fn plain(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let next = self.token(at, end);
            debug_assert!(next > at);
            at = next.max(at + 1);
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        self.tokens.push(Span::at(start..end));
    }

    fn char(&self, at: usize, end: usize) -> Option<char> {
        self.text.get(at..end)?.chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// One token at `at`, within the chunk that ends at `end`; gives where it ends.
    fn token(&mut self, at: usize, end: usize) -> usize {
        let Some(c) = self.char(at, end) else { return end };
        let after = at + c.len_utf8();
        if is_word(c) {
            return self.word(at, end);
        }
        let to = match c {
            '\'' | '’' => self.apostrophe(at, end),
            '.' if self.starts_number(at, after, end) => return self.word(at, end),
            '.' | '-' | '+' | '=' | '*' | '~' | '<' | '>' | '`' | '·' | '•' => {
                self.run(at, end, |x| x == c)
            }
            '!' | '?' => self.run(at, end, |x| matches!(x, '!' | '?')),
            '#' | '@' if self.char(after, end).is_some_and(|n| n.is_alphabetic()) => {
                self.run(after, end, is_word)
            }
            _ => after,
        };
        let to = self.run(to, end, is_joiner);
        self.push(at, to);
        to
    }

    /// End of the run of characters that `keep` accepts.
    fn run(&self, at: usize, end: usize, keep: impl Fn(char) -> bool) -> usize {
        self.text[at..end].find(|c: char| !keep(c)).map_or(end, |i| at + i)
    }

    /// `.5`, not glued to a word.
    fn starts_number(&self, at: usize, after: usize, end: usize) -> bool {
        self.char(after, end).is_some_and(|c| c.is_ascii_digit()) && !self.before(at).is_some_and(is_word)
    }

    /// `'s` and its like after a word, `'em` and `'80s`, a doubled quotation mark, or the mark alone.
    fn apostrophe(&self, at: usize, end: usize) -> usize {
        let after = self.run(at, end, |c| matches!(c, '\'' | '’'));
        let first = at + self.char(at, end).map_or(1, char::len_utf8);
        let letters = self.run(first, end, is_word);
        let tail = &self.text[first..letters];
        let glued =
            self.tokens.last().is_some_and(|t| t.end as usize == at) && self.before(at).is_some_and(is_word);
        if after > first {
            return after;
        }
        let elision = is_any(tail, &["em", "til", "tis", "twas", "cause"]) || is_decade(tail);
        if (glued && is_clitic(tail)) || (!glued && elision) { letters } else { first }
    }

    /// A token that begins with a letter or digit.
    fn word(&mut self, at: usize, end: usize) -> usize {
        if let Some(to) = self.acronym(at, end) {
            self.push(at, to);
            return to;
        }
        let mut to = at;
        loop {
            to = self.run(to, end, is_word);
            match self.inside(at, to, end) {
                Inside::Goes(next) => to = next,
                Inside::Ends(stop) => return self.split(at, stop),
                Inside::Negation(cut, stop) => {
                    if cut > at {
                        self.push(at, cut);
                    }
                    self.push(cut.max(at), stop);
                    return stop;
                }
            }
        }
    }

    /// What the mark at `to`, inside or after the word that began at `at`, does.
    fn inside(&self, at: usize, to: usize, end: usize) -> Inside {
        let Some(mark) = self.char(to, end) else { return Inside::Ends(to) };
        let after = to + mark.len_utf8();
        let (before, next) = (self.before(to), self.char(after, end));
        let digits = before.is_some_and(is_digit) && next.is_some_and(is_digit);
        let goes = match mark {
            '.' if to == at => true,
            '.' | ',' | ':' | '/' if digits => true,
            '.' => return self.stop(at, to, end),
            '\'' | '’' => return self.inner_apostrophe(at, to, end),
            '&' => before.is_some_and(char::is_uppercase) && next.is_some_and(char::is_uppercase),
            '-' => self.joins(at, to, after, end),
            '$' => to - at <= 3 && self.text[at..to].bytes().all(|b| b.is_ascii_uppercase()),
            _ => false,
        };
        match (goes, mark) {
            (true, '$') => Inside::Ends(after),
            (true, _) => Inside::Goes(after),
            (false, _) => Inside::Ends(to),
        }
    }

    /// A full stop after the word `at..to`: part of an abbreviation or address, or a stop.
    fn stop(&self, at: usize, to: usize, end: usize) -> Inside {
        let word = &self.text[at..to];
        let next = self.char(to + 1, end);
        if next.is_some_and(|c| c.is_lowercase() || is_digit(c)) && word.chars().any(char::is_alphabetic) {
            return Inside::Goes(to + 1);
        }
        let keeps = match self.words.abbreviation(word) {
            Some(Stop::Always) => next.is_none_or(|c| c != '.'),
            Some(Stop::BeforeCapital) => self.follows(to + 1, |c| c.is_uppercase() || is_digit(c)),
            Some(Stop::BeforeNumber) => self.follows(to + 1, is_digit),
            None => false,
        };
        if keeps { Inside::Ends(to + 1) } else { Inside::Ends(to) }
    }

    /// Whether the next character after blanks (on the same line) is one that `wanted` accepts.
    fn follows(&self, at: usize, wanted: impl Fn(char) -> bool) -> bool {
        self.text[at..].chars().find(|c| !matches!(c, ' ' | '\t' | '\u{a0}')).is_some_and(wanted)
    }

    /// An apostrophe after the word `at..to`.
    fn inner_apostrophe(&self, at: usize, to: usize, end: usize) -> Inside {
        let after = to + self.char(to, end).map_or(1, char::len_utf8);
        let letters = self.run(after, end, is_word);
        let tail = &self.text[after..letters];
        if is_any(tail, &["t"]) && self.text[at..to].ends_with(['n', 'N']) {
            return Inside::Negation(to - 1, letters);
        }
        if tail.is_empty() || is_clitic(tail) || is_digit(self.before(to).unwrap_or(' ')) {
            return Inside::Ends(to);
        }
        Inside::Goes(after)
    }

    /// Whether the hyphen at `to` joins: a prefix (`non-`) or a telephone number.
    fn joins(&self, at: usize, to: usize, after: usize, end: usize) -> bool {
        let word = &self.text[at..to];
        match self.char(after, end) {
            Some(c) if c.is_ascii_digit() => is_phone(&self.text[at..self.phone_end(at)]),
            Some(c) if is_word(c) => self.words.is_prefix(word),
            _ => false,
        }
    }

    /// End of the digits and hyphens at `at`, at most 24 of them.
    fn phone_end(&self, at: usize) -> usize {
        let run = |b: &u8| b.is_ascii_digit() || *b == b'-';
        at + self.text.as_bytes()[at..].iter().take(24).take_while(|b| run(b)).count()
    }

    /// `U.S.`, `a.m.`, and the initial in `J. Smith`.
    fn acronym(&self, at: usize, end: usize) -> Option<usize> {
        let (mut to, mut letters) = (at, 0);
        while let Some(c) = self.char(to, end).filter(|c| letters < 12 && c.is_alphabetic()) {
            let stop = to + c.len_utf8();
            match self.char(stop, end) {
                Some('.') => (to, letters) = (stop + 1, letters + 1),
                next => {
                    let bare = letters > 0 && !next.is_some_and(is_word);
                    to = if bare { stop } else { to };
                    letters += usize::from(bare);
                    break;
                }
            }
        }
        match letters {
            0 => None,
            1 => self.is_initial(at, to).then_some(to),
            _ if self.char(to, end).is_some_and(is_word) => None,
            _ => Some(to),
        }
    }

    /// A single letter with its stop, before a capital: an initial, unless it ends a sentence (`… and I. Then`).
    fn is_initial(&self, at: usize, to: usize) -> bool {
        let capital = self.char(at, to).is_some_and(char::is_uppercase);
        let pronoun = &self.text[at..to] == "I."
            && self.tokens.last().is_some_and(|t| t.text(self.text).starts_with(char::is_lowercase));
        capital && !pronoun && self.follows(to, |c| c.is_uppercase() || c == '-')
    }

    /// Cuts what is written together but is two words: `5pm`, `cannot`.
    fn split(&mut self, at: usize, to: usize) -> usize {
        match self.cut(&self.text[at..to]) {
            Some(cut) if cut > 0 && at + cut < to => {
                self.push(at, at + cut);
                self.push(at + cut, to);
            }
            _ => self.push(at, to),
        }
        to
    }

    fn cut(&self, word: &str) -> Option<usize> {
        let first = word.chars().next()?;
        if is_digit(first) || first == '.' {
            let unit = word.find(|c: char| c.is_alphabetic())?;
            return self.words.is_unit(word[unit..].trim_end_matches('.')).then_some(unit);
        }
        match word.len() {
            6 if word.eq_ignore_ascii_case("cannot") => Some(3),
            5 if is_any(word, &["gonna", "gotta", "wanna"]) => Some(3),
            _ => None,
        }
    }
}

/// What a mark inside a word does.
enum Inside {
    /// The word goes on behind it.
    Goes(usize),
    /// The word ends here.
    Ends(usize),
    /// `n't`: where it begins and ends.
    Negation(usize, usize),
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_joiner(c)
}

fn is_digit(c: char) -> bool {
    c.is_numeric() && !c.is_alphabetic()
}

/// Marks and invisible characters that belong to the character before them (or to the word they stand in).
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{e0100}'..='\u{e01ef}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{93c}' | '\u{94d}' | '\u{9cd}')
}

fn is_any(word: &str, list: &[&str]) -> bool {
    list.iter().any(|w| word.eq_ignore_ascii_case(w))
}

fn is_clitic(tail: &str) -> bool {
    tail.len() <= 2 && is_any(tail, &["s", "re", "ve", "ll", "d", "m"])
}

/// `80s` in `'80s`.
fn is_decade(tail: &str) -> bool {
    tail.len() == 3 && tail.ends_with('s') && tail[..2].bytes().all(|b| b.is_ascii_digit())
}

/// Digits in groups with the sizes of a telephone number: the last has four, there are seven or more.
fn is_phone(run: &str) -> bool {
    let mut groups = run.split('-');
    let last = groups.next_back().map_or(0, str::len);
    let (count, sizes) = groups.fold((0, last), |(n, sum), g| (n + 1, sum + g.len()));
    last == 4 && sizes >= 7 && run.len() <= 20 && (count > 1 || (run.len() == 8 && run.as_bytes()[3] == b'-'))
}

#[cfg(test)]
mod tests;
