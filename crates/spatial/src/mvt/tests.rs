//! Golden bytes, and tiles read back by another decoder.

use std::fmt::Write;

use proptest::prelude::*;
use testkit::mvt::{Value, decode};

use super::*;

fn at(x: i32, y: i32) -> At {
    At { x, y }
}

/// The examples of the specification, section 4.3.5.
#[test]
fn geometry_is_that_of_the_specification() {
    let commands = |drawn: &Drawn| {
        let mut out = Vec::new();
        geometry::commands(drawn, &mut out);
        out
    };
    assert_eq!(commands(&Drawn::Points(vec![at(25, 17)])), [9, 50, 34]);
    assert_eq!(commands(&Drawn::Points(vec![at(5, 7), at(3, 2)])), [17, 10, 14, 3, 9]);
    let line = vec![at(2, 2), at(2, 10), at(10, 10)];
    assert_eq!(commands(&Drawn::Lines(vec![line.clone()])), [9, 4, 4, 18, 0, 16, 16, 0]);
    let second = vec![at(1, 1), at(3, 5)];
    assert_eq!(
        commands(&Drawn::Lines(vec![line, second])),
        [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]
    );
    let ring = vec![at(3, 6), at(8, 12), at(20, 34)];
    assert_eq!(commands(&Drawn::Polygons(vec![vec![ring]])), [9, 6, 12, 18, 10, 12, 24, 44, 15]);
}

#[test]
fn the_bytes_of_a_small_tile() {
    let mut layer = Layer::new("points");
    let (kind, dead) = (layer.key("type"), layer.key("dead"));
    let attack = layer.value(Attribute::Text("AA"));
    let three = layer.value(Attribute::Integer(3));
    layer.point(Some(7), at(25, 17), &[(kind, attack), (dead, three)]);
    let mut hex = String::new();
    for byte in encode([&layer]) {
        write!(hex, "{byte:02x}").expect("a string takes all");
    }
    assert_eq!(
        hex,
        "1a340a06706f696e7473120f080712040000010118012203093222\
         1a04747970651a0464656164220 40a02414122022803288020 7802"
            .replace(' ', "")
    );
}

#[test]
fn a_tile_without_features_has_no_bytes() {
    let mut layer = Layer::new("empty");
    layer.key("unused");
    layer.feature(None, &Drawn::Lines(vec![]), &[]);
    assert_eq!(encode([&layer]), Vec::<u8>::new());
}

#[test]
fn equal_values_are_written_once_and_numbers_are_not_texts() {
    let mut layer = Layer::new("l");
    let key = layer.key("k");
    let values = [
        Attribute::Integer(1),
        Attribute::Text("1"),
        Attribute::Boolean(true),
        Attribute::Integer(-1),
        Attribute::Integer(i64::MIN),
    ];
    let first: Vec<ValuePlace> = values.iter().map(|value| layer.value(*value)).collect();
    let again: Vec<ValuePlace> = values.iter().map(|value| layer.value(*value)).collect();
    assert_eq!(first, again);
    for place in first {
        layer.point(None, at(0, 0), &[(key, place)]);
    }
    let read: Vec<Value> =
        decode(&encode([&layer]))[0].features.iter().map(|f| f.tags["k"].clone()).collect();
    let (text, yes) = (Value::Text("1".into()), Value::Boolean(true));
    assert_eq!(read, [Value::Integer(1), text, yes, Value::Integer(-1), Value::Integer(i64::MIN)]);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        points in prop::collection::vec(
            (any::<u64>(), -4_000..8_000_i32, -4_000..8_000_i32, any::<i64>(), "[a-cé]{0,2}"),
            1..60,
        ),
    ) {
        let mut layer = Layer::new("points");
        let (number, text) = (layer.key("number"), layer.key("text"));
        for (id, x, y, integer, word) in &points {
            let integer = layer.value(Attribute::Integer(*integer));
            let word = layer.value(Attribute::Text(word));
            layer.point(Some(*id), at(*x, *y), &[(number, integer), (text, word)]);
        }
        let read = decode(&encode([&layer]));
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!((read[0].version, read[0].extent), (2, 4096));
        prop_assert_eq!(read[0].features.len(), points.len());
        for (feature, (id, x, y, integer, word)) in read[0].features.iter().zip(&points) {
            prop_assert_eq!(feature.id, Some(*id));
            prop_assert_eq!(&feature.paths[0].places, &vec![(i64::from(*x), i64::from(*y))]);
            prop_assert_eq!(feature.integer("number"), Some(*integer));
            prop_assert_eq!(feature.text("text"), Some(word.as_str()));
        }
    }
}
