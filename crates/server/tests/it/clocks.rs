//! Clocks and overdue records from the command line and over HTTP: the lines that are promised work
//! as written, and wrong ones are refused with words.

use serde_json::json;

use crate::casque::Casque;
use crate::server::Server;

const CLOCK: &str = "/api/registers/deployment/clock";

/// A unit that was pledged, selected, and is on its way.
fn with_a_unit() -> (Casque, String) {
    let casque = Casque::with_pack("minusma");
    let made = casque
        .line("create deployment unit=Battalion contributor=TGO deployed_from=2018-03-01 --json")
        .json();
    let id = made["id"].as_str().expect("an id").to_owned();
    for step in ["pledge", "select", "ship"] {
        casque.run(["transition", "deployment", &id, step]).out();
    }
    (casque, id)
}

#[test]
fn a_clock_is_told_alike_on_both_ways() {
    let (casque, id) = with_a_unit();
    let line = "clock deployment --from pledged --to selected --by contributor,unit,month";
    let told = casque.line(&format!("{line} --json")).json();
    assert_eq!((&told["total"]["count"], &told["total"]["answered"]), (&json!(1), &json!(1)));
    assert_eq!(told["groups"][0]["key"]["contributor"], json!("TGO"));
    assert!(
        told["groups"][0]["median_s"].as_i64().is_some_and(|seconds| (0..600).contains(&seconds))
    );
    let table = casque.line(line);
    assert!(table.out().contains("TGO") && table.out().contains("never answered"), "{table:?}");
    assert_eq!(casque.line("overdue --json").json(), json!([]));
    assert_eq!(casque.line("overdue --register deployment --mine --json").json(), json!([]));

    let server = Server::start(&casque);
    let token = server.token("admin");
    let get = |path: &str| server.get(path, Some(&token));
    assert_eq!(
        get(&format!("{CLOCK}?from=pledged&to=selected&by=contributor,unit,month")).json(),
        told
    );
    let none = get(&format!("{CLOCK}?from=pledged&to=selected&filter=contributor%3D'GHA'")).json();
    assert_eq!(none["total"]["count"], json!(0));
    assert_eq!(get("/api/overdue?mine=true").json(), json!([]));
    let record = get(&format!("/api/registers/deployment/records/{id}")).json();
    assert_eq!(record["clock"], json!(null), "no deadline runs");
    let register = get("/api/registers/deployment").json();
    assert!(register["workflow"]["deadlines"].is_array() && register["clocks"].is_array());
}

#[test]
fn wrong_questions_about_clocks_are_refused() {
    let casque = Casque::with_pack("minusma");
    let server = Server::start(&casque);
    let token = server.token("admin");
    let get = |path: &str| server.get(path, Some(&token));
    for (query, code) in [
        ("from=pledged", "parameter-missing"),
        ("from=pledged&to=selected&bye=month", "parameter-unknown"),
        ("from=pledged&to=selcted", "workflow-state-unknown"),
        ("from=pledged&to=pledged", "clock-nowhere"),
        ("from=pledged&to=selected&by=strength", "clock-key-unknown"),
        ("from=pledged&to=selected&filter=nothing%3D1", "filter-unknown-field"),
    ] {
        get(&format!("{CLOCK}?{query}")).is_problem(400, code);
    }
    get("/api/registers/site/clock?from=a&to=b").is_problem(400, "workflow-none");
    get("/api/registers/nothing/clock?from=a&to=b").is_problem(404, "register-unknown");
    get("/api/overdue?mine=perhaps").is_problem(400, "parameter-wrong");
    get("/api/overdue?register=nothing").is_problem(404, "register-unknown");
    casque.line("clock deployment --from pledged --to selcted").told(1, "workflow-state-unknown");
    casque
        .line("clock deployment --from pledged --to selected --by x")
        .told(1, "clock-key-unknown");
}
