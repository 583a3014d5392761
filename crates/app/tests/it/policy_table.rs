//! Who may do what in the packs we ship, kept where a reviewer sees every change of it.

use std::fs;
use std::path::{Path, PathBuf};

use policy::{RegisterSchema, Role};

use crate::support::packs;

/// The whole table of a pack: role, register, action and classification.
fn table(pack: &str) -> String {
    let pack = app::load_pack(&packs().join(pack)).unwrap_or_else(|error| panic!("{error}"));
    let roles: Vec<Role> = pack.roles.values().cloned().collect();
    let registers: Vec<RegisterSchema<'_>> = pack
        .registers
        .values()
        .map(|register| RegisterSchema {
            name: &register.name,
            schema: register.schema(),
            area_fields: &register.area_fields,
            caveat: register.caveat.as_ref().map(model::id::Name::as_str),
        })
        .collect();
    format!(
        "# Who may do what in the pack `{}`\n\n\
         Written by `cargo xtask gen`; do not edit. A user reaches what one of their roles grants, up to\n\
         their own clearance, within their own areas and compartments. `-` is never.\n\n{}",
        pack.name,
        policy::table(&roles, &registers)
    )
}

fn committed(pack: &str) -> PathBuf {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    docs.join(format!("policy-table-{pack}.md"))
}

#[test]
fn the_policy_table_of_each_pack_is_the_committed_one() {
    for pack in ["minusma", "minusek"] {
        let (table, file) = (table(pack), committed(pack));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &table).expect("the table is written");
        }
        let kept = fs::read_to_string(&file).expect("the committed table");
        assert!(kept == table, "{} is not as the pack says: cargo xtask gen", file.display());
    }
}

/// What a reviewer looks for first, said once in plain words.
#[test]
fn no_role_but_its_own_reads_a_case_file() {
    for pack in ["minusma", "minusek"] {
        let table = table(pack);
        let line = |role: &str, register: &str, action: &str| {
            let start = format!("| {role} | {register} | {action} |");
            table.lines().find(|line| line.starts_with(&start)).map(str::to_owned)
        };
        for (role, register, action) in [
            ("administrator", "incident", "read"),
            ("joc-watch-officer", "incident", "read"),
            ("sector-operations-officer", "incident", "read"),
            ("mission-leadership", "casualty", "read"),
        ] {
            let line = line(role, register, action).unwrap_or_else(|| panic!("{role} {register}"));
            for closed in ["hrd-only", "cp-only", "crsv-survivor", "cdt-only", "med-only"] {
                assert!(!line.contains(closed), "{line}");
            }
        }
        for role in ["administrator", "mission-leadership", "sector-operations-officer", "observer"]
        {
            assert_eq!(line(role, "conduct-case", "read"), None);
        }
        assert!(line("conduct-designate", "conduct-case", "read").is_some());
        assert_eq!(line("planning-officer", "incident", "edit"), None);
        assert_eq!(line("conduct-officer", "site", "read"), None);
        assert!(
            line("human-rights-officer", "incident", "read")
                .is_some_and(|l| l.contains("hrd-only"))
        );
    }
}
