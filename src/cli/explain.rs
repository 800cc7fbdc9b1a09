//! `kantakoe explain`: tells about a finding or a requirement, or lists the codes of all findings.

use super::args::ExplainArguments;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::library;
use crate::report::{Texts, explain as told, list_codes};

/// Tells or lists.
pub(super) fn explain(arguments: &ExplainArguments) -> ExitCode {
    match answer(arguments) {
        Ok(text) => {
            say(&text);
            ExitCode::Pass
        }
        Err(why) => {
            tell(&format!("error: {why}"));
            ExitCode::Usage
        }
    }
}

fn answer(arguments: &ExplainArguments) -> Result<String, String> {
    let catalogue = library::catalogue().map_err(|mistakes| mistakes.to_string())?;
    let texts = Texts::of(arguments.lang);
    match &arguments.code {
        Some(code) if !arguments.list => told(code, &catalogue, texts).map_err(|unknown| unknown.to_string()),
        _ => Ok(list_codes(&catalogue, texts)),
    }
}
