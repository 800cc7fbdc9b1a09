//! Instants as RFC 3339 writes them.

use jiff::Timestamp;

/// Where the seconds stand in `2016-12-31T23:59:60Z`.
const SECONDS: std::ops::Range<usize> = 17..19;

/// The instant that `text` names. A leap second is the last moment of its minute, behind every other one of it, since
/// no clock counts it (RFC 3339, 5.7).
pub fn read_instant(text: &str) -> Option<Timestamp> {
    let time: Timestamp = text.parse().ok()?;
    match text.get(SECONDS) {
        Some("60") => Timestamp::new(time.as_second(), 999_999_999).ok(),
        _ => Some(time),
    }
}

#[cfg(test)]
mod tests {
    use super::read_instant;

    #[test]
    fn a_leap_second_stands_between_its_neighbours() {
        let read = |text| read_instant(text).expect(text);
        let before = read("2016-12-31T23:59:59.500Z");
        let (leap, later) = (read("2016-12-31T23:59:60.250Z"), read("2016-12-31T23:59:60.750Z"));
        assert!(before < leap && leap <= later && later < read("2017-01-01T00:00:00Z"));
        assert_eq!(read("2017-01-01T01:59:60+02:00"), leap);
        assert_eq!(read_instant("2017-01-01"), None);
    }
}
