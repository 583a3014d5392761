//! Guessing passwords is slow, for everybody and after a restart, and bars nobody.

use std::net::{IpAddr, Ipv4Addr};

use app::Kind;

use crate::access::{Access, DAY_MS, ELSEWHERE, HERE, MINUTE_MS, PASSWORD, throttled};

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
