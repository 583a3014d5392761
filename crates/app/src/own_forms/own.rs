//! The form of a register as form clients read it.

use forms::own::{About, fingerprint, workbook};
use forms::sheet::Sheet;
use forms::xform::{Emitted, emit};
use mission::register::Register;
use model::id::Name;
use model::time::Date;
use policy::Viewer;

use crate::error::{AppError, Kind};
use crate::node::Node;

/// Digits of a form's version.
const VERSION_DIGITS: usize = 12;

/// The form of a register as an `XForm`, with the codes of `day`. Its version changes whenever a
/// client would see another form.
pub fn xform(register: &Register, language: &str, day: Date) -> Result<Emitted, AppError> {
    let surveys: Vec<Sheet<'_>> = register.surveys.iter().map(|survey| survey.sheet()).collect();
    let hash = blake3::hash(fingerprint(&surveys, &register.lists, day).as_bytes()).to_hex();
    let about = About {
        id: register.name.as_str(),
        title: register.labels.get(language).unwrap_or(register.name.as_str()),
        version: hash.get(..VERSION_DIGITS).unwrap_or_default(),
        language,
        title_field: register.title_field.as_ref().map(Name::as_str),
        day,
    };
    let book = workbook(&surveys, &register.lists, &about);
    emit(&book, about.id).map_err(|findings| AppError {
        kind: Kind::Invalid,
        findings,
        source: None,
    })
}

impl Node {
    /// The form of a register the viewer may read or file into.
    pub fn register_xform(
        &self,
        viewer: &Viewer,
        name: &str,
        language: &str,
    ) -> Result<Emitted, AppError> {
        let register = self.register_for(viewer, name)?;
        xform(register, language, self.environment.clock.now().date())
    }
}
