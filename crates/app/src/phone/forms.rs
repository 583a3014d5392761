//! The forms that a phone is given: those of the registers its owner may file into.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use md5::{Digest, Md5};
use mission::register::Register;
use model::id::Name;
use model::time::Date;
use policy::{Action, Viewer};

use crate::error::AppError;
use crate::node::Node;
use crate::own_forms::{file_of_form, xform};

/// The kind of the files that forms look into.
const CSV: &str = "text/csv";

/// A form for phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneForm {
    /// What it is named by: the register.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its version: another text whenever a phone would ask another thing.
    pub version: String,
    /// The form itself.
    pub xml: String,
    /// What phones know its bytes by.
    pub hash: String,
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
    /// What phones know its bytes by.
    pub hash: String,
}

/// The forms of a pack that were asked for today: phones ask for all of them every few minutes. Whoever
/// may file into a register gets the same form, in the language they read.
#[derive(Debug, Default)]
pub(crate) struct PhoneForms(Mutex<Today>);

#[derive(Debug, Default)]
struct Today {
    day: Option<Date>,
    forms: BTreeMap<(Name, String), Arc<PhoneForm>>,
}

impl PhoneForms {
    /// The kept form; another day begins with none.
    fn get(&self, day: Date, key: &(Name, String)) -> Option<Arc<PhoneForm>> {
        let mut today = self.lock();
        if today.day != Some(day) {
            *today = Today { day: Some(day), forms: BTreeMap::new() };
        }
        today.forms.get(key).cloned()
    }

    fn keep(&self, day: Date, key: (Name, String), form: &Arc<PhoneForm>) {
        let mut today = self.lock();
        if today.day == Some(day) {
            today.forms.insert(key, Arc::clone(form));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Today> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Node {
    /// The forms the viewer may send in, in the order of their names, titled in a language. A register
    /// whose form clients cannot have is left out: one bad entry would cost a phone all the others.
    pub fn phone_forms(&self, viewer: &Viewer, language: &str) -> Vec<Arc<PhoneForm>> {
        let open = self.open_to(viewer, &[Action::Create]);
        open.filter_map(|register| self.phone_form_of(register, language).ok()).collect()
    }

    /// One of them; any other is unknown to the viewer.
    pub fn phone_form(
        &self,
        viewer: &Viewer,
        name: &str,
        language: &str,
    ) -> Result<Arc<PhoneForm>, AppError> {
        self.phone_form_of(self.phone_register(viewer, name)?, language)
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

    fn phone_form_of(
        &self,
        register: &Register,
        language: &str,
    ) -> Result<Arc<PhoneForm>, AppError> {
        let day = self.now().date();
        let key = (register.name.clone(), language.to_owned());
        if let Some(form) = self.phone_forms.get(day, &key) {
            return Ok(form);
        }
        // What is not asked for want of codes is said where the form is written for people.
        let (emitted, _not_asked) = xform(self.pack(), register, language, day)?;
        let files = emitted.files.iter();
        let files = files.filter_map(|name| Some((name, file_of_form(register, name, day)?)));
        let form = Arc::new(PhoneForm {
            id: emitted.id,
            title: emitted.title,
            version: emitted.version.unwrap_or_default(),
            hash: hash(emitted.xml.as_bytes()),
            xml: emitted.xml,
            files: files.map(|(name, content)| file(name, content)).collect(),
        });
        self.phone_forms.keep(day, key, &form);
        Ok(form)
    }
}

fn file(name: &str, content: String) -> PhoneFile {
    let hash = hash(content.as_bytes());
    PhoneFile { name: name.to_owned(), media_type: CSV, content: content.into_bytes(), hash }
}

/// How phones compare what they have with what there is. Nothing rests on nobody making another text
/// of the same hash.
fn hash(content: &[u8]) -> String {
    format!("md5:{:032x}", u128::from_be_bytes(Md5::digest(content).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_as_phones_make_them() {
        assert_eq!(hash(b"abc"), "md5:900150983cd24fb0d6963f7d28e17f72");
    }
}
