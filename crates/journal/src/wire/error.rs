//! Why bytes are not journal, or an operation cannot become bytes.

use model::finding::Finding;
use model::id::Name;
use thiserror::Error;

/// Why bytes are not what they should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// The bytes end early, go on too long, or hold something else than expected.
    #[error("byte {at}: expected {expected}")]
    Malformed {
        /// Offset of the byte.
        at: usize,
        /// What should be there.
        expected: &'static str,
    },
    /// The bytes mean something, but are not the one form it is written in.
    #[error("byte {at}: not the canonical form")]
    NotCanonical {
        /// Offset of the byte; the end where the whole is meant.
        at: usize,
    },
    /// Well-formed, but not a value of its kind: a name with a capital, a place off the earth.
    #[error("byte {at}: not a valid {what}")]
    Invalid {
        /// Offset of the byte.
        at: usize,
        /// What it should be.
        what: &'static str,
    },
    /// A limit is broken.
    #[error("more {what} than the {max} allowed")]
    Limit {
        /// Of what there is too much.
        what: &'static str,
        /// How much is allowed.
        max: usize,
    },
}

/// Why an operation cannot become bytes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EncodeError {
    /// A limit is broken.
    #[error("{found} {what} are more than the {max} allowed")]
    Limit {
        /// Of what there is too much.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much is allowed.
        max: usize,
    },
    /// A field is set twice in one operation.
    #[error("field {0} is set twice")]
    RepeatedField(Name),
    /// The same thing (a path, a log, a recipient) is listed twice.
    #[error("{what} {which} is listed twice")]
    Repeated {
        /// What kind of thing.
        what: &'static str,
        /// Which one.
        which: String,
    },
    /// A line of fewer than two positions or an area without a polygon.
    #[error("a {0} without enough positions")]
    EmptyGeometry(&'static str),
    /// An operation of a kind this release does not know was changed or made up here.
    #[error("kind {0} cannot be written by this release")]
    UnknownKind(u64),
}

impl EncodeError {
    /// What a person is told.
    pub fn finding(&self) -> Finding {
        match self {
            Self::Limit { what, found, max } => Finding::error("journal-limit")
                .with("what", what)
                .with("found", found)
                .with("max", max),
            Self::RepeatedField(field) => {
                Finding::error("journal-field-twice").with("field", field)
            }
            Self::Repeated { what, which } => {
                Finding::error("journal-listed-twice").with("what", what).with("which", which)
            }
            Self::EmptyGeometry(shape) => {
                Finding::error("journal-empty-shape").with("shape", shape)
            }
            Self::UnknownKind(kind) => Finding::error("journal-unknown-kind").with("kind", kind),
        }
    }
}
