//! The best of many, without an order among them.

use std::cmp::Ordering;

#[derive(Clone, Copy)]
pub struct Scored {
    pub likeness: f32,
    pub place: u32,
}

/// The best so far. They are told apart from the others each time that as many again have come.
pub struct Best {
    limit: usize,
    scored: Vec<Scored>,
    /// What is less alike than this is none of them.
    least: f32,
}

impl Best {
    pub fn new(limit: usize) -> Self {
        Best::above(f32::NEG_INFINITY, limit)
    }

    /// Where it is known already that less than this is none of the best.
    pub fn above(least: f32, limit: usize) -> Self {
        Best {
            limit: limit.max(1),
            scored: Vec::new(),
            least,
        }
    }

    /// What is less alike than this is none of the best.
    pub fn least(&mut self) -> f32 {
        self.clear();
        self.least
    }

    /// How alike the last of so many of the best is; what is less alike is none of those.
    pub fn least_of(&mut self, count: usize) -> f32 {
        if count == 0 || self.scored.len() < count {
            return f32::NEG_INFINITY;
        }
        let (_, last, _) = self.scored.select_nth_unstable_by(count - 1, more_alike);
        last.likeness
    }

    #[inline(always)]
    pub fn offer(&mut self, scored: Scored) {
        if scored.likeness.total_cmp(&self.least).is_ge() {
            self.scored.push(scored);
            if self.scored.len() >= 2 * self.limit {
                self.clear();
            }
        }
    }

    pub fn taken(mut self) -> Vec<Scored> {
        self.clear();
        self.scored
    }

    fn clear(&mut self) {
        if self.scored.len() >= self.limit {
            let (_, last, _) = self
                .scored
                .select_nth_unstable_by(self.limit - 1, more_alike);
            self.least = last.likeness;
            self.scored.truncate(self.limit);
        }
    }
}

fn more_alike(a: &Scored, b: &Scored) -> Ordering {
    b.likeness.total_cmp(&a.likeness)
}
