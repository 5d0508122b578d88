//! Words of names in Latin letters and in another script.

use std::path::Path;

/// A word of a name as English writes it, and in its other script.
#[derive(Clone, Debug)]
pub struct Pair {
    pub latin: String,
    pub other: String,
    /// How many people of the source bear it.
    pub count: u32,
}

/// The pairs of one script: `russian`, `arabic`, `hebrew`, `chinese`.
pub fn pairs(folder: &Path, script: &str) -> std::io::Result<Vec<Pair>> {
    let mut found = Vec::new();
    for part in ["64", "16"] {
        let path = folder.join(format!("ne-transliteration/data/wd_{script}_{part}"));
        let text = std::fs::read_to_string(path)?;
        found.extend(text.lines().filter_map(|line| {
            let mut fields = line.split('\t');
            let (latin, other) = (fields.next()?.to_owned(), fields.next()?.replace(' ', ""));
            let count = fields.next()?.trim().parse().ok()?;
            Some(Pair { latin, other, count })
        }));
    }
    Ok(found)
}
