//! `kantakoe sample`: a valid minimal structured form of a document type.

use super::args::SampleArguments;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use crate::domain::Person;
use crate::files::load_document_schemas;
use crate::schema::{SampleError, SamplePersons};

/// An odd number that spreads neighbouring seeds over all persons (2^64 divided by the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Prints the structured form. `Usage` for a type without a schema or a schema that cannot be used,
/// `Configuration` for a folder that cannot be read.
pub(super) fn sample(arguments: &SampleArguments) -> ExitCode {
    let schemas = match load_document_schemas(arguments.document_schemas.as_deref()) {
        Ok(schemas) => schemas,
        Err(error) => {
            tell(&format!("error: {error}"));
            return ExitCode::from(&error);
        }
    };
    match schemas.sample(&arguments.document_type, &persons(arguments.seed)) {
        Ok(value) => {
            say(&format!("{value:#}"));
            ExitCode::Pass
        }
        Err(error) => {
            tell(&format!("error: {error}"));
            if matches!(error, SampleError::NotLoaded { .. }) {
                tell(&format!("hint: loaded are {}", schemas.ids().collect::<Vec<_>>().join(", ")));
            }
            ExitCode::Usage
        }
    }
}

fn persons(seed: u64) -> SamplePersons {
    let client = Person::synthetic(seed.wrapping_mul(SPREAD), |_| true);
    let number = seed.wrapping_add(1).wrapping_mul(SPREAD);
    let other = Person::synthetic(number, |hetu| hetu.as_str() != client.identity_code);
    SamplePersons { client, other }
}
