//! One meaning, one form: what is written is read back, and nothing else is read at all.

use journal::wire::{decode_rows, encode_rows};
use journal::{Act, Content, DecodeError, Edit, EncodeError, Header, LogDescriptor, Operation};
use model::id::{EntryId, LogId, Name};
use model::limits::{
    ENTRY_BODY_BYTES_MAX, ENTRY_FIELDS_MAX, FIELD_PREDECESSORS_MAX, ROWS_MAX, TEXT_BYTES_MAX,
    VALUE_POSITIONS_MAX,
};
use model::place::{Geometry, Position};
use model::rows::Row;
use model::time::hybrid::HybridTime;
use model::value::Value;
use proptest::prelude::*;

use crate::sample;
use crate::strategies::{descriptor, entry, operation};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn operations_survive_their_bytes(operation in operation()) {
        let bytes = operation.encode().expect("within the limits");
        prop_assert_eq!(Operation::decode(&bytes), Ok(operation));
    }

    #[test]
    fn a_second_cbor_library_reads_operations_as_one_item(operation in operation()) {
        let bytes = operation.encode().expect("within the limits");
        let mut decoder = minicbor::Decoder::new(&bytes);
        prop_assert!(decoder.skip().is_ok());
        prop_assert_eq!(decoder.position(), bytes.len());
    }

    #[test]
    fn a_changed_bit_is_refused_or_means_something_else(
        operation in operation(), place in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let mut bytes = operation.encode().expect("within the limits");
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        if let Ok(other) = Operation::decode(&bytes) {
            prop_assert_ne!(&other, &operation);
            prop_assert_eq!(other.encode(), Ok(bytes));
        }
    }

    #[test]
    fn no_operation_is_the_beginning_of_another(
        operation in operation(), place in any::<prop::sample::Index>(), more: u8,
    ) {
        let mut bytes = operation.encode().expect("within the limits");
        let cut = place.index(bytes.len());
        prop_assert!(Operation::decode(&bytes[..cut]).is_err());
        bytes.push(more);
        prop_assert!(Operation::decode(&bytes).is_err());
    }

    #[test]
    fn noise_is_never_read_unless_it_is_the_canonical_form(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        if let Ok(operation) = Operation::decode(&bytes) {
            prop_assert_eq!(operation.encode(), Ok(bytes));
        }
    }

    #[test]
    fn descriptors_and_headers_survive_their_bytes(
        descriptor in descriptor(), previous in entry(), sequence: u64, at: u64, body_len: u32,
    ) {
        prop_assert_eq!(LogDescriptor::decode(&descriptor.encode()), Ok(descriptor.clone()));
        let at = HybridTime::from_bits(at);
        let body_hash = *previous.as_bytes();
        let header = Header { log: descriptor.id(), sequence, previous, at, body_len, body_hash };
        prop_assert_eq!(Header::decode(&header.encode()), Ok(header));
    }
}

#[test]
fn lists_without_an_order_are_written_in_one() {
    let first = EntryId::from_bytes([1; 32]);
    let second = EntryId::from_bytes([2; 32]);
    let edit = |field: &str, overwrites: &[EntryId]| Edit {
        field: sample::name(field),
        content: Content::Plain(None),
        overwrites: overwrites.to_vec(),
    };
    let one = sample::set(vec![edit("a", &[second, first, second]), edit("b", &[first])]);
    let other = sample::set(vec![edit("b", &[first]), edit("a", &[first, second])]);
    assert_eq!(one.encode(), other.encode());
}

#[test]
fn an_overwritten_entry_costs_its_32_bytes_once_however_many_fields_it_was_read_in() {
    let entry = EntryId::from_bytes([7; 32]);
    let edits = |overwrites: &[EntryId]| {
        let field = |place: u8| Edit {
            field: sample::name(&format!("field_{place}")),
            content: Content::Plain(Some(Value::Integer(1))),
            overwrites: overwrites.to_vec(),
        };
        sample::set((0..19).map(field).collect()).encode().expect("within the limits").len()
    };
    let list = 1 + 1 + 2 + 32;
    assert_eq!(edits(&[entry]) - edits(&[]), list + 19);
}

#[test]
fn a_field_set_twice_is_an_error_that_names_it() {
    let edit =
        || Edit { field: sample::name("a"), content: Content::Plain(None), overwrites: vec![] };
    let error = EncodeError::RepeatedField(sample::name("a"));
    assert_eq!(sample::set(vec![edit(), edit()]).encode(), Err(error.clone()));
    assert_eq!(error.finding().value("field"), Some("a"));
}

#[test]
fn limits_are_errors_both_ways_and_the_last_allowed_is_fine() {
    let text = |length: usize| one_value(Value::Text("x".repeat(length)));
    assert!(text(TEXT_BYTES_MAX).encode().is_ok());
    let (what, max) = ("bytes of text", TEXT_BYTES_MAX);
    let error = EncodeError::Limit { what, found: TEXT_BYTES_MAX + 1, max };
    assert_eq!(text(TEXT_BYTES_MAX + 1).encode(), Err(error));

    let line = |positions: usize| {
        let at = |place| {
            Position::from_units(i32::try_from(place).expect("in range"), 0).expect("in range")
        };
        one_value(Value::Geometry(Geometry::Line((0..positions).map(at).collect())))
    };
    let longest = line(VALUE_POSITIONS_MAX);
    assert_eq!(Operation::decode(&longest.encode().expect("in range")), Ok(longest));
    let (what, max) = ("positions", VALUE_POSITIONS_MAX);
    let error = EncodeError::Limit { what, found: VALUE_POSITIONS_MAX + 1, max };
    assert_eq!(line(VALUE_POSITIONS_MAX + 1).encode(), Err(error));

    let (what, max) = ("bytes of an entry", ENTRY_BODY_BYTES_MAX);
    let text = |place| Edit {
        content: Content::Plain(Some(Value::Text("x".repeat(TEXT_BYTES_MAX)))),
        ..cleared(place)
    };
    let texts = |count| sample::set((0..count).map(text).collect());
    assert!(texts(33).encode().is_ok());
    let long = texts(34);
    assert!(matches!(long.encode(), Err(EncodeError::Limit { what: w, .. }) if w == what));
    let too_long = vec![0; ENTRY_BODY_BYTES_MAX + 1];
    assert_eq!(Operation::decode(&too_long), Err(DecodeError::Limit { what, max }));
}

#[test]
fn rows_have_limits_of_their_own_both_ways() {
    let row = |value: Value| Row::from([(sample::name("a"), value)]);
    let rows = |rows: Vec<Row>| one_value(Value::Rows(rows));
    let many = |count: usize| rows(vec![row(Value::Integer(1)); count]);
    let most = many(ROWS_MAX).encode().expect("at the limit");
    assert_eq!(Operation::decode(&most), Ok(many(ROWS_MAX)));
    let (found, max) = (ROWS_MAX + 1, ROWS_MAX);
    assert_eq!(many(found).encode(), Err(EncodeError::Limit { what: "rows", found, max }));
    let more = one_more(&many(ROWS_MAX), [0x99, 0x03, 0xe8], [0x99, 0x03, 0xe9], &[0x80]);
    assert_eq!(Operation::decode(&more), Err(DecodeError::Limit { what: "rows", max }));

    let deep =
        |depth: usize| (1..depth).fold(vec![Row::new()], |inner, _| vec![row(Value::Rows(inner))]);
    let deepest = rows(deep(3)).encode().expect("at the limit");
    assert_eq!(Operation::decode(&deepest), Ok(rows(deep(3))));
    let (what, max) = ("rows within rows", 3);
    assert_eq!(rows(deep(4)).encode(), Err(EncodeError::Limit { what, found: 4, max }));
    // The empty row becomes one that holds an empty row.
    let mut deeper = deepest;
    assert_eq!(deeper.pop(), Some(0x80));
    deeper.extend([0x82, 0x61, b'a', 0xcf, 0x81, 0x80]);
    assert_eq!(Operation::decode(&deeper), Err(DecodeError::Limit { what, max }));

    let text = || row(Value::Text("x".repeat(TEXT_BYTES_MAX)));
    assert!(rows(vec![text(); 31]).encode().is_ok());
    let error = rows(vec![text(); 32]).encode().expect_err("32 texts and what is around them");
    assert!(matches!(error, EncodeError::Limit { what: "bytes of rows", .. }), "{error:?}");
}

#[test]
fn a_row_has_its_columns_in_order_and_says_nothing_of_what_it_lacks() {
    let row = Row::from(["a", "b"].map(|name| (sample::name(name), Value::Boolean(true))));
    let bytes = one_value(Value::Rows(vec![row])).encode().expect("within the limits");
    let good = [0x81, 0x84, 0x61, b'a', 0xf5, 0x61, b'b', 0xf5];
    assert!(bytes.ends_with(&good));
    let with_end = |end: &[u8]| {
        let start = &bytes[..bytes.len() - good.len()];
        Operation::decode(&[start, end].concat())
    };
    assert!(with_end(&good).is_ok());
    let not_canonical = |end: &[u8]| matches!(with_end(end), Err(DecodeError::NotCanonical { .. }));
    assert!(not_canonical(&[0x81, 0x84, 0x61, b'b', 0xf5, 0x61, b'a', 0xf5]), "other order");
    assert!(not_canonical(&[0x81, 0x84, 0x61, b'a', 0xf5, 0x61, b'a', 0xf5]), "one name twice");
    let malformed = |end: &[u8]| matches!(with_end(end), Err(DecodeError::Malformed { .. }));
    assert!(malformed(&[0x81, 0x82, 0x61, b'a', 0xf6]), "no value within a row");
    assert!(malformed(&[0x81, 0x81, 0x61, b'a']), "a name without a value");
    let sealed = [0x81, 0x82, 0x61, b'a', 0xce, 0x83, 0x61, b'c', 0x00, 0x40];
    assert!(malformed(&sealed), "nothing within rows is sealed apart");
}

#[test]
fn rows_on_their_own_survive() {
    let rows = vec![Row::new(), Row::from([(sample::name("a"), Value::Rows(vec![]))])];
    let bytes = encode_rows(&rows).expect("within the limits");
    assert_eq!(decode_rows(&bytes), Ok(rows));
    assert!(decode_rows(&bytes[..bytes.len() - 1]).is_err());
    assert!(decode_rows(&[&bytes[..], &[0]].concat()).is_err());
    assert!(decode_rows(&[0x80]).is_err());
}

#[test]
fn geometries_without_positions_are_refused() {
    for (shape, geometry) in [("line", Geometry::Line(vec![])), ("area", Geometry::Area(vec![]))] {
        let error = EncodeError::EmptyGeometry(shape);
        assert_eq!(one_value(Value::Geometry(geometry)).encode(), Err(error));
    }
}

#[test]
fn a_kind_this_release_knows_cannot_be_smuggled_in_as_unknown() {
    let unknown = |kind, bytes: &[u8]| {
        let act = Act::Unknown { kind, references: vec![], bytes: bytes.to_vec() };
        Operation { act, ..sample::set(vec![]) }.encode()
    };
    assert!(unknown(13, &[0x80]).is_ok());
    assert_eq!(unknown(1, &[0x80]), Err(EncodeError::UnknownKind(1)));
    assert_eq!(unknown(16, &[0x80]), Err(EncodeError::UnknownKind(16)));
    for not_one_canonical_item in [&[][..], &[0x80, 0x80], &[0x81], &[0x18, 0x05], &[0x9f, 0xff]] {
        assert_eq!(unknown(13, not_one_canonical_item), Err(EncodeError::UnknownKind(13)));
    }
}

#[test]
fn other_forms_of_the_same_meaning_are_refused() {
    let plain = sample::set(vec![]).encode().expect("within the limits");
    assert_eq!(plain[..5], [0xa6, 0, 1, 1, 0x50]);
    let mut long_number = plain.clone();
    long_number.splice(2..3, [0x18, 1]);
    assert_eq!(Operation::decode(&long_number), Err(DecodeError::NotCanonical { at: 2 }));
    let mut endless_map = plain.clone();
    endless_map[0] = 0xbf;
    endless_map.push(0xff);
    assert_eq!(
        Operation::decode(&endless_map),
        Err(DecodeError::Malformed { at: 0, expected: "a map" })
    );
    let mut keys_swapped = plain;
    keys_swapped.swap(1, 3);
    assert!(Operation::decode(&keys_swapped).is_err());
}

#[test]
fn a_list_of_entries_in_another_order_is_refused_where_it_leaves_the_order() {
    let [first, second] = [1, 2].map(|byte| EntryId::from_bytes([byte; 32]));
    let good = Act::Delete { overwrites: vec![first, second] };
    let mut bytes = sample::operation(good).encode().expect("within the limits");
    let list = bytes.windows(3).position(|window| window == [0x82, 0x58, 0x20]).expect("a list");
    bytes[list + 3..list + 35].fill(2);
    bytes[list + 37..list + 69].fill(1);
    assert_eq!(Operation::decode(&bytes), Err(DecodeError::NotCanonical { at: list + 35 }));
}

#[test]
fn an_entry_that_is_listed_but_never_named_is_refused() {
    let entry = EntryId::from_bytes([1; 32]);
    let good = sample::operation(Act::Delete { overwrites: vec![entry] });
    let mut bytes = good.encode().expect("within the limits");
    assert_eq!(bytes.split_off(bytes.len() - 2), [0x81, 0x00]);
    bytes.push(0x80);
    let at = bytes.len();
    assert_eq!(Operation::decode(&bytes), Err(DecodeError::NotCanonical { at }));
}

#[test]
fn limits_hold_for_bytes_no_encoder_of_ours_would_write() {
    let at = |place| Position::from_units(place, 0).expect("in range");
    let line = (0..4_000).map(at).collect();
    let longest = one_value(Value::Geometry(Geometry::Line(line)));
    let longer = one_more(&longest, [0x99, 0x1f, 0x40], [0x99, 0x1f, 0x42], &[0, 0]);
    let (what, max) = ("positions", VALUE_POSITIONS_MAX);
    assert_eq!(Operation::decode(&longer).err(), Some(DecodeError::Limit { what, max }));

    let widest = sample::set((0..512).map(cleared).collect());
    let item = [0x82, 0x61, b'z', 0xf6];
    let wider = one_more(&widest, [0x99, 0x02, 0x00], [0x99, 0x02, 0x01], &item);
    let (what, max) = ("fields", ENTRY_FIELDS_MAX);
    assert_eq!(Operation::decode(&wider).err(), Some(DecodeError::Limit { what, max }));
}

#[test]
fn a_report_may_have_so_many_fields_and_a_field_so_many_predecessors() {
    let fields = |count| sample::set((0..count).map(cleared).collect()).encode();
    let (what, max) = ("fields", ENTRY_FIELDS_MAX);
    assert!(fields(512).is_ok());
    assert_eq!(fields(513), Err(EncodeError::Limit { what, found: 513, max }));

    let overwriting = |count: u64| {
        let entry = |number: u64| blake3::hash(&number.to_be_bytes());
        let overwrites = (0..count).map(|number| EntryId::from_bytes(*entry(number).as_bytes()));
        sample::set(vec![Edit { overwrites: overwrites.collect(), ..cleared(0) }]).encode()
    };
    let (what, max) = ("overwritten entries of one field", FIELD_PREDECESSORS_MAX);
    let most = overwriting(256).expect("at the limit");
    assert!(Operation::decode(&most).is_ok());
    assert_eq!(overwriting(257), Err(EncodeError::Limit { what, found: 257, max }));
}

#[test]
fn log_ids_differ_with_every_part_of_the_descriptor() {
    let base = sample::descriptor(&sample::signer(1));
    let mut others = vec![base.clone(); 4];
    others[0].device = sample::signer(2).device();
    others[1].compartment = Some(Name::new("crsv").expect("a name"));
    others[2].lane = journal::Lane::Bulk;
    others[3].incarnation = 1;
    let ids: std::collections::BTreeSet<LogId> =
        others.iter().chain([&base]).map(LogDescriptor::id).collect();
    assert_eq!(ids.len(), 5);
}

fn one_value(value: Value) -> Operation {
    let content = Content::Plain(Some(value));
    sample::set(vec![Edit { field: sample::name("a"), content, overwrites: vec![] }])
}

fn cleared(number: u16) -> Edit {
    let field = sample::name(&format!("f{number}"));
    Edit { field, content: Content::Plain(None), overwrites: vec![] }
}

/// The bytes of an operation with a list made longer: its head replaced, an item added at the end.
fn one_more(operation: &Operation, head: [u8; 3], longer: [u8; 3], item: &[u8]) -> Vec<u8> {
    let mut bytes = operation.encode().expect("at the limit");
    assert!(Operation::decode(&bytes).is_ok());
    let place = bytes.windows(3).position(|window| window == head).expect("the list");
    bytes.splice(place..place + 3, longer);
    bytes.extend(item);
    bytes
}
