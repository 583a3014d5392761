//! A mapping settled for one file: which columns its hashtags mean there, what whoever imports it adds,
//! the day the file speaks of, and one mapping for each record that a row makes.

use std::collections::BTreeMap;

use forms::answer::parse_answer;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::hashtag::{Hashtag, HashtagPattern};
use model::id::Name;
use model::time::Date;
use model::value::{FieldType, Value};

use super::{FieldMapping, Mapping, Origin, days};
use crate::register::Register;

/// What is known of a file before its rows are read.
#[derive(Clone, Copy, Debug)]
pub struct SourceFacts<'a> {
    /// Its name, without its folder.
    pub name: &'a str,
    /// Its columns.
    pub columns: &'a [&'a str],
    /// Fields and what stands in them where a row says nothing, from whoever imports it.
    pub given: &'a [(String, String)],
    /// The day it is imported on.
    pub today: Date,
}

/// A mapping for one file.
#[derive(Clone, Debug)]
pub struct Settled {
    /// One for each record that a row may make.
    pub mappings: Vec<Mapping>,
    /// What is worth knowing about what was settled.
    pub warnings: Vec<Finding>,
}

impl Mapping {
    /// Settles the mapping for a file, or says everything that keeps the file from being read.
    pub fn settle(
        &self,
        register: &Register,
        facts: &SourceFacts<'_>,
    ) -> Result<Settled, Vec<Finding>> {
        let mut settled = self.clone();
        let mut findings = Vec::new();
        for (field, text) in facts.given {
            settled.give(register, (field, text), &mut findings);
        }
        let mut warnings = settled.date(register, facts);
        settled.find_tags(facts.columns);
        let mappings = settled.split();
        let unreadable: Vec<Vec<Finding>> =
            mappings.iter().map(|mapping| mapping.check_columns(facts.columns)).collect();
        // Of the records that a row may make, a file must have the columns of one.
        if unreadable.iter().all(|missing| !missing.is_empty()) {
            findings.extend(unreadable.iter().flatten().cloned());
            findings.dedup();
        }
        if findings.iter().any(Finding::is_error) {
            return Err(findings);
        }
        warnings.extend(findings);
        let readable =
            mappings.into_iter().zip(unreadable).filter(|(_, missing)| missing.is_empty());
        Ok(Settled { mappings: readable.map(|(mapping, _)| mapping).collect(), warnings })
    }

    /// Puts what whoever imports the file says in a field, for rows that do not say it.
    fn give(
        &mut self,
        register: &Register,
        (name, text): (&str, &str),
        findings: &mut Vec<Finding>,
    ) {
        let Some(field) = register.form.field(name) else {
            let near = suggestion(name, register.form.names());
            let finding = Finding::error("import-field-unknown").with("field", name);
            findings.push(finding.with("register", &register.name).with("nearest", near));
            return;
        };
        match parse_answer(field, text) {
            Ok(Some(value)) => {
                let unknown = register.unknown_codes(field, Some(&value));
                findings.extend(unknown.into_iter().map(|finding| finding.with("field", name)));
                let constant = || FieldMapping::of(Origin::Constant(value.clone()));
                self.fields.entry(field.name.clone()).or_insert_with(constant);
                for (_, known) in self.all_fields().filter(|(known, _)| **known == field.name) {
                    known.default = Some(value.clone());
                    known.file_day = false;
                }
            }
            Ok(None) => {}
            Err(wrong) => findings.extend(wrong),
        }
    }

    /// The fields of every record that a row may make.
    fn all_fields(&mut self) -> impl Iterator<Item = (&Name, &mut FieldMapping)> {
        let in_parts = self.parts.values_mut().flat_map(|part| &mut part.fields);
        self.fields.iter_mut().chain(in_parts)
    }

    /// Gives the fields that want it the day the file speaks of.
    fn date(&mut self, register: &Register, facts: &SourceFacts<'_>) -> Vec<Finding> {
        let named = days::in_name(facts.name).filter(|day| *day <= facts.today);
        let (day, code) = match named {
            Some(day) => (day, "import-day-of-name"),
            None => (facts.today, "import-day-of-import"),
        };
        let mut told = Vec::new();
        for (name, field) in self.all_fields().filter(|(_, field)| field.file_day) {
            let kind = register.form.field(name.as_str()).map(|field| field.kind);
            field.default = Some(match kind {
                Some(FieldType::Time) => Value::Time(day.start()),
                _ => Value::Date(day),
            });
            told.push(Finding::warning(code).with("field", name).with("day", day));
        }
        told
    }

    /// Finds the columns of each hashtag.
    fn find_tags(&mut self, columns: &[&str]) {
        let tags: Vec<(&str, Hashtag)> = columns
            .iter()
            .filter_map(|column| Some((*column, Hashtag::of_column(column)?)))
            .collect();
        let fitting = |text: &str| {
            let pattern = HashtagPattern::parse(text);
            let fits = |tag: &Hashtag| pattern.as_ref().is_some_and(|pattern| pattern.fits(tag));
            tags.iter().filter(|(_, tag)| fits(tag)).map(|(name, _)| (*name).to_owned()).collect()
        };
        let named = self.columns().filter(|column| HashtagPattern::is_one(column));
        let found: BTreeMap<String, Vec<String>> =
            named.map(|column| (column.to_owned(), fitting(column))).collect();
        self.tagged = found;
    }

    /// One mapping for each part; itself where there is none.
    fn split(&self) -> Vec<Self> {
        if self.parts.is_empty() {
            return vec![self.clone()];
        }
        let of_part = |(name, part): (&Name, &super::Part)| {
            let mut mapping = self.clone();
            mapping.fields.extend(part.fields.clone());
            mapping.part = Some(name.clone());
            mapping
        };
        self.parts.iter().map(of_part).collect()
    }
}
