//! Lemmas: irregular forms and verbs in a silent e are looked up, the others follow the rules of English inflection;
//! the encoder's own rule (`lower|cut|add`) decides on capitals.

use lexicon::lemmas::{Inflection, Lemmas};
use record::Xpos;

/// The lemma of a word with its Penn tag; `guess` is what the encoder proposes.
pub(crate) fn lemma(word: &str, tag: Xpos, guess: impl Fn() -> String, lemmas: &Lemmas) -> String {
    use Xpos::*;
    if matches!(tag, Nnp) || !word.contains(char::is_alphabetic) {
        return word.to_owned();
    }
    let form = word.to_lowercase().replace('’', "'");
    let found = |kind| lemmas.irregular(kind, &form).map(str::to_owned);
    match tag {
        Vbz | Vbd | Vbn => found(Inflection::Verb).unwrap_or_else(|| finite(&form, lemmas)),
        Vbg => found(Inflection::Verb).unwrap_or_else(|| present(&form, lemmas)),
        Vbp | Md | Vb => found(Inflection::Verb).filter(|l| base_may_differ(&form, l)).unwrap_or(form),
        Nns => found(Inflection::Noun).or_else(|| compound(&form)).unwrap_or_else(|| singular(&form)),
        Nnps => proper_singular(word),
        Jjr | Jjs | Rbr | Rbs if matches!(form.as_str(), "more" | "most" | "less" | "least") => form,
        Jjr | Jjs | Rbr | Rbs => found(Inflection::Degree).unwrap_or_else(|| positive(&form, guess)),
        Prp => found(Inflection::Pronoun).unwrap_or_else(|| if form == "i" { "I".into() } else { form }),
        Dt => found(Inflection::Determiner).unwrap_or(form),
        Wp => found(Inflection::Pronoun).unwrap_or(form),
        Rb if matches!(form.as_str(), "n't" | "nt") => "not".to_owned(),
        _ if word.starts_with(char::is_uppercase) && guess() == word => word.to_owned(),
        _ => form,
    }
}

/// In base position only the forms of `be`, `have` and the modals differ from their lemma.
fn base_may_differ(form: &str, lemma: &str) -> bool {
    matches!(lemma, "be" | "can" | "will" | "shall" | "may") || form.starts_with('\'')
}

/// Last parts of compounds that keep their own plural (`gunmen`, `grandchildren`).
const LAST_PARTS: [(&str, &str); 5] =
    [("men", "man"), ("children", "child"), ("wives", "wife"), ("feet", "foot"), ("teeth", "tooth")];

/// The singular of a compound whose last part has a plural of its own.
fn compound(form: &str) -> Option<String> {
    let mut parts = LAST_PARTS.iter();
    parts.find_map(|(many, one)| Some(form.strip_suffix(many).filter(|s| s.len() > 1)?.to_owned() + one))
}

/// Without the ending of plural nouns and of the third person.
fn singular(form: &str) -> String {
    let cut = |n: usize, add: &str| format!("{}{add}", &form[..form.len() - n]);
    match form {
        f if f.len() > 4 && f.ends_with("ies") => cut(3, "y"),
        f if ["sses", "shes", "ches", "xes", "zzes"].iter().any(|e| f.ends_with(e)) => cut(2, ""),
        f if f.len() > 4 && f.ends_with("oes") => cut(2, ""),
        f if f.ends_with("ss") || f.ends_with("us") || f.ends_with("is") || f.len() < 3 => form.to_owned(),
        f if f.ends_with("'s") => cut(2, ""),
        f if f.ends_with('s') => cut(1, ""),
        _ => form.to_owned(),
    }
}

fn proper_singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => word.strip_suffix('s').filter(|s| s.len() > 2 && !s.ends_with('s')).unwrap_or(word).to_owned(),
    }
}

/// The base of a regular finite form; its ending decides, as the tag is wrong at times.
fn finite(form: &str, lemmas: &Lemmas) -> String {
    if form.ends_with('s') { singular(form) } else { past(form, lemmas) }
}

fn past(form: &str, lemmas: &Lemmas) -> String {
    if let Some(stem) = form.strip_suffix("ied") {
        return format!("{stem}y");
    }
    match form.strip_suffix("ed") {
        Some(stem) if stem.len() > 1 && stem.contains(is_vowel) => base(stem, lemmas),
        _ => form.to_owned(),
    }
}

fn present(form: &str, lemmas: &Lemmas) -> String {
    match form.strip_suffix("ing").or_else(|| form.strip_suffix("in'")) {
        Some(stem) if stem.len() > 1 && stem.contains(is_vowel) => base(stem, lemmas),
        _ => form.to_owned(),
    }
}

/// The base form of a verb of which `stem` is left.
fn base(stem: &str, lemmas: &Lemmas) -> String {
    let with_e = format!("{stem}e");
    if lemmas.has_final_e(&with_e) {
        return with_e;
    }
    if let Some(single) = undoubled(stem, lemmas) {
        return single.to_owned();
    }
    if wants_e(stem) {
        return with_e;
    }
    if is_short(stem) { with_e } else { stem.to_owned() }
}

/// One syllable that ends in a vowel and a consonant: without a silent e the consonant would be doubled (`hoping`).
fn is_short(stem: &str) -> bool {
    let vowel = |b: &u8| is_vowel(*b as char);
    match stem.as_bytes() {
        [first @ .., v, c] => {
            vowel(v) && !vowel(c) && !first.iter().any(vowel) && !matches!(c, b'w' | b'x' | b'h')
        }
        _ => false,
    }
}

/// Endings that only verbs in a silent e leave.
fn wants_e(stem: &str) -> bool {
    let ends = |list: &[&str]| list.iter().any(|e| stem.ends_with(e));
    let single_s = stem.ends_with('s') && !stem.ends_with("ss");
    single_s
        || ends(&[
            "iz", "yz", "v", "c", "dg", "rg", "u", "bl", "cl", "dl", "fl", "gl", "kl", "pl", "tl", "zl",
        ])
        || (stem.ends_with('e') && !stem.ends_with("ee"))
        || (stem.len() > 4 && ends(&["iat", "uat", "rat", "lat", "cat", "nat", "gat", "dat", "tat", "pat"]))
}

/// The stem without its doubled last consonant (`stopp` → `stop`).
fn undoubled<'s>(stem: &'s str, lemmas: &Lemmas) -> Option<&'s str> {
    let bytes = stem.as_bytes();
    let (last, before) = (*bytes.last()?, *bytes.get(bytes.len().checked_sub(2)?)?);
    let single = stem.get(..stem.len() - 1)?;
    let doubled = last == before && last.is_ascii_alphabetic() && !is_vowel(last as char);
    match last {
        _ if !doubled || stem.len() < 4 => None,
        b'l' => lemmas.has_single_l(single).then_some(single),
        b's' | b'z' | b'f' => None,
        b't' if stem == "boycott" => None,
        _ => Some(single),
    }
}

/// The positive of a comparative or superlative.
fn positive(form: &str, guess: impl Fn() -> String) -> String {
    let Some(stem) = form.strip_suffix("est").or_else(|| form.strip_suffix("er")) else {
        return form.to_owned();
    };
    if let Some(y) = stem.strip_suffix('i') {
        return format!("{y}y");
    }
    let bytes = stem.as_bytes();
    let doubled = matches!(bytes, [_, .., a, b] if a == b && a.is_ascii_alphabetic());
    match stem {
        s if doubled && !s.ends_with("ll") && !s.ends_with("ss") => s[..s.len() - 1].to_owned(),
        s if ["rg", "v", "c", "s", "bl", "pl", "tl", "dl", "tr", "fre", "at", "af", "ur"]
            .iter()
            .any(|e| s.ends_with(e))
            && !s.ends_with("eat") =>
        {
            format!("{s}e")
        }
        "" => form.to_owned(),
        s => Some(guess()).filter(|g| g.strip_suffix('e') == Some(s)).unwrap_or_else(|| s.to_owned()),
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

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
    use lexicon::Lexicon;

    fn check(tag: Xpos, pairs: &[(&str, &str)]) {
        let lexicon = Lexicon::load();
        for (word, expected) in pairs {
            assert_eq!(lemma(word, tag, String::new, &lexicon.lemmas), *expected, "{word}");
        }
    }

    #[test]
    fn verbs() {
        check(
            Xpos::Vbd,
            &[("was", "be"), ("said", "say"), ("voted", "vote"), ("visited", "visit"), ("stopped", "stop")],
        );
        check(
            Xpos::Vbn,
            &[("denied", "deny"), ("cancelled", "cancel"), ("called", "call"), ("agreed", "agree")],
        );
        check(
            Xpos::Vbg,
            &[("negotiating", "negotiate"), ("dying", "die"), ("happening", "happen"), ("being", "be")],
        );
        check(
            Xpos::Vbz,
            &[
                ("tries", "try"),
                ("goes", "go"),
                ("’s", "be"),
                ("watches", "watch"),
                ("cooperated", "cooperate"),
            ],
        );
        check(Xpos::Vb, &[("found", "found"), ("be", "be")]);
        check(Xpos::Md, &[("'ll", "will"), ("ca", "can"), ("could", "could")]);
    }

    #[test]
    fn nouns() {
        check(
            Xpos::Nns,
            &[("parties", "party"), ("children", "child"), ("houses", "house"), ("classes", "class")],
        );
        check(
            Xpos::Nns,
            &[("gunmen", "gunman"), ("policewomen", "policewoman"), ("grandchildren", "grandchild")],
        );
        check(Xpos::Nns, &[("buses", "bus"), ("crises", "crisis"), ("lives", "life"), ("heroes", "hero")]);
        check(Xpos::Nnp, &[("Norvik", "Norvik"), ("Reuters", "Reuters")]);
        check(Xpos::Nnps, &[("Americans", "American"), ("Democrats", "Democrat")]);
    }

    #[test]
    fn other_words() {
        check(Xpos::Jjs, &[("largest", "large"), ("biggest", "big"), ("easiest", "easy"), ("best", "good")]);
        check(Xpos::Jjr, &[("smaller", "small"), ("safer", "safe"), ("older", "old")]);
        check(Xpos::Prp, &[("him", "he"), ("us", "we"), ("it", "it"), ("i", "I")]);
        check(Xpos::Rb, &[("n’t", "not"), ("Now", "now")]);
        check(Xpos::OpenQuote, &[("“", "“")]);
    }

    fn rule(rule: &str, word: &str) -> String {
        LemmaRule::parse(rule).apply(word)
    }

    #[test]
    fn rules_cut_and_add() {
        assert_eq!(rule("1|3|y", "Parties"), "party");
        assert_eq!(rule("1|1|ve", "has"), "have");
        assert_eq!(rule("0|0|", "Norvik"), "Norvik");
        assert_eq!(rule("R|0|be", "was"), "be");
        assert_eq!(rule("1|2|", "Élus"), "él");
    }

    #[test]
    fn a_lemma_is_never_empty() {
        assert_eq!(rule("1|1|", "a"), "a");
        assert_eq!(rule("1|9|", "ab"), "ab");
        assert_eq!(rule("nonsense", "ab"), "ab");
        check(Xpos::Jjs, &[("耀耀est", "耀耀"), ("est", "est")]);
        check(Xpos::Vbg, &[("ing", "ing"), ("ed", "ed")]);
        check(Xpos::Nns, &[("'s", "'s"), ("s", "s"), ("ies", "ie")]);
    }
}
