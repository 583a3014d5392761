//! What an import did: counts, refused rows, and warnings, each told once with how often.

use std::path::PathBuf;

use model::finding::Finding;
use model::id::RecordId;
use serde_json::Value as Json;

/// Warnings that are counted for each word of the source: each may mean another code.
const BY_WORD: [&str; 3] = ["row-word-left-out", "row-value-left-out", "row-code-defaulted"];
/// Words that are told one by one; more are counted together.
const WORDS_MAX: usize = 200;

/// What became, or would become, of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFate {
    /// A record that was not there.
    Created,
    /// A record whose source changed.
    Updated,
    /// A record that is as the source says, or as somebody here corrected it.
    Unchanged,
    /// Not of the kind the mapping reads.
    Skipped,
    /// Wrong; kept with its reasons.
    Refused,
    /// Like a record or an earlier row; kept with what it looks like.
    LeftOut,
}

/// A row that was refused or left out.
#[derive(Debug, Clone)]
pub struct RefusedRow {
    /// Its number in the file; the header is 1.
    pub row: u64,
    /// Why.
    pub findings: Vec<Finding>,
}

/// What an import did or a preview would do.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// The batch; nothing in a preview.
    pub batch: Option<RecordId>,
    /// BLAKE3 of the file.
    pub file_hash: [u8; 32],
    /// Records that were not there.
    pub created: u64,
    /// Records whose source changed.
    pub updated: u64,
    /// Records that stay as they are.
    pub unchanged: u64,
    /// Rows that are not of the kind the mapping reads.
    pub skipped: u64,
    /// Rows that are wrong.
    pub refused: u64,
    /// Rows left out because they look like a record or an earlier row.
    pub left_out: u64,
    /// The first refused rows.
    pub refused_rows: Vec<RefusedRow>,
    /// The first rows left out.
    pub left_out_rows: Vec<RefusedRow>,
    /// What new rows look like: how many and the most alike, or that it was not looked for; null where
    /// the register has no rule, and where nobody asked.
    pub look_alikes: Json,
    /// All refused and left out rows with their reasons; nothing where there are none.
    pub refused_file: Option<PathBuf>,
    /// What is worth knowing about the file and its rows, each code once with how often.
    pub warnings: Vec<(Finding, u64)>,
}

impl ImportReport {
    /// Rows read.
    pub fn rows(&self) -> u64 {
        self.created + self.updated + self.unchanged + self.skipped + self.refused + self.left_out
    }

    pub(super) fn count(&mut self, fate: RowFate) {
        *match fate {
            RowFate::Created => &mut self.created,
            RowFate::Updated => &mut self.updated,
            RowFate::Unchanged => &mut self.unchanged,
            RowFate::Skipped => &mut self.skipped,
            RowFate::Refused => &mut self.refused,
            RowFate::LeftOut => &mut self.left_out,
        } += 1;
    }

    pub(super) fn warn(&mut self, finding: &Finding) {
        let is_told =
            |known: &Finding| known.code == finding.code && known.values == finding.values;
        let by_word = BY_WORD.contains(&finding.code)
            && (self.warnings.len() < WORDS_MAX
                || self.warnings.iter().any(|(known, _)| is_told(known)));
        let same = |known: &Finding| {
            known.code == finding.code && (!by_word || known.values == finding.values)
        };
        match self.warnings.iter_mut().find(|(known, _)| same(known)) {
            Some((_, times)) => *times += 1,
            None => self.warnings.push((finding.clone(), 1)),
        }
    }
}
