//! The form of a register as form clients read it: on phones, in browsers, as a file. Its shape, and
//! that of what is sent back, is told in [`forms::own`].

use forms::own::{About, Asking, OwnForm, list_file};
use forms::sheet::Sheet;
use forms::xform::{Emitted, emit};
use mission::pack::Pack;
use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::time::Date;
use policy::Viewer;

use crate::error::{AppError, Kind};
use crate::node::Node;

/// Digits of a form's version.
const VERSION_DIGITS: usize = 12;

/// The form of a register as an `XForm` that begins in a language, with the codes of `day`, and what is
/// not asked in it for want of codes. Its version changes whenever a client would be asked another
/// thing, and is the same in every language.
pub fn xform(
    pack: &Pack,
    register: &Register,
    language: &str,
    day: Date,
) -> Result<(Emitted, Vec<Finding>), AppError> {
    let surveys: Vec<Sheet<'_>> = register.surveys.iter().map(|survey| survey.sheet()).collect();
    let state = register.workflow.as_ref();
    let own = OwnForm::of(
        &surveys,
        &Asking {
            form: &register.form,
            lists: &register.lists,
            language: pack.languages.first().map_or(language, String::as_str),
            state: state.map(|flow| (flow.field.as_str(), flow.start.as_str())),
            day,
        },
    );
    let hash = blake3::hash(own.fingerprint().as_bytes()).to_hex();
    let findings = own.findings.clone();
    let title = register.title_field.as_ref();
    let title = title.filter(|field| register.form.field(field.as_str()).is_some());
    let book = own.workbook(&About {
        id: register.name.as_str(),
        title: register.labels.get(language).unwrap_or(register.name.as_str()),
        version: hash.get(..VERSION_DIGITS).unwrap_or_default(),
        language,
        title_field: title.map(Name::as_str),
    });
    match emit(&book, register.name.as_str()) {
        Ok(emitted) => Ok((emitted, findings)),
        Err(findings) => Err(AppError { kind: Kind::Invalid, findings, source: None }),
    }
}

/// The content of a file that the form of a register names: a list that expressions look into.
pub(crate) fn file_of_form(register: &Register, file: &str, day: Date) -> Option<String> {
    let name = file.strip_suffix(".csv")?;
    let list = register.lists.iter().find(|(known, _)| known.as_str() == name);
    list.map(|(_, list)| list_file(list, day))
}

impl Node {
    /// The form of a register the viewer may read or file into, and what is not asked in it. Whoever
    /// may make records is asked what is sealed, too.
    pub fn register_xform(
        &self,
        viewer: &Viewer,
        name: &str,
        language: &str,
    ) -> Result<(Emitted, Vec<Finding>), AppError> {
        let register = self.form_for(viewer, self.register_for(viewer, name)?)?;
        xform(self.pack(), &register, language, self.now().date())
    }
}
