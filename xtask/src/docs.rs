//! The documents say what is there, and lead nowhere that is not.

use crate::root;
use std::fs;
use std::path::{Path, PathBuf};

fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for folder in [root(), root().join("docs"), root().join("docs/decisions"), root().join("examples")] {
        let entries = fs::read_dir(folder).expect("a folder of documents");
        found.extend(entries.map(|e| e.expect("an entry").path()));
    }
    found.retain(|path| path.extension().is_some_and(|e| e == "md"));
    found.sort();
    found
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).expect("a document")
}

/// Targets of the links of a page, without anchors and addresses.
fn links(page: &str) -> Vec<String> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    files.map(|target| target.split('#').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    for document in documents() {
        for target in links(&read(&document)) {
            let path = document.parent().expect("a folder").join(&target);
            // The picture is made from the brief itself, when the program is released.
            assert!(path.exists() || target.ends_with(".png"), "{}: no {target}", document.display());
        }
    }
}

#[test]
fn every_folder_of_words_and_every_crate_is_listed() {
    let contributing = read("CONTRIBUTING.md");
    let architecture = read("ARCHITECTURE.md");
    for (folder, page) in [("crates/lexicon/data", &contributing), ("crates", &architecture)] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            assert!(page.contains(&format!("| `{name}` |")), "{folder}/{name} is not listed");
        }
    }
}

#[test]
fn the_readme_and_the_check_name_commands_that_exist() {
    let readme = read("README.md");
    assert!(readme.contains("cargo xtask check") && crate::HELP.contains("cargo xtask check"));
    assert!(read(".ci/run").contains("cargo xtask check"), "the check of a fresh machine is the README's");
    for name in ["brief", "extract", "compare", "stories", "verify"] {
        assert!(readme.contains(&format!("`onrecord {name} ")), "{name} is not in the README");
    }
}

#[test]
fn documents_name_no_place_on_a_machine() {
    for document in documents().into_iter().filter(|path| !path.ends_with("THIRD_PARTY.md")) {
        let page = read(&document);
        for place in ["work", "root", "home", "tmp"].map(|folder| format!("/{folder}/")) {
            assert!(!page.contains(&place), "{} names {place}", document.display());
        }
    }
}
