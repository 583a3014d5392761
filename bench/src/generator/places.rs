//! Where made-up events lie: three clusters around each town, 201 in all, each the heart of a
//! made-up district. An event belongs to the district whose heart is nearest.

use model::place::{Position, UNITS_PER_DEGREE};

use super::towns::TOWNS;
use crate::random::Random;

/// Clusters a town has: itself, one to the north-east, one to the south.
const CLUSTERS: [(&str, i64, i64); 3] =
    [("", 0, 0), (" Nord-Est", 2_400_000, 1_900_000), (" Sud", -700_000, -2_600_000)];
/// Standard deviation of a cluster, and of the few events far from any, in units.
const NEAR: i64 = 900_000;
const FAR: i64 = 6_000_000;
const FAR_PERCENT: u64 = 12;
/// Reports give places to 1e-4 degree, eleven metres.
const STEP: i64 = 1_000;
/// The Sahel, in degrees: nothing lies outside.
const LONGITUDES: (i32, i32) = (-12, 16);
const LATITUDES: (i32, i32) = (9, 21);

/// A district.
#[derive(Debug)]
pub(crate) struct District {
    /// `ML0312`: country, region, number.
    pub(crate) code: String,
    /// `ML03`.
    pub(crate) region: String,
    /// The name of its heart.
    pub(crate) name: String,
    lon: i64,
    lat: i64,
    /// Weights of this and all districts before it, added.
    reach: u64,
}

/// All districts.
#[derive(Debug)]
pub(crate) struct Places(Vec<District>);

impl Places {
    /// The districts of [`TOWNS`].
    pub(crate) fn new() -> Self {
        let mut districts: Vec<District> = Vec::new();
        for town in &TOWNS {
            for (number, (suffix, east, north)) in (0_u64..).zip(CLUSTERS) {
                let region = format!("{}{:02}", town.country, town.region);
                let serial = districts.iter().filter(|d| d.region == region).count() + 1;
                let before = districts.last().map_or(0, |district| district.reach);
                districts.push(District {
                    code: format!("{region}{serial:02}"),
                    region,
                    name: format!("{}{suffix}", town.name),
                    lon: i64::from(town.lon) + east,
                    lat: i64::from(town.lat) + north,
                    reach: before + town.weight * (3 - number),
                });
            }
        }
        Self(districts)
    }

    /// A place, and the district it lies in.
    pub(crate) fn draw(&self, random: &mut Random) -> (Position, &District) {
        let heart = self.drawn_heart(random);
        let spread = if random.percent(FAR_PERCENT) { FAR } else { NEAR };
        let lon = within(heart.lon + random.bell(spread), LONGITUDES);
        let lat = within(heart.lat + random.bell(spread), LATITUDES);
        let position = Position::from_units(lon, lat).expect("the Sahel is on the Earth");
        (position, self.nearest(position))
    }

    /// The district whose heart is nearest (in degrees; the first of two as near).
    pub(crate) fn nearest(&self, position: Position) -> &District {
        let (lon, lat) = (i64::from(position.lon()), i64::from(position.lat()));
        let distance = |d: &&District| (d.lon - lon).pow(2) + (d.lat - lat).pow(2);
        self.0.iter().min_by_key(distance).expect("there are districts")
    }

    fn drawn_heart(&self, random: &mut Random) -> &District {
        let all = self.0.last().map_or(0, |district| district.reach);
        let drawn = random.below(all);
        let index = self.0.partition_point(|district| district.reach <= drawn);
        &self.0[index]
    }
}

fn within(units: i64, degrees: (i32, i32)) -> i32 {
    let low = i64::from(degrees.0) * i64::from(UNITS_PER_DEGREE);
    let high = i64::from(degrees.1) * i64::from(UNITS_PER_DEGREE);
    let rounded = units.clamp(low, high).div_euclid(STEP) * STEP;
    i32::try_from(rounded).expect("clamped to degrees")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_201_districts_of_their_own_codes() {
        let places = Places::new();
        let codes: BTreeSet<&str> = places.0.iter().map(|d| d.code.as_str()).collect();
        assert_eq!(codes.len(), 201);
        assert!(codes.iter().all(|code| code.len() == 6), "{codes:?}");
    }

    #[test]
    fn the_heart_of_a_district_lies_in_it() {
        let places = Places::new();
        for district in &places.0 {
            let lon = i32::try_from(district.lon).expect("in range");
            let lat = i32::try_from(district.lat).expect("in range");
            let heart = Position::from_units(lon, lat).expect("on the Earth");
            assert_eq!(places.nearest(heart).code, district.code);
        }
    }

    #[test]
    fn most_places_lie_near_their_district() {
        let places = Places::new();
        let mut random = Random::new(3, 3);
        let near = (0..5_000)
            .filter(|_| {
                let (position, district) = places.draw(&mut random);
                let east = (i64::from(position.lon()) - district.lon).abs();
                let north = (i64::from(position.lat()) - district.lat).abs();
                east < 3 * NEAR && north < 3 * NEAR
            })
            .count();
        assert!((4_300..4_950).contains(&near), "{near} of 5,000 within three deviations");
    }
}
