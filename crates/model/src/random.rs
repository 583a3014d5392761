//! Randomness as a parameter.

/// A source of bytes nobody can guess. Tests give a seeded one.
pub trait Randomness {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}
