//! The store as its callers see it: what SQL answers against what memory answers, what may be seen,
//! the merge, everything derived, damage, a full disk, sudden death.

#![expect(clippy::panic, reason = "a test helper that cannot go on has failed")]

mod damage;
mod derived;
mod disk;
mod filters;
mod generated;
mod kill;
mod merge;
mod pack;
mod points;
mod reference;
mod rights;
mod support;
mod upgrade;
mod windows;
mod world;
