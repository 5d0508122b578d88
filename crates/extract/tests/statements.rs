//! Invented reports, read by the shipped model: what the statements of one article must be.

// Helpers of the tests may fail as the tests do.
#![allow(clippy::expect_used)]

use lexicon::Lexicon;
use record::{Act, Article, ArticleId, Findings, Form, Layer, SpeakerKind, Statement};

fn article(text: &str) -> Article {
    Article {
        id: ArticleId::of(&[text]),
        source: "test".to_owned(),
        source_id: None,
        text: text.to_owned(),
        title: None,
        outlet: None,
        author: None,
        url: None,
        language: None,
        published: None,
        updated: None,
        boilerplate: Layer::default(),
        notes: Vec::new(),
    }
}

fn read(text: &str) -> Findings {
    let lexicon = Lexicon::load();
    let reading = annotate::readings(&[text], &encoder::Encoder::embedded(), &lexicon).remove(0);
    extract::findings(&article(text), None, &reading, &lexicon)
}

fn speaker(statement: &Statement) -> Option<&str> {
    statement.speaker.as_ref().and_then(|s| s.name.as_deref())
}

fn holding<'f>(findings: &'f Findings, text: &str, words: &str) -> &'f Statement {
    let holds = |s: &&Statement| s.content.iter().any(|c| c.text(text).contains(words));
    findings.statements.iter().filter(|s| s.said_in.is_none()).find(holds).expect(words)
}

#[test]
fn pieces_of_one_quotation_are_one_statement() {
    let text = "“The bridge is closed,” said Mayor Anna Keller on Monday. “We will never accept this delay.”";
    let found = read(text);
    let statement = holding(&found, text, "bridge");
    assert_eq!(statement.content.len(), 2);
    assert_eq!(statement.form, Form::Direct);
    assert_eq!(statement.act, Some(Act::Refuse));
    assert_eq!(speaker(statement), Some("Anna Keller"));
}

#[test]
fn spellings_titles_and_pronouns_lead_to_one_person() {
    let text = "Norvian President Viktor Ostrine warned on Tuesday that the talks could fail. Mr. Ostrin said \
                the border would stay closed. He added that nobody was listening.";
    let found = read(text);
    let names: Vec<_> = found.statements.iter().map(speaker).collect();
    assert_eq!(names, [Some("Viktor Ostrine"); 3]);
}

#[test]
fn an_unnamed_official_stays_one_person_without_a_name() {
    let text = "The talks will start soon, said a senior official of the White House on Thursday.\n\
                “We are ready,” added the senior official.";
    let found = read(text);
    let kinds: Vec<_> = found.statements.iter().filter_map(|s| s.speaker.as_ref()).collect();
    assert!(kinds.iter().all(|s| s.kind == SpeakerKind::Unnamed), "{kinds:?}");
    assert!(kinds.windows(2).all(|w| w[0].referent == w[1].referent));
}

#[test]
fn a_conditional_threat_keeps_its_condition() {
    let text =
        "The minister said that the alliance would impose heavy sanctions if the army crossed the river.";
    let found = read(text);
    let statement = holding(&found, text, "sanctions");
    assert_eq!(statement.act, Some(Act::Threaten));
    assert_eq!(statement.condition.map(|c| c.text(text)), Some("if the army crossed the river"));
}

#[test]
fn two_people_speak_together() {
    let text = "Foreign Minister Paul Venn and Defence Minister Clara Dorn said that the plan was ready.";
    let found = read(text);
    let statement = holding(&found, text, "plan");
    assert_eq!(speaker(statement), Some("Paul Venn and Clara Dorn"));
    assert_eq!(statement.speaker.as_ref().map(|s| s.kind), Some(SpeakerKind::Group));
}

#[test]
fn the_one_told_is_the_addressee() {
    let text = "The union urged President Mark Hallow to reopen the mine.";
    let found = read(text);
    let addressee = found.statements.iter().find_map(|s| s.addressee.as_ref()).map(|a| a.name.as_str());
    assert_eq!(addressee, Some("Mark Hallow"));
}

#[test]
fn odd_texts_do_not_break() {
    for text in
        ["", "\n\n", "“", "said", "“”“”, said said said.", "who who who said that that", "” a “ b ” c"]
    {
        let found = read(text);
        for statement in &found.statements {
            assert!(!statement.content.is_empty());
            assert!(statement.content.iter().all(|c| c.is_valid_in(text) && !c.is_empty()));
        }
    }
}
