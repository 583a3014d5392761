//! From folders to a pack: layer over layer, part after part, each checked against those before.

mod parts;
mod rules;
mod words;

use model::finding::Finding;

use crate::basemap;
use crate::exercise;
use crate::findings::Findings;
use crate::folder::Packs;
use crate::laid::parts;
use crate::layer::{self, LayerFolder};
use crate::mapping;
use crate::pack::{Layer, Pack};
use crate::places;
use parts::Loader;

/// The language of labels that do not say theirs, where the pack names none.
const LANGUAGE: &str = "en";

/// Loads the pack of this name with all it extends, but not its places. What is wrong is told all
/// at once; a pack that has only warnings is loaded with them.
pub fn load(name: &str, packs: &dyn Packs) -> Result<Pack, Vec<Finding>> {
    loaded(name, packs, Findings::default())
}

/// The same with the pack that a node works with already. Forms with mistakes in their expressions are
/// no reason against it: nothing can be written with them until the pack is mended, and all can be read.
pub fn load_in_use(name: &str, packs: &dyn Packs) -> Result<Pack, Vec<Finding>> {
    loaded(name, packs, Findings::of_pack_in_use())
}

fn loaded(name: &str, packs: &dyn Packs, findings: Findings) -> Result<Pack, Vec<Finding>> {
    let layers = layer::chain(name, packs, &findings);
    let pack = layers.and_then(|layers| assemble(&layers, &findings));
    let findings = findings.into_sorted();
    match pack {
        Some(pack) if !findings.iter().any(Finding::is_error) => {
            Ok(Pack { warnings: findings, ..pack })
        }
        _ => Err(findings),
    }
}

/// Everything there is to say about a pack, its places, its map and its exercise.
pub fn check(name: &str, packs: &dyn Packs) -> Vec<Finding> {
    let findings = Findings::default();
    if let Some(layers) = layer::chain(name, packs, &findings) {
        let pack = assemble(&layers, &findings);
        let places = places::read(&layers, &findings);
        basemap::read(&layers, &findings);
        pack.map(|pack| exercise::read(&layers, (&pack, &places), &findings));
    }
    findings.into_sorted()
}

fn assemble(layers: &[LayerFolder], findings: &Findings) -> Option<Pack> {
    let top = layers.last()?;
    let manifest = &top.manifest;
    let language = manifest.languages.first().map_or(LANGUAGE, String::as_str);
    let loader = Loader { layers, languages: &manifest.languages, language, findings };
    let lists = loader.lists();
    let compartments = loader.compartments();
    let mandates = loader.mandates(manifest.mission.as_ref().unwrap_or(&top.name));
    let registers = loader.registers(&lists, &mandates);
    let roles = loader.roles(&registers, &compartments);
    let mappings = loader.mappings(&registers);
    mapping::check_links(&mappings, &registers, findings);
    rules::check(&lists, &compartments, &registers, &roles, findings);
    let words = words::Words { languages: &manifest.languages, findings };
    words.check_manifest(top);
    words.check_lists(&lists);
    words.check_mandates(&mandates);
    words.check_registers(&registers);
    words.check_titles(&compartments, &mappings, &roles);
    let pack_layers: Vec<Layer> = layers.iter().map(layer_of).collect();
    Some(Pack {
        name: top.name.clone(),
        version: manifest.version.clone(),
        titles: manifest.titles.clone(),
        languages: manifest.languages.clone(),
        time_zone: manifest.time_zone.clone(),
        bounds: manifest.bounds,
        countries: manifest.countries.clone(),
        fictional: manifest.fictional,
        exercise: manifest.exercise,
        hash: Pack::hash_of(&pack_layers),
        layers: pack_layers,
        mandates,
        registers: parts(registers),
        lists: parts(lists),
        roles: parts(roles),
        compartments: parts(compartments),
        mappings: parts(mappings),
        warnings: Vec::new(),
    })
}

fn layer_of(layer: &LayerFolder) -> Layer {
    Layer {
        name: layer.name.clone(),
        version: layer.manifest.version.clone(),
        hash: layer.folder.hash(),
    }
}

#[cfg(test)]
mod tests;
