//! Filters from the outside: what is read, what it means, what is refused and how.

#![expect(clippy::panic, reason = "a test helper that cannot go on has failed")]

mod agreement;
mod findings;
mod generated;
mod hostile;
mod meaning;
mod naive;
mod register;
