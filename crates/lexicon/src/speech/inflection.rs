//! The forms of English verbs: regular ones by rule, the others from a list.

use crate::lines::entries;
use std::collections::HashMap;

/// Verb forms.
#[derive(Debug)]
pub(super) struct Inflections {
    irregular: HashMap<&'static str, Vec<&'static str>>,
}

impl Inflections {
    pub(super) fn load() -> Self {
        let irregular = entries(include_str!("../../data/speech/irregular.txt"))
            .filter_map(|line| line.split_once(':'))
            .map(|(base, forms)| (base.trim(), forms.split_whitespace().collect()))
            .collect();
        Self { irregular }
    }

    /// All forms of a verb, the base first.
    pub(super) fn forms(&self, base: &str) -> Vec<String> {
        let rest = match self.irregular.get(base) {
            Some(forms) => forms.iter().map(|f| f.to_string()).collect(),
            None => regular(base),
        };
        std::iter::once(base.to_string()).chain(rest).collect()
    }
}

fn regular(base: &str) -> Vec<String> {
    let stem = base.strip_suffix('e').unwrap_or(base);
    let consonant_y = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u']));
    let third = match consonant_y {
        Some(stem) => format!("{stem}ies"),
        None if ends_in_hiss(base) => format!("{base}es"),
        None => format!("{base}s"),
    };
    let past = consonant_y.map_or_else(|| format!("{stem}ed"), |s| format!("{s}ied"));
    let present = if base.ends_with("ee") { base } else { stem };
    vec![third, past, format!("{present}ing")]
}

fn ends_in_hiss(base: &str) -> bool {
    ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| base.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_rule_or_list() {
        let inflections = Inflections::load();
        assert_eq!(inflections.forms("accuse"), ["accuse", "accuses", "accused", "accusing"]);
        assert_eq!(inflections.forms("deny"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(inflections.forms("stress"), ["stress", "stresses", "stressed", "stressing"]);
        assert_eq!(inflections.forms("agree"), ["agree", "agrees", "agreed", "agreeing"]);
        assert!(inflections.forms("say").contains(&"said".to_string()));
    }
}
