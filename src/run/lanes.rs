//! Which scenario runs in which lane: the longest first, each to the lane with the least to do. It follows from
//! the plans alone, so that the same seed gives the same run.

use std::time::Duration;

use crate::domain::Fault;
use crate::scenario::{Plan, Step};

/// What a step takes of a run, roughly: the fixed part counts against the waits of faults.
const STEP: Duration = Duration::from_millis(10);

/// The work of a run, as places in its list of plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shares {
    /// What each lane runs, in order, while the others run theirs.
    pub beside: Vec<Vec<usize>>,
    /// What shows in handshakes, which tell no lane: it meets whoever calls, so that nothing else may run then.
    pub alone: Vec<usize>,
}

impl Shares {
    /// The plans over so many lanes. One lane keeps their order.
    pub fn of(plans: &[Plan], lanes: usize) -> Self {
        let (alone, mut beside): (Vec<usize>, Vec<usize>) =
            (0..plans.len()).partition(|place| shows_in_handshakes(&plans[*place]));
        if lanes > 1 {
            beside.sort_by_key(|place| std::cmp::Reverse(takes(&plans[*place])));
        }
        let mut shares = vec![(Duration::ZERO, Vec::new()); lanes.max(1)];
        for place in beside {
            if let Some((load, share)) = shares.iter_mut().min_by_key(|(load, _)| *load) {
                *load += takes(&plans[place]);
                share.push(place);
            }
        }
        Self { beside: shares.into_iter().map(|(_, share)| share).collect(), alone }
    }

    /// The lane in which the plan at `place` runs. What runs alone runs in the first one.
    pub fn lane_of(&self, place: usize) -> usize {
        self.beside.iter().position(|share| share.contains(&place)).unwrap_or(0)
    }
}

/// How long a scenario takes, roughly.
fn takes(plan: &Plan) -> Duration {
    let step = |step: &Step| {
        let asked = step.fault.as_ref().map(|asked| (asked.fault, asked.times));
        asked.map_or(STEP, |(fault, times)| STEP + fault.holds_up() * times)
    };
    plan.scenario.steps.iter().map(step).sum()
}

/// Whether a fault of the scenario meets callers before they say whom they come about.
fn shows_in_handshakes(plan: &Plan) -> bool {
    let mut faults = plan.scenario.steps.iter().filter_map(|step| Some(step.fault.as_ref()?.fault));
    faults.any(Fault::shows_in_handshakes)
}

#[cfg(test)]
mod tests {
    use super::Shares;
    use crate::rule::Catalogue;
    use crate::scenario::{CheckContext, Controllers, Plan, built_in_files, built_in_tables, check, plan_all};

    fn plans() -> Vec<Plan> {
        let (requirements, findings) = built_in_tables();
        let catalogue = Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let context = CheckContext { catalogue: &catalogue };
        let read = |file| check(&file, context).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let scenarios: Vec<_> = built_in_files().into_iter().map(read).collect();
        let oid = |node: &str| format!("1.2.246.10.{node}.10.0");
        let controllers = Controllers { own: oid("99999991"), other: oid("99999992"), organiser: oid("99999994") };
        plan_all(&scenarios, 1, &controllers)
    }

    #[test]
    fn each_plan_has_one_place() {
        let plans = plans();
        for lanes in [1, 2, 5, 64] {
            let shares = Shares::of(&plans, lanes);
            assert_eq!(shares, Shares::of(&plans, lanes));
            let mut all: Vec<usize> = shares.beside.iter().flatten().chain(&shares.alone).copied().collect();
            all.sort_unstable();
            assert_eq!((shares.beside.len(), all), (lanes, (0..plans.len()).collect()));
            assert!(!shares.alone.is_empty() && shares.alone.iter().all(|place| shares.lane_of(*place) == 0));
        }
    }

    #[test]
    fn one_lane_keeps_the_order_and_long_waits_lie_side_by_side() {
        let plans = plans();
        assert!(Shares::of(&plans, 1).beside[0].is_sorted());
        let named = |id: &str| plans.iter().position(|plan| plan.scenario.id == id).expect("scenario");
        let waits = ["robustness-slow-answer", "robustness-too-many-requests", "robustness-dribbled-answer"].map(named);
        let shares = Shares::of(&plans, 6);
        let lanes = waits.map(|place| shares.lane_of(place));
        assert!(lanes[0] != lanes[1] && lanes[1] != lanes[2] && lanes[0] != lanes[2], "{lanes:?}");
    }
}
