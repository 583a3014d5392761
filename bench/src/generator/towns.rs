//! Sixty-seven towns of Mali, Burkina Faso and Niger around which made-up events lie, and how much
//! violence each draws.
//!
//! Names and positions are from geonames.org (CC BY 4.0). Region numbers and weights are
//! made up; they are nobody's P-codes and nobody's estimate.

/// A town.
#[derive(Debug)]
pub(crate) struct Town {
    /// Its name.
    pub(crate) name: &'static str,
    /// Two letters of its country.
    pub(crate) country: &'static str,
    /// Number of its region within the country, from 1.
    pub(crate) region: u8,
    /// Longitude in units of 1e-7 degree.
    pub(crate) lon: i32,
    /// Latitude in units of 1e-7 degree.
    pub(crate) lat: i32,
    /// Its share of the events, relative to the others.
    pub(crate) weight: u64,
}

const fn town(
    name: &'static str,
    country: &'static str,
    region: u8,
    position: (i32, i32),
    weight: u64,
) -> Town {
    let (lon, lat) = position;
    Town { name, country, region, lon, lat, weight }
}

/// The towns, by country and region.
pub(crate) const TOWNS: [Town; 67] = [
    town("Bamako", "ML", 1, (-79_752_200, 126_091_500), 1),
    town("Kayes", "ML", 2, (-114_439_300, 144_477_600), 1),
    town("Kita", "ML", 2, (-94_881_700, 130_388_500), 1),
    town("Bankass", "ML", 3, (-35_159_400, 140_775_000), 9),
    town("Djenné", "ML", 3, (-45_533_200, 139_060_800), 9),
    town("Douentza", "ML", 3, (-29_517_000, 150_060_500), 9),
    town("Koro", "ML", 3, (-30_753_900, 140_640_000), 9),
    town("Mopti", "ML", 3, (-41_829_600, 144_843_000), 9),
    town("Ténenkou", "ML", 3, (-49_169_000, 144_572_200), 9),
    town("Bla", "ML", 4, (-57_555_700, 129_508_300), 3),
    town("Diourou", "ML", 4, (-58_320_300, 136_871_900), 3),
    town("Ké-Macina", "ML", 4, (-53_579_100, 139_641_000), 3),
    town("Niono", "ML", 4, (-59_867_900, 142_505_400), 3),
    town("San", "ML", 4, (-48_962_700, 132_970_100), 3),
    town("Ségou", "ML", 4, (-62_594_700, 134_403_200), 3),
    town("Bougouni", "ML", 5, (-74_832_300, 114_176_900), 1),
    town("Koutiala", "ML", 5, (-54_650_700, 123_872_300), 1),
    town("Sikasso", "ML", 5, (-56_665_400, 113_175_500), 1),
    town("Diré", "ML", 6, (-34_012_600, 162_570_500), 5),
    town("Niafunké", "ML", 6, (-39_906_000, 159_322_000), 5),
    town("Timbuktu", "ML", 6, (-30_074_200, 167_734_800), 5),
    town("Ansongo", "ML", 7, (5_022_000, 156_597_000), 8),
    town("Bourem", "ML", 7, (-3_486_100, 169_550_000), 8),
    town("Gao", "ML", 7, (-447_200, 162_716_700), 8),
    town("I-n-Tillit", "ML", 7, (-4_605_600, 155_461_100), 8),
    town("Tessit", "ML", 7, (-3_000_000, 152_166_700), 8),
    town("Aguelhok", "ML", 8, (8_588_900, 194_613_900), 5),
    town("Kidal", "ML", 8, (14_092_100, 184_434_500), 5),
    town("Andéranboukan", "ML", 9, (30_175_000, 154_275_000), 7),
    town("Inékar", "ML", 9, (31_411_100, 159_594_400), 7),
    town("Ménaka", "ML", 9, (23_960_900, 159_198_500), 7),
    town("Dédougou", "BF", 1, (-34_607_500, 124_636_000), 4),
    town("Ouagadougou", "BF", 2, (-15_338_800, 123_656_600), 1),
    town("Boulsa", "BF", 3, (-5_746_900, 126_666_400), 5),
    town("Kaya", "BF", 3, (-10_836_800, 130_883_000), 5),
    town("Kongoussi", "BF", 3, (-15_347_200, 133_258_300), 5),
    town("Bogandé", "BF", 4, (-1_466_100, 129_771_100), 6),
    town("Fada N'gourma", "BF", 4, (3_584_300, 120_615_700), 6),
    town("Namponkoré", "BF", 4, (17_771_800, 117_374_800), 6),
    town("Natiaboani", "BF", 4, (5_061_100, 116_991_700), 6),
    town("Bobo-Dioulasso", "BF", 5, (-42_948_900, 111_806_400), 1),
    town("Ouahigouya", "BF", 6, (-24_178_600, 135_769_000), 6),
    town("Titao", "BF", 6, (-20_666_700, 137_666_700), 6),
    town("Yako", "BF", 6, (-22_607_500, 129_591_000), 6),
    town("Aribinda", "BF", 7, (-8_653_700, 142_296_300), 9),
    town("Djibo", "BF", 7, (-16_266_500, 140_986_400), 9),
    town("Dori", "BF", 7, (-333_300, 140_332_600), 9),
    town("Gorom-Gorom", "BF", 7, (-2_346_800, 144_429_000), 9),
    town("Sebba", "BF", 7, (5_304_400, 134_364_100), 9),
    town("Diffa", "NE", 1, (126_113_500, 133_153_600), 4),
    town("Nguigmi", "NE", 1, (131_092_100, 142_495_300), 4),
    town("Maradi", "NE", 2, (71_017_400, 135_000_000), 1),
    town("Birni N Konni", "NE", 3, (52_502_600, 137_959_900), 3),
    town("Madaoua", "NE", 3, (59_600_000, 140_730_000), 3),
    town("Tahoua", "NE", 3, (52_692_000, 148_888_000), 3),
    town("Abala", "NE", 4, (34_336_000, 149_369_000), 7),
    town("Ayorou", "NE", 4, (9_173_900, 147_307_500), 7),
    town("Baléyara", "NE", 4, (29_523_000, 137_838_000), 7),
    town("Bani Bangou", "NE", 4, (27_037_000, 150_416_000), 7),
    town("Filingué", "NE", 4, (33_168_000, 143_521_000), 7),
    town("Gothèye", "NE", 4, (15_670_700, 138_559_000), 7),
    town("Méhana", "NE", 4, (11_338_400, 143_938_900), 7),
    town("Ouallam", "NE", 4, (20_859_700, 143_164_100), 7),
    town("Tillabéri", "NE", 4, (14_541_800, 142_071_100), 7),
    town("Torodi", "NE", 4, (17_986_900, 131_191_500), 7),
    town("Téra", "NE", 4, (7_530_600, 140_077_600), 7),
    town("Youri Kourtéré", "NE", 4, (22_475_000, 133_342_000), 7),
];
