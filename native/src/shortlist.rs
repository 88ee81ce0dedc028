//! Which of many points are worth comparing: the sketches of an open collection, in step with its
//! points. They are made once there are enough points to choose a centre from, and from then on with
//! each point that is written.

use std::path::{Path, PathBuf};

use parking_lot::{Mutex, RwLock};
use qdrant_edge::{EdgeShard, PointId, ScrollRequest, WithPayloadInterface, WithVector};

use crate::convert::dense_vector;
use crate::error::Outcome;
use crate::settings::Settings;
use crate::sketch::Question;
use crate::sketch_file::{self, SketchFile};
use crate::sketches::Sketches;

/// Fewer are compared as fast without.
const FEWEST_POINTS: usize = 5000;
/// The mean of so many is the mean of all, as far as sketches can tell.
const SAMPLE: usize = 10_000;
/// A centre that was chosen among so much fewer points is chosen anew.
const GROWTH: u64 = 10;
const IDS_A_PAGE: usize = 10_000;
/// Among more, a vector that lies as the points do is looked for through the graph.
const MOST_POINTS: usize = 200_000;
/// To choose as many takes longer than to compare with all.
const WANTED_OF_ALL: usize = 10;
/// A vector that holds so much of the centre lies among the points, as those of photos do; of those of
/// words, which lie apart from all, a graph misses a fifth and more of the nearest.
const AMONG_POINTS: f32 = 0.75;
/// Writers wait while so many points are read and sketched: some ten milliseconds.
const POINTS_A_TURN: usize = 500;
const MOST_PENDING_BYTES: usize = 1 << 20;

pub struct Shortlist {
    folder: PathBuf,
    settings: Settings,
    sketched: RwLock<Option<Sketched>>,
}

struct Sketched {
    centre: Vec<f32>,
    chosen_among: u64,
    sketches: Sketches,
    file: SketchFile,
    /// Whether a point that has no sketch is none of the collection.
    has_all: bool,
}

impl Shortlist {
    /// Reads what was kept.
    pub fn open(folder: &Path, settings: Settings) -> Self {
        let kept = settings
            .scores_by_product()
            .then(|| sketch_file::load(folder, settings.dimensions));
        Shortlist {
            folder: folder.to_owned(),
            settings,
            sketched: RwLock::new(kept.flatten().map(|kept| Sketched {
                centre: kept.centre,
                chosen_among: kept.chosen_among,
                sketches: kept.sketches,
                file: kept.file,
                has_all: kept.has_all,
            })),
        }
    }

    /// Where some of the file was lost, it is not to be relied on for points that it does not have.
    pub fn check(&self, points: usize) {
        if let Some(sketched) = self.sketched.write().as_mut() {
            sketched.has_all &= sketched.sketches.count() >= points;
        }
    }

    /// Of these ids those that are most like the vector, and all of which nothing is known; all of
    /// them where there are no sketches.
    pub fn likeliest(&self, vector: &[f32], ids: &[f64], limit: usize) -> Vec<f64> {
        let sketched = self.sketched.read();
        let Some(sketched) = sketched.as_ref() else {
            return ids.to_vec();
        };
        let question = self.question(sketched, vector);
        let chosen = sketched.sketches.likeliest(&question, Some(ids), limit);
        let unknown = if sketched.has_all {
            &[][..]
        } else {
            &chosen.without
        };
        let ids = chosen.best.iter().chain(unknown);
        ids.map(|&id| id as f64).collect()
    }

    /// Of all points those that are most like the vector. Nothing where another way is better: the
    /// graph where it is much faster and misses little, comparing where a tenth of all is wanted; and
    /// nothing where there are points of which nothing is known.
    pub fn likeliest_of_all(&self, vector: &[f32], limit: usize) -> Option<Vec<f64>> {
        let sketched = self.sketched.read();
        let sketched = sketched.as_ref().filter(|sketched| sketched.has_all)?;
        let points = sketched.sketches.count();
        let question = self.question(sketched, vector);
        let is_among_points = question.of_centre() > AMONG_POINTS;
        if limit > points / WANTED_OF_ALL || (points > MOST_POINTS && is_among_points) {
            return None;
        }
        let chosen = sketched.sketches.likeliest(&question, None, limit);
        Some(chosen.best.into_iter().map(|id| id as f64).collect())
    }

    fn question(&self, sketched: &Sketched, vector: &[f32]) -> Question {
        let vector = self.settings.as_scored(vector);
        sketched.sketches.question(&vector)
    }

    /// To be called after the points were written, before the next are.
    /// @param vectors one after the other, in the order of the ids.
    pub fn put(&self, ids: &[u64], vectors: &[f32]) {
        if let Some(sketched) = self.sketched.write().as_mut() {
            let vectors = vectors.chunks_exact(self.settings.dimensions);
            for (&id, vector) in ids.iter().zip(vectors) {
                sketched.put(id, &self.settings.as_scored(vector));
            }
            sketched.write_some();
        }
    }

    pub fn remove(&self, ids: &[u64]) {
        if let Some(sketched) = self.sketched.write().as_mut() {
            let words = sketched.sketches.words();
            for &id in ids {
                if sketched.sketches.remove(id) {
                    sketched.file.remove(id, words);
                }
            }
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
    /// their centre. Writers have their turn all the while.
    pub fn fill(&self, shard: &EdgeShard, writing: &Mutex<()>) -> Outcome<()> {
        let points = shard.info().points_count;
        if !self.settings.scores_by_product() || points < FEWEST_POINTS || self.is_done(points) {
            return Ok(());
        }
        let ids = all_ids(shard)?;
        if self.is_outgrown(ids.len()) {
            self.begin(shard, &ids)?;
        }
        for some in ids.chunks(POINTS_A_TURN) {
            let _none = writing.lock();
            let missing = self.missing(some);
            for (id, vector) in vectors_of(shard, &missing)? {
                self.put(&[id], &vector);
            }
        }
        if let Some(sketched) = self.sketched.write().as_mut() {
            sketched.file.mark_all(sketched.sketches.words());
            sketched.has_all = true;
        }
        Ok(())
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

    /// Chooses the centre. Until all are sketched again, those that are not are all compared.
    fn begin(&self, shard: &EdgeShard, ids: &[PointId]) -> Outcome<()> {
        let sample: Vec<PointId> = ids
            .iter()
            .step_by(ids.len().div_ceil(SAMPLE))
            .copied()
            .collect();
        let mut centre = vec![0.0; self.settings.dimensions];
        let share = (sample.len() as f32).recip();
        for some in sample.chunks(POINTS_A_TURN) {
            for (_, vector) in vectors_of(shard, some)? {
                for (sum, value) in centre.iter_mut().zip(&*self.settings.as_scored(&vector)) {
                    *sum += value * share;
                }
            }
        }
        let chosen_among = ids.len() as u64;
        // Held before the file is begun: what is pending for the old one is not to be written to it.
        let mut sketched = self.sketched.write();
        *sketched = Some(Sketched {
            sketches: Sketches::new(&centre),
            file: sketch_file::create(&self.folder, &centre, chosen_among)?,
            centre,
            chosen_among,
            has_all: false,
        });
        Ok(())
    }

    fn missing(&self, ids: &[PointId]) -> Vec<PointId> {
        let sketched = self.sketched.read();
        let has = |id: &PointId| {
            let id = number(*id)?;
            Some(sketched.as_ref()?.sketches.has(id))
        };
        ids.iter()
            .filter(|id| has(id) == Some(false))
            .copied()
            .collect()
    }
}

impl Sketched {
    fn put(&mut self, id: u64, vector: &[f32]) {
        let sketch = self.sketches.put(id, vector);
        self.file.put(id, sketch);
    }

    /// What cannot be written now is written by the next flush, or that says why not.
    fn write_some(&mut self) {
        if self.file.pending_bytes() > MOST_PENDING_BYTES {
            let _ = self.file.write(false);
        }
    }

    fn flush(&mut self, folder: &Path) -> Outcome<()> {
        if self.file.is_mostly_old(self.sketches.count()) {
            self.file = sketch_file::create(folder, &self.centre, self.chosen_among)?;
            for (id, sketch) in self.sketches.iter() {
                self.file.put(id, sketch);
            }
            if self.has_all {
                self.file.mark_all(self.sketches.words());
            }
        }
        self.file.write(true)
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

fn vectors_of(shard: &EdgeShard, ids: &[PointId]) -> Outcome<Vec<(u64, Vec<f32>)>> {
    let payload = WithPayloadInterface::Bool(false);
    let records = shard.retrieve(ids, Some(payload), Some(WithVector::Bool(true)))?;
    let vectors = records
        .into_iter()
        .filter_map(|record| Some((number(record.id)?, dense_vector(record.vector?)?)));
    Ok(vectors.collect())
}

/// Only numbers are let in (`convert::point_id`).
fn number(id: PointId) -> Option<u64> {
    match id {
        PointId::NumId(id) => Some(id),
        PointId::Uuid(_) => None,
    }
}
