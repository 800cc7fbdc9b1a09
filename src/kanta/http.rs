//! The routes to the services, and the way of a request through its service: body, number, answer, evidence.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::routing::{MethodRouter, any};

use super::core::Core;
use super::exchange::{Arrival, ExchangeRecord, Handled, Reply, RequestProblem, ServiceAnswer};
use super::listen::read_body;
use super::service::Service;
use crate::domain::ServiceGround;
use crate::evidence::{Caller, ServiceTag};

/// A request's way: the archive and everything around it, and the services that share the path.
type Way = (Arc<Core>, Arc<[Arc<dyn Service>]>);

/// Routes to those of `services` that `core` offers.
pub(super) fn router(core: &Arc<Core>, services: &[Arc<dyn Service>]) -> Router {
    let mut by_path: BTreeMap<&str, Vec<Arc<dyn Service>>> = BTreeMap::new();
    for service in services.iter().filter(|service| service.is_offered(core)) {
        for path in service.paths() {
            by_path.entry(*path).or_default().push(Arc::clone(service));
        }
    }
    let route = |services: Vec<Arc<dyn Service>>| -> MethodRouter {
        let way: Way = (Arc::clone(core), services.into());
        any(serve).with_state(way)
    };
    let start = Router::new().fallback_service(route(Vec::new()));
    by_path.into_iter().fold(start, |router, (path, services)| router.route(path, route(services)))
}

async fn serve(State(way): State<Way>, Extension(caller): Extension<Arc<Caller>>, request: Request) -> Response<Body> {
    let (core, services) = way;
    let (head, body) = request.into_parts();
    let service = services.iter().find(|service| service.takes(&head)).map_or(&NoService as &dyn Service, |it| &**it);
    let (arrival, problem) = take(&core, service, caller, &head, body).await;
    let (record, reply) = match problem {
        Some(problem) => service.refuse(&core, &arrival, &problem),
        None => service.answer(&core, &arrival),
    };
    core.recorder.close(arrival, record, reply)
}

/// Reads the body within its bounds and gives the request its number.
async fn take(
    core: &Core,
    service: &dyn Service,
    caller: Arc<Caller>,
    head: &Parts,
    body: Body,
) -> (Arrival, Option<RequestProblem>) {
    let read = read_body(body, core.limits.bytes, core.bounds.body).await;
    let is_encoded = head.headers.get_all(header::CONTENT_ENCODING).iter().any(|value| !is_identity(value));
    let (body, error) = match read {
        Ok(body) => (body, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    // What cannot be searched for identity codes is not kept.
    let body = if is_encoded { Vec::new() } else { body };
    let arrival = core.recorder.arrival(service.tag(), caller, head, body);
    if let Some(error) = error {
        return (arrival.unread(error.to_string()), Some(RequestProblem::Body(error)));
    }
    if is_encoded {
        let problem = RequestProblem::ContentEncoding;
        return (arrival.unread(problem.text()), Some(problem));
    }
    let is_wrong = service.is_posted_to() && head.method != Method::POST;
    (arrival, is_wrong.then_some(RequestProblem::Method))
}

/// RFC 9110, 8.4.1: `identity` is none, and others may stand in a list.
fn is_identity(value: &HeaderValue) -> bool {
    let listed = value.to_str().unwrap_or("?").split(',').map(str::trim);
    listed.into_iter().all(|one| one.is_empty() || one.eq_ignore_ascii_case("identity"))
}

/// What stands at every other address.
struct NoService;

impl Service for NoService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::OTHER
    }

    fn paths(&self) -> &'static [&'static str] {
        &[]
    }

    fn refuse(&self, core: &Core, arrival: &Arrival, _: &RequestProblem) -> Handled {
        self.answer(core, arrival)
    }

    fn answer(&self, _: &Core, _: &Arrival) -> Handled {
        let answer = ServiceAnswer::new(
            StatusCode::NOT_FOUND,
            "text/plain; charset=utf-8",
            "no such address: /archive, /fhir, /use-log, /validation, /disclosure-log\n",
        );
        (ExchangeRecord::refused(ServiceGround::NoSuchAddress), Reply::Answer(answer))
    }
}
