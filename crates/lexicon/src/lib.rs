//! Words, gazetteers and rule files. The sources are commented text files beside the code that reads them,
//! compiled into the program; each names where its facts come from.

pub mod boilerplate;
pub mod entities;
pub mod events;
pub mod grammar;
pub mod kinds;
pub mod lemmas;
mod lines;
pub mod names;
pub mod people;
pub mod places;
pub mod sites;
pub mod speech;
pub mod states;
pub mod times;
pub mod tokens;
pub mod topics;
pub mod units;

/// Version of the words and rules: a hash of all data files.
pub const VERSION: &str = env!("LEXICON_VERSION");

/// All words and rules, loaded once and passed to the stages.
#[derive(Debug)]
pub struct Lexicon {
    /// What in a report is not prose.
    pub boilerplate: boilerplate::Boilerplate,
    /// What decides where a word ends.
    pub tokens: tokens::TokenWords,
    /// Which words name which event.
    pub events: events::EventRules,
    /// What kind of thing a name names.
    pub kinds: kinds::Kinds,
    /// Irregular word forms.
    pub lemmas: lemmas::Lemmas,
    /// Reporting verbs, acts, conditions.
    pub speech: speech::Speech,
    /// Titles, roles, given names.
    pub people: people::People,
    /// States, regions and large cities.
    pub places: places::Places,
    /// Sorts of places, kinds of happenings.
    pub sites: sites::Sites,
    /// States, bodies and what stands for them.
    pub states: states::States,
    /// People in office, states and bodies that are known, and users' gazetteers.
    pub entities: entities::Entities,
    /// Spellings of names in several languages.
    pub names: names::Names,
    /// Words and rules of time expressions, by language.
    pub times: times::Times,
    /// Words without a topic, news agencies.
    pub topics: topics::Topics,
    /// Words, rules and factors of quantities.
    pub units: units::Units,
}

impl Lexicon {
    /// The words that ship with the program.
    pub fn load() -> Self {
        Self {
            boilerplate: boilerplate::Boilerplate::load(),
            tokens: tokens::TokenWords::load(),
            events: events::EventRules::load(),
            kinds: kinds::Kinds::load(),
            lemmas: lemmas::Lemmas::load(),
            speech: speech::Speech::load(),
            people: people::People::load(),
            places: places::Places::load(),
            sites: sites::Sites::load(),
            states: states::States::load(),
            entities: entities::Entities::default(),
            names: names::Names::load(),
            times: times::Times::load(),
            topics: topics::Topics::load(),
            units: units::Units::load(),
        }
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::load()
    }
}
