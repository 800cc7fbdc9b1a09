//! Looking for a byte in long texts.

const BLOCK: usize = 64;
/// Bytes that are tried one by one at first: names and attributes end soon.
const NEAR: usize = 16;

/// Index of the first byte that is `wanted`. Far from the start whole blocks are tried at once, which
/// compiles to vector instructions; Base64 bodies are long and hold none of the bytes that are looked for.
pub(crate) fn find(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (near, far) = bytes.split_at(bytes.len().min(NEAR));
    near.iter().position(|byte| wanted(*byte)).or_else(|| find_far(far, wanted).map(|at| near.len() + at))
}

fn find_far(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
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
