//! Recording what clients declare, and sending it to Kanta.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde::Deserialize;
use serde_json::{Value, json};

use super::clock::local;
use super::consent::{ConsentWriter, HeldDeclaration};
use super::ending::{Ending, ShownError};
use super::faults::Fault;
use super::issues::issues;
use super::journal::{Event, LogOutcome, own_use};
use super::jws::token;
use super::system::System;
use super::transport::{Miss, MissKind, correlated};
use crate::domain::{DeclarationTarget, Declared, Sector};

/// A permit as the driver API names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permit {
    /// Within social welfare.
    SocialWelfare,
    /// Within health care.
    HealthCare,
    /// Data of social welfare to health care.
    SocialWelfareToHealthCare,
    /// Data of health care to social welfare.
    HealthCareToSocialWelfare,
}

/// In which form a declaration goes to Kanta, as the driver API names it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeclarationForm {
    /// A FHIR Consent.
    #[default]
    Consent,
    /// A document of the archive.
    Document,
}

/// What a prohibition meets, as the driver API tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prohibited {
    /// Set identifier of a document.
    Document(String),
    /// Code of a service task.
    ServiceTask(String),
    /// OID of a controller.
    Controller(String),
}

impl Permit {
    fn declared(self) -> Declared {
        let (from, to) = match self {
            Self::SocialWelfare => (Sector::SocialWelfare, Sector::SocialWelfare),
            Self::HealthCare => (Sector::HealthCare, Sector::HealthCare),
            Self::SocialWelfareToHealthCare => (Sector::SocialWelfare, Sector::HealthCare),
            Self::HealthCareToSocialWelfare => (Sector::HealthCare, Sector::SocialWelfare),
        };
        Declared::Permit { from, to }
    }
}

impl System {
    /// Records that the client was given the information about Kanta.
    pub(super) async fn record_information(&self, client: &str, form: DeclarationForm) -> Ending {
        if self.deviates(Fault::InformationKeptLocal) {
            let held = self.held(client, Declared::Information);
            return Ending::succeeded("recorded", recorded(&[held]));
        }
        self.declare(client, vec![Declared::Information], form).await
    }

    /// Records permits.
    pub(super) async fn record_permits(&self, client: &str, permits: &[Permit], form: DeclarationForm) -> Ending {
        let mut declared: Vec<Declared> = permits.iter().map(|permit| permit.declared()).collect();
        if self.deviates(Fault::PermitDirectionTwice)
            && let [first, second] = declared.as_mut_slice()
        {
            second.clone_from(first);
        }
        if self.deviates(Fault::SecondPermitNotSent) {
            declared.truncate(1);
        }
        let ending = self.declare(client, declared, form).await;
        if self.deviates(Fault::PermitRefusalHidden) && !ending.errors.is_empty() {
            return Ending::succeeded("recorded", json!({"declarations": []}));
        }
        ending
    }

    /// Records a prohibition.
    pub(super) async fn record_prohibition(
        &self,
        client: &str,
        prohibited: Prohibited,
        form: DeclarationForm,
    ) -> Ending {
        let target = match prohibited {
            Prohibited::Document(_) if self.deviates(Fault::ProhibitionOfOtherDocument) => {
                DeclarationTarget::Document(self.new_document_id(client))
            }
            Prohibited::Document(set_id) => DeclarationTarget::Document(set_id),
            Prohibited::ServiceTask(_) if self.deviates(Fault::ProhibitionOfOtherTask) => {
                DeclarationTarget::ServiceTask("0".to_owned())
            }
            Prohibited::ServiceTask(code) => DeclarationTarget::ServiceTask(code),
            Prohibited::Controller(_) if self.deviates(Fault::ProhibitionOfOwnOrganisation) => {
                DeclarationTarget::Controller(self.settings.organisation.oid.clone())
            }
            Prohibited::Controller(oid) => DeclarationTarget::Controller(oid),
        };
        self.declare(client, vec![Declared::Prohibition { targets: vec![target] }], form).await
    }

    /// Withdraws a declaration that was recorded here.
    pub(super) async fn withdraw(&self, client: &str, id: &str) -> Ending {
        let known = self.declarations().recorded.iter().find(|one| one.id == id && one.client == client).cloned();
        let Some(known) = known else { return Ending::objected("the declaration is not known") };
        let withdrawn = HeldDeclaration { withdrawn: true, ..known };
        if self.deviates(Fault::WithdrawalKeptLocal) {
            return Ending::succeeded("withdrawn", recorded(&[withdrawn]));
        }
        if withdrawn.is_document {
            return self.withdraw_document(withdrawn).await;
        }
        self.send_declarations(client, vec![withdrawn]).await
    }

    async fn declare(&self, client: &str, declared: Vec<Declared>, form: DeclarationForm) -> Ending {
        if let Err(ending) = self.client(client) {
            return *ending;
        }
        if form == DeclarationForm::Document && !self.deviates(Fault::DeclarationDocumentAsConsent) {
            return self.declare_documents(client, declared).await;
        }
        let held = declared.into_iter().map(|one| self.held(client, one)).collect();
        self.send_declarations(client, held).await
    }

    fn held(&self, client: &str, declared: Declared) -> HeldDeclaration {
        let id = self.new_document_id(client);
        HeldDeclaration { id, client: client.to_owned(), declared, withdrawn: false, is_document: false }
    }

    /// Sends a Bundle, and tries again a bounded number of times where no usable answer comes.
    async fn send_declarations(&self, client: &str, held: Vec<HeldDeclaration>) -> Ending {
        let year = local(self.clock.now()).year();
        let pairs: Vec<_> = held.iter().map(|one| (one.clone(), self.ids.document(client, year))).collect();
        let body = ConsentWriter { settings: &self.settings, now: self.clock.now() }.write(&pairs).to_string();
        let mut attempt = 1;
        loop {
            match self.post_declarations(client, &held, body.clone()).await {
                Ok(errors) if errors.is_empty() => return self.declared(held),
                Ok(errors) => return self.refusal(errors, recorded(&[])),
                Err(miss) if attempt >= self.settings.retry.attempts => return Ending::failed(miss.why, recorded(&[])),
                Err(miss) => tokio::time::sleep(self.pause(attempt, &miss)).await,
            }
            attempt += 1;
        }
    }

    pub(super) fn declared(&self, held: Vec<HeldDeclaration>) -> Ending {
        let ending = Ending::succeeded("Kanta has the declaration", recorded(&held));
        let mut declarations = self.declarations();
        declarations.recorded.retain(|known| held.iter().all(|one| one.id != known.id));
        declarations.recorded.extend(held);
        ending
    }

    /// One request. What Kanta had against it; nothing where it took it.
    async fn post_declarations(
        &self,
        client: &str,
        held: &[HeldDeclaration],
        body: String,
    ) -> Result<Vec<ShownError>, Miss> {
        let id = self.ids.uuid(client);
        let token = token(&self.settings, self.token_signer(), (&self.ids.uuid(client), self.clock.now()), None);
        let request = self.log_service.post(&self.settings.fhir_url).header(CONTENT_TYPE, "application/fhir+json");
        let request = request.header("X-Request-Id", &id).header(AUTHORIZATION, format!("Bearer {token}"));
        let (answer, correlation) = match correlated(request.body(body)).await {
            Ok((answer, correlation)) => (Ok(answer), correlation),
            Err(miss) => (Err(miss), None),
        };
        let status = answer.as_ref().map_or_else(|miss| miss.status, |(status, _, _)| Some(*status));
        let said = answer.and_then(|(status, retry_after, body)| match status {
            200 | 201 => Ok(Vec::new()),
            400..=499 if status != 408 && status != 429 => Ok(issues(status, &body)),
            _ => {
                let why = "Kanta gave no usable answer".to_owned();
                Err(Miss { status: Some(status), why, retry_after, kind: MissKind::Other })
            }
        });
        let (outcome, error) = match &said {
            Ok(errors) if errors.is_empty() => (LogOutcome::Success, None),
            Ok(errors) => (LogOutcome::Refused, errors.first().map(|error| error.code.clone())),
            Err(_) => (LogOutcome::Failure, None),
        };
        let correlation = self.logged_correlation(correlation);
        let kanta = json!({"requestId": id, "correlationId": correlation, "httpStatus": status, "errorCode": error});
        self.log_declarations(client, held, kanta, outcome);
        said
    }

    fn log_declarations(&self, client: &str, held: &[HeldDeclaration], kanta: Value, outcome: LogOutcome) {
        let replaces = held.iter().any(|one| one.withdrawn);
        self.record(Event {
            kind: "use",
            action: if replaces { "replace" } else { "create" },
            client,
            purpose: own_use(&self.settings),
            objects: held.iter().map(|one| json!({"description": format!("declaration {}", one.id)})).collect(),
            more: vec![],
            kanta,
            outcome,
        });
    }
}

/// What an action tells of declarations.
pub fn recorded(held: &[HeldDeclaration]) -> Value {
    json!({"declarations": held.iter().map(|one| json!({"id": one.id})).collect::<Vec<_>>()})
}
