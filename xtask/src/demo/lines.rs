//! The lines of `casque` that the demo types.

use std::path::Path;

use super::casque::Line;
use super::folder::Folder;
use super::plan::{History, Import, Plan, Question};

/// The register and the mapping of Geo-PKO, whose data names no licence.
const GEOPKO: (&str, &str) = ("deployment", "geopko");

/// Makes the node.
pub(crate) fn init(node: &Folder, pack: &str) -> Line {
    let line = Line::new(&["init"]).flag("--data", node.shown()).flag("--pack", &pack_folder(pack));
    line.flag("--admin-password-file", node.password_shown())
}

/// Loads one of the pack's own files.
pub(crate) fn import(node: &Folder, import: &Import) -> Line {
    import_file(node, &import.register, &import.mapping, &import.file)
}

/// Loads the pack's exercise up to a day.
pub(crate) fn exercise(node: &Folder, day: u64) -> Line {
    let line = Line::new(&["exercise", "load"]).flag("--data", node.shown());
    line.flag("--until", &format!("Day {day}"))
}

/// Loads a Geo-PKO file.
pub(crate) fn import_geopko(node: &Folder, file: &Path) -> Line {
    let (register, mapping) = GEOPKO;
    import_file(node, register, mapping, &node.shown_path(file))
}

fn import_file(node: &Folder, register: &str, mapping: &str, file: &str) -> Line {
    let line = Line::new(&["import"]).flag("--data", node.shown()).flag("--register", register);
    line.flag("--mapping", mapping).word(file).word("--yes")
}

/// Shows the tasks and ceilings of a mandate.
pub(crate) fn mandate(plan: &Plan) -> Line {
    let line = Line::new(&["mandate", "show", &plan.mandate.to_string()]);
    line.flag("--pack", &pack_folder(&plan.pack))
}

/// Shows what changed between two mandates.
pub(crate) fn mandate_diff(plan: &Plan, (before, after): (u64, u64)) -> Line {
    let line = Line::new(&["mandate", "diff", &before.to_string(), &after.to_string()]);
    line.flag("--pack", &pack_folder(&plan.pack))
}

/// Sums by area.
pub(crate) fn question(node: &Folder, question: &Question) -> Line {
    let line = Line::new(&["query", &question.register]).flag("--data", node.shown());
    let line = line.flag("--filter", &question.filter).flag("--sum", &question.sum);
    line.flag("--by", &question.by).flag("--limit", &question.limit.to_string())
}

/// Finds the record whose history is shown.
pub(crate) fn find_one(node: &Folder, history: &History) -> Line {
    let line = Line::new(&["query", &history.register]).flag("--data", node.shown());
    line.flag("--filter", &history.filter).flag("--limit", "1").word("--json")
}

/// `show` or `history` of one record.
pub(crate) fn record(node: &Folder, verb: &str, register: &str, id: &str) -> Line {
    Line::new(&[verb, register, id]).flag("--data", node.shown())
}

/// Checks the journal.
pub(crate) fn verify(node: &Folder) -> Line {
    Line::new(&["journal", "verify"]).flag("--data", node.shown())
}

/// Serves the pages, and opens them where there is a browser.
pub(crate) fn serve(node: &Folder, listen: &str) -> Line {
    let line = Line::new(&["serve"]).flag("--data", node.shown()).flag("--listen", listen);
    line.word("--open")
}

fn pack_folder(pack: &str) -> String {
    format!("packs/{pack}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node() -> Folder {
        let root = Path::new("/casque");
        Folder::new(root, root.join("demo-data"))
    }

    #[test]
    fn lines_are_those_of_the_guide() {
        assert_eq!(
            init(&node(), "minusma").to_string(),
            "casque init --data demo-data --pack packs/minusma --admin-password-file demo-data.password"
        );
        assert_eq!(
            import_geopko(&node(), Path::new("/elsewhere/geopko.csv")).to_string(),
            "casque import --data demo-data --register deployment --mapping geopko /elsewhere/geopko.csv --yes"
        );
        assert_eq!(
            record(&node(), "history", "incident", "01A").to_string(),
            "casque history incident 01A --data demo-data"
        );
    }

    #[test]
    fn the_pages_are_served_from_the_same_folder() {
        assert_eq!(
            serve(&node(), "127.0.0.1:8271").to_string(),
            "casque serve --data demo-data --listen 127.0.0.1:8271 --open"
        );
    }

    #[test]
    fn a_question_is_one_line() {
        let asked = Question {
            title: "Worst".to_owned(),
            register: "incident".to_owned(),
            filter: "deaths_best > 0".to_owned(),
            sum: "deaths_best".to_owned(),
            by: "admin2".to_owned(),
            limit: 10,
        };
        assert_eq!(
            question(&node(), &asked).to_string(),
            "casque query incident --data demo-data --filter \"deaths_best > 0\" --sum deaths_best --by admin2 --limit 10"
        );
    }
}
