//! Who may use the routes that are of no kind of records.

use crate::access::{Access, Role, Whom};

pub(super) const ADMINISTRATOR: Access = Access::Roles(&[(Role::Administrator, Whom::All)]);
pub(super) const ARCHIVIST: Access = Access::Roles(&[(Role::Archivist, Whom::Own)]);
pub(super) const COORDINATOR: Access = Access::Roles(&[(Role::Coordinator, Whom::All)]);
pub(super) const OFFICER: Access = Access::Roles(&[(Role::DataProtectionOfficer, Whom::All)]);
pub(super) const STAFF: Access = Access::Roles(&[(Role::Coordinator, Whom::All), (Role::Staff, Whom::All)]);
pub(super) const REGISTER: Access = Access::Roles(&[
    (Role::Coordinator, Whom::All),
    (Role::Staff, Whom::All),
    (Role::DataProtectionOfficer, Whom::All),
]);
pub(super) const PERSONS_RIGHTS: Access =
    Access::Roles(&[(Role::Staff, Whom::All), (Role::DataProtectionOfficer, Whom::All), (Role::Customer, Whom::Own)]);
pub(super) const REGISTER_AND_OWN: Access = Access::Roles(&[
    (Role::Coordinator, Whom::All),
    (Role::Staff, Whom::All),
    (Role::DataProtectionOfficer, Whom::All),
    (Role::Customer, Whom::Own),
]);
