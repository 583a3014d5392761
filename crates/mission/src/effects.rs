//! What another pack would mean for records that are there: what of them could not be read any more,
//! and what they lack. How many records that are is for others to count.

use std::collections::{BTreeMap, BTreeSet};

use forms::form::Field;
use forms::list::CodeList;
use model::id::Name;
use model::value::FieldType;

use crate::pack::Pack;
use crate::register::Register;

/// One thing that a change of the pack does to the records of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The register.
    pub register: Name,
    /// The field whose answers are concerned, or that of the rows they stand in; all of the record where
    /// none is named.
    pub field: Option<Name>,
    /// What happens.
    pub what: What,
}

/// What happens to records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The register is not there any more.
    RegisterGone,
    /// A field is not there any more, named with those it stands in.
    FieldGone(String),
    /// A field is of another type, named with those it stands in.
    Retyped {
        /// The field.
        path: String,
        /// What it was.
        before: FieldType,
        /// What it is to be.
        after: FieldType,
    },
    /// Codes that may have been chosen are in no list of the field any more.
    CodesGone(Vec<String>),
    /// An answer that could be left out is demanded.
    Required,
}

/// Everything that a pack after another does to records made with the first.
pub fn effects(before: &Pack, after: &Pack) -> Vec<Effect> {
    let mut found = Vec::new();
    for (name, was) in &before.registers {
        match after.registers.get(name) {
            None => {
                let (register, field) = (name.clone(), None);
                found.push(Effect { register, field, what: What::RegisterGone });
            }
            Some(is) => of_register(was, is, &mut found),
        }
    }
    found
}

fn of_register(was: &Register, is: &Register, found: &mut Vec<Effect>) {
    for field in was.form.fields() {
        let after = is.form.field(field.name.as_str());
        let mut whats = Vec::new();
        of_field(field, after, field.name.as_str(), &mut whats);
        if let Some(after) = after.filter(|after| after.kind == field.kind) {
            whats.extend(codes_gone(list_of(was, field), list_of(is, after)));
        }
        found.extend(whats.into_iter().map(|what| effect(was, field, what)));
    }
    let demanded = is.form.fields().iter().filter(|field| field.required && !field.is_retired());
    let newly = demanded
        .filter(|field| was.form.field(field.name.as_str()).is_none_or(|before| !before.required));
    found.extend(newly.map(|field| effect(was, field, What::Required)));
}

fn effect(register: &Register, field: &Field, what: What) -> Effect {
    Effect { register: register.name.clone(), field: Some(field.name.clone()), what }
}

/// What becomes of the answers to a question, and of the columns of its rows.
fn of_field(was: &Field, is: Option<&Field>, path: &str, whats: &mut Vec<What>) {
    let Some(is) = is else { return whats.push(What::FieldGone(path.to_owned())) };
    if is.kind != was.kind {
        let (path, before, after) = (path.to_owned(), was.kind, is.kind);
        return whats.push(What::Retyped { path, before, after });
    }
    let columns: BTreeMap<&Name, &Field> =
        is.fields.iter().map(|column| (&column.name, column)).collect();
    for column in &was.fields {
        let path = format!("{path}.{}", column.name);
        of_field(column, columns.get(&column.name).copied(), &path, whats);
    }
}

fn list_of<'r>(register: &'r Register, field: &Field) -> Option<&'r CodeList> {
    field.list.as_ref().and_then(|list| register.lists.get(list)).map(|list| &**list)
}

fn codes_gone(was: Option<&CodeList>, is: Option<&CodeList>) -> Option<What> {
    let codes = was.into_iter().flat_map(CodeList::codes).map(|code| code.code.as_str());
    let is_gone = |code: &&str| is.is_none_or(|list| list.rows(code).next().is_none());
    let gone: BTreeSet<&str> = codes.filter(is_gone).collect();
    let gone: Vec<String> = gone.into_iter().map(str::to_owned).collect();
    (!gone.is_empty()).then_some(What::CodesGone(gone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Tiny;

    fn said(after: &Tiny) -> Vec<String> {
        let found = effects(&Tiny::new().pack("core"), &after.pack("core"));
        let said = found.iter().map(|effect| {
            let field = effect.field.as_ref().map(Name::to_string).unwrap_or_default();
            format!("{} {field} {:?}", effect.register, effect.what)
        });
        said.collect()
    }

    #[test]
    fn what_is_added_or_said_otherwise_concerns_no_record() {
        let after = Tiny::new()
            .edited(
                "registers/incident/survey.csv",
                "text,summary,Summary,,\n",
                "text,summary,Said,,\ntext,note,Note,,\n",
            )
            .edited("registers/incident/survey.csv", ". >= 0", ". >= 1")
            .edited("codelists/kind.csv", "other,Other,\n", "other,Others,\nraid,Raid,\n");
        assert_eq!(said(&after), Vec::<String>::new());
    }

    #[test]
    fn what_is_gone_retyped_or_demanded_is_told_of_each_field() {
        let after = Tiny::new()
            .edited("registers/incident/survey.csv", "text,summary,Summary,,\n", "")
            .edited("registers/incident/register.toml", "search_fields = [\"summary\"]\n", "")
            .edited("registers/incident/register.toml", "title_field = \"summary\"\n", "")
            .edited("mappings/ucdp.toml", "[fields.summary]\ntemplate = \"{a} / {b}\"\n", "")
            .edited("registers/incident/register.toml", "sums = [\"deaths\"]", "sums = []")
            .edited(
                "registers/incident/survey.csv",
                "integer,deaths,Deaths,,",
                "decimal,deaths,Deaths,yes,",
            )
            .edited(
                "registers/incident/survey.csv",
                "text,admin1,Region,,",
                "text,admin1,Region,yes,",
            )
            .edited("codelists/kind.csv", "killing,Killing,3\n", "");
        assert_eq!(
            said(&after),
            [
                "incident type CodesGone([\"killing\"])",
                "incident kinds CodesGone([\"killing\"])",
                "incident deaths Retyped { path: \"deaths\", before: Integer, after: Decimal }",
                "incident summary FieldGone(\"summary\")",
                "incident admin1 Required",
                "incident deaths Required",
            ]
        );
    }

    #[test]
    fn a_question_that_is_asked_no_more_demands_nothing() {
        let survey = "type,name,label::en,required,constraint,relevant\n\
            datetime,occurred_at,When,yes,,\ngeopoint,place,Where,,,\ntext,admin1,Region,,,\n\
            select_one kind,type,Kind,,,\nselect_multiple kind,kinds,Kinds,,,\n\
            integer,deaths,Deaths,,. >= 0,\ntext,summary,Summary,yes,,false()\n";
        let after = Tiny::new().with("core", "registers/incident/survey.csv", survey);
        assert_eq!(said(&after), Vec::<String>::new());
    }
}
