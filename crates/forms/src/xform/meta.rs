//! The meta block: what a form client says of an answered form as a whole.

use super::question;
use super::read::Form;
use super::tree::{Element, Kind, ROOT};
use crate::workbook::{Cell, Workbook};

/// Adds the block, or fills the one there is.
pub(super) fn add(form: &mut Form, mut elements: Vec<Element>, book: &Workbook) {
    if !book.is_set("omit_instanceID") {
        let mut id = question::generated("instanceID", "calculate", 0);
        id.bind_to("readonly", Cell::Text("true()".to_owned()));
        let preload = book.setting("instance_id").unwrap_or("uid");
        id.bind_to("jr:preload", Cell::Text(preload.to_owned()));
        elements.push(id);
    }
    if let Some(name) = book.setting("instance_name") {
        let mut element = question::generated("instanceName", "calculate", 0);
        element.bind_to("calculate", Cell::Text(name.to_owned()));
        elements.push(element);
    }
    if elements.is_empty() {
        return;
    }
    let mut meta = Element::new("meta", Kind::Group, 0);
    meta.is_bodyless = true;
    let meta = form.tree.add(ROOT, meta);
    for element in elements {
        form.tree.add(meta, element);
    }
}
