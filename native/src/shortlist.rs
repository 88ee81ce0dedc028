//! The nearest of many points without the crate: what is known of an open collection's points beside
//! it, in step with them. It is made once there are enough points to choose cells from, and from then
//! on with each point that is written.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use parking_lot::{Mutex, RwLock};
use qdrant_edge::{EdgeShard, PointId, ScrollRequest, WithPayloadInterface, WithVector};

use crate::cells::Cells;
use crate::convert::{dense_vector, number};
use crate::error::Outcome;
use crate::likeliest::Wanted;
use crate::listed::List;
use crate::rotation::{Rotation, turned};
use crate::settings::Settings;
use crate::sketch_file::MOST_CELLS;
use crate::sketched::{Found, Near, POINTS_A_TURN, Sketched, evenly};

/// Fewer are compared as fast without.
const FEWEST_POINTS: usize = 5000;
/// Cells that were chosen among so much fewer points are chosen anew.
const GROWTH: u64 = 4;
/// How many points a cell holds when it is chosen; of how many of them it is made.
const POINTS_A_CELL: usize = 25;
const SAMPLE_A_CELL: usize = 10;
/// More take longer to choose among than they save.
const MANY_CELLS: usize = 4000;
const _: () = assert!(MANY_CELLS <= MOST_CELLS);
const IDS_A_PAGE: usize = 10_000;
/// To choose more takes longer than to compare with all.
const LIKELY_OF_ALL: usize = 10;

pub struct Shortlist {
    folder: PathBuf,
    settings: Settings,
    sketched: RwLock<Option<Sketched>>,
}

impl Shortlist {
    /// Reads what was kept.
    pub fn open(folder: &Path, settings: Settings) -> Self {
        let kept = settings
            .scores_by_product()
            .then(|| Sketched::load(folder, settings.dimensions));
        Shortlist {
            folder: folder.to_owned(),
            settings,
            sketched: RwLock::new(kept.flatten()),
        }
    }

    /// Where some of the file was lost, or of the points, it is not to be relied on.
    pub fn check(&self, points: usize) {
        if let Some(sketched) = self.sketched.write().as_mut() {
            sketched.has_all &= sketched.sketches.count() == points;
        }
    }

    /// The points nearest to the vector, best first, of a list or of all. Nothing where there are
    /// points of which nothing is known, and where comparing with all is better, as a tenth of them
    /// would be compared.
    pub fn nearest(
        &self,
        vector: &[f32],
        among: Option<&List>,
        wanted: Wanted,
    ) -> Option<Vec<Near>> {
        let found = {
            let sketched = self.sketched.read();
            let sketched = sketched.as_ref()?;
            if among.is_none() && wanted.likely > sketched.sketches.count() / LIKELY_OF_ALL {
                return None;
            }
            sketched.near(&self.settings.as_scored(vector), among, wanted)
        };
        match found {
            Found::Near(mut near) => {
                near.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                // A list may name a point twice.
                near.dedup_by_key(|near| near.0);
                near.truncate(wanted.limit);
                Some(near)
            }
            Found::Unknown => None,
            Found::Lost => {
                // The next flush begins anew.
                *self.sketched.write() = None;
                None
            }
        }
    }

    /// To be called after the points were written, before the next are.
    /// @param vectors one after the other, in the order of the ids.
    pub fn put(&self, ids: &[u64], vectors: &[f32]) {
        let vectors = vectors.chunks_exact(self.settings.dimensions);
        let scored: Vec<_> = vectors
            .map(|vector| self.settings.as_scored(vector))
            .collect();
        let vectors: Vec<&[f32]> = scored.iter().map(AsRef::as_ref).collect();
        // Searches go on while they are sketched.
        let sketched = self.sketched.read();
        let made = sketched
            .as_ref()
            .map(|sketched| sketched.sketches.make(&vectors));
        drop(sketched);
        if let (Some(made), Some(sketched)) = (made, self.sketched.write().as_mut()) {
            sketched.put(ids, &vectors, made);
        }
    }

    pub fn remove(&self, ids: &[u64]) {
        if let Some(sketched) = self.sketched.write().as_mut() {
            sketched.remove(ids);
        }
    }

    /// All sketches made so far are on the disk when this returns.
    pub fn flush(&self) -> Outcome<()> {
        match self.sketched.write().as_mut() {
            Some(sketched) => sketched.flush(&self.folder),
            None => Ok(()),
        }
    }

    /// Makes the sketches that are missing, and all of them anew where the collection has outgrown
    /// their cells. Searches go on with what is there meanwhile.
    /// @param writing is held by whoever writes points; here for a moment each, but for as long as it
    /// takes where cells are chosen anew.
    pub fn fill(&self, shard: &EdgeShard, writing: &Mutex<()>) -> Outcome<()> {
        let points = shard.info().points_count;
        if !self.settings.scores_by_product() || points < FEWEST_POINTS {
            return Ok(());
        }
        if !self.is(|sketched| sketched.has_all) {
            let ids = all_ids(shard)?;
            if !self.is(|_| true) {
                let _none = writing.lock();
                self.begin(shard, &ids)?;
            }
            self.complete(shard, &ids, writing)?;
        }
        let is_outgrown = |sketched: &Sketched| points as u64 > GROWTH * sketched.chosen_among;
        if self.is(|sketched| sketched.has_all && is_outgrown(sketched)) {
            let _none = writing.lock();
            self.choose_anew()?;
        }
        Ok(())
    }

    /// Whether there is anything of which that is so.
    fn is(&self, so: impl FnOnce(&Sketched) -> bool) -> bool {
        self.sketched.read().as_ref().is_some_and(so)
    }

    fn complete(&self, shard: &EdgeShard, ids: &[PointId], writing: &Mutex<()>) -> Outcome<()> {
        let losses = self.losses();
        for some in ids.chunks(POINTS_A_TURN) {
            let _none = writing.lock();
            let (ids, vectors) = vectors_of(shard, &self.missing(some))?;
            self.put(&ids, &vectors);
        }
        let _none = writing.lock();
        self.remove(&self.gone(shard)?);
        if let Some(sketched) = self.sketched.write().as_mut()
            && sketched.losses == losses
        {
            sketched.mark_all();
        }
        Ok(())
    }

    fn losses(&self) -> u64 {
        self.sketched
            .read()
            .as_ref()
            .map_or(0, |sketched| sketched.losses)
    }

    /// Points that have a sketch and are not there any more: a crash may have taken them.
    fn gone(&self, shard: &EdgeShard) -> Outcome<Vec<u64>> {
        let sketched = self.sketched.read();
        let Some(Sketched { sketches, .. }) = sketched.as_ref() else {
            return Ok(Vec::new());
        };
        if sketches.count() == shard.info().points_count {
            return Ok(Vec::new());
        }
        let there: HashSet<PointId> = all_ids(shard)?.into_iter().collect();
        let sketched = sketches.iter().map(|(point, ..)| point.id);
        Ok(sketched
            .filter(|&id| !there.contains(&PointId::NumId(id)))
            .collect())
    }

    /// Until all points are sketched, nothing is said of all.
    fn begin(&self, shard: &EdgeShard, ids: &[PointId]) -> Outcome<()> {
        let dimensions = self.settings.dimensions;
        let (cells, wanted) = cells_and_sample(ids.len());
        let rotation = Rotation::new(dimensions);
        let mut vectors = Vec::new();
        for some in evenly(ids, wanted).chunks(POINTS_A_TURN) {
            for vector in vectors_of(shard, some)?.1.chunks_exact(dimensions) {
                vectors.extend(rotation.turn(&self.settings.as_scored(vector)));
            }
        }
        let cells = Cells::choose(&vectors, turned(dimensions), cells);
        // Held before the file is begun: what is pending for the old one is not to be written to it.
        let mut sketched = self.sketched.write();
        let begun = Sketched::begin(&self.folder, dimensions, cells, ids.len() as u64)?;
        *sketched = Some(begun);
        Ok(())
    }

    /// All that is needed for that is in the codes: the crate is not asked for its vectors again.
    fn choose_anew(&self) -> Outcome<()> {
        let anew = match self.sketched.read().as_ref() {
            Some(sketched) => {
                let (cells, sample) = cells_and_sample(sketched.sketches.count());
                sketched.anew(&self.folder, cells, sample)?
            }
            None => return Ok(()),
        };
        let mut sketched = self.sketched.write();
        match (sketched.as_mut(), anew) {
            (Some(sketched), Some(anew)) => sketched.adopt(anew),
            _ => {
                // The next flush begins from the start.
                *sketched = None;
                Ok(())
            }
        }
    }

    fn missing(&self, ids: &[PointId]) -> Vec<PointId> {
        let sketched = self.sketched.read();
        let has = |&id: &PointId| {
            let sketches = &sketched.as_ref()?.sketches;
            Some(sketches.slot(number(&id).ok()?).is_some())
        };
        let missing = ids.iter().filter(|id| has(id) == Some(false));
        missing.copied().collect()
    }
}

/// How many cells so many points are worth, and how many of the points are looked at to choose them.
fn cells_and_sample(points: usize) -> (usize, usize) {
    let cells = (points / POINTS_A_CELL).clamp(1, MANY_CELLS);
    (cells, (cells * SAMPLE_A_CELL).min(points))
}

fn all_ids(shard: &EdgeShard) -> Outcome<Vec<PointId>> {
    let mut ids = Vec::new();
    let mut offset = None;
    loop {
        let (records, next) = shard.scroll(ScrollRequest {
            offset,
            limit: Some(IDS_A_PAGE),
            filter: None,
            with_payload: Some(WithPayloadInterface::Bool(false)),
            with_vector: WithVector::Bool(false),
            order_by: None,
        })?;
        ids.extend(records.into_iter().map(|record| record.id));
        offset = next;
        if offset.is_none() {
            return Ok(ids);
        }
    }
}

/// Of those that are there: their ids, and their vectors one after the other.
fn vectors_of(shard: &EdgeShard, ids: &[PointId]) -> Outcome<(Vec<u64>, Vec<f32>)> {
    let payload = WithPayloadInterface::Bool(false);
    let records = shard.retrieve(ids, Some(payload), Some(WithVector::Bool(true)))?;
    let mut found = (Vec::new(), Vec::new());
    for record in records {
        if let Some(vector) = record.vector.and_then(dense_vector) {
            found.0.push(number(&record.id)?);
            found.1.extend(vector);
        }
    }
    Ok(found)
}
