//! The products of sixteen vectors at once with each of many: what is read of the many from memory
//! serves all sixteen, and nothing is added up across a vector. A sixth of the time that they take
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
pub fn products_abreast(vectors: [&[f32]; ABREAST], many: &[f32], mut tell: impl FnMut(Lanes)) {
    let numbers = 0..vectors[0].len();
    let lanes = numbers.map(|i| vectors.map(|vector| vector[i]));
    let lanes: Vec<Lanes> = lanes.collect();
    let products = widest();
    let many: Vec<&[f32]> = many.chunks_exact(lanes.len()).collect();
    for some in many.chunks(MANY) {
        // Where fewer are left, the last of them stands in for the others.
        let filled = array::from_fn(|i| some[i.min(some.len() - 1)]);
        // SAFETY: the processor has what the function is compiled for.
        let products = unsafe { products(&lanes, filled) };
        products.into_iter().take(some.len()).for_each(&mut tell);
    }
}

type Products = unsafe fn(&[Lanes], [&[f32]; MANY]) -> [Lanes; MANY];

fn widest() -> Products {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        return products_avx512;
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        return products_avx2;
    }
    products_plain
}

// Written out for the widest instructions: what a compiler makes of the plain loops differs by four
// times from one way of building to the next.

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn products_avx512(lanes: &[Lanes], some: [&[f32]; MANY]) -> [Lanes; MANY] {
    use std::arch::x86_64::{
        _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
    };
    let mut sums = [_mm512_setzero_ps(); MANY];
    for (i, vectors) in lanes.iter().enumerate() {
        // SAFETY: it reads the sixteen numbers that there are.
        let vectors = unsafe { _mm512_loadu_ps(vectors.as_ptr()) };
        for (sum, one) in sums.iter_mut().zip(some) {
            *sum = _mm512_fmadd_ps(vectors, _mm512_set1_ps(one[i]), *sum);
        }
    }
    let mut products = [[0.0; ABREAST]; MANY];
    for (product, sum) in products.iter_mut().zip(sums) {
        // SAFETY: it writes the sixteen numbers that there are.
        unsafe { _mm512_storeu_ps(product.as_mut_ptr(), sum) };
    }
    products
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn products_avx2(lanes: &[Lanes], some: [&[f32]; MANY]) -> [Lanes; MANY] {
    use std::arch::x86_64::{
        _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
    };
    const HALF: usize = ABREAST / 2;
    let mut sums = [[_mm256_setzero_ps(); 2]; MANY];
    for (i, vectors) in lanes.iter().enumerate() {
        // SAFETY: they read the eight numbers of either half.
        let halves = unsafe {
            let first = vectors.as_ptr();
            [_mm256_loadu_ps(first), _mm256_loadu_ps(first.add(HALF))]
        };
        for (sums, one) in sums.iter_mut().zip(some) {
            let number = _mm256_set1_ps(one[i]);
            for (sum, half) in sums.iter_mut().zip(halves) {
                *sum = _mm256_fmadd_ps(half, number, *sum);
            }
        }
    }
    let mut products = [[0.0; ABREAST]; MANY];
    for (product, [low, high]) in products.iter_mut().zip(sums) {
        // SAFETY: they write the eight numbers of either half.
        unsafe {
            let first: *mut f32 = product.as_mut_ptr();
            _mm256_storeu_ps(first, low);
            _mm256_storeu_ps(first.add(HALF), high);
        }
    }
    products
}

fn products_plain(lanes: &[Lanes], some: [&[f32]; MANY]) -> [Lanes; MANY] {
    let mut products = [[0.0; ABREAST]; MANY];
    for (i, vectors) in lanes.iter().enumerate() {
        for (products, one) in products.iter_mut().zip(some) {
            for (product, number) in products.iter_mut().zip(vectors) {
                *product += number * one[i];
            }
        }
    }
    products
}
