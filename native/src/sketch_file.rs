//! Where sketches are kept from one start to the next: a file beside the collection that only grows,
//! the last word on each id being the one that holds, and is written anew when most of it is old.
//!
//! Sketches only tell what to compare, so nothing that is wrong with the file is an error: it is read
//! as far as it is whole, and points that have no sketch are all compared. What is flushed here is
//! flushed before the points themselves, so that a point which outlives a crash has its sketch.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Outcome;
use crate::sketch::is_sketch;
use crate::sketches::Sketches;

const NAME: &str = "sketches";
const MAGIC: u64 = u64::from_le_bytes(*b"sketch01");
/// In the place of an id: all points have a sketch, those to come included.
const ALL: u64 = u64::MAX;
/// What is old is cleared away where it is most of the file, and more than this.
const MOST_OLD: usize = 20_000;

pub struct SketchFile {
    path: PathBuf,
    /// Whole records, in bytes; beyond it lies what could not be written to its end.
    length: u64,
    records: usize,
    /// Not written yet.
    pending: Vec<u8>,
}

/// What a file holds.
pub struct Kept {
    pub centre: Vec<f32>,
    pub sketches: Sketches,
    /// How many points there were when the centre was chosen.
    pub chosen_among: u64,
    pub has_all: bool,
    pub file: SketchFile,
}

/// Nothing where there is no file, or none of these dimensions.
pub fn load(folder: &Path, dimensions: usize) -> Option<Kept> {
    let path = folder.join(NAME);
    let mut reader = BufReader::with_capacity(1 << 20, File::open(&path).ok()?);
    let head = Records::of(head_words(dimensions))
        .next(&mut reader)?
        .to_vec();
    if head[0] != MAGIC || head[1] != dimensions as u64 {
        return None;
    }
    let centre: Vec<f32> = head[3..]
        .iter()
        .map(|&bits| f32::from_bits(bits as u32))
        .collect();
    let mut sketches = Sketches::new(&centre);
    let mut has_all = false;
    let mut length = record_bytes(head.len());
    let mut count = 0;
    let mut records = Records::of(1 + sketches.words());
    while let Some(record) = records.next(&mut reader) {
        length += record_bytes(record.len());
        count += 1;
        match (record[0], &record[1..]) {
            (ALL, _) => has_all = true,
            (id, sketch) if is_sketch(sketch) => {
                sketches.put_made(id, sketch);
            }
            (id, _) => {
                sketches.remove(id);
            }
        }
    }
    Some(Kept {
        centre,
        sketches,
        chosen_among: head[2],
        has_all,
        file: SketchFile {
            path,
            length: length as u64,
            records: count,
            pending: Vec::new(),
        },
    })
}

/// Begins a file anew, with nothing in it but the centre.
pub fn create(folder: &Path, centre: &[f32], chosen_among: u64) -> Outcome<SketchFile> {
    let path = folder.join(NAME);
    let mut head = vec![MAGIC, centre.len() as u64, chosen_among];
    head.extend(centre.iter().map(|value| u64::from(value.to_bits())));
    let mut bytes = Vec::new();
    push_record(&mut bytes, &head);
    let mut file = File::create(&path)?;
    file.write_all(&bytes)?;
    Ok(SketchFile {
        path,
        length: bytes.len() as u64,
        records: 0,
        pending: Vec::new(),
    })
}

impl SketchFile {
    pub fn put(&mut self, id: u64, sketch: &[u64]) {
        self.records += 1;
        push_record(&mut self.pending, &[&[id], sketch].concat());
    }

    /// @param words of a sketch.
    pub fn remove(&mut self, id: u64, words: usize) {
        self.put(id, &vec![0; words]);
    }

    /// Every point has one, now and from now on.
    pub fn mark_all(&mut self, words: usize) {
        self.put(ALL, &vec![0; words]);
    }

    pub fn pending_bytes(&self) -> usize {
        self.pending.len()
    }

    pub fn is_mostly_old(&self, live: usize) -> bool {
        self.records > 2 * live + MOST_OLD
    }

    /// Writes what is pending, and waits for the disk where that is asked for.
    pub fn write(&mut self, synced: bool) -> Outcome<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        // What an earlier attempt left behind the whole records.
        file.set_len(self.length)?;
        file.seek(SeekFrom::Start(self.length))?;
        file.write_all(&self.pending)?;
        if synced {
            file.sync_data()?;
        }
        self.length += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }
}

/// What it is, dimensions, among how many the centre was chosen, and the centre.
fn head_words(dimensions: usize) -> usize {
    3 + dimensions
}

/// With the sum behind them.
fn record_bytes(words: usize) -> usize {
    (words + 1) * size_of::<u64>()
}

fn push_record(bytes: &mut Vec<u8>, words: &[u64]) {
    for word in words.iter().chain([&sum(words)]) {
        bytes.extend(word.to_le_bytes());
    }
}

/// Reads one record after the other, as far as they are whole.
struct Records {
    bytes: Vec<u8>,
    words: Vec<u64>,
}

impl Records {
    /// @param words of each, without the sum.
    fn of(words: usize) -> Self {
        Records {
            bytes: vec![0; record_bytes(words)],
            words: Vec::with_capacity(words + 1),
        }
    }

    fn next(&mut self, reader: &mut impl Read) -> Option<&[u64]> {
        reader.read_exact(&mut self.bytes).ok()?;
        let (words, _) = self.bytes.as_chunks();
        self.words.clear();
        self.words
            .extend(words.iter().copied().map(u64::from_le_bytes));
        let (last, words) = self.words.split_last()?;
        (*last == sum(words)).then_some(words)
    }
}

/// Tells zeros, cuts and strangers from a record; not secure against anybody.
fn sum(words: &[u64]) -> u64 {
    words.iter().fold(MAGIC, |sum, word| {
        (sum ^ word)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(29)
    })
}
