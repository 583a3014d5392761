//! What phones send to a served node: once, twice, in pieces, changed, and to a form that has changed.

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::phone::{
    INCOMPLETE, JPEG, Phone, REFUSED, case, change, codes, document, node, record, records,
    refused, says,
};
use crate::server::Server;

#[test]
fn what_a_phone_fills_in_is_a_record_of_its_owner_once() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case(
        "uuid:1",
        "<place>14.5 -4.25 0 0</place><g><colour>red</colour></g><victims><name>Awa</name><body>\
         <age>12</age></body><injuries><parts>arm</parts></injuries></victims>\
         <victims><name>B\u{e2}h</name></victims><informant>a canary</informant>",
    );
    let ready = phone.send(Method::HEAD, "/submission");
    assert_eq!(ready.status, 204);
    assert!(ready.header("location").ends_with(&format!("{}/submission", phone.base)));
    let sent = phone.post(&[document(&xml)]);
    says(&sent, 201, "submit_success");
    assert_eq!(sent.header("location"), ready.header("location"));
    says(&phone.post(&[document(&xml)]), 201, "submit_success");
    let made = record(&server);
    assert_eq!(made["created"]["user"], "worker");
    assert_eq!(made["values"]["occurred_at"], "2021-11-02T05:00:00Z");
    assert_eq!(made["values"]["colour"], "red");
    assert_eq!(
        made["values"]["victims"],
        json!([
            { "name": "Awa", "age": 12, "injuries": [{ "parts": ["arm"] }] },
            { "name": "B\u{e2}h" }
        ])
    );
    assert_eq!(made["values"]["informant"], "a canary");
    assert_eq!(refused(&server, "admin"), json!([]));
    casque.assert_whole();
}

#[test]
fn files_come_with_the_answers_or_after_them_in_any_number_of_requests() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case("uuid:2", "<informant_photo>photo 1.jpg</informant_photo>");
    let first = phone.post(&[document(&xml), ("note.txt", "text/plain", b"seen"), INCOMPLETE]);
    says(&first, 201, "submit_success");
    let made = record(&server);
    assert_eq!(made["values"]["informant_photo"], Json::Null);
    assert_eq!(made["attachments"].as_array().map(Vec::len), Some(1));
    says(
        &phone.post(&[document(&xml), ("photo 1.jpg", "image/jpeg", JPEG)]),
        201,
        "submit_success",
    );
    // The same again, as after an answer that was lost.
    says(
        &phone.post(&[document(&xml), ("photo 1.jpg", "image/jpeg", JPEG)]),
        201,
        "submit_success",
    );
    let made = record(&server);
    let files = made["attachments"].as_array().expect("files");
    assert_eq!(files.len(), 2, "{files:?}");
    let photo = files.iter().find(|file| file["name"] == "photo 1.jpg").expect("the photo");
    assert_eq!(photo["field"], "informant_photo");
    assert_eq!(made["values"]["informant_photo"], photo["blob"]);
    assert_eq!(made["conflicts"], json!({}));
    assert_eq!(made["entries"], 4);
    casque.assert_whole();
}

#[test]
fn a_photo_tells_where_on_the_record_and_not_in_what_is_downloaded() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/photos/camera.jpg");
    let photo = std::fs::read(path).expect("the photo");
    let xml = case("uuid:22", "");
    says(&phone.post(&[document(&xml), ("p.jpg", "image/jpeg", &photo)]), 201, "submit_success");
    let made = record(&server);
    let file = &made["attachments"][0];
    assert_eq!(file["camera"]["place"], json!({ "lon": -0.0447, "lat": 16.2717 }));
    assert_eq!(file["camera"]["time"], "2018-03-01T14:30:00");
    let path = |end: &str| {
        let [id, blob] = [&made["id"], &file["blob"]].map(|text| text.as_str().expect("a text"));
        format!("/api/registers/case/records/{id}/attachments/{blob}{end}")
    };
    casque.line("user add clerk --role clerk").out();
    for user in ["admin", "clerk"] {
        let given = server.get(&path(""), Some(&server.token(user)));
        assert_eq!(given.header("content-length"), given.bytes.len().to_string());
        assert!(given.bytes.len() < photo.len() && !given.body.contains("Camera"), "{given:?}");
    }
    let original = server.get(&path("?original=true"), Some(&server.token("worker")));
    assert_eq!(original.bytes, photo);
    let refused = server.get(&path("?original=true"), Some(&server.token("clerk")));
    refused.is_problem(403, "attachment-original-not-allowed");
    server
        .get(&path("?original=maybe"), Some(&server.token("clerk")))
        .is_problem(400, "parameter-wrong");
}

#[test]
fn answers_that_are_wrong_are_kept_and_made_a_record_when_somebody_has_mended_the_cause() {
    let casque = node();
    let server = Server::start(&casque);
    casque.line("user change worker --area X1").out();
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case("uuid:4", "<place>14.5 -4.25 0 0</place><colour>mauve</colour>");
    let sent = phone.post(&[document(&xml), ("a.jpg", "image/jpeg", JPEG)]);
    says(&sent, 202, "submit_success");
    let admin = server.token("admin");
    let kept = refused(&server, "admin");
    let id = kept[0]["id"].as_str().expect("an id");
    assert!(sent.body.contains(id), "{sent:?}");
    assert_eq!(
        (kept[0]["state"].clone(), kept[0]["user"].clone()),
        (json!("refused"), json!("worker"))
    );
    assert_eq!(codes(&kept[0]), ["answer-code-unknown"]);
    assert_eq!(kept[0]["files"][0]["name"], "a.jpg");
    let one = server.get(&format!("{REFUSED}/{id}"), Some(&admin));
    assert_eq!(one.json()["xml"], xml);
    let blob = kept[0]["files"][0]["blob"].as_str().expect("its content");
    let file = server.get(&format!("{REFUSED}/{id}/files/{blob}"), Some(&admin));
    assert_eq!((file.status, file.bytes.as_slice()), (200, JPEG));
    assert_eq!(file.header("content-disposition"), "attachment");
    // The same request again is the same submission.
    says(&phone.post(&[document(&xml)]), 202, "submit_success");
    assert_eq!(refused(&server, "admin").as_array().map(Vec::len), Some(1));
    let retry = format!("{REFUSED}/{id}/retry");
    let reason = json!({ "reason": "looked at" });
    let again = server.ask(Method::POST, &retry, Some(&admin), Some(&reason)).json();
    assert_eq!((again["record"].clone(), codes(&again)), (Json::Null, vec!["answer-code-unknown"]));
    assert!(records(&server).is_empty());
    let dismiss = format!("{REFUSED}/{id}/dismiss");
    let nothing = json!({ "reason": " " });
    server
        .ask(Method::POST, &dismiss, Some(&admin), Some(&nothing))
        .is_problem(422, "phone-reason-missing");
    assert_eq!(server.ask(Method::POST, &dismiss, Some(&admin), Some(&reason)).status, 200);
    assert_eq!(refused(&server, "admin"), json!([]));
    let one = server.get(&format!("{REFUSED}/{id}"), Some(&admin)).json();
    assert_eq!((one["state"].clone(), one["xml"].clone()), (json!("dismissed"), json!(xml)));
    assert_eq!(one["notes"].as_array().map(Vec::len), Some(2));
    assert_eq!(one["notes"][1]["user"], "admin");
    // It stays closed, whatever the phone sends.
    says(&phone.post(&[document(&xml)]), 202, "submit_success");
    assert_eq!(refused(&server, "admin"), json!([]));
    let still = server.get(&format!("{REFUSED}/{id}"), Some(&admin)).json();
    assert_eq!(still, one);
}

#[test]
fn the_terminal_tells_what_was_refused_in_words_in_both_languages() {
    let casque = node();
    casque.line("user add keeper --role administrator").out();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let sealed = case("uuid:5", "<colour>mauve</colour><informant>a canary</informant>");
    says(&phone.post(&[document(&sealed)]), 202, "submit_success");
    let id = refused(&server, "admin")[0]["id"].as_str().expect("an id").to_owned();
    let told = |line: &str| casque.line(line).out().to_owned();
    let list = told("phone refused --user admin");
    assert!(
        list.contains("in no record") && list.contains("colour: mauve is not a code"),
        "{list}"
    );
    let french = told("phone refused --user admin --lang fr");
    assert!(french.contains("dans aucune fiche") && french.contains("colour: "), "{french}");
    let outline = told("phone refused --user keeper");
    assert!(outline.contains("… is not a code") && !outline.contains("mauve"), "{outline}");
    casque.line(&format!("phone refused {id} --dismiss --reason twice --user admin")).out();
    let one = told(&format!("phone refused {id} --user admin"));
    assert!(one.contains("State: closed") && one.contains("admin  closed  twice"), "{one}");
    assert!(!list.contains("answer-code-unknown") && !one.contains("dismissed"), "{one}");
}

#[test]
fn a_form_that_is_not_here_is_kept_and_waits_for_it() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case("uuid:5", "").replace("id=\"case\"", "id=\"../case\"");
    says(&phone.post(&[document(&xml)]), 202, "submit_success");
    let kept = refused(&server, "admin");
    assert_eq!(
        (codes(&kept[0]), kept[0]["form"].clone()),
        (vec!["phone-form-unknown"], json!("../case"))
    );
    assert!(records(&server).is_empty());
}

#[test]
fn answers_of_an_earlier_form_are_read_by_name_and_the_rest_is_said() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml =
        case("uuid:6", "<summary>A shot</summary><weather>wet</weather><g><moon>new</moon></g>")
            .replace("version=\"1\"", "version=\"long ago\"");
    let sent = phone.post(&[document(&xml)]);
    says(&sent, 201, "submit_success");
    assert!(sent.body.contains("moon, weather"), "{sent:?}");
    assert_eq!(record(&server)["values"]["summary"], "A shot");
    // Neither a second time nor a file that comes later takes back what was said.
    let later = [document(&xml), ("note.txt", "text/plain", &b"seen"[..])];
    for parts in [&later[..1], &later[..]] {
        says(&phone.post(parts), 201, "submit_success");
    }
    let kept = refused(&server, "admin");
    assert_eq!(
        (kept[0]["state"].clone(), codes(&kept[0])),
        (json!("partly"), vec!["phone-answers-unplaced"])
    );
    assert_eq!(kept[0]["record"], record(&server)["id"]);
    let id = kept[0]["id"].as_str().expect("an id");
    casque
        .run([
            "--user",
            "admin",
            "phone",
            "refused",
            id,
            "--dismiss",
            "--reason",
            "written into the summary",
        ])
        .out();
    assert_eq!(refused(&server, "admin"), json!([]));
}

#[test]
fn other_content_under_a_name_that_was_taken_changes_nothing_until_somebody_says_so() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    says(
        &phone.post(&[document(&case("uuid:7", "<summary>one</summary>"))]),
        201,
        "submit_success",
    );
    let other = case("uuid:7", "<summary>two</summary><count>3</count>");
    for _time in 0..2 {
        says(&phone.post(&[document(&other)]), 409, "submit_error");
    }
    assert_eq!(record(&server)["values"]["summary"], "one");
    let kept = refused(&server, "admin");
    assert_eq!(kept.as_array().map(Vec::len), Some(1));
    assert_eq!(codes(&kept[0]), ["phone-instance-differs"]);
    // The first one is still what it was.
    says(
        &phone.post(&[document(&case("uuid:7", "<summary>one</summary>"))]),
        201,
        "submit_success",
    );
    let id = kept[0]["id"].as_str().expect("an id");
    let line = [
        "--user",
        "admin",
        "phone",
        "refused",
        id,
        "--retry",
        "--reason",
        "the second is right",
        "--json",
    ];
    casque.line("--user admin user change worker --disable").out();
    let shut_out = casque.run(&line[..line.len() - 1]);
    shut_out.told(3, "user-unknown");
    assert!(shut_out.err.contains("`worker`"), "{}", shut_out.err);
    casque.line("--user admin user change worker --enable").out();
    let retried = casque.run(line).json();
    let made = record(&server);
    assert_eq!(retried["record"], made["id"]);
    assert_eq!(
        (made["values"]["summary"].clone(), made["values"]["count"].clone()),
        (json!("two"), json!(3))
    );
    assert_eq!(made["conflicts"], json!({}));
}

#[test]
fn a_change_on_the_phone_meets_a_change_on_the_node_as_a_conflict() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let first = case(
        "uuid:8",
        "<summary>one</summary><colour>red</colour><count>1</count><informant>x</informant>",
    );
    says(&phone.post(&[document(&first)]), 201, "submit_success");
    let made = record(&server);
    let id = made["id"].as_str().expect("an id");
    casque.run(["--user", "admin", "edit", "case", id, "summary=node", "colour=blue"]).out();
    let answers =
        "<summary>phone</summary><colour>red</colour><count>2</count><informant>x</informant>";
    let second = change("uuid:9", "uuid:8", answers);
    says(&phone.post(&[document(&second)]), 201, "submit_success");
    says(&phone.post(&[document(&second)]), 201, "submit_success");
    let now = record(&server);
    assert_eq!(now["values"]["colour"], "blue", "the phone did not change it");
    assert_eq!(now["values"]["count"], 2, "the node did not change it");
    assert_eq!(now["values"]["informant"], "x");
    let both: Vec<&Json> = now["conflicts"]["summary"]
        .as_array()
        .expect("both")
        .iter()
        .map(|one| &one["value"])
        .collect();
    assert!(both.contains(&&json!("node")) && both.contains(&&json!("phone")), "{both:?}");
    // A change of the change overwrites what the phone itself had said.
    let third = change("uuid:10", "uuid:9", &answers.replace("<count>2", "<count>3"));
    says(&phone.post(&[document(&third)]), 201, "submit_success");
    assert_eq!(record(&server)["values"]["count"], 3);
    assert_eq!(record(&server)["conflicts"].as_object().map(serde_json::Map::len), Some(1));
    casque.assert_whole();
}

#[test]
fn a_change_of_what_never_came_is_kept_and_made_when_it_has_come() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let second = change("uuid:12", "uuid:11", "<summary>two</summary>");
    says(&phone.post(&[document(&second)]), 202, "submit_success");
    assert_eq!(codes(&refused(&server, "admin")[0]), ["phone-edit-unknown"]);
    says(
        &phone.post(&[document(&case("uuid:11", "<summary>one</summary>"))]),
        201,
        "submit_success",
    );
    says(&phone.post(&[document(&second)]), 201, "submit_success");
    assert_eq!(record(&server)["values"]["summary"], "two");
    assert_eq!(refused(&server, "admin"), json!([]));
}

#[test]
fn nobody_changes_what_another_user_sent() {
    let casque = node();
    let server = Server::start(&casque);
    let one = Phone::invited(&casque, &server, "worker");
    let other = Phone::invited(&casque, &server, "admin");
    let xml = case("uuid:13", "<summary>one</summary>");
    says(&one.post(&[document(&xml)]), 201, "submit_success");
    let change = change("uuid:14", "uuid:13", "<summary>two</summary>");
    says(&other.post(&[document(&change)]), 202, "submit_success");
    assert_eq!(record(&server)["values"]["summary"], "one");
    // The same name from another user is another thing.
    says(&other.post(&[document(&xml)]), 201, "submit_success");
    assert_eq!(records(&server).len(), 2);
}
