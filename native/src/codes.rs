//! The vectors themselves in two bytes a number, in a file: what is likely is compared by these. Read
//! where they are needed and kept in no memory but the system's, several times as fast as the crate
//! compares, which looks each up by its id.
//!
//! Each lies in a slot of its own, with its id and a sum over both. What was lost or belongs to another
//! point is noticed by these, so that the file needs not be in step with anything.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use crate::cell_store::Point;
use crate::error::Outcome;
use crate::products::product;
use crate::sum::sum;
use crate::threads::side_by_side;

const NAME: &str = "codes";
/// Beside the numbers: the id, the scale and the sum.
const HEAD_BYTES: usize = 24;
const MOST_LEVEL: f32 = i16::MAX as f32;
const CODES_FOR_THREAD: usize = 200;

pub struct Codes {
    file: File,
    dimensions: usize,
    /// No point has these; beyond the last slot lies nothing.
    free: Vec<u32>,
    slots: u32,
}

impl Codes {
    /// @param used the slots that points have; an error where one is missing.
    pub fn open(folder: &Path, dimensions: usize, used: &[u32]) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(used.is_empty())
            .open(folder.join(NAME))?;
        let mut codes = Codes {
            file,
            dimensions,
            free: Vec::new(),
            slots: 0,
        };
        let slots = codes.file.metadata()?.len() / codes.slot_bytes() as u64;
        codes.slots = u32::try_from(slots).unwrap_or(u32::MAX);
        let mut is_free = vec![true; codes.slots as usize];
        for &slot in used {
            let beyond_the_end = io::ErrorKind::UnexpectedEof;
            *is_free.get_mut(slot as usize).ok_or(beyond_the_end)? = false;
        }
        let free = (0..codes.slots).filter(|&slot| is_free[slot as usize]);
        codes.free = free.collect();
        Ok(codes)
    }

    /// A slot for a point.
    pub fn take(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.slots += 1;
            self.slots - 1
        })
    }

    pub fn give_back(&mut self, slot: u32) {
        self.free.push(slot);
    }

    pub fn write(&self, point: Point, vector: &[f32]) -> io::Result<()> {
        write_at(
            &self.file,
            &encode(point.id, vector),
            self.offset(point.slot),
        )
    }

    /// All that was written is on the disk when this returns.
    pub fn flush(&self) -> Outcome<()> {
        Ok(self.file.sync_data()?)
    }

    /// Numbers of a vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Of points, in their order; nothing where one is not there.
    pub fn vectors(&self, points: &[Point]) -> Option<Vec<Vec<f32>>> {
        let parts = side_by_side(points, CODES_FOR_THREAD, |points| {
            let mut bytes = vec![0; self.slot_bytes()];
            let vector = |point: &Point| {
                let mut levels = vec![0.0; self.dimensions];
                read_at(&self.file, &mut bytes, self.offset(point.slot)).ok()?;
                let scale = decode(point.id, &bytes, &mut levels)?;
                levels.iter_mut().for_each(|level| *level *= scale);
                Some(levels)
            };
            points.iter().map(vector).collect::<Option<Vec<_>>>()
        });
        let parts: Option<Vec<_>> = parts.into_iter().collect();
        Some(parts?.into_iter().flatten().collect())
    }

    /// The products of a vector with those of points, in their order; nothing for what is not there.
    pub fn products(&self, vector: &[f32], points: &[Point]) -> Vec<Option<f32>> {
        let parts = side_by_side(points, CODES_FOR_THREAD, |points| {
            self.products_in_turn(vector, points)
        });
        parts.concat()
    }

    /// First of what the system holds in memory; the rest is called for meanwhile.
    fn products_in_turn(&self, vector: &[f32], points: &[Point]) -> Vec<Option<f32>> {
        let mut bytes = vec![0; self.slot_bytes()];
        let mut levels = vec![0.0; self.dimensions];
        let mut product = |point: &Point, bytes: &[u8]| {
            let scale = decode(point.id, bytes, &mut levels)?;
            Some(scale * product(&levels, vector))
        };
        let mut products = vec![None; points.len()];
        let mut called = Vec::new();
        for (at, point) in points.iter().enumerate() {
            let offset = self.offset(point.slot);
            if read_held(&self.file, &mut bytes, offset) {
                products[at] = product(point, &bytes);
            } else {
                call_for(&self.file, bytes.len(), offset);
                called.push(at);
            }
        }
        for at in called {
            let point = &points[at];
            if read_at(&self.file, &mut bytes, self.offset(point.slot)).is_ok() {
                products[at] = product(point, &bytes);
            }
        }
        products
    }

    fn offset(&self, slot: u32) -> u64 {
        u64::from(slot) * self.slot_bytes() as u64
    }

    fn slot_bytes(&self) -> usize {
        HEAD_BYTES + words_of(self.dimensions) * size_of::<u64>()
    }
}

fn words_of(dimensions: usize) -> usize {
    (dimensions * size_of::<i16>()).div_ceil(size_of::<u64>())
}

/// The id, the scale, the numbers as shares of the greatest, and the sum.
fn encode(id: u64, vector: &[f32]) -> Vec<u8> {
    let most = vector
        .iter()
        .fold(f32::MIN_POSITIVE, |most, value| most.max(value.abs()));
    let scale = most / MOST_LEVEL;
    let mut bytes = Vec::with_capacity(HEAD_BYTES + words_of(vector.len()) * size_of::<u64>());
    bytes.extend(id.to_le_bytes());
    bytes.extend(u64::from(scale.to_bits()).to_le_bytes());
    for value in vector {
        bytes.extend(((value / scale).round() as i16).to_le_bytes());
    }
    bytes.resize(bytes.len().next_multiple_of(size_of::<u64>()), 0);
    let sum = sum(words(&bytes));
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// The numbers as they were kept, and what they are to be multiplied by; nothing where it is not the
/// code of this point.
fn decode(id: u64, bytes: &[u8], levels: &mut [f32]) -> Option<f32> {
    let (told, kept_sum) = bytes.split_last_chunk()?;
    let (kept_id, rest) = told.split_first_chunk()?;
    let (scale, numbers) = rest.split_first_chunk()?;
    let is_whole = u64::from_le_bytes(*kept_sum) == sum(words(told));
    if !is_whole || u64::from_le_bytes(*kept_id) != id {
        return None;
    }
    let (numbers, _) = numbers.as_chunks();
    for (level, number) in levels.iter_mut().zip(numbers) {
        *level = f32::from(i16::from_le_bytes(*number));
    }
    Some(f32::from_bits(u64::from_le_bytes(*scale) as u32))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let (words, _) = bytes.as_chunks();
    words.iter().copied().map(u64::from_le_bytes)
}

/// Whether the system held it in memory and it was read, without waiting for any disk.
fn read_held(file: &File, bytes: &mut [u8], offset: u64) -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::os::fd::AsRawFd;
        let part = libc::iovec {
            iov_base: bytes.as_mut_ptr().cast(),
            iov_len: bytes.len(),
        };
        let (fd, offset) = (file.as_raw_fd(), offset as libc::off_t);
        // SAFETY: it writes no more than the bytes it is given.
        let read = unsafe { libc::preadv2(fd, &part, 1, offset, libc::RWF_NOWAIT) };
        read == bytes.len() as isize
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (file, bytes, offset);
        false
    }
}

/// Has the disk fetch it, without waiting for it.
fn call_for(file: &File, bytes: usize, offset: u64) {
    #[cfg(target_os = "linux")]
    {
        use std::os::fd::AsRawFd;
        let (offset, bytes) = (offset as libc::off_t, bytes as libc::off_t);
        let will_need = libc::POSIX_FADV_WILLNEED;
        // SAFETY: advice on a file that is open.
        unsafe { libc::posix_fadvise(file.as_raw_fd(), offset, bytes, will_need) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (file, bytes, offset);
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
    let is_whole = read == bytes.len();
    is_whole
        .then_some(())
        .ok_or(io::ErrorKind::UnexpectedEof.into())
}

#[cfg(windows)]
fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    let written = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
    let is_whole = written == bytes.len();
    is_whole
        .then_some(())
        .ok_or(io::ErrorKind::WriteZero.into())
}
