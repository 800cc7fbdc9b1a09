//! `kantakoe persons`: synthetic persons and families.

use serde_json::{Value, json};

use super::args::PersonArguments;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use crate::domain::{Gender, Oid, Resident, residents};

/// Headings of the CSV, in the order of [`cells`].
const HEADINGS: &str =
    "identity-code,temporary-root,temporary-extension,family-name,given-names,birth-date,gender,protected,family,role";

/// Prints them. `Usage` for an organisation that is no OID.
pub(super) fn persons(arguments: &PersonArguments) -> ExitCode {
    if let Err(error) = arguments.organisation.parse::<Oid>() {
        tell(&format!("error: {} is no OID: {error}", arguments.organisation));
        return ExitCode::Usage;
    }
    let number = usize::try_from(arguments.number).unwrap_or(usize::MAX);
    let town = residents(number, arguments.seed, arguments.families, &arguments.organisation);
    if arguments.json {
        let rows: Vec<String> = town.iter().map(|one| format!("  {}", object(one))).collect();
        say(&format!("[\n{}\n]", rows.join(",\n")));
    } else if arguments.csv {
        say(HEADINGS);
        town.iter().for_each(|one| say(&cells(one).join(",")));
    } else {
        town.iter().for_each(|one| say(&line(one)));
    }
    ExitCode::Pass
}

fn gender(one: &Resident) -> &'static str {
    match one.person.gender {
        Gender::Male => "male",
        Gender::Female => "female",
    }
}

/// The identity code, where the person has one.
fn code(one: &Resident) -> Option<&str> {
    one.temporary.is_none().then_some(one.person.identity_code.as_str())
}

fn object(one: &Resident) -> Value {
    let temporary = one.temporary.as_ref().map(|id| json!({"root": id.root, "extension": id.extension}));
    json!({
        "identity-code": code(one),
        "temporary-identifier": temporary,
        "family-name": one.person.family_name,
        "given-names": one.person.given_names,
        "birth-date": one.person.birth_date.to_string(),
        "gender": gender(one),
        "protected": one.protected,
        "family": one.family,
        "role": one.role.name(),
    })
}

/// No cell holds a comma or a quotation mark.
fn cells(one: &Resident) -> [String; 10] {
    let (root, extension) = one.temporary.clone().map(|id| (id.root, id.extension)).unwrap_or_default();
    [
        code(one).unwrap_or_default().to_owned(),
        root,
        extension,
        one.person.family_name.clone(),
        one.person.given_names.join(" "),
        one.person.birth_date.to_string(),
        gender(one).to_owned(),
        one.protected.to_string(),
        one.family.to_string(),
        one.role.name().to_owned(),
    ]
}

fn line(one: &Resident) -> String {
    let temporary = one.temporary.as_ref().map(|id| format!("{} {}", id.root, id.extension));
    let id = temporary.as_deref().or(code(one)).unwrap_or_default();
    let name = format!("{}, {}", one.person.family_name, one.person.given_names.join(" "));
    let marks = if one.protected { "  protected" } else { "" };
    format!(
        "{:>4} {:<7}{id:<32}{name:<32}{} {}{marks}",
        one.family,
        one.role.name(),
        one.person.birth_date,
        gender(one)
    )
}
