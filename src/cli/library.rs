//! The tables and scenarios of a run, checked before anything starts.

use crate::rule::Catalogue;
use crate::scenario::{CheckContext, Scenario, built_in_files, built_in_tables, check};
use crate::source::{Diagnostics, SourceFile};

/// The built-in requirements and findings.
///
/// # Errors
/// Mistakes in them; a test holds that there are none.
pub(super) fn catalogue() -> Result<Catalogue, Diagnostics> {
    let (requirements, findings) = built_in_tables();
    Catalogue::read(&requirements, &findings)
}

/// These scenario files, checked; every mistake in all of them at once.
///
/// # Errors
/// The mistakes.
pub(super) fn scenarios(files: &[SourceFile], catalogue: &Catalogue) -> Result<Vec<Scenario>, Diagnostics> {
    let context = CheckContext { catalogue };
    let (mut checked, mut mistakes) = (Vec::new(), Diagnostics::default());
    for file in files {
        match check(file, context) {
            Ok(scenario) => checked.push(scenario),
            Err(found) => mistakes.0.extend(found.0),
        }
    }
    mistakes.into_result(checked)
}

/// The built-in scenarios.
///
/// # Errors
/// Mistakes in them; a test holds that there are none.
pub(super) fn built_in(catalogue: &Catalogue) -> Result<Vec<Scenario>, Diagnostics> {
    scenarios(&built_in_files(), catalogue)
}
