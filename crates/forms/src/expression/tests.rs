//! What expressions come to, which are refused, and that none runs away.

use proptest::prelude::*;

use super::tree::{Axis, Call, Operator, Path, Reference, Start, Step, Test};
use super::*;
use crate::compiled::testing::{answer, failure};

#[test]
fn operators_bind_as_in_xpath() {
    for (text, value) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 2 - 3", "5"),
        ("7 mod 4 + 8 div 2", "7"),
        ("-2 * -3", "6"),
        ("--2", "2"),
        ("1 = 1 and 2 > 3 or true()", "true"),
        ("1 < 2 = true()", "true"),
        ("'a' = 'a' != false()", "true"),
        ("'b' and ''", "false"),
        ("1 div 0", "Infinity"),
        ("'x' + 1", ""),
        ("5 mod -3", "2"),
        ("-5 mod 3", "-2"),
    ] {
        assert_eq!(answer(text), value, "{text}");
    }
}

#[test]
fn a_word_is_an_operator_only_after_an_operand() {
    for text in ["div div mod", "and and or", "* * *", "a-b - c-d", "../and/or", "mod[1] mod 2"] {
        assert!(Expression::parse(text).is_ok(), "{text}");
    }
    assert_eq!(Expression::parse("a and b").expect("read").to_string(), "a and b");
    assert_eq!(Expression::parse("a-b").expect("read").tree, path_of("a-b"));
}

#[test]
fn functions_give_what_form_clients_give() {
    for (text, value) in [
        ("selected('a b', 'b')", "true"),
        ("selected('ab', 'b')", "false"),
        ("selected-at('a b c', 2)", "c"),
        ("selected-at('a b', 5)", ""),
        ("count-selected(' a  b ')", "2"),
        ("if(1 > 2, 'x', 'y')", "y"),
        ("coalesce('', 'b')", "b"),
        ("concat('a', 1, true())", "a1true"),
        ("join('-', 'a', 'b', 'c')", "a-b-c"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -3)", "llo"),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 3, -2)", ""),
        ("substring-before('1999/04', '/')", "1999"),
        ("substring-after('a--b', '--')", "b"),
        ("string-length('é€😀')", "4"),
        ("substr('a😀b', 3)", "b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("normalize-space('  a \t b ')", "a b"),
        ("contains('abc', 'bc')", "true"),
        ("starts-with('abc', 'bc')", "false"),
        ("ends-with('abc', 'bc')", "true"),
        ("regex('A12', '^[A-Z][0-9]+$')", "true"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(1.005, 2)", "1"),
        ("round(1234.5, -2)", "1200"),
        ("int(-3.7)", "-3"),
        ("floor(-3.2)", "-4"),
        ("ceiling(3.2)", "4"),
        ("abs(-3)", "3"),
        ("pow(2, 10)", "1024"),
        ("min(3, 1, 2)", "1"),
        ("max('3', 10)", "10"),
        ("max(1, 'x')", ""),
        ("number('abc')", ""),
        ("boolean-from-string('1')", "true"),
        ("boolean('false')", "true"),
        ("not(0)", "true"),
        ("checklist(1, 2, true(), false(), true())", "true"),
        ("checklist(3, -1, true(), false(), true())", "false"),
        ("weighted-checklist(5, 9, true(), 2, true(), 3, false(), 7)", "true"),
    ] {
        assert_eq!(answer(text), value, "{text}");
    }
}

/// The clock of the tests stands at noon of 1 March 2018, one hour ahead of UTC.
#[test]
fn days_and_times_are_numbers_of_days_and_are_written_as_such() {
    for (text, value) in [
        ("today()", "2018-03-01"),
        ("now()", "2018-03-01T12:00:00.000+01:00"),
        ("today() = '2018-03-01'", "true"),
        ("today() - 1 = date('2018-02-28')", "true"),
        ("date(today() + 31)", "2018-04-01"),
        ("date('2018-3-1')", "2018-03-01"),
        ("date('nonsense')", ""),
        ("'2018-03-02' > today()", "true"),
        ("format-date('2018-03-01', '%d.%m.%y')", "01.03.18"),
        ("format-date-time('2018-03-01T09:05:07.250+01:00', '%H:%M:%S.%3')", "09:05:07.250"),
        ("format-date('', '%Y')", ""),
        ("decimal-date-time('1970-01-01T13:00:00+01:00')", "0.5"),
        ("decimal-time('06:00:00.000+01:00')", "0.25"),
        ("number('1970-01-03T01:00:00+01:00')", "2"),
        ("int((date('2018-03-01') - date('2000-02-29')) div 365.25)", "18"),
    ] {
        assert_eq!(answer(text), value, "{text}");
    }
}

#[test]
fn places_are_measured_on_a_sphere() {
    for (text, value) in [
        ("distance('0 0 0 0;0 1 0 0')", "111318.85"),
        ("distance('0 0', '0 1')", "111318.85"),
        ("distance('nowhere')", ""),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true"),
        ("geofence('1.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "false"),
        ("round(area('0 0;0 1;1 1;1 0;0 0') div 1000000)", "12391"),
    ] {
        assert_eq!(answer(text), value, "{text}");
    }
}

#[test]
fn identifiers_are_random_and_of_version_4() {
    let id = answer("uuid()");
    assert!(
        regex::Regex::new("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
            .expect("a pattern")
            .is_match(&id),
        "{id}"
    );
    assert_eq!(answer("uuid(40)").len(), 40);
    assert_eq!(answer("uuid() = uuid()"), "false");
    assert_eq!(answer("random() >= 0 and random() < 1"), "true");
}

#[test]
fn what_is_no_expression_is_said_with_its_place() {
    let said = |text: &str| Expression::parse(text).expect_err(text).finding().to_string();
    assert_eq!(said("1 +"), "expression-unfinished");
    assert_eq!(said("1 2"), "expression-unexpected at=3");
    assert_eq!(said("a ; b"), "expression-character at=3 found=;");
    assert_eq!(said("é = 'x"), "expression-quote-open at=5");
    assert_eq!(said("${a = 1"), "expression-reference-open at=1");
    assert_eq!(said("1 + ${a b}"), "expression-reference-name at=5 name=a b");
    assert_eq!(said("@id"), "expression-unexpected at=1");
    assert_eq!(said("$name"), "expression-unexpected at=1");
    assert_eq!(said(&"9".repeat(400)).split(' ').next(), Some("expression-number"));
    assert_eq!(said(&"(".repeat(200)), "expression-too-deep max=96");
    let long = format!("'{}'", "x".repeat(EXPRESSION_BYTES_MAX));
    assert_eq!(said(&long), "expression-too-long bytes=32770 max=32768");
}

#[test]
fn functions_nobody_knows_and_wrong_arguments_are_problems() {
    let said = |text: &str| -> Vec<String> {
        let expression = Expression::parse(text).expect(text);
        expression.problems().iter().map(Finding::to_string).collect()
    };
    assert_eq!(said("selected(., 'a')"), Vec::<String>::new());
    assert_eq!(
        said("not(slected(., 'a')) or if(1, 2)"),
        [
            "expression-function-unknown name=slected at=5 nearest=selected",
            "expression-arguments name=if at=25 found=2 expected=3",
        ]
    );
    assert_eq!(said("substr('a')"), ["expression-arguments name=substr at=1 found=1 expected=2–3"]);
    assert_eq!(said("join()"), ["expression-arguments name=join at=1 found=0 expected=≥ 1"]);
    let [look] = said("regex(., '(?=a)')").try_into().expect("one problem");
    assert!(look.starts_with("expression-pattern pattern=(?=a) at=1 error=look-around"), "{look}");
}

#[test]
fn references_are_found_wherever_they_stand() {
    let text = "${a} + sum(../b[${c} > 1]/d) + number(jr:choice-name(${e}, '${f}'))";
    let expression = Expression::parse(text).expect("read");
    assert_eq!(expression.references(), BTreeSet::from(["a", "c", "e", "f"]));
}

#[test]
fn nothing_runs_away() {
    assert_eq!(failure("count('a')"), "expression-not-nodes name=count column=calculation");
    assert_eq!(
        failure("regex('a', concat('(', ''))"),
        "expression-pattern-answer pattern=( column=calculation"
    );
    let words = "x".repeat(1_000);
    let text = format!("concat({})", vec![format!("'{words}'"); 20].join(","));
    let text = format!("join({text}, {})", vec!["1"; 15].join(","));
    assert_eq!(failure(&text), "expression-text max=262144 column=calculation");
}

fn path_of(name: &str) -> Tree {
    let step = Step { axis: Axis::Child, test: Test::Name(name.into()), predicates: Vec::new() };
    Tree::Path(Box::new(Path { start: Start::Here, predicates: Vec::new(), steps: vec![step] }))
}

/// A name that is no operator and no node test, so that it reads the same everywhere.
fn names() -> impl Strategy<Value = String> {
    "[a-z_][a-z0-9_.-]{0,6}".prop_filter("a word of the language", |name| {
        name != "node" && Operator::WORDS.iter().all(|(word, _)| word != name)
    })
}

fn steps(predicate: impl Strategy<Value = Tree> + Clone) -> impl Strategy<Value = Vec<Step>> {
    let test = prop_oneof![3 => names().prop_map(Test::Name), 1 => Just(Test::Any)];
    let axis = prop_oneof![4 => Just(Axis::Child), 2 => Just(Axis::Parent), 1 => Just(Axis::Itself),
        1 => Just(Axis::Descendant), 1 => Just(Axis::PrecedingSibling)];
    let predicates = prop::collection::vec(predicate, 0..2);
    let step = (axis, test, predicates).prop_map(|(axis, test, predicates)| Step {
        axis,
        test,
        predicates,
    });
    prop::collection::vec(step, 1..3)
}

/// Places are not printed, so they are the first one here; those of parsed trees are set so too.
fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        (0_u32..100_000).prop_map(|number| Tree::Number(f64::from(number) / 8.0)),
        "[^'\"]{0,8}|[^\"]{0,4}'".prop_map(Tree::Text),
        names().prop_map(|name| Tree::Reference(Reference { name, part: None, at: 0 })),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let call =
            (names(), prop::collection::vec(inner.clone(), 0..3)).prop_map(|(name, arguments)| {
                let function = Function::named(&name);
                Tree::Call(Box::new(Call { name, function, arguments, at: 0 }))
            });
        let operators =
            prop::sample::select(Operator::WORDS.map(|(_, operator)| operator).to_vec());
        let chain = (operators, inner.clone(), prop::collection::vec(inner.clone(), 1..3))
            .prop_map(|(operator, first, rest)| {
                let rest = rest.into_iter().map(|part| (operator, part)).collect();
                Tree::Chain(Box::new(first), rest)
            });
        let relative = (steps(inner.clone()), any::<bool>()).prop_map(|(steps, here)| {
            let start = if here { Start::Here } else { Start::Root };
            Tree::Path(Box::new(Path { start, predicates: Vec::new(), steps }))
        });
        let given = (inner.clone(), prop::option::of(inner.clone()), steps(inner.clone()))
            .prop_map(|(start, predicate, steps)| {
                let predicates = predicate.into_iter().collect();
                Tree::Path(Box::new(Path { start: Start::Given(start), predicates, steps }))
            });
        prop_oneof![
            call,
            chain,
            relative,
            given,
            inner.clone().prop_map(|inner| Tree::Negation(Box::new(inner))),
            prop::collection::vec(inner, 2..4).prop_map(Tree::Union),
        ]
    })
}

/// Forgets where each part stood.
fn placeless(expression: &mut Expression) {
    expression.tree.references_mut(&mut |reference| reference.at = 0);
    forget_calls(&mut expression.tree);
}

fn forget_calls(tree: &mut Tree) {
    if let Tree::Call(call) = tree {
        call.at = 0;
    }
    tree.inner_mut(&mut forget_calls);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        let _read = Expression::parse(&text);
    }

    #[test]
    fn no_text_of_its_own_words_makes_the_reader_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "(", ")", "[", "]", ",", "|", "/", "//", ".", "..", "::", "@", "*", "-", "and", "div",
            "${a}", "if", "child", "node", "'x'", "1", "=", "<=", "concat", " ", "$", "jr:x",
        ]), 0..40),
    ) {
        if let Ok(read) = Expression::parse(&words.concat()) {
            let again = Expression::parse(&read.to_string()).expect("what is printed is read");
            prop_assert_eq!(read.to_string(), again.to_string());
        }
    }

    #[test]
    fn what_is_printed_reads_as_the_same_tree(tree in trees()) {
        let text = tree.to_string();
        let mut read = Expression::parse(&text).expect(&text);
        placeless(&mut read);
        prop_assert_eq!(read.tree, tree, "{}", text);
    }

    /// However much an expression asks for, it ends, and with a reason.
    #[test]
    fn evaluation_ends_within_its_limits(tree in trees()) {
        let text = tree.to_string();
        if text.len() < EXPRESSION_BYTES_MAX && Expression::parse(&text).is_ok_and(|e| e.problems().is_empty()) {
            let used = crate::compiled::testing::used(&text);
            prop_assert!(used <= model::limits::EXPRESSION_NODES_MAX + 100_000, "{used}");
        }
    }
}
