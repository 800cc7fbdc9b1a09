//! Checks a configuration whole before anything starts.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use toml::Spanned;

use super::checker::ConfigurationChecker;
use super::settings::{Configuration, TlsChoice};
use super::text::{ConfigurationText, KantaText, RunText, SystemText};
use super::{lanes, value};
use crate::domain::{Area, Oid};
use crate::files::{load_document_schemas, read_text};
use crate::pki::built_in::ORGANISATION;
use crate::profile::{Profile, SignatureMode, named};
use crate::report::Language;
use crate::rule::Strictness;
use crate::scenario::SystemKinds;
use crate::schema::DocumentSchemas;
use crate::source::{Diagnostics, SourceFile, read_toml};

const MOST_PARALLEL: usize = 64;
const PROFILE_HINT: &str =
    "`kantakoe profile --list` lists those that ship; the path of another one counts from the folder of this file";
/// The configuration in `file`, which stands in `folder`; `scenarios` are the ids that there are.
///
/// # Errors
/// Every mistake in it, with its place.
pub fn read(file: &SourceFile, folder: &Path, scenarios: &[&str]) -> Result<Configuration, Diagnostics> {
    let text: ConfigurationText = read_toml(file, "docs/configuration.md shows every member")?;
    let mut checker = ConfigurationChecker { file, folder, scenarios, mistakes: Diagnostics::default() };
    let configuration = configuration(&text, &mut checker);
    checker.mistakes.into_result(configuration)
}

fn configuration(text: &ConfigurationText, checker: &mut ConfigurationChecker<'_>) -> Configuration {
    let (mut profile, profile_text) = profile(text.run.profile.as_ref(), checker);
    let modes = [("off", SignatureMode::Off), ("warn", SignatureMode::Warn), ("fail", SignatureMode::Fail)];
    let said = text.kanta.notice_signature.as_ref();
    let signature_mode = said.map(|said| checker.choice(Some(said), &modes, profile.notice.signature.mode));
    profile.notice.signature.mode = signature_mode.unwrap_or(profile.notice.signature.mode);
    let (organisation, organisation_name) = organisation(text, checker);
    let languages = Language::ALL.map(|language| (language.tag(), language));
    let tls_choices = [("mutual", TlsChoice::Mutual), ("off", TlsChoice::Off)];
    Configuration {
        language: checker.choice(text.run.language.as_ref(), &languages, Language::default()),
        strictness: strictness(&text.run, checker),
        seed: text.run.seed.as_ref().map_or(1, |seed| *seed.get_ref()),
        report: report(&text.run, checker),
        only: only(&text.run, checker),
        parallel: parallel(&text.run, checker),
        profile,
        profile_text,
        kind: kind(&text.system, checker),
        without: without(&text.system, checker),
        signature_mode,
        schemas: schemas(text.run.document_schemas.as_ref(), checker),
        expected_failures: checker.existing(text.run.expected_failures.as_ref()),
        lanes: lanes::lanes(text, checker),
        organisation,
        organisation_name,
        bind: bind(&text.kanta, checker),
        tls: checker.choice(text.kanta.tls.as_ref(), &tls_choices, TlsChoice::Mutual),
        identities: text
            .kanta
            .identities
            .as_ref()
            .map(|said| checker.folder.join(checker.checked(said, value::filled))),
        names: text.kanta.names.iter().flatten().map(|name| checker.checked(name, value::host_name)).collect(),
        trust: checker.certificates(text.kanta.trust.as_ref()),
        folder: checker.folder.to_owned(),
        text: checker.file.text.to_string(),
    }
}

fn strictness(run: &RunText, checker: &mut ConfigurationChecker<'_>) -> Strictness {
    let fails = [("warn", false), ("fail", true)];
    let assumed = checker.choice(run.assumed.as_ref(), &fails, false);
    Strictness::of(assumed, checker.choice(run.recommended.as_ref(), &fails, false))
}

fn kind(system: &SystemText, checker: &mut ConfigurationChecker<'_>) -> String {
    let Some(said) = &system.kind else { return String::new() };
    let kinds = SystemKinds::built_in();
    if kinds.kind(said.get_ref()).is_none() {
        let names = kinds.kind_names().collect::<Vec<_>>().join(", ");
        checker.mistake(said.span(), format!("no kind of system {}", said.get_ref()), format!("there are {names}"));
    }
    said.get_ref().clone()
}

fn without(system: &SystemText, checker: &mut ConfigurationChecker<'_>) -> Vec<String> {
    let kinds = SystemKinds::built_in();
    for said in system.without.iter().flatten().filter(|said| kinds.option(said.get_ref()).is_none()) {
        let names = kinds.option_names().collect::<Vec<_>>().join(", ");
        checker.mistake(
            said.span(),
            format!("a system cannot be without {}", said.get_ref()),
            format!("there are {names}"),
        );
    }
    system.without.iter().flatten().map(|said| said.get_ref().clone()).collect()
}

fn profile(said: Option<&Spanned<String>>, checker: &mut ConfigurationChecker<'_>) -> (Profile, String) {
    let built_in = Profile::built_in();
    let file = match said {
        None => built_in.clone(),
        Some(said) => named(&Profile::shipped(), said.get_ref()).cloned().unwrap_or_else(|| {
            read_text(&checker.path(said)).unwrap_or_else(|error| {
                checker.mistake(said.span(), error.to_string(), PROFILE_HINT);
                built_in.clone()
            })
        }),
    };
    let profile = Profile::read(&file).unwrap_or_else(|mistakes| {
        checker.mistakes.0.extend(mistakes.0);
        Profile::read(&built_in).expect("the built-in profile reads, which a test holds")
    });
    (profile, file.text.to_string())
}

fn schemas(said: Option<&Spanned<String>>, checker: &mut ConfigurationChecker<'_>) -> DocumentSchemas {
    let Some(said) = said else { return DocumentSchemas::built_in() };
    load_document_schemas(Some(&checker.path(said))).unwrap_or_else(|error| {
        let hint = "a folder of JSON Schemas, each named after its content specification, is meant";
        checker.mistake(said.span(), error.to_string(), hint);
        DocumentSchemas::built_in()
    })
}

fn organisation(text: &ConfigurationText, checker: &mut ConfigurationChecker<'_>) -> (String, String) {
    let Some(said) = &text.organisation else {
        return (ORGANISATION.0.to_owned(), ORGANISATION.1.to_owned());
    };
    if let Err(error) = said.id.get_ref().parse::<Oid>() {
        checker.mistake(
            said.id.span(),
            format!("no identifier of an organisation: {error}"),
            "write its OID, as 1.2.246.10.99999991.10.0",
        );
    }
    (said.id.get_ref().clone(), checker.checked(&said.name, value::filled))
}

fn report(run: &RunText, checker: &mut ConfigurationChecker<'_>) -> PathBuf {
    let said =
        run.report.as_ref().map_or_else(|| "reports/latest".to_owned(), |said| checker.checked(said, value::filled));
    checker.folder.join(said)
}

fn only(run: &RunText, checker: &mut ConfigurationChecker<'_>) -> Vec<String> {
    let said: Vec<_> = run.only.iter().flatten().collect();
    for name in &said {
        let known = Area::named(name.get_ref()).is_some() || checker.scenarios.contains(&name.get_ref().as_str());
        if !known {
            checker.mistake(
                name.span(),
                format!("no scenario or area {}", name.get_ref()),
                "`kantakoe scenarios` lists them",
            );
        }
    }
    said.into_iter().map(|name| name.get_ref().clone()).collect()
}

fn parallel(run: &RunText, checker: &mut ConfigurationChecker<'_>) -> usize {
    let number = run.parallel.as_ref().map_or(1, |said| *said.get_ref());
    if let Some(said) = run.parallel.as_ref().filter(|_| number == 0 || number > MOST_PARALLEL) {
        checker.mistake(said.span(), format!("1 to {MOST_PARALLEL} scenarios run at once"), "mend the number");
    }
    number.clamp(1, MOST_PARALLEL)
}

fn bind(kanta: &KantaText, checker: &mut ConfigurationChecker<'_>) -> SocketAddr {
    let default = SocketAddr::from(([127, 0, 0, 1], 0));
    let Some(said) = &kanta.bind else { return default };
    said.get_ref().parse().unwrap_or_else(|_| {
        checker.mistake(said.span(), "no address to listen at", "write it as 127.0.0.1:8443; port 0 takes a free one");
        default
    })
}
