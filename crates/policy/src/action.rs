//! What can be done to records.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Why a text is not an action.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is not an action")]
pub struct ParseActionError(pub String);

/// Something done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Seeing it, counting it, finding it.
    Read,
    /// Taking it out in a file.
    Export,
    /// Making a new one.
    Create,
    /// Changing its fields.
    Edit,
    /// Moving it on in its workflow.
    Transition,
    /// Commenting on it.
    Comment,
    /// Deciding between values that conflict.
    Settle,
    /// Attaching files.
    Attach,
    /// Linking it with another.
    Link,
    /// Bringing it in with a file.
    Import,
    /// Deleting it, and undoing that.
    Delete,
    /// Erasing its content for good.
    Erase,
    /// Changing packs, users and devices.
    Administer,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Read,
        Self::Export,
        Self::Create,
        Self::Edit,
        Self::Transition,
        Self::Comment,
        Self::Settle,
        Self::Attach,
        Self::Link,
        Self::Import,
        Self::Delete,
        Self::Erase,
        Self::Administer,
    ];

    /// The word for it in packs and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Export => "export",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Transition => "transition",
            Self::Comment => "comment",
            Self::Settle => "settle",
            Self::Attach => "attach",
            Self::Link => "link",
            Self::Import => "import",
            Self::Delete => "delete",
            Self::Erase => "erase",
            Self::Administer => "administer",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Action {
    type Err = ParseActionError;

    fn from_str(text: &str) -> Result<Self, ParseActionError> {
        let found = Self::ALL.into_iter().find(|action| action.code() == text);
        found.ok_or_else(|| ParseActionError(text.to_owned()))
    }
}
