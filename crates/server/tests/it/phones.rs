//! Phones with ODK Collect as a served node meets them: what Collect asks, in the order in which it
//! asks, and what it makes of the answers.

use serde_json::Value as Json;
use ureq::http::Method;

use crate::casque::Casque;
use crate::phone::{HEADERS, Phone, between, checked};
use crate::server::Server;

#[test]
fn a_phone_gets_the_forms_its_owner_may_send_in_byte_for_byte() {
    let casque = Casque::new();
    casque.line("user add omar --role joc-watch-officer").out();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "omar");
    let list = phone.get("/formList");
    assert_eq!((list.status, list.header("content-type")), (200, "text/xml; charset=utf-8"));
    assert!(list.body.contains("<xforms xmlns=\"http://openrosa.org/xforms/xformsList\">"));
    let forms = between(&list.body, "<xform>", "</xform>");
    assert!(!forms.is_empty(), "{}", list.body);
    let may: Vec<String> = registers(&server, "omar");
    for form in &forms {
        let one = |tag: &str| between(form, &format!("<{tag}>"), &format!("</{tag}>")).join("");
        assert!(may.contains(&one("formID")), "{form}");
        assert!(!one("name").is_empty() && !one("version").is_empty(), "{form}");
        let url = one("downloadUrl");
        let path = url.split_once(&server.address().to_string()).expect("absolute").1.to_owned();
        let xml = checked(server.send(Method::GET, &path, &HEADERS, b""));
        assert_eq!((xml.status, xml.header("content-type")), (200, "text/xml; charset=utf-8"));
        assert_eq!(one("hash"), format!("md5:{}", md5(&xml.bytes)));
        assert!(xml.body.contains(&format!("version=\"{}\"", one("version"))));
        let manifest = phone.get(&format!("/forms/{}/manifest", one("formID")));
        assert!(manifest.status == 200 && manifest.body.contains("/xformsManifest\">"));
    }
    assert_eq!(forms.len(), may.len());
    assert_eq!(phone.send(Method::HEAD, "/submission").status, 204);
}

#[test]
fn a_key_opens_forms_alone_and_nothing_once_it_is_revoked() {
    let casque = Casque::new();
    casque.line("user add omar --role joc-watch-officer").out();
    casque.line("user add paula --role observer").out();
    casque.line("phone invite --user paula").told(3, "phone-no-form");
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "omar");
    let key = between(&phone.base, "/v1/key/", "/")[0].to_owned();
    server.get("/api/registers", Some(&key)).is_problem(401, "sign-in-needed");
    for path in ["/forms/nothing.xml", "/forms/incident", "/forms/incident/attachments/x.csv"] {
        let absent = phone.get(path);
        assert_eq!(absent.status, 404, "{path} {absent:?}");
        assert!(absent.body.contains("<message nature=\"error\">"), "{absent:?}");
    }
    for path in ["/forms/..%2F..%2Fnode.sqlite", "/forms/incident/attachments/..%2Fx", "/x/../y"] {
        assert!(phone.get(path).status == 404, "{path}");
    }
    let listed = casque.line("phone list --user omar --json").json();
    let id = listed[0]["id"].as_str().expect("an id").to_owned();
    assert!(casque.line("phone list --user omar").out().contains(&id));
    casque.line(&format!("phone revoke {id} --user admin")).told(3, "phone-key-unknown");
    assert_eq!(casque.line("token list --user omar --json").json(), serde_json::json!([]));
    casque.line(&format!("phone revoke {id} --user omar")).out();
    for path in ["/formList", "/submission", "/forms/incident.xml"] {
        let refused = phone.get(path);
        // Not 401: a phone would ask for a name and a password that nobody has.
        assert_eq!(refused.status, 403, "{refused:?}");
        assert!(refused.body.contains("<OpenRosaResponse") && !refused.body.contains(&key));
    }
    let (_code, said) = server.end();
    assert!(!said.contains(&key), "{said}");
}

#[test]
fn an_invitation_is_a_code_that_collect_reads_and_only_the_hash_of_its_key_is_kept() {
    let casque = Casque::new();
    let file = casque.path("code.svg");
    let line = format!(
        "phone invite --url https://node.example/ --name tablet --qr {} --json",
        file.to_str().expect("a path of text")
    );
    let made = casque.line(&line).json();
    let url = made["url"].as_str().expect("an address");
    assert!(url.starts_with("https://node.example/v1/key/casque_phone_"), "{url}");
    assert!(url.ends_with("/projects/1"));
    let settings = unpacked(made["settings"].as_str().expect("the settings"));
    assert_eq!(settings["general"]["server_url"], url);
    assert_eq!(settings["general"]["form_update_mode"], "match_exactly");
    assert_eq!(settings["admin"], serde_json::json!({}));
    #[cfg(unix)]
    {
        let rights = std::fs::metadata(&file).expect("a file").permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&rights) & 0o777, 0o600);
    }
    assert_eq!(casque.line(&line).code, 4, "it is there already");
    assert_eq!(casque.line("phone list --json").json().as_array().map(Vec::len), Some(1));
    let drawn = std::fs::read_to_string(file).expect("the picture");
    assert!(drawn.contains("<svg") && made["qr_svg"] == drawn.as_str());
    let plain = casque.line("phone invite --url https://node.example");
    assert!(plain.out().contains('█') || plain.out.contains('▀'), "{}", plain.out);
    let key = between(url, "/v1/key/", "/")[0];
    let database = std::fs::read(casque.database()).expect("the database");
    let half = &key.as_bytes()[40..];
    assert!(!database.windows(half.len()).any(|window| window == half), "only its hash is kept");
    for wrong in ["ftp://x".to_owned(), format!("http://{}", "x".repeat(3_000))] {
        assert_eq!(casque.line(&format!("phone invite --url {wrong}")).code, 2);
    }
    assert_eq!(casque.line("phone invite --days 0").code, 1);
}

/// The registers a user may file into, as the node itself says.
fn registers(server: &Server<'_>, user: &str) -> Vec<String> {
    let all = server.get("/api/registers", Some(&server.token(user))).json();
    let open = all.as_array().into_iter().flatten().filter(|known| known["can"]["create"] == true);
    open.filter_map(|known| Some(known["name"].as_str()?.to_owned())).collect()
}

/// Base64 and zlib undone, as Collect does.
fn unpacked(settings: &str) -> Json {
    use base64::Engine;
    let packed = base64::engine::general_purpose::STANDARD.decode(settings).expect("base64");
    serde_json::from_reader(flate2::read::ZlibDecoder::new(&packed[..])).expect("JSON")
}

fn md5(bytes: &[u8]) -> String {
    use md5::Digest;
    format!("{:032x}", u128::from_be_bytes(md5::Md5::digest(bytes).into()))
}
