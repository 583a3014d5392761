//! The guide tells what the code does.

use std::fs;
use std::path::PathBuf;

use forms::expression::{FUNCTIONS, Signature};

fn arguments(signature: &Signature) -> String {
    match (signature.least, signature.most) {
        (least, None) => format!("{least} or more"),
        (least, Some(most)) if least == most => least.to_string(),
        (least, Some(most)) => format!("{least} to {most}"),
    }
}

#[test]
fn the_functions_of_the_guide_are_those_there_are_with_as_many_arguments() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/forms.md");
    let guide = fs::read_to_string(path).expect("the guide");
    let (_, table) = guide.split_once("| function | arguments |\n|---|---|\n").expect("a table");
    let told: Vec<&str> = table.lines().take_while(|line| line.starts_with('|')).collect();
    let known = FUNCTIONS.iter().map(|s| format!("| `{}` | {} |", s.name, arguments(s)));
    assert_eq!(told, known.collect::<Vec<_>>());
}
