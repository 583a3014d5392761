//! Registers and records over HTTP: what a program or a page asks, and what it is refused.

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::{Answer, Server};

const INCIDENTS: &str = "/api/registers/incident/records";

/// A client with a token.
struct Client<'s> {
    server: &'s Server<'s>,
    token: String,
}

impl<'s> Client<'s> {
    fn of(server: &'s Server<'s>, user: &str) -> Self {
        Self { server, token: server.token(user) }
    }

    fn get(&self, path: &str) -> Answer {
        self.server.get(path, Some(&self.token))
    }

    fn post(&self, path: &str, document: &Json) -> Answer {
        self.server.ask(Method::POST, path, Some(&self.token), Some(document))
    }

    fn matching(&self, method: Method, path: &str, tag: Option<&str>, document: &Json) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", bearer.as_str())];
        headers.push(("content-type", "application/json"));
        headers.extend(tag.map(|tag| ("if-match", tag)));
        self.server.send(method, path, &headers, document.to_string().as_bytes())
    }

    /// Makes an incident and gives its address.
    fn made(&self, values: &Json) -> (String, Answer) {
        let mut all = json!({ "occurred_at": "2018-03-01T14:30:00Z", "type": "AC-CLASH" });
        all.as_object_mut().expect("an object").extend(values.as_object().expect("one").clone());
        let made = self.post(INCIDENTS, &json!({ "values": all, "reason": "radio report" }));
        assert_eq!(made.status, 201, "{made:?}");
        (made.header("location").to_owned(), made)
    }
}

#[test]
fn registers_and_pages_of_records_are_told() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let admin = Client::of(&server, "admin");
    let registers = admin.get("/api/registers").json();
    let incident = registers.as_array().expect("a list").iter().find(|r| r["name"] == "incident");
    assert_eq!(incident.expect("readable")["count"], json!(735));
    let register = admin.get("/api/registers/incident?lang=fr").json();
    assert_eq!(register["workflow"]["field"], json!("verification"));
    assert_eq!(register["lists"]["verification"][0]["label"], json!("Signalé"));
    admin.get("/api/registers/incidnt").is_problem(404, "register-unknown");

    let page = admin.get(&format!(
        "{INCIDENTS}?count=true&limit=3&fields=source_id,deaths_best&filter=deaths_best%3E100"
    ));
    let page = page.json();
    let records = page["records"].as_array().expect("records");
    assert_eq!(
        (page["returned"].as_u64(), page["matched"].as_u64()),
        (Some(records.len() as u64), Some(casque.count("deaths_best > 100")))
    );
    assert!(records.iter().all(|record| record["values"]["deaths_best"].as_i64() > Some(100)));
    assert_eq!(records[0]["values"].as_object().map(serde_json::Map::len), Some(2));

    let months =
        admin.get("/api/registers/incident/timeline?by=year&datetime=2012-01-01/2013-12-31").json();
    let years: Vec<&Json> =
        months["buckets"].as_array().expect("some").iter().map(|b| &b["at"]).collect();
    assert_eq!(years, ["2012", "2013"]);
    let facets =
        admin.get("/api/registers/incident/facets?fields=verification,admin1&q=Kidal").json();
    assert!(facets["admin1"][0]["name"].is_string(), "{facets}");
    assert_eq!(admin.get("/api/places?q=MENAKA&limit=1").json()[0]["name"], json!("Ménaka"));
    assert!(admin.get("/api/areas?level=1").json().as_array().expect("areas").len() > 7);
    let mandates = admin.get("/api/mandates").json();
    let key = mandates[0]["key"].as_str().expect("a key");
    assert_eq!(admin.get(&format!("/api/mandates/{key}")).json()["number"], mandates[0]["number"]);
    admin.get("/api/mandates/9999-2050").is_problem(404, "mandate-unknown");
    let other = mandates[1]["key"].as_str().expect("a key");
    assert!(admin.get(&format!("/api/mandates/{key}/diff/{other}")).json()["added"].is_array());
}

#[test]
fn questions_out_of_bounds_are_refused_with_all_that_is_wrong() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let admin = Client::of(&server, "admin");
    for wrong in [
        "limit=0",
        "limit=-1",
        "limit=1000000000",
        "limit=1e9",
        "offset=-1",
        "offset=99999999",
        "order=up",
        "count=yes",
    ] {
        admin.get(&format!("{INCIDENTS}?{wrong}")).is_problem(400, "parameter-wrong");
    }
    admin.get(&format!("{INCIDENTS}?fliter=x")).is_problem(400, "parameter-unknown");
    let both = admin.get(&format!("{INCIDENTS}?limit=0&offset=x&bogus=1")).json();
    assert_eq!(both["findings"].as_array().map(Vec::len), Some(3), "{both}");
    let beyond = admin.get(&format!("{INCIDENTS}?offset=5000000&count=true")).json();
    assert_eq!(
        (&beyond["returned"], &beyond["matched"], &beyond["more"]),
        (&json!(0), &json!(735), &json!(false))
    );
    let deep = format!("{}deaths_best%3E1{}", "(".repeat(500), ")".repeat(500));
    admin.get(&format!("{INCIDENTS}?filter={deep}")).is_problem(400, "filter-too-deep");
    let long = format!("{INCIDENTS}?filter={}", "x".repeat(9_000));
    admin.get(&long).is_problem(414, "address-too-long");
    for nonsense in ["1,2,3", "a,b,c,d", "200,0,10,10", "0,50,10,40", "0,0,0,0,0"] {
        admin.get(&format!("{INCIDENTS}?bbox={nonsense}")).is_problem(400, "bbox-wrong");
    }
    let count = |bbox: &str| {
        admin.get(&format!("{INCIDENTS}?count=true&limit=1&bbox={bbox}")).json()["matched"].as_u64()
    };
    assert_eq!(count("-180,-90,180,90"), count("-20,5,20,30"));
    assert_eq!(count("170,-90,-170,90"), Some(0), "over the date line");
    assert_eq!(count("4,-90,-13,90"), Some(0), "around the world but for Mali");
    assert_eq!(count("-13,-90,-14,90"), count("-180,-90,180,90"), "all but a strip");
    for pole in ["-180,90,180,90", "-180,-90,180,-90"] {
        assert_eq!(count(pole), Some(0));
    }
    admin.get(&format!("{INCIDENTS}?datetime=2019/2018/2017")).is_problem(400, "datetime-wrong");
    admin.get("/api/registers/incident/timeline?by=week").is_problem(400, "timeline-by");
    admin.get("/api/registers/incident/facets?fields=summary").is_problem(400, "facet-wrong-type");
}

#[test]
fn two_editors_of_one_record_do_not_overwrite_each_other() {
    let casque = Casque::with_pack("minusek");
    let server = Server::start(&casque);
    let admin = Client::of(&server, "admin");
    let (address, made) = admin.made(&json!({ "summary": "First" }));
    let seen = made.header("etag").to_owned();
    assert_eq!(admin.get(&address).header("etag"), seen);
    let edit = |tag: Option<&str>, text: &str| {
        admin.matching(Method::PATCH, &address, tag, &json!({ "values": { "summary": text } }))
    };
    edit(None, "Nobody looked").is_problem(428, "if-match-missing");
    let first = edit(Some(&seen), "One");
    assert_eq!((first.status, &first.json()["values"]["summary"]), (200, &json!("One")));
    let second = edit(Some(&seen), "Two");
    second.is_problem(412, "record-changed");
    assert_eq!(second.json()["record"]["values"]["summary"], json!("One"));
    assert_eq!(second.header("etag"), first.header("etag"));
    let reason = json!({ "reason": "twice" });
    admin
        .matching(Method::DELETE, &address, Some(&seen), &reason)
        .is_problem(412, "record-changed");
    admin.matching(Method::DELETE, &address, None, &reason).is_problem(428, "if-match-missing");
    edit(Some("\"nonsense\""), "Three").is_problem(412, "record-changed");
    assert_eq!(edit(Some(second.header("etag")), "Two").status, 200);
    assert_eq!(edit(Some("*"), "Whatever").status, 200);
    assert_eq!(admin.matching(Method::DELETE, &address, Some("*"), &reason).status, 204);
    assert_eq!(admin.get(&address).json()["deleted"], json!(true));
    edit(Some("*"), "Late").is_problem(409, "record-deleted");
    let back = admin.post(&format!("{address}/restore"), &json!({ "reason": "it happened" }));
    assert_eq!((back.status, &back.json()["values"]["summary"]), (200, &json!("Whatever")));
    let history = admin.get(&format!("{address}/history")).json();
    let acts: Vec<&str> =
        history.as_array().expect("steps").iter().filter_map(|s| s["act"].as_str()).collect();
    assert_eq!(acts, ["set", "set", "set", "set", "delete", "restore"]);
}

#[test]
fn a_record_is_commented_moved_and_settled() {
    let casque = Casque::with_pack("minusek");
    let server = Server::start(&casque);
    let admin = Client::of(&server, "admin");
    let (address, made) = admin.made(&json!({}));
    assert_eq!(made.json()["transitions"], json!(["take-up"]));
    let post = |part: &str, document: Json| admin.post(&format!("{address}/{part}"), &document);
    let said = post("comments", json!({ "text": "seen by a patrol", "field": "type" }));
    assert_eq!((said.status, &said.json()["comments"][0]["field"]), (200, &json!("type")));
    assert_eq!(
        admin.get(&format!("{address}/comments")).json()[0]["text"],
        json!("seen by a patrol")
    );
    post("comments", json!({ "text": " " })).is_problem(422, "comment-empty");
    post("comments", json!({ "txt": "x" })).is_problem(422, "request-malformed");
    post("transitions", json!({ "transition": "verify" })).is_problem(409, "transition-not-from");
    assert_eq!(post("transitions", json!({ "transition": "take-up" })).status, 200);
    let lacking =
        post("transitions", json!({ "transition": "verify", "values": { "verified_by": "JOC" } }));
    lacking.is_problem(422, "transition-requires");
    let columns: Vec<Json> = lacking.json()["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|f| f["column"].clone())
        .collect();
    assert_eq!(columns, ["verified_on", "verification_basis"]);
    let values = json!({ "verified_on": "2018-03-02", "verified_by": "JOC", "verification_basis": "a patrol" });
    let verified = post("transitions", json!({ "transition": "verify", "values": values }));
    assert_eq!(verified.json()["values"]["verification"], json!("verified"));
    let edited = admin.matching(
        Method::PATCH,
        &address,
        Some("*"),
        &json!({ "values": { "verification": "refuted" } }),
    );
    edited.is_problem(422, "workflow-field-edited");
    post("settlements", json!({ "field": "summary", "value": "x", "reason": "y" }))
        .is_problem(409, "no-conflict");
    post("settlements", json!({ "field": "summary", "entry": "12" }))
        .is_problem(422, "entry-id-invalid");
}

/// Nothing of what was typed is changed on the way, and nothing of a refused record is kept.
#[test]
fn hostile_words_come_back_exactly_and_a_refused_record_says_everything() {
    let casque = Casque::with_pack("minusek");
    let server = Server::start(&casque);
    let admin = Client::of(&server, "admin");
    let texts = json!({
        "summary": "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "place_name": "\u{202e}gnihtyna \u{2066}\u{200b}",
        "side_a": "a\u{0}b\u{7}\u{1b}[31m\r\n\tc",
        "side_b": "=HYPERLINK(\"http://x\")",
        "source_remark": "long ".repeat(6_000),
        "damage": "  spaces before and after  ",
    });
    let (address, _made) = admin.made(&texts);
    let shown = admin.get(&address).json();
    for (field, text) in texts.as_object().expect("texts") {
        assert_eq!(&shown["values"][field], text, "{field}");
    }
    let before = casque.line("query incident --count").out().to_owned();
    let wrong = json!({ "values": { "summary": "kept in the form", "type": "NO-SUCH", "deaths_best": "many",
        "place": { "type": "Point", "coordinates": [500, 0] }, "unheard_of": 1, "damage": "x".repeat(40_000) } });
    let refused = admin.post(INCIDENTS, &wrong);
    assert_eq!(refused.status, 422);
    let findings = refused.json();
    let columns: Vec<&str> = findings["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|f| f["column"].as_str())
        .collect();
    for field in ["deaths_best", "place", "unheard_of"] {
        assert!(columns.contains(&field), "{field} in {columns:?}");
    }
    assert_eq!(casque.line("query incident --count").out(), before);
    let bearer = format!("Bearer {}", admin.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let polygon = format!(
        "POST {INCIDENTS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {bearer}\r\n\
         Content-Type: application/json\r\nContent-Length: 24000000\r\nConnection: close\r\n\r\n"
    );
    let said = server.say(polygon.as_bytes());
    assert!(said.starts_with("HTTP/1.1 413 ") && said.contains("body-too-large"), "{said}");
    let ring = "[0.0,0.0],".repeat(100_000);
    let ring = format!(
        "{{\"values\":{{\"place\":{{\"type\":\"Polygon\",\"coordinates\":[[{ring}[0,0]]]}}}}}}"
    );
    let many = server.send(Method::POST, INCIDENTS, &headers, ring.as_bytes());
    assert_eq!(many.status, 422, "{many:?}");
    server
        .send(Method::POST, INCIDENTS, &headers, b"{\"values\":")
        .is_problem(400, "request-malformed");
    let plain = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    server.send(Method::POST, INCIDENTS, &plain, b"{}").is_problem(415, "media-type-wrong");
}

#[test]
fn what_one_may_not_read_is_as_if_it_were_not_there() {
    let casque = Casque::with_pack("minusek");
    assert_eq!(casque.line("user add obs --role observer").code, 0);
    let server = Server::start(&casque);
    let (admin, observer) = (Client::of(&server, "admin"), Client::of(&server, "obs"));
    let (address, _made) = admin.made(&json!({ "classification": "confidential" }));
    let nowhere = format!("{INCIDENTS}/{}", "0".repeat(26));
    let denied = observer.get(&address);
    denied.is_problem(404, "record-absent");
    let (mut denied, mut absent) = (denied.json(), observer.get(&nowhere).json());
    for answer in [&mut denied, &mut absent] {
        let text = answer.to_string().replace(&nowhere, "HERE").replace(&address, "HERE");
        let id = address.rsplit('/').next().expect("an id");
        *answer = serde_json::from_str(&text.replace(id, "ID").replace(&"0".repeat(26), "ID"))
            .expect("JSON");
    }
    assert_eq!(denied, absent);
    observer.get(&format!("{INCIDENTS}/nonsense")).is_problem(404, "record-id-invalid");
    let list = observer.get(&format!("{INCIDENTS}?count=true")).json();
    assert_eq!((&list["matched"], &list["records"]), (&json!(0), &json!([])));
    let edit = observer.matching(Method::PATCH, &address, Some("*"), &json!({ "values": {} }));
    edit.is_problem(403, "right-missing");
}

#[test]
fn exports_are_whole_neutralised_and_survive_their_token() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let admin = Client::of(&server, "admin");
    admin.made(&json!({ "summary": "=cmd|' /C calc'!A0", "side_a": "<b>bold</b>" }));
    let export = |query: &str| admin.get(&format!("/api/registers/incident/export?{query}"));
    let csv = export("format=csv&fields=summary,side_a,deaths_best");
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").contains("filename=\"incident.csv\""));
    assert!(csv.body.contains("'=cmd|") && !csv.body.contains("\n=cmd|"), "neutralised");
    let lines = export("format=ndjson");
    assert_eq!(lines.body.lines().count(), 736);
    assert!(lines.body.contains("\"=cmd|' /C calc'!A0\""), "exact where nothing runs it");
    let shapes = export("format=geojson&filter=deaths_best%3E100").json();
    let many = casque.count("deaths_best > 100");
    assert_eq!(shapes["features"].as_array().map(|all| all.len() as u64), Some(many));
    export("format=pdf").is_problem(400, "parameter-wrong");
    export("filter=deaths_best%20%3E").is_problem(400, "filter-ends-early");
    for format in ["csv.gz", "xlsx"] {
        assert_eq!(export(&format!("format={format}")).status, 200, "{format}");
    }

    let (id, token) = {
        let made = casque.line("token create --user admin --scope read --json").json();
        let text = |name: &str| made[name].as_str().expect("a text").to_owned();
        (text("id"), text("token"))
    };
    let mut connection = server.connect();
    let request = format!(
        "GET /api/registers/incident/export?format=ndjson HTTP/1.1\r\nHost: localhost\r\n\
         Authorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    std::io::Write::write_all(&mut connection, request.as_bytes()).expect("sent");
    let mut begun = [0; 512];
    std::io::Read::read_exact(&mut connection, &mut begun).expect("it begins");
    assert!(begun.starts_with(b"HTTP/1.1 200 "));
    assert_eq!(casque.line(&format!("token revoke {id}")).code, 0);
    let mut rest = Vec::new();
    std::io::Read::read_to_end(&mut connection, &mut rest).expect("it ends");
    assert!(rest.ends_with(b"0\r\n\r\n"), "the last piece is the empty one: it is whole");
    server.get("/api/registers", Some(&token)).is_problem(401, "sign-in-needed");
}

#[test]
fn who_may_not_export_is_refused_before_anything_is_sent() {
    let casque = Casque::with_pack("minusek");
    assert_eq!(casque.line("user add obs --role observer").code, 0);
    let server = Server::start(&casque);
    let observer = Client::of(&server, "obs");
    observer.get("/api/registers/incident/export").is_problem(403, "right-missing");
    assert_eq!(casque.line("user add plan --role conduct-officer").code, 0);
    let officer = Client::of(&server, "plan");
    officer.get("/api/registers/casualty/export").is_problem(404, "register-unknown");
}

#[test]
fn files_are_taken_as_what_they_are_and_given_back_to_be_saved() {
    let casque = Casque::with_pack("minusek");
    assert_eq!(casque.line("user add obs --role observer").code, 0);
    let server = Server::start(&casque);
    let (admin, observer) = (Client::of(&server, "admin"), Client::of(&server, "obs"));
    let (address, made) = admin.made(&json!({ "classification": "confidential" }));
    let files = format!("{address}/attachments");
    let bearer = format!("Bearer {}", admin.token);
    let upload = |name: &str, media_type: &str, content: &[u8]| {
        let headers = [("authorization", bearer.as_str()), ("content-type", media_type)];
        server.send(Method::POST, &format!("{files}?name={name}"), &headers, content)
    };
    let text = "long ".repeat(200_000);
    let kept = upload("..%2Fm%C3%A9mo%E2%80%AE.txt", "text/plain", text.as_bytes());
    assert_eq!((kept.status, &kept.json()["name"]), (201, &json!("mémo.txt")), "{kept:?}");
    assert_ne!(kept.header("etag"), made.header("etag"), "the record has changed");
    let place = kept.header("location");
    let back = admin.get(place);
    assert_eq!((back.status, back.body.len()), (200, text.len()));
    assert!(back.body == text);
    assert_eq!(back.header("x-content-type-options"), "nosniff");
    assert!(back.header("content-disposition").starts_with("attachment; "), "{back:?}");
    assert_eq!(admin.get(&files).json()[0]["blob"], kept.json()["blob"]);
    upload("a.png", "image/png", b"<html>").is_problem(415, "attachment-type-differs");
    upload("a.html", "text/html", b"<html>").is_problem(415, "attachment-type-unknown");
    upload("a.txt", "text/plain", b"").is_problem(422, "attachment-empty");
    let large = vec![b'x'; 26 << 20];
    upload("a.txt", "text/plain", &large).is_problem(413, "body-too-large");
    observer.get(place).is_problem(404, "record-absent");
    let (other, _made) = admin.made(&json!({}));
    let blob = place.rsplit('/').next().expect("its hash");
    admin.get(&format!("{other}/attachments/{blob}")).is_problem(404, "attachment-absent");
    let nowhere = format!("{INCIDENTS}/{}/attachments?name=a.txt", "0".repeat(26));
    let announced = format!(
        "POST {nowhere} HTTP/1.1\r\nhost: localhost\r\nauthorization: {bearer}\r\n\
         content-type: text/plain\r\ncontent-length: 1000000\r\nexpect: 100-continue\r\n\r\n"
    );
    let said = server.say(announced.as_bytes());
    assert!(said.starts_with("HTTP/1.1 404 "), "nobody asks for the file: {said}");
    let stale = [
        ("authorization", bearer.as_str()),
        ("content-type", "text/plain"),
        ("if-match", made.header("etag")),
    ];
    let stale = server.send(Method::POST, &format!("{files}?name=b.txt"), &stale, b"b");
    stale.is_problem(412, "record-changed");
}

#[test]
fn a_step_for_other_roles_is_refused_to_whoever_reads_the_record_and_not_denied_to_be_there() {
    let casque = Casque::with_pack("minusek");
    let patrols = crate::casque::pack("minusek").join("demo/patrols.csv");
    let import = ["import", "--register", "patrol", "--yes"].map(std::ffi::OsString::from);
    casque.run(import.into_iter().chain([patrols.into_os_string()])).out();
    let server = Server::start(&casque);
    let admin = Client::of(&server, "admin");
    let planned = admin.get("/api/registers/patrol/records?filter=status='planned'&limit=1");
    let id = planned.json()["records"][0]["id"].as_str().expect("a planned patrol").to_owned();
    let address = format!("/api/registers/patrol/records/{id}/transitions");
    let step = json!({ "transition": "approve", "values": { "approved_by": "U3" } });
    admin.post(&address, &step).is_problem(403, "transition-role");
}
