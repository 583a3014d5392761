//! What another pack does to the records that are there: what could not be read any more is refused, and
//! what they lack is said.

use std::path::Path;

use mission::effects::{Effect, What, effects};
use mission::pack::Pack;
use model::finding::Finding;
use model::id::Name;
use policy::Viewer;

use crate::accounts::must_administer;
use crate::error::AppError;
use crate::node::Node;
use crate::own_forms::OwnForms;
use crate::packs::PackFolders;

impl Node {
    /// The pack in a folder as the node would take it, and what that does to its records.
    pub fn pack_to_be(
        &self,
        viewer: &Viewer,
        path: &Path,
    ) -> Result<(Pack, Vec<Finding>), AppError> {
        must_administer(viewer)?;
        let (_folders, pack) = self.pack_at(path)?;
        let findings = self.effects_of(&pack)?;
        Ok((pack, findings))
    }

    /// The pack in a folder. Forms that were taken in here stay, whatever the mission's pack becomes.
    pub(crate) fn pack_at(&self, path: &Path) -> Result<(PackFolders, Pack), AppError> {
        let folders = PackFolders::read(path)?;
        let loaded = |folders: &PackFolders| {
            mission::load::load(folders.name(), folders).map_err(AppError::invalid)
        };
        let pack = loaded(&folders)?;
        let own = OwnForms::of_node(self.store.ground())?;
        let Some(own) = own.filter(|own| own.layer() != pack.name.as_str()) else {
            return Ok((folders, pack));
        };
        let folders = own.onto(folders, &pack);
        let pack = loaded(&folders)?;
        Ok((folders, pack))
    }

    /// What a pack in the place of the present one does to the records; errors where something of them
    /// could not be read any more.
    pub(crate) fn effects_of(&self, after: &Pack) -> Result<Vec<Finding>, AppError> {
        let mut findings = Vec::new();
        for effect in effects(self.pack(), after) {
            findings.extend(self.effect_on_records(&effect)?);
        }
        Ok(findings)
    }

    /// What an effect means for the records that it concerns; nothing where it concerns none.
    fn effect_on_records(&self, effect: &Effect) -> Result<Option<Finding>, AppError> {
        let Effect { register, field, what } = effect;
        let records = self.concerned(register, field.as_ref(), what)?;
        let finding = match what {
            _ if records == 0 => return Ok(None),
            What::RegisterGone => Finding::error("pack-register-gone"),
            What::FieldGone(path) => Finding::error("pack-field-gone").with("field", path),
            What::Retyped { path, before, after } => Finding::error("pack-field-retyped")
                .with("field", path)
                .with("before", before)
                .with("after", after),
            What::CodeGone(code) => Finding::error("pack-code-gone").with("code", code),
            What::Required => Finding::warning("pack-field-demanded"),
        };
        let finding = match (what, field) {
            (What::CodeGone(_) | What::Required, Some(field)) => finding.with("field", field),
            _ => finding,
        };
        Ok(Some(finding.with("register", register).with("records", records)))
    }

    fn concerned(
        &self,
        register: &Name,
        field: Option<&Name>,
        what: &What,
    ) -> Result<u64, AppError> {
        let store = &self.store;
        Ok(match (what, field) {
            (_, None) => store.held(register)?,
            (What::CodeGone(code), Some(field)) => store.held_code(register, field, code)?,
            (What::Required, Some(field)) => {
                let all = store.held(register)?;
                all.saturating_sub(store.held_in(register, field)?)
            }
            (_, Some(field)) => store.held_in(register, field)?,
        })
    }
}
