//! Tests of the module above.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

const SAMPLE: u64 = 20_000;

fn bytes(seed: u64, total: u64) -> Vec<u8> {
    let mut output = Vec::new();
    write_csv(Generator::new(seed, total), &mut output).expect("a vector takes everything");
    output
}

fn shares(of: impl Fn(&Event) -> &str) -> BTreeMap<String, f64> {
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for event in Generator::new(11, SAMPLE) {
        *counts.entry(of(&event).to_owned()).or_default() += 100.0 / 20_000.0;
    }
    counts
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(bytes(1, 3_000), bytes(1, 3_000));
    assert_ne!(bytes(1, 3_000), bytes(2, 3_000));
}

/// Pins the bytes themselves: a change here makes earlier results incomparable.
#[test]
fn the_bytes_of_seed_1_do_not_change() {
    let first: Vec<Event> = Generator::new(1, 1_000).take(2).collect();
    insta::assert_debug_snapshot!(first.iter().map(Event::cells).collect::<Vec<_>>());
}

#[test]
fn every_event_is_there_once_with_a_time_of_its_own() {
    let events: Vec<Event> = Generator::new(4, SAMPLE).collect();
    let ids: BTreeSet<&str> = events.iter().map(|event| event.source_id.as_str()).collect();
    let times: BTreeSet<_> = events.iter().map(|event| event.occurred_at).collect();
    assert_eq!((events.len(), ids.len(), times.len()), (20_000, 20_000, 20_000));
}

#[test]
fn events_arrive_roughly_but_not_strictly_in_order() {
    let times: Vec<i64> = Generator::new(4, SAMPLE).map(|e| e.occurred_at.as_ms()).collect();
    let backwards = times.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert!((8_000..12_000).contains(&backwards), "{backwards} steps back in time");
    let mut latest = 0;
    let two_months_ms = 60 * 86_400_000;
    for time in times {
        assert!(latest - time < two_months_ms, "arrived more than 60 days late");
        latest = latest.max(time);
    }
}

#[test]
fn years_grow_as_the_conflict_did() {
    let years =
        shares(
            |event| {
                if event.occurred_at.as_ms() < 1_546_300_800_000 { "early" } else { "late" }
            },
        );
    // 2014 to 2018 hold 40 of 142 shares.
    assert!((27.0..29.5).contains(&years["early"]), "{years:?}");
}

#[test]
fn classification_is_mostly_open() {
    let levels = shares(|event| event.classification);
    assert!((90.0..92.0).contains(&levels["unclassified"]), "{levels:?}");
    assert!((7.3..8.7).contains(&levels["confidential"]), "{levels:?}");
    assert!((0.7..1.3).contains(&levels["strictly-confidential"]), "{levels:?}");
}

#[test]
fn the_district_follows_from_the_place() {
    let places = Places::new();
    for event in Generator::new(8, 2_000) {
        assert_eq!(event.admin2, places.nearest(event.place).code);
        assert!(event.admin2.starts_with(&event.admin1));
    }
}

#[test]
fn all_districts_are_hit_and_some_much_more() {
    let districts = shares(|event| &event.admin2);
    assert!(districts.len() > 195, "{} districts", districts.len());
    let most = districts.values().copied().fold(0.0, f64::max);
    assert!((1.0..4.0).contains(&most), "the worst district has {most} %");
}

#[test]
fn most_events_kill_nobody_and_low_is_never_above_high() {
    let mut without = 0;
    let mut uncounted = 0;
    for event in Generator::new(9, SAMPLE) {
        match event.deaths {
            None => uncounted += 1,
            Some(Deaths { low, best, high }) => {
                assert!(low <= best && best <= high);
                without += u32::from(best == 0);
            }
        }
    }
    assert!((12_000..15_500).contains(&without), "{without} without deaths");
    assert!((1_000..1_500).contains(&uncounted), "{uncounted} uncounted");
}

#[test]
fn csv_has_a_header_and_reads_back() {
    let output = bytes(3, 50);
    let mut reader = csv::Reader::from_reader(output.as_slice());
    assert_eq!(reader.headers().expect("a header"), COLUMNS.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let written: Vec<_> = Generator::new(3, 50).map(|event| event.cells()).collect();
    assert_eq!(rows.len(), 50);
    assert!(rows.iter().zip(&written).all(|(row, cells)| row == cells.as_slice()));
}
