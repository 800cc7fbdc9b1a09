//! A folder with the files of a run, and the program run in it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

/// Far longer than any run here takes: it only ends a run that hangs.
const PATIENCE: Duration = Duration::from_secs(300);
pub const CONFIGURATION: &str = "kantakoe.toml";
pub const REPORT: &str = "reports/latest";

/// A folder of its own.
pub struct Desk(tempfile::TempDir);

/// A run that is over.
pub struct Ran {
    pub code: Option<i32>,
    /// What it wrote to stdout.
    pub said: String,
    /// What it wrote to stderr.
    pub told: String,
    /// `report.json`; null where there is none.
    pub report: Value,
}

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("folder"))
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).expect("file");
    }

    /// Runs the program in the folder.
    pub fn call(&self, arguments: &[&str]) -> Ran {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_kantakoe"))
            .args(arguments)
            .current_dir(self.folder())
            .timeout(PATIENCE)
            .output()
            .expect("program");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let report = std::fs::read_to_string(self.path(REPORT).join("report.json")).unwrap_or_default();
        let ran = Ran {
            code: output.status.code(),
            said: text(&output.stdout),
            told: text(&output.stderr),
            report: serde_json::from_str(&report).unwrap_or(Value::Null),
        };
        assert!(!ran.told.contains("panicked"), "{}", ran.told);
        ran
    }

    /// Runs the configuration with this text.
    pub fn run(&self, configuration: &str) -> Ran {
        self.put(CONFIGURATION, configuration);
        self.call(&["run", "--config", CONFIGURATION])
    }

    /// Every file of the report's folder.
    pub fn report_files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.path(REPORT)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("folder") {
                let path = entry.expect("entry").path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files
    }

    pub fn has_report_folder(&self) -> bool {
        self.path("reports").exists()
    }
}

impl Ran {
    /// Code and detail of the run's own reason.
    pub fn reason(&self) -> (&str, &str) {
        parts(&self.report["reason"])
    }

    /// The verdict of the only scenario.
    pub fn only(&self) -> &Value {
        let scenarios = self.report["scenarios"].as_array().expect("scenarios");
        assert_eq!(scenarios.len(), 1, "{}{}", self.said, self.told);
        &scenarios[0]
    }

    /// Codes and blame of all findings that are no mere notes.
    pub fn findings(&self) -> Vec<(&str, &str)> {
        let scenarios = self.report["scenarios"].as_array().into_iter().flatten();
        let holders = scenarios.chain([&self.report]);
        let findings = holders.flat_map(|holder| holder["findings"].as_array().into_iter().flatten());
        let told = findings.filter(|finding| finding["severity"] != "note");
        told.map(|finding| (text(&finding["code"]), text(&finding["blame"]))).collect()
    }

    pub fn outcome(&self) -> &str {
        text(&self.report["outcome"])
    }

    /// Everything that it wrote to the terminal.
    pub fn shown(&self) -> String {
        format!("{}{}", self.told, self.said)
    }
}

/// Code and detail of a reason.
pub fn parts(reason: &Value) -> (&str, &str) {
    (text(&reason["code"]), text(&reason["detail"]))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
