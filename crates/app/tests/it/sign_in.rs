//! Signing in, sessions, one-time codes and tokens, on a clock that the tests set.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use app::{
    AppError, Caller, Credential, Environment, Kind, NewPassword, NewUser, Node, SESSION_IDLE_MS,
    SESSION_MS, Scope, SignedIn, UserChange,
};
use testkit::{FixedClock, SeededRandomness};
use totp_rs::{Builder, Secret};

use crate::support::{packs, refusal, user};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
const PASSWORD: &str = "the river is low";
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A node on a clock that can be set, with `admin` and `awa`, who both have a password.
struct Access {
    folder: tempfile::TempDir,
    clock: Arc<FixedClock>,
    node: Node,
}

impl Access {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Arc::new(FixedClock::at("2026-11-22T08:00:00Z"));
        let data = folder.path().join("node");
        let admin = with_password("admin", &["administrator"]);
        let environment = environment(&clock, 1);
        let node = Node::create(&data, &packs().join("minusek"), admin, environment);
        let mut access = Self { folder, clock, node: node.expect("a node") };
        let admin = access.node.viewer(None).expect("one administrator");
        let awa = with_password("awa", &["jmac-analyst"]);
        access.node.add_user(&admin, awa).expect("added");
        access
    }

    /// Another connection to the same node, as another process has it.
    fn another(&self) -> Node {
        let environment = environment(&self.clock, 99);
        Node::open(&self.folder.path().join("node"), environment).expect("opened")
    }

    fn sign_in(&mut self, name: &str) -> SignedIn {
        self.node.sign_in(name, PASSWORD, None, HERE).unwrap_or_else(|error| panic!("{error}"))
    }

    fn guess(&mut self, name: &str, address: IpAddr) -> Result<SignedIn, AppError> {
        // Only what is counted matters here, so the slow step is left out.
        self.node.sign_in_begin(name, address).map(drop).and(Err(wrong()))
    }

    fn caller(&self, signed_in: &SignedIn) -> Option<Caller> {
        let secret = signed_in.secret.reveal().as_bytes();
        self.node.session_caller(secret).expect("looked up")
    }

    /// Puts one-time codes in force for a user who is signed in.
    fn enrol(&mut self, caller: &Caller) -> String {
        let secret = self.node.totp_begin(caller).expect("a secret").secret;
        let code = self.code(&secret, 0);
        self.node.totp_confirm(caller, &code).expect("confirmed");
        secret
    }

    /// The code so many steps from now.
    fn code(&self, secret: &str, steps: i64) -> String {
        use model::time::Clock;
        let seconds = self.clock.now().as_ms() / 1_000 + steps * 30;
        let secret = Secret::try_from_base32(secret).expect("a secret");
        let totp = Builder::new().with_secret(secret).build().expect("codes");
        totp.generate(seconds.unsigned_abs()).to_string()
    }
}

fn environment(clock: &Arc<FixedClock>, seed: u64) -> Environment {
    Environment {
        clock: Box::new(Arc::clone(clock)),
        randomness: Box::new(SeededRandomness::new(seed)),
    }
}

fn with_password(name: &str, roles: &[&str]) -> NewUser {
    NewUser { password: Some(PASSWORD.to_owned()), ..user(name, roles) }
}

fn wrong() -> AppError {
    AppError::absent("sign-in-refused", "")
}

fn throttled<T: std::fmt::Debug>(outcome: &Result<T, AppError>) -> bool {
    matches!(outcome, Err(error) if error.findings[0].code == "sign-in-throttled")
}

const REFUSED: (Kind, [&str; 1]) = (Kind::DeniedOrAbsent, ["sign-in-refused"]);

fn assert_refused(outcome: Result<SignedIn, AppError>) {
    let (kind, codes) = refusal(outcome);
    assert_eq!((kind, &codes[..]), (REFUSED.0, &REFUSED.1[..]));
}

#[test]
fn everything_wrong_with_signing_in_has_one_answer() {
    let mut access = Access::new();
    let admin = access.node.viewer(Some("admin")).expect("a viewer");
    access.node.add_user(&admin, user("bintou", &["jmac-analyst"])).expect("added");
    access.node.add_user(&admin, with_password("omar", &["jmac-analyst"])).expect("added");
    let shut_out = UserChange { disabled: Some(true), ..UserChange::default() };
    access.node.change_user(&admin, "omar", shut_out).expect("shut out");
    let caller = access.sign_in("admin").caller;
    access.enrol(&caller);
    for (name, password, code) in [
        ("nobody", PASSWORD, None),
        ("awa", "the river is Low", None),
        ("bintou", PASSWORD, None),
        ("bintou", "", None),
        ("omar", PASSWORD, None),
        ("admin", PASSWORD, None),
        ("admin", PASSWORD, Some("000000")),
        ("admin", PASSWORD, Some("not a code")),
        ("", "", None),
    ] {
        let outcome = access.node.sign_in(name, password, code, ELSEWHERE);
        let error = outcome.as_ref().expect_err("refused");
        assert!(error.findings[0].values.is_empty(), "nothing tells {name} from the others");
        assert_refused(outcome);
    }
    assert_eq!(access.sign_in("awa").caller.viewer.name, "awa");
}

#[test]
fn a_session_lives_while_it_is_used_and_twelve_hours_at_most() {
    let mut access = Access::new();
    let signed_in = access.sign_in("awa");
    let begun = signed_in.caller.expires.as_ms() - SESSION_MS;
    access.clock.advance_ms(SESSION_IDLE_MS - 1);
    assert!(access.caller(&signed_in).is_some());
    access.clock.advance_ms(1);
    assert!(access.caller(&signed_in).is_none(), "not used for ten minutes");

    let signed_in = access.sign_in("awa");
    assert_eq!(signed_in.caller.expires.as_ms(), begun + SESSION_IDLE_MS + SESSION_MS);
    let mut lived = 0;
    while let Some(caller) = access.caller(&signed_in) {
        access.node.caller_seen(&caller).expect("noted");
        access.clock.advance_ms(SESSION_IDLE_MS / 2);
        lived += SESSION_IDLE_MS / 2;
    }
    assert_eq!(lived, SESSION_MS);
}

#[test]
fn use_is_written_down_once_a_minute() {
    let mut access = Access::new();
    let signed_in = access.sign_in("awa");
    let due = |access: &Access| access.caller(&signed_in).expect("signed in").due;
    assert!(!due(&access));
    access.clock.advance_ms(MINUTE_MS - 1);
    assert!(!due(&access));
    access.clock.advance_ms(1);
    assert!(due(&access));
    let caller = access.caller(&signed_in).expect("signed in");
    access.node.caller_seen(&caller).expect("noted");
    assert!(!due(&access));
}

#[test]
fn a_clock_set_back_ends_sessions_rather_than_lengthening_them() {
    let mut access = Access::new();
    let signed_in = access.sign_in("awa");
    access.clock.advance_ms(-MINUTE_MS);
    assert!(access.caller(&signed_in).is_some());
    access.clock.advance_ms(-1);
    assert!(access.caller(&signed_in).is_none());
}

#[test]
fn every_sign_in_has_a_secret_of_its_own_and_signing_out_ends_that_one() {
    let mut access = Access::new();
    let (first, second) = (access.sign_in("awa"), access.sign_in("awa"));
    assert_ne!(first.secret, second.secret);
    access.node.sign_out(&first.caller).expect("signed out");
    assert!(access.caller(&first).is_none() && access.caller(&second).is_some());
    for wrong in ["", "casque_session_", "x", &"y".repeat(100_000)] {
        assert!(access.node.session_caller(wrong.as_bytes()).expect("looked up").is_none());
        assert!(access.node.token_caller(wrong.as_bytes()).expect("looked up").is_none());
    }
    let as_token = access.node.token_caller(second.secret.reveal().as_bytes());
    assert!(as_token.expect("looked up").is_none());
}

#[test]
fn a_change_of_the_user_by_another_process_ends_their_sessions_at_once() {
    let admin_change = |access: &Access, change: UserChange| {
        let mut other = access.another();
        let admin = other.viewer(Some("admin")).expect("a viewer");
        other.change_user(&admin, "awa", change).expect("changed");
    };
    let roles = Some(vec!["sector-operations-officer".to_owned()]);
    for change in [
        UserChange { disabled: Some(true), ..UserChange::default() },
        UserChange { roles, ..UserChange::default() },
    ] {
        let mut access = Access::new();
        let (awa, admin) = (access.sign_in("awa"), access.sign_in("admin"));
        let caller = access.caller(&awa).expect("signed in");
        let (_, token) =
            access.node.token_create(&caller.viewer, "t", Scope::Write, 1).expect("made");
        let disabled = change.disabled == Some(true);
        admin_change(&access, change);
        assert!(access.caller(&awa).is_none());
        assert!(access.caller(&admin).is_some(), "somebody else's goes on");
        let by_token = access.node.token_caller(token.reveal().as_bytes()).expect("looked up");
        assert_eq!(by_token.is_none(), disabled);
        if let Some(caller) = by_token {
            let roles = caller.viewer.grants.iter().map(|held| held.role.as_str());
            assert!(roles.clone().count() > 0, "with the new role");
            assert!(roles.clone().all(|role| role == "sector-operations-officer"));
        }
        let enabled = UserChange { disabled: Some(false), ..UserChange::default() };
        admin_change(&access, enabled);
        assert!(access.caller(&awa).is_none(), "what ended stays ended");
        assert!(access.node.token_caller(token.reveal().as_bytes()).expect("looked up").is_some());
    }
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let mut access = Access::new();
    let (mine, other) = (access.sign_in("awa"), access.sign_in("awa"));
    let node = &mut access.node;
    let attempt = node.password_begin(&mine.caller, HERE).expect("counted");
    let checked = attempt.check("wrong").expect("checked");
    let new = NewPassword::new("the river is high", &mut SeededRandomness::new(5)).expect("hashed");
    let refused = node.password_finish(&mine.caller, &checked, &new);
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["password-wrong"]));
    let checked = node.password_begin(&mine.caller, HERE).expect("counted").check(PASSWORD);
    let checked = checked.expect("checked");
    node.password_finish(&mine.caller, &checked, &new).expect("changed");
    assert!(access.caller(&mine).is_some() && access.caller(&other).is_none());
    assert_refused(access.node.sign_in("awa", PASSWORD, None, HERE));
    access.node.sign_in("awa", "the river is high", None, HERE).expect("the new one");
    let admin = access.node.viewer(Some("admin")).expect("a viewer");
    access.node.set_password(&admin, "awa", PASSWORD).expect("set");
    assert!(access.caller(&mine).is_none(), "an administrator's change ends all");
}

#[test]
fn a_check_of_one_user_confirms_nothing_for_another() {
    let mut access = Access::new();
    let (awa, admin) = (access.sign_in("awa"), access.sign_in("admin"));
    let checked = access.node.password_begin(&awa.caller, HERE).expect("counted").check(PASSWORD);
    let refused = access.node.totp_end(&admin.caller, &checked.expect("checked"));
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["password-wrong"]));
}

#[test]
fn a_code_is_good_for_three_steps_and_once() {
    let mut access = Access::new();
    let caller = access.sign_in("awa").caller;
    let secret = access.enrol(&caller);
    let confirmed_with = access.code(&secret, 0);
    let try_code = |access: &mut Access, code: &str| {
        access.clock.advance_ms(4_000);
        access.node.sign_in("awa", PASSWORD, Some(code), HERE).is_ok()
    };
    assert!(!try_code(&mut access, &confirmed_with), "used when it was confirmed");
    access.clock.advance_ms(60 * MINUTE_MS);
    for (steps, good) in [(-2, false), (2, false), (-1, true), (1, true), (0, false), (1, false)] {
        let code = access.code(&secret, steps);
        assert_eq!(try_code(&mut access, &code), good, "{steps}");
    }
    access.clock.advance_ms(MINUTE_MS);
    let code = access.code(&secret, 0);
    let (head, tail) = code.split_at(3);
    let spaced = format!("{head} {tail}");
    assert!(try_code(&mut access, &spaced), "as telephones show it");
}

#[test]
fn a_wrong_password_does_not_use_a_code_up() {
    let mut access = Access::new();
    let caller = access.sign_in("awa").caller;
    let secret = access.enrol(&caller);
    access.clock.advance_ms(MINUTE_MS);
    let code = access.code(&secret, 0);
    assert_refused(access.node.sign_in("awa", "wrong", Some(&code), HERE));
    access.node.sign_in("awa", PASSWORD, Some(&code), HERE).expect("still good");
}

#[test]
fn codes_are_needed_only_once_the_first_was_confirmed() {
    let mut access = Access::new();
    let awa = access.sign_in("awa");
    let began = access.node.totp_begin(&awa.caller).expect("a secret");
    assert!(began.uri.starts_with("otpauth://totp/casque-minusek:awa?secret="));
    let refused = access.node.totp_confirm(&awa.caller, "000000");
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["totp-code-wrong"]));
    access.sign_in("awa");
    let secret = access.enrol(&awa.caller);
    assert_ne!(secret, began.secret, "the later one holds");
    assert_refused(access.node.sign_in("awa", PASSWORD, None, HERE));
    let again = access.node.totp_begin(&awa.caller).map(|_| ());
    assert_eq!(refusal(again), (Kind::Conflict, vec!["totp-active"]));
    let admin = access.node.viewer(Some("admin")).expect("a viewer");
    let awa_viewer = access.node.viewer(Some("awa")).expect("a viewer");
    let refused = access.node.totp_reset(&awa_viewer, "awa");
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["administrators-only"]));
    assert!(access.node.totp_reset(&admin, "awa").expect("reset"));
    assert!(!access.node.totp_reset(&admin, "awa").expect("nothing more to reset"));
    access.sign_in("awa");
}

#[test]
fn guessing_is_counted_for_names_and_strangers_alike_and_survives_a_restart() {
    let mut access = Access::new();
    let mut waits = Vec::new();
    for name in ["awa", "nobody"] {
        for guess in 0..4 {
            assert!(!throttled(&access.guess(name, ELSEWHERE)), "{guess}");
        }
        let told = access.guess(name, ELSEWHERE).expect_err("throttled");
        assert_eq!(told.kind, Kind::Unavailable);
        waits.push(format!("{told}"));
    }
    assert_eq!(waits[0], waits[1]);
    assert!(waits[0].contains("sign-in-throttled"), "{}", waits[0]);
    access.node = access.another();
    let right = access.node.sign_in("awa", PASSWORD, None, ELSEWHERE);
    assert!(throttled(&right), "the right password waits too");
    access.clock.advance_ms(5_000);
    access.node.sign_in("awa", PASSWORD, None, ELSEWHERE).expect("after the wait");
}

#[test]
fn a_stranger_who_never_stops_guesses_fewer_than_a_hundred_times_a_day_and_bars_nobody() {
    let mut access = Access::new();
    access.sign_in("awa");
    let mut let_through = 0;
    for minute in 0..24 * 60 {
        for address in [HERE, ELSEWHERE] {
            let_through += u32::from(!throttled(&access.guess("awa", address)));
        }
        if minute % 240 == 0 {
            // The user signs in from a desk of theirs, which gives the guesser nothing.
            let desk = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2));
            let outcome = access.node.sign_in("awa", PASSWORD, None, desk);
            assert!(minute > 0 || outcome.is_ok(), "{outcome:?}");
            let_through += u32::from(outcome.is_ok());
        }
        access.clock.advance_ms(MINUTE_MS);
    }
    assert!((40..100).contains(&let_through), "{let_through}");
}

#[test]
fn a_user_signs_in_at_their_own_desk_while_a_stranger_guesses() {
    let mut access = Access::new();
    access.sign_in("awa");
    while !throttled(&access.guess("awa", ELSEWHERE)) {}
    access.sign_in("awa");
    access.clock.advance_ms(31 * DAY_MS);
    while !throttled(&access.guess("awa", ELSEWHERE)) {}
    let forgotten = access.node.sign_in("awa", PASSWORD, None, HERE);
    assert!(throttled(&forgotten), "a desk not used for a month is a stranger's");
    let admin = access.node.viewer(Some("admin")).expect("a viewer");
    access.node.set_password(&admin, "awa", PASSWORD).expect("set");
    access.sign_in("awa");
}

#[test]
fn one_address_that_tries_many_names_waits() {
    let mut access = Access::new();
    let tried =
        (0..100).take_while(|name| !throttled(&access.guess(&format!("n{name}"), ELSEWHERE)));
    assert_eq!(tried.count(), 20);
    assert!(!throttled(&access.guess("n0", HERE)), "another address does not");
}

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
