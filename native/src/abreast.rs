//! The products of sixteen vectors at once with each of many: what is read of the many from memory
//! serves all sixteen, and nothing is added up across a vector. A quarter of the time that they take
//! one after the other, where the many do not fit into a processor's own memory.

use std::array;

/// As many as the widest instructions have lanes.
pub const ABREAST: usize = 16;
/// Of the many, side by side: sums that need not wait for each other.
const MANY: usize = 4;

/// The same number of each vector together.
type Lanes = [f32; ABREAST];

/// @param vectors of as many numbers as each of the many. @param many one after the other.
/// @param tell is told the products with each of the many, in their order.
pub fn products_abreast(vectors: [&[f32]; ABREAST], many: &[f32], tell: impl FnMut(Lanes)) {
    let numbers = 0..vectors[0].len();
    let lanes = numbers.map(|i| vectors.map(|vector| vector[i]));
    let lanes: Vec<Lanes> = lanes.collect();
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { each_avx512(&lanes, many, tell) };
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: as above.
        return unsafe { each_avx2(&lanes, many, tell) };
    }
    each::<{ cfg!(target_arch = "aarch64") }>(&lanes, many, tell);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn each_avx512(lanes: &[Lanes], many: &[f32], tell: impl FnMut(Lanes)) {
    each::<true>(lanes, many, tell);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn each_avx2(lanes: &[Lanes], many: &[f32], tell: impl FnMut(Lanes)) {
    each::<true>(lanes, many, tell);
}

/// FUSED: whether the processor multiplies and adds in one step.
#[inline(always)]
fn each<const FUSED: bool>(lanes: &[Lanes], many: &[f32], mut tell: impl FnMut(Lanes)) {
    let length = lanes.len();
    let mut some = many.chunks_exact(MANY * length);
    for some in &mut some {
        let some = array::from_fn(|i| &some[i * length..][..length]);
        products::<MANY, FUSED>(lanes, some)
            .into_iter()
            .for_each(&mut tell);
    }
    for one in some.remainder().chunks_exact(length) {
        products::<1, FUSED>(lanes, [one])
            .into_iter()
            .for_each(&mut tell);
    }
}

#[inline(always)]
fn products<const SOME: usize, const FUSED: bool>(
    lanes: &[Lanes],
    some: [&[f32]; SOME],
) -> [Lanes; SOME] {
    let mut products = [[0.0; ABREAST]; SOME];
    for (i, vectors) in lanes.iter().enumerate() {
        for (products, one) in products.iter_mut().zip(some) {
            for (product, number) in products.iter_mut().zip(vectors) {
                *product = if FUSED {
                    number.mul_add(one[i], *product)
                } else {
                    *product + number * one[i]
                };
            }
        }
    }
    products
}
