//! The known names that are nearest to a misspelt one.

use std::cmp::min;

/// How many near names are offered.
const OFFERED: usize = 3;

/// The names nearest to `asked`, best first, without regard to case; none that would need more than half of
/// its letters changed.
pub(super) fn nearest<'a>(asked: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let asked = asked.to_lowercase();
    let mut near: Vec<_> = known
        .map(|name| (distance(&asked, &name.to_lowercase()), name))
        .filter(|(distance, name)| distance * 2 < name.len())
        .collect();
    near.sort_unstable();
    near.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// How many letters must be put in, left out or changed to turn one name into the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (at, known) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *known);
            diagonal = row[at + 1];
            row[at + 1] = min(changed, min(row[at], row[at + 1]) + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::{distance, nearest};

    #[test]
    fn the_nearest_come_first_and_far_ones_not_at_all() {
        let known = ["json-missing", "json-invalid", "token-missing", "log-time-wrong"];
        assert_eq!(nearest("JSON-mising", known.into_iter()), ["json-missing", "token-missing"]);
        assert!(nearest("zzz", known.into_iter()).is_empty());
    }

    proptest! {
        #[test]
        fn distance_is_a_metric(a in "[a-c-]{0,8}", b in "[a-c-]{0,8}", c in "[a-c-]{0,8}") {
            prop_assert_eq!(distance(&a, &b) == 0, a == b);
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
            prop_assert!(distance(&a, &c) <= distance(&a, &b) + distance(&b, &c));
        }
    }
}
