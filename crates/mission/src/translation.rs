//! Which words are missing in a language the pack says it speaks. Warnings: the pack works.

use forms::form::Form;
use forms::labels::Labels;
use forms::list::CodeList;
use model::finding::Finding;

use crate::findings::Findings;

/// `XLSForm` types that nobody sees.
const UNSEEN: [&str; 8] =
    ["calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber"];

/// Columns in which an author says what is wrong with an answer.
const SAID: [&str; 2] = ["constraint_message", "required_message"];

/// Looks for missing words and tells them.
pub(crate) struct Translations<'a> {
    pub(crate) languages: &'a [String],
    pub(crate) findings: &'a Findings,
}

impl Translations<'_> {
    /// A warning for each language in which `labels` say nothing; also where they say nothing at
    /// all. `at` says where they stand and under which name.
    pub(crate) fn check(&self, labels: &Labels, at: &Finding, name: &str) {
        for language in self.languages.iter().filter(|l| labels.exactly(l).is_none()) {
            let finding = Finding { code: "translation-missing", ..at.clone() };
            self.findings.push(finding.with("name", name).with("language", language));
        }
    }

    /// The same for words that need not be there at all.
    pub(crate) fn check_optional(&self, labels: &Labels, at: &Finding, name: &str) {
        if !labels.is_empty() {
            self.check(labels, at, name);
        }
    }

    /// The labels and hints of a form's fields.
    pub(crate) fn check_form(&self, form: &Form) {
        for field in form.every_field() {
            let at = Finding::warning("").in_file(&*field.file).at_row(field.row);
            if !UNSEEN.contains(&field.question.as_str()) {
                self.check(&field.labels, &at.clone().in_column("label"), field.name.as_str());
            }
            self.check_optional(&field.hints, &at.clone().in_column("hint"), field.name.as_str());
            for column in SAID {
                let words = field.sayings(column).into_iter().collect();
                self.check_optional(&words, &at.clone().in_column(column), field.name.as_str());
            }
        }
        let within = form.every_field().flat_map(|field| &field.groups);
        for group in form.groups().iter().chain(within) {
            let at =
                Finding::warning("").in_file(&*group.file).at_row(group.row).in_column("label");
            self.check(&group.labels, &at, &group.name);
        }
    }

    /// The labels and definitions of a list's codes.
    pub(crate) fn check_list(&self, list: &CodeList, file: &str) {
        for code in list.codes() {
            let at = Finding::warning("").in_file(file).at_row(code.row);
            self.check(&code.labels, &at.clone().in_column("label"), &code.code);
            self.check_optional(&code.definitions, &at.in_column("definition"), &code.code);
        }
    }
}
