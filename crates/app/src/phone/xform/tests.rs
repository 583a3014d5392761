//! The forms of the real packs as phones would read them.

use std::path::Path;

use super::*;

fn pack(name: &str) -> mission::pack::Pack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
    crate::load_pack(&folder).expect("a pack of the project")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// Every name between `needle` and the next quote.
fn quoted<'x>(xml: &'x str, needle: &str) -> Vec<&'x str> {
    let rest = xml.split(needle).skip(1);
    rest.filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

#[test]
fn every_form_of_every_pack_is_whole_and_has_its_own_version() {
    let mut versions = BTreeSet::new();
    for pack in ["minusma", "minusek"].map(pack) {
        for register in pack.registers.values() {
            let emitted = emit(register, day("2018-03-01"));
            let parsed = roxmltree::Document::parse(&emitted.xml).expect("it is XML");
            let root = parsed.descendants().find(|node| node.has_tag_name("data"));
            let root = root.or_else(|| parsed.descendants().find(|n| n.tag_name().name() == ROOT));
            let root = root.expect("the answers");
            assert_eq!(root.attribute("id"), Some(register.name.as_str()));
            assert_eq!(root.attribute("version"), Some(emitted.version.as_str()));
            let there: BTreeSet<&str> =
                root.descendants().map(|node| node.tag_name().name()).collect();
            let missing: Vec<&str> =
                register.form.names().filter(|name| !there.contains(name)).collect();
            assert!(missing.is_empty(), "{}: {missing:?}", register.name);
            let bound: BTreeSet<&str> = quoted(&emitted.xml, "nodeset=\"").into_iter().collect();
            for asked in quoted(&emitted.xml, " ref=\"/").iter().map(|path| format!("/{path}")) {
                let name = asked.rsplit('/').next().unwrap_or_default();
                let is_group = register.form.groups().iter().any(|group| group.name == name);
                assert!(is_group || bound.contains(asked.as_str()), "{asked} is bound to nothing");
            }
            versions.insert(emitted.version);
        }
    }
    assert!(versions.len() >= 4, "{versions:?}");
}

#[test]
fn the_same_form_is_the_same_bytes_and_codes_that_end_make_another_version() {
    let pack = pack("minusma");
    for register in pack.registers.values() {
        let first = emit(register, day("2018-03-01"));
        assert_eq!(first.xml, emit(register, day("2018-03-01")).xml);
    }
    let codes = |day: Date| {
        let registers = pack.registers.values();
        let emitted = registers.map(|register| emit(register, day));
        emitted.map(|emitted| (emitted.xml.matches("<item>").count(), emitted.version)).unzip()
    };
    let (now, versions): (Vec<usize>, Vec<String>) = codes(day("2018-03-01"));
    let (long_ago, older): (Vec<usize>, Vec<String>) = codes(day("1900-01-01"));
    for (place, count) in now.iter().enumerate() {
        assert_eq!(*count == long_ago[place], versions[place] == older[place]);
    }
}

#[test]
fn names_in_expressions_become_places_and_the_state_is_not_asked() {
    let pack = pack("minusma");
    let register = pack.register("incident").expect("the register");
    let xml = emit(register, day("2018-03-01")).xml;
    assert!(xml.contains("relevant=\" /data/what_group/type  = 'TE-IED' or"), "{xml}");
    assert!(!xml.contains("${"));
    assert!(xml.contains("<translation lang=\"en\" default=\"true()\">"));
    assert!(xml.contains("<translation lang=\"fr\">"));
    let flow = register.workflow.as_ref().expect("a workflow");
    assert!(
        xml.contains(&format!("<{}>", flow.field)) || xml.contains(&format!("<{}/>", flow.field))
    );
    assert!(
        !quoted(&xml, "<select1 ref=\"").iter().any(|path| path.ends_with(flow.field.as_str()))
    );
    assert!(xml.contains("type=\"geopoint\"") && xml.contains("constraint=\". &gt;= 0\""));
}

#[test]
fn text_of_people_stays_text() {
    assert_eq!(Escaped("a<b>&\"c\"\n\u{7}").to_string(), "a&lt;b&gt;&amp;&quot;c&quot;&#10; ");
}
