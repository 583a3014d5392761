//! The grid that record places are stored and searched by: cells of a quarter of a degree.
//!
//! Cells are numbered from the south-west, row by row: `row * 1440 + column`. A cell is a search
//! key and nothing else; figures and maps use areas or positions.

use std::ops::RangeInclusive;

use model::place::{BoundingBox, LATITUDE_MAX, LONGITUDE_MAX, Position, UNITS_PER_DEGREE};

/// Columns of the grid.
pub const COLUMNS: u32 = 1_440;
/// Rows of the grid.
pub const ROWS: u32 = 720;
/// The side of a cell in units of 1e-7 degree.
const CELL_UNITS: i32 = UNITS_PER_DEGREE / 4;

/// The cell of a position. The north pole and 180 degrees east belong to the last row and column.
pub fn cell(position: Position) -> u32 {
    row_of(position.lat()) * COLUMNS + column_of(position.lon())
}

/// The cells that a box touches. A box over the date line has two ranges of columns.
pub fn cells_of(bounds: BoundingBox) -> CellCover {
    let rows = row_of(bounds.south)..=row_of(bounds.north);
    let (west, east) = (column_of(bounds.west), column_of(bounds.east));
    if bounds.west <= bounds.east {
        CellCover { rows, columns: west..=east, beyond_date_line: None }
    } else {
        CellCover { rows, columns: west..=COLUMNS - 1, beyond_date_line: Some(0..=east) }
    }
}

/// The cells that a box touches, as rows and ranges of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellCover {
    /// The rows, south first.
    pub rows: RangeInclusive<u32>,
    /// The columns, up to the date line where the box crosses it.
    pub columns: RangeInclusive<u32>,
    /// The columns east of the date line, where the box crosses it.
    pub beyond_date_line: Option<RangeInclusive<u32>>,
}

impl CellCover {
    /// How many cells there are, at most 1,036,800 of them.
    pub fn count(&self) -> u32 {
        let columns: u32 = self.column_ranges().map(|range| length(&range)).sum();
        length(&self.rows) * columns.min(COLUMNS)
    }

    /// Whether `cell` is one of them.
    pub fn holds(&self, cell: u32) -> bool {
        let (row, column) = (cell / COLUMNS, cell % COLUMNS);
        self.rows.contains(&row) && self.column_ranges().any(|range| range.contains(&column))
    }

    /// The cells as ranges of consecutive numbers, ascending: one or two for each row, and a
    /// single one where whole rows are covered.
    pub fn ranges(&self) -> Vec<RangeInclusive<u32>> {
        let mut ranges: Vec<RangeInclusive<u32>> = Vec::new();
        for row in self.rows.clone() {
            let mut columns: Vec<_> = self.column_ranges().collect();
            columns.reverse();
            for range in columns {
                push_or_extend(
                    &mut ranges,
                    row * COLUMNS + range.start(),
                    row * COLUMNS + range.end(),
                );
            }
        }
        ranges
    }

    fn column_ranges(&self) -> impl Iterator<Item = RangeInclusive<u32>> {
        std::iter::once(self.columns.clone()).chain(self.beyond_date_line.clone())
    }
}

fn push_or_extend(ranges: &mut Vec<RangeInclusive<u32>>, first: u32, last: u32) {
    match ranges.last_mut() {
        Some(previous) if first <= *previous.end() + 1 => {
            *previous = *previous.start()..=last.max(*previous.end());
        }
        _ => ranges.push(first..=last),
    }
}

fn length(range: &RangeInclusive<u32>) -> u32 {
    (range.end() + 1).saturating_sub(*range.start())
}

fn row_of(lat: i32) -> u32 {
    step(lat, LATITUDE_MAX).min(ROWS - 1)
}

fn column_of(lon: i32) -> u32 {
    step(lon, LONGITUDE_MAX).min(COLUMNS - 1)
}

/// Whole cells between the edge of the world and `units`; 0 for what lies beyond that edge.
fn step(units: i32, edge: i32) -> u32 {
    let from_edge = i64::from(units) + i64::from(edge);
    u32::try_from(from_edge / i64::from(CELL_UNITS)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
