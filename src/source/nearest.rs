//! What a misspelt name was probably meant to be.

/// The hint for a name that is none of `known`: the nearest of them where one is near, else all of them.
pub fn suggestion<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, &known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("one of {}", known.join(", ")),
    }
}

/// The name that is nearest to `name`, when no more than a third of its letters differ.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let start: String = name.chars().take(LONGEST).collect();
    let distance = |other: &&&str| strsim::osa_distance(&start, other);
    let nearest = known.iter().min_by_key(distance)?;
    (distance(&nearest) <= start.chars().count().div_ceil(3)).then_some(*nearest)
}

/// So many letters of a name are compared: a longer one is near to none.
const LONGEST: usize = 100;

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn a_near_name_is_told_and_else_all_of_them() {
        let known = || ["pages", "shown", "stored-once"];
        assert_eq!(suggestion("page", known()), "did you mean `pages`?");
        assert_eq!(suggestion("stored_once", known()), "did you mean `stored-once`?");
        assert_eq!(suggestion("magic", known()), "one of pages, shown, stored-once");
        assert_eq!(suggestion("", known()), "one of pages, shown, stored-once");
    }
}
