//! A sheet that is being made: columns as they come up, rows in order.

/// Columns and rows.
#[derive(Debug, Default)]
pub(super) struct Grid {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// A sheet with these columns.
    pub(super) fn with(headers: &[&str]) -> Self {
        Self { headers: headers.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Fills a cell of the row begun last.
    pub(super) fn put(&mut self, header: &str, text: &str) {
        let place = self.headers.iter().position(|known| known == header);
        let place = place.unwrap_or_else(|| {
            self.headers.push(header.to_owned());
            self.headers.len().saturating_sub(1)
        });
        let Some(row) = self.rows.last_mut() else { return };
        if row.len() <= place {
            row.resize(place.saturating_add(1), String::new());
        }
        if let Some(cell) = row.get_mut(place) {
            text.clone_into(cell);
        }
    }

    /// Whether there are no rows.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What stands in the first two columns of every row.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (String, String)> {
        let cell = |row: &[String], place: usize| row.get(place).cloned().unwrap_or_default();
        self.rows.iter().map(move |row| (cell(row, 0), cell(row, 1)))
    }

    /// The sheet as CSV; every row is as long as the header.
    pub(super) fn csv(&self) -> Vec<u8> {
        let mut text = String::new();
        add_line(&mut text, self.headers.iter().map(String::as_str));
        for row in &self.rows {
            let cells = row.iter().map(String::as_str).chain(std::iter::repeat(""));
            add_line(&mut text, cells.take(self.headers.len()));
        }
        text.into_bytes()
    }
}

fn add_line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}
