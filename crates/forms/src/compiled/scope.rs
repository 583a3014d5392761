//! Which parts of a form a record is held to: all of them, or those that a change has to do with.
//!
//! What a change has nothing to do with stays as it is, whatever the form says of it today: a form may
//! have changed since. What its author cannot read stays as it is as well, and so does every question
//! whose expressions look at it: whatever were said of one would tell of the other.

use std::collections::BTreeSet;

use model::id::Name;

use super::Compiled;
use super::order::Reads;

/// A change of a record.
#[derive(Clone, Copy, Debug)]
pub struct Change<'c> {
    /// The fields that it gives another value.
    pub touched: &'c BTreeSet<Name>,
    /// Whether it moves the day on which codes must hold.
    pub moves_day: bool,
    /// The fields that its author cannot read.
    pub closed: &'c BTreeSet<Name>,
}

/// What becomes of a part in a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// It is computed, and judged.
    Held,
    /// It stays as it is. Whether a group is asked is told to what is in it.
    Kept,
    /// It stays as it is, and nothing of it is evaluated.
    Fixed,
}

impl Compiled {
    /// What becomes of each part in a change, by its place in the shape.
    pub(super) fn stances(&self, change: &Change<'_>) -> Vec<Stance> {
        let fixed = self.fixed(change.closed);
        let is_fixed = |part: usize| fixed.get(part) == Some(&true);
        let other = self.other(change.touched, &is_fixed);
        let is_other = |part: usize| other.get(part) == Some(&true);
        let reads = |reads: &Reads| reads.all.iter().any(|read| is_other(*read));
        let stance = |(part, read): (usize, &Reads)| match () {
            () if is_fixed(part) => Stance::Fixed,
            () if is_other(part) || reads(read) => Stance::Held,
            () => Stance::Kept,
        };
        self.reads.iter().enumerate().map(stance).collect()
    }

    /// Parts that are closed, that look at what is, or that stand in such a part.
    fn fixed(&self, closed: &BTreeSet<Name>) -> Vec<bool> {
        let mut secret = vec![false; self.rules.len()];
        for part in self.parts_of(closed) {
            mark(&mut secret, part);
        }
        let mut fixed = secret.clone();
        for (part, reads) in self.reads.iter().enumerate() {
            let around = self.shape.get(part).and_then(|part| part.parent);
            let is_within = around.is_some_and(|around| fixed.get(around) == Some(&true));
            if is_within || reads.all.iter().any(|read| secret.get(*read) == Some(&true)) {
                mark(&mut fixed, part);
            }
        }
        fixed
    }

    /// Parts whose values are others, or may become others by it.
    fn other(&self, touched: &BTreeSet<Name>, is_fixed: &dyn Fn(usize) -> bool) -> Vec<bool> {
        let mut other = vec![false; self.rules.len()];
        for part in self.parts_of(touched) {
            mark(&mut other, part);
        }
        loop {
            let follows = |(part, reads): (usize, &Reads)| {
                let is_new = other.get(part) == Some(&false) && !is_fixed(part);
                let mut reads = reads.by_value.iter();
                (is_new && reads.any(|read| other.get(*read) == Some(&true))).then_some(part)
            };
            let more: Vec<usize> = self.reads.iter().enumerate().filter_map(follows).collect();
            if more.is_empty() {
                return other;
            }
            for part in more {
                mark(&mut other, part);
            }
        }
    }

    /// The parts of these fields, with everything in them.
    fn parts_of<'c>(&'c self, fields: &'c BTreeSet<Name>) -> impl Iterator<Item = usize> + 'c {
        let is_named = |part: &usize| {
            let field = self.rules.get(*part).and_then(|rule| rule.field.as_ref());
            !self.is_column(*part) && field.is_some_and(|field| fields.contains(&field.name))
        };
        let named = (0..self.rules.len()).filter(move |part| is_named(part));
        named.flat_map(|part| self.shape.below(part))
    }

    /// Whether a part stands in the rows of a repeat.
    pub(super) fn is_column(&self, part: usize) -> bool {
        let around = self.shape.get(part).and_then(|part| part.parent);
        around.is_some_and(|around| self.shape.is_repeated(around))
    }
}

fn mark(parts: &mut [bool], part: usize) {
    if let Some(known) = parts.get_mut(part) {
        *known = true;
    }
}
