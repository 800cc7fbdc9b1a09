//! An identity code that is nobody's.

use crate::domain::Hetu;

/// A code outside the 900 series that no living person has: of the last day of 2099.
pub fn nobodys_code() -> String {
    let code = Hetu::compose(jiff::civil::date(2099, 12, 31), 899);
    code.map(|code| code.as_str().to_owned()).unwrap_or_default()
}
