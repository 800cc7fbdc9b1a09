//! A configuration that has been checked.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::profile::{Profile, SignatureMode};
use crate::reference::{Codes, LogFormat};
use crate::report::Language;
use crate::rule::Strictness;
use crate::schema::DocumentSchemas;
use crate::wire::use_log::Mapping;

/// Everything that defines a run.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// Language of the reports.
    pub language: Language,
    /// How rules without a published source or standard count, and recommendations.
    pub strictness: Strictness,
    /// Seed of persons, markers and identifiers.
    pub seed: u64,
    /// Folder of the report.
    pub report: PathBuf,
    /// Scenario ids or areas to run; all where empty.
    pub only: Vec<String>,
    /// How many scenarios run at once in each lane.
    pub parallel: usize,
    pub profile: Profile,
    /// What kind of system is tested; empty where it is not said.
    pub kind: String,
    /// What it is without, by its own word.
    pub without: Vec<String>,
    /// Text of the profile, for its digest.
    pub profile_text: String,
    /// How the rules about the signatures of notices count, where the configuration says so.
    pub signature_mode: Option<SignatureMode>,
    /// Schemas of structured forms.
    pub schemas: DocumentSchemas,
    /// File of expected failures.
    pub expected_failures: Option<PathBuf>,
    /// What is tested, the main lane first.
    pub lanes: Vec<ConfiguredLane>,
    /// OID of the organisation that the system acts for.
    pub organisation: String,
    pub organisation_name: String,
    /// Where the simulated Kanta listens.
    pub bind: SocketAddr,
    /// How it speaks TLS.
    pub tls: TlsChoice,
    /// Folder for the identities of the run; a temporary one where absent.
    pub identities: Option<PathBuf>,
    /// Further host names of the simulated Kanta's certificate.
    pub names: Vec<String>,
    /// PEM file of further authorities of signers.
    pub trust: Option<PathBuf>,
    /// Folder of the file: paths in it count from here.
    pub folder: PathBuf,
    /// The text, for its digest.
    pub text: String,
}

impl Configuration {
    /// Takes `profile`, whose text is given, in place of the profile so far; what the configuration says of it
    /// still holds.
    pub fn take_profile(&mut self, mut profile: Profile, text: &str) {
        if let Some(mode) = self.signature_mode {
            profile.notice.signature.mode = mode;
        }
        self.profile = profile;
        text.clone_into(&mut self.profile_text);
    }
}

/// A lane: an archive of its own, and the system that talks to it.
#[derive(Debug, Clone)]
pub struct ConfiguredLane {
    /// Its name; empty for the main one.
    pub name: String,
    pub system: SystemUnderTest,
    /// Where its use log comes from.
    pub use_log: UseLogChoice,
}

/// What is tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemUnderTest {
    /// The built-in reference system, with a fault and a variant by name.
    Reference {
        /// A fault to switch on.
        fault: Option<String>,
        variant: Option<String>,
        /// How it writes a file with its use log.
        format: LogFormat,
        /// The codes that it writes.
        codes: Box<Codes>,
    },
    /// A system behind the driver API.
    Driven {
        /// Base address of its driver.
        address: String,
        /// PEM file of the authorities of the driver's certificate.
        authorities: Option<PathBuf>,
        /// A command that starts it; empty where it runs already.
        start: Vec<String>,
        /// How long an action may take.
        action_time: Duration,
        /// How long its driver may take to answer at all.
        answer_time: Duration,
    },
}

/// Where the use log comes from.
#[derive(Debug, Clone)]
pub enum UseLogChoice {
    /// The driver gives it.
    Driver,
    /// The system exports it to a file.
    File {
        path: PathBuf,
        /// What its columns mean, where it is in CSV.
        mapping: Option<Box<Mapping>>,
        /// How long entries may take to get there.
        patience: Duration,
    },
    /// The system sends its entries to the endpoint.
    Push {
        /// How long entries may take to arrive.
        patience: Duration,
    },
}

/// How the simulated Kanta speaks TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsChoice {
    /// With client certificates.
    Mutual,
    /// Plain HTTP, a limit that reports show.
    Off,
}
