//! Users: who there is, who administers, and passwords that never leave the node.

use std::net::IpAddr;

use app::{Kind, NewUser, UserChange};
use model::classification::Classification;

use crate::support::{TestNode, refusal, said, user};

fn disabling() -> UserChange {
    UserChange { disabled: Some(true), ..UserChange::default() }
}

fn with_password(name: &str, roles: &[&str], password: &str) -> NewUser {
    NewUser { password: Some(password.to_owned()), ..user(name, roles) }
}

#[test]
fn the_last_administrator_can_neither_be_shut_out_nor_lose_the_role() {
    let mut test = TestNode::minusek();
    let admin = test.admin.clone();
    test.add(user("awa", &["jmac-analyst"]));
    let no_roles =
        UserChange { roles: Some(vec!["jmac-analyst".to_owned()]), ..UserChange::default() };
    for change in [disabling(), no_roles.clone()] {
        let refused = test.node.change_user(&admin, "admin", change);
        assert_eq!(refusal(refused), (Kind::Conflict, vec!["user-last-administrator"]));
    }
    assert_eq!(test.node.viewer(None).expect("still one").name, "admin");
    test.add(user("bintou", &["administrator"]));
    test.node.change_user(&admin, "admin", disabling()).expect("there is another");
    let refused = test.node.change_user(&admin, "bintou", no_roles);
    assert_eq!(refusal(refused), (Kind::Conflict, vec!["user-last-administrator"]));
    assert_eq!(test.node.viewer(None).expect("the other").name, "bintou");
}

#[test]
fn where_several_administer_the_acting_one_is_named() {
    let mut test = TestNode::minusek();
    test.add(user("awa", &["administrator"]));
    assert_eq!(refusal(test.node.viewer(None)), (Kind::Invalid, vec!["user-not-named"]));
    assert_eq!(test.node.viewer(Some("awa")).expect("named").name, "awa");
}

#[test]
fn a_user_unknown_and_one_shut_out_are_refused_in_the_same_words() {
    let mut test = TestNode::minusek();
    test.add(user("awa", &["jmac-analyst"]));
    test.node.change_user(&test.admin.clone(), "awa", disabling()).expect("shut out");
    for name in ["awa", "nobody", "", "Admin"] {
        let refused = test.node.viewer(Some(name));
        assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["user-unknown"]), "{name}");
    }
    let back = UserChange { disabled: Some(false), ..UserChange::default() };
    test.node.change_user(&test.admin.clone(), "awa", back).expect("let in again");
    assert_eq!(test.node.viewer(Some("awa")).expect("back").name, "awa");
}

#[test]
fn a_user_is_made_once_with_roles_and_compartments_there_are() {
    let mut test = TestNode::minusek();
    let admin = test.admin.clone();
    test.add(user("awa", &["jmac-analyst"]));
    let mut compartment = user("bintou", &["jmac-analyst"]);
    compartment.compartments = vec!["source-protect".to_owned()];
    for (new, kind, code) in [
        (user("awa", &["jmac-analyst"]), Kind::Conflict, "user-exists"),
        (user("Bintou", &["jmac-analyst"]), Kind::Invalid, "user-name-invalid"),
        (user("", &["jmac-analyst"]), Kind::Invalid, "user-name-invalid"),
        (user("bintou", &["jmac-analist"]), Kind::Invalid, "role-unknown"),
        (compartment, Kind::Invalid, "compartment-unknown"),
    ] {
        let before = test.entries();
        let refused = test.node.add_user(&admin, new);
        assert_eq!(refusal(refused), (kind, vec![code]));
        assert_eq!(test.entries(), before);
    }
    let refused = test.node.change_user(&admin, "nobody", UserChange::default());
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["user-unknown"]));
}

#[test]
fn a_change_replaces_what_it_names_and_leaves_the_rest() {
    let mut test = TestNode::minusek();
    let admin = test.admin.clone();
    let mut new = user("awa", &["sector-operations-officer"]);
    new.areas = vec!["KU01".to_owned()];
    test.add(new);
    let change = UserChange {
        areas: Some(vec!["KU02".to_owned(), "KU03".to_owned()]),
        clearance: Some(Classification::Unclassified),
        ..UserChange::default()
    };
    test.node.change_user(&admin, "awa", change).expect("changed");
    let viewer = test.node.viewer(Some("awa")).expect("a viewer");
    assert_eq!(viewer.areas, ["KU02", "KU03"]);
    assert_eq!(viewer.clearance, Classification::Unclassified);
    assert!(viewer.grants.iter().all(|held| held.role.as_str() == "sector-operations-officer"));
    let users = test.node.users(&admin).expect("users");
    let mut names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["admin", "awa"], "a change makes no second user");
    test.assert_rebuild_changes_nothing();
    assert_eq!(test.node.users(&admin).expect("users"), users);
}

#[test]
fn a_password_is_right_wrong_or_nobodys() {
    let mut test = TestNode::minusek();
    let admin = test.admin.clone();
    test.add(with_password("awa", &["jmac-analyst"], "the river is low"));
    test.add(user("bintou", &["jmac-analyst"]));
    let is = |test: &mut TestNode, name: &str, password: &str| match test.node.sign_in(
        name,
        password,
        None,
        IpAddr::from([127, 0, 0, 1]),
    ) {
        Ok(signed_in) => signed_in.caller.viewer.name == name,
        Err(error) => {
            assert_eq!(said(&error), (Kind::DeniedOrAbsent, vec!["sign-in-refused"]));
            false
        }
    };
    assert!(is(&mut test, "awa", "the river is low"));
    for (name, password) in [
        ("awa", "the river is Low"),
        ("awa", ""),
        ("bintou", "the river is low"),
        ("bintou", ""),
        ("nobody", "the river is low"),
        ("nobody", ""),
    ] {
        assert!(!is(&mut test, name, password), "{name} {password}");
    }
    test.node.set_password(&admin, "awa", "the river is high").expect("set");
    assert!(is(&mut test, "awa", "the river is high") && !is(&mut test, "awa", "the river is low"));
    let refused = test.node.set_password(&admin, "awa", "");
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["password-empty"]));
    test.node.change_user(&admin, "awa", disabling()).expect("shut out");
    assert!(!is(&mut test, "awa", "the river is high"), "a closed account opens nothing");
}

#[test]
fn no_password_and_nothing_made_from_one_is_in_the_journal() {
    let mut test = TestNode::minusek();
    test.add(with_password("awa", &["jmac-analyst"], "the river is low"));
    let folder = test.folder.path().join("journal");
    let entries = test.node.export_journal(&test.admin, &folder).expect("exported");
    assert_eq!(entries, test.entries());
    for file in std::fs::read_dir(&folder).expect("a folder") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("read");
        for secret in [&b"the river is low"[..], b"argon2"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}

#[test]
fn a_short_password_is_worth_a_word() {
    assert_eq!(app::password_warning("river").map(|finding| finding.code), Some("password-short"));
    assert_eq!(app::password_warning("the river is low"), None);
}
