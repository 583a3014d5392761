//! The pack of these tests: small, with a field of every type, and a register of every shape.
//!
//! `report` has a time that may be missing, a place, areas, sums and search; `patrol` has a day as
//! its time; `post` has a place and no time at all. Reports have a workflow.

use std::collections::BTreeMap;
use std::sync::Arc;

use mission::folder::Folder;
use mission::pack::Pack;
use model::id::Name;
use model::value::FieldType;

/// The fields of `report`, in the form's order.
pub(crate) const REPORT_FIELDS: [(&str, FieldType); 24] = [
    ("occurred_at", FieldType::Time),
    ("reported_at", FieldType::Time),
    ("place", FieldType::Point),
    ("admin1", FieldType::Text),
    ("admin2", FieldType::Text),
    ("kind", FieldType::Code),
    ("weapons", FieldType::Codes),
    ("deaths", FieldType::Integer),
    ("injured", FieldType::Integer),
    ("distance", FieldType::Decimal),
    ("width", FieldType::Decimal),
    ("armed", FieldType::Boolean),
    ("seen_on", FieldType::Date),
    ("checked_on", FieldType::Date),
    ("summary", FieldType::Text),
    ("side", FieldType::Text),
    ("route", FieldType::Line),
    ("zone", FieldType::Area),
    ("follows", FieldType::Record),
    ("photo", FieldType::Blob),
    ("victims", FieldType::Rows),
    ("classification", FieldType::Code),
    ("caveat", FieldType::Code),
    ("source_id", FieldType::Text),
];

const MANIFEST: &str = r#"
name = "tiny"
version = "1"
title = { en = "Tiny" }
languages = ["en"]
time_zone = "UTC"
bounding_box = [-180, -90, 180, 90]
[[compartment]]
name = "medical"
title = { en = "Medical" }
[[compartment]]
name = "source"
title = { en = "Source" }
"#;

const REPORT: &str = r#"
title = { en = "Report" }
field_groups = ["handling"]
time_field = "occurred_at"
place_field = "place"
area_fields = ["admin1", "admin2"]
search_fields = ["summary", "side"]
title_field = "summary"
list_columns = ["occurred_at"]
map_fields = ["kind"]
key_field = "source_id"
[cube]
area = "admin2"
sums = ["deaths", "injured"]
[workflow]
name = "verification"
field = "kind"
start = "clash"
stamp = "occurred_at"
[[workflow.transition]]
name = "refute"
title = { en = "Refute" }
from = ["clash", "killing"]
to = "other"
stamp = "reported_at"
[[workflow.transition]]
name = "confirm"
title = { en = "Confirm" }
from = ["clash", "other"]
to = "killing"
"#;

const PATROL: &str = r#"
title = { en = "Patrol" }
field_groups = ["handling"]
time_field = "began_on"
place_field = "base"
area_fields = ["admin1"]
search_fields = ["name"]
list_columns = ["name"]
[cube]
area = "admin1"
sums = ["strength"]
"#;

const POST: &str = r#"
title = { en = "Post" }
field_groups = ["handling"]
place_field = "place"
search_fields = ["name"]
list_columns = ["name"]
"#;

const REPORT_FORM: &str = "type,name,label::en
datetime,occurred_at,When
datetime,reported_at,Reported
geopoint,place,Where
text,admin1,Region
text,admin2,District
select_one kind,kind,Kind
select_multiple weapon,weapons,Weapons
integer,deaths,Deaths
integer,injured,Injured
decimal,distance,Distance
decimal,width,Width
acknowledge,armed,Armed
date,seen_on,Seen on
date,checked_on,Checked on
text,summary,Summary
text,side,Side
geotrace,route,Route
geoshape,zone,Zone
record report,follows,Follows
image,photo,Photo
begin_repeat,victims,Victims
text,name,Name
integer,kin,Kin
end_repeat,,
";

const FILES: [(&str, &str); 12] = [
    ("pack.toml", MANIFEST),
    (
        "codelists/classification.csv",
        "code,label::en\nunclassified,U\nconfidential,C\nstrictly-confidential,S\n",
    ),
    ("codelists/caveat.csv", "code,label::en\nmedical,Medical\nsource,Source\n"),
    ("codelists/kind.csv", "code,label::en\nclash,Clash\nkilling,Killing\nother,Other\n"),
    ("codelists/weapon.csv", "code,label::en\nrifle,Rifle\nmortar,Mortar\nmine,Mine\n"),
    (
        "field-groups/handling.csv",
        "type,name,label::en\nselect_one classification,classification,Classification\n\
         select_one caveat,caveat,Caveat\ntext,source_id,Source id\n",
    ),
    ("registers/report/survey.csv", REPORT_FORM),
    ("registers/report/register.toml", REPORT),
    (
        "registers/patrol/survey.csv",
        "type,name,label::en\ntext,name,Name\ndate,began_on,Began\ngeopoint,base,Base\n\
         text,admin1,Region\ninteger,strength,Strength\n",
    ),
    ("registers/patrol/register.toml", PATROL),
    ("registers/post/survey.csv", "type,name,label::en\ntext,name,Name\ngeopoint,place,Place\n"),
    ("registers/post/register.toml", POST),
];

/// The pack.
pub(crate) fn tiny() -> Arc<Pack> {
    changed(&[])
}

/// The pack with some files replaced or added.
pub(crate) fn changed(files: &[(&str, &str)]) -> Arc<Pack> {
    let folder: Folder = FILES.iter().chain(files).copied().collect();
    let packs = BTreeMap::from([("tiny".to_owned(), folder)]);
    let pack = mission::load::load("tiny", &packs);
    Arc::new(pack.unwrap_or_else(|findings| panic!("the pack of these tests: {findings:?}")))
}

/// A name.
pub(crate) fn name(text: &str) -> Name {
    Name::new(text).expect("a test writes valid names")
}

/// The register with a field of every type.
pub(crate) fn report() -> Name {
    name("report")
}
