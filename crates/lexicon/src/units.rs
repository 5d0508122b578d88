//! Quantities: grammar of numbers with their units, one folder per language, and factors to SI units.

use crate::grammar::Grammar;

/// Words, rules and factors of quantities.
#[derive(Debug)]
pub struct Units {
    /// Words and rules of English.
    pub grammar: Grammar,
    si: Vec<(&'static str, &'static str, f64)>,
}

impl Units {
    /// The words that ship with the program.
    pub fn load() -> Self {
        let words = [
            ("numbers/en", include_str!("../data/numbers/en.txt")),
            ("units/en", include_str!("../data/units/en.txt")),
            ("quantities/en/words", include_str!("../data/quantities/en/words.txt")),
        ];
        let rules = [("quantities/en", include_str!("../data/quantities/en/rules.txt"))];
        Self { grammar: Grammar::read(&words, &rules), si: factors(include_str!("../data/units/si.txt")) }
    }

    /// The SI unit that a unit (`mi`) is a multiple of, and the factor: (`m`, 1609.344).
    pub fn si(&self, symbol: &str) -> Option<(&'static str, f64)> {
        self.si.iter().find(|(unit, ..)| *unit == symbol).map(|(_, si, factor)| (*si, *factor))
    }
}

fn factors(text: &'static str) -> Vec<(&'static str, &'static str, f64)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut parts = line.split_whitespace();
            Some((parts.next()?, parts.next()?, parts.next()?.parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_of_space_and_mass_has_a_factor() {
        let units = Units::load();
        assert_eq!(units.si("mi"), Some(("m", 1609.344)));
        assert_eq!(units.si("parsec"), None);
        let lines = include_str!("../data/units/si.txt").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(units.si.len(), lines);
    }
}
