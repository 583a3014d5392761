//! What the program ends with: kinds of errors as exit codes.

use std::process::ExitCode;

use app::{AppError, Kind};
use model::finding::Finding;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// As it was asked.
    Done = 0,
    /// The data or what somebody gave is wrong.
    Invalid = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Refused: not there, or not for this user.
    Refused = 3,
    /// The disk, a lock or a folder is not to be had; later it may be.
    Unavailable = 4,
    /// A fault of the program.
    Internal = 70,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Kind> for Exit {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Invalid | Kind::Conflict | Kind::Damaged => Self::Invalid,
            Kind::DeniedOrAbsent => Self::Refused,
            Kind::Unavailable => Self::Unavailable,
            Kind::Internal => Self::Internal,
        }
    }
}

/// A run that did not do what was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How it ends.
    pub(crate) exit: Exit,
    /// What a person is told. Nothing where the one who listened is gone.
    pub(crate) findings: Vec<Finding>,
}

impl Failure {
    /// A failure of one finding.
    pub(crate) fn new(exit: Exit, finding: Finding) -> Self {
        Self { exit, findings: vec![finding] }
    }

    /// Wrong input.
    pub(crate) fn invalid(finding: Finding) -> Self {
        Self::new(Exit::Invalid, finding)
    }

    /// A fault of the program that nothing expected; what it was is on stderr already.
    pub(crate) fn fault() -> Self {
        Self::new(Exit::Internal, Finding::error("internal").with("what", "panic"))
    }

    /// Output that could not be written. A reader that has seen enough (`casque query | head`) is no
    /// failure.
    pub(crate) fn output(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self { exit: Exit::Done, findings: Vec::new() };
        }
        Self::new(Exit::Unavailable, Finding::error("output-failed").with("what", error))
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        if let Some(source) = &error.source {
            tracing::debug!(kind = ?error.kind, %source, "use case failed");
        }
        if error.findings.iter().any(|finding| finding.code == "output-closed") {
            return Self { exit: Exit::Done, findings: Vec::new() };
        }
        Self { exit: error.kind.into(), findings: error.findings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_exit_code() {
        let code = |kind: Kind| Exit::from(kind) as u8;
        assert_eq!([Kind::Invalid, Kind::Conflict, Kind::Damaged].map(code), [1, 1, 1]);
        assert_eq!([Kind::DeniedOrAbsent, Kind::Unavailable, Kind::Internal].map(code), [3, 4, 70]);
        assert_eq!((Exit::Done as u8, Exit::Usage as u8), (0, 2));
    }

    #[test]
    fn a_reader_that_left_is_no_failure() {
        let closed = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert_eq!(Failure::output(&closed).exit, Exit::Done);
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert_eq!(Failure::output(&full).exit, Exit::Unavailable);
    }
}
