//! Random secrets, their digests, and identifiers.

use std::fmt::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::SHA256;
use ring::rand::{SecureRandom, SystemRandom};

/// A random secret that is shown once and stored as its digest only.
pub struct Secret(String);

impl Secret {
    /// 256 random bits.
    pub fn new() -> Self {
        Self(URL_SAFE_NO_PAD.encode(random::<32>()))
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn digest(&self) -> String {
        digest(self.0.as_bytes())
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

/// SHA-256 of `bytes` in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(ring::digest::digest(&SHA256, bytes).as_ref())
}

/// A new identifier: the time and a count, so that what is made later comes later, and 48 random bits.
pub fn new_id(now: i64) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{now:012x}{count:08x}{}", hexadecimal(&random::<6>()))
}

/// Random bytes of the system.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).expect("the system gives random bytes or nothing is safe");
    bytes
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
