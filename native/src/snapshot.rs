//! A copy of a collection that can be opened like the original.
//!
//! The crate unpacks snapshots but makes none. So: writers and optimisations are kept away, all is
//! flushed, and the files are copied beside the target, which gets its name when the copy is whole.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Failure, Outcome};
use crate::lock::LOCK_FILE;
use crate::store::Store;

/// Ours, and the one by which the crate locks its log on Windows; neither can be read there.
const LOCK_FILES: [&str; 2] = [LOCK_FILE, ".wal"];

pub fn take(store: &Store, target: &Path) -> Outcome<()> {
    if target.exists() {
        let received = format!("{}, which exists", target.display());
        return Err(Failure::argument("a path that is free", "target", received));
    }
    let Some(parent) = target.parent() else {
        let received = target.display();
        return Err(Failure::argument("a path of a folder", "target", received));
    };
    fs::create_dir_all(parent)?;
    let unfinished = unfinished_name(target);
    let _ = fs::remove_dir_all(&unfinished);
    let _quiet = store.quiet()?;
    let outcome = copy(store.folder(), &unfinished);
    let outcome = outcome.and_then(|()| Ok(fs::rename(&unfinished, target)?));
    if outcome.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
    }
    outcome
}

fn unfinished_name(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".unfinished");
    name.into()
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else if !LOCK_FILES.iter().any(|name| entry.file_name() == *name) {
            fs::copy(entry.path(), &target)?;
            // Windows syncs only what is open for writing.
            fs::OpenOptions::new()
                .write(true)
                .open(&target)?
                .sync_all()?;
        }
    }
    Ok(())
}
