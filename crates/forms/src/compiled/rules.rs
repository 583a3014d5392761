//! What a form asks of each of its parts.

use std::collections::BTreeMap;

use model::finding::Finding;
use model::value::FieldType;
use regex::Regex;

use crate::expression::tree::Tree;
use crate::expression::{Expression, Function, pattern};
use crate::form::{Field, Form, Group};
use crate::list::Lists;
use crate::shape::{Kind, Shape};
use crate::suggestion::suggestion;

/// The longest part of an expression that a finding repeats, in characters.
const SHOWN_CHARS_MAX: usize = 200;

/// What is asked of a part of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    /// The question; groups and the form itself have none.
    pub(super) field: Option<Box<Field>>,
    pub(super) relevant: Option<Expression>,
    pub(super) calculation: Option<Calculation>,
    pub(super) constraint: Option<Expression>,
    pub(super) required: Required,
    pub(super) choice_filter: Option<Expression>,
    pub(super) repeat_count: Option<Expression>,
}

/// How an answer is computed.
#[derive(Clone, Debug)]
pub(super) struct Calculation {
    pub(super) expression: Expression,
    /// It comes to something else each time: an answer that is there stays.
    pub(super) is_volatile: bool,
}

/// Whether there must be an answer.
#[derive(Clone, Debug, Default)]
pub(super) enum Required {
    #[default]
    No,
    Yes,
    When(Expression),
}

impl Rule {
    /// Whether answers must fulfil anything.
    pub(super) fn is_judged(&self) -> bool {
        let is_required = !matches!(self.required, Required::No);
        let all = [&self.constraint, &self.choice_filter, &self.repeat_count];
        is_required || all.into_iter().any(Option::is_some)
    }

    /// Whether it says nothing of a question that is not answered.
    pub(super) fn is_silent_on_nothing(&self) -> bool {
        self.calculation.is_none() && matches!(self.required, Required::No)
    }

    /// Those that decide whether it is asked and what it comes to.
    pub(super) fn computed(&self) -> impl Iterator<Item = &Expression> {
        let calculation = self.calculation.as_ref().map(|calculation| &calculation.expression);
        let all = [self.relevant.as_ref(), calculation, self.repeat_count.as_ref()];
        all.into_iter().flatten()
    }

    /// Its expressions, each with the column it stands in.
    pub(super) fn expressions(&self) -> impl Iterator<Item = (&'static str, &Expression)> {
        let required = match &self.required {
            Required::When(expression) => Some(expression),
            Required::No | Required::Yes => None,
        };
        let calculation = self.calculation.as_ref().map(|calculation| &calculation.expression);
        let all = [
            ("relevant", self.relevant.as_ref()),
            ("calculation", calculation),
            ("constraint", self.constraint.as_ref()),
            ("required", required),
            ("choice_filter", self.choice_filter.as_ref()),
            ("repeat_count", self.repeat_count.as_ref()),
        ];
        all.into_iter().filter_map(|(column, expression)| Some((column, expression?)))
    }
}

/// A form as it was read so far.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) shape: Shape,
    pub(super) rules: Vec<Rule>,
    pub(super) patterns: BTreeMap<String, Regex>,
    /// Where each part stands in its sheet, for findings.
    pub(super) places: Vec<Place>,
}

/// A row of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    file: String,
    row: u64,
}

impl Place {
    /// Says where a finding is.
    pub(super) fn locate(&self, finding: Finding, column: &str) -> Finding {
        finding.in_file(&*self.file).at_row(self.row).in_column(column)
    }
}

/// Reads the parts of a form and their expressions.
pub(super) fn read(form: &Form, lists: &Lists, findings: &mut Vec<Finding>) -> Reading {
    let mut reader = Reader {
        reading: Reading {
            shape: Shape::default(),
            rules: vec![Rule::default()],
            patterns: BTreeMap::new(),
            places: vec![Place::default()],
        },
        lists,
        findings,
    };
    reader.scope(0, form.fields(), form.groups());
    reader.link();
    reader.reading
}

struct Reader<'r> {
    reading: Reading,
    lists: &'r Lists,
    findings: &'r mut Vec<Finding>,
}

impl Reader<'_> {
    /// Reads the groups and questions that stand directly in the form or in a repeat.
    fn scope(&mut self, parent: usize, fields: &[Field], groups: &[Group]) {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for field in fields {
            let around = self.groups(parent, field.group.as_deref(), groups, &mut known);
            self.field(around, field);
        }
    }

    /// The part of a group, made where it is not there yet, within those it stands in.
    fn groups<'g>(
        &mut self,
        scope: usize,
        group: Option<&'g str>,
        groups: &'g [Group],
        known: &mut BTreeMap<&'g str, usize>,
    ) -> usize {
        let found = |name: &str| groups.iter().find(|group| group.name == name);
        let next = |group: &&'g Group| found(group.parent.as_deref()?);
        let lineage = std::iter::successors(group.and_then(found), next).take(groups.len());
        let mut around = scope;
        for group in lineage.collect::<Vec<_>>().into_iter().rev() {
            around = match known.get(group.name.as_str()) {
                Some(part) => *part,
                None => self.group(around, group),
            };
            known.insert(&group.name, around);
        }
        around
    }

    fn group(&mut self, parent: usize, group: &Group) -> usize {
        let part = self.reading.shape.add(parent, &group.name, Kind::Group, None);
        self.reading.places.push(Place { file: group.file.to_string(), row: group.row });
        let relevant = self.expression(part, "relevant", group.relevant.as_deref());
        self.reading.rules.push(Rule { relevant, ..Rule::default() });
        part
    }

    fn field(&mut self, parent: usize, field: &Field) {
        let is_repeat = field.kind == FieldType::Rows;
        let kind = if is_repeat { Kind::Repeat } else { Kind::Question };
        let list = field.list.as_ref().and_then(|name| self.lists.get(name)).cloned();
        let part = self.reading.shape.add(parent, field.name.as_str(), kind, list);
        self.reading.places.push(Place { file: field.file.to_string(), row: field.row });
        let rule = self.rule(part, field);
        self.reading.rules.push(rule);
        if is_repeat {
            self.scope(part, &field.fields, &field.groups);
        }
    }

    fn rule(&mut self, part: usize, field: &Field) -> Rule {
        let other = |column: &str| field.other.get(column).map(String::as_str);
        let calculation = self.expression(part, "calculation", field.calculation.as_deref());
        let required = match self.expression(part, "required", other("required")) {
            _ if field.is_retired() => Required::No,
            Some(expression) => Required::When(expression),
            None if field.required => Required::Yes,
            None => Required::No,
        };
        // Nobody is asked a retired question; what was answered when people were, is kept.
        let relevant = field.relevant.as_deref().filter(|_| !field.is_retired());
        Rule {
            relevant: self.expression(part, "relevant", relevant),
            calculation: calculation.map(|expression| Calculation {
                is_volatile: is_volatile(&expression),
                expression,
            }),
            constraint: self.expression(part, "constraint", field.constraint.as_deref()),
            required,
            choice_filter: self.expression(part, "choice_filter", other("choice_filter")),
            repeat_count: self.expression(part, "repeat_count", other("repeat_count")),
            field: Some(Box::new(field.alone())),
        }
    }

    fn expression(&mut self, part: usize, column: &str, text: Option<&str>) -> Option<Expression> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let shown = shown(text);
        let expression = match Expression::parse(text) {
            Ok(expression) => expression,
            Err(error) => {
                self.report(part, column, error.finding().with("expression", &shown));
                return None;
            }
        };
        for problem in expression.problems() {
            self.report(part, column, problem.with("expression", &shown));
        }
        for list in named_lists(&expression).filter(|name| !knows(self.lists, name)) {
            let known = self.lists.keys().map(model::id::Name::as_str);
            let finding = Finding::error("expression-list-unknown").with("name", list);
            let near = suggestion(list, known);
            self.report(part, column, finding.with("nearest", near).with("expression", &shown));
        }
        self.compile_patterns(&expression);
        Some(expression)
    }

    fn compile_patterns(&mut self, expression: &Expression) {
        let patterns = &mut self.reading.patterns;
        expression.tree.walk(&mut |part| {
            let Tree::Call(call) = part else { return };
            if let (Some(Function::Regex), Some(Tree::Text(text))) =
                (call.function, call.arguments.get(1))
                && let Ok(compiled) = pattern::compile(text)
            {
                patterns.insert(text.clone(), compiled);
            }
        });
    }

    /// Finds the part that each `${name}` means.
    fn link(&mut self) {
        let Self { reading: Reading { shape, rules, places, .. }, findings, .. } = self;
        for (part, rule) in rules.iter_mut().enumerate() {
            for (column, expression) in expressions_mut(rule) {
                expression.tree.references_mut(&mut |reference| {
                    reference.part = shape.named(&reference.name, part);
                    if reference.part.is_none() {
                        let near = suggestion(&reference.name, shape.names());
                        let finding = Finding::error("form-reference-unknown")
                            .with("name", &reference.name)
                            .with("nearest", near);
                        findings
                            .extend(places.get(part).map(|place| place.locate(finding, column)));
                    }
                });
            }
        }
    }

    fn report(&mut self, part: usize, column: &str, finding: Finding) {
        let place = self.reading.places.get(part);
        self.findings.extend(place.map(|place| place.locate(finding, column)));
    }
}

fn expressions_mut(rule: &mut Rule) -> impl Iterator<Item = (&'static str, &mut Expression)> {
    let required = match &mut rule.required {
        Required::When(expression) => Some(expression),
        Required::No | Required::Yes => None,
    };
    let calculation = rule.calculation.as_mut().map(|calculation| &mut calculation.expression);
    let all = [
        ("relevant", rule.relevant.as_mut()),
        ("calculation", calculation),
        ("constraint", rule.constraint.as_mut()),
        ("required", required),
        ("choice_filter", rule.choice_filter.as_mut()),
        ("repeat_count", rule.repeat_count.as_mut()),
    ];
    all.into_iter().filter_map(|(column, expression)| Some((column, expression?)))
}

/// Whether it asks for something that differs each time.
fn is_volatile(expression: &Expression) -> bool {
    let mut found = false;
    expression.tree.walk(&mut |part| {
        found |= matches!(part, Tree::Call(call) if call.function.is_some_and(Function::is_volatile));
    });
    found
}

/// As much of an expression as a finding repeats.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_CHARS_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn knows(lists: &Lists, name: &str) -> bool {
    lists.keys().any(|known| known.as_str() == name)
}

/// The lists that `instance('..')` and `pulldata('..', ..)` name.
pub(super) fn named_lists(expression: &Expression) -> impl Iterator<Item = &str> {
    let mut names = Vec::new();
    expression.tree.walk(&mut |part| {
        let Tree::Call(call) = part else { return };
        if let (Some(Function::Instance | Function::Pulldata), Some(Tree::Text(name))) =
            (call.function, call.arguments.first())
        {
            names.push(name.strip_suffix(".csv").unwrap_or(name));
        }
    });
    names.into_iter()
}
