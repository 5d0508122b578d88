//! A person's name cut into words, and whether two such names can be one person's.

use super::Names;
use super::decision::Features;
use super::sounds::Alignment;
use crate::people::People;

/// Most words of a name that are compared.
const MOST_WORDS: usize = 10;

/// A person's name without titles.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonName {
    /// Its words in the order they are written, or given names first where a comma says which is the surname.
    pub words: Vec<NameWord>,
    /// Whether a comma tells which words are the surname.
    pub inverted: bool,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct NameWord {
    /// As written.
    pub text: String,
    /// In plain lower-case letters, for quick comparison.
    pub plain: String,
    /// What it is to the name.
    pub part: Part,
    /// What an agreement in it tells: about 1 for a usual word, less for a short or a very common one.
    pub weight: f32,
}

/// What a word is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A name.
    Name,
    /// The first letter of a name.
    Initial,
    /// An article or “son of” (`al`, `bin`, `de`), or an ending (`Jr`): no name by itself.
    Particle,
    /// A title that may be there or not (`Haji`).
    Honorific,
    /// The surname, where a comma tells it.
    Surname,
}

impl PersonName {
    /// Cuts up a name as written: `Dr. Ana de Venn`, `VENN, Ana`.
    pub fn read(written: &str, people: &People, names: &Names) -> Self {
        let (surname, given) = match written.split_once(',') {
            Some((surname, given)) if !given.trim().is_empty() && !names.is_ending(given) => (surname, given),
            _ => ("", written),
        };
        let mut words = words(given, people, names);
        let inverted = !surname.is_empty();
        words.extend(self::words(surname, people, names).into_iter().map(|mut word| {
            if word.part == Part::Name {
                word.part = Part::Surname;
            }
            word
        }));
        words.truncate(MOST_WORDS);
        Self { words, inverted }
    }

    /// Whether there is more than a single word that is a name.
    pub fn is_full(&self) -> bool {
        self.telling().len() > 1
    }

    /// Numbers of the words that are names or initials.
    pub fn telling(&self) -> Vec<usize> {
        let words = self.words.iter().enumerate();
        words.filter(|(_, w)| !matches!(w.part, Part::Particle | Part::Honorific)).map(|(i, _)| i).collect()
    }

    /// Whether no word is left.
    pub fn is_empty(&self) -> bool {
        self.telling().is_empty()
    }
}

fn words(written: &str, people: &People, names: &Names) -> Vec<NameWord> {
    let words: Vec<&str> = written.split([' ', '\u{a0}', ',', '،']).filter(|w| !w.is_empty()).collect();
    let title = people.title(&words).map_or(0, |(n, _)| n).min(words.len().saturating_sub(1));
    let pieces = words[title..].iter().flat_map(|word| word.split(['-', '–', '‐', '·', '・', '•']));
    pieces.flat_map(|piece| dotted(piece)).filter_map(|piece| word(piece, names)).collect()
}

/// `J.R.` as `J.` and `R.`; other words whole.
fn dotted(piece: &str) -> Vec<&str> {
    let parts: Vec<&str> = piece.split_inclusive('.').collect();
    let initials = parts.len() > 1 && parts.iter().all(|p| p.trim_end_matches('.').chars().count() == 1);
    if initials { parts } else { vec![piece] }
}

fn word(piece: &str, names: &Names) -> Option<NameWord> {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
    let plain = super::script::romanised(bare);
    if plain.is_empty() {
        return None;
    }
    let letters = bare.chars().count();
    let part = match () {
        () if letters > 1 && names.is_particle(&plain) => Part::Particle,
        () if names.is_honorific(&plain) => Part::Honorific,
        () if letters == 1 && bare.is_ascii() || letters <= 3 && piece.ends_with('.') => Part::Initial,
        () => Part::Name,
    };
    let weight = names.rarity(bare).min(1.5 + plain.chars().count() as f32) / 10.0;
    Some(NameWord { text: bare.to_owned(), plain, part, weight })
}

/// Two words of two names that face one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Facing {
    /// Words of the first name; two where the other name writes them as one.
    pub left: std::ops::Range<usize>,
    /// Words of the second name.
    pub right: std::ops::Range<usize>,
    /// How alike they are: 1 for equal, below 0 for strangers.
    pub likeness: f32,
    /// Why they face one another.
    pub by: By,
}

/// Why two words face one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// They are spelt alike, or as two conventions spell one name.
    Sound,
    /// One is the first letter of the other.
    Initial,
    /// They are forms of one given name (`Bob`, `Robert`).
    ShortForm,
}

/// What came of comparing two names.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Words that face one another, in order of the first name.
    pub pairs: Vec<Facing>,
    /// Words of the first and of the second name without a counterpart.
    pub unmatched: (Vec<usize>, Vec<usize>),
    /// The decision.
    pub verdict: Verdict,
    /// Chance that the two names are one person's, 0 to 1, as learned on pairs of public lists.
    pub chance: f32,
}

/// Whether two names can be one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One person.
    Same,
    /// Two people who share a name: one surname, given names that cannot be one.
    Namesakes,
    /// Two people.
    Apart,
}

impl Names {
    /// Compares two names of people.
    pub fn compare(&self, a: &PersonName, b: &PersonName) -> Comparison {
        let pairs = self.facing(a, b);
        let taken = |range: fn(&Facing) -> std::ops::Range<usize>, i: usize| {
            pairs.iter().any(|p| range(p).contains(&i))
        };
        let names = PersonName::telling;
        let left = names(a).into_iter().filter(|&i| !taken(|p| p.left.clone(), i)).collect();
        let right = names(b).into_iter().filter(|&i| !taken(|p| p.right.clone(), i)).collect();
        let mut found = Comparison { pairs, unmatched: (left, right), verdict: Verdict::Apart, chance: 0.0 };
        found.chance = self.matching().decision.chance(&Features::of(a, b, &found));
        found.verdict = match () {
            () if found.chance >= self.matching().decision.threshold && !middles_clash(a, b, &found) => {
                Verdict::Same
            }
            () if namesakes(a, b, &found) => Verdict::Namesakes,
            () => Verdict::Apart,
        };
        found
    }

    /// Chance from which [`Names::compare`] joins two names.
    pub fn joined_from(&self) -> f32 {
        self.matching().decision.threshold
    }

    /// Whether two single words can be one surname in two spellings.
    pub fn same_surname(&self, a: &str, b: &str) -> bool {
        self.likeness(a, b) >= SURNAME
    }

    /// How two words are laid side by side, letter group by letter group.
    pub fn letters(&self, a: &str, b: &str) -> Option<Alignment> {
        self.matching().sounds.align(a, b)
    }

    /// How alike two words of names are: 1 for equal, below 0 for strangers.
    pub fn likeness(&self, a: &str, b: &str) -> f32 {
        self.matching().sounds.likeness(a, b)
    }

    /// A slip of the pen is no sound: two neighbours swapped (`John`, `Jhon`).
    fn slip(a: &str, b: &str) -> bool {
        let differ: Vec<usize> =
            a.bytes().zip(b.bytes()).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
        let (a, b) = (a.as_bytes(), b.as_bytes());
        matches!(differ[..], [i, j] if j == i + 1 && a.len() == b.len() && a[i] == b[j] && a[j] == b[i])
    }

    /// The pairs of words of two names that go together best, each word in at most one.
    fn facing(&self, a: &PersonName, b: &PersonName) -> Vec<Facing> {
        let mut all: Vec<Facing> = Vec::new();
        for (left, x) in spans(a) {
            for (right, y) in spans(b) {
                if left.len() > 1 && right.len() > 1 {
                    continue;
                }
                all.extend(self.fit(&x, &y, left.len() + right.len() == 2).map(|(likeness, by)| Facing {
                    left: left.clone(),
                    right: right.clone(),
                    likeness,
                    by,
                }));
            }
        }
        let gain = |f: &Facing| f.likeness * (f.left.len() + f.right.len()) as f32 - order(f, a, b);
        all.sort_by(|x, y| {
            gain(y)
                .total_cmp(&gain(x))
                .then(x.left.start.cmp(&y.left.start))
                .then(x.right.start.cmp(&y.right.start))
        });
        let mut chosen: Vec<Facing> = Vec::new();
        for pair in all {
            let free = |c: &Facing| !overlaps(&c.left, &pair.left) && !overlaps(&c.right, &pair.right);
            if chosen.iter().all(free) {
                chosen.push(pair);
            }
        }
        chosen.sort_by_key(|p| p.left.start);
        chosen
    }

    fn fit(&self, x: &Joint<'_>, y: &Joint<'_>, single: bool) -> Option<(f32, By)> {
        if x.plain == y.plain {
            return Some((1.0, By::Sound));
        }
        if single && (x.part == Part::Initial || y.part == Part::Initial) {
            return initial(x, y).then_some((0.75, By::Initial));
        }
        if x.plain.len() < 2 || y.plain.len() < 2 {
            return None;
        }
        let likeness = self.likeness(&x.text, &y.text);
        let short = single && likeness < 0.9 && self.short_form(&x.plain, &y.plain);
        if single && x.plain.len() > 3 && Self::slip(&x.plain, &y.plain) {
            return Some((0.8, By::Sound));
        }
        match short {
            true => Some((0.9, By::ShortForm)),
            false => (likeness >= 0.2).then_some((likeness, By::Sound)),
        }
    }

    fn short_form(&self, a: &str, b: &str) -> bool {
        let (a, b) = (self.keys(a), self.keys(b));
        let equal = a.iter().any(|x| b.contains(x));
        !equal && a.iter().any(|x| b.iter().any(|y| self.same_given(x, y)))
    }
}

/// Whether both give middle names of one number that disagree (`George A. Venn`, `George B. Venn`).
fn middles_clash(a: &PersonName, b: &PersonName, found: &Comparison) -> bool {
    let middle = |name: &PersonName| {
        let words = name.telling();
        words.get(1..words.len().saturating_sub(1)).map(<[usize]>::to_vec).unwrap_or_default()
    };
    let (left, right) = (middle(a), middle(b));
    let initial = left.iter().any(|&i| a.words[i].part == Part::Initial)
        || right.iter().any(|&i| b.words[i].part == Part::Initial);
    let lost = left.iter().all(|i| found.unmatched.0.contains(i))
        && right.iter().all(|i| found.unmatched.1.contains(i));
    initial && left.len() == right.len() && !left.is_empty() && lost
}

/// Whether both end in one surname and begin with names that cannot be one.
fn namesakes(a: &PersonName, b: &PersonName, found: &Comparison) -> bool {
    let (left, right) = (a.telling(), b.telling());
    let (Some(x), Some(y)) = (left.last(), right.last()) else { return false };
    let surname =
        found.pairs.iter().any(|p| p.left.contains(x) && p.right.contains(y) && p.likeness >= SURNAME);
    let given = left.first().zip(right.first()).is_some_and(|(x, y)| {
        found
            .pairs
            .iter()
            .any(|p| p.left.contains(x) && p.right.contains(y) && (p.likeness >= GIVEN || p.by != By::Sound))
    });
    left.len() > 1 && right.len() > 1 && surname && !given
}

/// Likeness from which two surnames count as one, and two given names as possibly one.
const SURNAME: f32 = 0.8;
const GIVEN: f32 = 0.6;

/// One or two words of a name, written together.
struct Joint<'a> {
    text: std::borrow::Cow<'a, str>,
    plain: std::borrow::Cow<'a, str>,
    part: Part,
}

/// The words of a name that are no particles, and every two neighbours joined.
fn spans(name: &PersonName) -> Vec<(std::ops::Range<usize>, Joint<'_>)> {
    let words = &name.words;
    let single =
        words.iter().enumerate().filter(|(_, w)| w.part != Part::Particle).map(|(i, w)| {
            (i..i + 1, Joint { text: (&w.text).into(), plain: (&w.plain).into(), part: w.part })
        });
    let joined = [2, 3].into_iter().flat_map(|n| {
        words.windows(n).enumerate().filter(|(_, w)| joins(w)).map(|(i, w)| {
            let text: String = w.iter().map(|w| w.text.as_str()).collect();
            let plain: String = w.iter().map(|w| w.plain.as_str()).collect();
            (i..i + w.len(), Joint { text: text.into(), plain: plain.into(), part: Part::Name })
        })
    });
    single.chain(joined).collect()
}

/// Whether neighbours may be written as one word: `Abd al-Aziz`, `Abdulaziz`.
fn joins(words: &[NameWord]) -> bool {
    let inner = words.get(1..words.len() - 1).unwrap_or_default();
    words.iter().all(|w| w.part != Part::Initial) && inner.iter().all(|w| w.part == Part::Particle)
}

fn overlaps(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A little less for words that stand elsewhere in the other name.
fn order(pair: &Facing, a: &PersonName, b: &PersonName) -> f32 {
    let place = |at: usize, of: usize| at as f32 / of.max(1) as f32;
    let (x, y) = (place(pair.left.start, a.words.len()), place(pair.right.start, b.words.len()));
    0.05 * (x - y).abs()
}

fn initial(x: &Joint<'_>, y: &Joint<'_>) -> bool {
    sounds_alike(x.plain.chars().next(), y.plain.chars().next())
}

/// Whether two first letters are one, or stand for one sound in different languages.
fn sounds_alike(a: Option<char>, b: Option<char>) -> bool {
    const ALIKE: [&str; 7] = ["gkhcqx", "dt", "bp", "iyje", "vwfo", "szc", "au"];
    match (a, b) {
        (Some(a), Some(b)) => a == b || ALIKE.iter().any(|set| set.contains(a) && set.contains(b)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    fn verdict(lexicon: &Lexicon, a: &str, b: &str) -> (Verdict, f32) {
        let read = |name: &str| PersonName::read(name, &lexicon.people, &lexicon.names);
        let found = lexicon.names.compare(&read(a), &read(b));
        (found.verdict, found.chance)
    }

    #[test]
    fn the_pairs_of_the_data_file_hold() {
        let lexicon = Lexicon::load();
        let mut wrong = Vec::new();
        for line in crate::lines::entries(include_str!("../../data/names/people-pairs.txt")) {
            let (mark, expected) = match () {
                () if line.contains(" = ") => (" = ", Verdict::Same),
                () if line.contains(" ! ") => (" ! ", Verdict::Namesakes),
                () => (" | ", Verdict::Apart),
            };
            let (a, b) = line.split_once(mark).expect("two names");
            let ((found, chance), (back, _)) = (verdict(&lexicon, a, b), verdict(&lexicon, b, a));
            if found != expected || back != expected {
                wrong.push(format!("{line}: {found:?} {back:?} {chance:.3}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn words_have_their_parts() {
        let lexicon = Lexicon::load();
        let read = |name: &str| PersonName::read(name, &lexicon.people, &lexicon.names);
        let parts =
            |name: &str| read(name).words.iter().map(|w| (w.text.clone(), w.part)).collect::<Vec<_>>();
        assert_eq!(parts("VENN, Ana"), [("Ana".into(), Part::Name), ("VENN".into(), Part::Surname)]);
        assert_eq!(
            parts("Mr. J.R. Hallow, Jr.")[..2],
            [("J".into(), Part::Initial), ("R".into(), Part::Initial)]
        );
        assert_eq!(parts("Haji Omar al-Venn")[0].1, Part::Honorific);
        assert!(read("al").is_empty() && read("—").is_empty() && !read("Venn").is_full());
    }

    #[test]
    fn odd_names_do_no_harm() {
        let lexicon = Lexicon::load();
        for (a, b) in
            [("", "—"), ("al", "el"), ("王毅", "X"), ("\u{202e}مح", "𝕏𝕐 ﷺ"), (&"x".repeat(90_000), "y")]
        {
            assert_eq!(verdict(&lexicon, a, b).0, Verdict::Apart, "{a}");
        }
    }
}
