//! Signing in, sessions and one-time codes.

use app::{Kind, NewPassword, SESSION_IDLE_MS, SESSION_MS, Scope, UserChange};
use testkit::SeededRandomness;

use crate::access::{Access, ELSEWHERE, HERE, MINUTE_MS, PASSWORD, assert_refused, with_password};
use crate::support::{refusal, user};

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

/// Guesses wait for their turn to be checked; a password that was right then may be nobody's now.
#[test]
fn a_password_that_was_reset_while_it_was_checked_opens_nothing() {
    let mut access = Access::new();
    let awa = access.sign_in("awa");
    let begun = access.node.sign_in_begin("awa", HERE).expect("counted").check(PASSWORD);
    let confirming = access.node.password_begin(&awa.caller, HERE).expect("counted");
    let confirming = confirming.check(PASSWORD).expect("checked");
    let admin = access.node.viewer(Some("admin")).expect("a viewer");
    access.another().set_password(&admin, "awa", "the river is high").expect("set");
    assert_refused(access.node.sign_in_finish(begun.expect("checked"), None));
    let refused = access.node.totp_end(&awa.caller, &confirming);
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["password-wrong"]));
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
