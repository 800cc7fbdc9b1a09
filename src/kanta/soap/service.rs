//! The archive's SOAP service and the description of it.

use axum::http::Method;
use axum::http::request::Parts;

use super::archive_call::ArchiveCall;
use super::description::describe;
use super::soap_fault::{fault, version_of};
use crate::domain::{Fault, Operation, ServiceGround};
use crate::evidence::{RequestKind, ServiceTag};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, Handled, Reply, RequestProblem, ServiceAnswer};
use crate::kanta::listen::ConnectionEnd;
use crate::kanta::service::Service;
use crate::reading::read_request;
use crate::wire::soap::FaultSide;

const PATHS: &[&str] = &["/archive"];

/// Takes and gives documents: HL7 v3 messages in SOAP envelopes.
pub(in crate::kanta) struct ArchiveService;

/// Describes the archive's service to who asks for its WSDL.
pub(in crate::kanta) struct DescriptionService;

impl Service for ArchiveService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("archive", RequestKind::ArchiveMessage)
    }

    fn paths(&self) -> &'static [&'static str] {
        PATHS
    }

    fn entry_path(&self) -> Option<&'static str> {
        Some("/archive")
    }

    fn operations(&self) -> &'static [Operation] {
        &[
            Operation::Store,
            Operation::Correct,
            Operation::Nullify,
            Operation::SearchDocuments,
            Operation::SearchMetadata,
            Operation::Retrieve,
            Operation::Summarise,
            Operation::ContinueQuery,
        ]
    }

    fn faults(&self) -> &'static [Fault] {
        Fault::ALL
    }

    fn is_posted_to(&self) -> bool {
        true
    }

    fn refuse(&self, _: &Core, arrival: &Arrival, problem: &RequestProblem) -> Handled {
        refuse(arrival, problem)
    }

    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        let reading = read_request(arrival.header("content-type"), arrival.body(), &core.limits);
        let done = ArchiveCall::new(core, arrival, &reading).and_then(|work| work.run(self.faults()));
        done.unwrap_or_else(|error| {
            tracing::error!(%error, number = arrival.number, "the archive failed");
            let answer = fault(version_of(arrival), FaultSide::Service, "the archive failed");
            (ExchangeRecord::refused(ServiceGround::ArchiveFailed), Reply::Answer(answer))
        })
    }
}

impl Service for DescriptionService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("description", RequestKind::Call)
    }

    fn paths(&self) -> &'static [&'static str] {
        PATHS
    }

    fn takes(&self, head: &Parts) -> bool {
        head.method == Method::GET && head.uri.query().is_some_and(|query| query.eq_ignore_ascii_case("wsdl"))
    }

    fn refuse(&self, _: &Core, arrival: &Arrival, problem: &RequestProblem) -> Handled {
        refuse(arrival, problem)
    }

    fn answer(&self, core: &Core, _: &Arrival) -> Handled {
        describe(core)
    }
}

/// What to answer to a request that is no message at all.
fn refuse(arrival: &Arrival, problem: &RequestProblem) -> Handled {
    let reply = problem.status().map_or(Reply::Close(ConnectionEnd::Closed), |status| {
        let answer = fault(version_of(arrival), FaultSide::Caller, &problem.text());
        let answer = ServiceAnswer { status, ..answer };
        let is_method = matches!(problem, RequestProblem::Method);
        Reply::Answer(if is_method { answer.with("allow", "POST") } else { answer })
    });
    (ExchangeRecord::refused(problem.ground()), reply)
}
