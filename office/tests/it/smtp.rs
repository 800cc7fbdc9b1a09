//! Messages by a real SMTP server (aiosmtpd of Debian): sent, refused for good, refused for now.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use kantakoe_office::access::Role;
use kantakoe_office::mail::{Post, deliver_waiting};
use kantakoe_office::register::kind_of;

use crate::support::Office;

/// Debian's own Python, which has the server's library.
const PYTHON: &str = "/usr/bin/python3";

#[tokio::test]
async fn a_server_takes_refuses_or_puts_off() {
    let has = Command::new(PYTHON).args(["-c", "import aiosmtpd"]).output().is_ok_and(|output| output.status.success());
    if !has {
        assert!(std::env::var_os("CI").is_none(), "the gate needs python3-aiosmtpd");
        return;
    }
    let folder = tempfile::tempdir().expect("folder");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp_server.py");
    let mut server = Command::new(PYTHON)
        .arg(script)
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server");
    let mut port = String::new();
    BufReader::new(server.stdout.take().expect("stdout")).read_line(&mut port).expect("a port");
    let port = port.trim();
    let mail = format!(
        "[mail]\nserver = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\nfrom = \"Kanta <kanta@example.org>\""
    );
    let office = Office::with(&mail).await;
    let customer = office.customer("Kunta", "service-provider").await;
    for address in ["here@example.org", "gone@example.org", "later@example.org"] {
        let fields =
            [("name", address), ("contact_form", "person"), ("contact_roles", "disruption"), ("email", address)];
        office.add("contact", &customer, &fields).await;
    }
    let staff = office.sign_in(Role::Staff, "").await;
    let fields = [("message", "disruption"), ("role", "disruption"), ("subject", "Häiriö"), ("body", "Teksti ä")];
    let path = office.post(&staff, "/messages/new", &fields).await.location().to_owned();
    office.post(&staff, &format!("{path}/send"), &[("version", "1")]).await;
    let post = Post::of(&office.app.settings).expect("post");
    let deliver = || deliver_waiting(&office.app.store, &post, "http://x", office.app.clock.now());
    assert_eq!(deliver().await.expect("delivered"), 3);
    let page = office.get(&staff, &path).await.text();
    for state in [">sent<", ">address not valid<", ">did not get through<"] {
        assert_eq!(page.matches(state).count(), 1, "{state}: {page}");
    }
    let contacts = office.app.store.records(kind_of("contact").expect("kind"), &customer).await.expect("records");
    let invalid: Vec<_> = contacts.iter().map(|contact| contact.text("email_invalid_since")).collect();
    assert_eq!(invalid, ["", "2026-11-30", ""]);
    let letters: Vec<_> =
        std::fs::read_dir(folder.path()).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    let letter = mail_parser::MessageParser::default()
        .parse(&std::fs::read(&letters[0]).expect("letter"))
        .expect("a letter")
        .into_owned();
    assert_eq!((letters.len(), letter.subject()), (1, Some("Häiriö")));
    office.post(&staff, &format!("{path}/retry"), &[]).await;
    assert_eq!(deliver().await.expect("delivered"), 1, "only the one that was put off");
    drop(server.stdin.take());
    server.wait().expect("the end");
}
