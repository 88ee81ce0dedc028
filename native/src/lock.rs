//! One process, one handle: an operating-system lock on a file in the collection's folder.
//!
//! The lock belongs to the open file, so it goes with the process however that ends; a file that
//! is left behind locks nothing.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::{Code, Failure, Outcome};

pub const LOCK_FILE: &str = "ocelli.lock";

#[derive(Debug)]
pub struct FolderLock {
    _held: File,
}

impl FolderLock {
    pub fn take(folder: &Path) -> Outcome<Self> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(LOCK_FILE))
            .map_err(|error| {
                Failure::internal(format!(
                    "{} cannot be written to: {error}",
                    folder.display()
                ))
            })?;
        match file.try_lock() {
            Ok(()) => Ok(FolderLock { _held: file }),
            Err(TryLockError::WouldBlock) => Err(Failure::new(
                Code::IndexLocked,
                format!("{} is open in another process or handle", folder.display()),
            )),
            Err(TryLockError::Error(error)) => Err(Failure::internal(format!(
                "{} cannot be locked: {error}",
                folder.display()
            ))),
        }
    }
}
