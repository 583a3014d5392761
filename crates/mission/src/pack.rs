//! A mission pack as it is used: read, checked, its layers laid over each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::labels::Labels;
use forms::list::{CodeList, Lists};
use model::finding::Finding;
use model::id::Name;
use model::place::BoundingBox;
use policy::Role;

use crate::mandate::Mandate;
use crate::mapping::Mapping;
use crate::register::Register;

/// A mission pack with everything of the packs it extends.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its name: that of its folder.
    pub name: Name,
    /// Its version, as its authors count.
    pub version: String,
    /// What the mission is called.
    pub titles: Labels,
    /// The languages everything should be said in, the first one first.
    pub languages: Vec<String>,
    /// The mission's time zone, by its name: `Africa/Bamako`.
    pub time_zone: String,
    /// Where the mission works.
    pub bounds: Option<BoundingBox>,
    /// The countries it works in, as ISO 3166 codes of two letters.
    pub countries: Vec<String>,
    /// Whether the mission is invented.
    pub fictional: bool,
    /// Whether everything in it is an exercise.
    pub exercise: bool,
    /// The packs it is made of, the one that extends nothing first and itself last.
    pub layers: Vec<Layer>,
    /// Its mandates by the day of adoption.
    pub mandates: Vec<Mandate>,
    /// Its registers.
    pub registers: BTreeMap<Name, Register>,
    /// Its code lists.
    pub lists: Lists,
    /// Its roles.
    pub roles: BTreeMap<Name, Role>,
    /// Its compartments: names and what people call them.
    pub compartments: BTreeMap<Name, Labels>,
    /// Its import mappings.
    pub mappings: BTreeMap<Name, Mapping>,
    /// The hash of all its layers.
    pub hash: [u8; 32],
    /// What is worth knowing about it. A pack with errors is not made.
    pub warnings: Vec<Finding>,
}

/// One folder of those a pack is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The folder's name.
    pub name: Name,
    /// The version it says it has.
    pub version: String,
    /// The hash of the folder.
    pub hash: [u8; 32],
}

impl Pack {
    /// The hash of a pack made of these layers.
    pub(crate) fn hash_of(layers: &[Layer]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("casque pack v1");
        for layer in layers {
            hasher.update(&(layer.name.as_str().len() as u64).to_be_bytes());
            hasher.update(layer.name.as_str().as_bytes());
            hasher.update(&layer.hash);
        }
        *hasher.finalize().as_bytes()
    }

    /// The register of this name.
    pub fn register(&self, name: &str) -> Option<&Register> {
        self.registers.get(name)
    }

    /// The code list of this name.
    pub fn list(&self, name: &str) -> Option<&Arc<CodeList>> {
        self.lists.get(name)
    }

    /// The mandates of this number: more than one where a pack has real and invented ones.
    pub fn mandates_numbered(&self, number: u32) -> impl Iterator<Item = &Mandate> {
        self.mandates.iter().filter(move |mandate| mandate.key.number == number)
    }
}
