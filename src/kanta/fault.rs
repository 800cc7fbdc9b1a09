//! Faults that the simulated Kanta plays on purpose, and the plans that say when.

use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use crate::domain::Operation;

/// A fault. Its name stands in scenario files and in the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Kanta refuses the message as faulty (AE with the integrity code) and stores nothing. Sent again,
    /// the same message gets the same answer.
    ErrorAnswer,
    /// Kanta rejects the message for reasons of its own (AR) and stores nothing; it may be sent again.
    RejectAnswer,
    /// HTTP 503 with `Retry-After: 0`; nothing stored.
    Unavailable,
    /// The connection ends without an answer; nothing stored.
    CloseBeforeStoring,
    /// Kanta does what was asked, and the connection ends without an answer.
    CloseAfterStoring,
    /// Kanta accepts some other message; nothing stored.
    AnswerToOtherMessage,
    /// A SOAP fault of the server, at the FHIR service an OperationOutcome with HTTP 500; nothing stored.
    SoapFault,
    /// HTTP 200 with a text that is neither XML nor JSON; nothing stored.
    GarbageAnswer,
    /// Kanta does what was asked, and the answer breaks off in the middle.
    TruncatedAnswer,
    /// HTTP 401 with no body; nothing stored.
    EmptyUnauthorised,
}

/// A name that is no fault's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no fault {0}")]
pub struct UnknownFault(pub String);

impl Fault {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::ErrorAnswer,
        Self::RejectAnswer,
        Self::Unavailable,
        Self::CloseBeforeStoring,
        Self::CloseAfterStoring,
        Self::AnswerToOtherMessage,
        Self::SoapFault,
        Self::GarbageAnswer,
        Self::TruncatedAnswer,
        Self::EmptyUnauthorised,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::ErrorAnswer => "error-answer",
            Self::RejectAnswer => "reject-answer",
            Self::Unavailable => "unavailable",
            Self::CloseBeforeStoring => "close-before-storing",
            Self::CloseAfterStoring => "close-after-storing",
            Self::AnswerToOtherMessage => "answer-to-other-message",
            Self::SoapFault => "soap-fault",
            Self::GarbageAnswer => "garbage-answer",
            Self::TruncatedAnswer => "truncated-answer",
            Self::EmptyUnauthorised => "empty-unauthorised",
        }
    }

    /// Whether Kanta does what was asked before the fault shows.
    pub fn comes_after_the_work(self) -> bool {
        matches!(self, Self::CloseAfterStoring | Self::TruncatedAnswer)
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        Self::ALL.into_iter().find(|fault| fault.name() == name).ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

/// When a fault is played: in the next `times` exchanges of a person and an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlan {
    /// Identity code of the person whom the exchange concerns.
    pub person: String,
    /// What the exchange asks.
    pub operation: Operation,
    /// The fault.
    pub fault: Fault,
    /// How many exchanges it is played in.
    pub times: u32,
}

/// The plans that are not used up, the oldest first.
#[derive(Debug, Default)]
pub(super) struct FaultPlans(Mutex<Vec<FaultPlan>>);

impl FaultPlans {
    pub(super) fn add(&self, plan: FaultPlan) {
        if plan.times > 0 {
            self.plans().push(plan);
        }
    }

    /// The fault for the exchange that now goes on about one of `persons`; it counts as played.
    pub(super) fn take(&self, persons: &[String], operation: Operation) -> Option<Fault> {
        let mut plans = self.plans();
        let fits = |plan: &FaultPlan| plan.operation == operation && persons.contains(&plan.person);
        let at = plans.iter().position(fits)?;
        let fault = plans[at].fault;
        plans[at].times -= 1;
        if plans[at].times == 0 {
            plans.remove(at);
        }
        Some(fault)
    }

    /// Forgets what was planned for `persons`.
    pub(super) fn forget(&self, persons: &[String]) {
        self.plans().retain(|plan| !persons.contains(&plan.person));
    }

    fn plans(&self) -> std::sync::MutexGuard<'_, Vec<FaultPlan>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultPlan, FaultPlans};
    use crate::domain::Operation;

    #[test]
    fn every_name_reads_back() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(fault));
        }
        assert!("slow".parse::<Fault>().is_err());
    }

    #[test]
    fn a_plan_is_used_up_by_its_person_and_operation_only() {
        let plans = FaultPlans::default();
        let person = "010181-900C".to_owned();
        let plan =
            FaultPlan { person: person.clone(), operation: Operation::Store, fault: Fault::Unavailable, times: 2 };
        plans.add(plan.clone());
        plans.add(FaultPlan { fault: Fault::SoapFault, times: 1, ..plan });
        let persons = [person];
        assert_eq!(plans.take(&["150675-901X".to_owned()], Operation::Store), None);
        assert_eq!(plans.take(&persons, Operation::Correct), None);
        let taken: Vec<_> = (0..4).map(|_| plans.take(&persons, Operation::Store)).collect();
        let (first, then) = (Some(Fault::Unavailable), Some(Fault::SoapFault));
        assert_eq!(taken, [first, first, then, None]);
    }

    #[test]
    fn plans_of_a_person_can_be_forgotten() {
        let plans = FaultPlans::default();
        let persons = ["010181-900C".to_owned()];
        let person = persons[0].clone();
        plans.add(FaultPlan { person, operation: Operation::Store, fault: Fault::Unavailable, times: 9 });
        plans.forget(&persons);
        assert_eq!(plans.take(&persons, Operation::Store), None);
    }
}
