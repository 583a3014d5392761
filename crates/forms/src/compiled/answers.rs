//! Answers as the nodes expressions see, written as a form client would send them.

use std::borrow::Cow;

use model::id::Name;
use model::place::{Geometry, Position};
use model::rows::Row;
use model::value::Value;

use super::{Answers, Compiled, Context};
use crate::expression::moment::Local;
use crate::expression::node::Document;
use crate::form::Field;
use crate::shape::Kind;

/// Nodes, and beside each the value somebody gave for it.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub(super) document: Document<'a>,
    given: Vec<Option<&'a Value>>,
    /// What became of the value of each node.
    fates: Vec<Fate>,
    /// Whether anything may differ from the answers.
    is_changed: bool,
}

/// What becomes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    /// It stays as it was given.
    Kept,
    /// It was computed.
    Computed(Value),
    /// There is none any more.
    LeftOut,
}

impl<'a> Sheet<'a> {
    /// Lays answers out in the shape of their form.
    pub(super) fn new(compiled: &Compiled, answers: &'a Answers, context: &Context<'_>) -> Self {
        let document = Document::new();
        let (given, fates) = (vec![None], vec![Fate::Kept]);
        let mut sheet = Self { document, given, fates, is_changed: false };
        let look = |name: &Name| answers.get(name).and_then(Option::as_ref);
        sheet.lay(compiled, context, (0, 0), &look);
        sheet
    }

    /// Adds a part below a node, and everything in it.
    fn lay(
        &mut self,
        compiled: &Compiled,
        context: &Context<'_>,
        (parent, part): (usize, usize),
        look: &dyn Fn(&Name) -> Option<&'a Value>,
    ) {
        let Some(known) = compiled.shape.get(part) else { return };
        if compiled.laid.get(part) == Some(&false) {
            return;
        }
        let field = compiled.rules.get(part).and_then(|rule| rule.field.as_deref());
        let value = field.and_then(|field| look(&field.name));
        match known.kind {
            Kind::Group => {
                let node = self.add(compiled, (parent, part), None, Cow::Borrowed(""));
                self.lay_inside(compiled, context, (node, part), look);
            }
            Kind::Repeat => {
                let rows = match value {
                    Some(Value::Rows(rows)) => rows.as_slice(),
                    _ => &[],
                };
                for row in rows {
                    let node = self.add(compiled, (parent, part), None, Cow::Borrowed(""));
                    let inside = |name: &Name| row.get(name);
                    self.lay_inside(compiled, context, (node, part), &inside);
                }
            }
            Kind::Question => {
                let text = value.map_or(Cow::Borrowed(""), |value| text(value, field, context));
                self.add(compiled, (parent, part), value, text);
            }
        }
    }

    fn lay_inside(
        &mut self,
        compiled: &Compiled,
        context: &Context<'_>,
        (node, part): (usize, usize),
        look: &dyn Fn(&Name) -> Option<&'a Value>,
    ) {
        for inner in compiled.shape.inside(part) {
            self.lay(compiled, context, (node, *inner), look);
        }
    }

    fn add(
        &mut self,
        compiled: &Compiled,
        (parent, part): (usize, usize),
        value: Option<&'a Value>,
        text: Cow<'a, str>,
    ) -> usize {
        let name = compiled.shape.get(part).map_or_else(|| "".into(), |part| part.name.clone());
        self.given.push(value);
        self.fates.push(Fate::Kept);
        self.document.add_part(parent, (part, name), text)
    }

    /// The value a node has now.
    pub(super) fn value(&self, node: usize) -> Option<&Value> {
        match self.fates.get(node) {
            Some(Fate::Computed(value)) => Some(value),
            Some(Fate::LeftOut) => None,
            Some(Fate::Kept) | None => self.given(node),
        }
    }

    /// The value somebody gave.
    pub(super) fn given(&self, node: usize) -> Option<&'a Value> {
        self.given.get(node).copied().flatten()
    }

    /// Marks a node as not asked.
    pub(super) fn leave_out(&mut self, node: usize) {
        self.is_changed = true;
        if let Some(known) = self.document.get_mut(node) {
            known.relevant = false;
        }
    }

    /// Gives a node another value.
    pub(super) fn set(
        &mut self,
        node: usize,
        value: Option<Value>,
        field: &Field,
        context: &Context<'_>,
    ) {
        let written = value.as_ref().map_or(Cow::Borrowed(""), |value| {
            Cow::Owned(text(value, Some(field), context).into_owned())
        });
        if let Some(known) = self.document.get_mut(node) {
            known.text = written;
        }
        self.is_changed = true;
        let same = self.given(node) == value.as_ref();
        if let Some(fate) = self.fates.get_mut(node) {
            *fate = match value {
                _ if same => Fate::Kept,
                Some(value) => Fate::Computed(value),
                None => Fate::LeftOut,
            };
        }
    }

    /// What differs from the answers, by field of the record.
    pub(super) fn changes(&self, compiled: &Compiled) -> Answers {
        let mut changes = Answers::new();
        if !self.is_changed {
            return changes;
        }
        for (part, rule) in compiled.rules.iter().enumerate() {
            let Some(field) = &rule.field else { continue };
            let around = compiled.shape.get(part).and_then(|known| known.parent);
            if around.is_some_and(|around| compiled.shape.is_repeated(around)) {
                continue;
            }
            if compiled.shape.is_repeat(part) {
                if self.is_changed_within(part) {
                    let rows = self.rows(compiled, 0, part);
                    let rows = Some(Value::Rows(rows)).filter(|_| self.has_rows(part));
                    changes.insert(field.name.clone(), rows);
                }
            } else if let Some(node) = self.document.first_of(part)
                && self.fates.get(node).is_some_and(|fate| *fate != Fate::Kept)
            {
                changes.insert(field.name.clone(), self.value(node).cloned());
            }
        }
        changes
    }

    fn has_rows(&self, part: usize) -> bool {
        let first = self.document.first_of(part).and_then(|node| self.document.get(node));
        first.is_some_and(|row| row.relevant)
    }

    /// Whether anything in the rows of a repeat was computed or left out.
    fn is_changed_within(&self, part: usize) -> bool {
        let inside = |node: usize| {
            let lineage = std::iter::once(node).chain(self.document.ancestors(node));
            lineage.into_iter().any(|above| self.part(above) == Some(part))
        };
        let left_out = self.document.first_of(part).is_some() && !self.has_rows(part);
        let mut changed = self.fates.iter().enumerate().filter(|(_, fate)| **fate != Fate::Kept);
        left_out || changed.any(|(node, _)| inside(node))
    }

    fn part(&self, node: usize) -> Option<usize> {
        self.document.get(node).map(|node| node.part)
    }

    /// The rows of a repeat below a node, as they should be kept.
    fn rows(&self, compiled: &Compiled, below: usize, repeat: usize) -> Vec<Row> {
        let end = self.document.end(below);
        let rows = below.saturating_add(1)..end;
        let rows = rows.filter(|node| self.part(*node) == Some(repeat));
        rows.map(|row| self.row(compiled, row)).collect()
    }

    fn row(&self, compiled: &Compiled, row: usize) -> Row {
        let mut values = Row::new();
        let mut node = row.saturating_add(1);
        let end = self.document.end(row);
        while node < end {
            let part = self.part(node).unwrap_or(0);
            let rule = compiled.rules.get(part);
            if compiled.shape.is_repeat(part) {
                let below = self.document.get(node).and_then(|node| node.parent).unwrap_or(row);
                let rows = self.rows(compiled, below, part);
                if let Some(field) = rule.and_then(|rule| rule.field.as_ref()) {
                    values.entry(field.name.clone()).or_insert(Value::Rows(rows));
                }
                node = self.document.end(node);
                continue;
            }
            if let (Some(field), Some(value)) =
                (rule.and_then(|rule| rule.field.as_ref()), self.value(node))
            {
                values.insert(field.name.clone(), value.clone());
            }
            node = node.saturating_add(1);
        }
        values
    }
}

/// A value as a form client sends it.
pub(super) fn text<'a>(
    value: &'a Value,
    field: Option<&Field>,
    context: &Context<'_>,
) -> Cow<'a, str> {
    match value {
        Value::Text(text) | Value::Code(text) => Cow::Borrowed(text),
        Value::Boolean(yes) => Cow::Borrowed(boolean(*yes, field)),
        Value::Time(time) => {
            Cow::Owned(Local::of(time.as_ms(), context.offset_minutes).full_text())
        }
        Value::Geometry(shape) => Cow::Owned(shape_text(shape)),
        other => Cow::Owned(other.to_string()),
    }
}

/// What is acknowledged is `OK` in forms, and nothing where it is not.
fn boolean(yes: bool, field: Option<&Field>) -> &'static str {
    let acknowledged =
        field.is_some_and(|field| matches!(field.question.as_str(), "acknowledge" | "trigger"));
    match (acknowledged, yes) {
        (true, true) => "OK",
        (true, false) => "",
        (false, true) => "true",
        (false, false) => "false",
    }
}

/// `latitude longitude altitude accuracy`, several places apart by `;`; of an area the outer ring.
fn shape_text(shape: &Geometry) -> String {
    let place = |at: &Position| format!("{} {} 0 0", at.lat_text(), at.lon_text());
    let line = |positions: &[Position]| positions.iter().map(place).collect::<Vec<_>>().join(";");
    match shape {
        Geometry::Point(position) => place(position),
        Geometry::Line(positions) => line(positions),
        Geometry::Area(polygons) => {
            polygons.first().map_or_else(String::new, |polygon| line(polygon.outer.positions()))
        }
    }
}
