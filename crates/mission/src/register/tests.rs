//! What a register says of all its records: their caveat and their symbol.

use crate::diff;
use crate::testing::Tiny;

const SETTINGS: &str = "registers/incident/register.toml";
const LIST: &str = "codelists/kind.csv";

fn with(lines: &str) -> Tiny {
    Tiny::new().edited(SETTINGS, "[cube]", &format!("{lines}\n[cube]"))
}

/// A list of which some codes have symbols of their own.
fn drawn(tiny: Tiny) -> Tiny {
    let rows = "code,label::en,ucdp,symbol\nclash,Clash,1;2,110200\nkilling,Killing,3,10121100\nother,Other,,\n";
    tiny.with("core", LIST, rows)
}

#[test]
fn a_caveat_is_one_of_the_list() {
    let pack = with("caveat = \"hrd-only\"").pack("core");
    let register = pack.register("incident").expect("a register");
    assert_eq!(register.caveat.as_ref().map(model::id::Name::as_str), Some("hrd-only"));
    assert_eq!(
        with("caveat = \"hrd-onyl\"").said("core"),
        [
            "answer-code-unknown registers/incident/register.toml:11 [caveat] code=hrd-onyl list=caveat nearest=hrd-only"
        ]
    );
}

#[test]
fn a_symbol_is_twenty_digits_of_which_codes_may_have_their_own() {
    let tiny = drawn(with("[symbol]\nset = \"40\"\nentity = \"110100\"\nby = \"type\""));
    assert_eq!(tiny.said("core"), Vec::<String>::new());
    let pack = tiny.pack("core");
    let register = pack.register("incident").expect("a register");
    let symbol = register.symbol.as_ref().expect("a symbol");
    for (code, exercise, digits) in [
        (None, false, "10014000001101000000"),
        (None, true, "10114000001101000000"),
        (Some("other"), false, "10014000001101000000"),
        (Some("nobody-knows"), false, "10014000001101000000"),
        (Some("clash"), false, "10014000001102000000"),
        (Some("killing"), false, "10011000001211000000"),
    ] {
        assert_eq!(symbol.digits(register, code, exercise), digits, "{code:?}");
    }
    let codes: Vec<String> =
        symbol.codes(register, false).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["clash", "killing"]);
    let friendly = with("[symbol]\nset = \"10\"\nentity = \"121100\"\nidentity = \"friend\"");
    let pack = friendly.pack("core");
    let register = pack.register("incident").expect("a register");
    let symbol = register.symbol.as_ref().expect("a symbol");
    assert_eq!(symbol.digits(register, Some("clash"), false), "10031000001211000000");
}

#[test]
fn every_fault_of_a_symbol_is_said_at_once() {
    let wrong = "[symbol]\nset = \"4\"\nentity = \"11010\"\nidentity = \"hostile\"\nby = \"deaths\"\ncolour = \"red\"";
    assert_eq!(
        with(wrong).said("core"),
        [
            "toml-value-unknown registers/incident/register.toml:12 [symbol.set] value=4 nearest=40",
            "symbol-entity registers/incident/register.toml:13 [symbol.entity] value=11010",
            "symbol-identity-refused registers/incident/register.toml:14 [symbol.identity] value=hostile",
            "register-field-type registers/incident/register.toml:15 [symbol.by] field=deaths found=integer expected=code",
            "toml-key-unknown registers/incident/register.toml:16 [symbol.colour] key=colour nearest=by, entity, identity, set",
        ]
    );
    let by = with("[symbol]\nset = \"40\"\nentity = \"110100\"\nby = \"type\"");
    let said = by.said("core");
    assert_eq!(
        said,
        ["symbol-by-none registers/incident/register.toml:14 [symbol.by] field=type list=kind"]
    );
    for symbol in ["11020", "110200;110300", "99110200", "1102000000", "11a200"] {
        let said = drawn(Tiny::new()).edited(LIST, "110200", symbol).said("core");
        assert_eq!(
            said,
            [format!("symbol-of-code codelists/kind.csv:2 [symbol] code=clash value={symbol}")]
        );
    }
}

#[test]
fn a_diff_tells_what_is_said_of_all_records() {
    let before = Tiny::new().pack("core");
    let after =
        with("caveat = \"hrd-only\"\n[symbol]\nset = \"40\"\nentity = \"110100\"").pack("core");
    let found = diff::diff(&before, &after);
    let facts = found.changed.iter().flat_map(|changed| &changed.facts);
    let facts: Vec<String> =
        facts.map(|fact| format!("{}: {} > {}", fact.attribute, fact.before, fact.after)).collect();
    let expected = [
        "caveat:  > hrd-only",
        "symbol.entity:  > 110100",
        "symbol.identity:  > unknown",
        "symbol.set:  > 40",
    ];
    assert_eq!(facts, expected);
}

#[test]
fn a_grant_on_every_register_may_except_some_and_no_other_grant_may() {
    let roles = |from: &str, to: &str| Tiny::new().edited("roles.toml", from, to);
    let except = roles("registers = [\"*\"]", "registers = [\"*\"]\nexcept = [\"incident\"]");
    let except = except.edited("roles.toml", "scope = \"deaths > 0\"\n", "");
    assert_eq!(except.said("core"), Vec::<String>::new());
    let pack = except.pack("core");
    let role = pack.roles.get("analyst").expect("a role");
    assert!(!role.grants[0].registers.hold(&"incident".parse().expect("a name")));
    let unknown = roles("registers = [\"*\"]", "registers = [\"*\"]\nexcept = [\"incidents\"]");
    assert_eq!(
        unknown.said("core"),
        ["register-unknown roles.toml:6 [role.grant.except] register=incidents nearest=incident"]
    );
    let some = roles("[\"*\"]", "[\"incident\"]\nexcept = [\"incident\"]");
    assert_eq!(some.said("core"), ["role-except-of-some roles.toml:6 [role.grant.except]"]);
}
