//! The sketches of a collection's points, by cell and by id.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::cell_store::{CellStore, Point};
use crate::cells::Cells;
use crate::places::Places;
use crate::rotation::Rotation;
use crate::sketch;

pub struct Sketches {
    pub(crate) rotation: Rotation,
    pub(crate) cells: Cells,
    pub(crate) store: CellStore,
    pub(crate) places: Places,
    count: usize,
    version: u64,
}

/// Made, not kept yet.
pub struct Sketch {
    pub cell: usize,
    pub words: Vec<u64>,
}

impl Sketches {
    /// @param rotation by which the cells' centres were turned.
    pub fn new(rotation: Rotation, cells: Cells) -> Self {
        Sketches {
            store: CellStore::new(cells.count(), sketch::words(cells.turned())),
            places: Places::default(),
            rotation,
            cells,
            count: 0,
            version: new_version(),
        }
    }

    /// Another one once any point lies elsewhere; no two sketches have the same.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// How many points have a sketch.
    pub fn count(&self) -> usize {
        self.count
    }

    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    pub fn slot(&self, id: u64) -> Option<u32> {
        let place = self.places.get(id)?;
        Some(self.store.point(place).slot)
    }

    /// In the order of the vectors.
    pub fn make(&self, vectors: &[&[f32]]) -> Vec<Sketch> {
        let turned: Vec<Vec<f32>> = vectors
            .iter()
            .map(|vector| self.rotation.turn(vector))
            .collect();
        let turned: Vec<&[f32]> = turned.iter().map(AsRef::as_ref).collect();
        let cells = self.cells.nearest_of_each(&turned);
        let made = turned.iter().zip(cells);
        made.map(|(turned, cell)| self.make_one(turned, cell))
            .collect()
    }

    fn make_one(&self, turned: &[f32], cell: usize) -> Sketch {
        let mut words = vec![0; sketch::words(turned.len())];
        let difference = self.cells.difference(turned, cell);
        sketch::sketch(&difference, &self.cells.shape().centre, &mut words);
        Sketch { cell, words }
    }

    /// In the place of another that the point may have.
    pub fn put(&mut self, point: Point, cell: usize, sketch: &[u64]) {
        match self.places.get(point.id) {
            Some(place) if self.store.cell(place) == cell => {
                self.store.write(place, point, sketch);
            }
            _ => {
                self.remove(point.id);
                let place = self.store.add(cell, point, sketch);
                self.places.set(point.id, place);
                self.count += 1;
                self.version = new_version();
            }
        }
    }

    /// Returns the slot of a point that was there.
    pub fn remove(&mut self, id: u64) -> Option<u32> {
        let place = self.places.remove(id)?;
        let slot = self.store.point(place).slot;
        if let Some(moved) = self.store.remove(place) {
            self.places.set(moved, place);
        }
        self.count -= 1;
        self.version = new_version();
        Some(slot)
    }

    /// Each point, with its cell and its sketch.
    pub fn iter(&self) -> impl Iterator<Item = (Point, usize, &[u64])> {
        let words = sketch::words(self.cells.turned());
        let pages = (0..self.cells.count()).flat_map(|cell| self.store.pages(cell));
        pages.flat_map(move |page| {
            let sketches = page.sketches.chunks_exact(words);
            let placed = (page.first_place..).zip(sketches);
            placed.map(move |(place, sketch)| (self.store.point(place), page.cell, sketch))
        })
    }
}

fn new_version() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}
