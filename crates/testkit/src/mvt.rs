//! A vector tile read back, by the book and without thrift: what tests compare tiles with.

#![expect(
    clippy::panic,
    reason = "for tests: bytes that are no tile are the failure they look for"
)]

use std::collections::BTreeMap;

/// A layer of a tile.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// The version of the specification it claims.
    pub version: u64,
    /// Units along a side.
    pub extent: u64,
    /// Its features, in order.
    pub features: Vec<Feature>,
}

/// A feature of a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Its id, where it has one.
    pub id: Option<u64>,
    /// 1 points, 2 lines, 3 polygons.
    pub kind: u64,
    /// The paths of its geometry; a closed one is a ring, without its first place again.
    pub paths: Vec<Path>,
    /// What it is said to be.
    pub tags: BTreeMap<String, Value>,
}

/// A path of a geometry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Its places.
    pub places: Vec<(i64, i64)>,
    /// Whether it ends with a command to close it.
    pub closed: bool,
}

/// A value of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number, however it was written.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
}

impl Layer {
    /// The sum of a whole number over all features; those without it count nothing.
    pub fn sum(&self, key: &str) -> i64 {
        self.features.iter().map(|feature| feature.integer(key).unwrap_or(0)).sum()
    }
}

impl Feature {
    /// A whole number among its tags.
    pub fn integer(&self, key: &str) -> Option<i64> {
        match self.tags.get(key) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// A text among its tags.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.tags.get(key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// The layers of a tile.
///
/// # Panics
/// Where the bytes are no tile: that is what tests look for.
pub fn decode(tile: &[u8]) -> Vec<Layer> {
    let layers = fields(tile).into_iter();
    layers
        .map(|(field, content)| {
            assert_eq!(field, 3, "a tile has layers and nothing else");
            layer(content.bytes())
        })
        .collect()
}

/// What a protobuf field holds.
enum Content<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Content<'a> {
    fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Number(number) => panic!("a number, {number}, where a message belongs"),
        }
    }

    fn number(&self) -> u64 {
        match self {
            Self::Number(number) => *number,
            Self::Bytes(_) => panic!("a message where a number belongs"),
        }
    }

    fn text(&self) -> String {
        String::from_utf8(self.bytes().to_vec()).expect("texts are UTF-8")
    }
}

fn layer(bytes: &[u8]) -> Layer {
    let all = fields(bytes);
    let one = |wanted: u64| all.iter().find(|(field, _)| *field == wanted).map(|(_, c)| c);
    let many = |wanted: u64| all.iter().filter(move |(field, _)| *field == wanted).map(|(_, c)| c);
    let keys: Vec<String> = many(3).map(Content::text).collect();
    let values: Vec<Value> = many(4).map(|content| value(content.bytes())).collect();
    Layer {
        name: one(1).expect("a layer has a name").text(),
        version: one(15).expect("a layer has a version").number(),
        extent: one(5).map_or(4096, Content::number),
        features: many(2).map(|content| feature(content.bytes(), &keys, &values)).collect(),
    }
}

fn value(bytes: &[u8]) -> Value {
    match &fields(bytes)[..] {
        [(1, content)] => Value::Text(content.text()),
        [(4 | 5, content)] => Value::Integer(content.number().cast_signed()),
        [(6, content)] => Value::Integer(unzigzag(content.number())),
        [(7, content)] => Value::Boolean(content.number() == 1),
        _ => panic!("a value of a type that is not written"),
    }
}

fn feature(bytes: &[u8], keys: &[String], values: &[Value]) -> Feature {
    let all = fields(bytes);
    let one = |wanted: u64| all.iter().find(|(field, _)| *field == wanted).map(|(_, c)| c);
    let numbers = one(2).map(|content| numbers(content.bytes())).unwrap_or_default();
    let place = |number: u64| usize::try_from(number).expect("a place in a list");
    let tags = numbers
        .chunks(2)
        .map(|pair| (keys[place(pair[0])].clone(), values[place(pair[1])].clone()));
    Feature {
        id: one(1).map(Content::number),
        kind: one(3).expect("a feature has a kind").number(),
        paths: paths(&self::numbers(one(4).expect("a feature has geometry").bytes())),
        tags: tags.collect(),
    }
}

fn paths(commands: &[u64]) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    let (mut x, mut y) = (0, 0);
    let mut rest = commands.iter();
    while let Some(command) = rest.next() {
        let (id, count) = (command & 7, command >> 3);
        for _ in 0..count {
            if id == 7 {
                paths.last_mut().expect("a path to close").closed = true;
                continue;
            }
            x += unzigzag(*rest.next().expect("a step east"));
            y += unzigzag(*rest.next().expect("a step south"));
            match id {
                1 => paths.push(Path { places: vec![(x, y)], closed: false }),
                2 => paths.last_mut().expect("a path to go on with").places.push((x, y)),
                other => panic!("command {other}"),
            }
        }
    }
    paths
}

fn fields(bytes: &[u8]) -> Vec<(u64, Content<'_>)> {
    let mut rest = bytes;
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let key = varint(&mut rest);
        let content = match key & 7 {
            0 => Content::Number(varint(&mut rest)),
            2 => {
                let length = usize::try_from(varint(&mut rest)).expect("a length");
                let (bytes, after) = rest.split_at(length);
                rest = after;
                Content::Bytes(bytes)
            }
            other => panic!("wire type {other}"),
        };
        fields.push((key >> 3, content));
    }
    fields
}

fn numbers(bytes: &[u8]) -> Vec<u64> {
    let mut rest = bytes;
    let mut numbers = Vec::new();
    while !rest.is_empty() {
        numbers.push(varint(&mut rest));
    }
    numbers
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().expect("a number goes on");
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            break;
        }
    }
    number
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}
