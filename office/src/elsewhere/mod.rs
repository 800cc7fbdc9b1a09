//! Other machines that the office asks, only where the settings name them: the endpoint of the archive, the provider of
//! identities.

mod desk;
mod provider;
mod tls;

pub use desk::{Desk, DeskAnswer};
pub use provider::{Identity, IdentityProvider, Started};
