//! Where the sketch of each point lies, by id.

use std::collections::HashMap;

/// Ids of a library are given out one after the other, so places lie in pages by id.
const PAGE_IDS: u64 = 512;
const NOWHERE: u32 = u32::MAX;

#[derive(Default)]
pub struct Places {
    pages: HashMap<u64, Box<[u32; PAGE_IDS as usize]>>,
}

impl Places {
    pub fn get(&self, id: u64) -> Option<u32> {
        self.lookup().get(id)
    }

    pub fn set(&mut self, id: u64, place: u32) {
        let page = self.pages.entry(id / PAGE_IDS);
        page.or_insert_with(|| Box::new([NOWHERE; PAGE_IDS as usize]))[in_page(id)] = place;
    }

    /// Returns where it was.
    pub fn remove(&mut self, id: u64) -> Option<u32> {
        let place = self.pages.get_mut(&(id / PAGE_IDS))?.get_mut(in_page(id))?;
        Some(std::mem::replace(place, NOWHERE)).filter(|&place| place != NOWHERE)
    }

    pub fn lookup(&self) -> Lookup<'_> {
        Lookup {
            places: self,
            number: u64::MAX,
            page: None,
        }
    }
}

/// Lists are mostly in the order of their ids: a page is looked up once.
pub struct Lookup<'places> {
    places: &'places Places,
    number: u64,
    page: Option<&'places [u32; PAGE_IDS as usize]>,
}

impl Lookup<'_> {
    #[inline(always)]
    pub fn get(&mut self, id: u64) -> Option<u32> {
        let number = id / PAGE_IDS;
        if number != self.number {
            self.number = number;
            self.page = self.places.pages.get(&number).map(Box::as_ref);
        }
        let place = self.page?[in_page(id)];
        (place != NOWHERE).then_some(place)
    }
}

fn in_page(id: u64) -> usize {
    (id % PAGE_IDS) as usize
}
