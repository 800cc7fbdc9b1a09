//! The archivist's service: who asks, what is asked, the log, the answer.

use axum::http::{StatusCode, Uri};
use serde_json::json;

use super::acting_archivist::ActingArchivist;
use super::compare::compare;
use super::nullify::{NullificationRequest, nullify};
use super::refusal::ArchivistRefusal;
use super::searching::search;
use super::showing::show;
use crate::evidence::{RequestKind, ServiceTag};
use crate::kanta::archive::{Act, ArchiveError};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, Handled, Reply, RequestProblem, ServiceAnswer};
use crate::kanta::json_refusal::json_refusal;
use crate::kanta::service::Service;

/// Where the service stands.
const ROOT: &str = "/archivist/v1/";

/// What is asked.
enum ArchivistCall<'a> {
    Search(&'a Uri),
    Show(&'a str),
    Compare(&'a str, &'a str),
    Nullify(&'a str, NullificationRequest),
    Log,
}

/// The archivist's service, where the endpoint serves archivists.
pub(in crate::kanta) struct ArchivistService;

impl Service for ArchivistService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("archivist", RequestKind::Call)
    }

    fn paths(&self) -> &'static [&'static str] {
        &["/archivist/v1/{*path}"]
    }

    fn is_offered(&self, core: &Core) -> bool {
        core.answerable.is_some()
    }

    fn refuse(&self, _: &Core, _: &Arrival, problem: &RequestProblem) -> Handled {
        json_refusal(problem, "error")
    }

    /// Does what the call asks, and writes the act down before it is answered.
    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        let acting = ActingArchivist::named(arrival);
        let (record, answer) = match act(core, arrival, &acting) {
            Ok(text) => (ExchangeRecord::accepted(), ServiceAnswer::new(StatusCode::OK, "application/json", text)),
            Err(refusal) => {
                let text = json!({ "error": refusal.to_string() }).to_string();
                (
                    ExchangeRecord::refused(refusal.ground()),
                    ServiceAnswer::new(refusal.status(), "application/json", text),
                )
            }
        };
        (record, Reply::Answer(answer))
    }
}

fn act(core: &Core, arrival: &Arrival, acting: &ActingArchivist) -> Result<String, ArchivistRefusal> {
    if arrival.is_withheld() {
        return Err(ArchivistRefusal::Foreign);
    }
    let uri: Uri = arrival.target().parse().map_err(|_| ArchivistRefusal::NoAddress)?;
    let asked = ArchivistCall::read(arrival, &uri)?;
    let done = acting.may_act(core, arrival).and_then(|()| asked.done(core, acting));
    let outcome = done.as_ref().map_or_else(|refusal| refusal.ground().to_string(), |_| "done".to_owned());
    note(core, arrival, acting, &asked, &outcome)?;
    done
}

fn note(
    core: &Core,
    arrival: &Arrival,
    acting: &ActingArchivist,
    asked: &ArchivistCall<'_>,
    outcome: &str,
) -> Result<(), ArchiveError> {
    core.archive.note_act(&Act {
        exchange: arrival.number,
        at: arrival.received,
        archivist: acting.archivist.clone(),
        controller: acting.controller.clone(),
        register: acting.register.clone(),
        action: asked.name().to_owned(),
        about: asked.about(),
        reason: asked.reason().map(str::to_owned),
        outcome: outcome.to_owned(),
    })
}

impl<'a> ArchivistCall<'a> {
    fn read(arrival: &Arrival, uri: &'a Uri) -> Result<Self, ArchivistRefusal> {
        let steps: Vec<&str> = uri.path().strip_prefix(ROOT).unwrap_or_default().split('/').collect();
        let (method, asked) = match steps.as_slice() {
            ["documents"] => ("GET", Self::Search(uri)),
            ["documents", id] => ("GET", Self::Show(id)),
            ["documents", one, "compare", other] => ("GET", Self::Compare(one, other)),
            ["documents", id, "nullification"] if arrival.method() == "POST" => {
                ("POST", Self::Nullify(id, NullificationRequest::read(arrival.body())?))
            }
            ["documents", _, "nullification"] => return Err(ArchivistRefusal::Method("POST")),
            ["log"] => ("GET", Self::Log),
            _ => return Err(ArchivistRefusal::NoAddress),
        };
        if arrival.method() == method { Ok(asked) } else { Err(ArchivistRefusal::Method(method)) }
    }

    fn done(&self, core: &Core, acting: &ActingArchivist) -> Result<String, ArchivistRefusal> {
        match self {
            Self::Search(uri) => search(core, acting, uri),
            Self::Show(id) => show(core, acting, id),
            Self::Compare(one, other) => compare(core, acting, one, other),
            Self::Nullify(id, nullification) => nullify(core, acting, id, nullification),
            Self::Log => log(core, acting),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Search(_) => "search",
            Self::Show(_) => "show",
            Self::Compare(..) => "compare",
            Self::Nullify(..) => "nullify",
            Self::Log => "log",
        }
    }

    fn about(&self) -> String {
        match self {
            Self::Search(uri) => uri.query().unwrap_or_default().to_owned(),
            Self::Show(id) | Self::Nullify(id, _) => (*id).to_owned(),
            Self::Compare(one, other) => format!("{one} {other}"),
            Self::Log => String::new(),
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Nullify(_, nullification) => Some(&nullification.reason),
            _ => None,
        }
    }
}

fn log(core: &Core, acting: &ActingArchivist) -> Result<String, ArchivistRefusal> {
    let acts = core.archive.acts_for(&acting.controller)?;
    Ok(format!("{:#}", json!({ "acts": acts })))
}
