//! Are the answers the same? Whatever follows is worth nothing where they are not.

use crate::run::question::{Answer, Ask, Question};
use crate::subject::Subject;

/// A question that two subjects answered differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) question: Question,
    /// Who differs from the first subject.
    pub(crate) subject: &'static str,
    /// The question, both answers' sizes, and where they part.
    pub(crate) what: String,
}

/// What comparing the answers to one kind of question told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) differences: Vec<Difference>,
    /// Rows of all answers of the first subject together, or what it counted.
    pub(crate) answered: u64,
}

/// Puts every question to every subject and lists where one differs from the first.
pub(crate) fn compare(
    question: Question,
    asks: &[Ask],
    subjects: &mut [Box<dyn Subject>],
) -> anyhow::Result<Compared> {
    let mut compared = Compared::default();
    for ask in asks {
        let Some((first, others)) = subjects.split_first_mut() else {
            continue;
        };
        let expected = ask.put(first.as_mut())?;
        compared.answered += expected.size();
        for other in others {
            let found = ask.put(other.as_mut())?;
            if let Some(part) = parting(&expected, &found) {
                let what = format!("{ask:?}: {} and {} {part}", first.name(), other.name());
                compared.differences.push(Difference { question, subject: other.name(), what });
            }
        }
    }
    Ok(compared)
}

/// Where two answers part; `None` when they do not.
fn parting(expected: &Answer, found: &Answer) -> Option<String> {
    match (expected, found) {
        (Answer::Hits(left), Answer::Hits(right)) => parting_of(left, right),
        (Answer::Figures(left), Answer::Figures(right)) => parting_of(left, right),
        (left, right) if left == right => None,
        (left, right) => Some(format!("say {left:?} and {right:?}")),
    }
}

fn parting_of<T: PartialEq + std::fmt::Debug>(left: &[T], right: &[T]) -> Option<String> {
    let length = left.len().max(right.len());
    let at = (0..length).find(|index| left.get(*index) != right.get(*index))?;
    Some(format!(
        "give {} and {} rows and part at row {at}: {:?} and {:?}",
        left.len(),
        right.len(),
        left.get(at),
        right.get(at)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::Figure;

    fn figures(deaths: &[i64]) -> Answer {
        let figure = |deaths_best: &i64| Figure {
            admin2: "ML0101".to_owned(),
            month: 24_218,
            events: 1,
            deaths_best: *deaths_best,
        };
        Answer::Figures(deaths.iter().map(figure).collect())
    }

    #[test]
    fn equal_answers_do_not_part() {
        assert_eq!(parting(&figures(&[1, 2]), &figures(&[1, 2])), None);
        assert_eq!(parting(&Answer::Count(3), &Answer::Count(3)), None);
    }

    #[test]
    fn a_missing_row_another_row_and_another_count_are_told() {
        let missing = parting(&figures(&[1, 2]), &figures(&[1])).expect("they part");
        assert!(missing.starts_with("give 2 and 1 rows and part at row 1"), "{missing}");
        let other = parting(&figures(&[1, 2]), &figures(&[7, 2])).expect("they part");
        assert!(other.starts_with("give 2 and 2 rows and part at row 0"), "{other}");
        let count = parting(&Answer::Count(3), &Answer::Count(4)).expect("they part");
        assert_eq!(count, "say Count(3) and Count(4)");
    }
}
