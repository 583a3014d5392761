//! The pack of the desk.

use std::path::{Path, PathBuf};

const WARNING: &str = r#"
title = { en = "Warning" }
field_groups = ["handling"]
time_field = "received_at"
area_fields = ["admin1", "admin2"]
search_fields = ["title"]
title_field = "title"
list_columns = ["title", "status"]
key_field = "source_id"

[workflow]
name = "warning"
field = "status"
start = "received"
stamp = "received_at"

[[workflow.deadline]]
name = "verify"
title = { en = "Verify" }
states = ["received"]
within = "30m"
of = "received_at"
escalate = [{ after = "1h", to = "chief" }, { after = "2d", to = "keeper" }]

[[workflow.deadline]]
name = "answer"
title = { en = "Answer" }
states = ["verified", "authorised"]
within = "2h"

[[workflow.transition]]
name = "verify"
title = { en = "Verify" }
from = ["received"]
to = "verified"
stamp = "verified_at"

[[workflow.transition]]
name = "authorise"
title = { en = "Authorise" }
from = ["verified"]
to = "authorised"
roles = ["chief"]
other_than = ["verify"]
stamp = "decided_at"

[[workflow.transition]]
name = "arrive"
title = { en = "Arrived" }
from = ["verified", "authorised"]
to = "arrived"
stamp = "arrived_at"
[workflow.transition.gate]
when = "joint = 'yes'"
field = "permit"
filter = "result = 'granted'"
from = "valid_from"
until = "valid_until"

[[workflow.transition]]
name = "drop"
title = { en = "Drop" }
from = ["received", "verified", "authorised"]
to = "dropped"
reason = true

[[workflow.transition]]
name = "reopen"
title = { en = "Open again" }
from = ["arrived", "dropped"]
to = "received"

[[clock]]
name = "response"
title = { en = "Response" }
from = "verified"
to = "arrived"
by = ["admin2", "month"]
"#;

const WARNING_FORM: &str = "type,name,label::en,bind::casque:sealed
text,title,Title,
text,admin1,Region,
text,admin2,District,
select_one kind,kind,Kind,
select_one state,status,Status,
datetime,received_at,Received,
datetime,verified_at,Verified,
datetime,decided_at,Decided,
datetime,arrived_at,Arrived,
text,joint,With others,
record permit,permit,Permit,
text,source,Source,secret
select_one kind,source_kind,Kind of source,secret
";

const CASE: &str = r#"
title = { en = "Case" }
field_groups = ["handling"]
title_field = "title"
list_columns = ["title", "status"]
key_field = "source_id"
caveat = "secret"

[symbol]
set = "40"
entity = "110100"
by = "status"

[workflow]
name = "case"
field = "status"
start = "open"

[[workflow.deadline]]
name = "review"
title = { en = "Review" }
states = ["open"]
within = "1mo"
of = "due_on"
only_dated = true

[[workflow.deadline]]
name = "act"
title = { en = "Act" }
states = ["open"]
within = "0m"
of = "due_on"
only_dated = true
when = "serious = 'yes'"

[[workflow.transition]]
name = "close"
title = { en = "Close" }
from = ["open"]
to = "closed"
other_than = ["author"]
stamp = "closed_on"
condition = "checked = 'yes'"
condition_message = { en = "Nobody has checked it", fr = "Personne ne l’a vérifiée" }

[[workflow.transition]]
name = "reopen"
title = { en = "Open again" }
from = ["closed"]
to = "open"
"#;

const CASE_FORM: &str = "type,name,label::en
text,title,Title
select_one case_state,status,Status
date,due_on,Due
text,serious,Serious
text,checked,Checked
date,closed_on,Closed on
";

const ROLES: &str = r#"
[[role]]
name = "keeper"
title = { en = "Keeper" }
[[role.grant]]
registers = ["*"]
actions = ["read", "export", "create", "edit", "transition", "comment", "settle", "import", "delete", "administer"]
clearance = "strictly-confidential"
compartments = ["secret", "medical"]

[[role]]
name = "worker"
title = { en = "Case worker" }
[[role.grant]]
registers = ["case"]
actions = ["read", "create", "edit", "transition", "import"]
clearance = "confidential"
compartments = ["secret"]

[[role]]
name = "doctor"
title = { en = "Doctor" }
[[role.grant]]
registers = ["*"]
except = ["permit"]
actions = ["read", "create", "edit", "export"]
clearance = "confidential"
compartments = ["medical"]

[[role]]
name = "watch"
title = { en = "Watch" }
[[role.grant]]
registers = ["warning"]
actions = ["read", "create", "edit", "transition", "import"]
clearance = "confidential"

[[role]]
name = "chief"
title = { en = "Chief" }
[[role.grant]]
registers = ["warning"]
actions = ["read", "transition"]
clearance = "confidential"

[[role]]
name = "reader"
title = { en = "Reader" }
[[role.grant]]
registers = ["warning"]
actions = ["read"]
clearance = "unclassified"
"#;

const FILES: [(&str, &str); 14] = [
    (
        "pack.toml",
        "name = \"desk\"\nversion = \"1\"\ntitle = { en = \"Desk\" }\nlanguages = [\"en\"]\n\
         time_zone = \"Africa/Bangui\"\nbounding_box = [14.0, 2.0, 28.0, 11.5]\n\
         [[compartment]]\nname = \"secret\"\ntitle = { en = \"Secret\" }\n\
         [[compartment]]\nname = \"medical\"\ntitle = { en = \"Medical\" }\n",
    ),
    (
        "codelists/classification.csv",
        "code,label::en\nunclassified,U\nconfidential,C\nstrictly-confidential,S\n",
    ),
    ("codelists/caveat.csv", "code,label::en\nsecret,Secret\nmedical,Medical\n"),
    ("codelists/kind.csv", "code,label::en\nattack,Attack\nrumour,Rumour\n"),
    (
        "codelists/state.csv",
        "code,label::en\nreceived,Received\nverified,Verified\nauthorised,Authorised\narrived,Arrived\ndropped,Dropped\n",
    ),
    (
        "field-groups/handling.csv",
        "type,name,label::en\nselect_one classification,classification,Classification\n\
         select_one caveat,caveat,Caveat\ntext,source_id,Source id\n",
    ),
    ("registers/warning/survey.csv", WARNING_FORM),
    ("registers/warning/register.toml", WARNING),
    (
        "registers/permit/survey.csv",
        "type,name,label::en\ntext,title,Title\ntext,result,Result\ndate,valid_from,From\ndate,valid_until,Until\n",
    ),
    (
        "registers/permit/register.toml",
        "title = { en = \"Permit\" }\nfield_groups = [\"handling\"]\ntitle_field = \"title\"\nlist_columns = [\"title\"]\nkey_field = \"source_id\"\n",
    ),
    ("codelists/case_state.csv", "code,label::en,symbol\nopen,Open,\nclosed,Closed,110200\n"),
    ("registers/case/survey.csv", CASE_FORM),
    ("registers/case/register.toml", CASE),
    ("roles.toml", ROLES),
];

/// Writes the pack into a folder of this one.
pub(super) fn written_to(folder: &Path) -> PathBuf {
    let pack = folder.join("desk");
    for (path, content) in FILES {
        let file = pack.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder is made");
        std::fs::write(file, content).expect("a file is written");
    }
    pack
}
