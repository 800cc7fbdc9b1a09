//! The rules about messages to the archive in the order in which their findings stand.

use super::context::ArchiveContext;
use super::judged_message::{JudgedMessage, MessageSubject};
use super::{body, declaration, document, element, frame, identity, signature, version};
use crate::reading::ArchiveReading;
use crate::rule::{Finding, Findings, Rule, RuleEntry, Stage, entries, run_stages};

/// What the transmission wrapper and the control act tell.
const OF_FRAME: &[Rule<MessageSubject>] = &[
    frame::message_unreadable::RULE,
    frame::message_too_large::RULE,
    frame::interaction::RULE,
    frame::message_id::RULE,
    frame::sender_not_caller::RULE,
    frame::message_id_root_foreign::RULE,
    frame::receiver_unknown::RULE,
    frame::processing_code_not_test::RULE,
    frame::service_request::RULE,
    frame::use_situation_missing::RULE,
    frame::use_situation_differs::RULE,
    frame::search_without_client::RULE,
    frame::query_parameter::RULE,
    frame::query_continuation_wrong::RULE,
];

/// How the document comes, and to which group it belongs.
const OF_DOCUMENT: &[Rule<MessageSubject>] = &[
    document::document_missing::RULE,
    document::package::RULE,
    document::attachment::RULE,
    document::frame_document_differs::RULE,
    document::document_group_missing::RULE,
    document::document_group_unfit::RULE,
];

/// What each element is by the rows of the profile.
const OF_ELEMENTS: &[Rule<MessageSubject>] = &[
    element::element_missing_or_surplus::RULE,
    element::code_system_wrong::RULE,
    element::value_not_allowed::RULE,
    element::code_unverified::RULE,
    element::element_type_wrong::RULE,
    element::element_order::RULE,
];

/// What the document's header tells.
const OF_HEADER: &[Rule<MessageSubject>] = &[
    document::document_not_ready::RULE,
    document::content_specification_differs::RULE,
    document::general_type_differs::RULE,
    document::custodian_not_organiser::RULE,
];

/// Who is named.
const OF_PERSONS: &[Rule<MessageSubject>] = &[
    identity::identity_code_foreign::RULE,
    identity::identity_code_wrong::RULE,
    identity::client_data_differs::RULE,
    identity::client_id_wrong::RULE,
    identity::temporary_id_not_allowed::RULE,
];

/// What the document says, and in which form.
const OF_BODY: &[Rule<MessageSubject>] = &[
    body::body_unreadable::RULE,
    body::display_form_wrong::RULE,
    body::pdf::RULE,
    body::json_missing::RULE,
    body::json_client_differs::RULE,
    body::structured_form_differs::RULE,
    body::json_schema::RULE,
    body::json_condition::RULE,
];

/// What a declaration of intent declares.
const OF_DECLARATION: &[Rule<MessageSubject>] = &[
    declaration::declaration_unclear::RULE,
    declaration::declaration_author_missing::RULE,
    declaration::declaration_representative_wrong::RULE,
    declaration::permit_before_information::RULE,
];

/// Who signed, and what.
const OF_SIGNATURE: &[Rule<MessageSubject>] = &[
    signature::signature_missing::RULE,
    signature::signature_kind_unfit::RULE,
    signature::signature_unverified::RULE,
    signature::signature_form_wrong::RULE,
    signature::signature_form_unusual::RULE,
    signature::signature_target_wrong::RULE,
    signature::signature_time_not_covered::RULE,
    signature::signature_differs::RULE,
    signature::signature_value_wrong::RULE,
    signature::signer_not_trusted::RULE,
    signature::signer_not_author::RULE,
    signature::signer_named_otherwise::RULE,
    signature::signature_time_wrong::RULE,
];

/// What the document refers to and replaces.
const OF_VERSION: &[Rule<MessageSubject>] = &[
    version::reference::RULE,
    version::document_id_reused::RULE,
    version::set_id_changed::RULE,
    version::version_not_raised::RULE,
    version::replacement_link_missing::RULE,
    version::correction_not_of_newest::RULE,
];

/// Every rule looks at what it can read of the message, whatever else is wrong with it.
const STAGES: &[Stage<MessageSubject>] = &[
    Stage { rules: OF_FRAME, applies: always },
    Stage { rules: OF_DOCUMENT, applies: always },
    Stage { rules: OF_ELEMENTS, applies: always },
    Stage { rules: OF_HEADER, applies: always },
    Stage { rules: OF_PERSONS, applies: always },
    Stage { rules: OF_BODY, applies: always },
    Stage { rules: OF_DECLARATION, applies: always },
    Stage { rules: OF_SIGNATURE, applies: always },
    Stage { rules: OF_VERSION, applies: always },
];

/// What is wrong with one message, in the order of the rules. `exchange` is the number under which the evidence holds it.
pub fn judge(reading: &ArchiveReading, context: &ArchiveContext<'_>, exchange: Option<u64>) -> Vec<Finding> {
    let subject = JudgedMessage::new(reading, context);
    let mut findings = Findings::new(context.catalogue, context.strictness).about(exchange, reading.texts());
    run_stages(STAGES, &subject, &mut findings);
    findings.into_list()
}

/// The rules about messages to the archive, in their order.
pub fn rules() -> impl Iterator<Item = RuleEntry> {
    entries(STAGES)
}

fn always(_: &JudgedMessage<'_>, _: &Findings<'_>) -> bool {
    true
}
