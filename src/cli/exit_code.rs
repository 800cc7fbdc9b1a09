//! Exit codes, and the one way from an outcome to one of them.

use crate::files::SchemaFolderError;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitCode {
    /// Everything that applies passed.
    Pass = 0,
    /// A binding requirement was broken.
    Fail = 1,
    /// The command line or a file of the user's is wrong.
    Usage = 2,
    /// The way to the system was not set up.
    Configuration = 3,
    /// It could not be judged, or a person must look.
    Inconclusive = 4,
    /// The harness itself broke.
    Error = 5,
}

impl From<u8> for ExitCode {
    fn from(code: u8) -> Self {
        match code {
            0 => Self::Pass,
            1 => Self::Fail,
            3 => Self::Configuration,
            4 => Self::Inconclusive,
            _ => Self::Error,
        }
    }
}

impl From<&SchemaFolderError> for ExitCode {
    fn from(error: &SchemaFolderError) -> Self {
        match error {
            SchemaFolderError::File(_) | SchemaFolderError::Folder { .. } => Self::Configuration,
            SchemaFolderError::Schema(_) => Self::Usage,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::ExitCode;
    use crate::domain::Outcome;

    #[test]
    fn each_outcome_has_its_code() {
        let table = [
            (Outcome::Pass, 0),
            (Outcome::Warning, 0),
            (Outcome::Partial, 0),
            (Outcome::KnownFailure, 1),
            (Outcome::Incomplete, 4),
            (Outcome::Fail, 1),
            (Outcome::Configuration, 3),
            (Outcome::Inconclusive, 4),
            (Outcome::Review, 4),
            (Outcome::NotApplicable, 4),
            (Outcome::Error, 5),
        ];
        for (outcome, code) in table {
            assert_eq!(ExitCode::from(outcome.exit_code()) as u8, code, "{outcome:?}");
        }
    }
}
