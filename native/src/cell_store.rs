//! Sketches in memory, those of a cell together: in pages without gaps, so that a cell is read from one
//! end to the other.

use crate::slabs::Slabs;

/// Few, as the last page of each cell is half empty on the whole.
pub const PAGE_SKETCHES: usize = 64;

/// A place is the number of a page and of a sketch in it, as one number.
pub struct CellStore {
    words: usize,
    slabs: Slabs,
    /// Of each place, whose sketch lies there; of each page, of which cell.
    points: Vec<Point>,
    cells: Vec<u16>,
    held: Vec<Held>,
    free: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
pub struct Point {
    pub id: u64,
    /// Where its code lies (`codes.rs`).
    pub slot: u32,
}

#[derive(Clone, Default)]
struct Held {
    pages: Vec<u32>,
    count: usize,
}

/// A run of sketches of one cell.
#[derive(Clone, Copy)]
pub struct Page<'store> {
    pub cell: usize,
    pub first_place: u32,
    pub sketches: &'store [u64],
}

impl CellStore {
    /// @param words of a sketch.
    pub fn new(cells: usize, words: usize) -> Self {
        CellStore {
            words,
            slabs: Slabs::new(words * PAGE_SKETCHES),
            points: Vec::new(),
            cells: Vec::new(),
            held: vec![Held::default(); cells],
            free: Vec::new(),
        }
    }

    /// How many sketches lie in a cell.
    pub fn count(&self, cell: usize) -> usize {
        self.held[cell].count
    }

    pub fn point(&self, place: u32) -> Point {
        self.points[place as usize]
    }

    #[inline(always)]
    pub fn cell(&self, place: u32) -> usize {
        usize::from(self.cells[place as usize / PAGE_SKETCHES])
    }

    #[inline(always)]
    pub fn sketch(&self, place: u32) -> &[u64] {
        let (page, start) = self.within(place);
        &self.slabs.page(page)[start..][..self.words]
    }

    /// Returns its place.
    pub fn add(&mut self, cell: usize, point: Point, sketch: &[u64]) -> u32 {
        let at = self.held[cell].count % PAGE_SKETCHES;
        if at == 0 {
            let page = self.free.pop().unwrap_or_else(|| self.new_page());
            self.cells[page as usize] = u16::try_from(cell).expect("few cells");
            self.held[cell].pages.push(page);
        }
        let held = &mut self.held[cell];
        held.count += 1;
        let page = *held.pages.last().expect("a page with room");
        let place = page * PAGE_SKETCHES as u32 + at as u32;
        self.write(place, point, sketch);
        place
    }

    /// The last of the cell takes its place, if it was not the last itself: returns whose that is.
    pub fn remove(&mut self, place: u32) -> Option<u64> {
        let cell = self.cell(place);
        let held = &mut self.held[cell];
        held.count -= 1;
        let at = held.count % PAGE_SKETCHES;
        let page = *held.pages.last().expect("the page of the last");
        if at == 0 {
            held.pages.pop();
            self.free.push(page);
        }
        let last = page * PAGE_SKETCHES as u32 + at as u32;
        if last == place {
            return None;
        }
        let moved = self.point(last);
        let sketch = self.sketch(last).to_vec();
        self.write(place, moved, &sketch);
        Some(moved.id)
    }

    /// All sketches of a cell.
    pub fn pages(&self, cell: usize) -> impl Iterator<Item = Page<'_>> {
        let held = &self.held[cell];
        let first = (0..held.count).step_by(PAGE_SKETCHES);
        held.pages.iter().zip(first).map(move |(&page, first)| {
            let sketches = (held.count - first).min(PAGE_SKETCHES);
            Page {
                cell,
                first_place: page * PAGE_SKETCHES as u32,
                sketches: &self.slabs.page(page as usize)[..sketches * self.words],
            }
        })
    }

    fn new_page(&mut self) -> u32 {
        let page = self.slabs.add();
        self.points
            .resize((page + 1) * PAGE_SKETCHES, Point::default());
        self.cells.push(0);
        u32::try_from(page).expect("fewer pages than a number can count")
    }

    /// In the place of what lies there.
    pub fn write(&mut self, place: u32, point: Point, sketch: &[u64]) {
        let (page, start) = self.within(place);
        self.points[place as usize] = point;
        self.slabs.page_mut(page)[start..][..self.words].copy_from_slice(sketch);
    }

    /// Its page, and where in it the sketch begins.
    #[inline(always)]
    fn within(&self, place: u32) -> (usize, usize) {
        let place = place as usize;
        (place / PAGE_SKETCHES, place % PAGE_SKETCHES * self.words)
    }
}
