//! The body of a form: what people are asked, in which order and how.

use forms::form::Field;

use super::model::push;
use super::tree::Node;
use super::{Escaped, ROOT, Source};

/// Everything within `<h:body>`.
pub(super) fn write(source: &Source<'_>) -> String {
    let mut out = String::new();
    controls(source, &source.nodes, &format!("/{ROOT}"), &mut out);
    out
}

fn controls(source: &Source<'_>, nodes: &[Node<'_>], above: &str, out: &mut String) {
    for node in nodes {
        let path = format!("{above}/{}", node.name());
        match node {
            Node::Group(_, inner) => {
                push(out, format_args!("<group ref=\"{path}\">\n"));
                push(out, format_args!("<label ref=\"jr:itext('{path}:label')\"/>\n"));
                controls(source, inner, &path, out);
                out.push_str("</group>\n");
            }
            Node::Field(field, inner) if !inner.is_empty() => {
                repeat(source, field, inner, &path, out);
            }
            Node::Field(field, _) if source.is_asked(field) => control(source, field, &path, out),
            Node::Field(..) => {}
        }
    }
}

fn repeat(source: &Source<'_>, field: &Field, inner: &[Node<'_>], path: &str, out: &mut String) {
    push(out, format_args!("<group ref=\"{path}\">\n"));
    push(
        out,
        format_args!("<label ref=\"jr:itext('{path}:label')\"/>\n<repeat nodeset=\"{path}\""),
    );
    if let Some(count) = field.other.get("repeat_count") {
        let count = source.expression(count);
        push(
            out,
            format_args!(" jr:count=\"{}\" jr:noAddRemove=\"true()\"", Escaped(count.trim())),
        );
    }
    out.push_str(">\n");
    controls(source, inner, path, out);
    out.push_str("</repeat>\n</group>\n");
}

fn control(source: &Source<'_>, field: &Field, path: &str, out: &mut String) {
    let (element, kind) = element(field);
    push(out, format_args!("<{element} ref=\"{path}\"{kind}"));
    if let Some(appearance) = &field.appearance {
        push(out, format_args!(" appearance=\"{}\"", Escaped(appearance)));
    }
    push(out, format_args!(">\n<label ref=\"jr:itext('{path}:label')\"/>\n"));
    if !field.hints.is_empty() {
        push(out, format_args!("<hint ref=\"jr:itext('{path}:hint')\"/>\n"));
    }
    if let Some(list) = &field.list {
        let filter = field.other.get("choice_filter").map(|text| source.expression(text));
        let filter = filter.map(|text| format!("[{}]", Escaped(text))).unwrap_or_default();
        push(
            out,
            format_args!(
                "<itemset nodeset=\"instance('{list}')/list/item{filter}\">\
                 <value ref=\"name\"/><label ref=\"jr:itext(itextId)\"/></itemset>\n"
            ),
        );
    }
    push(out, format_args!("</{element}>\n"));
}

/// The element that asks for an answer, and what it takes.
fn element(field: &Field) -> (&'static str, &'static str) {
    match field.question.as_str() {
        "select_one" => ("select1", ""),
        "select_multiple" => ("select", ""),
        "acknowledge" | "trigger" => ("trigger", ""),
        "image" | "photo" => ("upload", " mediatype=\"image/*\""),
        "audio" => ("upload", " mediatype=\"audio/*\""),
        "video" => ("upload", " mediatype=\"video/*\""),
        "file" => ("upload", " mediatype=\"application/*\""),
        _ => ("input", ""),
    }
}
