//! The sketches of a collection's points, by id, and the choice of those most alike among many.

use std::collections::HashMap;
use std::thread::{self, available_parallelism};

use crate::sketch::{Question, Sketcher, is_sketch};
use crate::slabs::Slabs;

/// Ids of a library are given out one after the other, so sketches lie in pages by id.
const PAGE_IDS: u64 = 512;
/// A thread more is worth its start from so many on.
const IDS_FOR_THREAD: usize = 20_000;
const MOST_THREADS: usize = 4;
const CALLED_AT_ONCE: usize = 32;
const CACHE_LINE_WORDS: usize = 8;

pub struct Sketches {
    sketcher: Sketcher,
    /// Where the page of ids lies, and whose ids it holds that lies there.
    pages: HashMap<u64, usize>,
    numbers: Vec<u64>,
    slabs: Slabs,
    count: usize,
}

#[derive(Clone, Copy)]
struct Scored {
    likeness: f32,
    id: u64,
}

/// What one thread looks through.
#[derive(Clone, Copy)]
enum Share<'ids> {
    /// Ids, which are whole numbers.
    Listed(&'ids [f64]),
    /// Pages: the number by which the ids are found, and where it lies.
    All(&'ids [(u64, usize)]),
}

/// Of one thread's share, or of all.
pub struct Chosen {
    /// Those most alike, in no order.
    pub best: Vec<u64>,
    /// Those that were listed and have no sketch.
    pub without: Vec<u64>,
}

struct Part {
    best: Vec<Scored>,
    without: Vec<u64>,
}

impl Sketches {
    pub fn new(centre: &[f32]) -> Self {
        let sketcher = Sketcher::new(centre);
        Sketches {
            slabs: Slabs::new(sketcher.words() * PAGE_IDS as usize),
            sketcher,
            pages: HashMap::new(),
            numbers: Vec::new(),
            count: 0,
        }
    }

    /// How many points have a sketch.
    pub fn count(&self) -> usize {
        self.count
    }

    pub fn words(&self) -> usize {
        self.sketcher.words()
    }

    pub fn has(&self, id: u64) -> bool {
        self.get(id).is_some()
    }

    /// Makes the sketch of a vector and keeps it; returns it.
    pub fn put(&mut self, id: u64, vector: &[f32]) -> &[u64] {
        let mut sketch = vec![0; self.words()];
        self.sketcher.sketch(vector, &mut sketch);
        self.put_made(id, &sketch)
    }

    /// @param sketch one that `put` returned.
    pub fn put_made(&mut self, id: u64, sketch: &[u64]) -> &[u64] {
        let words = self.words();
        let number = id / PAGE_IDS;
        let page = *self.pages.entry(number).or_insert_with(|| {
            self.numbers.push(number);
            self.slabs.add()
        });
        let kept = &mut self.slabs.page_mut(page)[start(id, words)..][..words];
        self.count += usize::from(!is_sketch(kept));
        kept.copy_from_slice(sketch);
        kept
    }

    /// Whether there was one.
    pub fn remove(&mut self, id: u64) -> bool {
        let words = self.words();
        let Some(&page) = self.pages.get(&(id / PAGE_IDS)) else {
            return false;
        };
        let kept = &mut self.slabs.page_mut(page)[start(id, words)..][..words];
        let was = is_sketch(kept);
        kept.fill(0);
        self.count -= usize::from(was);
        was
    }

    pub fn iter(&self) -> impl Iterator<Item = (u64, &[u64])> {
        let words = self.words();
        let pages = self.numbers.iter().zip(0..);
        pages.flat_map(move |(number, page)| {
            (number * PAGE_IDS..)
                .zip(self.slabs.page(page).chunks_exact(words))
                .filter(|(_, sketch)| is_sketch(sketch))
        })
    }

    fn get(&self, id: u64) -> Option<&[u64]> {
        let words = self.words();
        let page = self.slabs.page(*self.pages.get(&(id / PAGE_IDS))?);
        Some(&page[start(id, words)..][..words]).filter(|sketch| is_sketch(sketch))
    }

    pub fn question(&self, vector: &[f32]) -> Question {
        self.sketcher.question(vector)
    }

    /// The `limit` points whose sketches are most like the question, of these ids or of all.
    pub fn likeliest(&self, question: &Question, among: Option<&[f64]>, limit: usize) -> Chosen {
        let parts = match among {
            Some(ids) => side_by_side(ids, IDS_FOR_THREAD, |ids| {
                self.part(question, Share::Listed(ids), limit)
            }),
            None => {
                let pages: Vec<_> = self.numbers.iter().copied().zip(0..).collect();
                side_by_side(&pages, IDS_FOR_THREAD / PAGE_IDS as usize, |pages| {
                    self.part(question, Share::All(pages), limit)
                })
            }
        };
        let mut best = Best::new(limit);
        let mut without = Vec::new();
        for part in parts {
            part.best.into_iter().for_each(|scored| best.offer(scored));
            without.extend(part.without);
        }
        let best = best.taken().iter().map(|scored| scored.id).collect();
        Chosen { best, without }
    }

    fn part(&self, question: &Question, share: Share, limit: usize) -> Part {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512vpopcntdq") && is_x86_feature_detected!("avx512vl") {
            // SAFETY: the processor has what the function is compiled for.
            return unsafe { self.part_avx512(question, share, limit) };
        } else if is_x86_feature_detected!("popcnt") {
            // SAFETY: as above.
            return unsafe { self.part_popcnt(question, share, limit) };
        }
        self.part_plain(question, share, limit)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512vl,avx512vpopcntdq,popcnt")]
    fn part_avx512(&self, question: &Question, share: Share, limit: usize) -> Part {
        self.part_plain(question, share, limit)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "popcnt")]
    fn part_popcnt(&self, question: &Question, share: Share, limit: usize) -> Part {
        self.part_plain(question, share, limit)
    }

    #[inline(always)]
    fn part_plain(&self, question: &Question, share: Share, limit: usize) -> Part {
        match share {
            Share::Listed(ids) => self.listed(question, ids, limit),
            Share::All(pages) => self.all(question, pages, limit),
        }
    }

    #[inline(always)]
    fn listed(&self, question: &Question, ids: &[f64], limit: usize) -> Part {
        let mut best = Best::new(limit);
        let mut without = Vec::new();
        let mut pages = Pages::new(self);
        // Sketches of a large library are far apart in memory: those of some ids are called for before
        // the first of them is looked at.
        let mut called: [&[u64]; CALLED_AT_ONCE] = [&[]; CALLED_AT_ONCE];
        for ids in ids.chunks(CALLED_AT_ONCE) {
            for (sketch, &id) in called.iter_mut().zip(ids) {
                *sketch = pages.sketch(id as u64);
                prefetch(sketch);
            }
            for (sketch, &id) in called.iter().zip(ids) {
                let id = id as u64;
                if is_sketch(sketch) {
                    let likeness = question.likeness(sketch);
                    best.offer(Scored { likeness, id });
                } else {
                    without.push(id);
                }
            }
        }
        let best = best.taken();
        Part { best, without }
    }

    #[inline(always)]
    fn all(&self, question: &Question, pages: &[(u64, usize)], limit: usize) -> Part {
        let mut best = Best::new(limit);
        for &(number, page) in pages {
            let sketches = self.slabs.page(page).chunks_exact(self.words());
            for (id, sketch) in (number * PAGE_IDS..).zip(sketches) {
                if is_sketch(sketch) {
                    let likeness = question.likeness(sketch);
                    best.offer(Scored { likeness, id });
                }
            }
        }
        Part {
            best: best.taken(),
            without: Vec::new(),
        }
    }
}

/// Work on even shares of the items, in as many threads as the machine and `fewest` allow.
fn side_by_side<Item: Sync>(
    items: &[Item],
    fewest: usize,
    work: impl Fn(&[Item]) -> Part + Sync,
) -> Vec<Part> {
    let cores = available_parallelism().map_or(1, usize::from);
    let threads = (items.len() / fewest).clamp(1, cores.min(MOST_THREADS));
    let mut shares = items.chunks(items.len().div_ceil(threads).max(1));
    thread::scope(|scope| {
        let first = shares.next();
        let others: Vec<_> = shares.map(|share| scope.spawn(|| work(share))).collect();
        let first = first.map(&work);
        let others = others.into_iter().map(|part| part.join().expect("a part"));
        first.into_iter().chain(others).collect()
    })
}

/// Lists are mostly in the order of their ids: a page is looked up once.
struct Pages<'sketches> {
    sketches: &'sketches Sketches,
    words: usize,
    number: u64,
    page: &'sketches [u64],
}

impl<'sketches> Pages<'sketches> {
    fn new(sketches: &'sketches Sketches) -> Self {
        Pages {
            sketches,
            words: sketches.words(),
            number: u64::MAX,
            page: &[],
        }
    }

    /// What lies in the place of its sketch; nothing where there is no such place.
    #[inline(always)]
    fn sketch(&mut self, id: u64) -> &'sketches [u64] {
        let number = id / PAGE_IDS;
        if number != self.number {
            self.number = number;
            let page = self.sketches.pages.get(&number);
            self.page = page.map_or(&[], |&page| self.sketches.slabs.page(page));
        }
        let start = start(id, self.words);
        self.page.get(start..start + self.words).unwrap_or(&[])
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

/// Where the sketch of an id begins in its page.
#[inline(always)]
fn start(id: u64, words: usize) -> usize {
    (id % PAGE_IDS) as usize * words
}

/// The best so far. They are told apart from the others each time that as many again have come.
struct Best {
    limit: usize,
    scored: Vec<Scored>,
    /// What is less alike than this is none of them.
    least: f32,
}

impl Best {
    fn new(limit: usize) -> Self {
        Best {
            limit,
            scored: Vec::new(),
            least: f32::NEG_INFINITY,
        }
    }

    #[inline(always)]
    fn offer(&mut self, scored: Scored) {
        if scored.likeness.total_cmp(&self.least).is_ge() {
            self.scored.push(scored);
            if self.scored.len() >= 2 * self.limit {
                self.clear();
            }
        }
    }

    fn taken(mut self) -> Vec<Scored> {
        self.clear();
        self.scored
    }

    fn clear(&mut self) {
        if self.scored.len() > self.limit {
            let order = |a: &Scored, b: &Scored| b.likeness.total_cmp(&a.likeness);
            let (_, last, _) = self.scored.select_nth_unstable_by(self.limit - 1, order);
            self.least = last.likeness;
            self.scored.truncate(self.limit);
        }
    }
}
