//! What the register of customers holds: kinds of records, their fields, who may read and write them, what is
//! needed of whom. Plain values; nothing is stored here.

mod calendar;
mod choices;
mod co_testing;
mod deployment;
mod difference;
mod field;
mod import;
mod kind;
mod kinds;
mod record;
mod relation;
mod required;
mod retention;
mod run_report;
mod validate;

pub use calendar::{add_business_days, is_business_day};
pub use choices::{CONTACT_ROLES, CUSTOMER_KINDS, MANUAL_ORIGINS, SELF_SERVICE, SERVICES, TEST_SERVICES, words_of};
pub use co_testing::{Reminder, co_test_remarks, notice_remarks, reminders};
pub use deployment::{Prerequisite, Surroundings, earliest_end, prerequisites};
pub use difference::{Difference, differences};
pub use field::{FieldForm, FieldSpec};
pub use import::{COLUMNS as IMPORT_COLUMNS, IMPORT_SOURCES, ImportMistake, ImportRow, read_import};
pub use kind::RecordKind;
pub use kinds::{KINDS, kind_at, kind_of};
pub use record::{Origin, Record, Values};
pub use relation::{Relation, relation};
pub use required::{Missing, missing};
pub use retention::{CONTACT_DATA, Doomed, Kept, RetentionRule, due};
pub use run_report::{RunFacts, read_report};
pub use validate::{Mistakes, validate};
