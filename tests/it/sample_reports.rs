//! The sample reports in reports/ are what the program writes; times, signatures and ports are replaced by fixed ones.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::bad_input::RunDesk;

const REPORT: &str = "reports/latest";
const CONFIGURATION: &str = "kantakoe.toml";
/// A system at a port where nobody listens.
const NOBODY: &str = "[system]\naddress = \"http://127.0.0.1:1\"\n";

/// A report that stands in reports/.
struct Sample {
    folder: &'static str,
    files: &'static [&'static str],
    arguments: &'static [&'static str],
    exit_code: i32,
}

const SAMPLES: [Sample; 4] = [
    Sample { folder: "pass", files: &["report.json", "junit.xml"], arguments: &["--verdicts-only"], exit_code: 0 },
    Sample {
        folder: "pass",
        files: &["index.html"],
        arguments: &["--only", "storage-client-relationship", "--only", "search-nothing-found"],
        exit_code: 0,
    },
    Sample {
        folder: "fail",
        files: &["report.json", "junit.xml", "index.html"],
        arguments: &[
            "--only",
            "storage-matter",
            "--only",
            "storage-client-document",
            "--fault",
            "document-group-missing",
        ],
        exit_code: 1,
    },
    Sample {
        folder: "configuration",
        files: &["report.json", "junit.xml", "index.html"],
        arguments: &["--only", "storage-matter", "--config", CONFIGURATION],
        exit_code: 3,
    },
];

/// What differs from run to run, and what stands in the samples instead.
static VOLATILE: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let rows = [
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", "2026-11-20T10:00:00"),
        (r"\b20\d{12}\b", "20261120100000"),
        (r"(\.9\d)\.20\d\d\.", "$1.2026."),
        (r"\b[0-9a-f]{64}\b", "<digest>"),
        (r"[A-Za-z0-9+/]{40,}={0,2}", "<base64>"),
        (r"(<base64>.{0,40}… )\d+( characters …)", "${1}999$2"),
        // A certificate made afresh is a few bytes longer or shorter.
        (r"content-length: \d+", "content-length: 9999"),
        (r"\b\d+ bytes\b", "9999 bytes"),
        (r"localhost:\d+", "localhost:8443"),
        (r"\d+ ms\b", "9 ms"),
        // Exchanges that cross a retry come in either order.
        (r#"("milliseconds": )\d+(,\s+"exchanges": )\[[\d,\s]*\]"#, "${1}9$2[]"),
        (r#""milliseconds": \d+"#, "\"milliseconds\": 9"),
        (r#" time="[0-9.]+""#, " time=\"0.009\""),
    ];
    rows.map(|(pattern, fixed)| (Regex::new(pattern).expect("pattern"), fixed)).into()
});

fn steady(text: &str) -> String {
    VOLATILE.iter().fold(text.to_owned(), |text, (pattern, fixed)| pattern.replace_all(&text, *fixed).into_owned())
}

impl Sample {
    /// The files as the program writes them now.
    fn written(&self) -> Vec<(PathBuf, String)> {
        let desk = RunDesk::new();
        desk.put(CONFIGURATION, NOBODY);
        let is_built_in = !self.arguments.contains(&"--config");
        let mut arguments = vec!["run", "--report", REPORT, "--seed", "1", "--lang", "en"];
        // With one lane the exchanges have the same numbers each time.
        arguments.extend(["--lanes", "1"].iter().filter(|_| is_built_in));
        arguments.extend(self.arguments);
        let ran = desk.call(&arguments);
        assert_eq!(ran.code, Some(self.exit_code), "{}: {}", self.folder, ran.shown());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports").join(self.folder);
        let text = |name: &str| std::fs::read_to_string(desk.path(REPORT).join(name)).expect("report");
        self.files.iter().map(|name| (folder.join(name), steady(&text(name)))).collect()
    }
}

#[test]
fn the_sample_reports_are_what_the_program_writes() {
    let mut drifted = Vec::new();
    for (path, text) in SAMPLES.iter().flat_map(Sample::written) {
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
            std::fs::write(&path, &text).expect("write");
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != text {
            drifted.push(path);
        }
    }
    assert!(drifted.is_empty(), "run UPDATE_DOCS=1 cargo test sample_reports and read the difference: {drifted:#?}");
}
