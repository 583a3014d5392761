//! Reads `places/places.toml` and the files it names.

use std::collections::BTreeMap;

use forms::answer::place_finding;
use forms::suggestion::suggestion;
use model::finding::Finding;
use spatial::area_index::AreaIndex;
use spatial::ring::check_area;

use super::{Area, Level, Places, gazetteer, geojson};
use crate::document::{self, Section};
use crate::findings::Findings;
use crate::folder::Packs;
use crate::layer::{self, LayerFolder};
use crate::packed::{below, held_file};

/// The file that says which places there are.
pub(crate) const FILE: &str = "places/places.toml";
/// The folder it and its files are in.
pub(super) const FOLDER: &str = "places/";
const LEVEL_KEYS: [&str; 5] = ["level", "file", "code", "name", "parent"];

/// The places of a pack and of those it extends.
pub fn load(name: &str, packs: &dyn Packs) -> Result<Places, Vec<Finding>> {
    let findings = Findings::default();
    let layers = layer::chain(name, packs, &findings);
    let places = layers.map(|layers| read(&layers, &findings)).unwrap_or_default();
    let findings = findings.into_sorted();
    if findings.iter().any(Finding::is_error) { Err(findings) } else { Ok(places) }
}

/// Reads the places of all layers.
pub(crate) fn read(layers: &[LayerFolder], findings: &Findings) -> Places {
    let mut areas: BTreeMap<u8, BTreeMap<String, (Area, Finding)>> = BTreeMap::new();
    let mut places = Places::default();
    for files in layers {
        let Some(content) = files.folder.get(FILE) else { continue };
        let file = files.path(FILE);
        document::read(&file, content, findings, |root| {
            root.knows(&["level", "gazetteer"]);
            for section in root.sections("level") {
                let Some((level, read)) = read_level(&section, files, findings) else { continue };
                let known = areas.entry(level).or_default();
                add_areas(known, read, findings);
            }
            for section in root.sections("gazetteer") {
                places.settlements.extend(gazetteer::read(&section, files, findings));
            }
        });
    }
    check_parents(&areas, findings);
    let levels = areas.into_iter().map(|(level, areas)| (level, indexed(areas)));
    places.levels = levels.collect();
    places
}

fn indexed(areas: BTreeMap<String, (Area, Finding)>) -> Level {
    let areas: BTreeMap<String, Area> =
        areas.into_iter().map(|(code, (area, _at))| (code, area)).collect();
    let shapes = areas.values().map(|area| (area.code.as_str(), &area.geometry));
    Level { index: AreaIndex::new(shapes), areas }
}

/// The areas of a level's file, each with a finding that says where it stands.
fn read_level(
    section: &Section<'_>,
    files: &LayerFolder,
    findings: &Findings,
) -> Option<(u8, Vec<(Area, Finding)>)> {
    section.knows(&LEVEL_KEYS);
    for key in ["level", "file", "code", "name"] {
        section.demand(key);
    }
    let (level, code, name) =
        (section.integer("level")?, section.text("code")?, section.text("name")?);
    let parent = section.text("parent");
    let path = section.text("file")?;
    let content = held_file(section, files, FOLDER, &path)?;
    let columns = geojson::Columns { code: &code, name: &name, parent: parent.as_deref() };
    let file = files.path(&below(FOLDER, &path));
    let read = geojson::read(&file, content, &columns, findings);
    Some((level, read))
}

fn add_areas(
    known: &mut BTreeMap<String, (Area, Finding)>,
    read: Vec<(Area, Finding)>,
    findings: &Findings,
) {
    for (area, at) in read {
        if let Err(error) = check_area(&area.geometry) {
            findings
                .push(Finding { at: at.at.clone(), ..place_finding(&error) }.in_column(&area.code));
        }
        if known.contains_key(&area.code) {
            let twice = Finding { code: "places-code-twice", ..at };
            findings.push(twice.with("area", &area.code));
        } else {
            known.insert(area.code.clone(), (area, at));
        }
    }
}

/// A parent must be an area of the next higher level, where that level is known.
fn check_parents(levels: &BTreeMap<u8, BTreeMap<String, (Area, Finding)>>, findings: &Findings) {
    for (level, areas) in levels {
        let Some(above) = level.checked_sub(1).and_then(|above| levels.get(&above)) else {
            continue;
        };
        for (area, at) in areas.values() {
            let Some(parent) = &area.parent else { continue };
            if !above.contains_key(parent) {
                let near = suggestion(parent, above.keys().map(String::as_str));
                let finding = Finding { code: "places-parent-unknown", ..at.clone() };
                let finding = finding.with("area", &area.code).with("parent", parent);
                findings.push(finding.with("nearest", near));
            }
        }
    }
}
