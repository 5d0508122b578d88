//! People of sanctions lists with their aliases.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One person with all names, surname first and a comma where the list has one.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    /// Key of the person: one for entries of several lists that share a name, so that no half sees another's people.
    pub entity: String,
    pub names: Vec<String>,
}

/// All people of the lists.
pub fn people(folder: &Path) -> std::io::Result<Vec<Person>> {
    let at = |name: &str| folder.join("sanctions-names/test/testdata").join(name);
    let mut found: BTreeMap<String, Person> = BTreeMap::new();
    for (main, alias) in [("static/sdn.csv", "static/alt.csv"), ("cons_prim.csv", "cons_alt.csv")] {
        for row in rows(&at(main))?.into_iter().filter(|r| r.len() > 2 && r[2] == "individual") {
            let names = vec![row[1].clone()];
            found.entry(row[0].clone()).or_insert(Person {
                id: row[0].clone(),
                entity: String::new(),
                names,
            });
        }
        for row in rows(&at(alias))?.into_iter().filter(|r| r.len() > 3) {
            if let Some(person) = found.get_mut(&row[0]) {
                person.names.push(row[3].clone());
            }
        }
    }
    let mut people: Vec<Person> = found.into_values().collect();
    people.extend(united_nations(&at("UN_consolidated.xml"))?);
    name_entities(&mut people);
    Ok(people)
}

/// Gives entries that share a name, whatever its order, one key.
fn name_entities(people: &mut [Person]) {
    let mut root: Vec<usize> = (0..people.len()).collect();
    let mut first: BTreeMap<BTreeSet<String>, usize> = BTreeMap::new();
    let find = |root: &[usize], mut i: usize| {
        while root[i] != i {
            i = root[i];
        }
        i
    };
    for (i, person) in people.iter().enumerate() {
        for bag in person.names.iter().map(|n| bag(n)).filter(|b| b.len() > 1) {
            let other = *first.entry(bag).or_insert(i);
            let (a, b) = (find(&root, i), find(&root, other));
            root[a.max(b)] = a.min(b);
        }
    }
    for i in 0..people.len() {
        people[i].entity = people[find(&root, i)].id.clone();
    }
}

/// The words of a name in lower case, without those that come and go.
pub fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace(['\'', '’', '`', '.'], "");
    let small = ["al", "el", "bin", "ibn", "ben", "de", "la", "abu", "ul", "del"];
    let words = name.split([' ', ',', '-']).filter(|w| w.len() > 1 && !small.contains(w));
    words.map(str::to_owned).collect()
}

/// The words of a name without their order.
pub fn bag(name: &str) -> BTreeSet<String> {
    words(name).into_iter().collect()
}

fn rows(path: &Path) -> std::io::Result<Vec<Vec<String>>> {
    let bytes = std::fs::read(path)?;
    Ok(String::from_utf8_lossy(&bytes).lines().map(fields).collect())
}

/// The fields of a line of comma-separated values.
fn fields(line: &str) -> Vec<String> {
    let (mut out, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    out.push(field);
    out.into_iter().map(|f| f.trim().to_owned()).collect()
}

fn united_nations(path: &Path) -> std::io::Result<Vec<Person>> {
    let text = std::fs::read_to_string(path)?;
    let people = text.split("<INDIVIDUAL>").skip(1).map(|part| {
        let part = part.split("</INDIVIDUAL>").next().unwrap_or_default();
        let first = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
        let main: Vec<String> = first.iter().flat_map(|t| tag(part, t)).collect();
        let script = tag(part, "NAME_ORIGINAL_SCRIPT");
        let aliases = part.split("<INDIVIDUAL_ALIAS>").skip(1).filter(|a| !a.contains("<QUALITY>Low"));
        let aliases = aliases.flat_map(|alias| tag(alias, "ALIAS_NAME"));
        let names = std::iter::once(main.join(" ")).chain(script).chain(aliases).collect();
        Person { id: format!("un {}", tag(part, "DATAID").concat()), entity: String::new(), names }
    });
    Ok(people.collect())
}

fn tag(text: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let parts = text.split(open.as_str()).skip(1).filter_map(|part| part.split(close.as_str()).next());
    let parts = parts.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    parts.map(|p| p.replace("&apos;", "'").replace("&amp;", "&")).filter(|p| !p.is_empty()).take(1).collect()
}
