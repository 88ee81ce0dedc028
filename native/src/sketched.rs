//! What an open collection knows of its points besides the crate: sketches in memory, codes in a file,
//! and the file from which both are found again, in step.

use std::path::Path;

use crate::cell_store::Point;
use crate::cells::Cells;
use crate::codes::Codes;
use crate::error::Outcome;
use crate::likeliest::Wanted;
use crate::listed::List;
use crate::rotation::Rotation;
use crate::sketch_file::{self, Record, SketchFile};
use crate::sketches::{Sketch, Sketches};

/// Whoever waits for the next turn waits some ten milliseconds.
pub const POINTS_A_TURN: usize = 500;

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

/// Sketches by other cells, of the same points and codes.
pub struct Anew {
    sketches: Sketches,
    file: SketchFile,
    chosen_among: u64,
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
        cells: Cells,
        chosen_among: u64,
    ) -> Outcome<Self> {
        let mut file = sketch_file::create(folder, &cells, chosen_among)?;
        file.replace_old()?;
        Ok(Sketched {
            codes: Codes::open(folder, dimensions, &[])?,
            file,
            sketches: Sketches::new(Rotation::new(dimensions), cells),
            chosen_among,
            has_all: false,
            losses: 0,
        })
    }

    /// All points in other cells, to be adopted in the place of these; nothing where codes were lost.
    /// @param cells how many. @param sample of how many points they are made.
    pub fn anew(&self, folder: &Path, cells: usize, sample: usize) -> Outcome<Option<Anew>> {
        let mut points: Vec<Point> = self.sketches.iter().map(|(point, ..)| point).collect();
        // As they lie in the file, so that it is read from one end to the other.
        points.sort_unstable_by_key(|point| point.slot);
        let rotation = Rotation::new(self.codes.dimensions());
        let mut turned = Vec::new();
        for points in evenly(&points, sample).chunks(POINTS_A_TURN) {
            let Some(vectors) = self.codes.vectors(points) else {
                return Ok(None);
            };
            turned.extend(vectors.iter().flat_map(|vector| rotation.turn(vector)));
        }
        let cells = Cells::choose(&turned, self.sketches.cells().turned(), cells);
        drop(turned);
        let mut sketches = Sketches::new(rotation, cells);
        for points in points.chunks(POINTS_A_TURN) {
            let Some(vectors) = self.codes.vectors(points) else {
                return Ok(None);
            };
            let vectors: Vec<&[f32]> = vectors.iter().map(AsRef::as_ref).collect();
            for (&point, Sketch { cell, words }) in points.iter().zip(sketches.make(&vectors)) {
                sketches.put(point, cell, &words);
            }
        }
        let chosen_among = points.len() as u64;
        Ok(Some(Anew {
            file: whole(folder, &sketches, chosen_among, self.has_all)?,
            sketches,
            chosen_among,
        }))
    }

    pub fn adopt(&mut self, mut anew: Anew) -> Outcome<()> {
        anew.file.replace_old()?;
        self.sketches = anew.sketches;
        self.file = anew.file;
        self.chosen_among = anew.chosen_among;
        Ok(())
    }

    /// The points that are likely to be the nearest to a vector, of a list or of all, compared.
    pub fn near(&self, vector: &[f32], among: Option<&List>, wanted: Wanted) -> Found {
        let listed = among.map(|list| list.listed(&self.sketches));
        let lacks_some = listed.as_ref().is_none_or(|listed| listed.lacks_some);
        if lacks_some && !self.has_all {
            return Found::Unknown;
        }
        let sought = self.sketches.sought(vector);
        let points = match listed {
            Some(listed) => self.sketches.likeliest(&sought, &listed, wanted),
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
    /// @param vectors in the order of the ids. @param made of them, by these sketches.
    pub fn put(&mut self, ids: &[u64], vectors: &[&[f32]], made: Vec<Sketch>) {
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
        // What cannot be written now is written by the next flush, or that says why not.
        let _ = self.file.write_much();
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
            self.file = whole(folder, &self.sketches, self.chosen_among, self.has_all)?;
            self.file.replace_old()?;
        }
        self.codes.flush()?;
        self.file.write(true)
    }
}

/// So many of all, with the same distance between them.
pub fn evenly<T: Copy>(all: &[T], count: usize) -> Vec<T> {
    (0..count).map(|i| all[i * all.len() / count]).collect()
}

/// A file of all sketches and of nothing else, beside the one that holds.
fn whole(
    folder: &Path,
    sketches: &Sketches,
    chosen_among: u64,
    has_all: bool,
) -> Outcome<SketchFile> {
    let mut file = sketch_file::create(folder, sketches.cells(), chosen_among)?;
    for (point, cell, sketch) in sketches.iter() {
        file.put(point, cell, sketch);
        file.write_much()?;
    }
    if has_all {
        file.mark_all();
    }
    Ok(file)
}
