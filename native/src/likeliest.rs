//! The choice of those points among many whose sketches are most like what is looked for.
//!
//! It looks into one cell after the other, first into those that may hold the best, until what it has
//! is better than anything that the rest may hold.

use crate::best::{Best, Scored};
use crate::cell_store::{PAGE_SKETCHES, Page, Point};
use crate::listed::Listed;
use crate::products::product;
use crate::sketch::{self, Question};
use crate::sketches::Sketches;
use crate::threads::side_by_side;

/// A thread more is worth its start from so many on.
const SKETCHES_FOR_THREAD: usize = 5_000;
const CALLED_AT_ONCE: usize = 32;
const CACHE_LINE_WORDS: usize = 8;
/// A cell is not looked into where a point that lies so many deviations on the side of the question
/// would still be none of the best, a hundred at the least: measured on real photos and words in
/// docs/decisions/0028.
const DEVIATIONS: f32 = 3.5;
const BEST_AT_LEAST: usize = 100;
/// So many are looked at in any case, before it is asked what can still be among the best; all of a
/// collection that has not many more, as it has few cells.
const FIRST_LOOKED_AT: usize = 30_000;
const ALL_LOOKED_AT: usize = 150_000;

/// What is looked for.
pub struct Sought {
    question: Question,
    /// How alike each cell's centre is, and how much more alike its points may be.
    cells: Vec<f32>,
    reach: f32,
}

/// How much is wanted.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// Of the nearest.
    pub limit: usize,
    /// Of the likeliest, which are compared to find those.
    pub likely: usize,
}

/// A cell to be looked into.
struct Next {
    cell: usize,
    /// How many of the points that count it holds.
    count: usize,
    /// More alike than that is none of them, as far as can be told.
    most: f32,
}

/// What one thread looks through.
#[derive(Clone, Copy)]
enum Share<'store> {
    Places(&'store [u32]),
    Pages(&'store [Page<'store>]),
}

impl Sketches {
    pub fn sought(&self, vector: &[f32]) -> Sought {
        let turned = self.rotation.turn(vector);
        let centre = &self.cells.shape().centre;
        let of_centre = product(&turned, centre) / product(centre, centre).max(f32::MIN_POSITIVE);
        let rest = turned.iter().zip(centre);
        let rest: Vec<f32> = rest.map(|(value, at)| value - of_centre * at).collect();
        Sought {
            cells: self.cells.products(&turned),
            reach: DEVIATIONS * self.cells.deviation(&rest),
            question: Question::new(&rest, of_centre),
        }
    }

    /// The points whose sketches are most like what is sought, of all; in no order.
    pub fn likeliest_of_all(&self, sought: &Sought, wanted: Wanted) -> Vec<Point> {
        let order = self.order(sought, |cell| self.store.count(cell));
        let fewest = SKETCHES_FOR_THREAD / PAGE_SKETCHES;
        self.rounds(&order, wanted, |cells, least| {
            let best = || Best::above(least, wanted.likely);
            let pages = cells.iter().flat_map(|next| self.store.pages(next.cell));
            side_by_side(&pages.collect::<Vec<_>>(), fewest, |pages| {
                self.best(sought, Share::Pages(pages), best())
            })
        })
    }

    /// The same of those that are listed.
    pub fn likeliest(&self, sought: &Sought, listed: &Listed, wanted: Wanted) -> Vec<Point> {
        let order = self.order(sought, |cell| listed.places(cell).len());
        self.rounds(&order, wanted, |cells, least| {
            let best = || Best::above(least, wanted.likely);
            let places = cells.iter().map(|next| listed.places(next.cell));
            let places: Vec<_> = places.collect();
            side_by_side(&places.concat(), SKETCHES_FOR_THREAD, |places| {
                self.best(sought, Share::Places(places), best())
            })
        })
    }

    /// The cells that hold any points that count; first those that may hold the best of them.
    /// @param count how many of them a cell holds.
    fn order(&self, sought: &Sought, count: impl Fn(usize) -> usize) -> Vec<Next> {
        let cells = (0..self.cells.count()).map(|cell| Next {
            cell,
            count: count(cell),
            most: sought.cells[cell] + sought.reach * self.cells.shape().spreads[cell],
        });
        let mut order: Vec<Next> = cells.filter(|next| next.count > 0).collect();
        order.sort_unstable_by(|a, b| b.most.total_cmp(&a.most));
        order
    }

    /// Looks into one cell after the other, more at a time each time, until none may hold any of the
    /// best. @param look into these; what is less alike than the number is none of the best.
    fn rounds(
        &self,
        order: &[Next],
        wanted: Wanted,
        mut look: impl FnMut(&[Next], f32) -> Vec<Vec<Scored>>,
    ) -> Vec<Point> {
        let mut best = Best::new(wanted.likely);
        let mut rest = order;
        let mut looked_at = if self.count() <= ALL_LOOKED_AT {
            ALL_LOOKED_AT
        } else {
            FIRST_LOOKED_AT
        };
        loop {
            let least = best.least_of(wanted.limit.max(BEST_AT_LEAST));
            let mut held = 0;
            let cells = rest.iter().take_while(|next| {
                let is_wanted = held < looked_at && next.most >= least;
                held += next.count;
                is_wanted
            });
            let Some(cells) = rest
                .split_off(..cells.count())
                .filter(|cells| !cells.is_empty())
            else {
                break;
            };
            let parts = look(cells, best.least());
            parts
                .into_iter()
                .flatten()
                .for_each(|scored| best.offer(scored));
            looked_at *= 2;
        }
        let best = best.taken();
        best.iter()
            .map(|scored| self.store.point(scored.place))
            .collect()
    }

    fn best(&self, sought: &Sought, share: Share, best: Best) -> Vec<Scored> {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512vpopcntdq") && is_x86_feature_detected!("avx512vl") {
            // SAFETY: the processor has what the function is compiled for.
            return unsafe { self.best_avx512(sought, share, best) };
        } else if is_x86_feature_detected!("popcnt") {
            // SAFETY: as above.
            return unsafe { self.best_popcnt(sought, share, best) };
        }
        self.best_plain(sought, share, best)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512vl,avx512vpopcntdq,popcnt")]
    fn best_avx512(&self, sought: &Sought, share: Share, best: Best) -> Vec<Scored> {
        self.best_plain(sought, share, best)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "popcnt")]
    fn best_popcnt(&self, sought: &Sought, share: Share, best: Best) -> Vec<Scored> {
        self.best_plain(sought, share, best)
    }

    #[inline(always)]
    fn best_plain(&self, sought: &Sought, share: Share, mut best: Best) -> Vec<Scored> {
        match share {
            Share::Places(places) => self.offer_places(sought, places, &mut best),
            Share::Pages(pages) => self.offer_pages(sought, pages, &mut best),
        }
        best.taken()
    }

    #[inline(always)]
    fn offer_places(&self, sought: &Sought, places: &[u32], best: &mut Best) {
        // Sketches of a large library are far apart in memory: those of some places are called for
        // before the first of them is looked at.
        let mut called: [&[u64]; CALLED_AT_ONCE] = [&[]; CALLED_AT_ONCE];
        for places in places.chunks(CALLED_AT_ONCE) {
            for (sketch, &place) in called.iter_mut().zip(places) {
                *sketch = self.store.sketch(place);
                prefetch(sketch);
            }
            for (sketch, &place) in called.iter().zip(places) {
                let of_cell = sought.cells[self.store.cell(place)];
                let likeness = of_cell + sought.question.likeness(sketch);
                best.offer(Scored { likeness, place });
            }
        }
    }

    #[inline(always)]
    fn offer_pages(&self, sought: &Sought, pages: &[Page], best: &mut Best) {
        let words = sketch::words(self.cells.turned());
        for page in pages {
            let of_cell = sought.cells[page.cell];
            let sketches = page.sketches.chunks_exact(words);
            for (place, sketch) in (page.first_place..).zip(sketches) {
                let likeness = of_cell + sought.question.likeness(sketch);
                best.offer(Scored { likeness, place });
            }
        }
    }
}

/// Has the processor fetch what will be read, without waiting for it.
#[inline(always)]
fn prefetch(words: &[u64]) {
    #[cfg(target_arch = "x86_64")]
    for line in words.chunks(CACHE_LINE_WORDS) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: nothing is read, and the address is one that may be.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = words;
}
