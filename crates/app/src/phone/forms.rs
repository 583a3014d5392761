//! The forms that a phone is given: those of the registers its owner may file into.

use mission::register::Register;
use policy::{Action, Viewer};

use super::xform;
use crate::error::AppError;
use crate::node::Node;

/// A form for phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneForm {
    /// What it is named by: the register.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its version: another text for every other form.
    pub version: String,
    /// The form itself.
    pub xml: String,
    /// What it needs beside itself.
    pub files: Vec<PhoneFile>,
}

/// A file that a form needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneFile {
    /// Its name, as the form has it.
    pub name: String,
    /// What kind of file it is.
    pub media_type: &'static str,
    /// Its content.
    pub content: Vec<u8>,
}

impl Node {
    /// The forms the viewer may send in, in the order of their names, titled in a language.
    pub fn phone_forms(&self, viewer: &Viewer, language: &str) -> Vec<PhoneForm> {
        let open = self.open_to(viewer, &[Action::Create]);
        open.map(|register| self.phone_form_of(register, language)).collect()
    }

    /// One of them; any other is unknown to the viewer.
    pub fn phone_form(
        &self,
        viewer: &Viewer,
        name: &str,
        language: &str,
    ) -> Result<PhoneForm, AppError> {
        Ok(self.phone_form_of(self.phone_register(viewer, name)?, language))
    }

    /// A register the viewer may file into; any other is unknown to them.
    pub(super) fn phone_register(
        &self,
        viewer: &Viewer,
        name: &str,
    ) -> Result<&Register, AppError> {
        let mut open = self.open_to(viewer, &[Action::Create]);
        let known = open.find(|register| register.name.as_str() == name);
        known.ok_or_else(|| AppError::absent("phone-form-unknown", name))
    }

    fn phone_form_of(&self, register: &Register, language: &str) -> PhoneForm {
        let today = self.environment.clock.now().date();
        let xform::Emitted { xml, version } = xform::emit(register, today);
        let title = register.labels.get(language).unwrap_or(register.name.as_str());
        PhoneForm {
            id: register.name.to_string(),
            title: title.to_owned(),
            version,
            xml,
            files: Vec::new(),
        }
    }
}
