//! The one file of settings: read whole, every mistake told at once.

mod reader;
mod values;

pub use values::{ArchivistDesk, Mail, MailSecurity, Provider, ProviderRole, Settings, SettingsError};
