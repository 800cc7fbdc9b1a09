//! A system that a command starts: right, and in every wrong way.

use std::net::TcpListener;

use super::desk::{Desk, Ran};
use super::vendor;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kantakoe");

/// A port that nobody listens at.
fn free() -> String {
    TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").to_string()
}

/// One scenario against the program's own reference system, started as a vendor's would be.
pub fn reference(kanta: &str) -> String {
    let address = free();
    let start = format!("start = [\"{PROGRAM}\", \"reference\", \"--bind\", \"{address}\"]\n[kanta]\n{kanta}");
    vendor::configuration(&format!("http://{address}"), &start)
}

#[test]
fn a_started_system_is_given_what_it_needs() {
    for (kanta, is_secure) in [("", true), ("tls = \"off\"", false), ("identities = \"identities\"", true)] {
        let desk = Desk::new();
        let ran = desk.run(&reference(kanta));
        assert_eq!((ran.code, ran.outcome()), (Some(0), "partial"), "{kanta}\n{}", ran.shown());
        assert_eq!(ran.report["header"]["tls"], is_secure);
        assert!(!ran.said.contains("driver API at"), "the command writes among the data:\n{}", ran.said);
        assert_eq!(desk.path("identities/client.key").exists(), kanta.starts_with("identities"));
    }
}

#[test]
fn identities_are_kept_from_run_to_run() {
    let desk = Desk::new();
    let authority = || std::fs::read(desk.path("identities/ca.pem")).expect("authority");
    assert_eq!(desk.run(&reference("identities = \"identities\"")).code, Some(0));
    let first = authority();
    let again = desk.run(&reference("identities = \"identities\""));
    assert_eq!((again.code, authority() == first), (Some(0), true), "{}", again.shown());
}

fn started(words: &str) -> (Desk, Ran) {
    let desk = Desk::new();
    desk.put("system.sh", "#!/bin/sh\necho words of the system\nexit 7\n");
    let ran = desk.run(&vendor::configuration(&format!("http://{}", free()), &format!("start = {words}")));
    (desk, ran)
}

#[test]
fn a_command_that_cannot_be_started_or_ends_is_told_in_one_line() {
    let table = [
        (r#"["./absent", "--test"]"#, "the command ./absent cannot be started: No such file or directory"),
        (r#"["absent-program"]"#, "the command absent-program cannot be started: No such file or directory"),
        (r#"["./system.sh"]"#, "the command ./system.sh cannot be started: Permission denied"),
        (r#"["sh", "system.sh"]"#, "the start command ended before its driver answered: exit status: 7"),
        (r#"["sh", "-c", "kill -9 $$"]"#, "the start command ended before its driver answered: signal: 9 (SIGKILL)"),
    ];
    for (words, told) in table {
        let (_, ran) = started(words);
        assert_eq!(ran.code, Some(3), "{words}\n{}", ran.shown());
        let errors: Vec<_> = ran.told.lines().filter(|line| line.starts_with("error: ")).collect();
        assert!(errors.len() == 1 && errors[0].contains(told), "{words}\n{}", ran.told);
        assert!(ran.said.is_empty(), "{}", ran.said);
    }
}
