//! The FHIR root as a service.

use axum::http::StatusCode;

use super::answers::{error, json_answer, with_ids};
use super::notice_call::NoticeCall;
use crate::domain::{Fault, FindingCode, Operation, ServiceGround};
use crate::evidence::{RequestKind, ServiceTag};
use crate::kanta::core::Core;
use crate::kanta::declarations;
use crate::kanta::exchange::{Arrival, ExchangeRecord, Handled, Reply, RequestProblem, ServiceAnswer};
use crate::kanta::listen::ConnectionEnd;
use crate::kanta::service::Service;
use crate::reading::concerns_declarations;
use crate::wire::fhir::capability_statement;

/// The finding about what this service cannot be asked for.
const INTERACTION: FindingCode = FindingCode::NoticeInteractionWrong;

/// The log-register service and the service of declarations of intent, both at the FHIR root.
pub(in crate::kanta) struct FhirService;

impl Service for FhirService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("fhir", RequestKind::FhirBundle)
    }

    fn paths(&self) -> &'static [&'static str] {
        &["/fhir", "/fhir/", "/fhir/{*path}"]
    }

    fn entry_path(&self) -> Option<&'static str> {
        Some("/fhir")
    }

    fn operations(&self) -> &'static [Operation] {
        &[Operation::StoreNotice, Operation::StoreDeclaration]
    }

    fn faults(&self) -> &'static [Fault] {
        Fault::ALL
    }

    fn refuse(&self, core: &Core, arrival: &Arrival, problem: &RequestProblem) -> Handled {
        let answer = |status| Reply::Answer(error(core, status, &problem.text()));
        let reply = problem.status().map_or(Reply::Close(ConnectionEnd::Closed), answer);
        (ExchangeRecord::refused(problem.ground()), with_ids(core, arrival, reply))
    }

    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        let (record, reply) = match (arrival.method(), arrival.path()) {
            ("POST", "/fhir" | "/fhir/") => self.store(core, arrival),
            ("GET", "/fhir/metadata") => (ExchangeRecord::accepted(), Reply::Answer(metadata(core))),
            (_, "/fhir" | "/fhir/") => {
                let answer = error(core, StatusCode::METHOD_NOT_ALLOWED, "notices can only be created, by POST");
                (ExchangeRecord::refused(INTERACTION), Reply::Answer(answer.with("allow", "POST")))
            }
            _ => {
                let answer = error(core, StatusCode::METHOD_NOT_ALLOWED, "notices come as a transaction to the root");
                (ExchangeRecord::refused(INTERACTION), Reply::Answer(answer))
            }
        };
        (record, with_ids(core, arrival, reply))
    }
}

impl FhirService {
    fn store(&self, core: &Core, arrival: &Arrival) -> Handled {
        let is_declaration = concerns_declarations(arrival.body());
        let done = match is_declaration {
            true => declarations::handle(core, arrival),
            false => NoticeCall::new(core, arrival).run(self.faults()),
        };
        done.unwrap_or_else(|failure| {
            tracing::error!(error = %failure, number = arrival.number, "the archive failed");
            let answer = error(core, StatusCode::INTERNAL_SERVER_ERROR, "the archive failed");
            let operation = if is_declaration { Operation::StoreDeclaration } else { Operation::StoreNotice };
            let record = ExchangeRecord { operation, ..ExchangeRecord::refused(ServiceGround::ArchiveFailed) };
            (record, Reply::Answer(answer))
        })
    }
}

fn metadata(core: &Core) -> ServiceAnswer {
    json_answer(StatusCode::OK, &capability_statement(env!("CARGO_PKG_VERSION"), core.clock.now()))
}
