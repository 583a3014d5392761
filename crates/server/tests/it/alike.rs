//! Look-alikes from the command line and over HTTP: both tell the same, and wrong questions are refused.

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::Server;

fn made(casque: &Casque, at: &str, summary: &str) -> String {
    let (at, summary) = (format!("occurred_at={at}"), format!("summary={summary}"));
    let line =
        ["create", "incident", "--json", "type=TE-IED", "place=15.9182 2.4022", &at, &summary];
    casque.run(line).json()["id"].as_str().expect("an id").to_owned()
}

fn ids(told: &Json) -> Vec<&str> {
    let alike = told["look_alikes"].as_array().expect("a list");
    alike.iter().map(|alike| alike["id"].as_str().expect("an id")).collect()
}

#[test]
fn look_alikes_are_told_alike_on_both_ways() {
    let casque = Casque::new();
    let first = made(&casque, "2020-02-03T04:05Z", "Mine on the road to Ménaka");
    let second = made(&casque, "2020-02-03T06:05Z", "A mine on the Menaka road");
    let other = made(&casque, "2020-03-03T06:05Z", "A mine on the Menaka road");
    let told = casque.run(["alike", "incident", &first, "--json"]).json();
    assert_eq!(ids(&told), [second.as_str()]);
    let table = casque.run(["alike", "incident", &first]);
    assert!(table.out().contains("2 h apart; same type; both say: menaka"), "{table:?}");
    let none = casque.run(["alike", "incident", &other]);
    assert!(none.out().is_empty(), "{none:?}");

    let server = Server::start(&casque);
    let token = server.token("admin");
    let path = format!("/api/registers/incident/records/{first}/alike");
    assert_eq!(server.get(&path, Some(&token)).json(), told);
    let typed = json!({ "values": {
        "type": "TE-IED", "occurred_at": "2020-02-03T05:00Z", "summary": "mine, road to Menaka",
        "place": { "type": "Point", "coordinates": [2.4, 15.92] },
    } });
    let post =
        |path: &str, document: &Json| server.ask(Method::POST, path, Some(&token), Some(document));
    let alike = "/api/registers/incident/alike";
    let told = post(alike, &typed).json();
    assert_eq!(ids(&told).len(), 2);
    post(alike, &json!({ "values": { "plce": 1 } })).is_problem(422, "answer-field-unknown");
    post(alike, &json!({ "value": {} })).is_problem(422, "request-malformed");
    let nothing = "/api/registers/nothing/alike";
    post(nothing, &json!({ "values": {} })).is_problem(404, "register-unknown");
    casque.run(["alike", "incident", "x"]).told(1, "record-id-invalid");
}

#[test]
fn a_merge_is_made_and_taken_back_on_both_ways() {
    let casque = Casque::new();
    let kept = made(&casque, "2020-02-03T04:05Z", "Mine on the road");
    let other = made(&casque, "2020-02-03T06:05Z", "A mine on the Menaka road");
    let told =
        casque.run(["merge", "incident", &kept, &other, "--take", "summary", "--json"]).json();
    assert_eq!(told, json!({ "id": kept, "merged": other, "taken": 1 }));
    assert_eq!(casque.total(), 1);
    casque.run(["edit", "incident", &other, "deaths_best=2"]).told(1, "record-merged");
    let server = Server::start(&casque);
    let token = server.token("admin");
    let record = |id: &str| format!("/api/registers/incident/records/{id}");
    let shown = server.get(&record(&kept), Some(&token)).json();
    assert_eq!(shown["values"]["summary"], json!("A mine on the Menaka road"));
    assert_eq!(shown["merged"][0]["id"], json!(other));
    let post = |path: String, document: &Json| {
        server.ask(Method::POST, &path, Some(&token), Some(document))
    };
    let parted = post(format!("{}/unmerge", record(&other)), &json!({})).json();
    assert_eq!((&parted["is_merged"], &parted["merged_into"]), (&json!(false), &json!(null)));
    post(format!("{}/unmerge", record(&other)), &json!({})).is_problem(409, "record-not-merged");
    let shown = server.get(&record(&kept), Some(&token)).json();
    assert_eq!(shown["values"]["summary"], json!("Mine on the road"));
    post(format!("{}/distinct", record(&kept)), &json!({ "other": other })).json();
    let alike = server.get(&format!("{}/alike", record(&kept)), Some(&token)).json();
    assert_eq!(ids(&alike), Vec::<&str>::new());
    let itself = json!({ "other": kept });
    post(format!("{}/merge", record(&kept)), &itself).is_problem(422, "merge-itself");
    casque.run(["distinct", "incident", &kept, &other, "--undo"]).out();
    casque.run(["unmerge", "incident", &other]).told(1, "record-not-merged");
    casque.assert_whole();
}

#[test]
fn an_import_tells_look_alikes_and_leaves_them_out_where_asked() {
    const HEAD: &str =
        "source_id,occurred_at,type,place,place_name,side_a,summary,deaths_best,classification";
    let casque = Casque::new();
    let row = |key: &str, at: &str, summary: &str| {
        format!("{key},{at},TE-IED,15.9182 2.4022,Ménaka,JNIM,{summary},4,unclassified")
    };
    let text = [
        HEAD.to_owned(),
        row("a", "2020-02-03T04:05Z", "Mine on the road to Ménaka"),
        row("b", "2020-02-03T06:05Z", "A mine on the Menaka road"),
        row("c", "2020-05-03T06:05Z", "A mine on the Menaka road"),
    ];
    let file = casque.file("rows.csv", text.join("\n"));
    let file = file.to_str().expect("a path of text");
    let run = |flags: &[&str]| {
        let line = ["import", "--register", "incident", file];
        casque.run(line.iter().chain(flags))
    };
    let told = run(&[]);
    assert!(
        told.out().contains("row 2") && told.out().contains("2 h apart; same type"),
        "{told:?}"
    );
    assert!(
        told.err.contains("look like a record or an earlier row: 1; look-alikes: 1"),
        "{told:?}"
    );
    assert!(told.err.contains("--leave-out-alike"), "{told:?}");
    let told = run(&["--json"]).json();
    let pair = &told["look_alikes"]["most_alike"][0];
    assert_eq!(
        (&pair["row"], &pair["other_row"], &pair["id"]),
        (&json!(3), &json!(2), &json!(null))
    );
    assert_eq!((&told["created"], &told["left_out"]), (&json!(3), &json!(0)));
    let told = run(&["--leave-out-alike", "--yes", "--json"]).json();
    assert_eq!((&told["created"], &told["left_out"]), (&json!(2), &json!(1)));
    let finding = &told["left_out_rows"][0]["findings"][0];
    assert_eq!((&finding["code"], &told["refused_rows"]), (&json!("row-like-row"), &json!([])));
    let kept = std::fs::read_to_string(told["refused_file"].as_str().expect("a file"));
    let kept = kept.expect("text");
    assert!(
        kept.contains("this row looks like row 2 of the file") && kept.contains("b,2020-02-03")
    );
    let again = run(&["--leave-out-alike", "--yes"]);
    assert!(again.out().contains("left out") && !again.err.contains("--leave-out-alike"));
    let first = casque.id_of("a");
    assert!(again.out().contains(&first), "{again:?}");
    assert_eq!(casque.total(), 2);
    let site = casque.file("sites.csv", "source_id,name\ns1,Gao\n");
    let site = site.to_str().expect("a path of text");
    casque
        .run(["import", "--register", "site", "--leave-out-alike", "--yes", site])
        .told(1, "import-no-look-alike-rule");
    casque.assert_whole();
}
