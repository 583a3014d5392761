//! What another pack does to the records that are there: what could not be read any more is refused, and
//! what they lack is said.

use std::path::Path;

use mission::effects::{Effect, What, effects};
use mission::load::{load, load_in_use};
use mission::pack::Pack;
use mission::register::Register;
use model::finding::Finding;
use policy::Viewer;

use crate::accounts::must_administer;
use crate::error::AppError;
use crate::node::Node;
use crate::own_forms::OwnForms;
use crate::packs::{PackFolders, capped};

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
        let pack = self.loaded(&folders)?;
        let own = OwnForms::of_node(self.store.ground())?;
        let Some(own) = own.filter(|own| own.layer() != pack.name.as_str()) else {
            return Ok((folders, pack));
        };
        let folders = own.onto(folders, &pack);
        let pack = self.loaded(&folders)?;
        Ok((folders, pack))
    }

    /// A pack for this node. Forms that cannot be used now do not refuse it where they still cannot be:
    /// whoever mends one need not mend all others in the same moment.
    pub(crate) fn loaded(&self, folders: &PackFolders) -> Result<Pack, AppError> {
        let is_unusable = |register: &Register| register.compiled.is_unusable();
        let was_unusable = |register: &Register| {
            self.pack().register(register.name.as_str()).is_some_and(is_unusable)
        };
        let pack = load(folders.name(), folders).or_else(|findings| {
            let pack = load_in_use(folders.name(), folders).ok().filter(|pack| {
                let mut unusable = pack.registers.values().filter(|register| is_unusable(register));
                unusable.all(was_unusable)
            });
            pack.ok_or(findings)
        });
        pack.map_err(|findings| AppError::invalid(capped(findings)))
    }

    /// What a pack in the place of the present one does to the records; errors where something of them
    /// could not be read any more.
    pub(crate) fn effects_of(&self, after: &Pack) -> Result<Vec<Finding>, AppError> {
        let mut findings = Vec::new();
        for effect in effects(self.pack(), after) {
            findings.extend(self.effect_on_records(&effect)?);
        }
        Ok(capped(findings))
    }

    /// What an effect means for the records that it concerns; nothing where it concerns none.
    fn effect_on_records(&self, effect: &Effect) -> Result<Vec<Finding>, AppError> {
        let Effect { register, field, what } = effect;
        let store = &self.store;
        let counted = match (what, field) {
            (What::RegisterGone, _) | (_, None) => {
                vec![(Finding::error("pack-register-gone"), store.held(register)?)]
            }
            (What::FieldGone(path), Some(field)) => {
                let finding = Finding::error("pack-field-gone").with("field", path);
                vec![(finding, store.held_in(register, field)?)]
            }
            (What::Retyped { path, before, after }, Some(field)) => {
                let finding = Finding::error("pack-field-retyped").with("field", path);
                let finding = finding.with("before", before).with("after", after);
                vec![(finding, store.held_in(register, field)?)]
            }
            (What::CodesGone(codes), Some(field)) => {
                let held = store.held_codes(register, field)?;
                let gone = codes.iter().filter_map(|code| Some((code, *held.get(code)?)));
                let gone = gone.map(|(code, records)| {
                    let finding = Finding::error("pack-code-gone").with("code", code);
                    (finding.with("field", field), records)
                });
                gone.collect()
            }
            (What::Required, Some(field)) => {
                let lacking = store.held(register)?.saturating_sub(store.held_in(register, field)?);
                vec![(Finding::warning("pack-field-demanded").with("field", field), lacking)]
            }
        };
        let concerned = counted.into_iter().filter(|(_finding, records)| *records > 0);
        let told = concerned
            .map(|(finding, records)| finding.with("register", register).with("records", records));
        Ok(told.collect())
    }
}
