//! Cells: points that lie together. A search looks only into those that may hold some of what it looks
//! for, and a sketch says how its vector differs from its cell's centre, which is less to be said than
//! how it differs from the centre of all.

use crate::products::{product, products};
use crate::threads::side_by_side;

/// Rounds in which the centres move to the middle of what is nearest to them.
const ROUNDS: usize = 6;
/// How many points tell in which directions all differ from their centres.
const EXAMPLES: usize = 128;

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
    /// @param sample vectors of `turned` numbers, `count` or more of them.
    pub fn choose(sample: &[f32], turned: usize, count: usize) -> Self {
        let vectors: Vec<&[f32]> = sample.chunks_exact(turned).collect();
        let begun = (0..count).map(|cell| vectors[cell * vectors.len() / count]);
        let mut cells = Cells::new(Shape {
            centre: mean(&vectors, turned),
            centres: begun.flatten().copied().collect(),
            ..Shape::default()
        });
        for _ in 0..ROUNDS {
            cells = cells.moved(&vectors);
        }
        cells.measured(&vectors)
    }

    /// Each to the middle of what is nearest to it; one that has nothing stays where it is.
    fn moved(self, vectors: &[&[f32]]) -> Self {
        let mut members = vec![Vec::new(); self.count()];
        for (&vector, cell) in vectors.iter().zip(self.nearest_of_each(vectors)) {
            members[cell].push(vector);
        }
        let centres = members.iter().enumerate().flat_map(|(cell, members)| {
            if members.is_empty() {
                self.centre_of(cell).to_vec()
            } else {
                mean(members, self.turned())
            }
        });
        Cells::new(Shape {
            centres: centres.collect(),
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

    /// The cell that a vector belongs to.
    pub fn nearest(&self, vector: &[f32]) -> usize {
        let products = self.products(vector);
        let nearness = products
            .iter()
            .zip(&self.halves)
            .map(|(product, half)| product - half);
        let nearest = nearness.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map_or(0, |(cell, _)| cell)
    }

    fn nearest_of_each(&self, vectors: &[&[f32]]) -> Vec<usize> {
        let parts = side_by_side(vectors, 100, |vectors| {
            vectors
                .iter()
                .map(|vector| self.nearest(vector))
                .collect::<Vec<_>>()
        });
        parts.concat()
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
