//! Makes the files of a register from somebody's own form, and says what it decided.
//!
//! A form comes as a workbook that can be written as an `XForm`; what leaves is the survey, the choices and
//! the settings of a register, as its author would have written them. Names that a register cannot
//! have are changed, with everything that refers to them; what a register has no place for is said
//! with its row. Nothing is left out in silence.

mod choices;
mod columns;
mod grid;
mod languages;
mod names;
mod retired;
mod settings;
mod survey;

use std::collections::BTreeSet;

use model::finding::Finding;
use model::id::Name;
use model::time::Date;

use crate::form::{Field, Form};
use crate::list::Lists;
use crate::workbook::Workbook;

pub use names::fitting;

/// What a register is made for.
#[derive(Debug)]
pub struct Around<'a> {
    /// The register's name.
    pub name: &'a Name,
    /// The languages of the mission, the first of them that of texts which do not say theirs.
    pub languages: &'a [String],
    /// Code lists that others have.
    pub lists: BTreeSet<&'a str>,
    /// The fields every register must have, as another register has them.
    pub demanded: Vec<&'a Field>,
    /// The version of the form that is in use, where there is one.
    pub before: Option<Before<'a>>,
}

/// A form that is in use and gets a new version.
#[derive(Debug)]
pub struct Before<'a> {
    /// The form.
    pub form: &'a Form,
    /// Its lists.
    pub lists: &'a Lists,
    /// Lists that are others' and not its own.
    pub shared: BTreeSet<&'a str>,
    /// The names of the fields every register must have.
    pub demanded: Vec<&'a str>,
    /// The last day for which a code may be chosen that the new version has not.
    pub until: Date,
}

/// The files of a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adopted {
    /// `survey.csv`.
    pub survey: Vec<u8>,
    /// `choices.csv`, where there are any.
    pub choices: Option<Vec<u8>>,
    /// `register.toml`.
    pub settings: String,
    /// What was decided: a key of the settings and its value.
    pub decided: Vec<(&'static str, String)>,
    /// Everything worth saying; nothing is usable where one of them is an error.
    pub findings: Vec<Finding>,
}

/// Makes a register of a form that people call `title`.
pub fn adopt(book: &Workbook, title: &str, around: &Around<'_>) -> Adopted {
    let mut findings = Vec::new();
    let languages = languages::Languages::of(book, around.languages, &mut findings);
    let names = names::Names::choose(book, around, &mut findings);
    let lists = choices::Lists::choose(book, around, &mut findings);
    let mut writer = survey::Writer::new(&names, &languages, &lists, &mut findings);
    writer.write(book);
    let survey::Written { mut grid, fields, with_other } = writer.finish();
    let mut choices = choices::write(book, &lists, &languages, (&with_other, &mut findings));
    if let Some(before) = &around.before {
        retired::add_fields(&mut grid, &fields, before, &mut findings);
        retired::add_codes(&mut choices, before, &mut findings);
    }
    survey::add_demanded(&mut grid, around);
    let choices = (!choices.is_empty()).then(|| choices.csv());
    let decided = settings::decide(&fields);
    let settings = settings::write(title, around.languages, &decided);
    Adopted { survey: grid.csv(), choices, settings, decided, findings }
}

#[cfg(test)]
mod tests;
