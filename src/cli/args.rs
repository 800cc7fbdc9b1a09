//! The arguments of every subcommand.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::{Fault, Oid};
use crate::reference::LogFormat;
use crate::report::Language;

/// Plays Kanta, drives a client information system through the adoption test, and judges what came.
#[derive(Debug, Parser)]
#[command(name = "kantakoe", version, about, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the adoption set against a system, or against the built-in reference system.
    Run(RunArguments),
    /// Serve the built-in reference system, or list its faults.
    Reference(ReferenceArguments),
    /// Serve the simulated Kanta alone.
    Endpoint(EndpointArguments),
    /// Search, show, compare or nullify documents of an endpoint, as an archivist.
    Archivist(ArchivistArguments),
    /// Print an organisation's part of the log of disclosures of an endpoint.
    DisclosureLog(DisclosureLogArguments),
    /// Judge message files without a run.
    Check(CheckArguments),
    /// Tell about a finding or a requirement.
    Explain(ExplainArguments),
    /// List the scenarios, or check scenario files.
    Scenarios(ScenarioArguments),
    /// Print a valid minimal structured form of a document type.
    Sample(SampleArguments),
    /// Print a profile that ships, to change rows of it.
    Profile(ProfileArguments),
    /// Make the identities of a test, or sign a request for a certificate.
    Pki(PkiArguments),
    /// Print synthetic persons and families of the 900 series.
    Persons(PersonArguments),
}

/// The values of `--lang`: the tags of the languages that there are.
fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::tag)).try_map(|tag| tag.parse::<Language>())
}

/// `--tls`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TlsArgument {
    /// With client certificates.
    Mutual,
    /// Plain HTTP.
    Off,
}

/// `--lane-by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LaneArgument {
    /// The address.
    Path,
    /// The organisation in the caller's certificate.
    Organisation,
}

/// `--fault`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FaultArgument {
    /// The fault.
    pub fault: Fault,
    /// How often it is played.
    pub times: u32,
}

impl FromStr for FaultArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, times) = text.split_once('=').unwrap_or((text, "1"));
        let names = || Fault::ALL.iter().map(|fault| fault.name()).collect::<Vec<_>>().join(", ");
        let fault = name.parse().map_err(|error| format!("{error}: one of {}", names()))?;
        let times = times.parse().map_err(|_| format!("{times} is no number of times"))?;
        Ok(Self { fault, times })
    }
}

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    /// The file that defines the run; without it the built-in reference system is tested.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Run only these scenarios or areas.
    #[arg(long, value_name = "ID")]
    pub only: Vec<String>,
    /// Language of the reports.
    #[arg(long, value_name = "LANGUAGE", value_parser = languages())]
    pub lang: Option<Language>,
    /// Folder of the report.
    #[arg(long, value_name = "FOLDER")]
    pub report: Option<PathBuf>,
    /// Write `report.json` and `junit.xml` alone: no page, and no messages beside the journal.
    #[arg(long)]
    pub verdicts_only: bool,
    /// Seed of persons, markers and identifiers.
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// Let known failures pass: what the list of expected failures names.
    #[arg(long)]
    pub allow_known: bool,
    /// Count a run of a part of the scenarios as not decided.
    #[arg(long)]
    pub require_complete: bool,
    /// How a broken rule of form counts that no published source or standard backs.
    #[arg(long, value_name = "HOW")]
    pub assumed: Option<CountsArgument>,
    /// How a broken recommendation counts.
    #[arg(long, value_name = "HOW")]
    pub recommended: Option<CountsArgument>,
    /// Switch on a fault of the reference system.
    #[arg(long, value_name = "NAME", conflicts_with = "config")]
    pub fault: Option<String>,
    /// Let the reference system use a conforming variant of the messages.
    #[arg(long, value_name = "NAME", conflicts_with = "config")]
    pub variant: Option<String>,
    /// How many reference systems run side by side, each with an archive of its own.
    #[arg(long, value_name = "NUMBER", conflicts_with = "config", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub lanes: u8,
    /// How its use log comes in; else the driver gives it, or a file in which the fault shows.
    #[arg(long, value_name = "WAY", conflicts_with = "config")]
    pub use_log: Option<UseLogArgument>,
    /// Name and version of a profile that ships, or the path of one.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// File of the codes in which the reference system differs from what it speaks otherwise.
    #[arg(long, value_name = "FILE", conflicts_with = "config")]
    pub codes: Option<PathBuf>,
}

/// `--assumed` and `--recommended`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CountsArgument {
    /// As a remark.
    Warn,
    /// As a failure.
    Fail,
}

/// `--use-log`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum UseLogArgument {
    /// The driver gives it.
    Driver,
    /// From a file of JSON Lines.
    Jsonl,
    /// From a file of AuditEvents, one a line.
    Fhir,
    /// From a file with a Bundle of AuditEvents.
    Bundle,
    /// The system sends it.
    Push,
}

/// `--export-format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportArgument {
    /// Entries, one a line.
    Jsonl,
    /// AuditEvents, one a line.
    Fhir,
    /// AuditEvents in a Bundle.
    Bundle,
}

impl From<ExportArgument> for LogFormat {
    fn from(argument: ExportArgument) -> Self {
        match argument {
            ExportArgument::Jsonl => Self::Lines,
            ExportArgument::Fhir => Self::AuditEvents,
            ExportArgument::Bundle => Self::Bundle,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ProfileArguments {
    /// List those that ship, by name and version, the one that is used without a choice first.
    #[arg(long, conflicts_with = "title")]
    pub list: bool,
    /// Name and version of the one to print, as "kanta-social-welfare 2026.11".
    #[arg(value_name = "TITLE")]
    pub title: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ReferenceArguments {
    /// List the faults, one a line, and end.
    #[arg(long)]
    pub list_faults: bool,
    /// Where its driver API listens.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9000")]
    pub bind: SocketAddr,
    /// Where the archive is; else the environment variable KANTAKOE_ARCHIVE_URL.
    #[arg(long, value_name = "URL", env = "KANTAKOE_ARCHIVE_URL", required_unless_present = "list_faults")]
    pub archive: Option<String>,
    /// Where the FHIR root is; else the environment variable KANTAKOE_FHIR_URL.
    #[arg(long, value_name = "URL", env = "KANTAKOE_FHIR_URL", required_unless_present = "list_faults")]
    pub fhir: Option<String>,
    /// Folder with the identities; else the environment variable KANTAKOE_IDENTITIES.
    #[arg(long, value_name = "FOLDER", env = "KANTAKOE_IDENTITIES", required_unless_present = "list_faults")]
    pub identities: Option<PathBuf>,
    /// Switch on a fault.
    #[arg(long, value_name = "NAME")]
    pub fault: Option<String>,
    /// Use a conforming variant of the messages.
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Write the use log to this file after each action.
    #[arg(long, value_name = "FILE")]
    pub export_log: Option<PathBuf>,
    /// How that file is written.
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub export_format: ExportArgument,
    /// Send new entries of the use log to this address after each action.
    #[arg(long, value_name = "URL")]
    pub push_log: Option<String>,
    /// Seed of its identifiers.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// File of the codes in which the reference system differs from what it speaks otherwise.
    #[arg(long, value_name = "FILE")]
    pub codes: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct EndpointArguments {
    /// Where it listens.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8443")]
    pub bind: SocketAddr,
    /// How it speaks TLS.
    #[arg(long, default_value = "mutual")]
    pub tls: TlsArgument,
    /// Folder for identities, archive and evidence, kept over restarts; a temporary one without it.
    #[arg(long, value_name = "FOLDER")]
    pub state: Option<PathBuf>,
    /// PEM file of further authorities of signers.
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// A further host name of its certificate.
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
    /// Access right to a register: the producer of an outsourced service and its organiser.
    #[arg(long, value_name = "PRODUCER=ORGANISER", value_parser = pair)]
    pub register_access: Vec<(String, String)>,
    /// Folder with further JSON Schemas of documents, one file a schema OID.
    #[arg(long, value_name = "FOLDER")]
    pub document_schemas: Option<PathBuf>,
    /// A controller and another whose register its archivists may see too, as OID=OID.
    #[arg(long, value_name = "OID=OID", value_parser = pair)]
    pub answers_for: Vec<(String, String)>,
    /// Play a fault (docs/scenarios.md lists them) in the next exchanges, once or KIND=TIMES; several come one after
    /// the other.
    #[arg(long, value_name = "KIND")]
    pub fault: Vec<FaultArgument>,
    /// Most archives beside the main one, each at /lane/NAME/archive and /lane/NAME/fhir.
    #[arg(long, value_name = "NUMBER", default_value_t = 16, value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub lanes: u32,
    /// What leads callers to a lane.
    #[arg(long, value_name = "WHAT", default_value = "path")]
    pub lane_by: LaneArgument,
    /// Count rules without a published source or standard as failures.
    #[arg(long)]
    pub strict: bool,
    /// Name and version of a profile that ships, or the path of one.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
}

/// Two OIDs joined by an equals sign.
fn pair(text: &str) -> Result<(String, String), String> {
    let (one, other) = text.split_once('=').ok_or("two OIDs joined by = are needed")?;
    let [one, other] = [one, other].map(|oid| oid.parse::<Oid>().map_err(|error| error.to_string()));
    Ok((one?.to_string(), other?.to_string()))
}

#[derive(Debug, Args)]
pub(super) struct ArchivistArguments {
    /// Where the endpoint is.
    #[arg(long, value_name = "URL", default_value = "https://localhost:8443")]
    pub endpoint: String,
    /// Folder with ca.pem, client.pem and client.key; none for plain HTTP.
    #[arg(long, value_name = "FOLDER")]
    pub identities: Option<PathBuf>,
    /// Who acts; it stands in the log.
    #[arg(long, value_name = "NAME")]
    pub archivist: String,
    /// OID of the customer for whom.
    #[arg(long, value_name = "OID")]
    pub controller: String,
    /// OID of the controller of another register that the customer answers for.
    #[arg(long, value_name = "OID")]
    pub register: Option<String>,
    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
    #[command(subcommand)]
    pub action: ArchivistAction,
}

/// What an archivist does.
#[derive(Debug, Subcommand)]
pub(super) enum ArchivistAction {
    /// List documents.
    Search {
        /// Identity code of the client.
        #[arg(long, value_name = "CODE")]
        client: Option<String>,
        /// Document group.
        #[arg(long, value_name = "CODE")]
        group: Option<String>,
        /// Older versions too.
        #[arg(long)]
        versions: bool,
        /// Nullified documents too.
        #[arg(long)]
        nullified: bool,
    },
    /// Show one document whole.
    Show {
        /// Its identifier.
        id: String,
    },
    /// Tell where two documents differ.
    Compare {
        /// Identifier of one.
        first: String,
        /// Identifier of the other.
        second: String,
    },
    /// Nullify a document that the client information system can neither correct nor nullify.
    Nullify {
        /// Its identifier.
        id: String,
        /// Why; it stands in the log.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Confirm that no other means is left.
        #[arg(long)]
        last_resort: bool,
    },
    /// List what archivists did for the customer.
    Log,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// The message with its frame, a document alone, a Bundle of disclosure notices,
    /// AuditEvents of FHIR R4, or a use log.
    pub frame: PathBuf,
    /// The document, where it is not the one inside the frame.
    pub document: Option<PathBuf>,
    /// Print the findings as JSON.
    #[arg(long)]
    pub json: bool,
    /// Language of the findings.
    #[arg(long, default_value = "en", value_parser = languages())]
    pub lang: Language,
    /// Count rules without a published source or standard as failures.
    #[arg(long)]
    pub strict: bool,
    /// PEM file of the authorities of signers.
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// Folder with further JSON Schemas of documents, one file a schema OID.
    #[arg(long, value_name = "FOLDER")]
    pub document_schemas: Option<PathBuf>,
    /// What the columns of a use log in CSV mean (docs/use-log.md).
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Journal of a run or of the endpoint: a use log is held against its messages.
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
    /// Name and version of a profile that ships, or the path of one.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Code of a finding, or id of a requirement.
    #[arg(required_unless_present = "list")]
    pub code: Option<String>,
    /// List all codes.
    #[arg(long)]
    pub list: bool,
    /// Language.
    #[arg(long, default_value = "en", value_parser = languages())]
    pub lang: Language,
}

#[derive(Debug, Args)]
pub(super) struct DisclosureLogArguments {
    /// The endpoint's folder, as `kantakoe endpoint --state` has it.
    #[arg(long, value_name = "FOLDER")]
    pub state: PathBuf,
    /// OID of the organisation: entries of its own data, and of what it received, are printed.
    #[arg(long, value_name = "OID")]
    pub controller: String,
    /// First day in Finland, as 2026-11-01, or a moment in RFC 3339.
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Last day, or a moment.
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// How entries are written.
    #[arg(long, default_value = "jsonl")]
    pub format: DisclosureFormat,
    /// Name and version of a profile that ships, or the path of one.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DisclosureFormat {
    /// One JSON object a line.
    Jsonl,
    /// A table with commas (RFC 4180).
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct ScenarioArguments {
    /// Scenario files to check; without any, the built-in ones are listed.
    pub files: Vec<PathBuf>,
    /// Language of the titles.
    #[arg(long, default_value = "en", value_parser = languages())]
    pub lang: Language,
}

#[derive(Debug, Args)]
pub(super) struct SampleArguments {
    /// Content specification of the document type, as 1.2.246.537.6.1506.19005.2022.1.10.
    #[arg(long = "type", value_name = "OID")]
    pub document_type: String,
    /// Folder with further JSON Schemas of documents, one file a schema OID.
    #[arg(long, value_name = "FOLDER")]
    pub document_schemas: Option<PathBuf>,
    /// Seed of the persons.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub(super) struct PkiArguments {
    #[command(subcommand)]
    pub command: PkiCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum PkiCommand {
    /// Make an authority, its identities, and wrong ones for tests.
    New(PkiNewArguments),
    /// Sign a certificate request (PKCS #10, PEM); the certificate goes to standard output.
    Sign(PkiSignArguments),
}

#[derive(Debug, Args)]
pub(super) struct PkiNewArguments {
    /// Folder that is made for them; one that holds an authority already is left alone.
    pub folder: PathBuf,
    /// OID of the organisation, the serial number of client and system.
    #[arg(long, value_name = "OID", default_value = crate::pki::built_in::ORGANISATION.0)]
    pub organisation: String,
    /// Its name.
    #[arg(long, value_name = "NAME", default_value = crate::pki::built_in::ORGANISATION.1)]
    pub organisation_name: String,
    /// Registration number, the serial number of the professional.
    #[arg(long, value_name = "NUMBER", default_value = crate::pki::built_in::PROFESSIONAL)]
    pub registration_number: String,
    /// A host name of the server beside localhost.
    #[arg(long, value_name = "DNSNAME")]
    pub name: Vec<String>,
}

/// `--as`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RoleArgument {
    /// TLS client of the organisation.
    Client,
    /// System signatures and tokens of the organisation.
    System,
    /// Signatures of a professional.
    Professional,
}

#[derive(Debug, Args)]
pub(super) struct PkiSignArguments {
    /// The request.
    pub request: PathBuf,
    /// Folder of the authority, as `kantakoe pki new` makes it.
    #[arg(long, value_name = "FOLDER")]
    pub ca: PathBuf,
    /// What the certificate is for.
    #[arg(long = "as", value_name = "ROLE")]
    pub role: RoleArgument,
    /// Serial number of the subject, where it is not the request's: an organisation's OID or a registration number.
    #[arg(long, value_name = "NUMBER")]
    pub serial: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct PersonArguments {
    /// How many.
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub number: u32,
    /// Let them live in families; a last family that does not fit is cut.
    #[arg(long)]
    pub families: bool,
    /// The same seed gives the same persons.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// OID of the organisation that gives temporary identifiers.
    #[arg(long, value_name = "OID", default_value = crate::pki::built_in::ORGANISATION.0)]
    pub organisation: String,
    /// Print JSON, one array; the members are those of a person in the driver API, and some more.
    #[arg(long)]
    pub json: bool,
    /// Print CSV with a line of headings.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}
