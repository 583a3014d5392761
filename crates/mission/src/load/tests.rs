//! What is said of packs: right ones nothing, wrong ones everything.

use proptest::prelude::*;

use crate::load::load;
use crate::testing::Tiny;

#[test]
fn a_right_pack_is_loaded_without_a_word() {
    let tiny = Tiny::new();
    assert_eq!(tiny.said("core"), Vec::<String>::new());
    let pack = tiny.pack("core");
    assert_eq!(pack.warnings, Vec::new());
    let incident = pack.register("incident").expect("a register");
    assert_eq!(incident.form.fields().len(), 10);
    assert_eq!(incident.lists.len(), 3);
    assert_eq!(incident.evidence_for, ["T-1"]);
    assert_eq!(incident.schema().field("deaths"), Some(model::value::FieldType::Integer));
    assert_eq!(incident.schema().field("death"), None);
    assert_eq!((pack.roles.len(), pack.mappings.len(), pack.mandates.len()), (1, 1, 1));
    assert_eq!(pack.mandates[0].key.mission.as_str(), "core");
}

#[test]
fn a_pack_has_everything_of_the_pack_it_extends() {
    let tiny = Tiny::new().with_pack("mali", "extends = \"core\"\n");
    let pack = tiny.pack("mali");
    assert!(pack.register("incident").is_some());
    assert_eq!(
        pack.layers.iter().map(|layer| layer.name.as_str()).collect::<Vec<_>>(),
        ["core", "mali"]
    );
    assert_eq!(pack.mandates[0].key.mission.as_str(), "mali");
    let core = tiny.pack("core");
    assert_ne!(pack.hash, core.hash);
    assert_eq!(pack.layers[0].hash, core.layers[0].hash);
}

#[test]
fn the_hash_follows_every_layer() {
    let tiny = Tiny::new().with_pack("mali", "extends = \"core\"\n");
    let before = tiny.pack("mali").hash;
    assert_eq!(before, tiny.pack("mali").hash);
    let changed = tiny.edited("codelists/kind.csv", "Clash", "Clashes");
    assert_ne!(before, changed.pack("mali").hash);
}

#[test]
fn cycles_and_missing_packs_are_named() {
    let tiny = Tiny::new()
        .with_pack("a", "extends = \"b\"\n")
        .with_pack("b", "extends = \"a\"\n")
        .with_pack("self", "extends = \"self\"\n")
        .with_pack("lost", "extends = \"cor\"\n");
    assert_eq!(tiny.said("a"), ["pack-extends-cycle ../b/pack.toml:6 [extends] chain=a > b > a"]);
    assert_eq!(tiny.said("self"), ["pack-extends-cycle pack.toml:6 [extends] chain=self > self"]);
    assert_eq!(tiny.said("lost"), ["pack-extends-unknown pack.toml:6 [extends] pack=cor"]);
    assert_eq!(tiny.said("none"), ["pack-unknown pack=none"]);
    assert_eq!(tiny.said("../core"), ["pack-unknown pack=../core"]);
}

#[test]
fn a_chain_has_an_end() {
    let mut tiny = Tiny::new();
    for number in 0..9 {
        tiny = tiny.with_pack(&format!("p{number}"), &format!("extends = \"p{}\"\n", number + 1));
    }
    tiny = tiny.with_pack("p9", "");
    assert_eq!(tiny.said("p0"), ["pack-extends-long ../p7/pack.toml:6 [extends] max=8"]);
    assert_eq!(tiny.said("p2"), Vec::<String>::new());
}

#[test]
fn parts_of_one_name_must_say_that_they_override() {
    let register = "title = { en = \"Mine\" }\nfield_groups = [\"handling\"]\n";
    let roles = "[[role]]\nname = \"analyst\"\ntitle = { en = \"A\" }\n[[role.grant]]\nregisters = [\"incident\"]\nactions = [\"read\"]\nclearance = \"confidential\"\n";
    let mapping = "title = { en = \"U\" }\nregister = \"incident\"\nnamespace = \"u\"\nkey = [\"id\"]\n[fields.source_id]\ncolumn = \"id\"\n";
    let survey = "type,name,label::en\ntext,summary,Summary\n";
    let list = "code,label::en\nclash,Clash\n";
    let laid = |overrides: &str, manifest: &str| {
        Tiny::new()
            .with_pack("mali", &format!("extends = \"core\"\n{manifest}"))
            .with("mali", "registers/incident/register.toml", format!("{register}{overrides}"))
            .with("mali", "registers/incident/survey.csv", survey)
            .with(
                "mali",
                "roles.toml",
                roles.replace("[[role.grant]]", &format!("{overrides}[[role.grant]]")),
            )
            .with("mali", "mappings/ucdp.toml", format!("{overrides}{mapping}"))
            .with("mali", "codelists/kind.csv", list)
    };
    let twice = laid("", "").said("mali");
    for expected in [
        "list-name-twice codelists/kind.csv name=kind first=../core/codelists/kind.csv",
        "mapping-name-twice mappings/ucdp.toml name=ucdp first=../core/mappings/ucdp.toml",
        "register-name-twice registers/incident/register.toml name=incident first=../core/registers/incident/register.toml",
        "role-name-twice roles.toml:2 [role.name] name=analyst first=../core/roles.toml:2",
    ] {
        assert!(twice.iter().any(|said| said == expected), "{expected} in {twice:#?}");
    }
    let over = laid("override = true\n", "overrides = [\"codelists/kind.csv\"]\n");
    assert_eq!(over.said("mali"), Vec::<String>::new());
    let pack = over.pack("mali");
    assert_eq!(
        pack.register("incident").map(|register| register.labels.get("en")),
        Some(Some("Mine"))
    );
    assert_eq!(pack.list("kind").map(|list| list.codes().len()), Some(1));
    assert_eq!(pack.roles["analyst"].grants[0].scope, None);
    assert_eq!(pack.mappings["ucdp"].namespace, "u");
}

#[test]
fn what_overrides_must_find_something_below() {
    let tiny = Tiny::new()
        .edited("registers/incident/register.toml", "[cube]", "override = true\n[cube]")
        .edited(
            "pack.toml",
            "[[comp",
            "overrides = [\"codelists/kind.csv\", \"codelists/kin.csv\"]\n[[comp",
        );
    assert_eq!(
        tiny.said("core"),
        [
            "override-nothing codelists/kind.csv name=kind",
            "override-file-missing pack.toml [overrides] file=codelists/kin.csv nearest=codelists/kind.csv",
            "override-nothing registers/incident/register.toml name=incident",
        ]
    );
}

#[test]
fn registers_that_differ_by_the_size_of_letters_are_one_name() {
    let tiny = Tiny::new().with("core", "registers/Incident/register.toml", "");
    let said = tiny.said("core");
    assert!(
        said.contains(
            &"register-name-twice registers/incident/register.toml name=incident first=Incident"
                .to_owned()
        ),
        "{said:?}"
    );
    assert!(
        said.contains(&"name-invalid registers/Incident/register.toml value=Incident".to_owned()),
        "{said:?}"
    );
}

#[test]
fn every_fault_of_a_manifest_is_said_at_once() {
    let manifest = "name = \"kore\"\nversion = 1\ntitel = { en = \"Core\" }\nlanguages = [\"en\", \"English\"]\n\
                    time_zone = \"Bamako\"\nbounding_box = [4.3, 25.1, -12.3, 10.1]\ncountries = [\"Mali\"]\n\
                    [[compartment]]\nname = \"HRD\"\n";
    let tiny = Tiny::new().with("p", "pack.toml", manifest);
    assert_eq!(
        tiny.said("p"),
        [
            "pack-name-differs pack.toml:1 [name] name=kore folder=p",
            "toml-key-missing pack.toml:1 [title] key=title",
            "toml-wrong-type pack.toml:2 [version] key=version expected=string found=integer",
            "toml-key-unknown pack.toml:3 [titel] key=titel nearest=title",
            "language-invalid pack.toml:4 [languages] value=English",
            "pack-time-zone pack.toml:5 [time_zone] value=Bamako",
            "pack-bounding-box pack.toml:6 [bounding_box] value=4.3, 25.1, -12.3, 10.1",
            "pack-country pack.toml:7 [countries] value=Mali",
            "toml-key-missing pack.toml:8 [compartment.title] key=title",
            "name-invalid pack.toml:9 [compartment.name] value=HRD",
        ]
    );
}

#[test]
fn every_fault_of_a_register_is_said_at_once() {
    let settings = "title = { en = \"Incident\" }\nfield_groups = [\"handlin\"]\ntime_field = \"summary\"\n\
                    place_field = \"plase\"\nsearch_fields = [\"deaths\", \"summary\", \"summary\"]\nclasification = \"x\"\n\
                    classification = \"secret\"\nevidence_for = [\"T-2\"]\n[cube]\narea = \"admin1\"\nsums = [\"summary\"]\nsum = 1\n";
    let survey = "type,name,label::en\ntext,summary,Summary\ninteger,deaths,Deaths\ntext,admin1,A\ngeopoint,place,P\n\
                  select_one knd,type,Kind\nrecord incidnt,same,Same\ntext,id,Id\n";
    let tiny = Tiny::new()
        .with("core", "registers/incident/register.toml", settings)
        .with("core", "registers/incident/survey.csv", survey)
        .with("core", "mappings/ucdp.toml", "title = { en = \"U\" }\nregister = \"incident\"\nnamespace = \"u\"\nkey = [\"id\"]\n[fields.summary]\ncolumn = \"a\"\n");
    assert_eq!(
        tiny.said("core"),
        [
            "register-protection-missing registers/incident/register.toml:1 [caveat] field=caveat",
            "register-field-group-unknown registers/incident/register.toml:2 [field_groups] group=handlin nearest=handling",
            "register-field-type registers/incident/register.toml:3 [time_field] field=summary found=text expected=time, date",
            "register-field-unknown registers/incident/register.toml:4 [place_field] field=plase nearest=place",
            "register-field-twice registers/incident/register.toml:5 [search_fields] field=summary",
            "register-field-type registers/incident/register.toml:5 [search_fields] field=deaths found=integer expected=text",
            "toml-key-unknown registers/incident/register.toml:6 [clasification] key=clasification nearest=classification",
            "register-protection-missing registers/incident/register.toml:7 [classification] field=classification",
            "toml-value-unknown registers/incident/register.toml:7 [classification] value=secret nearest=confidential, strictly-confidential, unclassified",
            "register-evidence-unknown registers/incident/register.toml:8 [evidence_for] id=T-2 nearest=T-1",
            "register-cube-area registers/incident/register.toml:9 [cube] field=admin1",
            "register-cube-without-time registers/incident/register.toml:9 [cube]",
            "register-field-type registers/incident/register.toml:11 [cube.sums] field=summary found=text expected=integer",
            "toml-key-unknown registers/incident/register.toml:12 [cube.sum] key=sum nearest=sums",
            "form-list-unknown registers/incident/survey.csv:6 [type] list=knd nearest=kind",
            "register-unknown registers/incident/survey.csv:7 [type] register=incidnt nearest=incident",
            "form-name-reserved registers/incident/survey.csv:8 [name] name=id",
        ]
    );
}

#[test]
fn a_register_without_its_files_is_said_once_each() {
    let tiny = Tiny::new()
        .with("core", "registers/site/survey.csv", "type,name,label::en\ntext,name,Name\n")
        .with(
            "core",
            "registers/base/register.toml",
            "title = { en = \"Base\" }\nfield_groups = [\"handling\"]\n",
        );
    assert_eq!(
        tiny.said("core"),
        [
            "register-file-missing registers/base/survey.csv register=base file=survey.csv",
            "register-file-missing registers/site/register.toml register=site file=register.toml",
        ]
    );
}

#[test]
fn a_registers_own_choices_serve_it_alone() {
    let with = |choices: &str| {
        Tiny::new()
            .edited(
                "registers/incident/survey.csv",
                "integer,deaths",
                "select_one side,side,Side,,\ninteger,deaths",
            )
            .with(
                "core",
                "registers/incident/choices.csv",
                format!("list_name,name,label::en\nside,a,A\n{choices}"),
            )
    };
    let pack = with("").pack("core");
    assert!(pack.register("incident").expect("a register").lists.contains_key("side"));
    assert!(pack.list("side").is_none());
    assert_eq!(
        with("spare,c,\ncaveat,hrd-only,H\n").said("core"),
        [
            "list-unused registers/incident/choices.csv name=spare",
            "translation-missing registers/incident/choices.csv:3 [label] name=c language=en",
            "list-name-twice registers/incident/choices.csv:4 [list_name] name=caveat first=codelists/",
        ]
    );
}

#[test]
fn every_fault_of_a_role_is_said_with_its_line() {
    let roles = "[[role]]\nname = \"analyst\"\ntitle = { en = \"A\" }\n[[role.grant]]\nregisters = [\"incidents\"]\nactions = [\"reed\"]\n\
                 scope = \"deaths >\"\nclearence = \"x\"\ncompartments = [\"hrd\"]\n\
                 [[role.grant]]\nregisters = [\"incident\"]\nactions = [\"read\"]\nclearance = \"confidential\"\nscope = \"death > 0\"\n\
                 [[role]]\nname = \"analyst\"\ntitle = { en = \"B\" }\n";
    let said = Tiny::new().with("core", "roles.toml", roles).said("core");
    let expected = [
        "toml-key-missing roles.toml:4 [role.grant.clearance] key=clearance",
        "register-unknown roles.toml:5 [role.grant.registers] register=incidents nearest=incident",
        "toml-value-unknown roles.toml:6 [role.grant.actions] value=reed nearest=read",
        "toml-key-unknown roles.toml:8 [role.grant.clearence] key=clearence nearest=clearance",
        "compartment-unknown roles.toml:9 [role.grant.compartments] compartment=hrd nearest=",
        "filter-unknown-field roles.toml:14 [role.grant.scope]",
        "toml-key-missing roles.toml:15 [role.grant] key=grant",
        "role-name-twice roles.toml:16 [role.name] name=analyst first=roles.toml:2",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said} is not {expected}");
    }
    assert!(said[5].contains("register=incident"), "{}", said[5]);
}

#[test]
fn a_scope_for_every_register_must_fit_one_of_them() {
    let scope = |text: &str| Tiny::new().edited("roles.toml", "deaths > 0", text).said("core");
    assert_eq!(scope("deaths > 1 AND summary LIKE 'x%'"), Vec::<String>::new());
    assert_eq!(scope("deaths >").len(), 1);
    let site = Tiny::new()
        .with("core", "registers/site/survey.csv", "type,name,label::en\ntext,name,Name\n")
        .with(
            "core",
            "registers/site/register.toml",
            "title = { en = \"Site\" }\nfield_groups = [\"handling\"]\n",
        );
    assert_eq!(site.said("core"), Vec::<String>::new());
}

#[test]
fn fields_of_rows_are_checked_like_any_other_and_stand_for_nothing_in_a_register() {
    let survey = "type,name,label::en\nbegin_repeat,victims,Victims\nselect_one sexx,sex,Sex\n\
                  record sites,site,Site\ninteger,age,\nend_repeat,,\n";
    let tiny = Tiny::new().with("core", "registers/case/survey.csv", survey).with(
        "core",
        "registers/case/register.toml",
        "title = { en = \"Case\" }\nfield_groups = [\"handling\"]\ntime_field = \"victims\"\n\
         place_field = \"victims\"\narea_fields = [\"victims\"]\nsearch_fields = [\"victims\"]\n\
         title_field = \"victims\"\nlist_columns = [\"victims\"]\nmap_fields = [\"victims\"]\n\
         key_field = \"age\"\n",
    );
    let said = tiny.said("core");
    let settings = said.iter().filter(|said| said.starts_with("register-field-type")).count();
    assert_eq!(settings, 7, "{said:#?}");
    for expected in [
        "form-list-unknown registers/case/survey.csv:3 [type] list=sexx nearest=",
        "register-unknown registers/case/survey.csv:4 [type] register=sites nearest=",
        "translation-missing registers/case/survey.csv:5 [label] name=age language=en",
        "register-field-unknown registers/case/register.toml:10 [key_field] field=age nearest=",
    ] {
        assert!(said.iter().any(|said| said.starts_with(expected)), "{expected} in {said:#?}");
    }
}

#[test]
fn sealed_fields_are_for_a_compartment_and_not_for_what_everybody_sees() {
    let survey = "type,name,label::en,bind::casque:sealed\ntext,source,Source,hrd-only\n\
                  text,other,Other,hrd-onyl\ninteger,paid,Paid,hrd-only\n";
    let tiny = Tiny::new().with("core", "registers/case/survey.csv", survey).with(
        "core",
        "registers/case/register.toml",
        "title = { en = \"Case\" }\nfield_groups = [\"handling\"]\nsearch_fields = [\"source\"]\n\
         list_columns = [\"source\"]\n[cube]\narea = \"source\"\nsums = [\"paid\"]\n",
    );
    assert_eq!(
        tiny.said("core"),
        [
            "register-field-sealed registers/case/register.toml:3 [search_fields] field=source",
            "register-field-sealed registers/case/register.toml:4 [list_columns] field=source",
            "register-field-sealed registers/case/register.toml:6 [cube.area] field=source",
            "register-field-sealed registers/case/register.toml:7 [cube.sums] field=paid",
            "compartment-unknown registers/case/survey.csv:3 [bind::casque:sealed] compartment=hrd-onyl nearest=hrd-only",
        ]
    );
    let sealed = Tiny::new().edited(
        "field-groups/handling.csv",
        "type,name,label::en\nselect_one classification,classification,Classification\n",
        "type,name,label::en,bind::casque:sealed\nselect_one classification,classification,Classification,hrd-only\n",
    );
    assert!(sealed.said("core").iter().any(|said| said.starts_with("register-field-sealed")));
}

#[test]
fn who_sees_a_record_cannot_depend_on_what_is_sealed() {
    let survey = "type,name,label::en,bind::casque:sealed\ninteger,paid,Paid,hrd-only\n";
    let settings = "title = { en = \"Case\" }\nfield_groups = [\"handling\"]\n";
    for registers in ["[\"*\"]", "[\"case\"]"] {
        let tiny = Tiny::new()
            .with("core", "registers/case/survey.csv", survey)
            .with("core", "registers/case/register.toml", settings)
            .edited("roles.toml", "[\"*\"]", registers)
            .edited("roles.toml", "deaths > 0", "paid > 0");
        assert_eq!(
            tiny.said("core"),
            ["register-field-sealed roles.toml:7 [role.grant.scope] field=paid register=case"]
        );
    }
}

#[test]
fn lists_and_compartments_must_fit_each_other() {
    let tiny = Tiny::new()
        .edited("codelists/caveat.csv", "hrd-only,", "hrd-onyl,")
        .edited("codelists/classification.csv", "strictly-confidential,S\n", "")
        .with("core", "codelists/act.csv", "code,label::en,kind\na,A,clash;klash\n");
    assert_eq!(
        tiny.said("core"),
        [
            "list-crosswalk-unknown codelists/act.csv:2 [kind] code=klash list=kind nearest=clash",
            "caveat-without-compartment codelists/caveat.csv:2 [code] code=hrd-onyl nearest=hrd-only",
            "list-classification codelists/classification.csv expected=unclassified, confidential, strictly-confidential",
            "compartment-without-caveat pack.toml:7 [compartment.name] compartment=hrd-only",
        ]
    );
}

#[test]
fn missing_translations_are_warnings_and_the_pack_loads() {
    let tiny = Tiny::new().edited("pack.toml", "[\"en\"]", "[\"en\", \"fr\"]");
    let pack = tiny.pack("core");
    let said = tiny.said("core");
    assert_eq!(pack.warnings.len(), said.len());
    for expected in [
        "translation-missing pack.toml [title] name=core language=fr",
        "translation-missing pack.toml:7 [title] name=hrd-only language=fr",
        "translation-missing codelists/kind.csv:2 [label] name=clash language=fr",
        "translation-missing registers/incident/survey.csv:2 [label] name=occurred_at language=fr",
        "translation-missing registers/incident/register.toml [title] name=incident language=fr",
        "translation-missing mandates/2100-2013.toml:5 [task.text] name=T-1 language=fr",
        "translation-missing mappings/ucdp.toml [title] name=ucdp language=fr",
    ] {
        assert!(said.iter().any(|said| said == expected), "{expected} in {said:#?}");
    }
}

#[test]
fn what_is_said_of_a_wrong_answer_is_said_in_every_language() {
    let sheet = "type,name,label::en,label::fr,constraint,constraint_message::en\n\
                 integer,deaths,Deaths,Morts,. >= 0,Not below nought.\n";
    let tiny = Tiny::new().edited("pack.toml", "[\"en\"]", "[\"en\", \"fr\"]").with(
        "core",
        "registers/incident/survey.csv",
        sheet,
    );
    let file = "registers/incident/survey.csv:2";
    let expected =
        format!("translation-missing {file} [constraint_message] name=deaths language=fr");
    assert!(tiny.said("core").contains(&expected), "{:#?}", tiny.said("core"));
}

#[test]
fn a_label_that_is_missing_everywhere_is_told_for_each_language() {
    let tiny = Tiny::new().edited("codelists/kind.csv", "clash,Clash", "clash,");
    assert_eq!(
        tiny.said("core"),
        ["translation-missing codelists/kind.csv:2 [label] name=clash language=en"]
    );
}

#[test]
fn files_that_nobody_reads_are_told() {
    let tiny = Tiny::new()
        .with("core", "role.toml", "")
        .with("core", "codelist/x.csv", "")
        .with("core", "registers/incident/chioces.csv", "")
        .with("core", "README.md", "")
        .with("core", "reports/weekly.typ", "");
    assert_eq!(
        tiny.said("core"),
        [
            "pack-file-unused codelist/x.csv file=codelist/x.csv nearest=codelists",
            "pack-file-unused registers/incident/chioces.csv file=registers/incident/chioces.csv nearest=registers",
            "pack-file-unused role.toml file=role.toml nearest=roles.toml",
        ]
    );
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let bytes = usize::try_from(model::limits::PACK_FILE_BYTES_MAX).expect("fits") + 1;
    let tiny = Tiny::new().with("core", "reports/big.typ", vec![0; bytes]);
    assert_eq!(tiny.said("core"), ["pack-file-large reports/big.typ bytes=67108865 max=67108864"]);
}

proptest! {
    #[test]
    fn a_damaged_pack_is_told_about_or_loads_and_never_brings_the_reader_down(
        number in 0_usize..10,
        from in 0_usize..2_000,
        length in 0_usize..40,
        put in proptest::collection::vec(any::<u8>(), 0..12),
    ) {
        let tiny = Tiny::new().damaged(number, from, length, &put);
        match load("core", &tiny) {
            Ok(pack) => prop_assert!(pack.warnings.iter().all(|finding| !finding.is_error())),
            Err(findings) => {
                prop_assert!(findings.iter().any(model::finding::Finding::is_error));
                prop_assert!(findings.iter().all(|finding| finding.at.file.is_some()), "{findings:?}");
            }
        }
    }
}
