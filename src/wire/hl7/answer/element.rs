//! Single elements of HL7 v3, written.

use crate::domain::Code;
use crate::wire::hl7::InstanceId;
use crate::wire::xml::Escaped;

pub(super) fn instance_id(name: &str, id: &InstanceId) -> String {
    let root = Escaped(&id.root);
    match id.extension.as_str() {
        "" => format!("<{name} root=\"{root}\"/>"),
        extension => format!("<{name} root=\"{root}\" extension=\"{}\"/>", Escaped(extension)),
    }
}

/// ` name="value"`, or nothing.
pub(super) fn optional_attribute(name: &str, value: Option<&str>) -> String {
    value.map(|value| format!(" {name}=\"{}\"", Escaped(value))).unwrap_or_default()
}

pub(super) fn coded(name: &str, code: &str, system: &str) -> String {
    format!("<{name} code=\"{}\" codeSystem=\"{}\"/>", Escaped(code), Escaped(system))
}

pub(super) fn displayed(name: &str, code: &Code, display: &str) -> String {
    let (code, system) = (Escaped(&code.code), Escaped(&code.system));
    format!("<{name} code=\"{code}\" codeSystem=\"{system}\" displayName=\"{}\"/>", Escaped(display))
}

pub(super) fn valued(name: &str, value: &str) -> String {
    format!("<{name} value=\"{}\"/>", Escaped(value))
}
