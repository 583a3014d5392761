//! OGC API Features from outside: what is offered, what is answered, what is refused.

use std::io::{Read, Write};

use serde_json::{Value as Json, json};

use crate::casque::Casque;
use crate::server::{Answer, Server};

const ITEMS: &str = "/ogc/collections/incident/items";

/// A served node and a token of its administrator.
struct Served<'c> {
    casque: &'c Casque,
    server: Server<'c>,
    token: String,
}

impl<'c> Served<'c> {
    fn of(casque: &'c Casque) -> Self {
        let server = Server::start(casque);
        let token = server.token("admin");
        Self { casque, server, token }
    }

    fn get(&self, path: &str) -> Answer {
        self.server.get(path, Some(&self.token))
    }

    fn json(&self, path: &str) -> Json {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    }

    fn with_headers(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [&[("authorization", bearer.as_str())], headers].concat();
        self.server.send(ureq::http::Method::GET, path, &headers, b"")
    }

    /// The address behind the host of a link.
    fn path_of(&self, address: &str) -> String {
        let site = format!("http://{}", self.server.address());
        let path = address.strip_prefix(&site).expect("a link within the site");
        path.to_owned()
    }

    /// The link of a relation, as a path.
    fn link(&self, document: &Json, relation: &str) -> Option<String> {
        let links = document["links"].as_array().expect("links");
        let link = links.iter().find(|link| link["rel"] == relation)?;
        Some(self.path_of(link["href"].as_str().expect("an address")))
    }

    fn matched(&self, parameters: &str) -> u64 {
        let page = self.json(&format!("{ITEMS}?limit=1&{parameters}"));
        page["numberMatched"].as_u64().expect("a number")
    }
}

/// A text as part of an address.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[test]
fn from_the_landing_page_links_lead_everywhere() {
    let casque = Casque::with_events();
    let served = Served::of(&casque);
    for start in ["/ogc", "/ogc/"] {
        let landing = served.json(start);
        assert!(landing["title"].as_str().is_some_and(|title| title.starts_with("MINUSMA")));
        let description = served.link(&landing, "service-desc").expect("a link");
        let description = served.json(&description);
        assert_eq!(description["openapi"], "3.1.0");
        let items = &description["paths"]["/collections/incident/items"]["get"]["parameters"];
        let names = items.as_array().into_iter().flatten().filter_map(|item| item["name"].as_str());
        let names: Vec<&str> = names.collect();
        assert!(names.contains(&"bbox") && names.contains(&"deaths_best"), "{names:?}");
        let conformance = served.link(&landing, "conformance").expect("a link");
        let classes = served.json(&conformance);
        let core = json!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core");
        assert!(classes["conformsTo"].as_array().is_some_and(|classes| classes.contains(&core)));
        let collections = served.json(&served.link(&landing, "data").expect("a link"));
        for collection in collections["collections"].as_array().expect("a list") {
            let itself = served.link(collection, "self").expect("a link");
            assert_eq!(served.json(&itself), *collection);
            let items = served.json(&served.link(collection, "items").expect("a link"));
            assert_eq!(items["type"], "FeatureCollection");
            let queryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
            let schema = served.json(&served.link(collection, queryables).expect("a link"));
            assert_eq!(schema["additionalProperties"], false);
            let described = served.json(&served.link(collection, "describedBy").expect("a link"));
            let members = &described["properties"]["properties"]["properties"];
            for feature in items["features"].as_array().expect("features") {
                let named = feature["properties"].as_object().expect("properties").keys();
                assert!(named.into_iter().all(|name| members.get(name).is_some()));
            }
        }
    }
}

#[test]
fn a_collection_says_where_and_when_its_records_are_in_the_language_of_the_caller() {
    let casque = Casque::with_events();
    let served = Served::of(&casque);
    let incident = served.json("/ogc/collections/incident");
    assert_eq!(
        incident["extent"]["spatial"]["bbox"],
        json!([[-9.464_722, 10.316_67, 3.900_001, 21.190_06]])
    );
    let interval = json!([["1990-06-28T00:00:00Z", "2019-12-23T00:00:00Z"]]);
    assert_eq!(incident["extent"]["temporal"]["interval"], interval);
    assert_eq!(served.json("/ogc/collections/deployment?lang=fr")["title"], "Déploiement");
    assert_eq!(served.json("/ogc/collections/site").get("extent"), None, "there are none");
    let schema = served.json("/ogc/collections/incident/queryables?lang=fr");
    let field = |name: &str| schema["properties"][name].clone();
    assert_eq!(field("occurred_at")["x-ogc-role"], "primary-instant");
    assert_eq!(field("place")["format"], "geometry-point");
    assert_eq!(field("type")["title"], "Type d’incident");
    assert!(
        field("type")["enum"].as_array().is_some_and(|codes| codes.contains(&json!("AC-CLASH")))
    );
    assert_eq!(field("deaths_best")["type"], "integer");
}

#[test]
fn next_links_lead_through_every_record_once_and_keep_the_question() {
    let casque = Casque::with_events();
    let served = Served::of(&casque);
    let question = format!(
        "limit=50&bbox=-4,14,0,17&lang=fr&properties=type&filter={}",
        escaped("deaths_best >= 2 AND type <> 'VC-KILL'")
    );
    let expected = served.casque.count(
        "S_INTERSECTS(place, BBOX(-4, 14, 0, 17)) AND deaths_best >= 2 AND type <> 'VC-KILL'",
    );
    let (mut path, mut ids, mut pages) = (Some(format!("{ITEMS}?{question}")), Vec::new(), 0);
    while let Some(here) = path {
        let page = served.json(&here);
        let features = page["features"].as_array().expect("features");
        assert_eq!(page["numberMatched"], expected);
        assert_eq!(page["numberReturned"], features.len());
        let properties = features.iter().map(|feature| &feature["properties"]);
        assert!(properties.into_iter().all(|has| has.as_object().expect("an object").len() == 1));
        ids.extend(
            features.iter().map(|feature| feature["id"].as_str().expect("an id").to_owned()),
        );
        path = served.link(&page, "next");
        pages += 1;
    }
    assert_eq!((ids.len() as u64, pages), (expected, expected.div_ceil(50)));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len() as u64, expected, "no record comes twice");
}

#[test]
fn every_way_to_narrow_says_the_same_as_the_command_line() {
    let casque = Casque::with_events();
    let served = Served::of(&casque);
    let json = r#"{"op":"and","args":[{"op":">=","args":[{"property":"deaths_best"},3]},{"op":"in","args":[{"property":"type"},["AC-CLASH","TE-IED"]]}]}"#;
    let cases = [
        ("bbox=-4,14,0,17".to_owned(), "S_INTERSECTS(place, BBOX(-4, 14, 0, 17))"),
        ("bbox=-4,14,0,0,17,9000".to_owned(), "S_INTERSECTS(place, BBOX(-4, 14, 0, 17))"),
        ("bbox=170,-90,-170,90".to_owned(), "deaths_best < 0"),
        ("bbox=-180,-90,180,90".to_owned(), "place IS NOT NULL"),
        (
            "datetime=2012-01-01/2013-12-31".to_owned(),
            "T_DURING(occurred_at, INTERVAL('2012-01-01','2013-12-31'))",
        ),
        (
            "datetime=2018-01-01T00:00:00Z/..".to_owned(),
            "occurred_at >= TIMESTAMP('2018-01-01T00:00:00Z')",
        ),
        ("datetime=../2012-12-31".to_owned(), "occurred_at <= DATE('2012-12-31')"),
        ("type=AC-CLASH".to_owned(), "type = 'AC-CLASH'"),
        ("type=AC-CLASH&deaths_best=1".to_owned(), "type = 'AC-CLASH' AND deaths_best = 1"),
        ("filter-lang=cql2-text&filter=type%20LIKE%20'AC-%25'".to_owned(), "type LIKE 'AC-%'"),
        (
            format!("filter-lang=cql2-json&filter={}", escaped(json)),
            "deaths_best >= 3 AND type IN ('AC-CLASH', 'TE-IED')",
        ),
        (
            format!("filter={}", escaped(json)),
            "deaths_best >= 3 AND type IN ('AC-CLASH', 'TE-IED')",
        ),
        (
            "filter-crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84&filter=deaths_best%3E5"
                .to_owned(),
            "deaths_best > 5",
        ),
    ];
    for (parameters, filter) in cases {
        assert_eq!(served.matched(&parameters), served.casque.count(filter), "{parameters}");
    }
    let capped = served.json(&format!("{ITEMS}?limit=1000000000"));
    assert_eq!(capped["numberReturned"], 735, "a large limit means the largest");
}

/// One question for each class of CQL2 that is claimed; whether they mean what they say is tested
/// with the filters themselves.
#[test]
fn every_class_that_is_claimed_is_answered() {
    let casque = Casque::with_events();
    let served = Served::of(&casque);
    let classes = served.json("/ogc/conformance")["conformsTo"].clone();
    let questions = [
        ("basic-cql2", "type = 'AC-CLASH' AND NOT (deaths_best > 3 OR deaths_low IS NULL)"),
        (
            "advanced-comparison-operators",
            "type LIKE 'AC%' AND deaths_best BETWEEN 1 AND 9 AND admin1 IN ('ML07')",
        ),
        ("case-insensitive-comparison", "CASEI(side_a) = CASEI('GOVERNMENT OF MALI')"),
        (
            "basic-spatial-functions",
            "S_INTERSECTS(place, BBOX(-4,14,0,17)) OR S_INTERSECTS(place, POINT(0 0))",
        ),
        ("array-functions", "A_OVERLAPS(weapons, ('IED')) OR A_CONTAINS(weapons, ('IED'))"),
    ];
    let claimed: Vec<&str> =
        classes.as_array().expect("a list").iter().filter_map(Json::as_str).collect();
    let cql2 = claimed
        .iter()
        .filter_map(|class| class.strip_prefix("http://www.opengis.net/spec/cql2/1.0/conf/"));
    let mut cql2: Vec<&str> =
        cql2.filter(|class| !class.ends_with("-text") && !class.ends_with("-json")).collect();
    for (class, filter) in questions {
        let answer = served.get(&format!("{ITEMS}?limit=1&filter={}", escaped(filter)));
        assert_eq!(answer.status, 200, "{class}: {answer:?}");
        cql2.retain(|claimed| *claimed != class);
    }
    assert_eq!(cql2, Vec::<&str>::new(), "claimed, but not asked here");
}

#[test]
fn nonsense_is_refused_with_words() {
    let casque = Casque::new();
    let served = Served::of(&casque);
    let deep = format!("filter={}type%20IS%20NULL", "NOT%20".repeat(500));
    let brackets = format!("filter={}1=1{}", "(".repeat(500), ")".repeat(500));
    let cases = [
        ("limit=0", "parameter-wrong"),
        ("limit=-1", "parameter-wrong"),
        ("limit=1e9", "parameter-wrong"),
        ("limit=", "parameter-wrong"),
        ("limit=1&limit=2", "parameter-twice"),
        ("offset=-1", "parameter-wrong"),
        ("offset=99999999999999999999999", "offset-too-large"),
        ("bbox=1,2,3", "bbox-wrong"),
        ("bbox=NaN,0,1,1", "bbox-wrong"),
        ("bbox=0,2,1,1", "bbox-wrong"),
        ("bbox=-181,0,1,91", "bbox-wrong"),
        ("bbox=%3Cscript%3E", "bbox-wrong"),
        ("datetime=yesterday", "datetime-wrong"),
        ("datetime=../..", "datetime-wrong"),
        ("datetime=2019-01-01/2018-01-01", "datetime-backwards"),
        ("limt=5", "parameter-unknown"),
        ("bbox-crs=x", "parameter-unknown"),
        ("%00=1", "parameter-unknown"),
        ("type=AC-CLASS", "answer-code-unknown"),
        ("deaths_best=many", "answer-not-a-number"),
        ("place=1,2", "property-not-comparable"),
        ("properties=typ", "answer-field-unknown"),
        ("properties=", "answer-field-unknown"),
        ("f=html", "parameter-wrong"),
        ("filter-lang=cql-text", "parameter-wrong"),
        ("filter-lang=cql2-json&filter=type='x'", "parameter-wrong"),
        (
            "filter-crs=http://www.opengis.net/def/crs/EPSG/0/4326&filter=type='x'",
            "parameter-wrong",
        ),
        ("filter=deths%3E1", "filter-unknown-field"),
        ("filter=';DROP%20TABLE%20incident;--", "filter-unclosed"),
        (deep.as_str(), "filter-too-deep"),
        (brackets.as_str(), "filter-too-deep"),
    ];
    for (parameters, code) in cases {
        served.get(&format!("{ITEMS}?{parameters}")).is_problem(400, code);
    }
    for path in ["/ogc?x=1", "/ogc/conformance?limit=1", "/ogc/collections?bbox=0,0,1,1"] {
        served.get(path).is_problem(400, "parameter-unknown");
    }
    for path in [
        "/ogc/collections/nothing",
        "/ogc/collections/nothing/items",
        "/ogc/collections/..%2F..%2Fetc/queryables",
    ] {
        served.get(path).is_problem(404, "register-unknown");
    }
    for id in ["nothing", "00000000000000000000000000", "%00", "'%20OR%201=1", &"9".repeat(4000)] {
        served.get(&format!("{ITEMS}/{id}")).is_problem(404, "record-absent");
    }
    served
        .with_headers("/ogc", &[("accept", "text/html")])
        .is_problem(406, "media-type-not-offered");
    let browser = [("accept", "text/html,application/xml;q=0.9,*/*;q=0.8")];
    assert_eq!(served.with_headers("/ogc", &browser).status, 200);
    assert_eq!(served.matched(""), 0, "the node answers others as before");
}

#[test]
fn a_polygon_of_a_million_points_is_refused_and_the_next_question_answered() {
    let casque = Casque::new();
    let served = Served::of(&casque);
    let points = "0.1 0.2,".repeat(1_000_000);
    let request = format!(
        "GET {ITEMS}?filter=S_INTERSECTS(place,POLYGON(({}))) HTTP/1.1\r\nHost: localhost\r\n\r\n",
        points.replace(' ', "%20")
    );
    // The server may hang up before it has heard everything: neither side is wrong then.
    let mut stream = served.server.connect();
    let mut said = Vec::new();
    drop(stream.write_all(request.as_bytes()).and_then(|()| stream.read_to_end(&mut said)));
    let said = String::from_utf8_lossy(&said);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    assert_eq!(served.matched(""), 0);
}

#[test]
fn what_a_caller_may_not_read_is_not_there() {
    let casque = Casque::with_events();
    let served = Served::of(&casque);
    let password = served.casque.path("password");
    let password = password.to_str().expect("a path of text");
    let officer = ["--role", "sector-operations-officer", "--area", "ML09"];
    for (name, flags) in [("awa", &officer[..]), ("nobody", &[])] {
        let add = [&["user", "add", name, "--password-file", password], flags].concat();
        assert_eq!(served.casque.run(&add).code, 0);
    }
    let awa = served.server.token("awa");
    let page = served.server.get(&format!("{ITEMS}?limit=10000"), Some(&awa)).json();
    let own = served.casque.count("admin1 = 'ML09'");
    assert!(own > 0 && page["numberMatched"] == own, "{own}: {}", page["numberMatched"]);
    let features = page["features"].as_array().expect("features");
    assert!(features.iter().all(|feature| feature["properties"]["admin1"] == "ML09"));
    let elsewhere = served.json(&format!("{ITEMS}?limit=1&admin1=ML07"));
    let id = elsewhere["features"][0]["id"].as_str().expect("an id");
    let path = format!("{ITEMS}/{id}");
    served.server.get(&path, Some(&awa)).is_problem(404, "record-absent");
    assert_eq!(served.get(&path).status, 200);
    let nobody = served.server.token("nobody");
    served.server.get("/ogc/collections", Some(&nobody)).is_problem(403, "right-missing");
    served.server.get("/ogc", None).is_problem(401, "sign-in-needed");
    served.server.get(ITEMS, Some("casque_token_00")).is_problem(401, "sign-in-needed");
}

#[test]
fn a_feature_has_a_tag_that_spares_the_next_transfer() {
    let casque = Casque::with_events();
    let served = Served::of(&casque);
    let page = served.json(&format!("{ITEMS}?limit=1"));
    let id = page["features"][0]["id"].as_str().expect("an id");
    let path = format!("{ITEMS}/{id}");
    let answer = served.get(&path);
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/geo+json"));
    let feature = answer.json();
    assert_eq!(feature["properties"], page["features"][0]["properties"]);
    assert_eq!(served.link(&feature, "self"), Some(path.clone()));
    let tag = answer.header("etag");
    let again = served.with_headers(&path, &[("if-none-match", tag)]);
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag));
    assert_eq!(served.with_headers(&path, &[("if-none-match", "\"other\"")]).status, 200);
}

/// Hostile text comes back as the text it is, and as nothing else.
#[test]
fn hostile_text_stays_text() {
    let casque = Casque::new();
    let hostile =
        "\u{202e}</script><img src=x onerror=alert(1)>\"'`;\\ \u{0}=cmd()|'%s'\r\nSet-Cookie: a=b";
    let csv = format!(
        "source_id,type,summary,occurred_at,longitude,latitude\nx1,AC-CLASH,\"{}\",2018-03-01T00:00:00Z,1,2\n",
        hostile.replace('\u{0}', "").replace('"', "\"\"")
    );
    let file = casque.file("hostile.csv", csv);
    let imported = casque.import_as("generic", &file);
    assert_eq!(imported.code, 0, "{}", imported.err);
    let served = Served::of(&casque);
    let answer = served.get(ITEMS);
    assert_eq!(answer.header("set-cookie"), "");
    let summary = answer.json()["features"][0]["properties"]["summary"].clone();
    let expected = hostile.replace('\u{0}', "");
    assert_eq!(
        summary.as_str().map(|text| text.replace("\r\n", "\n")),
        Some(expected.replace("\r\n", "\n"))
    );
    let equal = served.matched(&format!("summary={}", escaped(summary.as_str().expect("a text"))));
    assert_eq!(equal, 1);
}
