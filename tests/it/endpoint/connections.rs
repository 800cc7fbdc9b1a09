//! Handshakes, slow callers, and the end of the endpoint.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use kantakoe::domain::RefusalGround;
use kantakoe::kanta::Bounds;
use kantakoe::pki::CertificateValidity;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, DuplexStream, ReadBuf};
use tokio::net::TcpStream;

use super::messages::Draft;
use super::world::{ORGANISATION, Plan, World, authority, caller, subject};

/// A body that gives what is written to the other end of a pipe.
pub struct Streamed(DuplexStream);

impl Streamed {
    pub fn new(stream: DuplexStream) -> Self {
        Self(stream)
    }
}

impl HttpBody for Streamed {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, std::io::Error>>> {
        let mut space = vec![0; 16 * 1024];
        let mut buffer = ReadBuf::new(&mut space);
        match Pin::new(&mut self.0).poll_read(context, &mut buffer) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok(())) if buffer.filled().is_empty() => Poll::Ready(None),
            Poll::Ready(Ok(())) => {
                Poll::Ready(Some(Ok(hyper::body::Frame::data(Bytes::copy_from_slice(buffer.filled())))))
            }
        }
    }
}

/// Waits until the journal holds the exchange with this number.
async fn written(world: &World, number: u64) {
    world.kanta.written().wait_for(|last| *last >= number).await.expect("running");
}

#[tokio::test]
async fn refused_handshakes_are_told_with_their_reason() {
    let world = World::start().await;
    let own = &world.identities.authority;
    let stranger = authority().client(&subject(ORGANISATION), CertificateValidity::Current).expect("identity");
    let nobody = caller(own, None).expect("client");
    let stranger = caller(own, Some(&stranger)).expect("client");
    let distrusting = caller(&authority().certificate(), Some(&world.identities.client)).expect("client");
    let callers = [
        (nobody, "the client showed no certificate"),
        (stranger, "the client certificate is of an unknown authority"),
        (distrusting, "the client does not trust the endpoint's certificate"),
    ];
    for (number, (client, reason)) in (1..).zip(callers) {
        assert!(client.post(world.kanta.archive_url()).send().await.is_err(), "{reason}");
        written(&world, number).await;
        let exchange = world.last();
        assert_eq!(
            (exchange.service.id(), exchange.refused_for),
            ("handshake", vec![RefusalGround::Handshake(reason.to_owned())])
        );
        assert!(exchange.answer.is_none() && !exchange.accepted);
    }
}

#[tokio::test]
async fn plain_http_at_the_door_is_told_and_a_probe_is_not() {
    let world = World::start().await;
    drop(TcpStream::connect(world.kanta.address()).await.expect("connect"));
    let mut stream = TcpStream::connect(world.kanta.address()).await.expect("connect");
    stream.write_all(b"POST /archive HTTP/1.1\r\n\r\n").await.expect("write");
    written(&world, 1).await;
    assert_eq!(world.exchanges().len(), 1);
    assert_eq!(world.last().refused_for, ["the client spoke no TLS"]);
}

#[tokio::test]
async fn slow_callers_are_given_up_and_hinder_nobody() {
    let short = Duration::from_millis(200);
    let bounds = Bounds { handshake: short, ..Bounds::default() };
    let world = World::with(Plan { bounds, ..Plan::default() }).await;
    let mut slow = TcpStream::connect(world.kanta.address()).await.expect("connect");
    slow.write_all(&[0x16, 0x03]).await.expect("write");
    let answer = world.send(&Draft::of("client-document").finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    // Ends only because the endpoint closes the connection.
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest).await;
    written(&world, 2).await;
    let refused = world.exchanges().into_iter().find(|exchange| exchange.service.id() == "handshake");
    assert_eq!(refused.expect("handshake").refused_for, ["the handshake was not finished in time"]);
}

#[tokio::test]
async fn a_body_that_trickles_is_given_up() {
    let bounds = Bounds { body: Duration::from_millis(200), ..Bounds::default() };
    let world = World::with(Plan { bounds, ..Plan::default() }).await;
    let (mut sender, receiver) = tokio::io::duplex(1024);
    sender.write_all(b"<soap").await.expect("write");
    let body = reqwest::Body::wrap(Streamed::new(receiver));
    let answer = world.post(body).await.expect("answer");
    assert_eq!(answer.status(), 408);
    assert_eq!(world.last().refused_for, ["body-too-slow"]);
}

#[tokio::test]
async fn a_stopped_endpoint_takes_no_more() {
    let world = World::start().await;
    let url = world.kanta.archive_url();
    world.kanta.stop().await;
    assert!(world.client.post(url).send().await.is_err());
}
