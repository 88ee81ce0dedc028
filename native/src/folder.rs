//! A collection's folder: whether there is one, whether it is whole, and its write-ahead log.
//!
//! `qdrant-edge` 0.7 writes every operation to that log and numbers operations by it, but neither
//! replays it at loading nor ever shortens it. So the log must never be lost (numbers would start
//! at 0 again and be taken for old news), and it must be shortened here (it would grow by 2.5 kB
//! for every 512-d point written, for ever).

use std::fs;
use std::path::{Path, PathBuf};

use qdrant_edge::{DEFAULT_VECTOR_NAME, EdgeConfig, EdgeShard};

use crate::error::{Code, Failure, Outcome};
use crate::settings::Settings;
use crate::task::guarded;

const CONFIG_FILE: &str = "edge_config.json";
const SEGMENTS: &str = "segments";
const WAL: &str = "wal";

/// Errors of the machine, not of the folder: to call these damage would have a sound index thrown
/// away. Permission denied, too many open files, out of memory, no space (Unix, then Windows).
const NOT_DAMAGE: [&str; 8] = [
    "(os error 13)",
    "(os error 24)",
    "(os error 12)",
    "(os error 28)",
    "(os error 5)",
    "(os error 4)",
    "(os error 8)",
    "(os error 112)",
];

/// Loads the collection in `folder`, or makes one where there is none. The lock must be held.
pub fn open(folder: &Path, settings: Settings) -> Outcome<EdgeShard> {
    let has_config = folder.join(CONFIG_FILE).exists();
    let has_segments = has_entries(&folder.join(SEGMENTS));
    if !has_config && !has_segments {
        return guarded(|| Ok(EdgeShard::new(folder, settings.to_config())?));
    }
    if !has_segments {
        return Err(damaged(folder, "its segments are missing"));
    }
    if !has_entries(&folder.join(WAL)) {
        return Err(damaged(folder, "its write-ahead log is missing"));
    }
    check_config(folder, settings)?;
    shorten_wal(folder)?;
    load(folder, settings)
}

pub fn load(folder: &Path, settings: Settings) -> Outcome<EdgeShard> {
    guarded(|| Ok(EdgeShard::load(folder, Some(settings.to_config()))?)).map_err(|failure| {
        let machine = NOT_DAMAGE.iter().any(|sign| failure.text.contains(sign));
        if machine {
            failure
        } else {
            damaged(folder, &failure.text)
        }
    })
}

/// What cannot change once there are points: the crate would say so too, but as damage.
fn check_config(folder: &Path, settings: Settings) -> Outcome<()> {
    let stored = match EdgeConfig::load(folder) {
        Some(Ok(stored)) => stored,
        Some(Err(error)) => return Err(damaged(folder, &error.to_string())),
        None => return Ok(()),
    };
    let Some(vector) = stored.vectors.get(DEFAULT_VECTOR_NAME) else {
        return Err(damaged(folder, "its settings name no vector"));
    };
    if vector.size != settings.dimensions {
        let expected = format!("{} (what the folder holds)", vector.size);
        return Err(Failure::argument(
            &expected,
            "dimensions",
            settings.dimensions,
        ));
    }
    if vector.distance != settings.distance() {
        let expected = format!("{:?} (what the folder holds)", vector.distance);
        let received = format!("{:?}", settings.distance());
        return Err(Failure::argument(&expected, "distance", received));
    }
    Ok(())
}

fn damaged(folder: &Path, why: &str) -> Failure {
    Failure::new(
        Code::IndexDamaged,
        format!("{} cannot be loaded: {why}", folder.display()),
    )
}

fn has_entries(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// Bytes of the log that `shorten_wal` would free.
pub fn spare_wal(folder: &Path) -> u64 {
    let spare = spare_wal_files(folder).unwrap_or_default();
    let sizes = spare.iter().filter_map(|file| fs::metadata(file).ok());
    sizes.map(|size| size.len()).sum()
}

/// Removes the log's closed files but for the last, which carries the number of the next
/// operation. Only while the collection is not loaded: the crate has these files mapped.
pub fn shorten_wal(folder: &Path) -> Outcome<()> {
    for file in spare_wal_files(folder)? {
        fs::remove_file(file)?;
    }
    Ok(())
}

fn spare_wal_files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut closed: Vec<(u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder.join(WAL))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let start = name.and_then(|name| name.strip_prefix("closed-")?.parse().ok());
        if let Some(start) = start {
            closed.push((start, path));
        }
    }
    closed.sort();
    closed.pop();
    Ok(closed.into_iter().map(|(_, path)| path).collect())
}
