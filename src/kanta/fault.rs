//! When the simulated Kanta plays its faults.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::listen::{DELAY, ShownCertificate};
use crate::domain::{Fault, Operation};

impl Fault {
    /// The certificate that Kanta shows in handshakes, where the fault is one of these.
    pub(super) fn certificate(self) -> Option<ShownCertificate> {
        match self {
            Self::ExpiredCertificate => Some(ShownCertificate::Expired),
            Self::ForeignCertificate => Some(ShownCertificate::Foreign),
            Self::WrongNameCertificate => Some(ShownCertificate::WrongName),
            _ => None,
        }
    }

    /// The fault that shows this certificate.
    pub(super) fn of_certificate(certificate: ShownCertificate) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.certificate() == Some(certificate))
    }

    /// Whether the fault shows in handshakes: then it meets whoever calls, and only one scenario may run.
    pub fn shows_in_handshakes(self) -> bool {
        self.certificate().is_some()
    }

    /// How long a system waits for it once, at the least.
    pub fn holds_up(self) -> Duration {
        match self {
            Self::DelayedAnswer => DELAY,
            Self::Busy | Self::TooManyRequests => Duration::from_secs(1),
            Self::DribbledAnswer => Duration::from_millis(500),
            _ => Duration::ZERO,
        }
    }
}

/// When a fault is played: in the next `times` exchanges of a person and an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlan {
    /// Identity code of the person whom the exchange concerns.
    pub person: String,
    /// What the exchange asks.
    pub operation: Operation,
    pub fault: Fault,
    /// How many exchanges it is played in.
    pub times: u32,
}

/// The plans that are not used up, the oldest first.
#[derive(Debug, Default)]
pub(super) struct FaultPlans {
    plans: Mutex<Vec<FaultPlan>>,
    /// Faults for whomever comes next, with how often each is still to be played.
    for_all: Mutex<VecDeque<(Fault, u32)>>,
    /// Changes when connections have to be made anew, so that handshakes take place.
    renewals: watch::Sender<u64>,
}

impl FaultPlans {
    pub(super) fn add(&self, plan: FaultPlan) {
        if plan.times == 0 {
            return;
        }
        let in_handshakes = plan.fault.shows_in_handshakes();
        self.plans().push(plan);
        if in_handshakes {
            self.renewals.send_modify(|renewals| *renewals += 1);
        }
    }

    /// Plans a fault for the next `times` exchanges or handshakes, whomever they concern.
    pub(super) fn add_for_all(&self, fault: Fault, times: u32) {
        if times == 0 {
            return;
        }
        self.for_all.lock().unwrap_or_else(PoisonError::into_inner).push_back((fault, times));
        if fault.shows_in_handshakes() {
            self.renewals.send_modify(|renewals| *renewals += 1);
        }
    }

    /// The first of the faults for all, if it can be played now.
    fn take_for_all(&self, can_play: impl Fn(Fault) -> bool) -> Option<Fault> {
        let mut for_all = self.for_all.lock().unwrap_or_else(PoisonError::into_inner);
        let (fault, times) = for_all.front_mut().filter(|(fault, _)| can_play(*fault))?;
        let taken = *fault;
        *times -= 1;
        if *times == 0 {
            for_all.pop_front();
        }
        Some(taken)
    }

    /// Changes whenever connections have to be made anew.
    pub(super) fn renewals(&self) -> watch::Receiver<u64> {
        self.renewals.subscribe()
    }

    /// The certificate for the handshake that now begins; the fault counts as played.
    pub(super) fn next_certificate(&self) -> ShownCertificate {
        let fault = self.take_where(|plan| plan.fault.shows_in_handshakes());
        let fault = fault.or_else(|| self.take_for_all(Fault::shows_in_handshakes));
        fault.and_then(Fault::certificate).unwrap_or(ShownCertificate::Own)
    }

    /// The fault for the exchange that now goes on about one of `persons`, among those that are `playable` in it; it
    /// counts as played.
    pub(super) fn take(&self, persons: &[String], operation: Operation, playable: &[Fault]) -> Option<Fault> {
        let can_play = |fault: Fault| playable.contains(&fault) && !fault.shows_in_handshakes();
        let planned = self
            .take_where(|plan| plan.operation == operation && persons.contains(&plan.person) && can_play(plan.fault));
        planned.or_else(|| self.take_for_all(can_play))
    }

    fn take_where(&self, fits: impl Fn(&FaultPlan) -> bool) -> Option<Fault> {
        let mut plans = self.plans();
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
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{FaultPlan, FaultPlans, ShownCertificate};
    use crate::domain::{Fault, Operation};

    #[test]
    fn every_name_reads_back() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(*fault));
            assert!(fault.describe().ends_with('.'), "{fault:?}");
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
        plans.add(FaultPlan { fault: Fault::SoapFault, times: 1, ..plan.clone() });
        let persons = [person];
        assert_eq!(plans.take(&persons, Operation::Store, &[Fault::SoapFault]), Some(Fault::SoapFault));
        assert_eq!(plans.take(&persons, Operation::Store, &[]), None);
        plans.add(FaultPlan { fault: Fault::SoapFault, times: 1, ..plan });
        assert_eq!(plans.take(&["150675-901X".to_owned()], Operation::Store, Fault::ALL), None);
        assert_eq!(plans.take(&persons, Operation::Correct, Fault::ALL), None);
        let taken: Vec<_> = (0..4).map(|_| plans.take(&persons, Operation::Store, Fault::ALL)).collect();
        let (first, then) = (Some(Fault::Unavailable), Some(Fault::SoapFault));
        assert_eq!(taken, [first, first, then, None]);
    }

    #[test]
    fn certificates_are_shown_in_handshakes_and_nowhere_else() {
        let plans = FaultPlans::default();
        let persons = ["010181-900C".to_owned()];
        let renewals = plans.renewals();
        let (person, fault) = (persons[0].clone(), Fault::ForeignCertificate);
        plans.add(FaultPlan { person, operation: Operation::Store, fault, times: 1 });
        assert!(renewals.has_changed().expect("there"));
        assert_eq!(plans.take(&persons, Operation::Store, Fault::ALL), None);
        assert_eq!(
            [plans.next_certificate(), plans.next_certificate()],
            [ShownCertificate::Foreign, ShownCertificate::Own]
        );
        assert_eq!(Fault::of_certificate(ShownCertificate::Own), None);
        for certificate in [ShownCertificate::Expired, ShownCertificate::Foreign, ShownCertificate::WrongName] {
            assert_eq!(Fault::of_certificate(certificate).and_then(Fault::certificate), Some(certificate));
        }
    }

    #[test]
    fn faults_for_all_come_one_after_the_other() {
        let plans = FaultPlans::default();
        plans.add_for_all(Fault::Unavailable, 2);
        plans.add_for_all(Fault::ExpiredCertificate, 1);
        plans.add_for_all(Fault::SoapFault, 1);
        let take = || plans.take(&[], Operation::Unknown, Fault::ALL);
        assert_eq!(plans.next_certificate(), ShownCertificate::Own);
        assert_eq!([take(), take(), take()], [Some(Fault::Unavailable), Some(Fault::Unavailable), None]);
        assert_eq!(plans.next_certificate(), ShownCertificate::Expired);
        assert_eq!([take(), take()], [Some(Fault::SoapFault), None]);
    }

    #[test]
    fn plans_of_a_person_can_be_forgotten() {
        let plans = FaultPlans::default();
        let persons = ["010181-900C".to_owned()];
        let person = persons[0].clone();
        plans.add(FaultPlan { person, operation: Operation::Store, fault: Fault::Unavailable, times: 9 });
        plans.forget(&persons);
        assert_eq!(plans.take(&persons, Operation::Store, Fault::ALL), None);
    }
}
