//! A sum over words that tells zeros, cuts and strangers from what was written; not secure against
//! anybody.

const START: u64 = u64::from_le_bytes(*b"sketches");

pub fn sum(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(START, |sum, word| {
        (sum ^ word)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(29)
    })
}
