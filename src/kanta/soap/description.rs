//! The description of the archive's SOAP service: WSDL 1.1, with the interactions of the profile.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;

use crate::domain::ServiceGround;
use crate::kanta::core::Core;
use crate::kanta::exchange::{ExchangeRecord, Handled, Reply, ServiceAnswer};
use crate::profile::Interaction;

#[derive(Template)]
#[template(path = "kanta/archive.wsdl.xml")]
struct Description<'a> {
    interactions: &'a [Interaction],
    /// Names of the answers, each once.
    answers: BTreeSet<&'a str>,
    location: &'a str,
}

/// Answers with the description of the service.
pub(super) fn describe(core: &Core) -> Handled {
    let location = core.archive_url();
    let location = location.as_str();
    let interactions = &core.profile.interaction;
    let answers = interactions.iter().map(|row| row.answer.as_str()).collect();
    match (Description { interactions, answers, location }).render() {
        Ok(text) => {
            let answer = ServiceAnswer::new(StatusCode::OK, "text/xml; charset=utf-8", text);
            (ExchangeRecord::accepted(), Reply::Answer(answer))
        }
        Err(error) => {
            tracing::error!(%error, "the service cannot be described");
            (
                ExchangeRecord::refused(ServiceGround::ArchiveFailed),
                Reply::Answer(ServiceAnswer::empty(StatusCode::INTERNAL_SERVER_ERROR)),
            )
        }
    }
}
