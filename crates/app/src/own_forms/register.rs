//! Taking in a form: a register of its own in the node's pack, usable at once.

use std::fs;
use std::path::{Path, PathBuf};

use forms::adopt::{Adopted, Around, Before, adopt, fitting};
use forms::form::Field;
use mission::pack::Pack;
use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::limits::FORM_BYTES_MAX;
use model::time::Date;
use policy::Viewer;
use serde_json::{Value as Json, json};

use super::file::{FormFile, read_form, read_form_bytes};
use super::layer::OwnForms;
use crate::accounts::must_administer;
use crate::error::{AppError, Kind};
use crate::node::{Node, NodeFiles};
use crate::packs::PackFolders;

/// A form that became a register.
#[derive(Clone, Debug)]
pub struct TakenForm {
    /// The register.
    pub register: Name,
    /// Whether it was there before, in an older version.
    pub is_new_version: bool,
    /// What was decided: keys of the register's settings and their values.
    pub decided: Vec<(&'static str, String)>,
    /// What was changed or left out, each with its row.
    pub findings: Vec<Finding>,
}

impl TakenForm {
    /// The same as a document; findings are the caller's to word.
    pub fn json(&self) -> Json {
        let decided: serde_json::Map<String, Json> =
            self.decided.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
        json!({
            "register": self.register.as_str(),
            "new_version": self.is_new_version,
            "decided": decided,
        })
    }
}

impl Node {
    /// Makes a register of a form, or a new version of one that was made of a form before. Nothing is
    /// changed where anything is wrong; everything that is, is said.
    pub fn import_register(
        self,
        viewer: &Viewer,
        form: &FormFile,
        name: Option<&str>,
    ) -> Result<(Self, TakenForm), AppError> {
        must_administer(viewer)?;
        let mut findings = form.findings.clone();
        refuse_errors(&findings)?;
        let emitted = forms::xform::emit(&form.book, &form.stem).map_err(AppError::invalid)?;
        let register = register_name(name, &emitted.id)?;
        let folders = PackFolders::of_node(self.store.ground())?;
        let mut own = OwnForms::of(&folders, &self.pack().version);
        let is_new_version = own.has(&register);
        if !is_new_version && self.pack().register(register.as_str()).is_some() {
            let finding = Finding::error("register-name-taken").with("name", &register);
            return Err(AppError::new(Kind::Conflict, finding));
        }
        let known = self.pack().register(register.as_str()).filter(|_| is_new_version);
        let today = self.now().date();
        let before = known.map(|known| before(known, self.pack(), today));
        let adopted = adopted(form, &emitted.title, &register, (self.pack(), before));
        findings.extend(adopted.findings);
        refuse_errors(&findings)?;
        let mut files =
            vec![("register.toml", adopted.settings.into_bytes()), ("survey.csv", adopted.survey)];
        files.extend(adopted.choices.map(|choices| ("choices.csv", choices)));
        own.set(&register, files);
        let folders = own.onto(folders, self.pack());
        let pack = self.loaded(&folders)?;
        check_types(known, pack.register(register.as_str()))?;
        let (node, lacking) = self.take_pack(viewer.user, &folders, pack)?;
        findings.extend(lacking);
        let decided = adopted.decided;
        Ok((node, TakenForm { register, is_new_version, decided, findings }))
    }

    /// The same with a form in a file or a folder. A refused file is kept, with what was wrong.
    pub fn import_form(
        self,
        viewer: &Viewer,
        path: &Path,
        name: Option<&str>,
    ) -> Result<TakenForm, AppError> {
        must_administer(viewer)?;
        let files = self.files.clone();
        let taken = read_form(path).and_then(|form| self.import_register(viewer, &form, name));
        taken.map(|(_node, taken)| taken).map_err(|error| match bytes_of_form(path) {
            Some(bytes) => kept(&files, &bytes, error),
            None => error,
        })
    }

    /// The same with a form that somebody sent. `apart` is this node, opened once more: it is given
    /// another pack, which every other connection then notices.
    pub fn take_form(
        &self,
        apart: Self,
        viewer: &Viewer,
        (stem, bytes): (&str, &[u8]),
        name: Option<&str>,
    ) -> Result<TakenForm, AppError> {
        must_administer(viewer)?;
        let form = read_form_bytes(stem, bytes);
        let taken = form.and_then(|form| apart.import_register(viewer, &form, name));
        taken.map(|(_node, taken)| taken).map_err(|error| kept(&self.files, bytes, error))
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.files.folder
    }
}

/// The content of a file that is no larger than forms may be; a folder has none.
fn bytes_of_form(path: &Path) -> Option<Vec<u8>> {
    let is_form = fs::metadata(path).is_ok_and(|known| known.len() <= FORM_BYTES_MAX);
    is_form.then(|| fs::read(path).ok()).flatten()
}

/// The refusal of a form, which is kept in the folder of refused things where its content is wrong.
fn kept(files: &NodeFiles, bytes: &[u8], mut error: AppError) -> AppError {
    if error.kind != Kind::Invalid {
        return error;
    }
    match keep(&files.refused(), bytes, &error.findings) {
        Ok(file) => {
            let finding = Finding::warning("form-refused-kept");
            error.findings.push(finding.with("file", file.display()));
        }
        Err(unkept) => error.findings.extend(unkept.findings),
    }
    error
}

/// Writes a form and what is wrong with it; the same form again takes the place of itself.
fn keep(folder: &Path, bytes: &[u8], findings: &[Finding]) -> Result<PathBuf, AppError> {
    fs::create_dir_all(folder).map_err(|error| AppError::file(folder, error))?;
    let hash = blake3::hash(bytes).to_hex();
    let stem = format!("form-{}", hash.get(..16).unwrap_or_default());
    let file = folder.join(format!("{stem}.xlsx"));
    fs::write(&file, bytes).map_err(|error| AppError::file(&file, error))?;
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    let told = folder.join(format!("{stem}.txt"));
    fs::write(&told, lines.join("\n")).map_err(|error| AppError::file(&told, error))?;
    Ok(file)
}

fn refuse_errors(findings: &[Finding]) -> Result<(), AppError> {
    if findings.iter().any(Finding::is_error) {
        return Err(AppError::invalid(findings.to_vec()));
    }
    Ok(())
}

/// The name that was asked for, or one like the form's id.
fn register_name(name: Option<&str>, id: &str) -> Result<Name, AppError> {
    let wanted = name.map_or_else(|| fitting(id), str::to_owned);
    Name::new(&wanted).map_err(|_no_name| {
        AppError::invalid(vec![Finding::error("name-invalid").with("value", wanted)])
    })
}

fn adopted(
    form: &FormFile,
    title: &str,
    name: &Name,
    (pack, before): (&Pack, Option<Before<'_>>),
) -> Adopted {
    let lists = pack.lists.keys().map(Name::as_str).collect();
    let (languages, demanded) = (&pack.languages, demanded(pack));
    adopt(&form.book, title, &Around { name, languages, lists, demanded, before })
}

/// The version of a register's form that is in use.
fn before<'a>(register: &'a Register, pack: &'a Pack, today: Date) -> Before<'a> {
    Before {
        form: &register.form,
        lists: &register.lists,
        shared: pack.lists.keys().map(Name::as_str).collect(),
        demanded: vec![policy::CLASSIFICATION, policy::CAVEAT],
        until: Date::from_days(today.as_days().saturating_sub(1)),
    }
}

/// A field keeps its type, or what was recorded could not be read any more.
fn check_types(before: Option<&Register>, after: Option<&Register>) -> Result<(), AppError> {
    let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
    let changed = before.form.fields().iter().filter_map(|field| {
        let now = after.form.field(field.name.as_str()).filter(|now| now.kind != field.kind)?;
        let finding = Finding::error("form-field-retyped").with("name", &field.name);
        Some(finding.with("before", field.kind).with("after", now.kind))
    });
    let changed: Vec<Finding> = changed.collect();
    if changed.is_empty() { Ok(()) } else { Err(AppError::invalid(changed)) }
}

/// The fields that say who may see a record, as any register of the pack has them.
fn demanded(pack: &Pack) -> Vec<&Field> {
    let names = [policy::CLASSIFICATION, policy::CAVEAT];
    let any = |name: &&str| pack.registers.values().find_map(|register| register.form.field(name));
    names.iter().filter_map(any).collect()
}
