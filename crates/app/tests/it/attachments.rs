//! Files of records: kept whole, named harmlessly, read by whoever may read the record.

use std::sync::{Arc, Mutex};

use app::{AppError, AttachedFile, Environment, FileSaid, Kind, Viewer};
use model::time::{Clock, Timestamp};
use serde_json::json;
use testkit::FixedClock;

use crate::support::{TestNode, environment, id_of, refusal, user};

const TWO: &str = "source_id,occurred_at,type,classification,verification\n\
                   A,2021-11-02T06:00Z,AC-CLASH,unclassified,reported\n\
                   B,2021-11-02T06:00Z,AC-CLASH,confidential,reported\n";

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/photos/camera.jpg");

fn attach(
    test: &mut TestNode,
    viewer: &Viewer,
    key: &str,
    (name, media_type): (&str, &str),
    content: &[u8],
) -> Result<AttachedFile, AppError> {
    let mut incoming = test.node.incoming()?;
    content.chunks(1_000).try_for_each(|chunk| incoming.take(chunk))?;
    let said = FileSaid { name: name.to_owned(), media_type: media_type.to_owned(), field: None };
    test.node.attach(viewer, ("incident", &id_of("incident", key)), &mut incoming, &said)
}

fn read(test: &TestNode, viewer: &Viewer, key: &str, blob: &str) -> Result<Vec<u8>, AppError> {
    let id = id_of("incident", key);
    let file = test.node.outgoing(viewer, ("incident", &id), blob, false)?;
    let mut content = Vec::new();
    for part in 0.. {
        let Some(more) = test.node.outgoing_part(&file, part)? else { break };
        content.extend(more);
    }
    Ok(content)
}

fn picture(bytes: usize) -> Vec<u8> {
    let mut content = b"\x89PNG\r\n\x1a\n".to_vec();
    content.extend(u32::try_from(bytes).expect("short").to_be_bytes());
    content.extend(b"IDAT");
    content.extend((0..bytes).map(|n| u8::try_from(n * 7 % 251).unwrap_or(0)));
    content.extend(b"sum!\0\0\0\0IENDsum!");
    content
}

#[test]
fn a_file_comes_back_as_it_was_under_a_harmless_name() {
    let mut test = TestNode::minusek();
    test.incidents(TWO);
    let (admin, content) = (test.admin.clone(), picture(700_000));
    let name = "../../gpj\u{202e}.exe";
    let file = attach(&mut test, &admin, "A", (name, "image/png"), &content).expect("attached");
    assert_eq!((file.name.as_str(), file.bytes), ("gpj.exe.png", content.len() as u64));
    let blob = file.blob.to_string();
    assert_eq!(read(&test, &admin, "A", &blob).expect("read"), content);
    let shown = test.show("incident", &id_of("incident", "A"));
    assert_eq!(shown["attachments"][0]["blob"], json!(blob));
    assert_eq!(shown["attachments"][0]["user"], json!("admin"));
    let step = test.history("A").pop().expect("a step");
    assert_eq!((&step["act"], &step["detail"]["name"]), (&json!("attach"), &json!("gpj.exe.png")));
    let entries = test.entries();
    attach(&mut test, &admin, "A", (name, "image/png"), &content).expect("the same again");
    assert_eq!(test.entries(), entries, "it is there already");
    test.assert_rebuild_changes_nothing();
}

#[test]
fn a_file_that_comes_in_has_no_name_that_a_kill_could_leave_behind() {
    let test = TestNode::minusek();
    let mut incoming = test.node.incoming().expect("a place");
    incoming.take(b"some of it").expect("taken");
    let folder = test.node.files().folder.join("incoming");
    assert_eq!(std::fs::read_dir(folder).expect("a folder").count(), 0);
    assert_eq!(incoming.content().expect("its content"), b"some of it");
}

#[test]
fn a_photo_is_shown_with_what_its_camera_says_and_given_out_without() {
    let mut test = TestNode::minusek();
    test.incidents(TWO);
    let admin = test.admin.clone();
    test.node.add_user(&admin, user("reader", &["observer"])).expect("added");
    let reader = test.node.viewer(Some("reader")).expect("a user");
    let photo = std::fs::read(FIXTURE).expect("the photo");
    let file = attach(&mut test, &admin, "A", ("a.jpg", "image/jpeg"), &photo).expect("attached");
    let (id, blob) = (id_of("incident", "A"), file.blob.to_string());
    let shown = test.show("incident", &id);
    assert_eq!(
        shown["attachments"][0]["camera"],
        json!({ "time": "2018-03-01T14:30:00", "offset": "+01:00", "model": "Field Camera 7",
                "place": { "lon": -0.0447, "lat": 16.2717 } })
    );
    let listed = test.node.attachments(&reader, "incident", &id).expect("files");
    assert_eq!(listed[0]["camera"], shown["attachments"][0]["camera"]);
    let given = read(&test, &reader, "A", &blob).expect("read");
    assert!(!given.windows(6).any(|window| window == b"Camera"));
    assert!(given.ends_with(&photo[photo.len() - 130..]), "the picture itself is as it was");
    let again = attach(&mut test, &admin, "B", ("b.jpg", "image/jpeg"), &given).expect("attached");
    let id_of_b = id_of("incident", "B");
    assert_eq!(test.show("incident", &id_of_b)["attachments"][0]["camera"], json!(null));
    assert_ne!(again.blob, file.blob);
    let original = |viewer: &Viewer| test.node.outgoing(viewer, ("incident", &id), &blob, true);
    assert_eq!(original(&admin).expect("his to work on").bytes, photo.len() as u64);
    assert_eq!(
        refusal(original(&reader)),
        (Kind::DeniedOrAbsent, vec!["attachment-original-not-allowed"])
    );
}

#[test]
fn what_is_not_what_it_says_is_refused_and_nothing_kept() {
    let mut test = TestNode::minusek();
    test.incidents(TWO);
    let (admin, entries) = (test.admin.clone(), test.entries());
    let mut refused = |said: (&str, &str), content: &[u8]| {
        refusal(attach(&mut test, &admin, "A", said, content)).1
    };
    assert_eq!(refused(("a.jpg", "image/jpeg"), &picture(10)), ["attachment-type-differs"]);
    assert_eq!(refused(("a.svg", "image/svg+xml"), b"<svg/>"), ["attachment-type-unknown"]);
    assert_eq!(refused(("a.txt", "text/plain"), b""), ["attachment-empty"]);
    let large = vec![b'x'; (25 << 20) + 1];
    assert_eq!(refused(("a.txt", "text/plain"), &large), ["attachment-too-large"]);
    assert_eq!(test.entries(), entries);
}

/// A clock by which something happens when it is next looked at: just before a transaction begins.
struct Interrupting(Arc<Mutex<Option<Deed>>>);

type Deed = Box<dyn FnOnce() + Send>;

impl Clock for Interrupting {
    fn now(&self) -> Timestamp {
        let deed = self.0.lock().expect("whole").take();
        if let Some(deed) = deed {
            deed();
        }
        FixedClock::at("2026-11-22T08:00:00Z").now()
    }
}

#[test]
fn a_record_that_is_deleted_meanwhile_takes_no_file() {
    let mut test = TestNode::minusek();
    test.incidents(TWO);
    let (admin, folder) = (test.admin.clone(), test.node.files().folder.clone());
    let deed = Arc::new(Mutex::new(None));
    let clock = Box::new(Interrupting(Arc::clone(&deed)));
    let environment = Environment { clock, ..environment(5) };
    let mut other =
        std::mem::replace(&mut test.node, app::Node::open(&folder, environment).expect("opened"));
    let somebody = admin.clone();
    let delete: Deed = Box::new(move || {
        let id = id_of("incident", "A");
        other.delete_record(&somebody, ("incident", &id), None).expect("deleted");
    });
    *deed.lock().expect("whole") = Some(delete);
    let refused = attach(&mut test, &admin, "A", ("a.png", "image/png"), &picture(10));
    assert_eq!(refusal(refused), (Kind::Conflict, vec!["record-deleted"]));
    let shown = test.show("incident", &id_of("incident", "A"));
    assert_eq!((&shown["deleted"], &shown["attachments"]), (&json!(true), &json!([])));
}

/// A file is as hidden as its record, and no key to another one.
#[test]
fn a_file_is_read_through_its_own_record_by_whoever_may_read_it() {
    let mut test = TestNode::minusek();
    test.incidents(TWO);
    let admin = test.admin.clone();
    let file = attach(&mut test, &admin, "B", ("a.png", "image/png"), &picture(10));
    let blob = file.expect("attached").blob.to_string();
    let observer = test.add(user("observer", &["observer"]));
    let denied = refusal(read(&test, &observer, "B", &blob));
    assert_eq!(denied, (Kind::DeniedOrAbsent, vec!["record-absent"]));
    for reader in [&observer, &admin] {
        let elsewhere = refusal(read(&test, reader, "A", &blob));
        assert_eq!(elsewhere, (Kind::DeniedOrAbsent, vec!["attachment-absent"]));
    }
    let planner = test.add(user("planner", &["force-planner"]));
    assert_eq!(read(&test, &planner, "B", &blob).expect("may read"), picture(10));
    let refused = attach(&mut test, &planner, "A", ("a.png", "image/png"), &picture(10));
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["not-allowed"]));
}
