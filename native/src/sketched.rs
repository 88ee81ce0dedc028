//! What an open collection knows of its points besides the crate: sketches in memory, codes in a file,
//! and the file from which both are found again, in step.

use std::path::Path;

use crate::cell_store::Point;
use crate::cells::Cells;
use crate::codes::Codes;
use crate::error::Outcome;
use crate::likeliest::Wanted;
use crate::rotation::Rotation;
use crate::sketch_file::{self, Record, SketchFile};
use crate::sketches::{Sketch, Sketches};

/// What is pending beyond that is written, so that it does not fill the memory.
const MOST_PENDING_BYTES: usize = 1 << 20;

pub struct Sketched {
    pub sketches: Sketches,
    /// How many points there were when the cells were chosen.
    pub chosen_among: u64,
    /// Whether a point that has no sketch is none of the collection.
    pub has_all: bool,
    /// How often something could not be kept.
    pub losses: u64,
    codes: Codes,
    file: SketchFile,
}

/// A point and how alike it is.
pub type Near = (u64, f32);

pub enum Found {
    /// In no order.
    Near(Vec<Near>),
    /// There are points of which nothing is known.
    Unknown,
    /// Codes were lost: the file was cut or damaged, or the machine went down before it was written.
    Lost,
}

impl Sketched {
    /// What was kept; nothing where it cannot be read.
    pub fn load(folder: &Path, dimensions: usize) -> Option<Self> {
        let (head, mut records) = sketch_file::open(folder, dimensions)?;
        let mut sketches = Sketches::new(Rotation::new(dimensions), head.cells);
        let mut has_all = false;
        while let Some(record) = records.next() {
            match record {
                Record::Put {
                    point,
                    cell,
                    sketch,
                } => sketches.put(point, cell, sketch),
                Record::Removed(id) => drop(sketches.remove(id)),
                Record::HasAll => has_all = true,
            }
        }
        let used: Vec<u32> = sketches.iter().map(|(point, ..)| point.slot).collect();
        Some(Sketched {
            codes: Codes::open(folder, dimensions, &used).ok()?,
            sketches,
            chosen_among: head.chosen_among,
            has_all,
            losses: 0,
            file: records.file(),
        })
    }

    /// None yet, and files that say so.
    pub fn begin(
        folder: &Path,
        dimensions: usize,
        rotation: Rotation,
        cells: Cells,
        chosen_among: u64,
    ) -> Outcome<Self> {
        Ok(Sketched {
            codes: Codes::open(folder, dimensions, &[])?,
            file: sketch_file::create(folder, &cells, chosen_among)?,
            sketches: Sketches::new(rotation, cells),
            chosen_among,
            has_all: false,
            losses: 0,
        })
    }

    /// The points that are likely to be the nearest to a vector, of these ids or of all, compared.
    pub fn near(&self, vector: &[f32], among: Option<&[f64]>, wanted: Wanted) -> Found {
        if among.is_none() && !self.has_all {
            return Found::Unknown;
        }
        let sought = self.sketches.sought(vector);
        let points = match among {
            Some(ids) => {
                let chosen = self.sketches.likeliest(&sought, ids, wanted);
                if chosen.lacks_some && !self.has_all {
                    return Found::Unknown;
                }
                chosen.best
            }
            None => self.sketches.likeliest_of_all(&sought, wanted),
        };
        let products = self.codes.products(vector, &points);
        let Some(products) = products.into_iter().collect::<Option<Vec<f32>>>() else {
            return Found::Lost;
        };
        let ids = points.iter().map(|point| point.id);
        Found::Near(ids.zip(products).collect())
    }

    /// What cannot be written is forgotten; the next flush makes it anew.
    /// @param vectors in the order of the ids.
    pub fn put(&mut self, ids: &[u64], vectors: &[&[f32]]) {
        let made = self.sketches.make(vectors);
        for ((&id, vector), Sketch { cell, words }) in ids.iter().zip(vectors).zip(made) {
            let slot = self.sketches.slot(id).unwrap_or_else(|| self.codes.take());
            let point = Point { id, slot };
            self.sketches.put(point, cell, &words);
            self.file.put(point, cell, &words);
            if self.codes.write(point, vector).is_err() {
                self.remove(&[id]);
                self.has_all = false;
                self.losses += 1;
            }
        }
        if self.file.pending_bytes() > MOST_PENDING_BYTES {
            // What cannot be written now is written by the next flush, or that says why not.
            let _ = self.file.write(false);
        }
    }

    pub fn remove(&mut self, ids: &[u64]) {
        for &id in ids {
            if let Some(slot) = self.sketches.remove(id) {
                self.codes.give_back(slot);
                self.file.remove(id);
            }
        }
    }

    pub fn mark_all(&mut self) {
        self.file.mark_all();
        self.has_all = true;
    }

    /// All that was made so far is on the disk when this returns.
    pub fn flush(&mut self, folder: &Path) -> Outcome<()> {
        if self.file.is_mostly_old(self.sketches.count()) {
            self.file = sketch_file::create(folder, self.sketches.cells(), self.chosen_among)?;
            for (point, cell, sketch) in self.sketches.iter() {
                self.file.put(point, cell, sketch);
            }
            if self.has_all {
                self.file.mark_all();
            }
        }
        self.codes.flush()?;
        self.file.write(true)
    }
}
