//! Whether two names, as written in two reports, can be one.

use lexicon::Lexicon;
use lexicon::names::person::{Part, PersonName, Verdict};

/// A name cut into words, each with its spelling keys.
#[derive(Clone, Debug)]
pub(crate) struct NameParts {
    name: PersonName,
    /// Keys of the words that are names, in order.
    keys: Vec<Vec<String>>,
}

impl NameParts {
    /// A person's name without titles; an empty name if nothing is left.
    pub(crate) fn person(name: &str, lexicon: &Lexicon) -> Self {
        let name = PersonName::read(name, &lexicon.people, &lexicon.names);
        let words = name.telling().into_iter().map(|i| &name.words[i]);
        let keys = words.filter(|w| w.part != Part::Initial).map(|w| lexicon.names.keys(&w.text)).collect();
        Self { name, keys }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.name.is_empty()
    }

    /// Whether there is more than one word.
    pub(crate) fn is_full(&self) -> bool {
        self.name.is_full()
    }

    /// The keys of the last word: the surname in most of the world's press.
    pub(crate) fn surname(&self) -> &[String] {
        self.keys.last().map_or(&[], Vec::as_slice)
    }

    /// Keys under which a name that can be the same is found: consonants of every word.
    pub(crate) fn blocks(&self) -> Vec<String> {
        self.keys.iter().flatten().map(|key| skeleton(key)).collect()
    }

    /// Whether two full names can be one person's.
    pub(crate) fn same_person(&self, other: &Self, lexicon: &Lexicon) -> bool {
        self.is_full() && other.is_full() && self.verdict(other, lexicon) == Verdict::Same
    }

    /// Whether both have one surname but given names that cannot be one.
    pub(crate) fn is_namesake(&self, other: &Self, lexicon: &Lexicon) -> bool {
        self.verdict(other, lexicon) == Verdict::Namesakes
    }

    fn verdict(&self, other: &Self, lexicon: &Lexicon) -> Verdict {
        lexicon.names.compare(&self.name, &other.name).verdict
    }
}

/// A key's consonants; a vowel at the front stays as `a`.
fn skeleton(key: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    let front = if key.starts_with(vowel) { "a" } else { "" };
    front.chars().chain(key.chars().filter(|c| !vowel(*c))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let lexicon = Lexicon::load();
        NameParts::person(a, &lexicon).same_person(&NameParts::person(b, &lexicon), &lexicon)
    }

    #[test]
    fn spellings_initials_and_short_forms_agree() {
        for (a, b) in [
            ("Vladimir Poutine", "Wladimir Putin"),
            ("Sergueï Choïgou", "Sergei Shoigu"),
            ("S. Lawrow", "Sergej Lavrov"),
            ("Muammar Gaddafi", "Muammar Kadhafi"),
            ("Bob Hallow", "Robert Hallow"),
            ("Omar Abd al-Rahman", "Umar Abd Al Rahman"),
            ("Mr. Jens Stoltenberg", "Jens Stoltenberg"),
            ("José Gutiérrez Reyes", "Jose Gutierrez"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn namesakes_and_strangers_stay_apart() {
        for (a, b) in [
            ("Ana Hallow", "Robert Hallow"),
            ("Robert Hallow", "Robert Venn"),
            ("Xi Jinping", "Li Keqiang"),
            ("George A. Venn", "George B. Venn"),
            ("Joan Miller", "Jane Mailer"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn odd_names_do_no_harm() {
        assert!(!same("", "—") && !same("al", "el") && !same("王毅", "X"));
    }
}
