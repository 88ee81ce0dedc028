//! Where sketches are kept from one start to the next: a file beside the collection that only grows,
//! the last word on each id being the one that holds, and is written anew when most of it is old.
//!
//! All of it can be made again, so nothing that is wrong with the file is an error: it is read as far
//! as it is whole. What is flushed here is flushed before the points themselves, so that a point which
//! outlives a crash has its sketch.

use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::cell_store::Point;
use crate::cells::{Cells, Shape};
use crate::error::Outcome;
use crate::rotation::turned;
use crate::sketch::{is_sketch, words};
use crate::sum::sum;

const NAME: &str = "sketches";
/// One that is being made.
const NEW: &str = "sketches.new";
const MAGIC: u64 = u64::from_le_bytes(*b"sketch03");
/// In the place of a point: all have a sketch, those to come included.
const ALL: u64 = u64::MAX;
/// By what a cell is kept as, here and in memory.
pub const MOST_CELLS: usize = u16::MAX as usize;
/// What is old is cleared away where it is most of the file, and more than this.
const MOST_OLD: usize = 20_000;
const MOST_PENDING_BYTES: usize = 1 << 20;

pub struct SketchFile {
    path: PathBuf,
    /// Of a sketch.
    words: usize,
    /// Whole records, in bytes; beyond it lies what could not be written to its end.
    length: u64,
    records: usize,
    /// Not written yet.
    pending: Vec<u8>,
}

/// What all records of a file are told from.
pub struct Head {
    pub cells: Cells,
    /// How many points there were when the cells were chosen.
    pub chosen_among: u64,
}

/// What a record says.
pub enum Record<'words> {
    Put {
        point: Point,
        cell: usize,
        sketch: &'words [u64],
    },
    Removed(u64),
    HasAll,
}

/// What a file holds, to be read to its end. Nothing where there is none of these dimensions.
pub fn open(folder: &Path, dimensions: usize) -> Option<(Head, FileReader)> {
    let path = folder.join(NAME);
    let mut reader = BufReader::with_capacity(1 << 20, File::open(&path).ok()?);
    let (head, length) = read_head(&mut reader, turned(dimensions))?;
    let words = words(turned(dimensions));
    let reader = FileReader {
        reader,
        records: Records::of(2 + words),
        cells: head.cells.count(),
        file: SketchFile {
            path,
            words,
            length: length as u64,
            records: 0,
            pending: Vec::new(),
        },
    };
    Some((head, reader))
}

/// One record after the other, as far as they are whole.
pub struct FileReader {
    reader: BufReader<File>,
    records: Records,
    cells: usize,
    /// As far as it was read.
    file: SketchFile,
}

impl FileReader {
    pub fn next(&mut self) -> Option<Record<'_>> {
        let words = self.records.next(&mut self.reader)?;
        self.file.length += record_bytes(words.len()) as u64;
        self.file.records += 1;
        let (id, place, sketch) = (words[0], words[1], &words[2..]);
        let cell = (place >> u32::BITS) as usize;
        Some(if id == ALL {
            Record::HasAll
        } else if is_sketch(sketch) && cell < self.cells {
            let slot = place as u32;
            let point = Point { id, slot };
            Record::Put {
                point,
                cell,
                sketch,
            }
        } else {
            Record::Removed(id)
        })
    }

    /// To be written on behind what was read.
    pub fn file(self) -> SketchFile {
        self.file
    }
}

/// With how long it is, in bytes.
fn read_head(reader: &mut impl Read, turned: usize) -> Option<(Head, usize)> {
    let mut records = Records::of(HEAD_WORDS);
    let head = records.next(reader)?;
    let [magic, numbers, chosen_among, cells, examples] = *head.as_array()?;
    let (cells, examples) = (cells as usize, examples as usize);
    if magic != MAGIC || numbers != turned as u64 || cells > MOST_CELLS || examples > MOST_CELLS {
        return None;
    }
    let words = shape_numbers(turned, cells, examples).div_ceil(2);
    let mut records = Records::of(words);
    let mut numbers = floats(records.next(reader)?).into_iter();
    let mut take = |count: usize| numbers.by_ref().take(count).collect();
    let shape = Shape {
        centre: take(turned),
        centres: take(cells * turned),
        examples: take(examples * turned),
        spreads: take(cells),
    };
    let head = Head {
        cells: Cells::new(shape),
        chosen_among,
    };
    Some((head, record_bytes(HEAD_WORDS) + record_bytes(words)))
}

/// Begins a file beside the one that holds, with nothing in it but its head.
pub fn create(folder: &Path, cells: &Cells, chosen_among: u64) -> Outcome<SketchFile> {
    let path = folder.join(NEW);
    let turned = cells.turned();
    let shape = cells.shape();
    let examples = shape.examples.len() / turned;
    let head = [turned, chosen_among as usize, cells.count(), examples];
    let head = head.map(|number| number as u64);
    let numbers = [
        &shape.centre,
        &shape.centres,
        &shape.examples,
        &shape.spreads,
    ];
    let numbers = numbers.into_iter().flatten().copied().collect::<Vec<f32>>();
    let mut bytes = Vec::new();
    push_record(&mut bytes, &[&[MAGIC], &head[..]].concat());
    push_record(&mut bytes, &packed(&numbers));
    let mut file = File::create(&path)?;
    file.write_all(&bytes)?;
    Ok(SketchFile {
        path,
        words: words(turned),
        length: bytes.len() as u64,
        records: 0,
        pending: Vec::new(),
    })
}

impl SketchFile {
    /// From now on it is the one that holds, with all that was put.
    pub fn replace_old(&mut self) -> Outcome<()> {
        self.write(true)?;
        let path = self.path.with_file_name(NAME);
        fs::rename(&self.path, &path)?;
        self.path = path;
        Ok(())
    }

    pub fn put(&mut self, point: Point, cell: usize, sketch: &[u64]) {
        let place = u64::from(point.slot) | (cell as u64) << u32::BITS;
        self.push(point.id, place, sketch);
    }

    pub fn remove(&mut self, id: u64) {
        self.push(id, 0, &vec![0; self.words]);
    }

    /// Every point has one, now and from now on.
    pub fn mark_all(&mut self) {
        self.push(ALL, 0, &vec![0; self.words]);
    }

    /// Where much is pending, so that it does not fill the memory.
    pub fn write_much(&mut self) -> Outcome<()> {
        if self.pending.len() > MOST_PENDING_BYTES {
            self.write(false)
        } else {
            Ok(())
        }
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

    /// @param place its slot, and above that its cell.
    fn push(&mut self, id: u64, place: u64, sketch: &[u64]) {
        self.records += 1;
        let words = [&[id, place], sketch].concat();
        push_record(&mut self.pending, &words);
    }
}

/// What it is, the numbers of a turned vector, among how many points the cells were chosen, how many
/// cells and how many examples; after it what is known of the cells.
const HEAD_WORDS: usize = 5;

fn shape_numbers(turned: usize, cells: usize, examples: usize) -> usize {
    (1 + cells + examples) * turned + cells
}

/// Two in a word.
fn packed(numbers: &[f32]) -> Vec<u64> {
    let bits = |number: Option<&f32>| u64::from(number.map_or(0, |number| number.to_bits()));
    let pairs = numbers.chunks(2);
    pairs
        .map(|pair| bits(pair.first()) | bits(pair.get(1)) << u32::BITS)
        .collect()
}

fn floats(words: &[u64]) -> Vec<f32> {
    let halves = words
        .iter()
        .flat_map(|&word| [word as u32, (word >> u32::BITS) as u32]);
    halves.map(f32::from_bits).collect()
}

/// With the sum behind them.
fn record_bytes(words: usize) -> usize {
    (words + 1) * size_of::<u64>()
}

fn push_record(bytes: &mut Vec<u8>, words: &[u64]) {
    for word in words.iter().chain([&sum(words.iter().copied())]) {
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
        (*last == sum(words.iter().copied())).then_some(words)
    }
}
