//! The array functions, for fields of several codes.

use std::collections::BTreeSet;

use model::value::FieldType;

use super::{Call, Checker, Field};
use crate::expression::{Expression, Part};
use crate::findings;
use crate::node::{Mode, Node};

/// How an array function is written.
const EXPECTED: &str = "A_CONTAINS(weapons, ('mortar', 'drone'))";

impl Checker<'_> {
    pub(super) fn array(&mut self, call: Call<'_>, mode: Mode) -> Option<Node> {
        let (field, list, mode) = match call.arguments {
            [field @ Expression { part: Part::Field(_), .. }, list] => (field, list, mode),
            [list, field @ Expression { part: Part::Field(_), .. }] => {
                (field, list, mirrored(mode))
            }
            [_, _] => return self.refuse(findings::needs_field(call.at, call.name)),
            _ => return self.refuse(findings::wrong_arguments(call.at, call.name, EXPECTED)),
        };
        let (field, items) = (self.field(field, call), self.items(list, call, EXPECTED));
        let (field, items) = (field?, items?);
        if field.of != FieldType::Codes {
            let field = (field.name.as_str(), field.of);
            return self.refuse(findings::wrong_operator(call.at, field.0, field.1, call.name));
        }
        let codes: Vec<Option<String>> = items.iter().map(|item| self.code(&field, item)).collect();
        let codes = codes.into_iter().collect::<Option<BTreeSet<String>>>()?;
        Some(Node::Has { field: field.name, codes, mode })
    }

    fn code(&mut self, field: &Field, item: &Expression) -> Option<String> {
        match &item.part {
            Part::Text(code) => Some(code.clone()),
            _ => self.refuse(findings::wrong_type(field.name.as_str(), field.of, item)),
        }
    }
}

/// The relation with its sides exchanged.
fn mirrored(mode: Mode) -> Mode {
    match mode {
        Mode::All => Mode::Only,
        Mode::Only => Mode::All,
        Mode::Any | Mode::Exactly => mode,
    }
}
