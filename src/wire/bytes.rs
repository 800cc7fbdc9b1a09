//! Looking for a byte in long texts.

const BLOCK: usize = 64;

/// Index of the first byte that is `wanted`. Whole blocks are tried at once, which compiles to vector
/// instructions; Base64 bodies are long and hold none of the bytes that are looked for.
pub(crate) fn find(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let holds = |block: &&[u8]| block.iter().fold(false, |found, byte| found | wanted(*byte));
    let clear = bytes.chunks(BLOCK).take_while(|block| !holds(block)).count() * BLOCK;
    let rest = bytes.get(clear..)?;
    rest.iter().position(|byte| wanted(*byte)).map(|at| clear + at)
}

#[cfg(test)]
mod tests {
    proptest::proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(bytes in proptest::collection::vec(0_u8..40, 0..300)) {
            let plain = bytes.iter().position(|byte| *byte == 7);
            proptest::prop_assert_eq!(super::find(&bytes, |byte| byte == 7), plain);
        }
    }
}
