//! The model of a form: its texts, the empty answers, the choices, and what holds of each answer.

use std::collections::BTreeSet;
use std::fmt::Write;

use forms::form::Field;
use forms::labels::Labels;
use model::id::Name;

use super::tree::Node;
use super::{Escaped, ROOT, Source};

/// What a phone fills in by itself, by the type of the question: where from and what.
const PRELOADS: [(&str, &str, &str); 7] = [
    ("start", "timestamp", "start"),
    ("end", "timestamp", "end"),
    ("today", "date", "today"),
    ("deviceid", "property", "deviceid"),
    ("username", "property", "username"),
    ("phonenumber", "property", "phonenumber"),
    ("email", "property", "email"),
];
/// Types of answers that are not text, by the type of the question.
const TYPES: [(&str, &str); 17] = [
    ("integer", "int"),
    ("int", "int"),
    ("decimal", "decimal"),
    ("date", "date"),
    ("today", "date"),
    ("datetime", "dateTime"),
    ("dateTime", "dateTime"),
    ("start", "dateTime"),
    ("end", "dateTime"),
    ("geopoint", "geopoint"),
    ("location", "geopoint"),
    ("gps", "geopoint"),
    ("geotrace", "geotrace"),
    ("geoshape", "geoshape"),
    ("barcode", "barcode"),
    ("photo", "binary"),
    ("file", "binary"),
];
const FILES: [&str; 3] = ["image", "audio", "video"];

/// Everything within `<model>`.
pub(super) fn write(source: &Source<'_>, version: &str) -> String {
    let mut out = String::new();
    out.push_str("<itext>\n");
    for (nth, language) in source.languages.iter().enumerate() {
        let first = if nth == 0 { " default=\"true()\"" } else { "" };
        push(&mut out, format_args!("<translation lang=\"{}\"{first}>\n", Escaped(language)));
        texts(&source.nodes, &format!("/{ROOT}"), language, &mut out);
        for list in lists(source) {
            for (nth, code) in source.choices(list).iter().enumerate() {
                let label = code.labels.get(language).unwrap_or(&code.code);
                text(&format!("{list}-{nth}"), label, &mut out);
            }
        }
        out.push_str("</translation>\n");
    }
    out.push_str("</itext>\n<instance>\n");
    let id = Escaped(source.register.name.as_str());
    push(&mut out, format_args!("<{ROOT} id=\"{id}\" version=\"{version}\">\n"));
    answers(&source.nodes, &mut out);
    push(&mut out, format_args!("<meta><instanceID/></meta>\n</{ROOT}>\n</instance>\n"));
    for list in lists(source) {
        instance(source, list, &mut out);
    }
    binds(source, &source.nodes, &format!("/{ROOT}"), &mut out);
    push(
        &mut out,
        format_args!(
            "<bind nodeset=\"/{ROOT}/meta/instanceID\" type=\"string\" readonly=\"true()\" \
             jr:preload=\"uid\"/>\n"
        ),
    );
    out
}

/// Writes into a text, which takes everything.
pub(super) fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a text takes everything");
}

/// The lists that fields draw from, each once.
fn lists<'r>(source: &Source<'r>) -> BTreeSet<&'r Name> {
    let fields = source.register.form.every_field();
    fields.filter_map(|field| field.list.as_ref()).collect()
}

fn text(id: &str, text: &str, out: &mut String) {
    let (id, text) = (Escaped(id), Escaped(text));
    push(out, format_args!("<text id=\"{id}\"><value>{text}</value></text>\n"));
}

fn texts(nodes: &[Node<'_>], above: &str, language: &str, out: &mut String) {
    for node in nodes {
        let path = format!("{above}/{}", node.name());
        let (labels, hints, inner) = match node {
            Node::Group(group, inner) => (&group.labels, None, inner),
            Node::Field(field, inner) => (&field.labels, Some(&field.hints), inner),
        };
        let said = |labels: &Labels| labels.get(language).map(str::to_owned);
        let label = said(labels).unwrap_or_else(|| node.name().to_owned());
        text(&format!("{path}:label"), &label, out);
        if let Some(hint) = hints.and_then(said) {
            text(&format!("{path}:hint"), &hint, out);
        }
        texts(inner, &path, language, out);
    }
}

/// The empty answers, with what is there before anybody answers.
fn answers(nodes: &[Node<'_>], out: &mut String) {
    for node in nodes {
        let name = node.name();
        match node {
            Node::Group(_, inner) => {
                push(out, format_args!("<{name}>\n"));
                answers(inner, out);
                push(out, format_args!("</{name}>\n"));
            }
            Node::Field(_, inner) if !inner.is_empty() => {
                push(out, format_args!("<{name} jr:template=\"\">\n"));
                answers(inner, out);
                push(out, format_args!("</{name}>\n"));
            }
            Node::Field(field, _) => match constant(field) {
                Some(text) => push(out, format_args!("<{name}>{}</{name}>\n", Escaped(text))),
                None => push(out, format_args!("<{name}/>\n")),
            },
        }
    }
}

/// What stands in a field at first, where that is a text and nothing to be computed.
fn constant(field: &Field) -> Option<&str> {
    let text = field.other.get("default")?.as_str();
    let is_computed = text.contains("${") || text.contains('(');
    (!is_computed).then_some(text)
}

fn instance(source: &Source<'_>, list: &Name, out: &mut String) {
    push(out, format_args!("<instance id=\"{list}\"><list>\n"));
    for (nth, code) in source.choices(list).iter().enumerate() {
        let name = Escaped(&code.code);
        let parent = code.parent.as_deref().unwrap_or_default();
        let parent = match parent {
            "" => String::new(),
            parent => format!("<parent>{}</parent>", Escaped(parent)),
        };
        push(
            out,
            format_args!(
                "<item><itextId>{list}-{nth}</itextId><name>{name}</name>{parent}</item>\n"
            ),
        );
    }
    out.push_str("</list></instance>\n");
}

fn binds(source: &Source<'_>, nodes: &[Node<'_>], above: &str, out: &mut String) {
    for node in nodes {
        let path = format!("{above}/{}", node.name());
        let (Node::Group(_, inner) | Node::Field(_, inner)) = node;
        if let Node::Field(field, _) = node {
            bind(source, field, &path, out);
        }
        binds(source, inner, &path, out);
    }
}

fn bind(source: &Source<'_>, field: &Field, path: &str, out: &mut String) {
    push(out, format_args!("<bind nodeset=\"{path}\""));
    if field.fields.is_empty() {
        push(out, format_args!(" type=\"{}\"", kind(field)));
    }
    if let Some((_, from, what)) = PRELOADS.iter().find(|(word, ..)| *word == field.question) {
        push(out, format_args!(" jr:preload=\"{from}\" jr:preloadParams=\"{what}\""));
    }
    let is_asked = source.is_asked(field);
    if field.required && is_asked {
        out.push_str(" required=\"true()\"");
    }
    let is_read_only = ["read_only", "readonly"].iter().any(|key| {
        field.other.get(*key).is_some_and(|text| matches!(text.as_str(), "yes" | "true" | "true()"))
    });
    if is_read_only {
        out.push_str(" readonly=\"true()\"");
    }
    let held = [
        ("relevant", field.relevant.as_deref()),
        ("constraint", field.constraint.as_deref().filter(|_| is_asked)),
        ("calculate", field.calculation.as_deref()),
    ];
    for (name, text) in held {
        if let Some(text) = text {
            push(out, format_args!(" {name}=\"{}\"", Escaped(source.expression(text))));
        }
    }
    out.push_str("/>\n");
}

fn kind(field: &Field) -> &'static str {
    if FILES.contains(&field.question.as_str()) {
        return "binary";
    }
    let known = TYPES.iter().find(|(word, _)| *word == field.question);
    known.map_or("string", |(_, kind)| *kind)
}
