//! Judges a file as what it is.

use super::files::{CheckError, Checked};
use super::kind::{FileKind, kind_of};
use super::request::CheckRequest;
use super::{message, notice, use_log};
use crate::files::read_text;
use crate::rule::{Catalogue, Finding};
use crate::wire::use_log::{LogForm, Mapping};

/// What was judged, and what is wrong with it.
///
/// # Errors
/// When a file cannot be read, or is not what it should be.
pub(crate) fn judge(request: &CheckRequest<'_>, catalogue: &Catalogue) -> Result<(Checked, Vec<Finding>), CheckError> {
    if let Some(path) = request.mapping {
        let mapping = Mapping::read(&read_text(path)?).map_err(CheckError::Mapping)?;
        return use_log::checked(request, &LogForm::Csv(Box::new(mapping)), catalogue);
    }
    match kind_of(request.frame)? {
        FileKind::UseLog(form) => use_log::checked(request, &form, catalogue),
        FileKind::Notice => notice::checked(request, catalogue),
        FileKind::Message => message::checked(request, catalogue),
    }
}
