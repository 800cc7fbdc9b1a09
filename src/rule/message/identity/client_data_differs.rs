//! Birth date and gender of a client are those that the identity code tells.

use crate::domain::{Gender, Hetu, Hl7Time};
use crate::profile::GenderCodes;
use crate::rule::message::document::frame_document_differs::clients_agree;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, test_code};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::wire::hl7::InstanceId;
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "client-data-differs",
    requirement: "STO-10",
    sentence: "Birth date and gender of a client are those that the identity code tells.",
    codes: &[FindingCode::ClientDataDiffers],
    judge,
};

struct ComparedClient<'a> {
    id: Option<&'a LocatedValue<InstanceId>>,
    birth: Option<&'a LocatedValue<String>>,
    gender: Option<&'a LocatedValue<String>>,
}

/// Where frame and document name different clients, nobody can say whose data is wrong. That a date is none is
/// another finding.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    if !clients_agree(subject) {
        return;
    }
    for client in clients(subject) {
        if let Some(code) = client.id.and_then(|id| test_code(id)) {
            judge_birth(&code, client.birth, findings);
            judge_gender(&subject.context.profile.identity.gender, &code, client.gender, findings);
        }
    }
}

fn clients<'a>(subject: &JudgedMessage<'a>) -> Vec<ComparedClient<'a>> {
    let framed = subject.frame_document().into_iter().flat_map(|frame| &frame.clients);
    let framed = framed.map(|client| ComparedClient {
        id: client.id.as_ref(),
        birth: client.birth_time.as_ref(),
        gender: client.gender.as_ref(),
    });
    let own = subject.document.into_iter().flat_map(|document| &document.clients);
    let own = own.map(|client| ComparedClient {
        id: client.id.as_ref(),
        birth: client.birth_time.as_ref(),
        gender: client.gender.as_ref(),
    });
    framed.chain(own).collect()
}

fn judge_birth(code: &Hetu, birth: Option<&LocatedValue<String>>, findings: &mut Findings<'_>) {
    let Some((birth, told)) = birth.and_then(|birth| Some((birth, birth.parse::<Hl7Time>().ok()?))) else { return };
    if told.date != code.birth_date() {
        let expected = code.birth_date().strftime("%Y%m%d").to_string();
        findings.add(FindingCode::ClientDataDiffers, &birth.spot, Said::value(expected), Said::value(birth.as_str()));
    }
}

/// Codes other than the two for men and women say that the gender is not known, and contradict nothing.
fn judge_gender(rules: &GenderCodes, code: &Hetu, gender: Option<&LocatedValue<String>>, findings: &mut Findings<'_>) {
    let (expected, other) = match code.gender() {
        Gender::Male => (&rules.male, &rules.female),
        Gender::Female => (&rules.female, &rules.male),
    };
    if let Some(gender) = gender.filter(|gender| gender.value == *other) {
        findings.add_as(
            FindingCode::ClientDataDiffers,
            rules.evidence,
            &gender.spot,
            Said::value(expected.as_str()),
            Said::value(gender.as_str()),
        );
    }
}
