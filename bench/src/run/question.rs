//! The five kinds of questions, how each is put, and what the project promised about it.

use crate::subject::{Figure, Hit, Subject};
use crate::workload::{TextQuery, Window, Workload};

/// How often the one question without parameters is put.
const DEATHS_ASKED: usize = 12;

/// A kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Newest 100 in a box and a stretch of time.
    Newest,
    /// How many are there, exactly.
    Count,
    /// Newest 20 with two rare words.
    RareWords,
    /// Newest 20 with two middling words.
    MiddlingWords,
    /// Newest 20 with one or two common words.
    CommonWords,
    /// The three before, taken together.
    AllWords,
    /// Deaths by district and month over everything.
    Deaths,
}

impl Question {
    /// What tables call it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Newest => "newest 100 in box and time",
            Self::Count => "exact count in box and time",
            Self::RareWords => "newest 20 with two rare words",
            Self::MiddlingWords => "newest 20 with two middling words",
            Self::CommonWords => "newest 20 with common words",
            Self::AllWords => "newest 20 with words, all together",
            Self::Deaths => "deaths by district and month",
        }
    }

    /// How many times less CPU than PostgreSQL was promised. The words were promised as a whole.
    pub(crate) const fn goal(self) -> Option<f64> {
        match self {
            Self::Newest => Some(10.0),
            Self::Count => Some(5.0),
            Self::RareWords | Self::MiddlingWords | Self::CommonWords => None,
            Self::AllWords => Some(40.0),
            Self::Deaths => Some(20.0),
        }
    }

    /// Whether an answer to `asked` is one to this question.
    pub(crate) fn covers(self, asked: Self) -> bool {
        let words = [Self::RareWords, Self::MiddlingWords, Self::CommonWords];
        self == asked || self == Self::AllWords && words.contains(&asked)
    }
}

/// How many times less wall time than PostgreSQL was promised at the 99th percentile.
pub(crate) const GOAL_P99: f64 = 5.0;

/// One question with its parameters.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    Newest(Window),
    Count(Window),
    Text(TextQuery),
    Deaths,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Hits(Vec<Hit>),
    Count(u64),
    Figures(Vec<Figure>),
}

impl Answer {
    /// Rows, or what was counted.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Hits(hits) => hits.len() as u64,
            Self::Count(count) => *count,
            Self::Figures(figures) => figures.len() as u64,
        }
    }
}

impl Ask {
    /// Puts it to a subject.
    pub(crate) fn put(&self, subject: &mut dyn Subject) -> anyhow::Result<Answer> {
        Ok(match self {
            Self::Newest(window) => Answer::Hits(subject.newest_in_window(window)?),
            Self::Count(window) => Answer::Count(subject.count_in_window(window)?),
            Self::Text(query) => Answer::Hits(subject.text_newest(query)?),
            Self::Deaths => Answer::Figures(subject.deaths_by_district_month()?),
        })
    }
}

/// Everything that is asked, by kind.
pub(crate) fn asks(workload: &Workload) -> Vec<(Question, Vec<Ask>)> {
    let windows = |of: fn(Window) -> Ask| workload.windows.iter().cloned().map(of).collect();
    let texts = |queries: &[TextQuery]| queries.iter().cloned().map(Ask::Text).collect();
    vec![
        (Question::Newest, windows(Ask::Newest)),
        (Question::Count, windows(Ask::Count)),
        (Question::Deaths, vec![Ask::Deaths; DEATHS_ASKED]),
        (Question::RareWords, texts(&workload.rare)),
        (Question::MiddlingWords, texts(&workload.middling)),
        (Question::CommonWords, texts(&workload.common)),
    ]
}
