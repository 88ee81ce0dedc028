//! An open collection: the crate's shard, the folder's lock, and the rules of who waits for whom.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use qdrant_edge::{EdgeShard, PointOperations, UpdateOperation};

use crate::error::{Failure, Outcome};
use crate::folder;
use crate::lock::FolderLock;
use crate::settings::Settings;
use crate::shortlist::Shortlist;
use crate::task::guarded;

/// How much spare log is let lie before it is worth loading the collection anew.
const SPARE_WAL_BYTES: u64 = 128 * 1024 * 1024;
const FLUSH_PATIENCE: Duration = Duration::from_secs(60);

pub struct Store {
    /// None only inside `drop` and `reload`.
    shard: Option<EdgeShard>,
    folder: PathBuf,
    settings: Settings,
    shortlist: Shortlist,
    /// One write at a time, and none during a flush: the crate's `flush` panics where it would
    /// have to wait.
    writing: Mutex<()>,
    optimizing: Mutex<()>,
    is_optimizing: AtomicBool,
    /// Last, so that the folder is let go of when all else is.
    _lock: FolderLock,
}

impl Store {
    pub fn open(folder: PathBuf, settings: Settings) -> Outcome<Self> {
        std::fs::create_dir_all(&folder).map_err(|error| {
            Failure::internal(format!("{} cannot be created: {error}", folder.display()))
        })?;
        let lock = FolderLock::take(&folder)?;
        let (shard, shortlist) = thread::scope(|scope| {
            let shortlist = scope.spawn(|| Shortlist::open(&folder, settings));
            let shard = folder::open(&folder, settings)?;
            Ok::<_, Failure>((shard, shortlist.join().expect("the sketches are read")))
        })?;
        shortlist.check(shard.info().points_count);
        Ok(Store {
            shard: Some(shard),
            folder,
            settings,
            shortlist,
            writing: Mutex::new(()),
            optimizing: Mutex::new(()),
            is_optimizing: AtomicBool::new(false),
            _lock: lock,
        })
    }

    pub fn shard(&self) -> &EdgeShard {
        self.shard.as_ref().expect("the shard of an open store")
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn dimensions(&self) -> usize {
        self.settings.dimensions
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn shortlist(&self) -> &Shortlist {
        &self.shortlist
    }

    pub fn is_optimizing(&self) -> bool {
        self.is_optimizing.load(Ordering::Relaxed)
    }

    pub fn update(&self, operation: UpdateOperation) -> Outcome<()> {
        let _one = self.writing.lock();
        Ok(self.shard().update(operation)?)
    }

    /// Writes points, and what is kept of them beside the crate.
    pub fn update_points(
        &self,
        operation: PointOperations,
        beside: impl FnOnce(&Shortlist),
    ) -> Outcome<()> {
        let _one = self.writing.lock();
        self.shard()
            .update(UpdateOperation::PointOperation(operation))?;
        beside(&self.shortlist);
        Ok(())
    }

    /// Everything written so far is on the disk when this returns, and sketched where points are many.
    pub fn flush(&self) -> Outcome<()> {
        self.shortlist.fill(self.shard(), &self.writing)?;
        let _none = self.writing.lock();
        self.flush_unguarded()
    }

    /// The crate's `flush` takes what locks it can get and panics where it gets none. Writers are
    /// kept out by `writing`; the end of an optimisation is not, and is soon over.
    fn flush_unguarded(&self) -> Outcome<()> {
        self.shortlist.flush()?;
        let start = Instant::now();
        loop {
            let shard = self.shard();
            match guarded(|| {
                shard.flush();
                Ok(())
            }) {
                Err(failure)
                    if failure.text.contains("lock acquired")
                        && start.elapsed() < FLUSH_PATIENCE =>
                {
                    sleep(Duration::from_millis(5));
                }
                outcome => return outcome,
            }
        }
    }

    /// Whether there was anything to do. A second call waits for the first.
    pub fn optimize(&self) -> Outcome<bool> {
        let _one = self.optimizing.lock();
        self.is_optimizing.store(true, Ordering::Relaxed);
        let done = guarded(|| Ok(self.shard().optimize()?));
        self.is_optimizing.store(false, Ordering::Relaxed);
        done
    }

    /// Keeps writers and optimisations away, with all on the disk: what a copy needs.
    pub fn quiet(&self) -> Outcome<(MutexGuard<'_, ()>, MutexGuard<'_, ()>)> {
        let optimizing = self.optimizing.lock();
        let writing = self.writing.lock();
        self.flush_unguarded()?;
        Ok((optimizing, writing))
    }

    pub fn has_spare_wal(&self) -> bool {
        folder::spare_wal(&self.folder) > SPARE_WAL_BYTES
    }

    /// Frees the spare log. The files are mapped while the shard lives, so it is loaded anew.
    pub fn reload(&mut self) -> Outcome<()> {
        self.flush_unguarded()?;
        self.let_go()?;
        folder::shorten_wal(&self.folder)?;
        self.shard = Some(folder::load(&self.folder, self.settings)?);
        Ok(())
    }

    /// Flushes and lets the folder go.
    pub fn close(mut self) -> Outcome<()> {
        self.flush_unguarded()?;
        self.let_go()
    }

    /// The shard flushes as it is dropped, and panics if it cannot.
    fn let_go(&mut self) -> Outcome<()> {
        let shard = self.shard.take();
        guarded(|| {
            drop(shard);
            Ok(())
        })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.let_go();
    }
}
