//! The two addresses of the validation service.

use super::short::short;
use super::whole::whole;
use crate::evidence::{RequestKind, ServiceTag};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, Handled, RequestProblem};
use crate::kanta::json_refusal::json_refusal;
use crate::kanta::service::Service;

/// Document validation at one address, in the form of answer that belongs there.
pub(in crate::kanta) struct ValidationService {
    paths: &'static [&'static str],
    answer: fn(&Core, &Arrival) -> Handled,
}

impl ValidationService {
    /// Where Kela's document validation service was seen to stand, answering as it does.
    pub(in crate::kanta) const SHORT: Self =
        Self { paths: &["/shark-validointi/validoi/asiakirja/tulos"], answer: short };
    /// The harness's own, with everything that was found.
    pub(in crate::kanta) const WHOLE: Self = Self { paths: &["/validation"], answer: whole };
}

impl Service for ValidationService {
    fn tag(&self) -> ServiceTag {
        ServiceTag::new("validation", RequestKind::Call)
    }

    fn paths(&self) -> &'static [&'static str] {
        self.paths
    }

    fn is_posted_to(&self) -> bool {
        true
    }

    fn refuse(&self, _: &Core, _: &Arrival, problem: &RequestProblem) -> Handled {
        json_refusal(problem, "description")
    }

    fn answer(&self, core: &Core, arrival: &Arrival) -> Handled {
        (self.answer)(core, arrival)
    }
}
