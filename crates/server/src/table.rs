//! Tables as text: columns side by side, as wide as their widest cell, numbers to the right.

/// Blanks between columns.
const GAP: &str = "  ";
/// What stands for a value that is not known.
const UNKNOWN: &str = "–";
/// What stands where a cell was cut.
const CUT: char = '…';

/// A table that is being filled.
#[derive(Debug, Default)]
pub(crate) struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub(crate) fn new<H: Into<String>>(headings: impl IntoIterator<Item = H>) -> Self {
        Self { headings: headings.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// A table of names and values, without headings.
    pub(crate) fn pairs() -> Self {
        Self::default()
    }

    /// Adds a row.
    pub(crate) fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(|cell| printable(&cell.into())).collect());
    }

    /// Its lines. With a width, longer cells are cut, which their last character shows.
    pub(crate) fn lines(&self, cell_width_max: Option<usize>) -> Vec<String> {
        let all = || self.headings_row().into_iter().chain(&self.rows);
        let columns = all().map(Vec::len).max().unwrap_or_default();
        let shown = |cell: &String| fitting(cell, cell_width_max);
        let widths: Vec<usize> = (0..columns)
            .map(|at| all().filter_map(|row| row.get(at)).map(|c| width(&shown(c))).max())
            .map(Option::unwrap_or_default)
            .collect();
        let numbers: Vec<bool> = (0..columns).map(|at| self.is_of_numbers(at)).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(widths.iter().zip(&numbers));
            let cells: Vec<String> =
                cells.map(|(cell, (width, right))| padded(&shown(cell), *width, *right)).collect();
            cells.join(GAP).trim_end().to_owned()
        };
        all().map(line).collect()
    }

    fn headings_row(&self) -> Option<&Vec<String>> {
        (!self.headings.is_empty()).then_some(&self.headings)
    }

    fn is_of_numbers(&self, at: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.get(at)).filter(|c| *c != UNKNOWN);
        let is_number = |cell: &String| cell.parse::<f64>().is_ok();
        !self.headings.is_empty() && cells.clone().next().is_some() && cells.all(is_number)
    }
}

/// The text of a value, or the sign for an unknown one.
pub(crate) fn or_unknown(text: Option<impl ToString>) -> String {
    text.map_or_else(|| UNKNOWN.to_owned(), |text| text.to_string())
}

/// A text that cannot move the cursor, ring or recolour: what comes from files stays text.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

fn fitting(cell: &str, cell_width_max: Option<usize>) -> String {
    match cell_width_max {
        Some(max) if width(cell) > max => {
            let kept = cell.chars().take(max.saturating_sub(1));
            kept.chain(std::iter::once(CUT)).collect()
        }
        _ => cell.to_owned(),
    }
}

fn padded(cell: &str, wanted: usize, right: bool) -> String {
    let blanks = " ".repeat(wanted.saturating_sub(width(cell)));
    if right { format!("{blanks}{cell}") } else { format!("{cell}{blanks}") }
}

fn width(cell: &str) -> usize {
    cell.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_numbers_stand_right() {
        let mut table = Table::new(["area", "deaths"]);
        table.row(["Ménaka", "7"]);
        table.row(["Gao", "120"]);
        table.row(["Kidal", UNKNOWN]);
        assert_eq!(
            table.lines(None),
            ["area    deaths", "Ménaka       7", "Gao        120", "Kidal        –"]
        );
    }

    #[test]
    fn a_cut_cell_shows_that_it_is_cut() {
        let mut table = Table::pairs();
        table.row(["a", "abcdef"]);
        assert_eq!(table.lines(Some(4)), ["a  abc…"]);
        assert_eq!(table.lines(Some(6)), ["a  abcdef"]);
    }

    #[test]
    fn a_cell_cannot_steer_the_terminal() {
        let mut table = Table::pairs();
        table.row(["\u{1b}[31mred\u{7}", "two\nlines"]);
        assert_eq!(table.lines(None), ["\\u{1b}[31mred\\u{7}  two\\nlines"]);
    }
}
