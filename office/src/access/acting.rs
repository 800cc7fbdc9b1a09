//! Who acts in a session, in which role, for whom.

use super::{Access, Role, Whom};

/// A role that an account holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRight {
    /// Identifier.
    pub id: String,
    /// The role.
    pub role: Role,
    /// Identifier of the customer for whom; empty for all.
    pub customer: String,
}

/// The one who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Identifier of the account.
    pub account: String,
    /// Name by which the account signs in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's mail address; empty if unknown.
    pub email: String,
    /// The right in use; none when the account has none, or has not chosen.
    pub right: Option<AccountRight>,
    /// Digest of the session's secret.
    pub session: String,
    /// What every form of the session carries.
    pub form_token: String,
}

impl Acting {
    /// Whether this one may use a route with `access` for `customer`, if the route names one.
    pub fn may(&self, access: Access, customer: Option<&str>) -> bool {
        let rights = match access {
            Access::Public | Access::SignedIn => return true,
            Access::Roles(rights) => rights,
        };
        let Some(held) = &self.right else { return false };
        rights.iter().any(|(role, whom)| {
            *role == held.role
                && match whom {
                    Whom::All => true,
                    Whom::Own => !held.customer.is_empty() && customer.is_none_or(|customer| customer == held.customer),
                }
        })
    }

    /// The role in use.
    pub fn role(&self) -> Option<Role> {
        self.right.as_ref().map(|right| right.role)
    }

    /// The customer for whom; empty where the role is for all.
    pub fn customer(&self) -> &str {
        self.right.as_ref().map_or("", |right| &right.customer)
    }

    /// Whether the role is one of the office and not of a customer.
    pub fn is_of_the_office(&self) -> bool {
        self.role().is_some_and(|role| !role.is_for_a_customer())
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountRight, Acting};
    use crate::access::{Access, Role, Whom};

    fn acting(role: Role, customer: &str) -> Acting {
        let right = Some(AccountRight { id: "r".to_owned(), role, customer: customer.to_owned() });
        let text = String::new;
        let [account, login, name, email, session, form_token] = std::array::from_fn(|_| text());
        Acting { account, login, name, email, right, session, form_token }
    }

    #[test]
    fn a_right_for_one_customer_opens_no_other() {
        const ACCESS: Access = Access::Roles(&[(Role::Staff, Whom::All), (Role::Customer, Whom::Own)]);
        let cases = [
            (Role::Staff, "", Some("a"), true),
            (Role::Customer, "a", Some("a"), true),
            (Role::Customer, "a", Some("b"), false),
            (Role::Customer, "", Some(""), false),
            (Role::Customer, "a", None, true),
            (Role::Archivist, "a", Some("a"), false),
        ];
        for (role, held, asked, expected) in cases {
            assert_eq!(acting(role, held).may(ACCESS, asked), expected, "{role:?} {held} {asked:?}");
        }
    }
}
