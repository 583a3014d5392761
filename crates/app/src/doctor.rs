//! The doctor: what is wrong with a node, and what mends it. It looks; it changes nothing.

use model::finding::Finding;
use model::time::Timestamp;
use policy::Viewer;

use crate::accounts::must_administer;
use crate::error::AppError;
use crate::node::Node;

/// A clock before the day this was written is wrong.
const EARLIEST_MS: i64 = 1_763_769_600_000;

/// How something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// As it should be.
    Good,
    /// Worth knowing.
    Warning(Finding),
    /// To be mended.
    Bad(Finding),
}

/// One thing the doctor looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What, as a stable code: `database`, `journal`, `pack`, `clock`, `conflicts`, `device-key`.
    pub what: &'static str,
    /// How it is.
    pub condition: Condition,
}

impl Node {
    /// Looks at everything.
    pub fn doctor(&self, viewer: &Viewer) -> Result<Vec<Check>, AppError> {
        must_administer(viewer)?;
        Ok(vec![
            Check { what: "database", condition: self.database_condition()? },
            Check { what: "journal", condition: self.journal_condition()? },
            Check { what: "device-key", condition: self.key_condition()? },
            Check { what: "clock", condition: self.clock_condition()? },
            Check { what: "pack", condition: self.pack_condition() },
            Check { what: "conflicts", condition: self.conflicts_condition(viewer)? },
        ])
    }

    fn database_condition(&self) -> Result<Condition, AppError> {
        let found = self.store.ground().integrity()?;
        Ok(match found.first() {
            None => Condition::Good,
            Some(first) => Condition::Bad(Finding::error("store-damaged").with("what", first)),
        })
    }

    fn journal_condition(&self) -> Result<Condition, AppError> {
        let verified = self.verify(&mut |_done, _all| {})?;
        Ok(verified.damage.into_iter().next().map_or(Condition::Good, Condition::Bad))
    }

    fn key_condition(&self) -> Result<Condition, AppError> {
        let device = self.signer.device();
        let heads = self.store.heads()?;
        let own = heads.iter().any(|(log, _)| log.device == device);
        Ok(if own { Condition::Good } else { Condition::Bad(Finding::error("device-key-foreign")) })
    }

    fn clock_condition(&self) -> Result<Condition, AppError> {
        let now = self.environment.clock.now();
        let last = self.store.last_time()?;
        let date = |at: Timestamp| at.to_string();
        Ok(if now.as_ms() < EARLIEST_MS {
            Condition::Bad(Finding::error("clock-wrong").with("now", date(now)))
        } else if last.is_suspect(now) {
            let finding = Finding::error("clock-behind").with("now", date(now));
            Condition::Bad(finding.with("last", date(last.wall())))
        } else {
            Condition::Good
        })
    }

    fn pack_condition(&self) -> Condition {
        self.pack().warnings.first().cloned().map_or(Condition::Good, Condition::Warning)
    }

    fn conflicts_condition(&self, viewer: &Viewer) -> Result<Condition, AppError> {
        let mut open = 0;
        for register in self.pack().registers.keys() {
            open += self.store.conflict_count(viewer, register)?;
        }
        Ok(match open {
            0 => Condition::Good,
            _ => Condition::Warning(Finding::warning("conflicts-open").with("count", open)),
        })
    }
}

/// A damaged log as a finding.
pub(crate) fn journal_damage(damage: &store::Damage) -> Finding {
    Finding::error("log-damaged")
        .with("log", damage.log)
        .with("device", damage.descriptor.device)
        .with("sequence", damage.sequence)
        .with("cause", &damage.cause)
}
