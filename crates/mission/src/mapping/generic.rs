//! The mapping that needs no file: columns are called as the fields are.

use std::collections::BTreeMap;

use forms::form::Field;
use forms::labels::Labels;
use model::finding::Finding;
use model::id::Name;
use model::value::FieldType;

use super::{FieldMapping, Link, Mapping, Origin};
use crate::register::Register;

/// The name of the generic mapping, which no file may take.
pub(super) const NAME: &str = "generic";
/// Columns that hold a row's key, the first that is there.
const KEY_COLUMNS: [&str; 3] = ["source_id", "id", "key"];
/// Pairs of columns that hold a position: longitude, latitude.
const COORDINATES: [(&str, &str); 4] =
    [("longitude", "latitude"), ("lon", "lat"), ("lng", "lat"), ("long", "lat")];
/// The column in which GeoJSON and GIS tables give a shape as WKT.
const GEOMETRY: &str = "geometry";

impl Mapping {
    /// The mapping of a table with these columns: each column to the field of its name, the key
    /// from `source_id`, `id` or `key`, the place from `longitude` and `latitude` or `geometry`.
    pub fn generic(register: &Register, columns: &[&str]) -> Result<Self, Vec<Finding>> {
        let own_key = register.key_field.as_ref().map(Name::as_str);
        let mut keys = own_key.into_iter().chain(KEY_COLUMNS);
        let key = keys.find(|key| columns.contains(key));
        let mut fields = BTreeMap::new();
        for field in register.form.fields() {
            let origin = origin(register, field, columns);
            fields.extend(origin.map(|origin| (field.name.clone(), field_mapping(field, origin))));
        }
        let mut findings = Vec::new();
        if key.is_none() {
            let finding = Finding::error("generic-key-missing").at_row(1);
            findings.push(finding.with("columns", KEY_COLUMNS.join(", ")));
        }
        if fields.values().all(|field| matches!(field.origin, Origin::Area(_))) {
            let known: Vec<&str> = register.form.names().collect();
            let finding = Finding::error("generic-no-field").at_row(1);
            findings.push(finding.with("fields", known.join(", ")));
        }
        match (key, Name::new(NAME)) {
            (Some(key), Ok(name)) if findings.is_empty() => Ok(Self {
                name,
                titles: Labels::default(),
                register: register.name.clone(),
                namespace: NAME.to_owned(),
                key: vec![key.to_owned()],
                source: None,
                required_columns: Vec::new(),
                only: BTreeMap::new(),
                fields,
                numbers_repeats: false,
                parts: BTreeMap::new(),
                part: None,
                tagged: BTreeMap::new(),
            }),
            _ => Err(findings),
        }
    }
}

/// Another record may be named by the key it was imported under with this same mapping.
fn field_mapping(field: &Field, origin: Origin) -> FieldMapping {
    let link = Link { namespace: NAME.to_owned(), is_marked: true };
    let link = Some(link).filter(|_| field.kind == FieldType::Record);
    FieldMapping { link, optional: true, ..FieldMapping::of(origin) }
}

fn origin(register: &Register, field: &Field, columns: &[&str]) -> Option<Origin> {
    let name = field.name.as_str();
    if columns.contains(&name) {
        return Some(Origin::Columns(vec![name.to_owned()]));
    }
    if let Some(level) = register.area_fields.iter().position(|area| *area == field.name) {
        return u8::try_from(level + 1).ok().map(Origin::Area);
    }
    if field.kind != FieldType::Point || register.place_field.as_ref() != Some(&field.name) {
        return None;
    }
    let pair =
        COORDINATES.into_iter().find(|(lon, lat)| columns.contains(lon) && columns.contains(lat));
    match pair {
        Some((longitude, latitude)) => Some(Origin::Coordinates {
            longitude: longitude.to_owned(),
            latitude: latitude.to_owned(),
        }),
        None => columns.contains(&GEOMETRY).then(|| Origin::Columns(vec![GEOMETRY.to_owned()])),
    }
}
