//! Work on many things of one kind, shared out among a few threads.

use std::thread::{self, available_parallelism};

/// More gain nothing, as all wait for the same memory.
const MOST_THREADS: usize = 4;

/// Work on even shares of the items, in their order, in as many threads as the machine allows and as
/// have `fewest` items each.
pub fn side_by_side<Item: Sync, Part: Send>(
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
