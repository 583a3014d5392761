//! What is read of workflows, and what is said of wrong ones.

use super::*;
use crate::testing::Tiny;

const RIGHT: &str = "[workflow]\nname = \"sorting\"\nfield = \"type\"\nstart = \"other\"\n\
     [[workflow.transition]]\nname = \"clash\"\ntitle = { en = \"A clash\" }\nfrom = [\"other\"]\nto = \"clash\"\n\
     [[workflow.transition]]\nname = \"kill\"\ntitle = { en = \"A killing\" }\nfrom = [\"clash\", \"other\"]\nto = \"killing\"\n\
     requires = [\"deaths\", \"summary\"]\nreason = true\n";

fn with(workflow: &str) -> Tiny {
    Tiny::new().edited("registers/incident/register.toml", "[cube]", &format!("{workflow}[cube]"))
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

#[test]
fn a_workflow_is_read_with_its_steps() {
    assert_eq!(with(RIGHT).said("core"), Vec::<String>::new());
    let pack = with(RIGHT).pack("core");
    let workflow = pack.register("incident").expect("a register").workflow.as_ref();
    let workflow = workflow.expect("a workflow");
    assert_eq!((workflow.name.as_str(), workflow.field.as_str()), ("sorting", "type"));
    let kill = workflow.transition("kill").expect("a step");
    assert_eq!((kill.labels.get("fr"), kill.reason), (Some("A killing"), true));
    assert_eq!(kill.requires, [name("deaths"), name("summary")]);
    let steps = |state| workflow.leaving(state).map(|step| step.name.as_str()).collect::<Vec<_>>();
    assert_eq!(steps("other"), ["clash", "kill"]);
    assert_eq!(steps("clash"), ["kill"]);
    assert_eq!(steps("killing"), Vec::<&str>::new());
}

#[test]
fn every_fault_of_a_workflow_is_said_at_once() {
    let wrong = "[workflow]\nname = \"Sorting\"\nfield = \"type\"\nstart = \"othr\"\ndeadline = 3\n\
         [[workflow.transition]]\nname = \"a\"\nfrom = [\"clash\", \"klash\"]\nto = \"clash\"\nrequires = [\"deth\"]\n\
         [[workflow.transition]]\nname = \"a\"\ntitle = { en = \"A\" }\nfrom = []\nto = \"killing\"\n";
    let said = with(wrong).said("core");
    let expected = [
        "name-invalid registers/incident/register.toml:12 [workflow.name] value=Sorting",
        "workflow-state-unknown registers/incident/register.toml:14 [workflow.start] code=othr list=kind nearest=other",
        "toml-wrong-type registers/incident/register.toml:15 [workflow.deadline] key=deadline expected=array of tables found=integer",
        "toml-key-missing registers/incident/register.toml:16 [workflow.transition.title] key=title",
        "workflow-state-unknown registers/incident/register.toml:18 [workflow.transition.from] code=klash list=kind nearest=clash",
        "workflow-step-nowhere registers/incident/register.toml:19 [workflow.transition.to] state=clash",
        "register-field-unknown registers/incident/register.toml:20 [workflow.transition.requires] field=deth nearest=deaths",
        "toml-text-empty registers/incident/register.toml:24 [workflow.transition.from] key=from",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_state_that_the_form_computes_or_asks_at_times_is_no_state() {
    let survey = "registers/incident/survey.csv";
    for column in ["relevant", "calculation"] {
        let tiny = with(RIGHT).edited(survey, "required,", &format!("{column},"));
        let tiny = tiny.edited(survey, "When,yes,", "When,,");
        let tiny = tiny.edited(survey, "type,Kind,,", "type,Kind,1 = 1,");
        let in_use = crate::load::load_in_use("core", &tiny).expect("a node opens with it");
        assert!(in_use.register("incident").expect("a register").compiled.is_unusable());
        let said = tiny.said("core");
        assert!(said.iter().any(|text| text.starts_with("workflow-field-computed")), "{said:?}");
    }
}

#[test]
fn steps_of_one_name_and_states_nobody_reaches_are_said() {
    let twice =
        RIGHT.replace("\"kill\"", "\"clash\"").replace("\"clash\", \"other\"", "\"killing\"");
    let twice = twice.replace("to = \"killing\"", "to = \"other\"");
    assert_eq!(
        with(&twice).said("core"),
        [
            "workflow-state-unreachable registers/incident/register.toml:15 [workflow.transition] state=killing start=other",
            "workflow-transition-twice registers/incident/register.toml:21 [workflow.transition.name] name=clash workflow=sorting",
        ]
    );
    assert!(
        with(&RIGHT.replace("\"type\"", "\"deaths\"")).said("core")[0]
            .starts_with("register-field-type")
    );
}

#[test]
fn codes_that_are_no_names_are_no_states() {
    let tiny = with(&RIGHT.replace("other", "Other"))
        .edited("codelists/kind.csv", "other,Other,", "Other,Other,")
        .edited("mappings/ucdp.toml", "\"9\" = \"other\"", "\"9\" = \"Other\"");
    let said = tiny.said("core");
    assert!(said[0].starts_with("workflow-state-name"), "{said:?}");
}

#[test]
fn a_button_without_a_word_in_a_language_is_a_warning() {
    let tiny = with(RIGHT).edited("pack.toml", "[\"en\"]", "[\"en\", \"fr\"]");
    let expected = "translation-missing registers/incident/register.toml:17 [workflow.transition.title] name=clash language=fr";
    assert!(tiny.said("core").iter().any(|said| said == expected), "{:#?}", tiny.said("core"));
}

/// A register with times, another that a gate leads to, and a role that may move records.
fn timed(workflow: &str) -> Tiny {
    let survey = "type,name,label::en\ndatetime,reported_at,Reported\ndatetime,clashed_at,Clashed\n\
         record incident,allowed_by,Allowed by\nselect_one kind,other_kind,Other kind\n";
    let groups = "field_groups = [\"handling\"";
    with(workflow)
        .with("core", "field-groups/times.csv", survey)
        .edited("registers/incident/register.toml", groups, &format!("{groups}, \"times\""))
        .edited(
            "registers/incident/survey.csv",
            "integer,deaths",
            "date,valid_to,Valid,,\ninteger,deaths",
        )
        .edited("roles.toml", "actions = [\"read\"]", "actions = [\"read\", \"transition\"]")
}

const TIMED: &str = "[workflow]\nname = \"sorting\"\nfield = \"type\"\nstart = \"other\"\nstamp = \"reported_at\"\n\
     [[workflow.deadline]]\nname = \"grade\"\ntitle = { en = \"Grading\" }\nstates = [\"other\"]\nwithin = \"90m\"\n\
     of = \"reported_at\"\nescalate = [{ after = \"1h\", to = \"analyst\" }]\n\
     [[workflow.transition]]\nname = \"clash\"\ntitle = { en = \"A clash\" }\nfrom = [\"other\"]\nto = \"clash\"\n\
     roles = [\"analyst\"]\nstamp = \"clashed_at\"\n\
     [workflow.transition.gate]\nwhen = \"deaths > 0\"\nfield = \"allowed_by\"\nfilter = \"type = 'killing'\"\nuntil = \"valid_to\"\n\
     [[workflow.transition]]\nname = \"kill\"\ntitle = { en = \"A killing\" }\nfrom = [\"clash\"]\nto = \"killing\"\n\
     other_than = [\"clash\"]\n\
     [[clock]]\nname = \"sorted\"\ntitle = { en = \"To the clash\" }\nfrom = \"other\"\nto = \"clash\"\n\
     by = [\"admin1\", \"other_kind\", \"month\"]\n";

#[test]
fn deadlines_stamps_gates_and_clocks_are_read() {
    assert_eq!(timed(TIMED).said("core"), Vec::<String>::new());
    let pack = timed(TIMED).pack("core");
    let register = pack.register("incident").expect("a register");
    let workflow = register.workflow.as_ref().expect("a workflow");
    assert_eq!(workflow.stamps_of("other"), [&name("reported_at")]);
    assert_eq!(workflow.stamps_of("clash"), [&name("clashed_at")]);
    assert_eq!(workflow.stamps_of("killing"), Vec::<&Name>::new());
    let deadline = workflow.deadlines_in("other").next().expect("a deadline");
    assert_eq!(
        (deadline.within.to_string().as_str(), deadline.of.as_ref()),
        ("90m", Some(&name("reported_at")))
    );
    assert_eq!(
        deadline.escalate.iter().map(|e| (e.after.ms(), e.to.as_str())).collect::<Vec<_>>(),
        [(3_600_000, "analyst")]
    );
    assert!(workflow.deadlines_in("clash").next().is_none());
    let clash = workflow.transition("clash").expect("a step");
    assert_eq!(clash.roles, [name("analyst")]);
    let gate = clash.gate.as_ref().expect("a gate");
    assert_eq!(gate.register(register), Some(&name("incident")));
    assert_eq!((gate.from.as_ref(), gate.until.as_ref()), (None, Some(&name("valid_to"))));
    assert_eq!(workflow.transition("kill").expect("a step").other_than, [name("clash")]);
    let words: Vec<&str> = register.clocks[0].by.iter().map(ClockKey::word).collect();
    assert_eq!(words, ["admin1", "other_kind", "month"]);
}

#[test]
fn every_fault_of_deadlines_gates_and_clocks_is_said_at_once() {
    let wrong = TIMED
        .replace("\"90m\"", "\"90 m\"")
        .replace("to = \"analyst\" }", "to = \"analist\", how = \"loud\" }")
        .replace("roles = [\"analyst\"]", "roles = [\"analists\"]")
        .replace("stamp = \"clashed_at\"", "stamp = \"deaths\"")
        .replace("deaths > 0", "death > 0")
        .replace("'killing'", "3")
        .replace("until = \"valid_to\"", "until = \"clashed_at\"\nfrom = \"valid_too\"")
        .replace("other_than = [\"clash\"]", "other_than = [\"clasch\"]")
        .replace("[\"admin1\", \"other_kind\", \"month\"]", "[\"admin\", \"deaths\"]")
        .replace("to = \"clash\"\nby", "to = \"other\"\nby");
    let said = timed(&wrong).said("core");
    let expected = [
        "workflow-role-unknown registers/incident/register.toml:16 [workflow.deadline.escalate.to] name=analist nearest=analyst",
        "span-invalid registers/incident/register.toml:20 [workflow.deadline.within] value=90 m",
        "toml-key-unknown registers/incident/register.toml:22 [workflow.deadline.escalate.how] key=how nearest=after, to",
        "workflow-role-unknown registers/incident/register.toml:23 [workflow.transition.roles] name=analists nearest=analyst",
        "register-field-type registers/incident/register.toml:29 [workflow.transition.stamp] field=deaths found=integer expected=time, date",
        "filter-wrong-type registers/incident/register.toml:30 [workflow.transition.gate.filter] position=8 field=type type=code given=integer value=3 register=incident",
        "register-field-unknown registers/incident/register.toml:30 [workflow.transition.gate.from] field=valid_too nearest=valid_to",
        "register-field-type registers/incident/register.toml:30 [workflow.transition.gate.until] field=clashed_at found=time expected=date",
        "filter-unknown-field registers/incident/register.toml:31 [workflow.transition.gate.when] position=1 field=death nearest=deaths",
        "workflow-transition-unknown registers/incident/register.toml:41 [workflow.transition.other_than] transition=clasch nearest=clash",
        "clock-nowhere registers/incident/register.toml:46 [clock.to] state=other",
        "clock-key-unknown registers/incident/register.toml:47 [clock.by] key=admin nearest=admin1",
        "clock-key-unknown registers/incident/register.toml:47 [clock.by] key=deaths nearest=admin1, allowed_by, caveat, classification, month, other_kind, source_id, summary, type",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_deadline_nobody_can_meet_and_a_role_without_the_right_are_warnings() {
    let stuck = TIMED.replace("states = [\"other\"]", "states = [\"other\", \"killing\"]");
    let tiny = timed(&stuck).edited("roles.toml", ", \"transition\"", "");
    let expected = [
        "workflow-deadline-final registers/incident/register.toml:19 [workflow.deadline.states] state=killing deadline=grade",
        "workflow-role-without-right registers/incident/register.toml:23 [workflow.transition.roles] name=analyst register=incident",
    ];
    assert_eq!(tiny.said("core"), expected);
    assert_eq!(tiny.pack("core").warnings.len(), 2);
}

#[test]
fn clocks_need_a_workflow_and_names_of_their_own() {
    let clock = TIMED.split("[[clock]]").nth(1).expect("a clock");
    let alone = with("").edited(
        "registers/incident/register.toml",
        "[cube]",
        &format!("[[clock]]{clock}[cube]"),
    );
    assert_eq!(
        alone.said("core"),
        ["clock-without-workflow registers/incident/register.toml:11 [clock]"]
    );
    let twice = timed(&format!("{TIMED}[[clock]]{clock}"));
    assert_eq!(
        twice.said("core"),
        ["clock-twice registers/incident/register.toml:48 [clock.name] name=sorted"]
    );
}

/// The times, and a note that not everybody reads.
const SEALED_TIMES: &str = "type,name,label::en,bind::casque:sealed\ndatetime,reported_at,Reported,\n\
     datetime,clashed_at,Clashed,\nrecord incident,allowed_by,Allowed by,\n\
     select_one kind,other_kind,Other kind,\ntext,secret_note,Note,hrd-only\n";
const SAID: &str = "condition = \"deaths > 0\"\ncondition_message = { en = \"Nobody died\" }\n\
     other_than = [\"author\", \"clash\"]\n";

/// The timed workflow whose last step and deadline say more.
fn conditional(step: &str, deadline: &str) -> Tiny {
    let workflow = TIMED.replace("other_than = [\"clash\"]\n", step);
    timed(&workflow.replace("of = \"reported_at\"\n", deadline))
}

#[test]
fn conditions_months_days_and_the_author_are_read() {
    let tiny = conditional(SAID, "of = \"valid_to\"\nonly_dated = true\nwhen = \"deaths > 3\"\n");
    let tiny = tiny.edited("registers/incident/register.toml", "\"90m\"", "\"4mo\"");
    assert_eq!(tiny.said("core"), Vec::<String>::new());
    let pack = tiny.pack("core");
    let workflow = pack.register("incident").and_then(|known| known.workflow.as_ref());
    let workflow = workflow.expect("a workflow");
    let kill = workflow.transition("kill").expect("a step");
    assert!(kill.not_author);
    assert_eq!(kill.other_than, [name("clash")]);
    assert_eq!(kill.condition.as_ref().map(|known| known.text.as_str()), Some("deaths > 0"));
    assert_eq!(kill.condition_message.get("en"), Some("Nobody died"));
    let clash = workflow.transition("clash").expect("a step");
    assert!(!clash.not_author && clash.condition.is_none());
    let deadline = &workflow.deadlines[0];
    assert_eq!(deadline.within, Length::Months(4));
    assert!(deadline.only_dated);
    let looked_at = deadline.when.as_ref().map(Condition::fields);
    assert_eq!(looked_at, Some(BTreeSet::from([name("deaths")])));
    let bangui = model::time::zone::Zone::named("Africa/Bangui").expect("a zone");
    let entered = "2021-01-31T12:00:00Z".parse().ok();
    let due = |of: Option<&str>| {
        let of = of.map(|day| model::value::Value::Date(day.parse().expect(day)));
        deadline.due(of.as_ref(), entered, &bangui).map(|at| at.to_string())
    };
    assert_eq!(due(Some("2020-10-31")).as_deref(), Some("2021-02-28T23:00:00Z"));
    assert_eq!(due(None), None);
    let undated = Deadline { only_dated: false, ..deadline.clone() };
    let due = undated.due(None, entered, &bangui).map(|at| at.to_string());
    assert_eq!(due.as_deref(), Some("2021-05-31T12:00:00Z"));
}

#[test]
fn every_fault_of_conditions_and_new_deadlines_is_said_at_once() {
    let step = "condition = \"death > 0 AND secret_note = 'x'\"\n";
    let tiny = conditional(step, "only_dated = true\nwhen = \"secret_note = 'x'\"\n")
        .edited("registers/incident/register.toml", "\"90m\"", "\"0m\"")
        .edited(
            "registers/incident/register.toml",
            "name = \"clash\"",
            "condition_message = { en = \"M\" }\nname = \"author\"",
        )
        .with("core", "field-groups/times.csv", SEALED_TIMES);
    let said = tiny.said("core");
    for expected in [
        "workflow-deadline-at-once registers/incident/register.toml:20 [workflow.deadline.within]",
        "workflow-deadline-undated registers/incident/register.toml:21 [workflow.deadline.only_dated]",
        "register-field-sealed registers/incident/register.toml:22 [workflow.deadline.when] field=secret_note",
        "workflow-message-alone registers/incident/register.toml:25 [workflow.transition.condition_message]",
        "workflow-transition-author registers/incident/register.toml:26 [workflow.transition.name] name=author",
        "toml-key-missing registers/incident/register.toml:37 [workflow.transition.condition_message] key=condition_message",
        "filter-unknown-field registers/incident/register.toml:42 [workflow.transition.condition] position=1 field=death nearest=deaths",
    ] {
        assert!(said.iter().any(|found| found == expected), "{expected}: {said:#?}");
    }
    let sealed =
        conditional(&SAID.replace("deaths > 0", "secret_note = 'x'"), "of = \"reported_at\"\n")
            .with("core", "field-groups/times.csv", SEALED_TIMES);
    let said = sealed.said("core");
    assert!(
        said.iter().any(|found| found.starts_with("register-field-sealed")
            && found.contains("[workflow.transition.condition] field=secret_note")),
        "{said:#?}"
    );
}
