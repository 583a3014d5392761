//! Cells and covers at the edges of the world and at random.

use model::place::{BoundingBox, LATITUDE_MAX, LONGITUDE_MAX};
use proptest::prelude::*;

use super::{CELL_UNITS, COLUMNS, ROWS, cell, cells_of};
use crate::testing::at;

#[test]
fn cells_are_numbered_from_the_south_west() {
    assert_eq!(cell(at(-LONGITUDE_MAX, -LATITUDE_MAX)), 0);
    assert_eq!(cell(at(-LONGITUDE_MAX + CELL_UNITS, -LATITUDE_MAX)), 1);
    assert_eq!(cell(at(-LONGITUDE_MAX, -LATITUDE_MAX + CELL_UNITS)), COLUMNS);
    assert_eq!(cell(at(LONGITUDE_MAX, LATITUDE_MAX)), ROWS * COLUMNS - 1);
    assert_eq!(cell(at(-1, -1)), 359 * COLUMNS + 719);
    assert_eq!(cell(at(-447_000, 162_717_000)), 425 * COLUMNS + 719, "Gao");
}

#[test]
fn a_box_over_the_date_line_has_two_ranges_a_row() {
    let bounds = BoundingBox { west: 1_799_000_000, south: 0, east: -1_799_000_000, north: 1 };
    let cover = cells_of(bounds);
    let row = 360 * COLUMNS;
    assert_eq!(cover.ranges(), [row..=row, row + COLUMNS - 1..=row + COLUMNS - 1]);
    assert_eq!(cover.count(), 2);
    assert!(cover.holds(cell(at(LONGITUDE_MAX, 0))) && !cover.holds(cell(at(0, 0))));
}

#[test]
fn the_whole_world_is_one_range() {
    let (lon, lat) = (LONGITUDE_MAX, LATITUDE_MAX);
    let world = cells_of(BoundingBox { west: -lon, south: -lat, east: lon, north: lat });
    assert_eq!(world.ranges(), [0..=ROWS * COLUMNS - 1]);
    assert_eq!(world.count(), ROWS * COLUMNS);
}

#[test]
fn a_box_over_the_date_line_and_almost_round_the_world_counts_no_cell_twice() {
    let cover = cells_of(BoundingBox { west: 1, south: 0, east: 0, north: 0 });
    assert_eq!(cover.count(), COLUMNS);
    let row = 360 * COLUMNS;
    assert_eq!(cover.ranges(), [row..=row + COLUMNS - 1]);
}

proptest! {
    #[test]
    fn a_cover_holds_the_cell_of_every_position_in_its_box(
        lons in prop::array::uniform3(-LONGITUDE_MAX..=LONGITUDE_MAX),
        lats in prop::array::uniform3(-LATITUDE_MAX..=LATITUDE_MAX),
    ) {
        let (south, north) = (lats[0].min(lats[1]), lats[0].max(lats[1]));
        let bounds = BoundingBox { west: lons[0], south, east: lons[1], north };
        let position = at(lons[2], lats[2]);
        let cover = cells_of(bounds);
        prop_assert!(!bounds.holds(position) || cover.holds(cell(position)));
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn ranges_hold_the_same_cells_as_the_cover(
        west in -LONGITUDE_MAX..=LONGITUDE_MAX, south in -LATITUDE_MAX..=LATITUDE_MAX,
        width in 0..50_000_000_i32, height in 0..50_000_000_i32,
    ) {
        let wrapped = (i64::from(west) + i64::from(width) + 1_800_000_000).rem_euclid(3_600_000_000);
        let east = i32::try_from(wrapped - 1_800_000_000).expect("wrapped");
        let bounds = BoundingBox { west, south, east, north: (south + height).min(LATITUDE_MAX) };
        let cover = cells_of(bounds);
        let ranges = cover.ranges();
        prop_assert!(ranges.is_sorted_by(|a, b| a.end() + 1 < *b.start()));
        let listed: Vec<u32> = ranges.into_iter().flatten().collect();
        let held: Vec<u32> = (0..ROWS * COLUMNS).filter(|cell| cover.holds(*cell)).collect();
        prop_assert_eq!(u32::try_from(listed.len()), Ok(cover.count()));
        prop_assert_eq!(listed, held);
    }
}
