//! The store as its callers see it: what SQL answers against what memory answers, what may be seen,
//! the merge, everything derived, damage, a full disk, sudden death.

mod damage;
mod derived;
mod filters;
mod full;
mod generated;
mod kill;
mod merge;
mod pack;
mod reference;
mod rights;
mod support;
