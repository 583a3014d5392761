//! The places of the mission as documents: areas of a level, and places found by name.

use mission::places::{Area, Places, Settlement};
use model::place::{BoundingBox, degrees_text};
use serde_json::{Number, Value as Json, json};

use crate::error::AppError;
use crate::node::Node;

impl Node {
    /// The areas of a level, or of all levels, by code.
    pub fn areas_json(&self, level: Option<u8>) -> Result<Json, AppError> {
        let places = self.places()?;
        let levels = places.levels().filter(|(known, _)| level.is_none_or(|level| level == *known));
        let areas = levels.flat_map(|(level, areas)| areas.areas().map(move |area| (level, area)));
        Ok(areas.map(|(level, area)| area_json(level, area)).collect())
    }

    /// At most `limit` places whose name holds the words, whatever their accents and capitals: the
    /// same name first, then names and words of names that begin so.
    pub fn places_json(&self, words: &str, limit: usize) -> Result<Json, AppError> {
        let places = self.places()?;
        let wanted = plain(words.trim());
        if wanted.is_empty() {
            return Ok(Json::Array(Vec::new()));
        }
        let mut found: Vec<(u8, String, &Settlement)> = places
            .settlements()
            .iter()
            .filter_map(|place| {
                let name = plain(&place.name);
                Some((rank(&name, &wanted)?, name, place))
            })
            .collect();
        found.sort_by(|a, b| (a.0, &a.1, &a.2.code).cmp(&(b.0, &b.1, &b.2.code)));
        let found = found.into_iter().take(limit);
        Ok(found.map(|(_, _, place)| place_json(&places, place)).collect())
    }
}

fn area_json(level: u8, area: &Area) -> Json {
    let bounds = area.geometry.bounds().map(corners);
    json!({ "code": area.code, "name": area.name, "level": level, "parent": area.parent,
            "bounds": bounds })
}

fn place_json(places: &Places, place: &Settlement) -> Json {
    let area = place.area.as_deref().and_then(|code| places.area(code)).map(|area| &area.name);
    json!({
        "name": place.name,
        "code": place.code,
        "class": place.class,
        "area": place.area,
        "area_name": area,
        "lon": degrees(place.position.lon()),
        "lat": degrees(place.position.lat()),
    })
}

/// West, south, east and north in degrees.
pub(crate) fn corners(bounds: BoundingBox) -> [Json; 4] {
    [bounds.west, bounds.south, bounds.east, bounds.north].map(degrees)
}

/// Units as degrees, with every digit.
fn degrees(units: i32) -> Json {
    let text = degrees_text(units);
    text.parse::<Number>().map_or(Json::Null, Json::Number)
}

/// How well a name fits; nothing where it does not.
fn rank(name: &str, wanted: &str) -> Option<u8> {
    let at = name.find(wanted)?;
    let before = name.get(..at)?.chars().next_back();
    Some(match (at, before) {
        (0, _) if name.len() == wanted.len() => 0,
        (0, _) => 1,
        (_, Some(letter)) if !letter.is_alphanumeric() => 2,
        _ => 3,
    })
}

/// Small letters without accents; every apostrophe and dash is one.
fn plain(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(base).collect()
}

/// A letter without its accent, as the Latin alphabets of Europe and Africa have them.
fn base(letter: char) -> Option<char> {
    Some(match letter {
        '\u{300}'..='\u{36f}' => return None,
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ɛ' => 'e',
        'ì'..='ï' | 'ī' | 'ĭ' | 'į' => 'i',
        'ñ' | 'ń' | 'ň' | 'ŋ' | 'ɲ' => 'n',
        'ò'..='ö' | 'ō' | 'ŏ' | 'ő' | 'ɔ' => 'o',
        'ù'..='ü' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ś' | 'š' | 'ş' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => '\'',
        '\u{2010}'..='\u{2015}' => '-',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_apostrophes_do_not_matter() {
        assert_eq!(plain("Ménaka"), plain("MENAKA"));
        assert_eq!(plain("N\u{2019}Tillit"), "n'tillit");
        assert_eq!(plain("Me\u{301}naka"), "menaka");
    }

    #[test]
    fn the_same_name_comes_before_beginnings_and_parts() {
        assert_eq!(rank("gao", "gao"), Some(0));
        assert_eq!(rank("gaoua", "gao"), Some(1));
        assert_eq!(rank("tin-gao", "gao"), Some(2));
        assert_eq!(rank("ingaou", "gao"), Some(3));
        assert_eq!(rank("kidal", "gao"), None);
    }
}
