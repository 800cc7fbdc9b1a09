//! Calls to the simulated Kanta as a system sends them, down to the bytes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use kantakoe::pki::Identity;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::vendor::Asked;

/// Host and port of Kanta.
fn place(asked: &Asked) -> String {
    let url = asked.given("KANTAKOE_ARCHIVE_URL");
    let rest = url.split("//").nth(1).expect("host");
    rest.split('/').next().expect("host").to_owned()
}

/// A connection without TLS.
pub fn connect(asked: &Asked) -> TcpStream {
    TcpStream::connect(place(asked)).expect("Kanta listens")
}

/// Sends `head` and `body` as they are, and reads what comes back until the connection ends.
pub fn bytes(asked: &Asked, head: &str, body: &[u8]) -> String {
    exchange(connect(asked), head, body)
}

/// Sends the body to the archive.
pub fn post(asked: &Asked, body: &[u8]) -> String {
    post_as(asked, "text/xml; charset=utf-8", body)
}

pub fn post_as(asked: &Asked, media_type: &str, body: &[u8]) -> String {
    bytes(asked, &head("/archive", media_type, body.len()), body)
}

pub fn head(path: &str, media_type: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: kanta\r\nConnection: close\r\nContent-Type: {media_type}\r\n\
         Content-Length: {length}\r\n\r\n"
    )
}

/// Sends the body to the archive as the system that was started should.
pub fn with_own_certificate(asked: &Asked, body: &[u8]) -> String {
    let folder = asked.given("KANTAKOE_IDENTITIES");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).expect("identity");
    let identity = Identity { certificate: read("client.pem"), key: read("client.key") };
    exchange(tls(asked, Some(&identity), true), &head("/archive", "text/xml", body.len()), body)
}

/// Calls with TLS, shows this identity, and trusts the endpoint or not.
pub fn with_tls(asked: &Asked, identity: Option<&Identity>, trusting: bool) -> String {
    exchange(tls(asked, identity, trusting), &head("/archive", "text/xml", 4), b"<a/>")
}

fn tls(asked: &Asked, identity: Option<&Identity>, trusting: bool) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    if trusting {
        let file = format!("{}/ca.pem", asked.given("KANTAKOE_IDENTITIES"));
        roots.add(CertificateDer::from_pem_file(file).expect("authority")).expect("authority");
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots);
    let config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).expect("key");
            builder.with_client_auth_cert(vec![identity.certificate_der().expect("certificate")], key).expect("client")
        }
    };
    let name = ServerName::try_from("localhost").expect("name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("connection");
    StreamOwned::new(connection, connect(asked))
}

/// Whatever goes wrong here is what the callee makes of it.
fn exchange(mut stream: impl Read + Write, head: &str, body: &[u8]) -> String {
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).and_then(|()| stream.flush());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
