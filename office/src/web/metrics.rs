//! Figures for monitoring, in the text format of Prometheus.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// Upper ends of the classes of duration, in microseconds.
const CLASSES: [u64; 8] = [1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000, 2_500_000];

/// What is counted.
#[derive(Default)]
pub(super) struct Metrics {
    by_status: [AtomicU64; 6],
    classes: [AtomicU64; 8],
    microseconds: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub fn count(&self, status: u16, microseconds: u64) {
        let hundred = usize::from(status / 100).min(5);
        self.by_status[hundred].fetch_add(1, Ordering::Relaxed);
        for (class, most) in self.classes.iter().zip(CLASSES) {
            if microseconds <= most {
                class.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// The figures.
    pub fn text(&self, database_is_there: bool) -> String {
        let mut text = String::from("# TYPE office_requests_total counter\n");
        let mut all = 0;
        for (hundred, count) in self.by_status.iter().enumerate().skip(1) {
            let count = count.load(Ordering::Relaxed);
            all += count;
            let _ = writeln!(text, "office_requests_total{{status=\"{hundred}xx\"}} {count}");
        }
        text.push_str("# TYPE office_request_seconds histogram\n");
        for (class, most) in self.classes.iter().zip(CLASSES) {
            let (seconds, rest) = (most / 1_000_000, most % 1_000_000);
            let count = class.load(Ordering::Relaxed);
            let _ = writeln!(text, "office_request_seconds_bucket{{le=\"{seconds}.{rest:06}\"}} {count}");
        }
        let sum = self.microseconds.load(Ordering::Relaxed);
        let _ = writeln!(text, "office_request_seconds_bucket{{le=\"+Inf\"}} {all}");
        let _ = writeln!(text, "office_request_seconds_sum {}.{:06}", sum / 1_000_000, sum % 1_000_000);
        let _ = writeln!(text, "office_request_seconds_count {all}");
        let _ = writeln!(text, "# TYPE office_database_up gauge\noffice_database_up {}", u8::from(database_is_there));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Metrics;

    #[test]
    fn every_class_counts_what_is_below_it() {
        let metrics = Metrics::default();
        metrics.count(200, 4_000);
        metrics.count(503, 3_000_000);
        let text = metrics.text(false);
        for line in [
            "office_requests_total{status=\"2xx\"} 1",
            "office_requests_total{status=\"5xx\"} 1",
            "office_request_seconds_bucket{le=\"0.001000\"} 0",
            "office_request_seconds_bucket{le=\"0.005000\"} 1",
            "office_request_seconds_bucket{le=\"+Inf\"} 2",
            "office_request_seconds_sum 3.004000",
            "office_database_up 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
