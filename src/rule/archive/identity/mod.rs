//! Rules about identity codes and the persons whom they name.

mod client_data;
mod client_id;
mod test_codes;
mod well_formed;

pub(super) use client_data::CLIENT_DATA;
pub(super) use client_id::CLIENT_ID;
pub(super) use test_codes::TEST_CODES;
pub(super) use well_formed::WELL_FORMED;
