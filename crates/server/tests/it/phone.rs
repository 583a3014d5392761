//! A phone as ODK Collect is one: what it sends with everything, and how it takes answers.

use std::path::Path;

use serde_json::Value as Json;
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::{Answer, Server};

/// A phone that was set up with an invitation.
pub(crate) struct Phone<'s, 'n> {
    pub(crate) server: &'s Server<'n>,
    /// The path of its server, key and all.
    pub(crate) base: String,
}

impl<'s, 'n> Phone<'s, 'n> {
    /// Invited with the address a person would type.
    pub(crate) fn invited(casque: &Casque, server: &'s Server<'n>, user: &str) -> Self {
        let url = format!("http://{}", server.address());
        let invited = casque.line(&format!("phone invite --user {user} --url {url} --json")).json();
        let address = invited["url"].as_str().expect("an address");
        Self { server, base: address.strip_prefix(&url).expect("that node").to_owned() }
    }

    /// What Collect sends with everything, its clock of twelve hours too.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let path = format!("{}{path}?deviceID=collect%3Aabc", self.base);
        checked(self.server.send(Method::GET, &path, &HEADERS, b""))
    }

    pub(crate) fn send(&self, method: Method, path: &str) -> Answer {
        let path = format!("{}{path}?deviceID=collect%3Aabc", self.base);
        checked(self.server.send(method, &path, &HEADERS, b""))
    }
}

pub(crate) const HEADERS: [(&str, &str); 2] =
    [("x-openrosa-version", "1.0"), ("date", "Sun, 22 Nov 2026 03:14:15 GMT")];

/// Collect calls an answer without these "not `OpenRosa`".
pub(crate) fn checked(answer: Answer) -> Answer {
    assert_eq!(answer.header("x-openrosa-version"), "1.0", "{answer:?}");
    let length: u64 = answer.header("x-openrosa-accept-content-length").parse().expect("a length");
    assert!(length > 10_000_000 && !answer.header("date").is_empty(), "{answer:?}");
    answer
}

/// The text between two others, of each place where they stand.
pub(crate) fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0)).collect()
}

/// What stands between two parts of a submission.
const BOUNDARY: &str = "--------Collect7f";

/// A part of a submission: its name, its type, its content.
pub(crate) type Part<'p> = (&'p str, &'p str, &'p [u8]);

/// A body of several parts, as Collect writes it: the name of a file is that of its part.
pub(crate) fn body(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, media_type, content) in parts {
        let file = if *name == INCOMPLETE.0 { "" } else { *name };
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; \
             filename=\"{file}\"\r\nContent-Type: {media_type}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// The part that says that further files follow.
pub(crate) const INCOMPLETE: Part<'static> = ("*isIncomplete*", "text/plain", b"yes");

/// The part with the answers.
pub(crate) fn document(xml: &str) -> Part<'_> {
    ("xml_submission_file", "text/xml", xml.as_bytes())
}

impl Phone<'_, '_> {
    /// Sends parts.
    pub(crate) fn post(&self, parts: &[Part<'_>]) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.post_raw(&kind, &body(parts))
    }

    /// Sends any body as any type.
    pub(crate) fn post_raw(&self, content_type: &str, body: &[u8]) -> Answer {
        let path = format!("{}/submission?deviceID=collect%3Aabc", self.base);
        let headers = [HEADERS[0], HEADERS[1], ("content-type", content_type)];
        checked(self.server.send(Method::POST, &path, &headers, body))
    }
}

/// Where cases are, in the pack of these tests.
const CASES: &str = "/api/registers/case/records";
/// Where what was refused is.
pub(crate) const REFUSED: &str = "/api/phone/refused";
/// The smallest file that is one.
pub(crate) const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9";

/// A node of the small pack with rows and sealed fields: `admin` is in the compartment, `worker`
/// files without, `stranger` somewhere else.
pub(crate) fn node() -> Casque {
    let casque = Casque::nowhere();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/packs/cases");
    casque.init(&pack).out();
    casque.line("user change admin --compartment secret").out();
    casque.line("user add worker --role worker").out();
    casque.line("user add stranger --role worker --area X1").out();
    casque
}

/// A document that answers the form of cases.
pub(crate) fn case(instance: &str, answers: &str) -> String {
    format!(
        "<?xml version='1.0' ?><data id=\"case\" version=\"1\" \
         xmlns:orx=\"http://openrosa.org/xforms\"><occurred_at>2021-11-02T06:00:00.000+01:00\
         </occurred_at>{answers}<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    )
}

/// The same as a change of an earlier one.
pub(crate) fn change(instance: &str, of: &str, answers: &str) -> String {
    let end = format!("{instance}</orx:instanceID><orx:deprecatedID>{of}</orx:deprecatedID>");
    case(instance, answers).replace(&format!("{instance}</orx:instanceID>"), &end)
}

/// Every record.
pub(crate) fn records(server: &Server<'_>) -> Vec<Json> {
    let all = server.get(CASES, Some(&server.token("admin"))).json();
    all["records"].as_array().cloned().unwrap_or_default()
}

/// The only record there is, whole.
pub(crate) fn record(server: &Server<'_>) -> Json {
    let all = records(server);
    assert_eq!(all.len(), 1, "{all:?}");
    let id = all[0]["id"].as_str().expect("an id");
    server.get(&format!("{CASES}/{id}"), Some(&server.token("admin"))).json()
}

/// What is open, as a user sees it.
pub(crate) fn refused(server: &Server<'_>, user: &str) -> Json {
    server.get(REFUSED, Some(&server.token(user))).json()
}

/// The codes of its findings.
pub(crate) fn codes(one: &Json) -> Vec<&str> {
    let findings = one["findings"].as_array().into_iter().flatten();
    findings.filter_map(|finding| finding["code"].as_str()).collect()
}

/// That an answer has this status and a message of this nature.
#[track_caller]
pub(crate) fn says(answer: &Answer, status: u16, nature: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    let message = format!("<message nature=\"{nature}\">");
    assert!(answer.body.contains("<OpenRosaResponse xmlns=\"http://openrosa.org/http/response\">"));
    assert!(answer.body.contains(&message), "{answer:?}");
    assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8");
}
