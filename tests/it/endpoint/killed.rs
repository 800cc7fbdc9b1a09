//! What was acknowledged is there whenever the process is killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use kantakoe::evidence::{Entry, Exchange, read_journal};
use kantakoe::pki::Identities;
use tokio::sync::mpsc;

use super::messages::{Draft, STEM};
use crate::pki::made;

/// Callers that store at once.
const CALLERS: u32 = 4;
/// After so many acknowledgements of a round the process is killed.
const ROUNDS: [usize; 5] = [1, 7, 2, 12, 4];

/// `kantakoe endpoint` as a process of its own.
struct Endpoint {
    process: Child,
    archive: String,
}

impl Endpoint {
    fn start(state: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kantakoe"));
        command.args(["endpoint", "--tls", "off", "--bind", "127.0.0.1:0", "--state"]).arg(state);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("program");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("pipe")).read_line(&mut line).expect("address");
        let archive = line.split_whitespace().last().expect("address").to_owned();
        Self { process, archive }
    }

    /// SIGKILL: the process gets no chance to do anything more.
    fn kill(mut self) {
        self.process.kill().expect("kill");
        self.process.wait().expect("end");
    }
}

/// The message that stores document `number`.
fn message(identities: &Identities, number: u32) -> String {
    let draft = Draft::of("client-document").with(&format!("{STEM}501"), &format!("{STEM}{}", 10_000 + number));
    draft.numbered(2_000_000 + number).finish(identities)
}

async fn post(client: &reqwest::Client, archive: &str, message: String) -> reqwest::Result<String> {
    client.post(archive).header("content-type", "text/xml").body(message).send().await?.text().await
}

/// Stores new documents until the process is gone, and tells what was acknowledged.
async fn store(archive: String, identities: Arc<Identities>, next: Arc<AtomicU32>, told: mpsc::Sender<(u32, String)>) {
    let client = reqwest::Client::builder().no_proxy().build().expect("client");
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        match post(&client, &archive, message(&identities, number)).await {
            Ok(answer) if answer.contains("<typeCode code=\"AA\"/>") => {
                if told.send((number, answer)).await.is_err() {
                    return;
                }
            }
            Ok(answer) => panic!("not acknowledged: {answer}"),
            Err(_) => return,
        }
    }
}

/// How many versions the archive holds of document `number`.
fn held(state: &Path, number: u32) -> u32 {
    let archive = rusqlite::Connection::open(state.join("archive.sqlite")).expect("archive");
    let id = format!("{STEM}{}", 10_000 + number);
    archive.query_row("SELECT count(*) FROM documents WHERE id = ?1", [id], |row| row.get(0)).expect("count")
}

/// The exchanges of document `number` in a journal whose chain holds.
fn exchanges(journal: &[Entry], number: u32) -> Vec<&Exchange> {
    let id = format!(":{}", 2_000_000 + number);
    let mut found: Vec<&Exchange> = Vec::new();
    for entry in journal {
        if let Entry::Exchange(exchange) = entry
            && exchange.message_id.as_ref().is_some_and(|told| told.ends_with(&id))
        {
            found.push(exchange);
        }
    }
    found
}

#[tokio::test]
async fn an_acknowledged_message_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().expect("folder");
    let state: PathBuf = folder.path().join("state");
    made(&state.join("identities"));
    let identities = Arc::new(Identities::read_folder(&state.join("identities")).expect("identities"));
    let next = Arc::new(AtomicU32::new(1));
    let mut acknowledged: Vec<(u32, String)> = Vec::new();
    for acknowledgements in ROUNDS {
        let endpoint = Endpoint::start(&state);
        let (told, mut heard) = mpsc::channel(1024);
        for _ in 0..CALLERS {
            tokio::spawn(store(endpoint.archive.clone(), Arc::clone(&identities), Arc::clone(&next), told.clone()));
        }
        drop(told);
        for _ in 0..acknowledgements {
            acknowledged.push(heard.recv().await.expect("an acknowledgement"));
        }
        endpoint.kill();
        while let Some(late) = heard.recv().await {
            acknowledged.push(late);
        }
    }
    let endpoint = Endpoint::start(&state);
    let client = reqwest::Client::builder().no_proxy().build().expect("client");
    assert!(acknowledged.len() >= ROUNDS.iter().sum());
    for (number, first) in &acknowledged {
        let again = post(&client, &endpoint.archive, message(&identities, *number)).await.expect("answer");
        assert_eq!(&again, first, "the first answer again");
    }
    // What was cut off may be there or not, and is taken when it comes again.
    let all = next.load(Ordering::Relaxed);
    for number in (1..all).filter(|number| acknowledged.iter().all(|(told, _)| told != number)) {
        let answer = post(&client, &endpoint.archive, message(&identities, number)).await.expect("answer");
        assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    }
    endpoint.kill();
    let journal = read_journal(&state.join("journal")).expect("a chain that holds");
    for number in 1..all {
        assert_eq!(held(&state, number), 1, "document {number}");
        let exchanges = exchanges(&journal, number);
        assert!(exchanges.iter().all(|exchange| exchange.accepted), "document {number}");
    }
    for (number, _) in &acknowledged {
        let exchanges = exchanges(&journal, *number);
        let told: Vec<bool> = exchanges.iter().map(|exchange| exchange.repeated).collect();
        assert_eq!(told, [false, true], "document {number}");
    }
}
