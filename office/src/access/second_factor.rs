//! The second factor of local accounts: time-based one-time codes (RFC 6238), six digits, 30 seconds.

use totp_rs::{Algorithm, Secret, TOTP};

use super::secret::random;

const STEP_SECONDS: u64 = 30;
const ISSUER: &str = "kantakoe-office";

/// A new shared secret in base32.
pub fn new_totp_secret() -> String {
    Secret::Raw(random::<20>().to_vec()).to_encoded().to_string()
}

/// The address (`otpauth:`) that authenticator programs read.
pub fn enrolment_address(secret: &str, login: &str) -> Option<String> {
    Some(totp(secret, login)?.get_url())
}

/// The code of `secret` at `now` (milliseconds).
pub fn code_at(secret: &str, now: i64) -> Option<String> {
    Some(totp(secret, "")?.generate(seconds(now)))
}

/// The step whose code `code` is, one step early or late allowed; none where it is wrong or not newer than `used`,
/// the last step that was accepted: each code works once.
pub fn matching_step(secret: &str, code: &str, now: i64, used: i64) -> Option<i64> {
    let totp = totp(secret, "")?;
    let current = seconds(now) / STEP_SECONDS;
    let code = code.trim().replace(' ', "");
    let mut steps = [current, current.saturating_sub(1), current + 1].into_iter();
    let step = steps.find(|step| same(&totp.generate(step * STEP_SECONDS), &code))?;
    i64::try_from(step).ok().filter(|step| *step > used)
}

fn totp(secret: &str, login: &str) -> Option<TOTP> {
    let secret = Secret::Encoded(secret.to_owned()).to_bytes().ok()?;
    let login = login.replace(':', "_");
    TOTP::new(Algorithm::SHA1, 6, 1, STEP_SECONDS, secret, Some(ISSUER.to_owned()), login).ok()
}

fn seconds(now: i64) -> u64 {
    u64::try_from(now / 1000).unwrap_or(0)
}

fn same(expected: &str, given: &str) -> bool {
    let difference = expected.bytes().zip(given.bytes()).fold(0, |sum, (one, other)| sum | (one ^ other));
    expected.len() == given.len() && difference == 0
}

#[cfg(test)]
mod tests {
    use super::{code_at, enrolment_address, matching_step, new_totp_secret};

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(code_at(secret, seconds * 1000).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_code_works_once_and_for_a_short_time() {
        let secret = new_totp_secret();
        let now = 1_800_000_000_000;
        let code = code_at(&secret, now).expect("code");
        let step = matching_step(&secret, &code, now, 0).expect("step");
        assert_eq!(matching_step(&secret, &code, now + 30_000, 0), Some(step));
        assert_eq!(matching_step(&secret, &code, now, step), None);
        assert_eq!(matching_step(&secret, &code, now + 120_000, 0), None);
        assert_eq!(matching_step(&secret, "", now, 0), None);
        assert!(enrolment_address(&secret, "a:b").is_some_and(|address| address.starts_with("otpauth://totp/")));
    }
}
