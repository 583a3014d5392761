//! Tokens of programs, and what a person is told of themselves.

use app::{Credential, Kind, Scope};

use crate::access::{Access, DAY_MS, PASSWORD};
use crate::support::refusal;

#[test]
fn a_token_reaches_as_far_as_its_scope_and_its_owner() {
    let mut access = Access::new();
    let actions = |access: &mut Access, owner: &str, scope: Scope| {
        let viewer = access.node.viewer(Some(owner)).expect("a viewer");
        let made = access.node.token_create(&viewer, "a program", scope, 1).expect("made");
        let caller = access.node.token_caller(made.1.reveal().as_bytes()).expect("looked up");
        let caller = caller.expect("a caller");
        assert_eq!((caller.scope, &caller.credential), (scope, &Credential::Token(made.0.id)));
        let held = caller.viewer.grants.iter().flat_map(|held| &held.grant.actions);
        held.map(|action| action.code()).collect::<std::collections::BTreeSet<_>>()
    };
    let read = actions(&mut access, "admin", Scope::Read);
    assert_eq!(read, ["export", "read"].into());
    let mut write = actions(&mut access, "admin", Scope::Write);
    assert!(!write.contains("administer") && write.contains("edit"));
    write.insert("administer");
    assert_eq!(actions(&mut access, "admin", Scope::Admin), write);
    assert!(!actions(&mut access, "awa", Scope::Admin).contains("administer"));
}

#[test]
fn a_token_ends_by_time_and_by_its_owner() {
    let mut access = Access::new();
    let viewer = access.node.viewer(Some("awa")).expect("a viewer");
    let admin = access.node.viewer(Some("admin")).expect("a viewer");
    let (short, short_secret) =
        access.node.token_create(&viewer, "short", Scope::Read, 1).expect("made");
    let (long, long_secret) =
        access.node.token_create(&viewer, "long", Scope::Read, 366).expect("made");
    let lives = |access: &Access, secret: &app::Secret| {
        access.node.token_caller(secret.reveal().as_bytes()).expect("looked up").is_some()
    };
    access.clock.advance_ms(DAY_MS - 1);
    assert!(lives(&access, &short_secret));
    access.clock.advance_ms(1);
    assert!(!lives(&access, &short_secret) && lives(&access, &long_secret));
    let caller = access.node.token_caller(long_secret.reveal().as_bytes()).expect("looked up");
    let caller = caller.expect("a caller");
    assert!(caller.due);
    access.node.caller_seen(&caller).expect("noted");
    let listed = access.node.tokens(&viewer).expect("listed");
    let names: Vec<&str> = listed.iter().map(|token| token.name.as_str()).collect();
    assert_eq!(names, ["short", "long"]);
    assert!(listed[0].last_used.is_none() && listed[1].last_used.is_some());
    for id in [short.id.as_str(), "nothing"] {
        let refused = access.node.token_revoke(&admin, id);
        assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["token-unknown"]));
    }
    access.another().token_revoke(&viewer, &long.id).expect("revoked by another process");
    assert!(!lives(&access, &long_secret));
    let program = access.node.totp_begin(&caller).map(|_| ());
    assert_eq!(refusal(program), (Kind::DeniedOrAbsent, vec!["session-needed"]));
}

#[test]
fn a_token_that_cannot_be_is_refused_with_everything_wrong_about_it() {
    let mut access = Access::new();
    let viewer = access.node.viewer(Some("awa")).expect("a viewer");
    let mut create = |name: &str, days| {
        refusal(access.node.token_create(&viewer, name, Scope::Read, days).map(|made| made.0))
    };
    assert_eq!(create("", 0), (Kind::Invalid, vec!["token-name-wrong", "token-days-wrong"]));
    assert_eq!(create(&"é".repeat(81), 367).1, ["token-name-wrong", "token-days-wrong"]);
    assert_eq!(create("a\nb", 1).1, ["token-name-wrong"]);
    for number in 0..50 {
        let made = access.node.token_create(&viewer, &format!("{number}"), Scope::Read, 1);
        made.unwrap_or_else(|error| panic!("{error}"));
    }
    let one_more = access.node.token_create(&viewer, "one more", Scope::Read, 1).map(|made| made.0);
    assert_eq!(refusal(one_more), (Kind::Conflict, vec!["token-too-many"]));
    access.clock.advance_ms(31 * DAY_MS + 1);
    access.node.token_create(&viewer, "later", Scope::Read, 1).expect("those that ended are gone");
}

#[test]
fn no_secret_is_in_the_database() {
    let mut access = Access::new();
    let signed_in = access.sign_in("awa");
    let viewer = access.node.viewer(Some("awa")).expect("a viewer");
    let (_, token) = access.node.token_create(&viewer, "t", Scope::Read, 1).expect("made");
    let bytes: Vec<u8> = ["node.sqlite", "node.sqlite-wal"]
        .iter()
        .flat_map(|name| std::fs::read(access.folder.path().join("node").join(name)).expect("read"))
        .collect();
    for secret in [signed_in.secret.reveal(), token.reveal(), PASSWORD] {
        let half = &secret.as_bytes()[secret.len() / 2..];
        assert!(!bytes.windows(half.len()).any(|window| window == half));
    }
}

#[test]
fn what_a_person_is_told_of_themselves_names_roles_and_mission_in_their_language() {
    let mut access = Access::new();
    let awa = access.sign_in("awa").caller;
    let told = access.node.session_json(&awa, "fr").expect("told");
    assert_eq!(told["user"]["name"], "awa");
    assert_eq!(told["user"]["roles"][0]["name"], "jmac-analyst");
    let title = |told: &serde_json::Value| told["user"]["roles"][0]["title"].clone();
    assert_ne!(title(&told), title(&access.node.session_json(&awa, "en").expect("told")));
    assert_eq!(
        (&told["user"]["administers"], &told["user"]["totp"]),
        (&false.into(), &false.into())
    );
    assert_eq!(
        (&told["mission"]["name"], &told["mission"]["fictional"]),
        (&"minusek".into(), &true.into())
    );
    assert_eq!(
        (&told["expires"], &told["idle_seconds"]),
        (&"2026-11-22T20:00:00Z".into(), &600.into())
    );
    let admin = access.node.viewer(Some("admin")).expect("a viewer");
    let rights = access.node.rights_json(&admin, "en").expect("told");
    let names: Vec<&str> = rights["roles"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|r| r["name"].as_str())
        .collect();
    assert!(names.contains(&"jmac-analyst") && names.contains(&"administrator"), "{names:?}");
    for refused in [access.node.rights_json(&awa.viewer, "en"), access.node.users_json(&awa.viewer)]
    {
        assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["administrators-only"]));
    }
}
