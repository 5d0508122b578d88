//! The letters of one word of a name, in the script it is written in.

use deunicode::deunicode;
use std::collections::BTreeSet;

/// Most letters of a word that are compared; longer words are cut.
const LONGEST: usize = 40;

/// A script that has its own table of sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Latin, and every script without a table of its own, in its usual romanisation.
    Latin,
    /// Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian.
    Cyrillic,
    /// Arabic and Persian, without vowel points.
    Arabic,
    /// Hebrew, without vowel points.
    Hebrew,
    /// Chinese, as Pinyin.
    Han,
}

impl Script {
    /// Every script with a table.
    pub const ALL: [Self; 5] = [Self::Latin, Self::Cyrillic, Self::Arabic, Self::Hebrew, Self::Han];

    /// The script of the first letter that has one of its own.
    pub fn of(word: &str) -> Self {
        word.chars().find_map(Self::of_letter).unwrap_or(Self::Latin)
    }

    fn of_letter(c: char) -> Option<Self> {
        match c {
            '\u{400}'..='\u{52f}' => Some(Self::Cyrillic),
            '\u{590}'..='\u{5ff}' => Some(Self::Hebrew),
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fefc}' => Some(Self::Arabic),
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2ebef}' => Some(Self::Han),
            _ => None,
        }
    }
}

/// The ways to write a word in plain letters of its script: one, or two where a marked Latin letter may stand for
/// its plain letter (`Soygu`) or for the sound it spells (`Shoygu`). Sorted; empty if the word has no letters.
pub fn letters(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let forms = match Script::of(&lower) {
        Script::Latin => vec![latin(&lower), latin(&spelt_out(&lower))],
        Script::Cyrillic => vec![each(&lower, cyrillic)],
        Script::Arabic => vec![each(&lower, arabic)],
        Script::Hebrew => vec![each(&lower, hebrew)],
        Script::Han => vec![latin(&lower)],
    };
    let forms: BTreeSet<String> = forms.into_iter().filter(|f| !f.is_empty()).collect();
    forms.into_iter().collect()
}

/// The word in Latin letters, whatever its script.
pub fn romanised(word: &str) -> String {
    latin(&word.to_lowercase())
}

fn latin(lower: &str) -> String {
    let plain = if lower.is_ascii() { lower.to_owned() } else { deunicode(lower).to_lowercase() };
    plain.chars().filter(char::is_ascii_alphanumeric).take(LONGEST).collect()
}

/// Marked letters as the letters that spell their sound.
fn spelt_out(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len() + 4);
    for c in lower.chars() {
        match c {
            'š' | 'ş' | 'ș' | 'ś' => out.push_str("sh"),
            'č' | 'ć' | 'ç' => out.push_str("ch"),
            'ž' | 'ż' | 'ź' => out.push_str("zh"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ä' | 'æ' => out.push_str("ae"),
            'å' => out.push_str("aa"),
            'ñ' | 'ń' => out.push_str("ny"),
            'ł' => out.push('w'),
            c => out.push(c),
        }
    }
    out
}

fn each(lower: &str, fold: fn(char) -> &'static str) -> String {
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars().take(LONGEST) {
        match fold(c) {
            "=" if c.is_alphabetic() => out.push(c),
            "=" => {}
            other => out.push_str(other),
        }
    }
    out
}

/// `=` keeps the letter. Letters of other Cyrillic alphabets become their nearest Russian ones.
fn cyrillic(c: char) -> &'static str {
    match c {
        'ё' | 'є' => "е",
        'і' | 'ї' => "и",
        'ґ' | 'ѓ' => "г",
        'ў' => "у",
        'ј' => "й",
        'љ' => "ль",
        'њ' => "нь",
        'ћ' => "ч",
        'ђ' | 'џ' => "дж",
        'ѕ' => "дз",
        'ќ' => "к",
        '\u{300}'..='\u{36f}' => "",
        _ => "=",
    }
}

/// Points and Hamza go; Persian letters become those that Arabic writes for the sound.
fn arabic(c: char) -> &'static str {
    match c {
        'آ' | 'أ' | 'إ' | 'ٱ' => "ا",
        'ى' | 'ی' | 'ئ' | 'ې' => "ي",
        'ؤ' => "و",
        'ک' | 'ڪ' => "ك",
        'ہ' | 'ھ' | 'ۀ' => "ه",
        'پ' => "ب",
        'چ' => "تش",
        'ژ' => "ج",
        'گ' => "غ",
        'ڤ' => "ف",
        'ء' | 'ـ' | '\u{64b}'..='\u{65f}' | '\u{670}' => "",
        _ => "=",
    }
}

/// Points go, final forms become plain ones.
fn hebrew(c: char) -> &'static str {
    match c {
        'ך' => "כ",
        'ם' => "מ",
        'ן' => "נ",
        'ף' => "פ",
        'ץ' => "צ",
        '\u{591}'..='\u{5c7}' | '\u{5f3}' | '\u{5f4}' => "",
        _ => "=",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_marks_and_keep_their_script() {
        assert_eq!(letters("Şoyka"), ["shoyka", "soyka"]);
        assert_eq!(letters("O’Venn"), ["ovenn"]);
        assert_eq!(letters("Семён"), ["семен"]);
        assert_eq!(letters("أَحْمَد"), ["احمد"]);
        assert_eq!(letters("שָׁלוֹם"), ["שלומ"]);
        assert_eq!(letters("王毅"), ["wangyi"]);
        assert!(letters("—").is_empty());
        assert_eq!(romanised("Иван"), "ivan");
    }
}
