//! In the joint-joining model the token names the host as the subscriber and the tenant as the requester.

use crate::words::{Said, said};
use serde_json::Value;

use super::{Case, Reading};
use crate::domain::Operation;
use crate::rule::notice::TokenReading;
use crate::rule::{FindingCode, Findings};

/// The tokens of the step name the organisation of the system as subscriber, and its tenant as requester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenParties {
    /// The step in which a tenant acts.
    pub step: String,
}

impl TokenParties {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::TokenPartiesWrong;

    /// Another subscriber or requester in the token of any notice of the step is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let tenant = case.action(&self.step).and_then(|action| action.parameters.pointer("/tenant/id"));
        let tenant = tenant.and_then(Value::as_str).unwrap_or_default();
        let host = case.controllers.get("own").map_or("", String::as_str);
        let rules = &case.profile.token;
        let parties = [(&rules.organisation_claim, host), (&rules.requester_claim, tenant)];
        for read in case.of_step(&self.step).filter(|read| read.exchange.operation == Operation::StoreNotice) {
            let Reading::Notice(reading) = &read.reading else { continue };
            let TokenReading::Read(token) = &reading.token else { continue };
            for (claim, expected) in parties {
                let actual = token.text(claim);
                if actual != Some(expected) {
                    out.add_for_step(
                        Self::CODE,
                        &self.step,
                        format!("{claim} {expected}"),
                        Said::value_or(actual, said::none()),
                    );
                }
            }
        }
    }
}
