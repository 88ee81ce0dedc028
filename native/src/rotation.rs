//! A rotation at random: afterwards no number of a vector weighs more than another, and products of
//! vectors are what they were.

const TURNS: usize = 2;
const SEED: u64 = 0x0ce1_1150;
/// As many bits as a word of a sketch has.
const FEWEST_NUMBERS: usize = 64;

pub struct Rotation {
    dimensions: usize,
    /// Numbers of a turned vector: a power of two, 64 at the least.
    turned: usize,
    flips: [Vec<f32>; TURNS],
}

impl Rotation {
    /// The same for the same dimensions, on every machine: what was turned is kept.
    pub fn new(dimensions: usize) -> Self {
        let turned = turned(dimensions);
        let mut random = SEED;
        Rotation {
            dimensions,
            turned,
            flips: [(); TURNS].map(|()| (0..turned).map(|_| random_sign(&mut random)).collect()),
        }
    }

    /// In as many steps as `turned × log turned` has: signs are flipped at random and spread by
    /// Hadamard's matrix, twice.
    /// @param vector `dimensions` numbers. @returns `turned` numbers.
    pub fn turn(&self, vector: &[f32]) -> Vec<f32> {
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

/// How many numbers a vector of these dimensions has when it was turned.
pub fn turned(dimensions: usize) -> usize {
    dimensions.next_power_of_two().max(FEWEST_NUMBERS)
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

/// Splitmix64.
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
