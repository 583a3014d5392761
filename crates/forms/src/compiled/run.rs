//! Checks answers: first what is relevant and what is computed, in the order of dependencies, then
//! whether what is there may be.

use std::borrow::Cow;
use std::collections::BTreeMap;

use model::finding::Finding;
use model::id::Name;
use model::value::Value;

use super::answers::Sheet;
use super::rules::{Required, Rule};
use super::scope::Stance;
use super::{Answers, Change, Checked, Compiled, Context};
use crate::answer::parse_answer;
use crate::check;
use crate::expression::Expression;
use crate::expression::evaluate::{Evaluator, Failure, Focus, Scene, Used};
use crate::expression::node::NodeId;
use crate::expression::tree::Tree;
use crate::form::Field;
use crate::shape::Kind;

/// Checks all answers of a record.
pub(super) fn check(compiled: &Compiled, answers: &Answers, context: &Context<'_>) -> Checked {
    let (form, lists) = (&compiled.form, &compiled.lists);
    let mut run = Run::new(compiled, answers, context);
    run.findings = check::check_values(form, lists, answers, context.on);
    run.all();
    Checked { changes: run.sheet.changes(compiled), findings: run.findings }
}

/// Checks what a change of a record has to do with.
pub(super) fn check_change(
    compiled: &Compiled,
    answers: &Answers,
    context: &Context<'_>,
    change: &Change<'_>,
) -> Checked {
    let mut open = Cow::Borrowed(answers);
    if !change.closed.is_empty() {
        open.to_mut().retain(|name, _value| !change.closed.contains(name));
    }
    let mut run = Run::new(compiled, &open, context);
    run.findings = check_values(compiled, &open, context, change);
    run.stances = Some(compiled.stances(change));
    run.all();
    Checked { changes: run.sheet.changes(compiled), findings: run.findings }
}

/// What is wrong with the values that a change gives, and which codes do not hold on another day.
fn check_values(
    compiled: &Compiled,
    open: &Answers,
    context: &Context<'_>,
    change: &Change<'_>,
) -> Vec<Finding> {
    let (form, lists) = (&compiled.form, &compiled.lists);
    let is_touched = |name: &Name| change.touched.contains(name);
    let (touched, kept): (Answers, Answers) =
        open.clone().into_iter().partition(|(name, _value)| is_touched(name));
    let mut findings = check::check_values(form, lists, &touched, context.on);
    if change.moves_day {
        let others = check::check_values(form, lists, &kept, context.on).into_iter();
        findings.extend(others.filter(|finding| finding.code == check::CODE_NOT_VALID));
    }
    findings
}

pub(super) struct Run<'r> {
    compiled: &'r Compiled,
    context: &'r Context<'r>,
    sheet: Sheet<'r>,
    pub(super) used: Used,
    findings: Vec<Finding>,
    /// What becomes of each part, where not all are held to their rules.
    stances: Option<Vec<Stance>>,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        compiled: &'r Compiled,
        answers: &'r Answers,
        context: &'r Context<'r>,
    ) -> Self {
        let sheet = Sheet::new(compiled, answers, context);
        let (used, findings) = (Used::default(), Vec::new());
        Self { compiled, context, sheet, used, findings, stances: None }
    }

    pub(super) fn all(&mut self) {
        let compiled = self.compiled;
        for part in &compiled.order {
            self.compute(*part);
        }
        for part in &compiled.judged {
            if let Some(rule) = compiled.rules.get(*part)
                && self.stance(*part) == Stance::Held
            {
                self.judge(*part, rule);
            }
        }
    }

    fn stance(&self, part: usize) -> Stance {
        let Some(stances) = &self.stances else { return Stance::Held };
        stances.get(part).copied().unwrap_or(Stance::Fixed)
    }

    /// The nodes of a part: one, or as many as its repeats have rows.
    fn nodes(&self, part: usize) -> Vec<usize> {
        let document = &self.sheet.document;
        if !self.compiled.shape.is_repeated(part) {
            return document.first_of(part).into_iter().collect();
        }
        let first = document.first_of(part).unwrap_or(document.len());
        let all = first..document.len();
        all.filter(|node| document.get(*node).is_some_and(|node| node.part == part)).collect()
    }

    /// Says of every node of a part whether it is asked, and what it comes to.
    fn compute(&mut self, part: usize) {
        let Some(rule) = self.compiled.rules.get(part) else { return };
        let stance = self.stance(part);
        let is_group = self.compiled.shape.is_group(part);
        if stance == Stance::Fixed || (stance == Stance::Kept && !is_group) {
            return;
        }
        let is_question = self.compiled.shape.is_question(part);
        for node in self.nodes(part) {
            // Whether it is asked makes no difference to a question without an answer.
            if is_question && rule.is_silent_on_nothing() && self.sheet.given(node).is_none() {
                continue;
            }
            let asked = self.is_asked(rule, node);
            if asked {
                self.calculate(rule, node);
            } else {
                self.leave_out(rule, node);
            }
        }
    }

    fn is_asked(&mut self, rule: &Rule, node: usize) -> bool {
        let document = &self.sheet.document;
        let parent = document.get(node).and_then(|node| node.parent);
        let around = parent.and_then(|parent| document.get(parent));
        if around.is_some_and(|around| !around.relevant) {
            return false;
        }
        let Some(relevant) = &rule.relevant else { return true };
        // Where it cannot be told, the question is asked, and the reason is said.
        self.holds(relevant, node, node, "relevant").unwrap_or(true)
    }

    /// Whether a part that stands once is asked; a repeat is, whether it has rows or not.
    pub(super) fn is_part_asked(&mut self, part: usize) -> bool {
        let compiled = self.compiled;
        let lineage = compiled.shape.lineage(part);
        let mut rules = lineage
            .into_iter()
            .filter_map(|part| Some((part, &compiled.rules.get(part)?.relevant.as_ref()?.tree)));
        rules.all(|(part, tree)| self.tells(part, tree).unwrap_or(true))
    }

    /// Whether a condition of a part holds; nothing where it cannot be told.
    pub(super) fn tells(&mut self, part: usize, tree: &Tree) -> Option<bool> {
        let document = &self.sheet.document;
        let mut lineage = self.compiled.shape.lineage(part).into_iter().rev();
        let node = lineage.find_map(|part| document.first_of(part)).unwrap_or(0);
        let focus = Focus::on(NodeId { document: 0, index: node });
        self.with(node, "relevant", |evaluator| evaluator.holds(tree, focus))
    }

    fn leave_out(&mut self, rule: &Rule, node: usize) {
        self.sheet.leave_out(node);
        let Some(field) = &rule.field else { return };
        let document = &self.sheet.document;
        let parent = document.get(node).and_then(|known| known.parent).unwrap_or(0);
        let in_rows_left_out = document.ancestors(node).any(|above| self.is_row_left_out(above));
        let is_first_row = self.is_row_left_out(node)
            && document.get(node).is_some_and(|known| known.ordinal == 1);
        if is_first_row && !in_rows_left_out {
            self.report_part(parent, field, Finding::warning("answer-not-asked"));
        } else if self.sheet.given(node).is_some() {
            self.sheet.set(node, None, field, self.context);
            if !in_rows_left_out {
                self.report(node, Finding::warning("answer-not-asked"));
            }
        }
    }

    /// Whether a node is a row of a repeat that is not asked.
    fn is_row_left_out(&self, node: usize) -> bool {
        let known = self.sheet.document.get(node);
        known.is_some_and(|known| !known.relevant && self.compiled.shape.is_repeat(known.part))
    }

    fn calculate(&mut self, rule: &Rule, node: usize) {
        let (Some(calculation), Some(field)) = (&rule.calculation, &rule.field) else { return };
        if calculation.is_volatile && self.sheet.given(node).is_some() {
            return;
        }
        let Some(text) = self.text(&calculation.expression, node) else { return };
        match parse_answer(field, &text) {
            Ok(value) => self.sheet.set(node, value, field, self.context),
            Err(_wrong) => {
                let finding = Finding::error("answer-computed").with("expected", field.kind);
                self.report(node, finding.with("value", text));
            }
        }
    }

    /// Whether the answers to a part may stand.
    fn judge(&mut self, part: usize, rule: &Rule) {
        let Some(field) = &rule.field else { return };
        if let Some(wanted) = &rule.repeat_count {
            self.judge_count(part, wanted, field);
        }
        if self.compiled.shape.is_repeat(part) {
            self.judge_rows(part, rule, field);
            return;
        }
        for node in self.nodes(part) {
            if self.sheet.document.get(node).is_some_and(|node| node.relevant) {
                self.judge_answer(rule, field, node);
            }
        }
    }

    fn judge_answer(&mut self, rule: &Rule, field: &Field, node: usize) {
        if self.sheet.value(node).is_none() {
            if self.is_required(rule, node) {
                self.report(node, required(field, self.context));
            }
            return;
        }
        if let Some(constraint) = &rule.constraint
            && self.holds(constraint, node, node, "constraint") == Some(false)
        {
            let value = self.sheet.value(node).map(Value::to_string).unwrap_or_default();
            self.report(node, unfulfilled(field, &value, self.context));
        }
        if let Some(filter) = &rule.choice_filter {
            self.judge_choices(filter, field, node);
        }
    }

    fn is_required(&mut self, rule: &Rule, node: usize) -> bool {
        match &rule.required {
            Required::No => false,
            Required::Yes => true,
            Required::When(condition) => {
                self.holds(condition, node, node, "required").unwrap_or(false)
            }
        }
    }

    /// Each chosen code must be one that the filter leaves.
    fn judge_choices(&mut self, filter: &Expression, field: &Field, node: usize) {
        let compiled = self.compiled;
        let codes: Vec<String> = match self.sheet.value(node) {
            Some(Value::Code(code)) => vec![code.clone()],
            Some(Value::Codes(codes)) => codes.iter().cloned().collect(),
            _ => return,
        };
        let Some(items) = field.list.as_ref().and_then(|list| compiled.items.get(list)) else {
            return;
        };
        for code in codes {
            let Some(rows) = items.get(&code) else { continue };
            let mut passes = false;
            for row in rows {
                let focus = Focus::on(*row);
                passes =
                    passes || self.evaluated(filter, focus, node, "choice_filter") != Some(false);
            }
            if !passes {
                self.report(node, Finding::error("answer-choice-filtered").with("code", code));
            }
        }
    }

    /// A repeat must have a row where it is required.
    fn judge_rows(&mut self, part: usize, rule: &Rule, field: &Field) {
        for around in self.parents(part) {
            let found = self.rows_below(around, part);
            if found == 0 && self.is_required(rule, around) {
                self.report_part(around, field, required(field, self.context));
            }
        }
    }

    fn judge_count(&mut self, part: usize, wanted: &Expression, field: &Field) {
        for around in self.parents(part) {
            let found = self.rows_below(around, part);
            let Some(wanted) = self.number(wanted, around) else { continue };
            let expected = wanted.max(0.0).floor();
            let is_asked = self.sheet.document.get(around).is_some_and(|node| node.relevant);
            #[expect(clippy::float_cmp, reason = "both are whole numbers")]
            let same = crate::expression::value::count(found) == expected;
            if is_asked && !same && !expected.is_nan() {
                let finding = Finding::error("answer-row-count").with("found", found);
                self.report_part(around, field, finding.with("expected", expected));
            }
        }
    }

    /// The nodes a repeat stands in that are asked.
    fn parents(&self, part: usize) -> Vec<usize> {
        let parent = self.compiled.shape.get(part).and_then(|part| part.parent);
        let nodes = self.nodes(parent.unwrap_or(0)).into_iter();
        nodes.filter(|node| self.sheet.document.get(*node).is_some_and(|n| n.relevant)).collect()
    }

    fn rows_below(&self, around: usize, part: usize) -> usize {
        let document = &self.sheet.document;
        let of_part = |node: &usize| document.get(*node).is_some_and(|node| node.part == part);
        document.children(around).filter(of_part).count()
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            document: &self.sheet.document,
            shape: &self.compiled.shape,
            lists: &self.compiled.documents,
            patterns: &self.compiled.patterns,
            context: self.context,
        }
    }

    /// Evaluates with what is left of the limits; a failure is reported once for the question.
    fn with<T>(
        &mut self,
        current: usize,
        column: &'static str,
        evaluate: impl FnOnce(&mut Evaluator<'_, '_>) -> Result<T, Failure>,
    ) -> Option<T> {
        let mut used = self.used;
        let current_id = NodeId { document: 0, index: current };
        let mut evaluator = Evaluator { scene: self.scene(), current: current_id, used: &mut used };
        let result = evaluate(&mut evaluator);
        self.used = used;
        match result {
            Ok(value) => Some(value),
            Err(failure) => {
                self.report(current, failure.finding().with("column", column));
                None
            }
        }
    }

    fn holds(
        &mut self,
        expression: &Expression,
        node: usize,
        current: usize,
        column: &'static str,
    ) -> Option<bool> {
        let focus = Focus::on(NodeId { document: 0, index: node });
        self.evaluated(expression, focus, current, column)
    }

    fn evaluated(
        &mut self,
        expression: &Expression,
        focus: Focus,
        current: usize,
        column: &'static str,
    ) -> Option<bool> {
        self.with(current, column, |evaluator| evaluator.holds(&expression.tree, focus))
    }

    fn text(&mut self, expression: &Expression, node: usize) -> Option<String> {
        let focus = Focus::on(NodeId { document: 0, index: node });
        self.with(node, "calculation", |evaluator| {
            evaluator.text(&expression.tree, focus).map(Cow::into_owned)
        })
    }

    fn number(&mut self, expression: &Expression, node: usize) -> Option<f64> {
        let focus = Focus::on(NodeId { document: 0, index: node });
        self.with(node, "repeat_count", |evaluator| evaluator.number(&expression.tree, focus))
    }

    /// Reports something about the answer of a node, where it is held to anything.
    fn report(&mut self, node: usize, finding: Finding) {
        let part = self.sheet.document.get(node).map(|node| node.part);
        if part.is_none_or(|part| self.stance(part) != Stance::Held) {
            return;
        }
        let column = self.column(node);
        self.findings.push(finding.in_column(column));
    }

    /// Reports something about a repeat within a node.
    fn report_part(&mut self, around: usize, field: &Field, finding: Finding) {
        let above = self.column(around);
        let separator = if above.is_empty() { "" } else { "." };
        self.findings.push(finding.in_column(format!("{above}{separator}{}", field.name)));
    }

    /// `victims[2].name`: the field of a node, within the rows it stands in. Groups are not said.
    fn column(&self, node: usize) -> String {
        let document = &self.sheet.document;
        let lineage = std::iter::once(node).chain(document.ancestors(node));
        let mut names: Vec<String> = Vec::new();
        for known in lineage.filter_map(|index| document.get(index)) {
            match self.compiled.shape.get(known.part).map(|part| part.kind) {
                Some(Kind::Question) => names.push(known.name.to_string()),
                Some(Kind::Repeat) => names.push(format!("{}[{}]", known.name, known.ordinal)),
                Some(Kind::Group) | None => {}
            }
        }
        names.reverse();
        names.join(".")
    }
}

fn required(field: &Field, context: &Context<'_>) -> Finding {
    let sayings = field.sayings("required_message");
    if sayings.is_empty() {
        return Finding::error("answer-required");
    }
    said(Finding::error("answer-required-said"), sayings, context)
}

fn unfulfilled(field: &Field, value: &str, context: &Context<'_>) -> Finding {
    let sayings = field.sayings("constraint_message");
    if sayings.is_empty() {
        let finding = Finding::error("answer-constraint").with("value", value);
        return finding.with("constraint", field.constraint.as_deref().unwrap_or(""));
    }
    said(Finding::error("answer-constraint-said").with("value", value), sayings, context)
}

/// A finding in the words of the form's author.
fn said(finding: Finding, sayings: BTreeMap<String, String>, context: &Context<'_>) -> Finding {
    let finding = finding.saying(sayings);
    let message = finding.said_in(context.language).unwrap_or_default().to_owned();
    finding.with("message", message)
}
