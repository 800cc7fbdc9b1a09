//! `kantakoe disclosure-log`: an organisation's part of the log of disclosures of an endpoint.

use std::io::Write;

use super::args::{DisclosureFormat, DisclosureLogArguments};
use super::command_error::CommandError;
use super::console::tell;
use super::exit_code::ExitCode;
use crate::evidence::LoggedDisclosure;
use crate::files::chosen_profile;
use crate::kanta::{Clock, DisclosureQuery, KeptDisclosures, disclosure_line};

const COLUMNS: &str =
    "number,at,controller,recipient,unit,user,clients,situation,ground,with-content,documents,request";

/// Prints the entries, one a line.
///
/// # Errors
/// What is wrong with the arguments or the folder.
pub(super) fn disclosure_log(arguments: &DisclosureLogArguments) -> Result<ExitCode, CommandError> {
    print(arguments).map(|()| ExitCode::Pass)
}

fn print(arguments: &DisclosureLogArguments) -> Result<(), CommandError> {
    let query = DisclosureQuery::between(&arguments.controller, arguments.from.as_deref(), arguments.until.as_deref());
    let query = query.ok_or_else(|| {
        CommandError::usage("error: --from and --until take a day, as 2026-11-20, or a moment in RFC 3339")
    })?;
    let rules = chosen_profile(arguments.profile.as_deref()).map_err(CommandError::usage)?.0.disclosure_log;
    let log = KeptDisclosures::open(&arguments.state, &rules, Clock::Wall).map_err(CommandError::configuration)?;
    let mut out = std::io::stdout().lock();
    let mut written = Ok(());
    if arguments.format == DisclosureFormat::Csv {
        written = writeln!(out, "{COLUMNS}");
    }
    log.each(query, |entry| {
        if written.is_ok() {
            written = writeln!(out, "{}", line(entry, arguments.format));
        }
    })
    .map_err(CommandError::configuration)?;
    // A reader that has seen enough closes the pipe, which is no error.
    let _ = written;
    let removals = log.removals().map_err(CommandError::configuration)?;
    let removed: usize = removals.iter().map(|removal| removal.entries).sum();
    if removed > 0 {
        tell(&format!("{removed} entries older than {} years were removed", rules.retention_years));
    }
    Ok(())
}

fn line(entry: &LoggedDisclosure, format: DisclosureFormat) -> String {
    match format {
        DisclosureFormat::Jsonl => disclosure_line(entry),
        DisclosureFormat::Csv => csv(entry),
    }
}

fn csv(entry: &LoggedDisclosure) -> String {
    let fields = [
        entry.number.to_string(),
        entry.at.to_string(),
        entry.controller.clone(),
        entry.recipient.clone(),
        entry.unit.clone().unwrap_or_default(),
        entry.user.clone().unwrap_or_default(),
        entry.clients.join(" "),
        entry.situation.clone(),
        entry.ground.clone(),
        entry.with_content.to_string(),
        entry.documents.join(" "),
        entry.request.clone(),
    ];
    fields.map(|field| quoted(&field)).join(",")
}

/// A field as RFC 4180 writes it. One that a spreadsheet would take for a formula gets an apostrophe.
fn quoted(field: &str) -> String {
    let field = if field.starts_with(['=', '+', '-', '@']) { format!("'{field}") } else { field.to_owned() };
    if field.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(quoted("1.2.3"), "1.2.3");
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
