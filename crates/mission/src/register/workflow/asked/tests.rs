//! Which steps are said to lose answers.

use crate::testing::Tiny;

const SURVEY: &str = "registers/incident/survey.csv";
const FORM: &str = "type,name,label::en,relevant\ndatetime,occurred_at,When,\ngeopoint,place,Where,\n\
     text,admin1,Region,\nselect_one kind,type,Kind,\nselect_multiple kind,kinds,Kinds,\n\
     integer,deaths,Deaths,\"RELEVANT\"\ntext,summary,Summary,\n";
const STEPS: &str = "[workflow]\nname = \"sorting\"\nfield = \"type\"\nstart = \"other\"\n\
     [[workflow.transition]]\nname = \"clash\"\ntitle = { en = \"A clash\" }\nfrom = [\"other\"]\nto = \"clash\"\n\
     [[workflow.transition]]\nname = \"kill\"\ntitle = { en = \"A killing\" }\nfrom = [\"clash\", \"other\"]\nto = \"killing\"\n\
     requires = [\"deaths\"]\n";

/// What is said of the steps where the number of deaths is asked by this condition.
fn said(relevant: &str) -> Vec<String> {
    let tiny = Tiny::new()
        .edited("registers/incident/register.toml", "[cube]", &format!("{STEPS}[cube]"))
        .with("core", SURVEY, FORM.replace("RELEVANT", relevant));
    tiny.said("core")
}

const FROM_CLASH: &str = "workflow-step-drops registers/incident/register.toml:24 [workflow.transition.to] \
     transition=kill fields=deaths from=clash to=killing";

#[test]
fn what_is_asked_in_a_state_stays_asked_in_those_it_leads_to() {
    let none = Vec::<String>::new();
    for kept in [
        "${type} != 'other'",
        "selected('clash killing', ${type})",
        "${type} = 'killing'",
        "${type} = 'killing' or ${summary} != ''",
        "${summary} != '' and (${type} != 'other' or ${admin1} = 'X')",
        "${summary} != ''",
        "not(${type} = 'other')",
    ] {
        assert_eq!(said(kept), none, "{kept}");
    }
}

#[test]
fn a_step_to_a_state_in_which_an_answer_may_not_be_asked_is_said() {
    for lost in [
        "${type} != 'killing' or ${summary} != ''",
        "not(${type} = 'killing') or ${summary} = 'x'",
        "${type} = 'clash' or (${type} = 'killing' and ${summary} != '')",
    ] {
        let said = said(lost);
        assert!(said.iter().any(|one| one.starts_with("workflow-step-drops")), "{lost}: {said:?}");
    }
    let said = said("${type} = 'clash' or (${type} = 'killing' and ${summary} != '')");
    assert_eq!(said, [FROM_CLASH]);
}

#[test]
fn a_step_gives_nothing_that_is_never_asked_where_it_leads() {
    let said = said("${type} = 'clash' and ${summary} != ''");
    let not_asked = "workflow-step-not-asked registers/incident/register.toml:25 \
         [workflow.transition.requires] field=deaths transition=kill to=killing";
    assert_eq!(said, [FROM_CLASH, not_asked]);
}
