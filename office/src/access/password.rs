//! Passwords of local accounts: argon2id with the crate's current parameters.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};

use super::secret::random;

const SHORTEST: usize = 12;
const LONGEST: usize = 200;

/// Why a text will not do as a password. The values are ends of keys of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordMistake {
    /// Under 12 characters.
    TooShort,
    /// Over 200 characters.
    TooLong,
    /// It is the sign-in name, or one character over and over.
    TooSimple,
}

/// Whether `password` will do for the account `login`.
///
/// # Errors
/// Why not.
pub fn check_password(password: &str, login: &str) -> Result<(), PasswordMistake> {
    let length = password.chars().count();
    let first = password.chars().next().unwrap_or_default();
    let is_simple = password.chars().all(|character| character == first)
        || password.to_lowercase().contains(&login.to_lowercase()) && length < 2 * SHORTEST;
    match length {
        ..SHORTEST => Err(PasswordMistake::TooShort),
        _ if length > LONGEST => Err(PasswordMistake::TooLong),
        _ if is_simple => Err(PasswordMistake::TooSimple),
        _ => Ok(()),
    }
}

/// What is stored of a password. Takes tens of milliseconds by design: call it where blocking is allowed.
pub fn hash_password(password: &str) -> String {
    let salt = SaltString::encode_b64(&random::<16>()).expect("16 bytes are a salt");
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    hash.expect("the parameters are the crate's own").to_string()
}

/// Whether `password` is the one of `stored`. Takes as long for an account that is not there (`stored` empty), so
/// that nobody learns from the time which accounts are.
pub fn is_right_password(password: &str, stored: &str) -> bool {
    static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_password("the password of nobody"));
    let hash = if stored.is_empty() { NOBODYS.as_str() } else { stored };
    let verified = PasswordHash::new(hash).is_ok_and(|hash| {
        password.len() <= 4 * LONGEST && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
    });
    verified && !stored.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{PasswordMistake, check_password, hash_password, is_right_password};

    #[test]
    fn only_the_password_itself_is_right() {
        let stored = hash_password("oikea hevonen akku");
        assert!(stored.starts_with("$argon2id$"));
        assert!(is_right_password("oikea hevonen akku", &stored));
        assert!(!is_right_password("oikea hevonen akku ", &stored));
        assert!(!is_right_password("the password of nobody", ""));
    }

    #[test]
    fn weak_passwords_say_why() {
        let cases = [
            ("elevenchars", Err(PasswordMistake::TooShort)),
            ("aaaaaaaaaaaaaaaa", Err(PasswordMistake::TooSimple)),
            ("Coordinator12", Err(PasswordMistake::TooSimple)),
            ("ääkkösetkin käy", Ok(())),
        ];
        for (password, expected) in cases {
            assert_eq!(check_password(password, "coordinator"), expected, "{password}");
        }
        assert_eq!(check_password(&"ab".repeat(101), "x"), Err(PasswordMistake::TooLong));
    }
}
