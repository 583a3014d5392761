//! Records that rows name by their keys: a link to one that is not there is kept, and told.
//!
//! A record the importer may not read is told as one that is not there.

use std::collections::BTreeMap;

use mission::mapping::Linked;
use mission::pack::Pack;
use model::finding::Finding;
use model::id::{Name, RecordId};
use policy::{Action, Rule, Viewer};
use store::{Existing, Writer};

use crate::error::AppError;
use crate::registers::schema;

/// What looking for them needs at hand.
pub(super) struct Links<'a> {
    viewer: &'a Viewer,
    pack: &'a Pack,
    rules: BTreeMap<Name, Rule>,
}

impl<'a> Links<'a> {
    pub(super) const fn new(viewer: &'a Viewer, pack: &'a Pack) -> Self {
        Self { viewer, pack, rules: BTreeMap::new() }
    }

    /// A warning for each that is not there; those of earlier rows of the same file are.
    pub(super) fn missing(
        &mut self,
        writer: &Writer<'_>,
        links: &[Linked],
        earlier: &BTreeMap<RecordId, u32>,
    ) -> Result<Vec<Finding>, AppError> {
        let mut missing = Vec::new();
        for link in links.iter().filter(|link| !earlier.contains_key(&link.id)) {
            if !self.is_there(writer, link)? {
                let finding = Finding::warning("import-link-absent").in_column(link.field.as_str());
                let finding = finding.with("field", &link.field).with("key", &link.key);
                missing.push(finding.with("register", &link.register));
            }
        }
        Ok(missing)
    }

    fn is_there(&mut self, writer: &Writer<'_>, link: &Linked) -> Result<bool, AppError> {
        let Some(register) = self.pack.register(link.register.as_str()) else { return Ok(false) };
        let viewer = self.viewer;
        let rule = self.rules.entry(link.register.clone());
        let rule = rule.or_insert_with(|| viewer.rule(Action::Read, &schema(register)));
        Ok(match writer.row_for(rule, &link.register, &link.id)? {
            Existing::Live(_) => true,
            Existing::Merged => {
                writer.record_for(viewer, Action::Read, &link.register, &link.id)?.is_some()
            }
            Existing::Absent | Existing::Hidden | Existing::Deleted => false,
        })
    }
}
