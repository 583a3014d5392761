//! The cells of one row in one buffer that is used again for the next.

use model::finding::Finding;

/// The texts of a row, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    /// Cells from their text and where each ends; false, and no cells, where one would end in the
    /// middle of a letter.
    pub(crate) fn set(&mut self, text: String, ends: &[usize]) -> bool {
        let whole = ends.iter().all(|end| text.is_char_boundary(*end));
        self.text = text;
        self.ends.clear();
        if whole {
            self.ends.extend_from_slice(ends);
        }
        whole
    }

    /// Takes the buffer of the text, empty, so that the next row need not allocate.
    pub(crate) fn take_buffer(&mut self) -> Vec<u8> {
        self.ends.clear();
        let mut buffer = std::mem::take(&mut self.text).into_bytes();
        buffer.clear();
        buffer
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no cell holds anything.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether any cell holds a NUL, which no text has.
    pub(crate) fn has_nul(&self) -> bool {
        self.text.as_bytes().contains(&0)
    }

    /// Whether any cell is longer than this.
    pub(crate) fn has_longer_than(&self, bytes_max: usize) -> bool {
        self.text.len() > bytes_max && self.iter().any(|text| text.len() > bytes_max)
    }

    /// The text of a cell.
    pub(crate) fn get(&self, position: usize) -> Option<&str> {
        let end = *self.ends.get(position)?;
        let start = match position.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// The texts of all cells.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position).unwrap_or_default())
    }

    /// The cells as a line of CSV without its end, padded to this many.
    pub(crate) fn to_csv(&self, width: usize) -> String {
        let quoted: Vec<String> = (0..width.max(self.len()))
            .map(|position| quoted(self.get(position).unwrap_or_default()))
            .collect();
        quoted.join(",")
    }
}

/// What is wrong with the text of a cell, whatever its column means.
pub(crate) fn check_text(text: &str, bytes_max: usize) -> Option<Finding> {
    if text.len() > bytes_max {
        let finding = Finding::error("cell-too-long");
        return Some(finding.with("bytes", text.len()).with("max", bytes_max));
    }
    text.contains('\0').then(|| Finding::error("cell-nul"))
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
