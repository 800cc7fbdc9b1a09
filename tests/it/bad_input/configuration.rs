//! Mistakes in the files that a user writes: each is shown with its place and what to do, the program ends
//! with 2, and nothing has started.

use super::desk::{CONFIGURATION, Desk};

const SYSTEM: &str = "[system]\naddress = \"http://127.0.0.1:9\"\n";

/// A mistake: the text before it, the line that holds it, the column where it begins, and words of its
/// title and of its hint.
type Row = (&'static str, &'static str, usize, &'static str, &'static str);

const RUN: [Row; 18] = [
    ("[run]\n", "language = \"de\"", 12, "de is none of the choices", "one of en, fi, sv"),
    ("[run]\n", "language = 3", 12, "expected a string", "configuration.md"),
    ("[run]\n", "assumed = \"maybe\"", 11, "none of the choices", "one of warn, fail"),
    ("[run]\n", "recommended = \"maybe\"", 15, "none of the choices", "one of warn, fail"),
    ("[run]\n", "seed = -1", 8, "expected a whole number from 0", "configuration.md"),
    ("[run]\n", "seed = \"one\"", 8, "expected a whole number from 0", "configuration.md"),
    ("[run]\n", "report = \" \"", 10, "nothing stands here", "fill it in"),
    ("[run]\n", "only = [\"storage\", \"nope\"]", 20, "no scenario or area nope", "kantakoe scenarios"),
    ("[run]\n", "only = \"storage\"", 8, "expected a list", "configuration.md"),
    ("[run]\n", "parallel = 0", 12, "1 to 64 scenarios", "mend the number"),
    ("[run]\n", "parallel = 65", 12, "1 to 64 scenarios", "mend the number"),
    ("[run]\n", "profile = \"absent.toml\"", 11, "absent.toml", "kantakoe profile --list"),
    ("[run]\n", "profile = \"kanta-social-welfare 1\"", 11, "kanta-social-welfare 1", "kantakoe profile --list"),
    ("[run]\n", "expected-failures = \"absent.toml\"", 21, "no file absent.toml", "from the folder of this file"),
    ("[run]\n", "expected-failures = \"\"", 21, "no file", "from the folder of this file"),
    ("[run]\n", "expected_failures = \"a.toml\"", 1, "unknown member `expected_failures`", "configuration.md"),
    ("[run]\n", "seed = 1\nseed = 2", 1, "duplicate key", "configuration.md"),
    ("", "[runs]", 2, "unknown member `runs`", "configuration.md"),
];

const KANTA: [Row; 13] = [
    ("[kanta]\n", "bind = \"localhost\"", 8, "no address to listen at", "127.0.0.1:8443"),
    ("[kanta]\n", "bind = \"127.0.0.1:99999\"", 8, "no address to listen at", "127.0.0.1:8443"),
    ("[kanta]\n", "tls = \"on\"", 7, "none of the choices", "one of mutual, off"),
    ("[kanta]\n", "identities = \"\"", 14, "nothing stands here", "fill it in"),
    ("[kanta]\n", "names = [\"kanta.test\", \"bad name\"]", 24, "\"bad name\" is no host name", "kanta.test"),
    ("[kanta]\n", "names = [\"\"]", 10, "is no host name", "kanta.test"),
    ("[kanta]\n", "names = \"kanta.test\"", 9, "expected a list", "configuration.md"),
    ("[kanta]\n", "trust = \"absent.pem\"", 9, "absent.pem", "from the folder of this file"),
    ("[kanta]\n", "trust = \"empty.pem\"", 9, "no certificate is in it", "a PEM file of certificates"),
    ("[kanta]\n", "trust = \"broken.pem\"", 9, "broken.pem: block 1", "a PEM file of certificates"),
    ("[kanta]\n", "trust = \".\"", 9, "cannot read", "from the folder of this file"),
    ("[organisation]\nname = \"a\"\n", "id = \"not an oid\"", 6, "no identifier of an organisation", "OID"),
    ("[organisation]\nid = \"1.2.246.10.99999991.10.0\"\n", "name = \"\"", 8, "nothing stands here", "fill it in"),
];

const LANES: [Row; 8] = [
    ("[[lane]]\n", "address = \"ftp://localhost\"", 11, "over ftp", "http://127.0.0.1:9000"),
    (LANE, "name = \"Two\"", 8, "no lane can be called \"Two\"", "small letters"),
    (LANE, "name = \"../up\"", 8, "no lane can be called", "small letters"),
    (LANE, "start = []", 9, "start has no command", "name the program"),
    (LANE, "use-log = \"log.jsonl\"", 11, "only a log from a file has this", "from = \"file\""),
    (LANE, "seed = 1", 1, "unknown member `seed`", "configuration.md"),
    (
        "[[lane]]\nname = \"a\"\naddress = \"http://127.0.0.1:8\"\n[[lane]]\naddress = \"http://127.0.0.1:7\"\n",
        "name = \"a\"",
        8,
        "another lane is called a",
        "a name of its own",
    ),
    (
        "[use-log]\nfrom = \"file\"\npath = \"log.jsonl\"\n[[lane]]\n",
        "address = \"http://127.0.0.1:8\"",
        11,
        "no use log of its own",
        "add use-log",
    ),
];
const LANE: &str = "[[lane]]\naddress = \"http://127.0.0.1:8\"\n";

const DRIVER: [Row; 16] = [
    ("", "address = 9000", 11, "expected a string", "configuration.md"),
    ("", "address = \"127.0.0.1:9000\"", 11, "", "http://127.0.0.1:9000"),
    ("", "address = \"http://\"", 11, "no address of a driver", "http://127.0.0.1:9000"),
    ("", "address = \"http://localhost:99999\"", 11, "no address of a driver", "http://127.0.0.1:9000"),
    ("", "address = \"ftp://localhost\"", 11, "over ftp", "http://127.0.0.1:9000"),
    ("", "address = \"http://localhost/v1/\"", 11, "before /v1", "remove /v1"),
    ("", "address = \"http://localhost/?a=b\"", 11, "no user, query or fragment", "http://127.0.0.1:9000"),
    ("", "address = \"https://localhost\"", 11, "needs authorities", "add authorities"),
    (ADDRESS, "driver = \"telnet\"", 10, "none of the choices", "one of http"),
    (ADDRESS, "authorities = \"absent.pem\"", 15, "absent.pem", "from the folder of this file"),
    (ADDRESS, "authorities = \"empty.pem\"", 15, "no certificate is in it", "a PEM file of certificates"),
    (ADDRESS, "start = []", 9, "start has no command", "name the program"),
    (ADDRESS, "start = \"./system\"", 9, "expected a list", "configuration.md"),
    (ADDRESS, "action-seconds = 0", 18, "from 1 to 86400 seconds", "mend the number"),
    (ADDRESS, "answer-seconds = 86401", 18, "from 1 to 86400 seconds", "mend the number"),
    (ADDRESS, "answer-seconds = 1.5", 18, "expected a whole number from 0", "configuration.md"),
];
const ADDRESS: &str = "address = \"http://127.0.0.1:9\"\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("empty.pem", "no certificate here\n");
    desk.put("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    desk
}

/// The place of a mistake in the last line of `text`.
fn place(text: &str, column: usize) -> String {
    format!("{CONFIGURATION}:{}:{column}\n", text.lines().count())
}

fn is_told(desk: &Desk, text: &str, column: usize, title: &str, hint: &str) {
    let ran = desk.run(text);
    assert_eq!(ran.code, Some(2), "{text}\n{}", ran.told);
    for words in [place(text, column).as_str(), title, hint, "error: ", "= help: "] {
        assert!(ran.told.contains(words), "{words:?} is missing for\n{text}\nin\n{}", ran.told);
    }
    assert!(ran.said.is_empty() && !desk.has_report_folder(), "something started for\n{text}");
}

#[test]
fn every_member_wrong_once_is_shown_with_its_place() {
    let desk = desk();
    for (before, line, column, title, hint) in RUN.into_iter().chain(KANTA).chain(LANES) {
        is_told(&desk, &format!("{SYSTEM}{before}{line}"), column, title, hint);
    }
    for (before, line, column, title, hint) in DRIVER {
        is_told(&desk, &format!("[system]\n{before}{line}"), column, title, hint);
    }
}

#[test]
fn every_mistake_is_shown_at_once() {
    let ran = desk().run(&format!("{SYSTEM}action-seconds = 0\n[kanta]\nbind = \"x\"\ntls = \"y\""));
    assert_eq!((ran.code, ran.told.matches("= help: ").count()), (Some(2), 3), "{}", ran.told);
}

#[test]
fn what_is_no_configuration_at_all_is_told() {
    let desk = desk();
    for (text, title) in
        [("", "missing member `system`"), ("[system]", "missing member `address`"), ("a = ", "error: ")]
    {
        let ran = desk.run(text);
        assert_eq!(ran.code, Some(2), "{text}");
        assert!(ran.told.contains(title) && ran.told.contains("kantakoe.toml:1:"), "{}", ran.told);
    }
    desk.put(CONFIGURATION, b"\xFF\xFE[\0");
    let ran = desk.call(&["run", "--config", CONFIGURATION]);
    assert!(ran.code == Some(2) && ran.told.contains("kantakoe.toml is not UTF-8 text"), "{}", ran.told);
    desk.put(CONFIGURATION, vec![b'#'; 5 * 1024 * 1024]);
    let ran = desk.call(&["run", "--config", CONFIGURATION]);
    assert!(ran.code == Some(2) && ran.told.contains("larger than"), "{}", ran.told);
    for path in ["absent.toml", "."] {
        let ran = desk.call(&["run", "--config", path]);
        assert!(ran.code == Some(2) && ran.told.contains(&format!("cannot read {path}: ")), "{}", ran.told);
    }
    let deep = format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(desk.run(&deep).code, Some(2));
    assert!(!desk.has_report_folder());
}

#[test]
fn mistakes_in_the_list_of_expected_failures_have_their_place() {
    let row = |member: &str, value: &str| {
        let members = [
            ("scenario", "storage-matter"),
            ("finding", "marker-missing"),
            ("reason", "a"),
            ("owner", "b"),
            ("until", "2027-01-31"),
        ];
        let line =
            |(name, right): (&str, &str)| format!("{name} = \"{}\"\n", if name == member { value } else { right });
        format!("[[expected]]\n{}", members.map(line).concat())
    };
    let table = [
        (row("scenario", "nope"), "2:12", "no scenario nope"),
        (row("finding", "nope"), "3:11", "no finding nope"),
        (row("reason", " "), "4:10", "needs a reason and an owner"),
        (row("owner", ""), "5:9", "needs a reason and an owner"),
        (row("until", "2027-02-30"), "6:9", "no date"),
        (row("until", "soon"), "6:9", "no date"),
        (row("until", "2999-12-31"), "6:9", "later than a year from today"),
        ("[[expected]]\nscenario = \"storage-matter\"".to_owned(), "1:1", "missing member `finding`"),
        ("[[expect]]".to_owned(), "1:3", "unknown member `expect`"),
        ("expected = 1".to_owned(), "1:12", "expected a list"),
    ];
    let desk = desk();
    for (text, place, title) in table {
        desk.put("expected.toml", &text);
        let ran = desk.run(&format!("[run]\nexpected-failures = \"expected.toml\"\n{SYSTEM}"));
        assert_eq!(ran.code, Some(2), "{text}");
        let place = format!("expected.toml:{place}\n");
        assert!(ran.told.contains(&place) && ran.told.contains(title), "{place} {title}\n{}", ran.told);
    }
    assert!(!desk.has_report_folder());
}

#[test]
fn mistakes_in_a_profile_have_their_place() {
    let desk = desk();
    let built_in = desk.call(&["profile"]).said;
    let table = [
        ("system = \"placeholder\"", "system = \"nowhere\"", "no code system nowhere"),
        ("depth = 128", "depth = \"deep\"", "expected a whole number from 0"),
        ("depth = 128", "deepness = 128", "unknown member `deepness`"),
        ("depth = 128", "depth = 0", "from 1"),
        ("body-bytes = 10485760", "body-bytes = 0", "from 1"),
        ("[limits]", "[limits", "error: "),
    ];
    for (right, wrong, title) in table {
        let own = built_in.replacen("name = \"kanta-", "name = \"changed-", 1);
        let text = own.replacen(right, wrong, 1);
        assert_ne!(text, own, "{right}");
        desk.put("profile.toml", &text);
        let ran = desk.run(&format!("[run]\nprofile = \"profile.toml\"\n{SYSTEM}"));
        let line = 1 + text.lines().position(|line| line.contains(wrong)).expect("line");
        assert_eq!(ran.code, Some(2), "{wrong}\n{}", ran.told);
        assert!(ran.told.contains(&format!("profile.toml:{line}:")), "{wrong}\n{}", ran.told);
        assert!(ran.told.contains(title) && ran.told.contains("kantakoe profile"), "{wrong}\n{}", ran.told);
    }
    assert!(!desk.has_report_folder());
}

#[test]
fn mistakes_in_scenario_files_have_their_place() {
    let desk = desk();
    let right = include_str!("../../../scenarios/storage/client-relationship.toml");
    let table = [
        ("area = \"storage\"", "area = \"storing\"", "storing"),
        ("\"STO-03\"", "\"STO-3\"", "STO-3"),
        ("action = \"know-client\"", "action = \"meet-client\"", "meet-client"),
        ("see = \"exchanges\"", "sees = \"exchanges\"", "sees"),
        ("count = 1", "count = -1", "-1"),
        ("operation = \"store\"", "operation = \"keep\"", "keep"),
    ];
    for (from, to, title) in table {
        let text = right.replacen(from, to, 1);
        desk.put("scenario.toml", &text);
        let ran = desk.call(&["scenarios", "scenario.toml"]);
        let line = 1 + text.lines().position(|line| line.contains(to)).expect("line");
        assert_eq!(ran.code, Some(2), "{to}");
        assert!(ran.told.contains(&format!("scenario.toml:{line}:")) && ran.told.contains(title), "{}", ran.told);
        assert!(ran.told.contains("= help: ") && ran.said.is_empty(), "{}", ran.told);
    }
    desk.put("scenario.toml", right);
    assert_eq!(desk.call(&["scenarios", "scenario.toml"]).code, Some(0));
}

#[test]
fn names_that_there_are_not_are_told_with_those_that_there_are() {
    let desk = desk();
    let table = [
        (["run", "--fault", "nope"], "no fault is called \"nope\"", "--list-faults"),
        (["run", "--variant", "nope"], "no variant nope", "plain, soap12"),
        (["run", "--only", "nope"], "no scenario or area nope", "kantakoe scenarios"),
        (["run", "--lang", "de"], "'de'", "en, fi, sv"),
        (["run", "--seed", "x"], "'x'", "--help"),
        (["explain", "nope", "--lang=en"], "nope", ""),
    ];
    for (arguments, title, hint) in table {
        let ran = desk.call(&arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.told.contains(title) && ran.told.contains(hint), "{arguments:?}\n{}", ran.told);
    }
    assert!(!desk.has_report_folder());
}
