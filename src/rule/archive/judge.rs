//! The rules about messages to the archive, and the one way to run them.

use super::subject::Subject;
use super::{
    ArchiveContext, ArchiveReading, attachment, body, declaration, document, element, element_order, identity, message,
    signature, version,
};
use crate::rule::{Finding, FindingCode, Findings};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// What it proves, in one sentence.
    pub sentence: &'static str,
    /// Codes of the findings that it may give.
    pub codes: &'static [FindingCode],
    /// Looks at one message. It never sees what another rule found.
    pub(super) judge: fn(&Subject<'_>, &mut Findings<'_>),
}

/// Every rule, in the order of their findings.
pub const RULES: &[Rule] = &[
    message::READABLE,
    message::INTERACTION,
    message::MESSAGE_ID,
    message::SENDER,
    message::MESSAGE_ID_ROOT,
    message::RECEIVER,
    message::PROCESSING_CODE,
    message::SERVICE_REQUEST,
    message::USE_SITUATION,
    message::USE_SITUATION_FITS,
    message::SEARCH_CLIENT,
    message::QUERY_PARAMETERS,
    message::CONTINUATION,
    document::PACKAGE,
    attachment::ATTACHMENTS,
    document::FRAME_AGREES,
    document::GROUP_STATED,
    document::GROUP_FITS,
    element::OCCURRENCE,
    element::CODE_SYSTEM,
    element::KNOWN_CODES,
    element::VALUE_KIND,
    element_order::ELEMENT_ORDER,
    document::READY,
    document::CONTENT_SPECIFICATION,
    document::GENERAL_TYPE,
    document::ORGANISER,
    identity::TEST_CODES,
    identity::WELL_FORMED,
    identity::CLIENT_DATA,
    identity::CLIENT_ID,
    body::DISPLAY_FORM,
    body::PDF_FORM,
    body::JSON_PRESENT,
    body::JSON_CLIENT,
    body::JSON_HEADER,
    body::JSON_VALID,
    body::JSON_CONDITIONS,
    declaration::DECLARATION_SAID,
    declaration::DECLARATION_AUTHOR,
    declaration::DECLARATION_REPRESENTATIVE,
    declaration::DECLARATION_AFTER_INFORMATION,
    signature::PRESENT,
    signature::KIND_FITS,
    signature::FORM,
    signature::TARGETS,
    signature::GENUINE,
    signature::TRUSTED,
    signature::SIGNER,
    signature::SIGNER_NAMED,
    signature::TIME,
    version::UPWARD,
    version::DOCUMENT_ID,
    version::SET_ID,
    version::VERSION_NUMBER,
    version::REPLACEMENT_LINK,
    version::NEWEST,
];

/// The findings about one message, in the order of [`RULES`]. `exchange` is the number under which the
/// evidence holds it.
pub fn judge(reading: &ArchiveReading, context: &ArchiveContext<'_>, exchange: Option<u64>) -> Vec<Finding> {
    let subject = Subject::new(reading, context);
    let mut findings = Findings::new(context.catalogue, context.strictness).about(exchange, reading.texts());
    for rule in RULES {
        (rule.judge)(&subject, &mut findings);
    }
    findings.into_list()
}
