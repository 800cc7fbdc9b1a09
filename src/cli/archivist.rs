//! `kantakoe archivist`: the archivist's desk on the command line.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Url};
use serde_json::{Value, json};

use super::args::{ArchivistAction, ArchivistArguments};
use super::client_tls;
use super::command_error::CommandError;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use crate::driver::{root_cause, tls};

const PATIENCE: Duration = Duration::from_secs(30);

/// Asks the archivist's service and prints its answer. `Fail` when it refuses.
///
/// # Errors
/// What is wrong with the arguments, or with the way to the endpoint.
pub(super) async fn archivist(arguments: ArchivistArguments) -> Result<ExitCode, CommandError> {
    let (is_done, answer) = answered(&arguments).await?;
    if !is_done {
        tell(&format!("error: {}", text(&answer["error"])));
        return Ok(ExitCode::Fail);
    }
    say(&if arguments.json { format!("{answer:#}") } else { plain(&arguments.action, &answer) });
    Ok(ExitCode::Pass)
}

async fn answered(arguments: &ArchivistArguments) -> Result<(bool, Value), CommandError> {
    let request = request(&client(arguments)?, arguments)?;
    let request = request
        .header("x-archivist", &arguments.archivist)
        .header("x-controller", &arguments.controller)
        .header("x-register", arguments.register.as_ref().unwrap_or(&arguments.controller));
    let unanswered = |error: reqwest::Error| {
        CommandError::configuration(format!("{} gave no answer: {}", arguments.endpoint, root_cause(&error)))
    };
    let answer = request.send().await.map_err(unanswered)?;
    let is_done = answer.status().is_success();
    Ok((is_done, answer.json().await.map_err(CommandError::configuration)?))
}

/// With the identities of a folder as `kantakoe endpoint` makes it; without one for plain HTTP.
fn client(arguments: &ArchivistArguments) -> Result<Client, CommandError> {
    let config = match &arguments.identities {
        None => tls(&[]).map_err(CommandError::configuration)?,
        Some(folder) => client_tls::of_folder(folder)?,
    };
    let client = Client::builder().no_proxy().timeout(PATIENCE).tls_backend_preconfigured(config);
    client.build().map_err(CommandError::configuration)
}

fn request(client: &Client, arguments: &ArchivistArguments) -> Result<RequestBuilder, CommandError> {
    let to = |steps: &[&str]| address(arguments, steps);
    Ok(match &arguments.action {
        ArchivistAction::Search { client: person, group, versions, nullified } => {
            let mut url = to(&["documents"])?;
            let [versions, nullified] = [versions, nullified].map(bool::to_string);
            url.query_pairs_mut().append_pair("versions", &versions).append_pair("nullified", &nullified);
            for (name, value) in [("client", person), ("group", group)] {
                url.query_pairs_mut().extend_pairs(value.iter().map(|value| (name, value)));
            }
            client.get(url)
        }
        ArchivistAction::Show { id } => client.get(to(&["documents", id])?),
        ArchivistAction::Compare { first, second } => client.get(to(&["documents", first, "compare", second])?),
        ArchivistAction::Nullify { id, reason, last_resort } => client
            .post(to(&["documents", id, "nullification"])?)
            .json(&json!({ "reason": reason, "last-resort": last_resort })),
        ArchivistAction::Log => client.get(to(&["log"])?),
    })
}

fn address(arguments: &ArchivistArguments, steps: &[&str]) -> Result<Url, CommandError> {
    let no_address = || CommandError::usage(format!("error: {} is no address of an endpoint", arguments.endpoint));
    let mut url = Url::parse(&arguments.endpoint).map_err(|_| no_address())?;
    let steps = ["archivist", "v1"].iter().chain(steps);
    url.path_segments_mut().map_err(|()| no_address())?.pop_if_empty().extend(steps);
    Ok(url)
}

fn plain(action: &ArchivistAction, answer: &Value) -> String {
    let lines = |list: &Value, line: fn(&Value) -> String| -> Vec<String> {
        list.as_array().into_iter().flatten().map(line).collect()
    };
    match action {
        ArchivistAction::Search { .. } => {
            let mut shown = lines(&answer["documents"], document_line);
            shown.push(format!("{} documents", answer["total"]));
            shown.join("\n")
        }
        ArchivistAction::Show { .. } => shown(answer),
        ArchivistAction::Compare { .. } if answer["same"] == true => "no difference".to_owned(),
        ArchivistAction::Compare { .. } => lines(&answer["differences"], difference_line).join("\n"),
        ArchivistAction::Nullify { .. } => format!("nullified: {}", text(&answer["nullified"])),
        ArchivistAction::Log => lines(&answer["acts"], act_line).join("\n"),
    }
}

fn document_line(document: &Value) -> String {
    let of = |name: &str| text(&document[name]);
    let mark = if document["nullified"] == true { "  NULLIFIED" } else { "" };
    format!(
        "{}  version {}  {}  group {}  type {}{mark}",
        of("id"),
        of("version"),
        of("effective-time"),
        of("group"),
        of("specific-type")
    )
}

fn shown(document: &Value) -> String {
    let metadata = document["metadata"].as_object().into_iter().flatten();
    let mut lines: Vec<String> = metadata.map(|(name, value)| format!("{name:16}  {}", text(value))).collect();
    for (title, form) in [("display form", "display-form"), ("structured form", "structured-form")] {
        let form = &document[form];
        let form = form.as_str().map_or_else(|| format!("{form:#}"), str::to_owned);
        lines.push(format!("\n{title}\n{form}"));
    }
    lines.join("\n")
}

fn difference_line(difference: &Value) -> String {
    let of = |name: &str| match &difference[name] {
        Value::Null => "nothing".to_owned(),
        value => value.to_string(),
    };
    format!("{}\n  - {}\n  + {}", text(&difference["place"]), of("first"), of("second"))
}

fn act_line(act: &Value) -> String {
    let of = |name: &str| text(&act[name]);
    let reason = act["reason"].as_str().map(|reason| format!("  ({reason})")).unwrap_or_default();
    format!("{}  {}  {}  {}  {}{reason}", of("at"), of("archivist"), of("action"), of("about"), of("outcome"))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
