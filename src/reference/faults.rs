//! The table of faults: every way in which the reference system can be told to deviate, one at a
//! time. The deviation itself stands where the conforming behaviour stands.

use std::fmt;
use std::str::FromStr;

macro_rules! faults {
    ($($variant:ident $name:literal $text:literal,)*) => {
        /// One deviation from conforming behaviour.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault {
            $(#[doc = $text] $variant,)*
        }

        const TABLE: &[(Fault, &str, &str)] = &[$((Fault::$variant, $name, $text),)*];
    };
}

faults! {
    SignatureMissing "signature-missing" "Client documents carry no signature.",
    SignatureOverOtherBytes "signature-over-other-bytes" "The digest of the body is of other bytes; the signature value is genuine.",
    SignatureValueWrong "signature-value-wrong" "The signature value is not what the key makes; the digests hold.",
    SignatureTimestampAltered "signature-timestamp-altered" "The time of signing is changed after signing.",
    SignatureLeavesOutTime "signature-leaves-out-time" "A professional's signature covers the body alone and not its time.",
    SignedBySystem "signed-by-system" "A client document is signed by the system, and says so.",
    SignedInFuture "signed-in-future" "The time of signing is tomorrow, and the header tells the time of today.",
    SignerNamedOther "signer-named-other" "The header names another professional as signer than the one who signed.",
    SignerNotAuthor "signer-not-author" "A professional's signature is made with the organisation's certificate.",
    DocumentGroupMissing "document-group-missing" "The header of a client document lacks its document group.",
    FrameNamesOtherDocument "frame-names-other-document" "The frame names another document identifier than the document.",
    ContentSpecificationWrong "content-specification-wrong" "The header names the content specification of another document type.",
    JsonRequiredMissing "json-required-missing" "The structured form lacks a member that its schema requires.",
    BirthDateDiffers "birth-date-differs" "The birth date of the client is not that of the identity code.",
    DisplayFormOfOtherDocument "display-form-of-other-document" "The display form carries the identifier of another document.",
    CustodianOther "custodian-other" "The document names another controller than the service organiser.",
    InteractionDiffers "interaction-differs" "interactionId names another interaction than the message element.",
    FrameWithoutPerformer "frame-without-performer" "The message with a client document does not tell who acts.",
    BodyTwice "body-twice" "A client document has a second, empty body.",
    RetentionOfOtherSystem "retention-of-other-system" "The retention class of a client document is of the code system of service tasks.",
    AcceptAckCodeUnknown "accept-ack-code-unknown" "A message with a client document asks for its acknowledgement with a code that HL7 does not have.",
    CreationTimeWithoutZone "creation-time-without-zone" "The header of a client document tells the time of creation without its zone.",
    VersionBeforeSet "version-before-set" "The header of a client document gives the version number before setId.",
    SocialHeaderReordered "social-header-reordered" "The Finnish header of a client document begins with its document group.",
    GeneralTypeWrong "general-type-wrong" "A client document has the general type of plans, which its schema does not name.",
    JsonNamesOther "json-names-other" "The structured form of a client document gives the client another family name than the header.",
    FrameInOtherLanguage "frame-in-other-language" "The frame of a client document names another language than the document.",
    ClientIdentifiedTwice "client-identified-twice" "The structured form gives the client a temporary identifier beside the identity code.",
    MarkerMissing "marker-missing" "The text that the action gave is sent without its marker.",
    StorageKeptLocal "storage-kept-local" "A client document is shown as stored and never sent.",
    IdentityCodeForeign "identity-code-foreign" "The text of a client document holds an identity code outside the 900 series.",
    IdentityCodeMistyped "identity-code-mistyped" "The structured form holds the client's identity code with a wrong control character.",
    MessageIdMissing "message-id-missing" "A message with a client document carries no identifier.",
    MessageIdOfDocuments "message-id-of-documents" "A message with a client document has its identifier under the root of documents.",
    ReceiverOther "receiver-other" "A message with a client document is addressed to another party.",
    FormSentTwice "form-sent-twice" "A form goes out a second time under a key of its own.",
    FormDropped "form-dropped" "A form that the service of forms did not take is forgotten.",
    FormSentAnew "form-sent-anew" "After a broken connection a form is sent as a new one.",
    FormsLeftWaiting "forms-left-waiting" "Forms that wait are listed and not fetched.",
    FormNotReceipted "form-not-receipted" "Forms are fetched and never receipted.",
    FormNotShown "form-not-shown" "Forms are fetched and receipted, and not shown.",
    ServiceRequestMissing "service-request-missing" "A message with a client document states no service request.",
    PdfAsXhtml "pdf-as-xhtml" "A document that is to be PDF/A is made as XHTML.",
    PdfNotArchival "pdf-not-archival" "A PDF document does not say that it is PDF/A.",
    PdfMediaTypeWrong "pdf-media-type-wrong" "A PDF document is sent with the media type of XHTML.",
    PdfWithScript "pdf-with-script" "A PDF document runs a script when it is opened.",
    PdfEmbedsFile "pdf-embeds-file" "Another file lies in a PDF document.",
    PdfHoldsForeignCode "pdf-holds-foreign-code" "The title of a PDF document holds an identity code outside the 900 series.",
    AttachmentsIgnored "attachments-ignored" "A document is sent without the attachments that it is to have.",
    AttachmentLeftOut "attachment-left-out" "An attachment to which a document refers is not sent.",
    AttachmentWithoutReference "attachment-without-reference" "A document does not refer to its attachments.",
    AttachmentKindUnfit "attachment-kind-unfit" "Attachments are sent as files of an unknown kind.",
    AttachmentHoldsForeignCode "attachment-holds-foreign-code" "An attachment holds an identity code outside the 900 series.",
    AttachmentsNotShown "attachments-not-shown" "A document of the archive is shown without its attachments.",
    PackageBare "package-bare" "A client document is packed without its MIME package.",
    DocumentIdReused "document-id-reused" "A second client document gets the identifier of the first.",
    ClientRelationshipMissing "client-relationship-missing" "A matter points to a client relationship that does not exist.",
    FirstPhaseUnderLaterRequest "first-phase-under-later-request" "A document of the first phase is sent with the service request of later ones.",
    FirstPhaseWithoutMatter "first-phase-without-matter" "A document of the first phase names no matter.",
    OldDocumentWithoutRelationship "old-document-without-relationship" "An old document names no client relationship.",
    OldDocumentRelationshipUnknown "old-document-relationship-unknown" "An old document points to a client relationship that does not exist.",
    RefusedDocumentDropped "refused-document-dropped" "A document that Kanta refused is forgotten.",
    SearchWithoutClient "search-without-client" "A search names no client.",
    QueryParameterUnknown "query-parameter-unknown" "A search names its client in a parameter of another interface too.",
    QueryParameterMistyped "query-parameter-mistyped" "A search says in Finnish whether older versions are wanted.",
    StopsAtFirstPage "stops-at-first-page" "Of the results of a search only the first page is fetched.",
    RepeatsPage "repeats-page" "Every page behind the first is asked for by the number of the second.",
    ContinuationWithoutStart "continuation-without-start" "A continuation does not say with which result it begins.",
    SummaryDropsRows "summary-drops-rows" "Of a summary only the first row is shown.",
    SummaryCountsTooMany "summary-counts-too-many" "A summary shows one document too many of each kind.",
    SummaryNamesOther "summary-names-other" "A summary names another document than the latest.",
    SearchDropsResults "search-drops-results" "Of the results only the first is shown.",
    ShowsForeignResults "shows-foreign-results" "A document is shown that Kanta did not return.",
    SearchWithoutCriterion "search-without-criterion" "A search that is narrowed asks for everything, and the system picks what fits.",
    ShowsBesideCriterion "shows-beside-criterion" "A search that is narrowed shows what earlier searches found too.",
    HidesEarlierGroups "hides-earlier-groups" "Documents of the first phase and old ones are not shown.",
    NothingFoundAsError "nothing-found-as-error" "An answer without results is shown as an error.",
    MetadataSearchFetchesContent "metadata-search-fetches-content" "A metadata search asks for the contents too.",
    ShowsOldVersion "shows-old-version" "Replaced versions are shown beside the newest.",
    ShowsNullifiedDocument "shows-nullified-document" "A nullified document is shown as valid.",
    ShowsOwnCopy "shows-own-copy" "What the system stored is shown, whether Kanta still gives it or not.",
    SearchNotSent "search-not-sent" "A search is answered from what the system holds itself.",
    TextAlteredOnView "text-altered-on-view" "The text shown is not the text that Kanta returned.",
    SetIdChanged "set-id-changed" "A correction gets an original identifier of its own.",
    VersionNotRaised "version-not-raised" "A correction keeps the version number of what it replaces.",
    ReplacementLinkMissing "replacement-link-missing" "A correction does not name what it replaces.",
    CorrectsFirstVersion "corrects-first-version" "A later correction says that it replaces the first version.",
    NullifiesLocallyOnly "nullifies-locally-only" "A nullification is not sent to Kanta.",
    CorrectionKeptLocal "correction-kept-local" "A correction is not sent to Kanta.",
    HidesRefusal "hides-refusal" "A change of a document that is not the organisation's to change is shown as done.",
    NoticeNotSent "notice-not-sent" "No notice is sent of a disclosure outside the archive.",
    NoticeForArchiveDisclosure "notice-for-archive-disclosure" "A notice is sent of a disclosure through the archive too.",
    NoticePerItem "notice-per-item" "Every disclosed item gets a notice of its own.",
    ItemsMerged "items-merged" "All items of a disclosure stand in one entity.",
    TwoClientsInOneBundle "two-clients-in-one-bundle" "Notices about several persons go in one Bundle.",
    ProvenanceMissing "provenance-missing" "A notice goes without its Provenance.",
    NoticeWithoutController "notice-without-controller" "A notice names no disclosing controller among its agents.",
    NoticeWithoutRecipient "notice-without-recipient" "A notice names no recipient.",
    NoticeNamesControllerAlone "notice-names-controller-alone" "A notice names nobody but its controller among its agents.",
    ItemUndescribed "item-undescribed" "A disclosed item has neither type nor description.",
    OutdatedProfile "outdated-profile" "A notice names its profile of version 0.3.",
    FullUrlDiffers "full-url-differs" "fullUrl of a notice is not its identifier.",
    NoticeSignatureMissing "notice-signature-missing" "The Bundle of a notice carries no signature.",
    NoticeSignatureOverOtherBytes "notice-signature-over-other-bytes" "The Bundle's signature is of another Bundle.",
    NoticeSignerExpired "notice-signer-expired" "The Bundle of a notice is signed with a certificate that has expired.",
    NoticeSignerRevoked "notice-signer-revoked" "The Bundle of a notice is signed with a certificate that was revoked.",
    TokenSignerExpired "token-signer-expired" "The token is signed with a certificate that has expired.",
    TokenSignerRevoked "token-signer-revoked" "The token is signed with a certificate that was revoked.",
    MediaTypeWrong "media-type-wrong" "A notice is sent as plain JSON.",
    ContainedUnused "contained-unused" "A notice contains a resource that nothing refers to.",
    TokenMissing "token-missing" "A notice is sent without a token.",
    TokenExpired "token-expired" "The token of a notice has expired.",
    TokenAlgorithmNone "token-algorithm-none" "The token of a notice is not signed: its algorithm is none.",
    RequestIdReused "request-id-reused" "Every request about a client has the same X-Request-Id.",
    PeriodEndGiven "period-end-given" "A notice gives period.end.",
    NoticeWithoutRecorded "notice-without-recorded" "A notice lacks the time of recording.",
    OldRoleSystem "old-role-system" "The role in the Provenance of a notice is of the old code system.",
    NoticeMadeByOther "notice-made-by-other" "The Provenance of a notice names another professional than the token.",
    RecordedBeforeDisclosure "recorded-before-disclosure" "The time of recording is before the time of disclosure.",
    ForeignRegisterType "foreign-register-type" "The register type of the controller is of another code system.",
    NoticeOfForeignProfile "notice-of-foreign-profile" "A notice names a profile of the vendor's own.",
    NoticeIdTooLong "notice-id-too-long" "The identifier of a notice has more characters than FHIR allows.",
    NoticeAsBatch "notice-as-batch" "The Bundle of a notice is a batch.",
    NoticeMemberTwice "notice-member-twice" "A member of the Bundle of a notice stands twice.",
    NumberAsText "number-as-text" "A notice gives the name of the client's entity as a number.",
    NoticeSignedByProfessional "notice-signed-by-professional" "The Bundle of a notice is signed with the professional's certificate.",
    TokenOfOtherOrganisation "token-of-other-organisation" "The token of a notice speaks for another organisation.",
    TokenWithoutUser "token-without-user" "The token of a notice names no user.",
    TokenForElsewhere "token-for-elsewhere" "The token of a notice is meant for another service.",
    TokenFromTheFuture "token-from-the-future" "The token of a notice is issued an hour ahead.",
    RequestIdMissing "request-id-missing" "A request with a notice has no X-Request-Id.",
    RequestIdKept "request-id-kept" "A notice that is sent again has the X-Request-Id of the first attempt.",
    TenantHidden "tenant-hidden" "The token of a tenant's notice names the host as requester too.",
    NoticeIdReused "notice-id-reused" "Every notice about a client has the identifier of the first.",
    EventsMerged "events-merged" "Disclosures of one client that are recorded together share a notice.",
    NoticeToClientNotSent "notice-to-client-not-sent" "No notice is sent of what is given to the client.",
    NoticeForOwnService "notice-for-own-service" "A notice is sent of what is given to the producer of an outsourced service.",
    NoticeCorrectedByPut "notice-corrected-by-put" "A sent notice is corrected by PUT.",
    PermanentIdDropped "permanent-id-dropped" "The identifier that Kanta gave a notice is not kept.",
    LogEntryMissingForFailedSearch "log-entry-missing-for-failed-search" "A search that did not succeed leaves no log entry.",
    LogEntryDoubled "log-entry-doubled" "Every message leaves two log entries.",
    LogEntryWithoutUser "log-entry-without-user" "Log entries do not tell the user.",
    LogEntryWithoutPurpose "log-entry-without-purpose" "Log entries do not tell the purpose.",
    DisclosureLoggedWithoutRecipient "disclosure-logged-without-recipient" "The log entry of a disclosure does not tell the recipient.",
    DisclosureLoggedWithoutNotice "disclosure-logged-without-notice" "The log entry of a disclosure does not name its notice.",
    DisclosureLoggedWithoutObjects "disclosure-logged-without-objects" "The log entry of a disclosure does not tell what was disclosed.",
    LogOfOwnKinds "log-of-own-kinds" "Log entries of searches have a kind of the vendor's own.",
    ShowsStrangers "shows-strangers" "Documents of a person who is no client are shown.",
    TokenInLog "token-in-log" "The log entry of a notice holds its token.",
    DocumentTextInLog "document-text-in-log" "The log entry of a stored document holds its text.",
    LogTimeWithoutZone "log-time-without-zone" "Times in the log lack their offset.",
    LogHourTwice "log-hour-twice" "The log writes the offset of winter all the year.",
    CorrelationNotLogged "correlation-not-logged" "Log entries do not tell the X-Correlation-Id of the answer.",
    LogWrongRequestId "log-wrong-request-id" "Log entries name another message than the one sent.",
    LogFailureAsSuccess "log-failure-as-success" "The log tells success of what was refused or failed.",
    LogFileTorn "log-file-torn" "A line of the exported log is broken off and then written again.",
    LogHashNotCanonical "log-hash-not-canonical" "Hashes of the exported log are made over JSON that is not canonical.",
    LogNumbersSkip "log-numbers-skip" "Running numbers of the exported log rise by two.",
    AuditEventWithoutRequestor "audit-event-without-requestor" "AuditEvents of the exported log do not tell of every agent whether it is the requestor.",
    LogTamperingUnnoticed "log-tampering-unnoticed" "A copy of the log that was tampered with is called intact.",
    LogIntactDenied "log-intact-denied" "An untouched copy of the log is called changed.",
    LogEditAllowed "log-edit-allowed" "An entry of the log can be changed.",
    LogEditUnlogged "log-edit-unlogged" "The attempt to change the log leaves no entry.",
    LogRetentionShort "log-retention-short" "The log is kept for two years.",
    ClientLogWithoutRecipient "client-log-without-recipient" "A client is not told who received the data.",
    ClientLogOlderGiven "client-log-older-given" "A client is told of what is older than two years without a reason.",
    BlockedViewingUnlogged "blocked-viewing-unlogged" "What the system itself refuses leaves no log entry.",
    LogClockFast "log-clock-fast" "The clock of the log is five minutes fast.",
    OtherPersonInLog "other-person-in-log" "A log entry names another person than its client.",
    ErrorAnswerAsSuccess "error-answer-as-success" "An answer that tells an error is taken as success.",
    AnswerToOtherMessageAccepted "answer-to-other-message-accepted" "The acknowledgement of another message is taken as one's own.",
    GivesUpAfter503 "gives-up-after-503" "A message that Kanta could not take at once is given up.",
    StoresTwiceAfterBrokenConnection "stores-twice-after-broken-connection" "After a broken connection a document is sent again as a new one.",
    NoticeLostAfter503 "notice-lost-after-503" "A notice that Kanta could not take at once is given up.",
    NoticeStoredTwice "notice-stored-twice" "A notice that is sent again gets new identifiers.",
    NoticesOutOfOrder "notices-out-of-order" "Notices that waited are sent newest first.",
    RetriesRefusedNotice "retries-refused-notice" "A notice that Kanta refused is sent again unchanged.",
    TokenNotRenewed "token-not-renewed" "A notice whose token Kanta did not take is given up.",
    FirstIssueOnly "first-issue-only" "Of the errors that the log service gives of a notice only the first is shown.",
    IssueWordsDropped "issue-words-dropped" "Errors of the log service are shown by their code alone, since they have no details.text.",
    IssuePlaceDropped "issue-place-dropped" "Line and column of what a validator found in a notice are not kept.",
    UnknownCodeHidden "unknown-code-hidden" "An error code of the log service that the system does not know is shown as an unknown error.",
    UnknownCodeNotLogged "unknown-code-not-logged" "An error code of the log service that the system does not know is left out of the log.",
    NoticeAnswerSearchedAsText "notice-answer-searched-as-text" "An answer to a notice that is no JSON is searched for 201 as a text.",
    NoticeRetryAfterIgnored "notice-retry-after-ignored" "A notice is sent again without the wait that Kanta asked for.",
    RetriesWithoutEnd "retries-without-end" "A notice that Kanta cannot take is sent again and again without a pause.",
    RetriesAtOnce "retries-at-once" "What Kanta has no time for is sent again a few times without a pause.",
    RetriesEverFaster "retries-ever-faster" "What Kanta has no time for is sent again after a second, and then sooner.",
    NoticeServerUnchecked "notice-server-unchecked" "The certificate of the log service's server is not checked.",
    EmptyAnswerAsSuccess "empty-answer-as-success" "A refusal of a notice without a body is taken as success.",
    SearchFailureAsEmpty "search-failure-as-empty" "A search without a usable answer is shown as nothing found.",
    InformationKeptLocal "information-kept-local" "The information given to the client is not sent to Kanta.",
    PermitRefusalHidden "permit-refusal-hidden" "A permit that Kanta refused is shown as recorded.",
    SecondPermitNotSent "second-permit-not-sent" "Of two permits that are recorded together only the first is sent to Kanta.",
    DeclarationWithoutUnit "declaration-without-unit" "A declaration made by a professional does not name the service unit.",
    DeclarationByTwoMakers "declaration-by-two-makers" "A declaration names a professional and a legal representative as its makers.",
    DeclarationWithoutProvenance "declaration-without-provenance" "A declaration goes without its Provenance.",
    PermitDirectionTwice "permit-direction-twice" "Two permits in one request go in the same direction.",
    PermitSectorWrong "permit-sector-wrong" "A permit for health care is recorded as one for social welfare.",
    ProhibitionOfOtherDocument "prohibition-of-other-document" "A prohibition of a document names another document.",
    ProhibitionOfOtherTask "prohibition-of-other-task" "A prohibition of a service task names another task.",
    ProhibitionOfOwnOrganisation "prohibition-of-own-organisation" "A prohibition of a controller names the organisation itself.",
    DeclarationDocumentAsConsent "declaration-document-as-consent" "A declaration that is to be a document is sent as a Consent.",
    DeclarationDocumentWithoutAuthor "declaration-document-without-author" "A declaration document does not name the professional who made it.",
    DeclarationDocumentWithoutCode "declaration-document-without-code" "The structured form of a declaration document lacks the client's identity code.",
    PermitDocumentByOtherRole "permit-document-by-other-role" "A permit document is given by a parent, a role that may not declare for the client.",
    PermitDocumentStaysGiven "permit-document-stays-given" "The version that withdraws a permit document says that the permit is given.",
    ProhibitionDocumentWithoutTarget "prohibition-document-without-target" "A prohibition document forbids nothing.",
    WithdrawalKeptLocal "withdrawal-kept-local" "The withdrawal of a declaration is not sent to Kanta.",
    StoresOnlyInformedClients "stores-only-informed-clients" "A client of whom nothing is disclosed is held for not informed, and nothing is stored of him or her.",
    ShowsEarlierDisclosures "shows-earlier-disclosures" "Documents that were disclosed before are shown although they no longer are.",
    MetadataOfEarlierDisclosures "metadata-of-earlier-disclosures" "Metadata of documents that were disclosed before are shown although they no longer are.",
    RefusedDisclosureAsEmpty "refused-disclosure-as-empty" "A search in another controller's register that Kanta refused is shown as nothing found.",
    DisclosureAsOwnUse "disclosure-as-own-use" "A search in another controller's register is stated as use of the own register.",
    StatutoryGroundNotStated "statutory-ground-not-stated" "A search by a right to information by law is stated as one by permit.",
    RegisterAccessAsDisclosure "register-access-as-disclosure" "The use of a register by access right is stated as a disclosure by permit.",
    OutsourcedStoredAsOwn "outsourced-stored-as-own" "A document of an outsourced service is stored in the producer's own register.",
    HidesOwnProhibited "hides-own-prohibited" "Own documents whose disclosure is forbidden are not shown.",
    DisclosureLoggedAsOwnUse "disclosure-logged-as-own-use" "The use log tells a search in another controller's register as use of the own one.",
    UnknownCodeAsSuccess "unknown-code-as-success" "An acknowledgement code that no table has is taken as success.",
    EmptyRefusalAsSuccess "empty-refusal-as-success" "A refusal of a document with HTTP 400 and no body is taken as success.",
    AnswerSearchedAsText "answer-searched-as-text" "An answer that is not well-formed is searched for AA as a text.",
    SilenceAsSuccess "silence-as-success" "A connection that Kanta ends without an answer is taken as success.",
    AnswerReadInPart "answer-read-in-part" "Of an answer to a document only the first piece is read.",
    GivesUpAfter429 "gives-up-after-429" "A document that Kanta had too much to do for is given up.",
    GivesUpAfterReset "gives-up-after-reset" "A document whose connection was reset is given up.",
    NewAfterReset "new-after-reset" "A document whose connection was reset is sent again as a new one.",
    NewAfterSlowAnswer "new-after-slow-answer" "A document whose answer does not begin within a second is sent again as a new one.",
    NewAfterDoubledAnswer "new-after-doubled-answer" "A document whose answer comes twice is sent again as a new one.",
    RetryAfterIgnored "retry-after-ignored" "A document is sent again without the wait that Kanta asked for.",
    TrustsExpiredServer "trusts-expired-server" "A server certificate that has expired is accepted.",
    TrustsForeignServer "trusts-foreign-server" "A server certificate of an unknown authority is accepted.",
    TrustsMisnamedServer "trusts-misnamed-server" "A server certificate of another host name is accepted.",
    ErrorNotShown "error-not-shown" "Errors that Kanta told are not shown to the user.",
}

impl Fault {
    /// All faults, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(fault, _, _)| *fault)
    }

    /// Its name on the command line and in data.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What the system does wrong, one sentence.
    pub fn describe(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        TABLE[self as usize]
    }
}

/// A name that no fault has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no fault is called {0:?}")]
pub struct UnknownFault(pub String);

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        Self::all().find(|fault| fault.name() == name).ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Fault, UnknownFault};

    #[test]
    fn every_fault_is_found_by_its_name_and_described() {
        let names: HashSet<&str> = Fault::all().map(Fault::name).collect();
        assert_eq!(names.len(), Fault::all().count());
        for fault in Fault::all() {
            assert_eq!(fault.name().parse(), Ok(fault));
            assert!(fault.describe().ends_with('.'), "{fault}");
        }
        assert_eq!("no-such".parse::<Fault>(), Err(UnknownFault("no-such".to_owned())));
    }
}
