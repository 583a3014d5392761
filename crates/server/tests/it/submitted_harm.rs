//! What phones should not send, and what nobody should see: names that are paths, documents that bring
//! something in, bodies that are cut, files that are others, and sealed answers in what was refused.

use std::io::{Read, Write};

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::phone::{
    JPEG, Phone, REFUSED, body, case, codes, document, node, record, records, refused, says,
};
use crate::server::Server;

#[test]
fn names_of_files_lead_nowhere() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let name = "../../../etc/cron.d/\u{e9}vil.jpg";
    let xml = case("uuid:3", &format!("<informant_photo>{name}</informant_photo>"));
    says(&phone.post(&[document(&xml), (name, "image/jpeg", JPEG)]), 201, "submit_success");
    let made = record(&server);
    assert_eq!(made["attachments"][0]["name"], "\u{e9}vil.jpg");
    assert_eq!(made["values"]["informant_photo"], made["attachments"][0]["blob"]);
}

#[test]
fn documents_that_would_do_harm_are_refused_and_kept_as_they_came() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE data [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">\
                <!ENTITY c \"&b;&b;&b;&b;\">]><data id=\"case\">&c;</data>";
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE data [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                   <data id=\"case\"><summary>&x;</summary></data>";
    let nested = case("uuid:17", &format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000)));
    let wide = case("uuid:18", &"<a/>".repeat(60_000));
    for xml in
        [bomb, outside, "", "<data/>", "<data id=\"case\"/>", "<data id=\"case\"><unclosed>", &wide]
    {
        says(&phone.post(&[document(xml)]), 422, "submit_error");
    }
    says(&phone.post(&[document(&nested)]), 202, "submit_success");
    let latin = b"<data id=\"case\"><summary>\xe9</summary></data>";
    says(&phone.post(&[("xml_submission_file", "text/xml", latin)]), 422, "submit_error");
    let large = case("uuid:19", &format!("<summary>{}</summary>", "x".repeat(1 << 20)));
    says(&phone.post(&[document(&large)]), 422, "submit_error");
    assert!(records(&server).is_empty());
    let kept = refused(&server, "admin");
    let all = kept.as_array().expect("a list");
    assert_eq!(all.len(), 10);
    let id = all[9]["id"].as_str().expect("an id");
    assert_eq!(
        server.get(&format!("{REFUSED}/{id}"), Some(&server.token("admin"))).json()["xml"],
        bomb
    );
    assert_eq!(server.get("/api/session", Some(&server.token("admin"))).status, 200);
    casque.assert_whole();
}

#[test]
fn a_body_that_is_not_whole_is_nothing() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case("uuid:20", "");
    let whole = body(&[document(&xml), ("a.jpg", "image/jpeg", JPEG)]);
    let kind = "multipart/form-data; boundary=--------Collect7f";
    for end in [0, 10, whole.len() / 2, whole.len() - 3] {
        says(&phone.post_raw(kind, &whole[..end]), 400, "error");
    }
    for kind in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"other\"",
    ] {
        says(&phone.post_raw(kind, &whole), 400, "error");
    }
    for kind in ["text/xml", "application/x-www-form-urlencoded", ""] {
        says(&phone.post_raw(kind, xml.as_bytes()), 415, "error");
    }
    let twice = [document(&xml), document(&xml)];
    says(&phone.post(&twice), 400, "error");
    says(&phone.post(&[("a.jpg", "image/jpeg", JPEG)]), 400, "error");
    assert_eq!((records(&server), refused(&server, "admin")), (Vec::new(), json!([])));
    says(&phone.post_raw(kind, &whole), 201, "submit_success");
}

#[test]
fn a_file_that_is_not_what_it_says_does_not_cost_the_record() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case("uuid:21", "<informant_photo>a.jpg</informant_photo>");
    let files = [
        document(&xml),
        ("a.jpg", "image/jpeg", &b"<html>"[..]),
        ("b.amr", "audio/amr", b"#!AMR\n"),
    ];
    says(&phone.post(&files), 201, "submit_success");
    let made = record(&server);
    assert_eq!(made["values"]["informant_photo"], Json::Null);
    assert_eq!(made["attachments"].as_array().map(Vec::len), Some(1));
    assert_eq!(made["attachments"][0]["media_type"], "application/octet-stream");
    let kept = refused(&server, "admin");
    assert_eq!(
        (kept[0]["state"].clone(), codes(&kept[0])),
        (json!("partly"), vec!["phone-file-untaken"])
    );
    assert_eq!(kept[0]["files"].as_array().map(Vec::len), Some(2));
}
#[test]
fn the_phone_is_told_in_its_language() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let path = format!("{}/submission?lang=fr", phone.base);
    let kind = "multipart/form-data; boundary=b";
    let sent = server.send(Method::POST, &path, &[("content-type", kind)], b"--b--\r\n");
    says(&sent, 400, "error");
    assert!(
        sent.body.contains("xml_submission_file") && sent.body.contains("renvoyez"),
        "{sent:?}"
    );
}

#[test]
fn what_is_in_a_refused_document_is_for_those_who_may_read_the_sealed_fields_it_names() {
    let casque = node();
    casque.line("user add keeper --role administrator").out();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let sealed = case("uuid:15", "<colour>mauve</colour><informant>a canary</informant>");
    let open = case("uuid:16", "<count>-1</count>");
    for xml in [&sealed, &open] {
        says(
            &phone.post(&[document(xml), ("canary.jpg", "image/jpeg", JPEG)]),
            202,
            "submit_success",
        );
    }
    says(&phone.post(&[document("<canary")]), 422, "submit_error");
    let tells = |json: &Json| json.to_string().contains("canary");
    assert!(tells(&refused(&server, "admin")));
    for (user, count) in [("keeper", 3), ("worker", 3)] {
        let token = server.token(user);
        let list = refused(&server, user);
        let list = list.as_array().expect("a list");
        assert_eq!(list.len(), count, "{user}");
        for one in list {
            let is_open = one["instance"] == "uuid:16";
            assert_eq!(one["content"], is_open, "{user} {one}");
            assert_eq!(tells(one), is_open, "{user} {one}");
            let id = one["id"].as_str().expect("an id");
            let whole = server.get(&format!("{REFUSED}/{id}"), Some(&token)).json();
            assert_eq!(whole["xml"].is_string(), is_open, "{user} {whole}");
            assert_eq!(codes(one).len(), 1, "{one}");
            let told = one["findings"][0]["text"].as_str().expect("words");
            assert!(told.contains(' ') && !told.contains('$'), "{user} {told}");
            let blob = blake3_of_jpeg(&server);
            let file = server.get(&format!("{REFUSED}/{id}/files/{blob}"), Some(&token));
            assert_eq!(file.status == 200, is_open, "{user} {file:?}");
        }
    }
    // Somebody else, who may read such records but not what is sealed.
    let stranger = server.token("stranger");
    let list = refused(&server, "stranger");
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    assert_eq!(list[0]["instance"], "uuid:16");
    let id = refused(&server, "admin")[0]["id"].as_str().expect("an id").to_owned();
    server
        .get(&format!("{REFUSED}/{id}"), Some(&stranger))
        .is_problem(404, "phone-submission-unknown");
    let reason = json!({ "reason": "mine" });
    let dismissed = server.ask(
        Method::POST,
        &format!("{REFUSED}/{id}/dismiss"),
        Some(&server.token("worker")),
        Some(&reason),
    );
    dismissed.is_problem(403, "administrators-only");
}

fn blake3_of_jpeg(server: &Server<'_>) -> String {
    let all = refused(server, "admin");
    let files = all
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|one| one["files"].as_array().into_iter().flatten());
    let mut blobs = files.filter_map(|file| file["blob"].as_str());
    blobs.next().expect("a blob").to_owned()
}

#[test]
fn a_photo_of_200_megabytes_is_refused_while_it_comes_and_fills_no_memory() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let before = server.memory_peak_kib();
    let head = |length: &str| {
        format!(
            "POST {}/submission HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-type: multipart/form-data; boundary=b\r\n{length}\r\n\r\n",
            phone.base
        )
    };
    let said = server.say(head("content-length: 209715200\r\nexpect: 100-continue").as_bytes());
    assert!(said.starts_with("HTTP/1.1 413 ") && said.contains("<OpenRosaResponse"), "{said}");
    let mut stream = server.connect();
    stream.write_all(head("transfer-encoding: chunked").as_bytes()).expect("sent");
    let start = b"--b\r\nContent-Disposition: form-data; name=\"p.jpg\"\r\n\r\n";
    stream.write_all(format!("{:x}\r\n", start.len()).as_bytes()).expect("sent");
    stream.write_all(start).expect("sent");
    let piece = vec![b'x'; 1 << 20];
    // The server goes on reading for a while, so that the answer is seen; then it hangs up.
    let sent = (0..200).take_while(|_nth| {
        let parts: [&[u8]; 3] = [b"\r\n100000\r\n", &piece, b""];
        parts.iter().all(|part| stream.write_all(part).is_ok())
    });
    assert!(sent.count() >= 27);
    let mut said = Vec::new();
    let cut_off = stream.read_to_end(&mut said).is_err();
    let said = String::from_utf8_lossy(&said);
    assert!(cut_off || said.starts_with("HTTP/1.1 413 "), "{said}");
    let grown = server.memory_peak_kib() - before;
    assert!(grown < 32 << 10, "{grown} KiB more");
    let incoming = casque.data().join("incoming");
    assert_eq!(std::fs::read_dir(incoming).map_or(0, Iterator::count), 0, "nothing stays behind");
    assert_eq!((records(&server), refused(&server, "admin")), (Vec::new(), json!([])));
}

#[test]
fn a_body_that_stops_to_come_is_given_up() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let said = server.say(
        format!(
            "POST {}/submission HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-type: multipart/form-data; boundary=b\r\ncontent-length: 1000\r\n\r\n--b\r\n",
            phone.base
        )
        .as_bytes(),
    );
    assert!(said.starts_with("HTTP/1.1 400 ") && said.contains("<OpenRosaResponse"), "{said}");
}

#[test]
fn a_phone_that_sends_without_end_is_told_to_wait_and_others_are_not() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let other = Phone::invited(&casque, &server, "worker");
    let mut answers = (0..5_000).map(|_nth| phone.post_raw("multipart/form-data; boundary=b", b""));
    let told = answers.find(|answer| answer.status != 400).expect("an end");
    says(&told, 429, "error");
    assert_eq!(told.header("retry-after"), "1");
    says(&other.post(&[document(&case("uuid:23", ""))]), 201, "submit_success");
}

#[test]
fn a_user_sends_so_much_a_day_and_is_told_when_there_is_room_again() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case("uuid:24", "");
    says(&phone.post(&[document(&xml)]), 201, "submit_success");
    let database = rusqlite::Connection::open(casque.database()).expect("the database");
    let more = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4999) \
                INSERT INTO casque_submission (id, account, instance, form, fate, record, entries, \
                device, received, bytes, reasons, codec, xml) SELECT randomblob(16), account, i, form, \
                fate, record, entries, device, received, 0, '', codec, xml FROM casque_submission, n";
    assert_eq!(database.execute(more, []), Ok(4_999));
    let told = phone.post(&[document(&case("uuid:25", ""))]);
    says(&told, 429, "error");
    let seconds: u32 = told.header("retry-after").parse().expect("seconds");
    assert!((86_000..=86_401).contains(&seconds), "{seconds}");
    // What is here already is said to be here; more files of it are more.
    says(&phone.post(&[document(&xml)]), 201, "submit_success");
    let file = ("note.txt", "text/plain", &b"more"[..]);
    says(&phone.post(&[document(&xml), file]), 429, "error");
}

#[test]
fn a_submission_takes_so_many_files_however_they_come() {
    let casque = node();
    let server = Server::start(&casque);
    let phone = Phone::invited(&casque, &server, "worker");
    let xml = case("uuid:26", "");
    says(&phone.post(&[document(&xml)]), 201, "submit_success");
    let database = rusqlite::Connection::open(casque.database()).expect("the database");
    let more = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) \
                INSERT INTO casque_submission_file SELECT id, i, randomblob(32), 0, '' \
                FROM casque_submission, n";
    assert_eq!(database.execute(more, []), Ok(999));
    let [last, one_more] = ["a.txt", "b.txt"].map(|name| (name, "text/plain", &b"seen"[..]));
    says(&phone.post(&[document(&xml), last]), 201, "submit_success");
    let told = phone.post(&[document(&xml), one_more]);
    says(&told, 422, "error");
    assert!(told.body.contains("1000"), "{told:?}");
    says(&phone.post(&[document(&xml), last]), 201, "submit_success");
}
