//! Labels of the record in words for people.

use record::{
    Act, Basis, BoilerplateReason, Claim, ClaimRelation, CopyRelation, EventType, Form, Modality, Statement,
    VariantRelation,
};

/// How a date is known.
pub(crate) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Metadata => "stated in the page’s metadata",
        Basis::Byline => "stated in the byline or dateline",
        Basis::Inferred => "worked out from the dates that the text names",
        Basis::Aligned => "taken over from dated reports of the same story, whose days its own words fit",
    }
}

/// What a statement does, as a verb in the third person.
pub(crate) fn act(act: Act) -> &'static str {
    match act {
        Act::Assert => "asserts",
        Act::Deny => "denies",
        Act::Accuse => "accuses",
        Act::Criticise => "criticises",
        Act::Demand => "demands",
        Act::Ask => "asks",
        Act::Propose => "proposes",
        Act::Promise => "promises",
        Act::Refuse => "refuses",
        Act::Threaten => "threatens",
        Act::Agree => "agrees",
        Act::Support => "supports",
        Act::Announce => "announces",
        Act::Assess => "assesses",
    }
}

/// What an event's actor does, as a verb in the third person.
pub(crate) fn does(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "agrees",
        EventType::Consult => "consults",
        EventType::Support => "supports",
        EventType::Concede => "concedes",
        EventType::Cooperate => "cooperates",
        EventType::Aid => "aids",
        EventType::Retreat => "retreats",
        EventType::Request => "demands",
        EventType::Accuse => "accuses",
        EventType::Reject => "refuses",
        EventType::Threaten => "threatens",
        EventType::Protest => "protests",
        EventType::Sanction => "sanctions",
        EventType::Mobilize => "mobilizes",
        EventType::Coerce => "coerces",
        EventType::Assault => "assaults",
    }
}

/// What a statement does, said with its negation; `says` where no act is known.
pub(crate) fn deed(statement: &Statement) -> String {
    let verb = statement.act.map_or("says", act);
    if statement.negated { format!("{verb} (reported as not done)") } else { verb.to_owned() }
}

/// How words are reported.
pub(crate) fn form(form: Form) -> &'static str {
    match form {
        Form::Direct => "quoted",
        Form::Indirect => "reported",
        Form::Mixed => "partly quoted",
        Form::Thought => "thought",
    }
}

/// What one report alone says.
pub(crate) const ONLY: (&str, &str) = ("1", "only here");

/// How reports relate in a claim: a sign, so that colour is never alone, and a word.
pub(crate) fn relation(claim: &Claim) -> (&'static str, &'static str) {
    match claim.relation {
        ClaimRelation::Conflict => ("≠", "differs"),
        ClaimRelation::Update => ("→", "updated"),
        ClaimRelation::VagueVsExact => ("≈", "vague and exact"),
        ClaimRelation::Rounding => ("≈", "rounded"),
        ClaimRelation::Agree if is_loose(claim) => ("=", "perhaps the same"),
        ClaimRelation::Agree if claim.independent_origins < 2 => ("=", "same, one origin"),
        ClaimRelation::Agree => ("=", "agrees"),
        ClaimRelation::Only => ONLY,
    }
}

/// Whether reports share little more than a word for one kind of event.
pub(crate) fn is_loose(claim: &Claim) -> bool {
    claim.relation == ClaimRelation::Agree && claim.confidence < 0.5
}

/// The order in which claims are shown: what needs a decision first, then what most origins support.
pub(crate) fn rank(claim: &Claim) -> (u8, std::cmp::Reverse<u32>) {
    let relation = match claim.relation {
        ClaimRelation::Conflict => 0,
        ClaimRelation::Update => 1,
        ClaimRelation::VagueVsExact => 2,
        ClaimRelation::Rounding => 3,
        ClaimRelation::Agree if !is_loose(claim) => 4,
        ClaimRelation::Agree => 5,
        ClaimRelation::Only => 6,
    };
    (relation, std::cmp::Reverse(claim.independent_origins))
}

/// How a variant relates to the fullest form.
pub(crate) fn variant(relation: VariantRelation) -> &'static str {
    match relation {
        VariantRelation::Verbatim => "the same words",
        VariantRelation::Trimmed => "shortened",
        VariantRelation::Paraphrase => "in other words",
        VariantRelation::Retranslation => "translated again",
    }
}

/// How much of one report stands in another.
pub(crate) fn copy(relation: CopyRelation) -> &'static str {
    match relation {
        CopyRelation::Same => "the same text",
        CopyRelation::NearCopy => "almost the same text",
        CopyRelation::Excerpt => "an excerpt",
        CopyRelation::SharedPassages => "some passages",
    }
}

/// Why a stretch of text is not article prose.
pub(crate) fn boilerplate(reason: BoilerplateReason) -> &'static str {
    match reason {
        BoilerplateReason::Teaser => "teaser",
        BoilerplateReason::Subscription => "subscription notice",
        BoilerplateReason::Caption => "caption",
        BoilerplateReason::Share => "share button",
        BoilerplateReason::Byline => "byline",
        BoilerplateReason::Dateline => "dateline",
        BoilerplateReason::Update => "update notice",
        BoilerplateReason::Navigation => "navigation",
        BoilerplateReason::Advertisement => "advertisement",
        BoilerplateReason::Copyright => "copyright notice",
        BoilerplateReason::Contact => "contact line",
    }
}

/// Whether an event took place.
pub(crate) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Happened => "happened",
        Modality::Ongoing => "going on",
        Modality::Planned => "planned",
        Modality::Threatened => "threatened",
        Modality::Hypothetical => "supposed",
        Modality::Denied => "denied",
    }
}

/// Name of an ISO 639-1 language; the code where it is not known here.
pub(crate) fn language(code: &str) -> &str {
    match code {
        "en" => "English",
        "fr" => "French",
        "de" => "German",
        "es" => "Spanish",
        "it" => "Italian",
        "pt" => "Portuguese",
        "nl" => "Dutch",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "pl" => "Polish",
        "sv" => "Swedish",
        "tr" => "Turkish",
        "ar" => "Arabic",
        "fa" => "Persian",
        "hi" => "Hindi",
        "ja" => "Japanese",
        "ko" => "Korean",
        "zh" => "Chinese",
        other => other,
    }
}

/// `1 report`, `2 reports`.
pub(crate) fn count(n: usize, one: &str) -> String {
    counted(n, one, &format!("{one}s"))
}

/// The same for words whose plural is not formed with an s.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// `12,345`.
pub(crate) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(12), "12");
        assert_eq!(count(1, "report"), "1 report");
        assert_eq!(counted(1200, "copy", "copies"), "1,200 copies");
    }
}
