//! The document as a whole, and the names in it.

use std::collections::{BTreeMap, BTreeSet};

use model::finding::Finding;

use super::markup::Markup;
use super::{Emission, body, instances, nodes, scan};
use crate::workbook::SURVEY;

/// The namespaces of every form.
const NAMESPACES: [(&str, &str); 7] = [
    ("xmlns", "http://www.w3.org/2002/xforms"),
    ("xmlns:h", "http://www.w3.org/1999/xhtml"),
    ("xmlns:ev", "http://www.w3.org/2001/xml-events"),
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ("xmlns:jr", "http://openrosa.org/javarosa"),
    ("xmlns:orx", "http://openrosa.org/xforms"),
    ("xmlns:odk", "http://www.opendatakit.org/xforms"),
];
/// The version of the specification that documents keep to.
const SPECIFICATION: &str = "1.0.0";

/// The document's text, and the files it names.
pub(super) fn write(emission: &Emission<'_>, findings: &mut Vec<Finding>) -> (String, Vec<String>) {
    let tree = &emission.form.tree;
    let gathered = instances::gather(emission.form, findings);
    let mut model = Markup::new("model").with("odk:xforms-version", SPECIFICATION);
    let first = [nodes::submission(emission), emission.texts.markup(tree)];
    first.into_iter().flatten().for_each(|markup| model.add(markup));
    model.add(nodes::primary_instance(emission));
    gathered.markups.into_iter().for_each(|instance| model.add(instance));
    nodes::binds(emission, &mut model);
    let title = Markup::new("h:title").of(&emission.title);
    let head = Markup::new("h:head").holding(title).holding(model);
    let mut html = Markup::new("h:html");
    let namespaces = namespaces(emission.book.setting("namespaces").unwrap_or_default());
    let fixed = NAMESPACES.map(|(name, address)| (name.to_owned(), address.to_owned()));
    for (name, address) in fixed.into_iter().chain(namespaces) {
        html.set(&name, &address);
    }
    let html = html.holding(head).holding(body::write(emission, findings));
    check_names(&html, findings);
    let files: BTreeSet<String> =
        gathered.files.into_iter().chain(emission.texts.files().map(str::to_owned)).collect();
    (html.document(), files.into_iter().collect())
}

/// The namespaces of the settings: `name="address"`, apart by blanks.
fn namespaces(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split_whitespace().filter_map(|pair| pair.split_once('='));
    let pairs = pairs.filter(|(name, address)| !name.is_empty() && !address.contains('='));
    let named =
        pairs.map(|(name, address)| (format!("xmlns:{name}"), address.replace(['"', '\''], "")));
    let is_fixed = |name: &str| NAMESPACES.iter().any(|(known, _)| *known == name);
    named.filter(|(name, _)| !is_fixed(name)).collect()
}

/// Names that no XML can have, and prefixes of no namespace, come from columns such as `body::x:y`.
fn check_names(html: &Markup, findings: &mut Vec<Finding>) {
    let mut names = BTreeSet::new();
    html.each_name(&mut |name: &str| {
        names.insert(name.to_owned());
    });
    let declared: BTreeSet<&str> =
        names.iter().filter_map(|name| name.strip_prefix("xmlns:")).collect();
    for name in &names {
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        let is_open = prefix.is_some_and(|prefix| {
            !["xmlns", "xml"].contains(&prefix) && !declared.contains(prefix)
        });
        if is_open || !scan::is_tag(name) {
            let code = if is_open { "form-prefix-unknown" } else { "form-name-unfit" };
            let finding = Finding::error(code).in_file(SURVEY).in_column(name);
            findings.push(finding.with("value", name));
        }
    }
}
