//! Connections that break, and what is sent after them.

use std::sync::{Arc, Mutex};

use kantakoe::reference::{Fault, ReferenceSettings, start};
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::bench::{CLIENT, Setup, act, between, identities, person, settings};

/// A Kanta that reads every message and then breaks the connection; what it read.
async fn broken_kanta() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = format!("http://{}", listener.local_addr().expect("address"));
    let read = Arc::new(Mutex::new(vec![]));
    let kept = Arc::clone(&read);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut message = vec![];
            while !message.ends_with(b"</soap:Envelope>") && stream.read_buf(&mut message).await.unwrap_or(0) > 0 {}
            kept.lock().expect("kept").push(String::from_utf8_lossy(&message).into_owned());
        }
    });
    (address, read)
}

/// What reaches Kanta when a system with this fault stores a client relationship over breaking connections.
async fn sent(fault: Option<Fault>) -> Vec<String> {
    let (kanta, read) = broken_kanta().await;
    let settings: ReferenceSettings = settings(&kanta, &identities(), Setup { fault, ..Setup::default() });
    let system = start(settings).await.expect("start");
    let base = format!("http://{}", system.address);
    act(&base, "1", "know-client", json!({"person": person(CLIENT)})).await;
    let ending = act(&base, "2", "store-client-relationship", json!({"client": CLIENT, "marker": "m-1"})).await;
    assert_eq!(ending["outcome"], "failed", "{ending}");
    system.stop().await;
    read.lock().expect("read").clone()
}

fn body(message: &str) -> String {
    between(message, "\r\n\r\n", "</soap:Envelope>")
}

#[tokio::test]
async fn a_broken_connection_changes_nothing_in_the_message() {
    let sent = sent(None).await;
    assert_eq!(sent.len(), 3);
    assert!(!body(&sent[0]).is_empty() && sent.iter().all(|message| body(message) == body(&sent[0])));
}

#[tokio::test]
async fn a_faulty_system_makes_a_new_document_after_a_broken_connection() {
    let sent = sent(Some(Fault::StoresTwiceAfterBrokenConnection)).await;
    let ids: Vec<String> = sent.iter().map(|message| between(message, "<setId root=\"", "\"")).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}
