//! Rows that stand from a day on, brought in by the importer as they were at the end of each day.

use std::collections::BTreeSet;

use mission::exercise::Rows;
use model::time::Date;

use super::Load;
use super::passage::Sheet;
use crate::error::AppError;
use crate::import::{AsOf, ImportReport};
use crate::node::Node;

/// Bytes of a day as ISO 8601 writes it.
const DAY_BYTES: usize = 10;

/// What became of imported rows, all days together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExerciseRows {
    /// Records that were not there.
    pub created: u64,
    /// Records that went on.
    pub updated: u64,
    /// Rows that are wrong.
    pub refused: u64,
}

impl Load<'_> {
    /// The rows of the files that say something of this day, or stand from it on.
    pub(super) fn rows(&mut self, node: &mut Node, day: u16) -> Result<(), AppError> {
        let exercise = self.exercise;
        for rows in exercise.imports.iter().filter(|rows| rows.day <= day) {
            if rows.day == day || self.is_named(rows, day) {
                self.import(node, rows)?;
            }
        }
        Ok(())
    }

    /// Whether a file names the day: as a date, or as part of a time where the mission's day is another.
    fn is_named(&self, rows: &Rows, day: u16) -> bool {
        let begins = self.exercise.begins(day, &self.zone);
        let ends = self.exercise.ends(day, &self.zone);
        let named = days_named(&rows.content);
        [begins.date(), ends.date(), self.zone.date(begins)].iter().any(|date| named.contains(date))
    }

    fn import(&mut self, node: &mut Node, rows: &Rows) -> Result<(), AppError> {
        let last = self.exercise.ends(self.exercise.days, &self.zone);
        let sheet = Sheet {
            register: rows.register.as_str(),
            mapping: rows.mapping.as_str(),
            name: &rows.file,
            content: &rows.content,
            as_of: Some(AsOf { at: node.now(), last, without: &rows.without }),
        };
        let viewer = match &rows.by {
            Some(by) => self.cast.person(by)?,
            None => self.viewer,
        };
        let report = self.passage.import(node, viewer, sheet, &mut |_row, _fate| {})?;
        self.count(rows, &report);
        Ok(())
    }

    fn count(&mut self, rows: &Rows, report: &ImportReport) {
        let told = &mut self.report.rows;
        told.created += report.created;
        told.updated += report.updated;
        told.refused += report.refused;
        let wrong = report.refused_rows.iter().flat_map(|row| &row.findings);
        for finding in wrong {
            self.fail(finding.clone().in_file(&*rows.file));
        }
    }
}

/// Every day that stands anywhere in a text.
fn days_named(content: &[u8]) -> BTreeSet<Date> {
    let is_day = |bytes: &&[u8]| {
        bytes.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let days = content.windows(DAY_BYTES).filter(is_day);
    days.filter_map(|bytes| std::str::from_utf8(bytes).ok()?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_wherever_they_stand() {
        let text =
            "a,2021-11-01T10:00Z,\"[{\"\"at\"\":\"\"2021-11-30\"\"}]\",20211-11-02,2021-13-01";
        let days: Vec<String> = days_named(text.as_bytes()).iter().map(Date::to_string).collect();
        assert_eq!(days, ["2021-11-01", "2021-11-30"]);
    }
}
