//! A list of points that is searched among again and again: where they lie is looked up once, and anew
//! when points lie elsewhere.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::convert;
use crate::error::Outcome;
use crate::sketches::Sketches;

pub struct List {
    ids: Vec<u64>,
    listed: Mutex<Option<Arc<Listed>>>,
}

/// The points of a list, by cell.
pub struct Listed {
    /// Of the sketches that were looked through.
    version: u64,
    places: Vec<u32>,
    /// Of each cell, and the end of the last.
    starts: Vec<usize>,
    /// Whether some have no sketch.
    pub lacks_some: bool,
}

impl List {
    pub fn new(ids: &[f64]) -> Outcome<Self> {
        Ok(List {
            ids: convert::numbers(ids, "among")?,
            listed: Mutex::new(None),
        })
    }

    pub fn listed(&self, sketches: &Sketches) -> Arc<Listed> {
        let mut listed = self.listed.lock();
        match listed.as_ref() {
            Some(listed) if listed.version == sketches.version() => listed.clone(),
            _ => {
                let found = Arc::new(Listed::new(&self.ids, sketches));
                *listed = Some(found.clone());
                found
            }
        }
    }
}

impl Listed {
    fn new(ids: &[u64], sketches: &Sketches) -> Self {
        let mut lookup = sketches.places.lookup();
        let found: Vec<u32> = ids.iter().filter_map(|&id| lookup.get(id)).collect();
        let cell = |place: u32| sketches.store.cell(place);
        let mut starts = vec![0; sketches.cells.count() + 1];
        for &place in &found {
            starts[cell(place) + 1] += 1;
        }
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        let mut places = vec![0; found.len()];
        let mut next = starts.clone();
        for &place in &found {
            let next = &mut next[cell(place)];
            places[*next] = place;
            *next += 1;
        }
        Listed {
            version: sketches.version(),
            lacks_some: found.len() < ids.len(),
            places,
            starts,
        }
    }

    /// Those that lie in a cell.
    pub fn places(&self, cell: usize) -> &[u32] {
        &self.places[self.starts[cell]..self.starts[cell + 1]]
    }
}
