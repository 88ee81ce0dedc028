//! Products of vectors, with the widest instructions that the processor has.

/// Sums side by side, which a compiler may not make of one.
const LANES: usize = 16;

pub fn product(left: &[f32], right: &[f32]) -> f32 {
    let mut product = [0.0];
    products(left, right, &mut product);
    product[0]
}

/// The product of a vector with each of many, which lie one after the other.
/// @param out as many numbers as there are.
pub fn products(vector: &[f32], many: &[f32], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { products_avx512(vector, many, out) };
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: as above.
        return unsafe { products_avx2(vector, many, out) };
    }
    products_plain(vector, many, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn products_avx512(vector: &[f32], many: &[f32], out: &mut [f32]) {
    products_plain(vector, many, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn products_avx2(vector: &[f32], many: &[f32], out: &mut [f32]) {
    products_plain(vector, many, out);
}

#[inline(always)]
fn products_plain(vector: &[f32], many: &[f32], out: &mut [f32]) {
    for (product, other) in out.iter_mut().zip(many.chunks_exact(vector.len())) {
        let (vectors, rest) = vector.as_chunks::<LANES>();
        let (others, other_rest) = other.as_chunks::<LANES>();
        let mut sums = [0.0; LANES];
        for (left, right) in vectors.iter().zip(others) {
            for lane in 0..LANES {
                sums[lane] += left[lane] * right[lane];
            }
        }
        let rest = rest
            .iter()
            .zip(other_rest)
            .map(|(left, right)| left * right);
        *product = sums.iter().sum::<f32>() + rest.sum::<f32>();
    }
}
