//! The scenarios, tables and profile that ship with the harness.

use crate::source::SourceFile;

include!(concat!(env!("OUT_DIR"), "/scenario_files.rs"));

/// The built-in scenarios, in the order in which they run: that of `scenarios/order`.
pub fn built_in_files() -> Vec<SourceFile> {
    FILES.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect()
}

/// The built-in tables of requirements and findings.
pub fn built_in_tables() -> (SourceFile, SourceFile) {
    (
        SourceFile::new("catalogue/requirements.toml", include_str!("../../catalogue/requirements.toml")),
        SourceFile::new("catalogue/findings.toml", include_str!("../../catalogue/findings.toml")),
    )
}
