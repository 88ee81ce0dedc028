//! Cells: points that lie together. A search looks only into those that may hold some of what it looks
//! for, and a sketch says how its vector differs from its cell's centre, which is less to be said than
//! how it differs from the centre of all.

use std::array;

use crate::abreast::{ABREAST, products_abreast};
use crate::products::{product, products};
use crate::threads::side_by_side;

/// Rounds in which the centres move to the middle of what is nearest to them.
const ROUNDS: usize = 7;
/// In the first of them some cells are split, one of so many.
const SPLITTING_ROUNDS: usize = 4;
const SPLIT: usize = 10;
/// How many points tell in which directions all differ from their centres.
const EXAMPLES: usize = 128;
/// A thread more is worth its start from so many on.
const VECTORS_FOR_THREAD: usize = 50;

/// All vectors here are turned ones, one after the other where there are many.
pub struct Cells {
    shape: Shape,
    /// Half of the square of each centre, by which a nearer one of lesser length is told.
    halves: Vec<f32>,
}

/// What is to be known of cells.
#[derive(Default)]
pub struct Shape {
    /// Of all points.
    pub centre: Vec<f32>,
    /// Of each cell.
    pub centres: Vec<f32>,
    /// How far the points of each cell lie from its centre, as a share of how far all do.
    pub spreads: Vec<f32>,
    /// How some points differ from the centres of their cells.
    pub examples: Vec<f32>,
}

impl Cells {
    pub fn new(shape: Shape) -> Self {
        let centres = shape.centres.chunks_exact(shape.centre.len());
        Cells {
            halves: centres.map(|cell| product(cell, cell) / 2.0).collect(),
            shape,
        }
    }

    /// By k-means.
    /// @param sample vectors of `turned` numbers, `count` or more of them, evenly of all points.
    pub fn choose(sample: &[f32], turned: usize, count: usize) -> Self {
        let vectors: Vec<&[f32]> = sample.chunks_exact(turned).collect();
        let begun = (0..count).map(|cell| vectors[cell * vectors.len() / count]);
        let mut cells = Cells::new(Shape {
            centre: mean(&vectors, turned),
            centres: begun.flatten().copied().collect(),
            ..Shape::default()
        });
        for round in 1..=ROUNDS {
            let split = if round > SPLITTING_ROUNDS {
                0
            } else {
                count / SPLIT
            };
            cells = cells.moved(&vectors, split);
        }
        cells.measured(&vectors)
    }

    /// Each to the middle of what is nearest to it; one that has nothing stays where it is.
    /// @param split so many of those whose points lie farthest apart are split in two, by those that
    /// can be spared most easily.
    fn moved(self, vectors: &[&[f32]], split: usize) -> Self {
        let mut members = vec![Vec::new(); self.count()];
        for (&vector, cell) in vectors.iter().zip(self.nearest_of_each(vectors)) {
            members[cell].push(vector);
        }
        let middle = |(cell, members): (usize, &Vec<&[f32]>)| match members[..] {
            [] => self.centre_of(cell).to_vec(),
            _ => mean(members, self.turned()),
        };
        let mut centres: Vec<Vec<f32>> = members.iter().enumerate().map(middle).collect();
        if split > 0 {
            split_widest(&mut centres, &members, split);
        }
        Cells::new(Shape {
            centres: centres.concat(),
            ..self.shape
        })
    }

    /// With how far points lie from the centres of their cells, and in which directions.
    fn measured(mut self, vectors: &[&[f32]]) -> Self {
        let cells = self.nearest_of_each(vectors);
        let mut squares = vec![0.0; self.count()];
        let mut counts = vec![0.0; self.count()];
        for (vector, &cell) in vectors.iter().zip(&cells) {
            let difference = self.difference(vector, cell);
            squares[cell] += product(&difference, &difference);
            counts[cell] += 1.0;
        }
        let all = squares.iter().sum::<f32>() / vectors.len() as f32;
        let spreads = squares.iter().zip(counts).map(|(square, count)| {
            if count > 0.0 && all > 0.0 {
                (square / count / all).sqrt()
            } else {
                1.0
            }
        });
        self.shape.spreads = spreads.collect();
        let some = (0..EXAMPLES).map(|i| i * vectors.len() / EXAMPLES);
        let examples = some.flat_map(|i| self.difference(vectors[i], cells[i]));
        self.shape.examples = examples.collect();
        self
    }

    pub fn count(&self) -> usize {
        self.halves.len()
    }

    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Numbers of a vector.
    pub fn turned(&self) -> usize {
        self.shape.centre.len()
    }

    pub fn centre_of(&self, cell: usize) -> &[f32] {
        &self.shape.centres[cell * self.turned()..][..self.turned()]
    }

    /// How a vector differs from the centre of a cell.
    pub fn difference(&self, vector: &[f32], cell: usize) -> Vec<f32> {
        let both = vector.iter().zip(self.centre_of(cell));
        both.map(|(value, at)| value - at).collect()
    }

    /// The deviation of the product of a vector with points from that with the centres of their cells,
    /// over all cells.
    pub fn deviation(&self, vector: &[f32]) -> f32 {
        let mut out = vec![0.0; self.shape.examples.len() / self.turned()];
        products(vector, &self.shape.examples, &mut out);
        (product(&out, &out) / out.len() as f32).sqrt()
    }

    /// How alike each cell's centre is to a vector.
    pub fn products(&self, vector: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; self.count()];
        products(vector, &self.shape.centres, &mut out);
        out
    }

    /// The cell that each vector belongs to.
    pub fn nearest_of_each(&self, vectors: &[&[f32]]) -> Vec<usize> {
        let parts = side_by_side(vectors, VECTORS_FOR_THREAD, |vectors| {
            let (some, rest) = vectors.as_chunks();
            let mut cells = Vec::with_capacity(vectors.len() + ABREAST);
            for &abreast in some {
                cells.extend(self.nearest_abreast(abreast));
            }
            if !rest.is_empty() {
                // Some of them twice, so that they are as many as go abreast.
                let filled = array::from_fn(|i| rest[i % rest.len()]);
                cells.extend(self.nearest_abreast(filled));
            }
            cells.truncate(vectors.len());
            cells
        });
        parts.concat()
    }

    fn nearest_abreast(&self, vectors: [&[f32]; ABREAST]) -> [usize; ABREAST] {
        let mut nearest = [(f32::NEG_INFINITY, 0); ABREAST];
        let mut halves = self.halves.iter().enumerate();
        products_abreast(vectors, &self.shape.centres, |products| {
            let Some((cell, half)) = halves.next() else {
                return;
            };
            for (nearest, product) in nearest.iter_mut().zip(products) {
                if product - half > nearest.0 {
                    *nearest = (product - half, cell);
                }
            }
        });
        nearest.map(|(_, cell)| cell)
    }
}

/// So many of those whose points lie farthest apart get a second centre: that of one of those whose
/// points lie closest together.
fn split_widest(centres: &mut [Vec<f32>], members: &[Vec<&[f32]>], count: usize) {
    let apart = members.iter().zip(centres.iter());
    let apart: Vec<f32> = apart
        .map(|(members, centre)| squares(members, centre))
        .collect();
    let mut order: Vec<usize> = (0..centres.len()).collect();
    order.sort_by(|&a, &b| apart[a].total_cmp(&apart[b]));
    for (&spared, &wide) in order.iter().zip(order.iter().rev()).take(count) {
        if let Some(vector) = farthest(&members[wide], &centres[wide]) {
            centres[spared] = vector.to_vec();
        }
    }
}

fn mean(vectors: &[&[f32]], turned: usize) -> Vec<f32> {
    let mut mean = vec![0.0; turned];
    let share = (vectors.len() as f32).recip();
    for vector in vectors {
        for (sum, value) in mean.iter_mut().zip(*vector) {
            *sum += value * share;
        }
    }
    mean
}

/// Of the differences of vectors from their middle.
fn squares(vectors: &[&[f32]], middle: &[f32]) -> f32 {
    vectors.iter().map(|vector| distance(vector, middle)).sum()
}

fn farthest<'vector>(vectors: &[&'vector [f32]], from: &[f32]) -> Option<&'vector [f32]> {
    vectors
        .iter()
        .copied()
        .max_by(|a, b| distance(a, from).total_cmp(&distance(b, from)))
}

/// Squared.
fn distance(left: &[f32], right: &[f32]) -> f32 {
    left.iter()
        .zip(right)
        .map(|(left, right)| (left - right).powi(2))
        .sum()
}
