//! One row through a mapping.
//!
//! Texts become values of the right type here. Whether these may stand in a record (codes known on
//! the day, required fields there) is asked of the whole record afterwards, by `forms::check`.

use std::collections::{BTreeMap, BTreeSet};

use forms::answer::{parse_answer, place_finding};
use forms::form::Field;
use model::finding::Finding;
use model::hashtag::HashtagPattern;
use model::id::{Name, RecordId};
use model::place::{BoundingBox, Geometry, PlaceError, Position, UNITS_PER_DEGREE};
use model::value::{FieldType, Value};

use super::texts::{is_some_number, plain_number, shown};
use super::{FieldMapping, Mapping, Origin, Words, days};
use crate::pack::Pack;
use crate::register::Register;

/// How far outside of the mission's box a position may lie without a word, in units.
const MARGIN: i32 = UNITS_PER_DEGREE;

/// Letters of the digest that is a key made of hashtags: 128 bits.
const DIGEST_LETTERS: usize = 32;
/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is none of those the mapping reads.
    Skipped,
    /// It is a record.
    Row(Imported),
    /// It is wrong; everything that is wrong with it.
    Refused(Vec<Finding>),
}

/// A record as a row gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The row's key in the mapping's namespace.
    pub key: String,
    /// The values of every field the mapping names; `None` where the row says nothing.
    pub values: BTreeMap<Name, Option<Value>>,
    /// The records it names by their keys, which need not be there.
    pub links: Vec<Linked>,
    /// What is worth knowing about it.
    pub warnings: Vec<Finding>,
}

/// Another record as a row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The field that points to it.
    pub field: Name,
    /// Its register.
    pub register: Name,
    /// Its id, which derives from its key.
    pub id: RecordId,
    /// Its key.
    pub key: String,
}

impl Imported {
    /// The same row come once more, as a record of its own: the second is `KEY#2`.
    pub fn numbered(&mut self, register: &Register, nth: u32) {
        let first = Some(Value::Text(self.key.clone()));
        self.key = format!("{}#{nth}", self.key);
        if let Some(name) = &register.key_field
            && let Some(value) = self.values.get_mut(name).filter(|value| **value == first)
        {
            *value = Some(Value::Text(self.key.clone()));
        }
    }
}

/// The row at hand, what is asked about it, and what is found.
struct Row<'a, 'r> {
    /// The text of a column of the mapping, which may be a hashtag that means several of the file.
    cell: &'a dyn Fn(&str) -> Option<&'r str>,
    /// The text of a column of the file.
    column: &'a dyn Fn(&str) -> Option<&'r str>,
    tagged: &'a BTreeMap<String, Vec<String>>,
    areas: &'a dyn Fn(u8, Position) -> Option<String>,
    bounds: Option<BoundingBox>,
    links: Vec<Linked>,
    findings: Vec<Finding>,
}

impl Mapping {
    /// Reads a row: `cell` gives the text of a column (`None` where there is no such column),
    /// `areas` the P-code of the area of a level that a position lies in.
    pub fn apply<'r>(
        &self,
        register: &Register,
        cell: &dyn Fn(&str) -> Option<&'r str>,
        areas: &dyn Fn(u8, Position) -> Option<String>,
        pack: &Pack,
    ) -> Applied {
        let column = cell;
        let cell = &|name: &str| self.cell(name, column);
        if !self.reads(cell) {
            return Applied::Skipped;
        }
        let mut row = Row {
            cell,
            column,
            tagged: &self.tagged,
            areas,
            bounds: pack.bounds,
            links: Vec::new(),
            findings: Vec::new(),
        };
        let key = row.key(self);
        let mut values = BTreeMap::new();
        for (name, mapping) in &self.fields {
            let Some(field) = register.form.field(name.as_str()) else { continue };
            if !matches!(mapping.origin, Origin::Area(_)) {
                values.insert(name.clone(), row.value(field, mapping));
            }
        }
        let place = register.place_field.as_ref().and_then(|name| values.get(name)?.as_ref());
        let position = position_of(place);
        for (name, mapping) in &self.fields {
            if let (Origin::Area(level), Some(field)) =
                (&mapping.origin, register.form.field(name.as_str()))
            {
                values.insert(name.clone(), row.area(field, mapping, *level, position));
            }
        }
        if let (Some(name), Some(key)) = (&register.key_field, &key) {
            values.entry(name.clone()).or_insert_with(|| Some(Value::Text(key.clone())));
        }
        row.finish(key, values)
    }

    /// Whether a part of the key may be empty: where the mapping calls a field that it feeds
    /// optional.
    fn may_lack(&self, column: &str) -> bool {
        let optional = self.fields.values().filter(|field| field.optional);
        optional.flat_map(|field| field.origin.columns()).any(|known| known == column)
    }

    fn reads<'r>(&self, cell: &dyn Fn(&str) -> Option<&'r str>) -> bool {
        let counts = self.part.as_ref().and_then(|part| self.parts.get(part));
        self.only
            .iter()
            .all(|(column, wanted)| cell(column).is_some_and(|text| wanted.contains(text.trim())))
            && counts.is_none_or(|part| cell(&part.count).is_some_and(is_some_number))
    }

    /// The text of a column; of a hashtag, that of the first of its columns which holds any.
    fn cell<'r>(&self, column: &str, cell: &dyn Fn(&str) -> Option<&'r str>) -> Option<&'r str> {
        let Some(columns) = self.tagged.get(column) else { return cell(column) };
        columns.iter().find_map(|column| cell(column).filter(|text| !text.trim().is_empty()))
    }
}

impl Row<'_, '_> {
    fn text(&self, column: &str) -> Option<&str> {
        (self.cell)(column).map(str::trim).filter(|text| !text.is_empty())
    }

    fn text_of_file(&self, column: &str) -> Option<&str> {
        (self.column)(column).map(str::trim).filter(|text| !text.is_empty())
    }

    fn finish(self, key: Option<String>, values: BTreeMap<Name, Option<Value>>) -> Applied {
        match key {
            Some(key) if !self.findings.iter().any(Finding::is_error) => {
                Applied::Row(Imported { key, values, links: self.links, warnings: self.findings })
            }
            _ => Applied::Refused(self.findings),
        }
    }

    /// The key: one column as it is; several so joined that no two rows share one by accident. Of
    /// hashtags only the digest is kept: such cells hold long texts.
    fn key(&mut self, mapping: &Mapping) -> Option<String> {
        let key = if mapping.key.iter().any(|column| HashtagPattern::is_one(column)) {
            self.tagged_key(mapping)
        } else {
            self.plain_key(mapping)
        };
        let part = mapping.part.as_ref();
        key.map(|key| part.map_or_else(|| key.clone(), |part| format!("{}|{part}", escaped(&key))))
    }

    fn tagged_key(&mut self, mapping: &Mapping) -> Option<String> {
        let mut parts = BTreeMap::new();
        for column in mapping.key.iter().filter_map(|pattern| self.tagged.get(pattern)).flatten() {
            let text = self.text_of_file(column).map(escaped);
            parts.extend(text.map(|text| (column.as_str(), text)));
        }
        if parts.is_empty() {
            self.findings.extend(
                mapping.key.first().map(|column| Finding::error("row-key-empty").in_column(column)),
            );
            return None;
        }
        let parts: Vec<String> =
            parts.into_iter().map(|(column, text)| format!("{column}={text}")).collect();
        let digest = blake3::hash(parts.join("|").as_bytes());
        Some(digest.to_hex().as_str().get(..DIGEST_LETTERS).unwrap_or_default().to_owned())
    }

    fn plain_key(&mut self, mapping: &Mapping) -> Option<String> {
        let cells: Vec<(&String, Option<&str>)> =
            mapping.key.iter().map(|column| (column, self.text(column))).collect();
        let all_empty = cells.iter().all(|(_column, text)| text.is_none());
        let missing: Vec<Finding> = cells
            .iter()
            .filter(|(column, text)| text.is_none() && (all_empty || !mapping.may_lack(column)))
            .map(|(column, _text)| Finding::error("row-key-empty").in_column(*column))
            .collect();
        let key = match cells.as_slice() {
            [(_column, text)] => text.unwrap_or_default().to_owned(),
            several => {
                let parts = several.iter().map(|(_column, text)| escaped(text.unwrap_or_default()));
                parts.collect::<Vec<_>>().join("|")
            }
        };
        let complete = missing.is_empty();
        self.findings.extend(missing);
        complete.then_some(key)
    }

    fn value(&mut self, field: &Field, mapping: &FieldMapping) -> Option<Value> {
        let value = match &mapping.origin {
            Origin::Constant(value) => Some(value.clone()),
            Origin::Coordinates { longitude, latitude } => self.place(field, longitude, latitude),
            Origin::Columns(columns) if field.kind == FieldType::Codes => {
                self.gathered(field, mapping, columns)
            }
            Origin::Columns(columns) => {
                let found = columns.iter().find_map(|c| Some((c, self.text(c)?.to_owned())));
                found.and_then(|(column, text)| self.parsed(field, mapping, column, &text))
            }
            Origin::Text(template) => {
                let text = template.fill(self.cell);
                let said = Some(text).filter(|text| !text.is_empty());
                said.and_then(|text| self.parsed(field, mapping, field.name.as_str(), &text))
            }
            Origin::Area(_) => None,
        };
        let value = value.or_else(|| mapping.default.clone());
        if let (Some(Value::Geometry(Geometry::Point(position))), Some(column)) =
            (&value, mapping.origin.first_column())
        {
            self.check_bounds(*position, column, mapping.lenient);
        }
        value
    }

    /// The codes of every column that a hashtag means; of headings, those of the first that holds any.
    fn gathered(
        &mut self,
        field: &Field,
        mapping: &FieldMapping,
        columns: &[String],
    ) -> Option<Value> {
        let tagged: Vec<&String> =
            columns.iter().filter_map(|column| self.tagged.get(column)).flatten().collect();
        let by_hashtags = columns.iter().any(|column| self.tagged.contains_key(column));
        let read = if by_hashtags { tagged } else { columns.iter().collect() };
        let mut found = BTreeSet::new();
        for column in read.into_iter().skip(mapping.after) {
            let Some(text) = self.text_of_file(column).map(str::to_owned) else { continue };
            match self.parsed(field, mapping, column, &text) {
                Some(Value::Codes(codes)) => found.extend(codes),
                other if !by_hashtags => return other,
                _ => {}
            }
            if !by_hashtags {
                break;
            }
        }
        (!found.is_empty()).then_some(Value::Codes(found))
    }

    fn parsed(
        &mut self,
        field: &Field,
        mapping: &FieldMapping,
        column: &str,
        text: &str,
    ) -> Option<Value> {
        if let (FieldType::Code, Some(codes)) = (field.kind, &mapping.codes) {
            return self.code(field, mapping, codes, (column, text));
        }
        if let (FieldType::Codes, Some(codes)) = (field.kind, &mapping.codes) {
            return self.several_codes(field, mapping, codes, (column, text));
        }
        let key = mapping.link.as_ref().and_then(|link| Some((link, link.key(text)?)));
        if let (Some((link, key)), Some(register)) = (key, &field.register) {
            return Some(self.linked(field, register, (&link.namespace, key)));
        }
        if let Some(day) = self.day(field, mapping, (column, text)) {
            return Some(day);
        }
        let plain = if mapping.lenient { plain_number(field.kind, text) } else { text.into() };
        match parse_answer(field, &plain) {
            Ok(value) => value,
            Err(_) if mapping.lenient => {
                let finding = Finding::warning("row-value-left-out").in_column(column);
                self.findings.push(finding.with("value", shown(text)).with("field", &field.name));
                None
            }
            Err(findings) => {
                let said = findings.into_iter().map(|finding| {
                    let at = finding.at.column.clone().unwrap_or_else(|| field.name.to_string());
                    finding.in_column(column).with("field", at)
                });
                self.findings.extend(said);
                None
            }
        }
    }

    /// The record of this key, with the id that importing it gives or gave it.
    fn linked(&mut self, field: &Field, register: &Name, (space, key): (&str, &str)) -> Value {
        let id = RecordId::derived(register, space, key);
        let (field, key) = (field.name.clone(), key.to_owned());
        self.links.push(Linked { field, register: register.clone(), id, key });
        Value::Record(id)
    }

    /// A day written as people write days, where the mapping reads such.
    fn day(
        &mut self,
        field: &Field,
        mapping: &FieldMapping,
        (column, text): (&str, &str),
    ) -> Option<Value> {
        let written = days::read(text, mapping.days?)?;
        if written.either_way {
            let finding = Finding::warning("row-day-either-way").in_column(column);
            let finding = finding.with("value", text).with("day", written.day);
            self.findings.push(finding.with("field", &field.name));
        }
        Some(match field.kind {
            FieldType::Time => Value::Time(written.day.start()),
            _ => Value::Date(written.day),
        })
    }

    fn code(
        &mut self,
        field: &Field,
        mapping: &FieldMapping,
        codes: &Words,
        (column, text): (&str, &str),
    ) -> Option<Value> {
        if let Some(code) = codes.get(text) {
            return Some(Value::Code(code.to_owned()));
        }
        self.unmapped(field, mapping, column, text);
        None
    }

    fn several_codes(
        &mut self,
        field: &Field,
        mapping: &FieldMapping,
        codes: &Words,
        (column, text): (&str, &str),
    ) -> Option<Value> {
        if let Some(code) = codes.get(text) {
            return Some(Value::Codes(BTreeSet::from([code.to_owned()])));
        }
        let mut found = BTreeSet::new();
        for part in text.split([';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            match codes.get(part) {
                Some(code) => drop(found.insert(code.to_owned())),
                None => self.unmapped(field, mapping, column, part),
            }
        }
        (!found.is_empty()).then_some(Value::Codes(found))
    }

    /// A text without a code: an error, or a warning where there is a default or it may be left out.
    fn unmapped(&mut self, field: &Field, mapping: &FieldMapping, column: &str, text: &str) {
        let finding = match &mapping.default {
            None if mapping.lenient => Finding::warning("row-word-left-out"),
            None => Finding::error("row-code-unmapped"),
            Some(default) => Finding::warning("row-code-defaulted").with("default", default),
        };
        let finding =
            finding.in_column(column).with("value", shown(text)).with("field", &field.name);
        self.findings.push(finding);
    }

    fn place(&mut self, field: &Field, longitude: &str, latitude: &str) -> Option<Value> {
        match (self.text(longitude), self.text(latitude)) {
            (None, None) => None,
            (Some(lon), Some(lat)) => match Position::parse(lon, lat) {
                Ok(position) => Some(Value::Geometry(Geometry::Point(position))),
                Err(error) => {
                    let swapped = Position::parse(lat, lon).ok().filter(|s| self.is_in(*s, 0));
                    let finding = swapped.map(|s| swapped_finding(lon, lat, s));
                    let finding = finding.unwrap_or_else(|| place_finding(&error));
                    let is_latitude = matches!(error, PlaceError::Latitude(_));
                    let column = if is_latitude { latitude } else { longitude };
                    self.findings.push(finding.in_column(column).with("field", &field.name));
                    None
                }
            },
            (lon, _) => {
                let column = if lon.is_none() { longitude } else { latitude };
                let finding = Finding::error("place-half").in_column(column);
                self.findings.push(finding.with("field", &field.name));
                None
            }
        }
    }

    /// A position that is right only the other way round is refused; one far off is told. Of a source
    /// that covers more than the mission, which the mapping calls lenient, it is only told.
    fn check_bounds(&mut self, position: Position, column: &str, lenient: bool) {
        if self.is_in(position, MARGIN) {
            return;
        }
        let swapped = Position::from_units(position.lat(), position.lon()).ok();
        let finding = match swapped.filter(|swapped| !lenient && self.is_in(*swapped, 0)) {
            Some(swapped) => swapped_finding(&position.lon_text(), &position.lat_text(), swapped),
            None => Finding::warning("place-outside-mission").with("place", position),
        };
        self.findings.push(finding.in_column(column));
    }

    fn is_in(&self, position: Position, margin: i32) -> bool {
        self.bounds.is_none_or(|bounds| grown(bounds, margin).holds(position))
    }

    fn area(
        &mut self,
        field: &Field,
        mapping: &FieldMapping,
        level: u8,
        position: Option<Position>,
    ) -> Option<Value> {
        let found = position.and_then(|position| (self.areas)(level, position));
        let value = found.map(|code| match field.kind {
            FieldType::Code => Value::Code(code),
            _ => Value::Text(code),
        });
        value.or_else(|| mapping.default.clone())
    }
}

/// A part of a key in which the sign that joins parts cannot be mistaken.
fn escaped(part: &str) -> String {
    part.replace('\\', "\\\\").replace('|', "\\|")
}

impl Origin {
    /// The column to point at when something is wrong with the value.
    fn first_column(&self) -> Option<&str> {
        self.columns().first().copied()
    }
}

fn swapped_finding(lon: &str, lat: &str, swapped: Position) -> Finding {
    let finding = Finding::error("place-swapped").with("longitude", lon).with("latitude", lat);
    finding.with("swapped", swapped)
}

fn position_of(value: Option<&Value>) -> Option<Position> {
    match value {
        Some(Value::Geometry(Geometry::Point(position))) => Some(*position),
        _ => None,
    }
}

/// The box with a margin around it. One over the date line that the margin closes holds every
/// longitude.
fn grown(bounds: BoundingBox, margin: i32) -> BoundingBox {
    let (west, east) = (bounds.west.saturating_sub(margin), bounds.east.saturating_add(margin));
    let closed = bounds.west > bounds.east && west <= east;
    BoundingBox {
        west: if closed { i32::MIN } else { west },
        east: if closed { i32::MAX } else { east },
        south: bounds.south.saturating_sub(margin),
        north: bounds.north.saturating_add(margin),
    }
}
