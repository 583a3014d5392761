//! Users: what each may see and do, and that denied and absent look the same.

use crate::casque::{Casque, events};

fn with_users() -> Casque {
    let casque = Casque::with_events();
    for line in [
        "user add aminata --role joc-watch-officer --clearance confidential --area ML07",
        "user add omar --role observer",
    ] {
        let added = casque.line(line);
        assert_eq!(added.out().trim().len(), 27, "the password is told once: {}", added.out);
    }
    casque
}

#[test]
fn a_user_sees_what_the_role_gives_and_every_entry_names_who_acted() {
    let casque = with_users();
    let line = [
        "--user",
        "aminata",
        "create",
        "incident",
        "type=VC-KILL",
        "occurred_at=2020-01-01",
        "admin1=ML07",
        "--json",
    ];
    let id = casque.run(line).json()["id"].as_str().expect("an id").to_owned();
    let history = casque.run(["history", "incident", &id, "--json"]).json();
    assert_eq!(history[0]["user"], "aminata");
    casque
        .run(["edit", "incident", &id, "classification=strictly-confidential"])
        .told(3, "not-allowed");
    casque.run(["edit", "incident", &id, "classification=confidential"]).out();
    let denied = casque.run(["--user", "omar", "show", "incident", &id]);
    let absent = casque.run(["--user", "omar", "show", "incident", &"0".repeat(26)]);
    denied.told(3, "record-absent");
    absent.told(3, "record-absent");
    assert_eq!(denied.err.replace(&id, ""), absent.err.replace(&"0".repeat(26), ""));
}

#[test]
fn what_a_role_does_not_give_is_refused() {
    let casque = with_users();
    let file = events();
    let file = file.to_str().expect("a path of text");
    casque
        .run([
            "--user",
            "omar",
            "import",
            "--register",
            "incident",
            "--mapping",
            "ucdp",
            "--yes",
            file,
        ])
        .told(3, "import-not-allowed");
    for line in
        ["user list", "rebuild", "doctor", "journal show", "import list", "user add mallory"]
    {
        casque.line(&format!("--user omar {line}")).told(3, "administrators-only");
    }
    let pack = crate::casque::pack("minusek");
    let pack = pack.to_str().expect("a path of text");
    casque.run(["--user", "omar", "pack", "use", pack]).told(3, "administrators-only");
    casque.line("--user nobody query incident").told(3, "user-unknown");
}

#[test]
fn users_change_and_the_last_administrator_stays() {
    let casque = with_users();
    casque.line("user change omar --disable").out();
    casque.line("--user omar query incident").told(3, "user-unknown");
    casque.line("user change omar --enable --role administrator --clearance confidential").out();
    casque.line("query incident").told(1, "user-not-named");
    casque.line("--user admin user change admin --disable").out();
    casque.line("--user omar user change omar --disable").told(1, "user-last-administrator");
    let users = casque.line("--user omar user list --json").json();
    let disabled: Vec<bool> = users
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|user| user["disabled"].as_bool())
        .collect();
    assert_eq!(disabled, [true, false, false]);
    casque.line("--user omar user add omar").told(1, "user-exists");
    casque.line("--user omar user add Omar!").told(1, "user-name-invalid");
    casque.line("--user omar user add eve --role jok-watch-officer").told(1, "role-unknown");
    let empty = casque.file("empty", "");
    let empty = empty.to_str().expect("a path of text");
    casque
        .run(["--user", "omar", "user", "password", "aminata", "--password-file", empty])
        .told(1, "password-file-wrong");
}

#[test]
fn the_other_mission_can_take_a_node_over() {
    let casque = Casque::with_events();
    let pack = crate::casque::pack("minusek");
    let pack = pack.to_str().expect("a path of text");
    casque.run(["pack", "use", pack]).out();
    assert_eq!(casque.line("pack show --json").json()["name"], "minusek");
    let shown = casque.line("mandate show 2271 --json").json();
    assert_eq!((shown["fictional"].as_bool(), shown["year"].as_u64()), (Some(true), Some(2021)));
    casque.line("mandate show 2364").told(1, "mandate-unknown");
    assert_eq!(casque.total(), 735);
    casque.assert_whole();
}
