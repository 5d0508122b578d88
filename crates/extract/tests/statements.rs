//! Invented reports, read by the shipped model: what the statements of one article must be.

// Helpers of the tests may fail as the tests do.
#![allow(clippy::expect_used, clippy::panic)]

use lexicon::Lexicon;
use record::{Act, Article, Findings, Form, SpeakerKind, Statement};

fn read(text: &str) -> Findings {
    let lexicon = Lexicon::load();
    let reading = annotate::readings(&[text], &encoder::Encoder::embedded(), &lexicon).remove(0);
    extract::findings(&Article::of_text("-", text), None, &reading, &lexicon)
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
fn turns_of_a_transcript_are_statements() {
    let text = "HOLT: Will you sign the treaty?\n\nVARGA: No. We will wait for the vote.\n";
    let found = read(text);
    let [question, answer] = found.statements.as_slice() else { panic!("{:?}", found.statements) };
    assert_eq!([question.form, answer.form], [Form::Direct; 2]);
    assert_eq!([speaker(question), speaker(answer)], [Some("HOLT"), Some("VARGA")]);
    assert_eq!(question.act, Some(Act::Ask));
    assert_eq!(question.addressee.as_ref().map(|a| a.name.as_str()), Some("VARGA"));
    assert_eq!(answer.made_by.as_str(), "rule:attribution/transcript@1");
}

#[test]
fn paragraphs_after_a_colon_are_a_block_quotation() {
    let text = "Port reopens after storm\n\nThe minister Lena Strand said:\n\nI welcome the truce between the \
                unions and the port. We will send help to every family.\n";
    let found = read(text);
    let block = found.statements.iter().filter(|s| s.made_by.as_str().contains("block-quotation"));
    let block: Vec<_> = block.collect();
    assert!(!block.is_empty());
    assert!(block.iter().all(|s| s.form == Form::Direct && speaker(s) == Some("Lena Strand")), "{block:?}");
}

#[test]
fn a_quotation_is_kept_whole_and_ends_at_its_mark() {
    let text = "“They want a show. They think it helps them. Nobody in this town is fooled,” said Senator Ada \
                Finn on Monday. The letter says “the pier must close by March”, but the town will wait.";
    let found = read(text);
    let quotation = holding(&found, text, "fooled");
    assert_eq!(quotation.content.len(), 1);
    assert!(quotation.content[0].text(text).starts_with("“They want"));
    let letter = holding(&found, text, "pier");
    assert!(!letter.content[0].text(text).contains("town"), "{}", letter.content[0].text(text));
}

#[test]
fn a_surname_may_be_a_title_a_people_or_a_given_name() {
    let text = "Mr. Bishop said that nobody had asked him. On Friday Finn, 51, denied that he had taken the money. \
                Elena Warren said the mine would reopen. Warren added that she was glad.";
    let found = read(text);
    assert_eq!(speaker(holding(&found, text, "asked him")), Some("Bishop"));
    assert_eq!(speaker(holding(&found, text, "taken the money")), Some("Finn"));
    assert_eq!(speaker(holding(&found, text, "was glad")), Some("Elena Warren"));
}

#[test]
fn a_title_inside_a_name_is_part_of_it() {
    let text = "Elena M. Varga said that the bench had met.";
    let found = read(text);
    assert_eq!(speaker(holding(&found, text, "bench")), Some("Elena M. Varga"));
}

#[test]
fn the_one_asked_is_the_addressee_and_nobody_else_is_the_asker() {
    let text = "Asked about the strike, Clara Dorn said that the talks would go on.";
    let found = read(text);
    let asked = holding(&found, text, "the strike");
    assert_eq!(asked.speaker.as_ref().map(|s| (s.name.clone(), s.kind)), Some((None, SpeakerKind::Unnamed)));
    assert_eq!(asked.addressee.as_ref().map(|a| a.name.as_str()), Some("Clara Dorn"));
}

#[test]
fn hearsay_is_nested() {
    let text = "Critics said that Mr. Holt had told the court that the vessel was empty.";
    let found = read(text);
    let inner = found.statements.iter().find(|s| s.said_in.is_some()).expect("a nested statement");
    assert_eq!(speaker(inner), Some("Holt"));
    assert_eq!(inner.content[0].text(text), "that the vessel was empty");
}

#[test]
fn the_occasion_is_no_part_of_the_content() {
    let text = "Governor Ada Finn denounced the treaty in a speech to parliament on Monday.";
    let found = read(text);
    let statement = holding(&found, text, "treaty");
    assert_eq!(statement.content[0].text(text), "the treaty");
    assert!(statement.occasion.is_some_and(|o| o.text(text).starts_with("in a speech")), "{statement:?}");
}

#[test]
fn an_explanation_names_rule_speaker_and_tree() {
    let text = "Clara Dorn met Paul Venn. He said that the plan was ready.";
    let lexicon = Lexicon::load();
    let reading = annotate::readings(&[text], &encoder::Encoder::embedded(), &lexicon).remove(0);
    let found =
        extract::explain(&Article::of_text("-", text), None, &reading, &lexicon, record::StatementIx(0))
            .expect("s1");
    assert!(found.fired.iter().any(|f| f == "speaker: pronoun"), "{:?}", found.fired);
    assert_eq!(found.candidates.first().map(|c| c.0.as_str()), Some("Paul Venn"));
    assert!(found.tree.iter().any(|t| t.part == Some("cue") && t.lemma == "say"));
    assert!(
        extract::explain(&Article::of_text("-", text), None, &reading, &lexicon, record::StatementIx(9))
            .is_none()
    );
}

#[test]
fn odd_texts_do_not_break() {
    let odd = ["", "\n\n", "“", "said", "“”“”, said said said.", "who who who said that that", "” a “ b ” c"];
    let looped = "Varga named ninety retired judges -- most of whom had backed her before -- who cited her years in the \
                  port council in contrast to the shipowner who lacks experience and has attacked allies .";
    for text in odd.into_iter().chain([looped]) {
        let found = read(text);
        for statement in &found.statements {
            assert!(!statement.content.is_empty());
            assert!(statement.content.iter().all(|c| c.is_valid_in(text) && !c.is_empty()));
        }
    }
}
