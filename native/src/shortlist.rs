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
use crate::rotation::{Rotation, turned};
use crate::settings::Settings;
use crate::sketch_file::MOST_CELLS;
use crate::sketched::{Found, Near, Sketched};

/// Fewer are compared as fast without.
const FEWEST_POINTS: usize = 5000;
/// Cells that were chosen among so much fewer points are chosen anew.
const GROWTH: u64 = 4;
/// How many points a cell holds when it is chosen; of how many of them it is made.
const POINTS_A_CELL: usize = 50;
const SAMPLE_A_CELL: usize = 20;
/// More take longer to choose among than they save.
const MANY_CELLS: usize = 2000;
const _: () = assert!(MANY_CELLS <= MOST_CELLS);
const IDS_A_PAGE: usize = 10_000;
/// To choose more takes longer than to compare with all.
const LIKELY_OF_ALL: usize = 10;
/// Writers wait while so many points are read and sketched: some ten milliseconds.
const POINTS_A_TURN: usize = 500;

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

    /// The points nearest to the vector, best first, of these ids or of all. Nothing where there are
    /// points of which nothing is known, and where comparing with all is better, as a tenth of them
    /// would be compared.
    pub fn nearest(
        &self,
        vector: &[f32],
        among: Option<&[f64]>,
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
        if let Some(sketched) = self.sketched.write().as_mut() {
            let vectors = vectors.chunks_exact(self.settings.dimensions);
            let scored: Vec<_> = vectors
                .map(|vector| self.settings.as_scored(vector))
                .collect();
            let vectors: Vec<&[f32]> = scored.iter().map(AsRef::as_ref).collect();
            sketched.put(ids, &vectors);
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
    /// their cells. Writers have their turn all the while.
    pub fn fill(&self, shard: &EdgeShard, writing: &Mutex<()>) -> Outcome<()> {
        let points = shard.info().points_count;
        if !self.settings.scores_by_product() || points < FEWEST_POINTS || self.is_done(points) {
            return Ok(());
        }
        let ids = all_ids(shard)?;
        if self.is_outgrown(ids.len()) {
            self.begin(shard, &ids)?;
        }
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

    fn is_done(&self, points: usize) -> bool {
        let sketched = self.sketched.read();
        sketched.as_ref().is_some_and(|sketched| sketched.has_all) && !self.is_outgrown(points)
    }

    fn is_outgrown(&self, points: usize) -> bool {
        let sketched = self.sketched.read();
        sketched
            .as_ref()
            .is_none_or(|sketched| points as u64 > GROWTH * sketched.chosen_among)
    }

    /// Chooses the cells. Until all points are sketched again, nothing is said of all.
    fn begin(&self, shard: &EdgeShard, ids: &[PointId]) -> Outcome<()> {
        let dimensions = self.settings.dimensions;
        let cells = (ids.len() / POINTS_A_CELL).clamp(1, MANY_CELLS);
        let wanted = (cells * SAMPLE_A_CELL).min(ids.len());
        let sample = (0..wanted).map(|i| ids[i * ids.len() / wanted]);
        let sample: Vec<PointId> = sample.collect();
        let rotation = Rotation::new(dimensions);
        let mut vectors = Vec::new();
        for some in sample.chunks(POINTS_A_TURN) {
            for vector in vectors_of(shard, some)?.1.chunks_exact(dimensions) {
                vectors.extend(rotation.turn(&self.settings.as_scored(vector)));
            }
        }
        let cells = Cells::choose(&vectors, turned(dimensions), cells);
        // Held before the file is begun: what is pending for the old one is not to be written to it.
        let mut sketched = self.sketched.write();
        let begun = Sketched::begin(&self.folder, dimensions, rotation, cells, ids.len() as u64)?;
        *sketched = Some(begun);
        Ok(())
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
