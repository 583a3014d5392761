//! The one error of this crate: what kind it is, what a person is told, what caused it.

use std::error::Error;
use std::fmt;

use model::finding::Finding;
use store::StoreError;

/// What a caller does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person's input is wrong; the findings say how to mend it.
    Invalid,
    /// There is no such thing, or the user may not see or do it: the same from outside.
    DeniedOrAbsent,
    /// Somebody else was quicker, or the thing exists already.
    Conflict,
    /// The disk, a lock or a folder is not to be had at the moment.
    Unavailable,
    /// The node's data is damaged.
    Damaged,
    /// A fault of the program.
    Internal,
}

/// A use case that did not happen. Nothing of it was kept unless the findings say so.
#[derive(Debug)]
pub struct AppError {
    /// What a caller does about it.
    pub kind: Kind,
    /// What a person is told, all at once.
    pub findings: Vec<Finding>,
    /// For the log, never for the person.
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl AppError {
    /// Wrong input.
    pub fn invalid(findings: impl Into<Vec<Finding>>) -> Self {
        Self { kind: Kind::Invalid, findings: findings.into(), source: None }
    }

    /// An error of one finding.
    pub fn new(kind: Kind, finding: Finding) -> Self {
        Self { kind, findings: vec![finding], source: None }
    }

    /// What is not there, or not for this user.
    pub fn absent(what: &'static str, name: impl fmt::Display) -> Self {
        Self::new(Kind::DeniedOrAbsent, Finding::error(what).with("name", name))
    }

    /// A failed operation on a file or folder.
    pub fn file(path: &std::path::Path, error: std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => Kind::Invalid,
            _ => Kind::Unavailable,
        };
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => "file-not-found",
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                "file-not-allowed"
            }
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "store-full",
            std::io::ErrorKind::IsADirectory => "file-is-folder",
            _ => "file-failed",
        };
        let finding = Finding::error(code).in_file(path.display().to_string()).with("what", &error);
        Self { kind, findings: vec![finding], source: Some(Box::new(error)) }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, finding) in self.findings.iter().enumerate() {
            if nth > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl Error for AppError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// Bytes that could not be written out.
impl From<std::io::Error> for AppError {
    fn from(error: std::io::Error) -> Self {
        let finding = Finding::error("export-unwritten").with("cause", &error);
        Self { kind: Kind::Internal, findings: vec![finding], source: Some(Box::new(error)) }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let kind = match &error {
            StoreError::Full(_)
            | StoreError::Disk(_)
            | StoreError::ReadOnly(_)
            | StoreError::Busy(_)
            | StoreError::CannotOpen(_)
            | StoreError::Lock(_)
            | StoreError::Newer { .. } => Kind::Unavailable,
            StoreError::Damaged(_) | StoreError::Decode(_) => Kind::Damaged,
            StoreError::Forked(_) => Kind::Conflict,
            StoreError::NoRegister(_)
            | StoreError::Encode(_)
            | StoreError::Append(_)
            | StoreError::Refused(_)
            | StoreError::BadKey(_) => Kind::Invalid,
            StoreError::Database(_) => Kind::Internal,
        };
        Self { kind, findings: vec![error.finding()], source: Some(Box::new(error)) }
    }
}
