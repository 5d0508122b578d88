use crate::published;
use lexicon::Lexicon;
use record::{Article, Basis, Published, Reading};

fn article(text: &str) -> Article {
    Article::of_text("a.txt", text)
}

fn labelled(text: &str, value: &str) -> Article {
    let label = Published { value: value.into(), basis: Basis::Metadata, evidence: Vec::new() };
    Article { published: Some(label), ..article(text) }
}

fn read(article: &Article) -> (Option<(String, Basis)>, Vec<String>) {
    let lexicon = Lexicon::load();
    let reading = Reading::default();
    let (date, notes) = published(article, &reading, &lexicon);
    if let Some(date) = &date {
        assert!(date.evidence.iter().all(|s| s.is_valid_in(&article.text)));
    }
    (date.map(|d| (d.value, d.basis)), notes)
}

const WEEK: &str = "The minister opened the talks on Thursday, May 6, in Riga. Envoys had arrived on Tuesday. \
     The plan, first drawn up in 2014, was praised. Thursday, the other side agreed.";

#[test]
fn a_label_that_fits_is_believed() {
    let (date, notes) = read(&labelled(WEEK, "2021-05-07"));
    assert_eq!(date, Some(("2021-05-07".into(), Basis::Metadata)));
    assert!(notes.is_empty());
}

#[test]
fn a_label_against_the_texts_own_week_is_reported_and_not_believed() {
    let (date, notes) = read(&labelled(WEEK, "2021-06-20"));
    assert_eq!(date, Some(("2021-05-06".into(), Basis::Inferred)));
    assert!(notes[0].contains("2021-06-20") && notes[0].contains("Thursday, May 6"), "{notes:?}");
    let (date, _) = read(&article(&format!("June 20, 2021\n\nTalks open in Riga\n\n{WEEK}")));
    assert_eq!(date, Some(("2021-05-06".into(), Basis::Inferred)));
}

#[test]
fn one_stray_date_does_not_unseat_a_label() {
    let text = "On Thursday, May 6, the bridge fell. The inquiry found rust. Its report is out.";
    assert_eq!(read(&labelled(text, "2021-06-20")).0, Some(("2021-06-20".into(), Basis::Metadata)));
    let text = format!("{WEEK} On June 18 the inquiry began.");
    assert_eq!(read(&labelled(&text, "2021-06-20")).0, Some(("2021-06-20".into(), Basis::Metadata)));
}

#[test]
fn labels_in_the_text_and_the_address() {
    let by = |text: &str| read(&article(text)).0;
    assert_eq!(
        by("Rain in Bonn\nPublished on 3 March 2020, 10:15 GMT\n\nIt rained."),
        Some(("2020-03-03".into(), Basis::Byline))
    );
    assert_eq!(
        by("Rain in Bonn\nBy Jane Roe | March 3, 2020\n\nIt rained."),
        Some(("2020-03-03".into(), Basis::Byline))
    );
    assert_eq!(by("BONN, March 3, 2020 (Wire) — It rained."), Some(("2020-03-03".into(), Basis::Byline)));
    assert_eq!(by("Port of Bonn, March 3, 2020 — It rained."), Some(("2020-03-03".into(), Basis::Byline)));
    assert_eq!(by("The flood of March 3, 2020 in pictures\n\nIt rained."), None);
    assert_eq!(by("Bonn saw on March 3, 2020 – and not for the first time – rain."), None);
    let url = Article { url: Some("https://example.org/2020/03/03/rain".into()), ..article("It rained.") };
    assert_eq!(read(&url).0, Some(("2020-03-03".into(), Basis::Metadata)));
}

#[test]
fn labels_that_name_different_days_are_reported() {
    let mut two = labelled("Rain in Bonn\nPublished on 3 March 2020\n\nIt rained.", "2020-03-09");
    let (date, notes) = read(&two);
    assert_eq!(date, Some(("2020-03-09".into(), Basis::Metadata)));
    assert!(notes.len() == 1 && notes[0].contains("byline (2020-03-03)"), "{notes:?}");
    two.published =
        Some(Published { value: "2020-03-04".into(), basis: Basis::Metadata, evidence: Vec::new() });
    assert_eq!(read(&two).1, Vec::<String>::new());
}

#[test]
fn a_weekday_that_does_not_fit_its_date_is_reported() {
    let notes = read(&labelled("They met on Friday, May 5, 2021, in Riga.", "2021-05-07")).1;
    assert!(notes.len() == 1 && notes[0].contains("a Wednesday"), "{notes:?}");
    assert_eq!(read(&labelled("They met on Wednesday, May 5, 2021.", "2021-05-07")).1, Vec::<String>::new());
}

#[test]
fn an_undated_text_is_dated_only_on_clear_evidence() {
    let dated =
        "On Thursday, May 6, he spoke. The 2021 budget was passed on Tuesday. It rained on Wednesday.";
    assert_eq!(read(&article(dated)).0, Some(("2021-05-06".into(), Basis::Inferred)));
    assert_eq!(read(&article("He spoke on Thursday. On Tuesday it rained. In 2014 he left.")).0, None);
    assert_eq!(
        read(&article("On Thursday, May 6, he spoke. On Tuesday it rained. In 2014 he left.")).0,
        None
    );
}
