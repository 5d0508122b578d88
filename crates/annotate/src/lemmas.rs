//! Lemmas: the encoder names a rule (`lower|cut|add`), irregular forms are looked up.

/// How to make a lemma of a word: lower its case or not, cut letters off its end, add others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LemmaRule {
    lower: bool,
    /// Letters to cut off; `None` replaces the whole word.
    cut: Option<usize>,
    add: String,
}

impl LemmaRule {
    /// The rule `lower|cut|add`; `R|0|word` replaces the word. What cannot be read leaves the word as it is.
    pub(crate) fn parse(rule: &str) -> Self {
        let mut parts = rule.splitn(3, '|');
        let (lower, cut, add) = (parts.next(), parts.next(), parts.next());
        match (lower, cut.and_then(|c| c.parse().ok()), add) {
            (Some("R"), _, Some(add)) => Self { lower: false, cut: None, add: add.to_owned() },
            (Some(lower), Some(cut), Some(add)) => {
                Self { lower: lower == "1", cut: Some(cut), add: add.to_owned() }
            }
            _ => Self { lower: false, cut: Some(0), add: String::new() },
        }
    }

    /// The lemma of `word`.
    pub(crate) fn apply(&self, word: &str) -> String {
        let Some(cut) = self.cut else { return self.add.clone() };
        let mut lemma = if self.lower { word.to_lowercase() } else { word.to_owned() };
        let keep = match cut {
            0 => lemma.len(),
            cut => lemma.char_indices().rev().nth(cut - 1).map_or(lemma.len(), |(at, _)| at),
        };
        if keep == 0 && self.add.is_empty() {
            return lemma;
        }
        lemma.truncate(keep);
        lemma.push_str(&self.add);
        lemma
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(rule: &str, word: &str) -> String {
        LemmaRule::parse(rule).apply(word)
    }

    #[test]
    fn rules_cut_and_add() {
        assert_eq!(lemma("1|3|y", "Parties"), "party");
        assert_eq!(lemma("1|1|ve", "has"), "have");
        assert_eq!(lemma("0|0|", "Norvik"), "Norvik");
        assert_eq!(lemma("R|0|be", "was"), "be");
        assert_eq!(lemma("1|2|", "Élus"), "él");
    }

    #[test]
    fn a_lemma_is_never_empty() {
        assert_eq!(lemma("1|1|", "a"), "a");
        assert_eq!(lemma("1|9|", "ab"), "ab");
        assert_eq!(lemma("nonsense", "ab"), "ab");
    }
}
