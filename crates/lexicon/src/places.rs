//! A gazetteer: states, regions and large cities with ISO 3166 codes, coordinates and population.

use crate::lines::entries;
use std::collections::HashMap;

/// States, regions and cities by name.
#[derive(Debug)]
pub struct Places {
    places: Vec<Place>,
    by_name: HashMap<String, Vec<usize>>,
}

/// One place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Common name in English.
    pub name: &'static str,
    /// Whether it is a state rather than a city.
    pub is_state: bool,
    /// Whether it is a part of a state: a state of the United States, a province.
    pub is_region: bool,
    /// ISO 3166-2 code of the region it is or lies in, where that is known (`US-IL`).
    pub region: Option<&'static str>,
    /// ISO 3166-1 alpha-2 code of the state it lies in.
    pub alpha2: &'static str,
    /// ISO 3166-1 alpha-3 code of the state it lies in.
    pub alpha3: &'static str,
    /// Latitude and longitude in degrees (WGS 84); a state stands where its capital stands.
    pub coordinates: Option<(f32, f32)>,
    /// Inhabitants.
    pub population: u64,
}

impl Places {
    /// The gazetteer that ships with the program.
    pub fn load() -> Self {
        let mut places = Self { places: Vec::new(), by_name: HashMap::new() };
        for line in entries(include_str!("../data/places/places.txt")) {
            places.add(line);
        }
        places
    }

    fn add(&mut self, line: &'static str) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [kind, names, alpha2, alpha3, latitude, longitude, population] = fields[..] else { return };
        let mut names = names.split(';').map(str::trim);
        let Some(name) = names.next() else { return };
        let index = self.places.len();
        for name in std::iter::once(name).chain(names) {
            self.by_name.entry(folded(name)).or_default().push(index);
        }
        self.places.push(Place {
            name,
            is_state: kind == "state",
            is_region: kind == "region",
            region: alpha2.contains('-').then_some(alpha2),
            alpha2: alpha2.split('-').next().unwrap_or(alpha2),
            alpha3,
            coordinates: latitude.parse().ok().zip(longitude.parse().ok()),
            population: population.parse().unwrap_or(0),
        });
    }

    /// The place that a name means: a state before a city, then one in a state that is spoken of (`near`, alpha-3 codes), then
    /// the one with most inhabitants.
    pub fn find(&self, name: &str, near: &[&str]) -> Option<&Place> {
        let all = self.by_name.get(&folded(name))?.iter().filter_map(|&i| self.places.get(i));
        all.max_by_key(|p| (p.is_state, near.contains(&p.alpha3), p.population))
    }
}

impl Places {
    /// The city of this name in a region (ISO 3166-2).
    pub fn find_in(&self, name: &str, region: &str) -> Option<&Place> {
        let mut all = self.by_name.get(&folded(name))?.iter().filter_map(|&i| self.places.get(i));
        all.find(|p| p.region == Some(region) && !p.is_region)
    }
}

/// A name without accents, in small letters.
fn folded(name: &str) -> String {
    deunicode::deunicode(name).to_lowercase().replace(['\'', '’'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_what_is_spoken_of_or_else_the_largest() {
        let places = Places::load();
        let find = |name: &str, near: &[&str]| places.find(name, near).map(|p| (p.alpha3, p.is_state));
        assert_eq!(find("Russia", &[]), Some(("RUS", true)));
        assert_eq!(find("Kiev", &[]), Some(("UKR", false)));
        assert_eq!(find("Birmingham", &[]), Some(("GBR", false)));
        assert_eq!(find("Birmingham", &["USA"]), Some(("USA", false)));
        assert_eq!(find("Tennessee", &[]), Some(("USA", false)));
        assert_eq!(find("Georgia", &["USA"]), Some(("GEO", true)));
        assert_eq!(places.find_in("Springfield", "US-MO").and_then(|p| p.region), Some("US-MO"));
        assert_eq!(places.find_in("Springfield", "US-AK"), None);
        assert_eq!(find("Haldria", &[]), None);
        assert!(
            places
                .find("Geneva", &[])
                .and_then(|p| p.coordinates)
                .is_some_and(|(lat, _)| (lat - 46.2).abs() < 0.1)
        );
    }
}
