//! An expectation of any kind.

use super::attachments::{AttachmentsSent, AttachmentsShown};
use super::{
    AttemptLogged, Case, ClientLog, CodesLogged, CriterionStated, DeclarationHeld, DisclosureLogged, EndsIn,
    ErrorsShown, Exchanges, FormReceived, FormSent, GroundLogged, InRegister, IssuesShown, LogAgrees, LogIntegrity,
    LogTimes, NoticeOrder, Notices, Pages, PdfSent, Retention, RetryAfter, RetryPauses, Shown, Status, StoredOnce,
    SummaryShown, TextHeld, TokenParties, Versions,
};
use crate::rule::{FindingCode, Findings};

/// An expectation of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// How an action ends.
    EndsIn(EndsIn),
    /// How many messages of an operation arrive, and how Kanta answers them.
    Exchanges(Exchanges),
    /// Which documents the system shows.
    Shown(Shown),
    /// What a summary counts.
    SummaryShown(SummaryShown),
    /// That a shown document holds its own text.
    TextHeld(TextHeld),
    /// What the system says of a document that it keeps.
    Status(Status),
    /// That the system shows the errors that Kanta gave.
    ErrorsShown(ErrorsShown),
    /// That a document is in the archive once.
    StoredOnce(StoredOnce),
    /// How many versions of a document the archive holds, and whether it is nullified.
    Versions(Versions),
    /// Which notices arrive.
    Notices(Notices),
    /// That notices arrive in the order of the disclosures.
    NoticeOrder(NoticeOrder),
    /// That the use log agrees with the traffic.
    LogAgrees(LogAgrees),
    /// That Kanta holds a declaration of intent.
    DeclarationHeld(DeclarationHeld),
    /// That Kanta's log tells of a disclosure.
    DisclosureLogged(DisclosureLogged),
    /// In whose register a document is.
    InRegister(InRegister),
    /// That the use log tells the basis of a search.
    GroundLogged(GroundLogged),
    /// That the system shows every error that the log service gave of a notice.
    IssuesShown(IssuesShown),
    /// That the use log tells the codes of refusals.
    CodesLogged(CodesLogged),
    /// That the system can tell whether its log was tampered with.
    LogIntegrity(LogIntegrity),
    /// That a refused attempt is in the log.
    AttemptLogged(AttemptLogged),
    /// How long the log is kept.
    Retention(Retention),
    /// What a client is told of the log.
    ClientLog(ClientLog),
    /// That every page of the results is asked for, once.
    Pages(Pages),
    /// That a document is sent with its attachments.
    AttachmentsSent(AttachmentsSent),
    /// That a document is shown with its attachments.
    AttachmentsShown(AttachmentsShown),
    /// That documents are shown as PDF/A.
    PdfSent(PdfSent),
    /// That Retry-After is honoured.
    RetryAfter(RetryAfter),
    /// That pauses between tries are long enough and do not shrink.
    RetryPauses(RetryPauses),
    /// How the log writes moments.
    LogTimes(LogTimes),
    /// In whose name the token of a notice speaks.
    TokenParties(TokenParties),
    /// That the query of a narrowed search states its criterion.
    CriterionStated(CriterionStated),
    /// That a form goes to the service once.
    FormSent(FormSent),
    /// That a form which waits is fetched, receipted and shown.
    FormReceived(FormReceived),
}

impl Expectation {
    /// The step it is about.
    pub fn step(&self) -> &str {
        match self {
            Self::EndsIn(it) => &it.step,
            Self::Exchanges(it) => &it.step,
            Self::Shown(it) => &it.step,
            Self::SummaryShown(it) => &it.step,
            Self::TextHeld(it) => &it.step,
            Self::Status(it) => &it.step,
            Self::ErrorsShown(it) => &it.step,
            Self::StoredOnce(it) => &it.step,
            Self::Versions(it) => &it.step,
            Self::Notices(it) => &it.step,
            Self::NoticeOrder(it) => &it.step,
            Self::LogAgrees(it) => &it.step,
            Self::DeclarationHeld(it) => &it.step,
            Self::DisclosureLogged(it) => &it.step,
            Self::InRegister(it) => &it.step,
            Self::GroundLogged(it) => &it.step,
            Self::IssuesShown(it) => &it.step,
            Self::CodesLogged(it) => &it.step,
            Self::LogIntegrity(it) => &it.step,
            Self::AttemptLogged(it) => &it.step,
            Self::Retention(it) => &it.step,
            Self::ClientLog(it) => &it.step,
            Self::Pages(it) => &it.step,
            Self::AttachmentsSent(it) => &it.step,
            Self::AttachmentsShown(it) => &it.step,
            Self::PdfSent(it) => &it.step,
            Self::RetryAfter(it) => &it.step,
            Self::RetryPauses(it) => &it.step,
            Self::LogTimes(it) => &it.step,
            Self::TokenParties(it) => &it.step,
            Self::CriterionStated(it) => &it.step,
            Self::FormSent(it) => &it.step,
            Self::FormReceived(it) => &it.step,
        }
    }

    /// The codes that it can give.
    pub fn codes(&self) -> Vec<FindingCode> {
        match self {
            Self::EndsIn(it) => vec![it.finding, EndsIn::UNNAMED],
            Self::Exchanges(it) => vec![it.finding],
            Self::Shown(it) => it.codes(),
            Self::SummaryShown(_) => SummaryShown::CODES.to_vec(),
            Self::TextHeld(_) => vec![TextHeld::CODE],
            Self::Status(_) => vec![Status::CODE],
            Self::ErrorsShown(_) => vec![ErrorsShown::CODE],
            Self::StoredOnce(_) => StoredOnce::CODES.to_vec(),
            Self::Versions(it) => vec![it.finding],
            Self::Notices(it) => it.codes().to_vec(),
            Self::NoticeOrder(_) => vec![NoticeOrder::CODE],
            Self::LogAgrees(_) => LogAgrees::CODES.to_vec(),
            Self::DeclarationHeld(it) => vec![it.finding],
            Self::DisclosureLogged(it) => vec![it.finding],
            Self::InRegister(it) => vec![it.finding],
            Self::GroundLogged(_) => vec![GroundLogged::CODE],
            Self::IssuesShown(_) => IssuesShown::CODES.to_vec(),
            Self::CodesLogged(_) => vec![CodesLogged::CODE],
            Self::LogIntegrity(it) => vec![LogIntegrity::CODES[usize::from(it.intact)]],
            Self::AttemptLogged(it) => vec![it.finding],
            Self::Retention(_) => vec![Retention::CODE],
            Self::ClientLog(_) => vec![ClientLog::CODE],
            Self::Pages(_) => Pages::CODES.to_vec(),
            Self::AttachmentsSent(_) => vec![AttachmentsSent::CODE],
            Self::AttachmentsShown(_) => vec![AttachmentsShown::CODE],
            Self::PdfSent(_) => vec![PdfSent::CODE],
            Self::RetryAfter(_) => vec![RetryAfter::CODE],
            Self::RetryPauses(_) => vec![RetryPauses::CODE],
            Self::LogTimes(_) => vec![LogTimes::CODE],
            Self::TokenParties(_) => vec![TokenParties::CODE],
            Self::CriterionStated(_) => vec![CriterionStated::CODE],
            Self::FormSent(_) => FormSent::CODES.to_vec(),
            Self::FormReceived(_) => FormReceived::CODES.to_vec(),
        }
    }

    /// Judges it.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        match self {
            Self::EndsIn(it) => it.judge(case, out),
            Self::Exchanges(it) => it.judge(case, out),
            Self::Shown(it) => it.judge(case, out),
            Self::SummaryShown(it) => it.judge(case, out),
            Self::TextHeld(it) => it.judge(case, out),
            Self::Status(it) => it.judge(case, out),
            Self::ErrorsShown(it) => it.judge(case, out),
            Self::StoredOnce(it) => it.judge(case, out),
            Self::Versions(it) => it.judge(case, out),
            Self::Notices(it) => it.judge(case, out),
            Self::NoticeOrder(it) => it.judge(case, out),
            Self::LogAgrees(it) => it.judge(case, out),
            Self::DeclarationHeld(it) => it.judge(case, out),
            Self::DisclosureLogged(it) => it.judge(case, out),
            Self::InRegister(it) => it.judge(case, out),
            Self::GroundLogged(it) => it.judge(case, out),
            Self::IssuesShown(it) => it.judge(case, out),
            Self::CodesLogged(it) => it.judge(case, out),
            Self::LogIntegrity(it) => it.judge(case, out),
            Self::AttemptLogged(it) => it.judge(case, out),
            Self::Retention(it) => it.judge(case, out),
            Self::ClientLog(it) => it.judge(case, out),
            Self::Pages(it) => it.judge(case, out),
            Self::AttachmentsSent(it) => it.judge(case, out),
            Self::AttachmentsShown(it) => it.judge(case, out),
            Self::PdfSent(it) => it.judge(case, out),
            Self::RetryAfter(it) => it.judge(case, out),
            Self::RetryPauses(it) => it.judge(case, out),
            Self::LogTimes(it) => it.judge(case, out),
            Self::TokenParties(it) => it.judge(case, out),
            Self::CriterionStated(it) => it.judge(case, out),
            Self::FormSent(it) => it.judge(case, out),
            Self::FormReceived(it) => it.judge(case, out),
        }
    }
}
