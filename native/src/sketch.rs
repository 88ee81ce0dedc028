//! A vector in two bits a number: enough to tell which of a hundred thousand are worth comparing.
//!
//! What makes an estimate of these bits (after Gao and Long, "RaBitQ", SIGMOD 2024): vectors are turned
//! at random so that no number weighs more than another, seen from the centre of their cell, and each
//! number is kept as one of four levels. The question keeps four bits a number. With two factors for
//! each sketch, of which one is exact, the product of question and vector is estimated without bias.

use crate::products::product;

/// Levels are −3, −1, 1 and 3 halves of a step; beyond this many standard deviations lie the outer.
const OUTER_FROM: f32 = 0.98;
/// Questions are cut off beyond so many standard deviations.
const QUESTION_REACH: f32 = 3.0;
/// Four bits in two's complement: what each weighs.
const PLANE_WEIGHTS: [i32; 4] = [1, 2, 4, -8];

/// What is looked for, ready to be held against sketches.
pub struct Question {
    /// One bit of each number after the other.
    planes: [Vec<u64>; PLANE_WEIGHTS.len()],
    /// Of the levels' halves, and what all sketches have too much of.
    step: f32,
    excess: f32,
    /// How much of the centre of all it holds.
    of_centre: f32,
}

/// Words of 64 bits in a sketch: one bit of each number, the other, and both factors.
/// @param turned how many numbers.
pub fn words(turned: usize) -> usize {
    2 * turned / 64 + 1
}

/// @param rest how a turned vector differs from the centre of its cell. @param centre of all, turned.
/// @param sketch `words` of it, all overwritten.
pub fn sketch(rest: &[f32], centre: &[f32], sketch: &mut [u64]) {
    let squares = product(rest, rest);
    let outer = OUTER_FROM * (squares / rest.len() as f32).sqrt();
    let planes = rest.len() / 64;
    sketch.fill(0);
    let mut along = 0.0;
    for (i, &value) in rest.iter().enumerate() {
        // 0 to 3 for the levels −3, −1, 1 and 3.
        let high = value > 0.0;
        let low = high == (value.abs() > outer);
        let (word, bit) = (i / 64, i % 64);
        sketch[word] |= u64::from(high) << bit;
        sketch[planes + word] |= u64::from(low) << bit;
        along += value.abs() * if value.abs() > outer { 3.0 } else { 1.0 };
    }
    // Above 0 in any case, as 0 tells that there is no sketch.
    let scale = if along > 0.0 { squares / along } else { 0.0 };
    let scale = scale.max(f32::MIN_POSITIVE);
    let of_centre = product(rest, centre);
    sketch[2 * planes] = u64::from(scale.to_bits()) | u64::from(of_centre.to_bits()) << u32::BITS;
}

/// Whether there is a sketch at all.
pub fn is_sketch(sketch: &[u64]) -> bool {
    sketch.last().is_some_and(|&factors| factors as u32 != 0)
}

impl Question {
    /// @param rest a turned vector without what lies along the centre of all: that is known exactly of
    /// every sketch, only the rest is estimated. @param of_centre how much of the centre it holds.
    pub fn new(rest: &[f32], of_centre: f32) -> Self {
        let deviation = (product(rest, rest) / rest.len() as f32).sqrt();
        let step = (QUESTION_REACH * deviation / 8.0).max(f32::MIN_POSITIVE);
        let mut planes = [(); PLANE_WEIGHTS.len()].map(|()| vec![0; rest.len() / 64]);
        let mut sum = 0;
        for (i, value) in rest.iter().enumerate() {
            let level = (value / step).round().clamp(-8.0, 7.0) as i32;
            sum += level;
            for (plane, bits) in planes.iter_mut().enumerate() {
                bits[i / 64] |= u64::from(level >> plane & 1 == 1) << (i % 64);
            }
        }
        Question {
            planes,
            step: 2.0 * step,
            excess: 3.0 * step * sum as f32,
            of_centre,
        }
    }

    /// The product with what the sketch was made of. Higher is more alike, within a cell.
    #[inline(always)]
    pub fn likeness(&self, sketch: &[u64]) -> f32 {
        let planes = self.planes[0].len();
        let (high, rest) = sketch.split_at(planes);
        let (low, factors) = rest.split_at(planes);
        let mut sum = 0;
        for (bits, weight) in self.planes.iter().zip(PLANE_WEIGHTS) {
            let mut ones = 0;
            for ((high, low), bits) in high.iter().zip(low).zip(bits) {
                ones += 2 * (high & bits).count_ones() + (low & bits).count_ones();
            }
            sum += weight * ones as i32;
        }
        let scale = f32::from_bits(factors[0] as u32);
        let of_centre = f32::from_bits((factors[0] >> u32::BITS) as u32);
        scale * (self.step * sum as f32 - self.excess) + self.of_centre * of_centre
    }
}
