//! The commands as people use them.
// Tests of the outside: they read and write files, and a failed expectation is a failed test.
#![allow(clippy::expect_used, clippy::disallowed_methods, clippy::disallowed_types)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use support::{GOOD, code, err, lines, onrecord, out, sources, with_input};
use tempfile::TempDir;

/// Three small reports: two of one event, in a folder and outside.
fn reports() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir_all(folder.path().join("r/b")).expect("a folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    put("r/b/two.txt", "Five people were killed in Larkhaven on Monday, the police said.\n");
    put("r/B.txt", GOOD);
    put("r/a.txt", "“We will not sell the port,” said Anna Bell, the mayor of Larkhaven.\n");
    put("r/.hidden.txt", GOOD);
    put("r/README.md", "# About these reports\n");
    folder
}

#[test]
fn folders_are_read_in_bytewise_order_without_hidden_and_about_files() {
    let folder = reports();
    let output = onrecord(folder.path(), &["extract", "r"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(sources(&output), ["r/B.txt", "r/a.txt", "r/b/two.txt"]);
    let output = onrecord(folder.path(), &["extract", "r/b", "r/.hidden.txt"]);
    assert_eq!(sources(&output), ["r/b/two.txt", "r/.hidden.txt"], "what is named is read");
}

#[test]
fn extract_prints_kind_first_and_quotes_stand_at_their_offsets() {
    let folder = reports();
    let output = onrecord(folder.path(), &["extract", "r"]);
    assert!(out(&output).lines().all(|line| line.starts_with("{\"kind\":")));
    fs::write(folder.path().join("record.jsonl"), &output.stdout).expect("a file");
    let verdict = onrecord(folder.path(), &["verify", "record.jsonl", "r"]);
    assert_eq!(code(&verdict), 0, "{}", out(&verdict));
    assert!(out(&verdict).contains("all in place"));
}

#[test]
fn verify_names_a_quote_that_is_not_in_its_place() {
    let folder = reports();
    let output = onrecord(folder.path(), &["extract", "r/a.txt"]);
    let article = lines(&output, "article")[0]["id"].clone();
    let wrong =
        format!("{{\"kind\":\"mention\",\"article\":{article},\"start\":1,\"end\":3,\"quote\":\"Wa\"}}\n");
    fs::write(folder.path().join("record.jsonl"), out(&output) + &wrong).expect("a file");
    let verdict = onrecord(folder.path(), &["verify", "record.jsonl", "r/a.txt"]);
    assert_eq!(code(&verdict), 1);
    assert!(out(&verdict).contains("1 to 3 is “We”, not “Wa”"), "{}", out(&verdict));
}

#[test]
fn compare_and_stories_name_only_given_reports() {
    let folder = reports();
    let ids: Vec<_> = lines(&onrecord(folder.path(), &["extract", "r"]), "article")
        .iter()
        .map(|a| a["id"].clone())
        .collect();
    let stories = onrecord(folder.path(), &["stories", "r"]);
    let mut members: Vec<String> = Vec::new();
    for story in lines(&stories, "story") {
        let articles = story["articles"].as_array().expect("a list").clone();
        assert!(articles.iter().all(|id| ids.contains(id)));
        members.extend(
            story["sources"].as_array().expect("a list").iter().map(|s| s.as_str().unwrap_or("").into()),
        );
    }
    members.sort();
    assert_eq!(members, ["r/B.txt", "r/a.txt", "r/b/two.txt"], "every report is in exactly one story");
    assert_eq!(code(&onrecord(folder.path(), &["compare", "r"])), 0);
}

#[test]
fn a_brief_goes_to_the_named_file_in_the_form_of_its_ending() {
    let folder = reports();
    for (name, begins) in
        [("b.html", "<!"), ("b.md", "<!-- onrecord brief -->\n\n# "), ("b.json", "{\"kind\":\"brief\"")]
    {
        let output = onrecord(folder.path(), &["brief", "r", "-o", name]);
        assert_eq!((code(&output), out(&output).as_str()), (0, ""), "{}", err(&output));
        let page = fs::read_to_string(folder.path().join(name)).expect("the brief");
        assert!(page.to_lowercase().starts_with(begins), "{name} begins {:?}", page.get(..40));
        assert!(err(&output).contains(name));
    }
    let output = onrecord(folder.path(), &["brief", "r", "--format", "md"]);
    assert!(
        out(&output).starts_with("<!-- onrecord brief -->"),
        "without a file the brief goes to standard output"
    );
}

#[test]
fn a_brief_that_cannot_be_written_says_where() {
    let folder = reports();
    let output = onrecord(folder.path(), &["brief", "r", "-o", "missing/b.html"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("missing/b.html"));
}

#[test]
fn the_same_bytes_come_out_on_one_and_on_eight_threads() {
    let folder = reports();
    let run = |n: &str| onrecord(folder.path(), &["extract", "--threads", n, "r"]).stdout;
    assert_eq!(run("1"), run("8"));
}

#[test]
fn standard_input_is_read_where_a_dash_is_given() {
    let output = with_input(Path::new("."), &["extract", "-"], GOOD.as_bytes());
    assert_eq!(sources(&output), ["-"]);
}

#[test]
fn wrong_options_are_exit_code_one_and_help_is_zero() {
    let here = Path::new(".");
    for wrong in [
        &["extract"][..],
        &["extract", "--nonsense", "x"],
        &["nonsense"],
        &["extract", "--threads", "0", "x"],
    ] {
        assert_eq!(code(&onrecord(here, wrong)), 1, "{wrong:?}");
    }
    assert_eq!(code(&onrecord(here, &["--help"])), 0);
    let version = onrecord(here, &["--version"]);
    assert!(out(&version).contains("model") && out(&version).contains("rules"), "{}", out(&version));
}

#[test]
fn messages_are_json_on_request() {
    let folder = reports();
    let output = onrecord(folder.path(), &["extract", "--json", "missing.txt", "r"]);
    let message: serde_json::Value = serde_json::from_str(err(&output).trim()).expect("a JSON object");
    assert_eq!((&message["kind"], &message["source"]), (&"problem".into(), &"missing.txt".into()));
}

#[test]
fn quiet_leaves_problems_only() {
    let folder = reports();
    let output = onrecord(folder.path(), &["brief", "--quiet", "r", "-o", "b.html"]);
    assert_eq!(err(&output), "");
    assert!(
        err(&onrecord(folder.path(), &["extract", "--quiet", "missing.txt", "r"])).contains("missing.txt")
    );
}

#[test]
fn completions_and_manual_pages_know_the_commands() {
    let here = Path::new(".");
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&onrecord(here, &["completions", shell])).contains("stories"), "{shell}");
    }
    assert!(out(&onrecord(here, &["man"])).contains(".TH onrecord"));
    assert!(out(&onrecord(here, &["man", "brief"])).contains("onrecord\\-brief"));
    assert_eq!(code(&onrecord(here, &["man", "nonsense"])), 1);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = reports();
    let program = assert_cmd::cargo::cargo_bin!("onrecord");
    let mut child = Command::new(program)
        .current_dir(folder.path())
        .args(["extract", "r"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
}
