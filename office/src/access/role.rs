//! Roles, and what a route asks of them.

/// What a person is to the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Follows systems through co-testing and deployment.
    Coordinator,
    /// Keeps the register of customers.
    Staff,
    /// Keeps a customer's own data.
    Customer,
    /// Looks after documents in a customer's registers.
    Archivist,
    /// Answers persons about their data and reads the access log.
    DataProtectionOfficer,
    /// Gives and takes rights.
    Administrator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Coordinator,
        Self::Staff,
        Self::Customer,
        Self::Archivist,
        Self::DataProtectionOfficer,
        Self::Administrator,
    ];

    /// Its name in the store, in settings and in keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Staff => "staff",
            Self::Customer => "customer",
            Self::Archivist => "archivist",
            Self::DataProtectionOfficer => "data-protection-officer",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether it is held for one customer at a time.
    pub fn is_for_a_customer(self) -> bool {
        matches!(self, Self::Customer | Self::Archivist)
    }
}

/// For whom a role may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// For every customer.
    All,
    /// For the customer that the right names, and no other.
    Own,
}

/// What a route asks of the one who calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Public,
    /// A session, whatever its role.
    SignedIn,
    /// A session in one of these roles, for this customer.
    Roles(&'static [(Role, Whom)]),
}
