//! The packs of this repository, read from disk: they must load without an error or a warning.

mod disk;
mod real_packs;
