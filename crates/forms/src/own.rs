//! A register's own form as a workbook, so that it can be written as an `XForm`: its surveys with all
//! their columns, and the codes that may be chosen on a day.
//!
//! # What a phone sends back
//!
//! The form binds to the register's fields by names alone, and this shape is what submissions are read by:
//!
//! - The root is `<data id="REGISTER" version="VERSION">`; the root of the record is `/data`. The version
//!   is that of the form the phone had when the answers were begun, which may be an older one.
//! - A field is the element of its name, in the elements of the groups it stands in
//!   (`/data/what_group/type`). Names of fields and groups are distinct over the whole form, so the groups
//!   say nothing that the name does not: a field that moved to another group is still found by its name.
//!   A group in which nobody is asked anything is not there, and what it holds stands in the one around it.
//! - A field of rows is one element of its name for each row, beside each other, in order
//!   (`/data/claims_group/claims`, twice for two rows). Its columns are the elements within, again in the
//!   elements of their groups; names are distinct within the rows, and may be those of fields outside.
//!   Rows within rows nest. A template (`jr:template`) is never sent.
//! - Answers are texts as ODK writes them: codes of `select_multiple` and `rank` with blanks between,
//!   `acknowledge` as `OK`, points as `LAT LON ALTITUDE ACCURACY`, lines and areas as such points with
//!   `;` between, times with their offset, files by the name of the file that is sent beside. An empty
//!   element is no answer.
//! - Elements that are **no answer**: the state of the workflow (there with its start, because
//!   expressions ask for it; a record that is made begins where the workflow says), fields that point to
//!   other records and fields whose list offered no code (there and always empty), notes, and
//!   `NAME_count` of a repeat whose number is computed. They are left out, whatever stands in them.
//! - `/data/meta/instanceID` is `uuid:` and the id of this filling, the same however often it is sent;
//!   `/data/meta/instanceName` is what stands in the title field, where the register has one;
//!   `/data/meta/deprecatedID` is added by clients that edit what they have sent.
//!
//! Prefixes vary (`orx:meta`, `meta`): elements are known by their local names.

mod choices;
mod survey;

use std::collections::BTreeMap;

use model::finding::Finding;
use model::time::Date;

use crate::form::Form;
use crate::labels::language_code;
use crate::list::{CodeList, Lists};
use crate::sheet::Sheet;
use crate::workbook::{RawSheet, SETTINGS, Workbook};
use survey::{Survey, Written};

/// What a register's form is called, and in which of its versions it is.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Its id, as clients know it.
    pub id: &'a str,
    /// What people call it.
    pub title: &'a str,
    /// Its version.
    pub version: &'a str,
    /// The language shown first.
    pub language: &'a str,
    /// The field that stands for a record.
    pub title_field: Option<&'a str>,
}

/// What is asked, and of whom.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The form as whoever fills it in may know it: what it does not have is not written.
    pub form: &'a Form,
    /// The lists its fields draw from.
    pub lists: &'a Lists,
    /// The language of columns that do not say theirs.
    pub language: &'a str,
    /// The field of a record's state, which nobody is asked, and the state it begins in.
    pub state: Option<(&'a str, &'a str)>,
    /// The day whose codes are offered.
    pub day: Date,
}

impl Asking<'_> {
    /// Whether a list has anything to choose; one that is not there is for others to find.
    fn offers(&self, list: &str) -> bool {
        let known = self.lists.iter().find(|(name, _)| name.as_str() == list);
        known.is_none_or(|(_, list)| list.codes().iter().any(|code| code.holds_on(self.day)))
    }
}

/// A register's form before it has a title and a version.
#[derive(Clone, Debug)]
pub struct OwnForm {
    survey: RawSheet,
    choices: RawSheet,
    languages: Spoken,
    /// Questions that are not asked because their list has no code to choose on the day.
    pub findings: Vec<Finding>,
}

impl OwnForm {
    /// Puts the sheets of a register together; rows keep their order, and their numbers run on.
    pub fn of(surveys: &[Sheet<'_>], asking: &Asking<'_>) -> Self {
        let mut languages = Spoken::default();
        let mut survey = Survey::new(asking);
        for sheet in surveys {
            survey.add(*sheet, &mut languages);
        }
        let written = survey.finish();
        let choices = choices::sheet(asking, &languages, &|list| written.holds(list));
        let Written { sheet: survey, findings, .. } = written;
        Self { survey, choices, languages, findings }
    }

    /// A text that differs wherever a client would be asked another thing, in whatever language it
    /// begins: what a version is made from.
    pub fn fingerprint(&self) -> String {
        let mut text = String::new();
        for (_, cells) in [&self.survey, &self.choices].into_iter().flat_map(|sheet| &sheet.rows) {
            for cell in cells {
                text.push_str(cell);
                text.push('\u{1f}');
            }
            text.push('\u{1e}');
        }
        text
    }

    /// The form as a workbook.
    pub fn workbook(self, about: &About<'_>) -> Workbook {
        let settings = settings(about, &self.languages);
        // The sheets were checked when the pack was.
        let mut findings: Vec<Finding> = Vec::new();
        Workbook::read(&[self.survey, self.choices, settings], &mut findings)
    }
}

/// The file that `pulldata('LIST', ..)` looks into on a phone: CSV with the codes of a day.
pub fn list_file(list: &CodeList, day: Date) -> String {
    choices::file(list, day)
}

/// Languages as sheets write them (`French (fr)`), by code: the first way of writing each.
#[derive(Clone, Debug, Default)]
struct Spoken(BTreeMap<String, String>);

impl Spoken {
    /// A header with its language written as it was first.
    fn header(&mut self, header: &str, language: &str) -> String {
        let Some((name, suffix)) = header.rsplit_once("::") else {
            let is_spoken = ["label", "hint"].contains(&header);
            return if is_spoken {
                format!("{header}::{}", self.written(language))
            } else {
                header.to_owned()
            };
        };
        let Some(code) = language_code(suffix).map(str::to_owned) else { return header.to_owned() };
        let written = self.0.entry(code).or_insert_with(|| suffix.to_owned());
        format!("{name}::{written}")
    }

    fn written<'a>(&'a self, code: &'a str) -> &'a str {
        self.0.get(code).map_or(code, String::as_str)
    }
}

fn settings(about: &About<'_>, languages: &Spoken) -> RawSheet {
    let language = languages.written(about.language);
    let name = about.title_field.map(|field| format!("${{{field}}}")).unwrap_or_default();
    let pairs = [
        ("form_id", about.id),
        ("form_title", about.title),
        ("version", about.version),
        ("default_language", language),
        ("instance_name", &name),
    ];
    let (header, row) =
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).unzip();
    RawSheet { name: SETTINGS.to_owned(), rows: vec![(1, header), (2, row)] }
}

#[cfg(test)]
mod tests;
