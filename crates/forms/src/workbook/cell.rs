//! Cells of a row: a text, or texts under further names (`label` in several languages).

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// Texts by name, in the order of the columns.
    Named(Vec<(String, Self)>),
}

impl Cell {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Named(_) => None,
        }
    }

    /// What stands under names; nothing where it is a text.
    pub fn named(&self) -> &[(String, Self)] {
        match self {
            Self::Text(_) => &[],
            Self::Named(cells) => cells,
        }
    }

    /// What stands under a name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        find(self.named(), name)
    }

    /// Every text with its language, `language` where it does not say its own.
    pub fn spoken<'a>(&'a self, language: &'a str) -> Vec<(&'a str, &'a str)> {
        match self {
            Self::Text(text) => vec![(language, text)],
            Self::Named(cells) => {
                let each = cells.iter();
                each.filter_map(|(name, cell)| Some((name.as_str(), cell.text()?))).collect()
            }
        }
    }

    /// Puts a text where `path` leads. Where a text without a name meets texts with names, it is in
    /// `language`, unless that has a text of its own.
    fn set(&mut self, path: &[String], text: String, language: &str) {
        if let Self::Text(before) = self {
            if path.is_empty() {
                *before = text;
                return;
            }
            let before = std::mem::take(before);
            *self = Self::Named(vec![(language.to_owned(), Self::Text(before))]);
        }
        let Self::Named(cells) = self else { return };
        match path.split_first() {
            Some((first, rest)) => put(cells, first, rest, text, language),
            None if find(cells, language).is_none() => {
                cells.push((language.to_owned(), Self::Text(text)));
            }
            None => {}
        }
    }
}

fn find<'a>(cells: &'a [(String, Cell)], name: &str) -> Option<&'a Cell> {
    cells.iter().find(|(known, _cell)| known == name).map(|(_name, cell)| cell)
}

fn put(cells: &mut Vec<(String, Cell)>, name: &str, rest: &[String], text: String, language: &str) {
    if let Some((_name, cell)) = cells.iter_mut().find(|(known, _cell)| known == name) {
        return cell.set(rest, text, language);
    }
    let cell = rest
        .iter()
        .rev()
        .fold(Cell::Text(text), |inner, name| Cell::Named(vec![(name.clone(), inner)]));
    cells.push((name.to_owned(), cell));
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, as the spreadsheet shows it.
    pub number: u64,
    cells: Vec<(String, Cell)>,
}

impl Row {
    /// A row without cells.
    pub fn new(number: u64) -> Self {
        Self { number, cells: Vec::new() }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Its cells, in the order of the columns.
    pub fn cells(&self) -> &[(String, Cell)] {
        &self.cells
    }

    /// A cell.
    pub fn get(&self, name: &str) -> Option<&Cell> {
        find(&self.cells, name)
    }

    /// The text of a cell that is one.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Cell::text)
    }

    /// The text under two names: `bind`, `relevant`.
    pub fn under(&self, name: &str, inner: &str) -> Option<&str> {
        self.get(name).and_then(|cell| cell.get(inner)).and_then(Cell::text)
    }

    /// Puts a text where `path` leads.
    pub fn set(&mut self, path: &[String], text: String, language: &str) {
        if let Some((first, rest)) = path.split_first() {
            put(&mut self.cells, first, rest, text, language);
        }
    }
}
