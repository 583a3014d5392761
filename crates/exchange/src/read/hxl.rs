//! HXL tables: the row of hashtags that says what each column is, wherever it stands near the top.
//!
//! A column is then called as its hashtag, whatever its heading says in whatever language. Columns
//! without a hashtag keep their place and are called by it, so that nobody asks for them by accident.

use model::finding::Finding;
use model::hashtag::{Hashtag, HashtagPattern};

use super::cells::Cells;
use super::columns::{self, Columns};
use super::options::Limits;

/// How many rows with anything in them may stand before the one of hashtags, itself counted.
pub(crate) const ROWS_LOOKED_AT: usize = 25;
/// Headings of columns without a hashtag that are told by name.
const UNTAGGED_TOLD: usize = 10;

/// What a row of hashtags says.
pub(crate) struct TagRow {
    pub(crate) columns: Columns,
    pub(crate) warnings: Vec<Finding>,
}

/// Looks for the row of hashtags, row by row.
#[derive(Default)]
pub(crate) struct Search {
    looked_at: usize,
    headings: Vec<String>,
}

impl Search {
    /// Looks at the next row that holds anything: the columns where it is the row of hashtags, an
    /// error where that should have come by now.
    pub(crate) fn look(
        &mut self,
        cells: &Cells,
        row: u64,
        limits: &Limits,
    ) -> Option<Result<TagRow, Vec<Finding>>> {
        self.looked_at += 1;
        if is_tag_row(cells) {
            return Some(self.read(cells, row, limits));
        }
        if self.looked_at >= ROWS_LOOKED_AT {
            return Some(Err(self.missing()));
        }
        self.headings = cells.iter().map(|heading| heading.trim().to_owned()).collect();
        None
    }

    /// What is said of a file without such a row.
    pub(crate) fn missing(&self) -> Vec<Finding> {
        vec![Finding::error("hxl-no-tag-row").with("rows", self.looked_at)]
    }

    fn read(&self, cells: &Cells, row: u64, limits: &Limits) -> Result<TagRow, Vec<Finding>> {
        if cells.len() > limits.columns {
            return Err(vec![columns::too_many(limits.columns).at_row(row)]);
        }
        let (mut names, mut warnings, mut tags) = (Vec::new(), Vec::new(), Vec::new());
        for (position, cell) in cells.iter().enumerate() {
            let tag = Hashtag::parse(cell);
            if tag.is_none() && HashtagPattern::is_one(cell.trim()) {
                let finding = Finding::warning("hxl-tag-wrong").at_row(row);
                warnings.push(finding.with("value", cell.trim()).with("position", position + 1));
            }
            names.push(match &tag {
                Some(tag) => tag.column_name(tags.iter().filter(|known| *known == tag).count()),
                None => format!("({})", position + 1),
            });
            tags.extend(tag);
        }
        warnings.extend(self.untagged(&names));
        Ok(TagRow { columns: Columns::tagged(names), warnings })
    }

    /// The headings above nothing.
    fn untagged(&self, names: &[String]) -> Option<Finding> {
        let has_no_tag =
            |position: usize| names.get(position).is_none_or(|name| !HashtagPattern::is_one(name));
        let untagged = self.headings.iter().enumerate();
        let untagged: Vec<&str> = untagged
            .filter(|(position, heading)| !heading.is_empty() && has_no_tag(*position))
            .map(|(_position, heading)| heading.as_str())
            .collect();
        let told = untagged.get(..UNTAGGED_TOLD.min(untagged.len())).unwrap_or_default();
        let finding = Finding::warning("hxl-columns-untagged").with("count", untagged.len());
        (!untagged.is_empty()).then(|| finding.with("columns", told.join(", ")))
    }
}

/// Whether a row is one of hashtags: there are some, and of its cells that hold anything at least
/// half are.
pub(crate) fn is_tag_row(cells: &Cells) -> bool {
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty());
    let (mut tags, mut others) = (0_usize, 0_usize);
    for cell in filled {
        *if Hashtag::parse(cell).is_some() { &mut tags } else { &mut others } += 1;
    }
    tags > 0 && tags >= others
}

/// What to do with a row under the header that is itself one of hashtags.
pub(crate) enum Again {
    /// It belongs to the header of a table that is read by its headings: no row, and told once.
    LeftOut(Finding),
    /// The same hashtags once more, as where tables were put one below the other.
    Same(Finding),
    /// Other hashtags: from here on the columns mean something else.
    Other(Finding),
}

/// Judges a row of hashtags below the header; `first` where it is the row right below.
pub(crate) fn again(columns: &Columns, cells: &Cells, first: bool) -> Option<Again> {
    let may_be = columns.are_tags() || first;
    if !may_be || !cells.iter().any(|cell| HashtagPattern::is_one(cell.trim())) {
        return None;
    }
    if !is_tag_row(cells) {
        return None;
    }
    if !columns.are_tags() {
        let finding = Finding::warning("hxl-tag-row-left-out");
        return cells.len().gt(&1).then_some(Again::LeftOut(finding));
    }
    let tag = |name: &str| Hashtag::of_column(name);
    let same = columns.names().iter().zip(cells.iter()).all(|(name, cell)| tag(name) == tag(cell));
    let finding = Finding::error("hxl-tag-row-again");
    Some(if same { Again::Same(finding) } else { Again::Other(finding) })
}
