//! Memory for many small things that are read here and there: taken in pieces of a huge page, so that
//! to find one does not cost as much as to read it. Of every tenth of a million sketches, looking up
//! where each page lies took a third of the time, of every hundredth two thirds.

use std::alloc::{Layout, handle_alloc_error};
use std::ptr::NonNull;
use std::slice;

/// On all processors whose huge pages the system gives without being set up for it.
const HUGE_PAGE_BYTES: usize = 2 * 1024 * 1024;
const WORD_BYTES: usize = size_of::<u64>();

/// Pages of the same number of words, by the order in which they were added.
pub struct Slabs {
    page_words: usize,
    pages_per_slab: usize,
    pages: usize,
    slabs: Vec<Slab>,
}

impl Slabs {
    pub fn new(page_words: usize) -> Self {
        Slabs {
            page_words,
            pages_per_slab: (HUGE_PAGE_BYTES / WORD_BYTES / page_words).max(1),
            pages: 0,
            slabs: Vec::new(),
        }
    }

    /// A page of zeros; returns its number.
    pub fn add(&mut self) -> usize {
        if self.pages == self.slabs.len() * self.pages_per_slab {
            self.slabs
                .push(Slab::new(self.pages_per_slab * self.page_words));
        }
        self.pages += 1;
        self.pages - 1
    }

    pub fn page(&self, number: usize) -> &[u64] {
        let start = number % self.pages_per_slab * self.page_words;
        &self.slabs[number / self.pages_per_slab].words()[start..][..self.page_words]
    }

    pub fn page_mut(&mut self, number: usize) -> &mut [u64] {
        let start = number % self.pages_per_slab * self.page_words;
        &mut self.slabs[number / self.pages_per_slab].words_mut()[start..][..self.page_words]
    }
}

struct Slab {
    start: NonNull<u64>,
    words: usize,
}

// SAFETY: a slab owns its memory, as a box does.
unsafe impl Send for Slab {}
// SAFETY: as above; it is changed through `&mut` alone.
unsafe impl Sync for Slab {}

impl Slab {
    /// @param words one or more.
    fn new(words: usize) -> Self {
        let layout = layout(words);
        let Some(start) = zeros(layout) else {
            handle_alloc_error(layout);
        };
        ask_for_huge_pages(start, layout.size());
        Slab { start, words }
    }

    fn words(&self) -> &[u64] {
        // SAFETY: so many there are, zeros at first.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.words) }
    }

    fn words_mut(&mut self) -> &mut [u64] {
        // SAFETY: as above.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.words) }
    }
}

impl Drop for Slab {
    fn drop(&mut self) {
        give_back(self.start, layout(self.words));
    }
}

/// Whole huge pages.
fn layout(words: usize) -> Layout {
    let bytes = (words * WORD_BYTES).next_multiple_of(HUGE_PAGE_BYTES);
    Layout::from_size_align(bytes, HUGE_PAGE_BYTES).expect("a slab that memory can hold")
}

/// The system is asked, not the allocator: that of Electron ends the process where memory is to begin at
/// a multiple of more than a megabyte.
#[cfg(unix)]
fn zeros(layout: Layout) -> Option<NonNull<u64>> {
    let (bytes, align) = (layout.size(), layout.align());
    // SAFETY: memory that nobody has, of which both ends that are too much go back at once.
    unsafe {
        let start = libc::mmap(
            std::ptr::null_mut(),
            bytes + align,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANON,
            -1,
            0,
        );
        if start == libc::MAP_FAILED {
            return None;
        }
        let before = start.addr().next_multiple_of(align) - start.addr();
        if before > 0 {
            libc::munmap(start, before);
        }
        let start = start.byte_add(before);
        libc::munmap(start.byte_add(bytes), align - before);
        NonNull::new(start.cast())
    }
}

#[cfg(unix)]
fn give_back(start: NonNull<u64>, layout: Layout) {
    // SAFETY: from `zeros`, with the same layout, and nobody has it any more.
    unsafe { libc::munmap(start.as_ptr().cast(), layout.size()) };
}

#[cfg(not(unix))]
fn zeros(layout: Layout) -> Option<NonNull<u64>> {
    // SAFETY: the layout is of one word or more.
    NonNull::new(unsafe { std::alloc::alloc_zeroed(layout) }.cast())
}

#[cfg(not(unix))]
fn give_back(start: NonNull<u64>, layout: Layout) {
    // SAFETY: from `zeros`, with the same layout, and nobody has it any more.
    unsafe { std::alloc::dealloc(start.as_ptr().cast(), layout) };
}

/// Where the system has them for the asking; elsewhere memory is what it is.
fn ask_for_huge_pages(start: NonNull<u64>, bytes: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: advice on memory that is ours and changes nothing of what it holds.
    unsafe {
        libc::madvise(start.as_ptr().cast(), bytes, libc::MADV_HUGEPAGE);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (start, bytes);
}
