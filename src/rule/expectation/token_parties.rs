//! In the joint-joining model the token names the host as the subscriber and the tenant as the requester.

use serde_json::Value;

use super::{ExchangeReading, ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::domain::Operation;
use crate::reading::TokenReading;
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// What `see = "token-parties"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "token-parties",
    sentence: "the tokens of the step name the organisation of the system as subscriber and its tenant as requester",
    members: &[],
    codes: &[FindingCode::TokenPartiesWrong],
    read: read_members,
};

/// The tokens of the step name the organisation of the system as subscriber, and its tenant as requester.
#[derive(Debug)]
struct TokenParties;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(TokenParties))
}

impl Expected for TokenParties {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Another subscriber or requester in the token of any notice of the step is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let tenant = evidence.action(step).and_then(|action| action.parameters.pointer("/tenant/id"));
        let tenant = tenant.and_then(Value::as_str).unwrap_or_default();
        let host = evidence.controllers.get("own").map_or("", String::as_str);
        let rules = &evidence.profile.token;
        let parties = [(&rules.organisation_claim, host), (&rules.requester_claim, tenant)];
        for read in evidence.of_step(step).filter(|read| read.exchange.operation == Operation::StoreNotice) {
            let ExchangeReading::Notice(reading) = &read.reading else { continue };
            let TokenReading::Read(token) = &reading.token else { continue };
            for (claim, expected) in parties {
                let actual = token.text(claim);
                if actual != Some(expected) {
                    out.add_for_step(
                        FindingCode::TokenPartiesWrong,
                        step,
                        Said::value(format!("{claim} {expected}")),
                        Said::value_or(actual, said::none()),
                    );
                }
            }
        }
    }
}
