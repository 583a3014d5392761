//! Tiles of real incidents: all of them, small, and of the viewer's own records only.

use app::{Question, TileQuestion, Viewer};
use model::limits::TILE_BYTES_MAX;
use testkit::mvt::{Layer, decode};

use crate::support::{TestNode, filtered};

pub(crate) fn asked(filter: Option<&str>) -> TileQuestion {
    let question = filter.map_or_else(
        || Question { register: "incident".to_owned(), ..Question::default() },
        |filter| filtered("incident", filter),
    );
    TileQuestion { question, cells: None }
}

fn tile(
    test: &TestNode,
    viewer: &Viewer,
    asked: &TileQuestion,
    (z, x, y): (u8, u32, u32),
) -> Vec<Layer> {
    let tile = test.node.register_tile(viewer, asked, (z, x, y));
    let tile = tile.unwrap_or_else(|error| panic!("{error}"));
    assert!(tile.bytes.len() <= TILE_BYTES_MAX);
    decode(&tile.bytes)
}

/// Records and best figure of deaths over all tiles of a zoom.
pub(crate) fn totals(test: &TestNode, viewer: &Viewer, asked: &TileQuestion, z: u8) -> (i64, i64) {
    let layers: Vec<Layer> = (0..1 << z)
        .flat_map(|x| (0..1 << z).map(move |y| (x, y)))
        .flat_map(|(x, y)| tile(test, viewer, asked, (z, x, y)))
        .collect();
    let records = layers.iter().map(|layer| match layer.name.as_str() {
        "points" => i64::try_from(layer.features.len()).expect("few"),
        _ => layer.sum("count"),
    });
    (records.sum(), layers.iter().map(|layer| layer.sum("deaths_best")).sum())
}

fn counted(test: &TestNode, viewer: &Viewer, asked: &TileQuestion) -> i64 {
    let filter = match &asked.question.filter {
        Some(filter) => format!("({filter}) AND NOT place IS NULL"),
        None => "NOT place IS NULL".to_owned(),
    };
    let count = test.node.count(viewer, &filtered("incident", &filter)).expect("a count");
    i64::try_from(count).expect("few")
}

#[test]
fn every_record_is_in_one_tile_of_every_zoom() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let everything = asked(None);
    let (count, deaths) = totals(&test, &test.admin, &everything, 0);
    assert_eq!(count, counted(&test, &test.admin, &everything));
    assert!(deaths > 1_000, "{deaths}");
    for z in 1..6 {
        assert_eq!(totals(&test, &test.admin, &everything, z), (count, deaths), "zoom {z}");
    }
    for cells in [8, 16, 32, 64] {
        let binned = TileQuestion { cells: Some(cells), ..everything.clone() };
        assert_eq!(totals(&test, &test.admin, &binned, 2), (count, deaths), "{cells} cells");
    }
}

#[test]
fn a_question_narrows_the_tiles_as_it_narrows_the_list() {
    let mut test = TestNode::minusma();
    test.ucdp();
    for filter in [
        "deaths_best > 10",
        "type = 'AA-CLASH' OR verification = 'verified'",
        "occurred_at >= DATE('2018-01-01') AND admin1 = 'ML05'",
        "side_a LIKE '%JNIM%'",
        "S_INTERSECTS(place, BBOX(-5, 13, 0, 17.5))",
    ] {
        let narrowed = asked(Some(filter));
        let (count, _) = totals(&test, &test.admin, &narrowed, 3);
        assert_eq!(count, counted(&test, &test.admin, &narrowed), "{filter}");
    }
    let words = Question { search: Some("JNIM".to_owned()), ..asked(None).question };
    let (count, _) = totals(&test, &test.admin, &TileQuestion { question: words, cells: None }, 3);
    assert!(count > 0);
}

#[test]
fn points_carry_what_they_are_drawn_by_and_nothing_else() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let layers = tile(&test, &test.admin, &asked(None), (6, 31, 28));
    let points = layers.iter().find(|layer| layer.name == "points").expect("few enough");
    let known = [
        "id",
        "type",
        "verification",
        "place_precision",
        "deaths_low",
        "deaths_best",
        "deaths_high",
        "civilian_deaths",
    ];
    for point in &points.features {
        let id = point.text("id").expect("an id").to_owned();
        test.show("incident", &id);
        assert!(point.id.is_some() && point.tags.keys().all(|key| known.contains(&key.as_str())));
    }
}
