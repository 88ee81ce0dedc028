//! A vector in two bits a number: enough to tell which of a hundred thousand are worth comparing.
//!
//! What makes an estimate of these bits (after Gao and Long, "RaBitQ", SIGMOD 2024): vectors are seen
//! from their centre, turned at random so that no number weighs more than another, and each number is
//! kept as one of four levels. The question keeps four bits a number. With two factors for each
//! sketch, of which one is exact, the product of question and vector is estimated without bias.

/// Levels are −3, −1, 1 and 3 halves of a step; beyond this many standard deviations lie the outer.
const OUTER_FROM: f32 = 0.98;
/// Questions are cut off beyond so many standard deviations.
const QUESTION_REACH: f32 = 3.0;
/// Four bits in two's complement: what each weighs.
const PLANE_WEIGHTS: [i32; 4] = [1, 2, 4, -8];
const TURNS: usize = 2;
const SEED: u64 = 0x0ce1_1150;

/// Makes sketches and questions; which of them belong together is told by the centre.
pub struct Sketcher {
    dimensions: usize,
    /// Numbers of a turned vector: a power of two, 64 at the least.
    turned: usize,
    flips: [Vec<f32>; TURNS],
    /// Turned.
    centre: Vec<f32>,
}

/// What is looked for, ready to be held against sketches of the same sketcher.
pub struct Question {
    /// One bit of each number after the other.
    planes: [Vec<u64>; PLANE_WEIGHTS.len()],
    /// Of the levels' halves, and what all sketches have too much of.
    step: f32,
    excess: f32,
    /// How much of the centre it holds.
    of_centre: f32,
}

impl Sketcher {
    pub fn new(centre: &[f32]) -> Self {
        let turned = centre.len().next_power_of_two().max(64);
        let mut random = SEED;
        let flips = [(); TURNS].map(|()| (0..turned).map(|_| random_sign(&mut random)).collect());
        let mut sketcher = Sketcher {
            dimensions: centre.len(),
            turned,
            flips,
            centre: Vec::new(),
        };
        sketcher.centre = sketcher.turn(centre);
        sketcher
    }

    /// Words of 64 bits in a sketch: one bit of each number, the other, and both factors.
    pub fn words(&self) -> usize {
        2 * self.turned / 64 + 1
    }

    /// @param vector `dimensions` numbers. @param sketch `words` of it, all overwritten.
    pub fn sketch(&self, vector: &[f32], sketch: &mut [u64]) {
        let mut rest = self.turn(vector);
        for (value, centre) in rest.iter_mut().zip(&self.centre) {
            *value -= centre;
        }
        let squares = product(&rest, &rest);
        let outer = OUTER_FROM * (squares / self.turned as f32).sqrt();
        let planes = self.turned / 64;
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
        let of_centre = product(&rest, &self.centre);
        sketch[2 * planes] =
            u64::from(scale.to_bits()) | u64::from(of_centre.to_bits()) << u32::BITS;
    }

    pub fn question(&self, vector: &[f32]) -> Question {
        let mut rest = self.turn(vector);
        let centre = product(&self.centre, &self.centre);
        // What lies along the centre is known exactly of every sketch: only the rest is estimated.
        let of_centre = if centre > 0.0 {
            product(&rest, &self.centre) / centre
        } else {
            0.0
        };
        for (value, centre) in rest.iter_mut().zip(&self.centre) {
            *value -= of_centre * centre;
        }
        let deviation = (product(&rest, &rest) / self.turned as f32).sqrt();
        let step = (QUESTION_REACH * deviation / 8.0).max(f32::MIN_POSITIVE);
        let mut planes = [(); PLANE_WEIGHTS.len()].map(|()| vec![0; self.turned / 64]);
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

    /// A rotation, of as many steps as `turned × log turned` has: signs are flipped at random and
    /// spread by Hadamard's matrix, twice.
    fn turn(&self, vector: &[f32]) -> Vec<f32> {
        debug_assert_eq!(vector.len(), self.dimensions);
        let mut values = vector.to_vec();
        values.resize(self.turned, 0.0);
        let scale = (self.turned as f32).sqrt().recip();
        for flips in &self.flips {
            for (value, flip) in values.iter_mut().zip(flips) {
                *value *= flip * scale;
            }
            spread(&mut values);
        }
        values
    }
}

impl Question {
    /// 1 is as much as the points hold, on the whole.
    pub fn of_centre(&self) -> f32 {
        self.of_centre
    }

    /// Higher is more alike: the product with the vector, less what is the same for all vectors.
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

/// Whether there is a sketch at all.
pub fn is_sketch(sketch: &[u64]) -> bool {
    sketch.last().is_some_and(|&factors| factors as u32 != 0)
}

/// Hadamard's matrix times the values, in place.
fn spread(values: &mut [f32]) {
    let mut half = 1;
    while half < values.len() {
        for pair in values.chunks_exact_mut(2 * half) {
            let (left, right) = pair.split_at_mut(half);
            for (left, right) in left.iter_mut().zip(right) {
                (*left, *right) = (*left + *right, *left - *right);
            }
        }
        half *= 2;
    }
}

fn product(left: &[f32], right: &[f32]) -> f32 {
    left.iter()
        .zip(right)
        .map(|(left, right)| left * right)
        .sum()
}

/// Splitmix64. The same on every machine: sketches are kept.
fn random_sign(state: &mut u64) -> f32 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    if (mixed ^ mixed >> 31) & 1 == 1 {
        1.0
    } else {
        -1.0
    }
}
