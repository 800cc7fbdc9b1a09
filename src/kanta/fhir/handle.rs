//! The way of one request through the FHIR root.

use axum::http::StatusCode;

use super::answers::{error, json_answer, with_ids};
use super::work::Work;
use crate::domain::Operation;
use crate::kanta::core::Core;
use crate::kanta::declarations;
use crate::kanta::http::Trouble;
use crate::kanta::listen::Parting;
use crate::kanta::recorder::{Account, Answer, Arrival, Reply};
use crate::rule::declaration;
use crate::wire::fhir::capability_statement;

/// The finding about what this service cannot be asked for.
const INTERACTION: &str = "notice-interaction-wrong";

/// Does what the request asks, and says what to answer and what to write down.
pub(in crate::kanta) fn handle(core: &Core, arrival: &Arrival) -> (Account, Reply) {
    let (account, reply) = match (arrival.method(), arrival.path()) {
        ("POST", "/fhir" | "/fhir/") => store(core, arrival),
        ("GET", "/fhir/metadata") => (Account { accepted: true, ..Account::default() }, Reply::Answer(metadata(core))),
        (_, "/fhir" | "/fhir/") => {
            let answer = error(core, StatusCode::METHOD_NOT_ALLOWED, "notices can only be created, by POST");
            (Account::refused(INTERACTION), Reply::Answer(answer.with("allow", "POST")))
        }
        _ => {
            let answer = error(core, StatusCode::METHOD_NOT_ALLOWED, "notices come as a transaction to the root");
            (Account::refused(INTERACTION), Reply::Answer(answer))
        }
    };
    (account, with_ids(core, arrival, reply))
}

/// What to answer to a request whose body was not read.
pub(in crate::kanta) fn trouble(core: &Core, arrival: &Arrival, trouble: &Trouble) -> (Account, Reply) {
    let reply = trouble
        .status()
        .map_or(Reply::Close(Parting::Closed), |status| Reply::Answer(error(core, status, &trouble.text())));
    (Account::refused(trouble.ground()), with_ids(core, arrival, reply))
}

fn store(core: &Core, arrival: &Arrival) -> (Account, Reply) {
    let is_declaration = declaration::concerns(arrival.body());
    let done = if is_declaration { declarations::handle(core, arrival) } else { Work::new(core, arrival).run() };
    done.unwrap_or_else(|failure| {
        tracing::error!(error = %failure, number = arrival.number, "the archive failed");
        let answer = error(core, StatusCode::INTERNAL_SERVER_ERROR, "the archive failed");
        let operation = if is_declaration { Operation::StoreDeclaration } else { Operation::StoreNotice };
        let account = Account { operation, ..Account::refused("archive-failed") };
        (account, Reply::Answer(answer))
    })
}

fn metadata(core: &Core) -> Answer {
    json_answer(StatusCode::OK, &capability_statement(env!("CARGO_PKG_VERSION"), core.clock.now()))
}
