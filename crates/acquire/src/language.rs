//! The language of a text.

use whichlang::Lang;

/// Below this length (bytes) a text is too short to tell its language.
const SHORTEST: usize = 60;
/// From this length on the text is believed rather than its label.
const RELIABLE: usize = 400;
/// So much of a text is looked at (bytes).
const SAMPLE: usize = 8192;

/// The language (ISO 639-1) of a text and a remark for people. `given` is the label that came with it.
pub(crate) fn language(text: &str, given: Option<&str>) -> (Option<String>, Option<String>) {
    let label = given.and_then(primary);
    let text = text.trim();
    let seen = (text.len() >= SHORTEST).then(|| code(whichlang::detect_language(sample(text))));
    match (label, seen) {
        (Some(label), Some(seen)) if label != seen && is_known(&label) && text.len() >= RELIABLE => {
            let note = format!("labelled as language {label}, but written in {seen}");
            (Some(seen.to_owned()), Some(note))
        }
        (Some(label), _) => (Some(label), None),
        (None, seen) => (seen.map(str::to_owned), None),
    }
}

/// `en` of `en-US`, `EN_gb`, `English`.
fn primary(label: &str) -> Option<String> {
    let label = label.trim().to_ascii_lowercase();
    let first = label.split(['-', '_', ',', ' ']).next().unwrap_or_default();
    const NAMES: [(&str, &str); 12] = [
        ("english", "en"),
        ("eng", "en"),
        ("french", "fr"),
        ("fra", "fr"),
        ("german", "de"),
        ("deu", "de"),
        ("spanish", "es"),
        ("spa", "es"),
        ("russian", "ru"),
        ("rus", "ru"),
        ("italian", "it"),
        ("ita", "it"),
    ];
    match NAMES.iter().find(|(name, _)| *name == first) {
        Some((_, code)) => Some((*code).to_owned()),
        None => (first.len() == 2 && first.bytes().all(|b| b.is_ascii_lowercase())).then(|| first.to_owned()),
    }
}

/// A stretch from the middle, where menus and bylines are rare.
fn sample(text: &str) -> &str {
    let start = text.floor_char_boundary(text.len().saturating_sub(SAMPLE) / 2);
    &text[start..text.floor_char_boundary(start + SAMPLE)]
}

/// Whether the detector knows a language.
fn is_known(label: &str) -> bool {
    const KNOWN: &[&str] =
        &["ar", "zh", "de", "en", "fr", "hi", "it", "ja", "ko", "nl", "pt", "ru", "es", "sv", "tr", "vi"];
    KNOWN.contains(&label)
}

fn code(lang: Lang) -> &'static str {
    match lang.three_letter_code() {
        "ara" => "ar",
        "cmn" => "zh",
        "deu" => "de",
        "fra" => "fr",
        "hin" => "hi",
        "ita" => "it",
        "jpn" => "ja",
        "kor" => "ko",
        "nld" => "nl",
        "por" => "pt",
        "rus" => "ru",
        "spa" => "es",
        "swe" => "sv",
        "tur" => "tr",
        "vie" => "vi",
        _ => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str =
        "The harbour master said on Monday that no ship would leave before the storm had passed the coast.";
    const FRENCH: &str =
        "Le capitaine du port a dit lundi qu’aucun navire ne partirait avant que la tempête soit passée.";

    #[test]
    fn the_text_tells_its_language() {
        assert_eq!(language(ENGLISH, None).0.as_deref(), Some("en"));
        assert_eq!(language(FRENCH, None).0.as_deref(), Some("fr"));
        assert_eq!(language("Storm", None).0, None);
    }

    #[test]
    fn a_label_counts_unless_a_long_text_refutes_it() {
        assert_eq!(language(ENGLISH, Some("pl-PL")).0.as_deref(), Some("pl"));
        assert_eq!(language(FRENCH, Some("en-US")).0.as_deref(), Some("en"));
        let (found, note) = language(&FRENCH.repeat(6), Some("en-US"));
        assert_eq!(found.as_deref(), Some("fr"));
        assert!(note.is_some_and(|n| n.contains("labelled as language en")));
    }
}
