//! Who may do what for whom: roles, secrets, passwords, second factors. Plain values; nothing is stored here.

mod acting;
mod password;
mod role;
mod second_factor;
mod secret;

pub use acting::{AccountRight, Acting};
pub use password::{PasswordMistake, check_password, hash_password, is_right_password};
pub use role::{Access, Role, Whom};
pub use second_factor::{code_at, enrolment_address, matching_step, new_totp_secret};
pub use secret::{Secret, digest, new_id};
