//! Requests that no action of a system can have caused: health checks, port scanners, browsers.

use jiff::Timestamp;

use super::probe::cause_of;
use super::result::{Reason, ReasonCode};
use crate::evidence::{Body, Exchange, RequestKind};

/// From when to when an action ran.
type ActionWindow = (Timestamp, Timestamp);

/// Whether a request asks nothing of Kanta: it carries neither body nor token, names nobody, and goes to no service or posts
/// nothing.
pub(super) fn is_stray(exchange: &Exchange) -> bool {
    let kind = exchange.service.requests();
    let request = &exchange.request;
    let is_empty = matches!(&request.body, Body::Raw(bytes) if bytes.is_empty());
    let is_bare = is_empty && request.header("authorization").is_none() && exchange.persons.is_empty();
    let posts = request.start.is_post() && kind != RequestKind::Unaddressed;
    kind.is_sent_to_kanta() && is_bare && !posts
}

/// Whether a connection was refused, and not because Kanta plays a fault.
pub(super) fn is_refused_handshake(exchange: &Exchange) -> bool {
    exchange.service.requests() == RequestKind::Handshake && exchange.fault.is_none()
}

/// Why a scenario could not be judged where, during one of these actions that send something, a connection was refused and
/// nothing came: the connection may have been the system's.
pub(super) fn touching<'e>(
    sending: &[ActionWindow],
    came: &[&Exchange],
    mut refused: impl Iterator<Item = &'e Exchange>,
) -> Option<Reason> {
    let within =
        |(from, until): &ActionWindow, exchange: &Exchange| *from <= exchange.received && exchange.received <= *until;
    let silent: Vec<&ActionWindow> =
        sending.iter().filter(|window| !came.iter().any(|exchange| within(window, exchange))).collect();
    let touching = refused.find(|exchange| silent.iter().any(|window| within(window, exchange)))?;
    Some(Reason { code: ReasonCode::HandshakeRefused, detail: cause_of(&touching.refused_for) })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{is_stray, touching};
    use crate::domain::Operation;
    use crate::evidence::{Body, Caller, Exchange, RecordedMessage, ServiceTag};

    fn exchange(service: &'static str, second: i64, start: &str) -> Exchange {
        let request = RecordedMessage { start: start.into(), headers: vec![], body: Body::Raw(vec![]) };
        let received = Timestamp::from_second(second).expect("time");
        Exchange {
            number: 1,
            service: ServiceTag::of_id(service),
            lane: String::new(),
            received,
            answered: received,
            caller: Caller::default(),
            request,
            answer: None,
            operation: Operation::Unknown,
            persons: vec![],
            message_id: None,
            accepted: false,
            repeated: false,
            handed_out: vec![],
            refused_for: vec![],
            fault: None,
        }
    }

    #[test]
    fn what_carries_nothing_and_posts_nothing_is_a_stray() {
        assert!(is_stray(&exchange("other", 1, "GET /")));
        assert!(is_stray(&exchange("other", 1, "POST /health")));
        assert!(is_stray(&exchange("archive", 1, "GET /archive")));
        assert!(!is_stray(&exchange("archive", 1, "POST /archive")), "an empty message");
        assert!(!is_stray(&exchange("handshake", 1, "TLS handshake")));
        let with_body = |mut exchange: Exchange| {
            exchange.request.body = Body::Raw(b"x".to_vec());
            exchange
        };
        assert!(!is_stray(&with_body(exchange("other", 1, "POST /other"))));
        let mut with_token = exchange("other", 1, "GET /other");
        with_token.request.headers.push(("Authorization".to_owned(), "Bearer x".to_owned()));
        assert!(!is_stray(&with_token));
    }

    #[test]
    fn a_refused_connection_touches_a_step_in_which_nothing_came() {
        let at = |second| Timestamp::from_second(second).expect("time");
        let sending = [(at(10), at(20))];
        let refused = |second| [exchange("handshake", second, "TLS handshake")];
        let came = exchange("archive", 15, "POST /archive");
        assert!(touching(&sending, &[], refused(12).iter()).is_some());
        assert!(touching(&sending, &[&came], refused(12).iter()).is_none(), "the step reached Kanta");
        assert!(touching(&sending, &[], refused(30).iter()).is_none(), "no step ran");
    }
}
