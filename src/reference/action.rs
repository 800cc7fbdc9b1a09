//! The actions of the driver API and what each asks of the system.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::basis::Basis;
use super::declaring::{DeclarationForm, Permit, Prohibited};
use super::disclosure::{Disclosure, Tenant};
use super::draft::{DisplayForm, DocumentKind};
use super::ending::{Ending, Stop};
use super::faults::Fault;
use super::outgoing_form::FormOrder;
use super::query::Criteria;
use super::storing::{AskedAttachment, Order};
use super::system::System;
use crate::domain::{Gender, Person};

/// Names of all actions.
pub const ACTIONS: [&str; 29] = [
    "reset",
    "know-client",
    "store-client-relationship",
    "store-matter",
    "store-client-document",
    "store-first-phase-document",
    "store-old-document",
    "search-documents",
    "search-metadata",
    "search-summary",
    "view-document",
    "correct-document",
    "nullify-document",
    "document-status",
    "record-disclosures",
    "send-pending",
    "use-log",
    "record-information",
    "record-permit",
    "record-prohibition",
    "withdraw-declaration",
    "verify-log",
    "edit-log",
    "log-retention",
    "client-log",
    "log-times",
    "record-tenant-disclosures",
    "send-form",
    "receive-forms",
];

/// What the system says to other document types.
const ONE_TYPE: &str = "this system makes documents of type 19005 only";

/// An action with its parameters.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "action", content = "parameters", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Action {
    /// Forget everything but the configuration.
    Reset {},
    /// Get to know a client.
    KnowClient { person: PersonParameters },
    /// Store an asiakkuusasiakirja.
    StoreClientRelationship {
        /// Identity code of the client.
        client: String,
        /// Marker of the run.
        marker: String,
        #[serde(flatten)]
        place: Place,
    },
    /// Store an asia-asiakirja.
    StoreMatter {
        /// Identity code of the client.
        client: String,
        /// Set identifier of the client relationship.
        relationship: String,
        title: String,
        /// Marker of the run.
        marker: String,
        #[serde(flatten)]
        place: Place,
    },
    /// Store an asiakasasiakirja.
    StoreClientDocument {
        /// Identity code of the client.
        client: String,
        /// Set identifier of the matter.
        matter: String,
        /// Specific type: 19005 is the one this system has.
        document_type: String,
        text: String,
        /// Marker of the run.
        marker: String,
        /// How it is to be shown.
        #[serde(default)]
        form: DisplayForm,
        /// What is to come beside it.
        #[serde(default)]
        attachments: Vec<AskedAttachment>,
        #[serde(flatten)]
        place: Place,
    },
    /// Store an asiakasasiakirja of the first phase.
    StoreFirstPhaseDocument {
        /// Identity code of the client.
        client: String,
        /// Set identifier of the matter.
        matter: String,
        #[serde(flatten)]
        written: Written,
    },
    /// Store an asiakasasiakirja that was made before the organisation joined the archive.
    StoreOldDocument {
        /// Identity code of the client.
        client: String,
        /// Set identifier of the client relationship.
        relationship: String,
        #[serde(flatten)]
        written: Written,
    },
    /// Search with contents.
    SearchDocuments(Search),
    /// Search for metadata.
    SearchMetadata(Search),
    /// Ask for the summary.
    SearchSummary(Search),
    /// Fetch and show one document.
    ViewDocument {
        /// Identity code of the client.
        client: String,
        /// Identifier of the version.
        document: String,
    },
    /// Replace the newest version.
    CorrectDocument {
        /// Identity code of the client.
        client: String,
        document: String,
        /// New text, marker included.
        text: String,
        /// Marker of the run.
        marker: Option<String>,
    },
    /// Nullify. The reason is not read: no public source says how Kanta is told.
    NullifyDocument {
        /// Identity code of the client.
        client: String,
        document: String,
    },
    /// Where a document stands.
    DocumentStatus {
        /// Identity code of the client.
        client: String,
        document: Option<String>,
        /// Marker, where the set identifier is not known.
        marker: Option<String>,
    },
    /// Record disclosures.
    RecordDisclosures { events: Vec<Disclosure> },
    /// Record disclosures of a tenant.
    RecordTenantDisclosures { tenant: Tenant, events: Vec<Disclosure> },
    /// Send a form to another organisation.
    SendForm(FormOrder),
    /// Fetch and receipt the forms that wait.
    ReceiveForms {},
    /// Send what waits.
    SendPending {},
    /// Give the use log.
    UseLog {
        from: Timestamp,
        until: Timestamp,
        /// Identity code of a client.
        client: Option<String>,
    },
    /// Record that the client was given the information about Kanta.
    RecordInformation {
        /// Identity code of the client.
        client: String,
        /// In which form it goes to Kanta.
        #[serde(default)]
        form: DeclarationForm,
    },
    /// Record permits.
    RecordPermit {
        /// Identity code of the client.
        client: String,
        permits: Vec<Permit>,
        /// In which form they go to Kanta.
        #[serde(default)]
        form: DeclarationForm,
    },
    /// Record a prohibition.
    RecordProhibition {
        /// Identity code of the client.
        client: String,
        prohibits: Prohibited,
        /// In which form it goes to Kanta.
        #[serde(default)]
        form: DeclarationForm,
    },
    /// Withdraw a declaration.
    WithdrawDeclaration {
        /// Identity code of the client.
        client: String,
        declaration: String,
    },
    /// Tell whether these entries are as the log had them.
    VerifyLog { entries: Vec<Value> },
    /// Change an entry of the log. Which member gets which value is not read: no entry is changed.
    EditLog {
        /// Identifier of the entry.
        #[serde(default)]
        event_id: Option<String>,
    },
    /// Tell how long the log is kept.
    LogRetention {},
    /// Tell how the log writes these moments.
    LogTimes { instants: Vec<Timestamp> },
    /// Tell a client who used the data, who got them, and on what ground.
    ClientLog {
        /// Identity code of the client.
        client: String,
        from: Timestamp,
        until: Timestamp,
        /// Why the client asks for what is older than two years.
        reason: Option<String>,
    },
}

/// In whose register something is stored.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Place {
    controller: Option<String>,
    basis: Option<Basis>,
}

impl Place {
    /// The organiser whose register is used.
    fn organiser(self) -> Option<String> {
        self.controller.filter(|_| self.basis == Some(Basis::RegisterAccess))
    }
}

/// What a document of the first phase or an old one is made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Written {
    document_type: String,
    text: String,
    marker: String,
    #[serde(flatten)]
    place: Place,
}

impl Written {
    fn order(self, client: String, kind: DocumentKind, above: String) -> Result<Order, Stop> {
        if self.document_type != "19005" {
            return Err(Ending::objected(ONE_TYPE).into());
        }
        let Self { text, marker, place, .. } = self;
        let (form, attachments, organiser) = (DisplayForm::Xhtml, vec![], place.organiser());
        Ok(Order { client, kind, above: Some(above), text, marker, form, attachments, organiser })
    }
}

/// Parameters of a search.
#[derive(Debug, Clone, Deserialize)]
pub struct Search {
    client: String,
    #[serde(flatten)]
    criteria: Criteria,
}

/// A client as the driver API tells it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PersonParameters {
    identity_code: String,
    family_name: String,
    given_names: Vec<String>,
    birth_date: Date,
    gender: Gender,
}

/// Why a request is no action.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The system does not know it.
    #[error("there is no action {0:?}")]
    Unsupported(String),
    /// Its parameters do not fit.
    #[error("the parameters do not fit the action: {0}")]
    Parameters(#[from] serde_json::Error),
}

impl Action {
    /// The action of this name with these parameters.
    pub fn read(name: &str, parameters: &Value) -> Result<Self, ActionError> {
        if !ACTIONS.contains(&name) {
            return Err(ActionError::Unsupported(name.to_owned()));
        }
        Ok(serde_json::from_value(serde_json::json!({"action": name, "parameters": parameters}))?)
    }

    /// Does it. What the system itself refuses is logged too.
    pub async fn run(self, system: &System) -> Ending {
        let processing = self.processing().map(|(client, action)| (client.to_owned(), action));
        let ending = self.done(system).await;
        let is_hidden = system.deviates(Fault::BlockedViewingUnlogged);
        if let (true, Some((client, action))) = (ending.objected && !is_hidden, processing) {
            system.record_objection(&client, action, &ending.message);
        }
        if let Err(error) = system.give_log().await {
            tracing::error!(%error);
        }
        ending
    }

    /// Whose data it processes, and how the log calls that.
    fn processing(&self) -> Option<(&str, &'static str)> {
        match self {
            Self::StoreClientRelationship { client, .. }
            | Self::StoreMatter { client, .. }
            | Self::StoreClientDocument { client, .. }
            | Self::StoreFirstPhaseDocument { client, .. }
            | Self::StoreOldDocument { client, .. } => Some((client, "create")),
            Self::SearchDocuments(search) | Self::SearchMetadata(search) | Self::SearchSummary(search) => {
                Some((&search.client, "search"))
            }
            Self::ViewDocument { client, .. } => Some((client, "read")),
            Self::CorrectDocument { client, .. } => Some((client, "replace")),
            Self::NullifyDocument { client, .. } => Some((client, "nullify")),
            _ => None,
        }
    }

    async fn done(self, system: &System) -> Ending {
        match self {
            Self::Reset {} => system.reset(),
            Self::KnowClient { person } => system.know_client(person.into()),
            Self::SearchDocuments(search) => system.search(&search.client, true, &search.criteria).await,
            Self::SearchMetadata(search) => system.search(&search.client, false, &search.criteria).await,
            Self::SearchSummary(search) => system.search_summary(&search.client, &search.criteria).await,
            Self::ViewDocument { client, document } => system.view(&client, &document).await,
            Self::CorrectDocument { client, document, text, marker } => {
                system.correct(&client, &document, text, marker).await
            }
            Self::NullifyDocument { client, document } => system.nullify(&client, &document).await,
            Self::DocumentStatus { client, document, marker } => {
                system.document_status(&client, document.as_deref(), marker.as_deref())
            }
            Self::RecordDisclosures { events } => system.record_disclosures(events).await,
            Self::RecordTenantDisclosures { tenant, events } => {
                let of_tenant = |one| Disclosure { tenant: Some(tenant.clone()), ..one };
                system.record_disclosures(events.into_iter().map(of_tenant).collect()).await
            }
            Self::SendPending {} => system.send_pending().await,
            Self::SendForm(order) => system.send_form(order).await,
            Self::ReceiveForms {} => system.receive_forms().await,
            Self::RecordInformation { client, form } => system.record_information(&client, form).await,
            Self::RecordPermit { client, permits, form } => system.record_permits(&client, &permits, form).await,
            Self::RecordProhibition { client, prohibits, form } => {
                system.record_prohibition(&client, prohibits, form).await
            }
            Self::WithdrawDeclaration { client, declaration } => system.withdraw(&client, &declaration).await,
            Self::UseLog { from, until, client } => system.use_log(from, until, client.as_deref()),
            Self::VerifyLog { entries } => system.verify_log(&entries),
            Self::EditLog { event_id } => system.edit_log(event_id.as_deref().unwrap_or_default()),
            Self::LogRetention {} => system.log_retention(),
            Self::LogTimes { instants } => system.log_times(&instants),
            Self::ClientLog { client, from, until, reason } => {
                system.client_log(&client, (from, until), reason.as_deref())
            }
            storing => match storing.order() {
                Ok(order) => system.store(order).await,
                Err(ending) => *ending,
            },
        }
    }

    fn order(self) -> Result<Order, Stop> {
        match self {
            Self::StoreClientRelationship { client, marker, place } => {
                let (kind, text, organiser) = (DocumentKind::ClientRelationship, marker.clone(), place.organiser());
                Ok(Order {
                    client,
                    kind,
                    above: None,
                    text,
                    marker,
                    form: DisplayForm::Xhtml,
                    attachments: vec![],
                    organiser,
                })
            }
            Self::StoreMatter { client, relationship, title, marker, place } => {
                let text = if title.contains(&marker) { title } else { format!("{title} {marker}") };
                let (kind, organiser) = (DocumentKind::Matter, place.organiser());
                Ok(Order {
                    client,
                    kind,
                    above: Some(relationship),
                    text,
                    marker,
                    form: DisplayForm::Xhtml,
                    attachments: vec![],
                    organiser,
                })
            }
            Self::StoreClientDocument { client, matter, document_type, text, marker, form, attachments, place }
                if document_type == "19005" =>
            {
                let (kind, organiser) = (DocumentKind::ClientDocument, place.organiser());
                Ok(Order { client, kind, above: Some(matter), text, marker, form, attachments, organiser })
            }
            Self::StoreFirstPhaseDocument { client, matter, written } => {
                written.order(client, DocumentKind::FirstPhaseDocument, matter)
            }
            Self::StoreOldDocument { client, relationship, written } => {
                written.order(client, DocumentKind::OldDocument, relationship)
            }
            _ => Err(Ending::objected(ONE_TYPE).into()),
        }
    }
}

impl From<PersonParameters> for Person {
    fn from(told: PersonParameters) -> Self {
        let PersonParameters { identity_code, family_name, given_names, birth_date, gender } = told;
        Self { identity_code, family_name, given_names, birth_date, gender }
    }
}
