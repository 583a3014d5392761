//! The growth curves as a drawing (SVG): a panel for each question that has a goal, both axes by
//! powers of ten.

use crate::run::{Outcome, TimedQuestion};

const PANEL_WIDTH: f64 = 300.0;
const PANEL_HEIGHT: f64 = 230.0;
const MARGIN: f64 = 46.0;
const RIGHT_MARGIN: f64 = 14.0;
const ACROSS: u32 = 3;
/// Milliseconds that have a line, from the bottom of a panel to its top, and how they are written.
const SCALE: [(f64, &str); 7] = [
    (0.001, "0.001"),
    (0.01, "0.01"),
    (0.1, "0.1"),
    (1.0, "1"),
    (10.0, "10"),
    (100.0, "100"),
    (1_000.0, "1000"),
];
/// Told apart without colour by their dashes.
const STROKES: [(&str, &str); 3] = [("#1b6ca8", "none"), ("#b4540a", "6 3"), ("#2f7d32", "2 3")];

/// CPU milliseconds an answer over the number of events.
pub(crate) fn chart(outcomes: &[Outcome]) -> String {
    let Some(first) = outcomes.first() else {
        return String::new();
    };
    let has_goal = |(_, row): &(usize, &TimedQuestion)| row.question.goal().is_some();
    let drawn = first.rows.iter().enumerate().filter(has_goal);
    let panels = (0_u32..).zip(drawn).map(|(place, (row, timed))| {
        let across = f64::from(place % ACROSS) * PANEL_WIDTH;
        let down = f64::from(place / ACROSS) * PANEL_HEIGHT;
        let inside = panel(outcomes, timed.question.title(), row);
        format!("<g transform=\"translate({across} {down})\">\n{inside}\n</g>\n")
    });
    let names: Vec<&str> = first.subjects.iter().map(|about| about.name).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 470\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"11\">\n\
         <title>CPU milliseconds an answer, by number of events</title>\n\
         <rect width=\"900\" height=\"470\" fill=\"white\"/>\n{}{}</svg>\n",
        panels.collect::<String>(),
        legend(&names),
    )
}

fn panel(outcomes: &[Outcome], title: &str, row: usize) -> String {
    let across = scale_of_events(outcomes);
    let mut parts =
        vec![format!("<text x=\"{MARGIN}\" y=\"16\" font-weight=\"bold\">{title}</text>")];
    parts.extend(SCALE.iter().map(|(value, label)| grid_line(*value, label)));
    for outcome in outcomes {
        parts.push(tick(across(outcome.plan.events), outcome.plan.events));
    }
    let subjects = outcomes.first().map_or(0, |outcome| outcome.subjects.len());
    for subject in 0..subjects {
        let points = outcomes.iter().map(|outcome| {
            let cpu = outcome.rows[row].times[subject].cpu_ms();
            format!("{:.1},{:.1}", across(outcome.plan.events), height(cpu))
        });
        parts.push(line(subject, &points.collect::<Vec<_>>().join(" ")));
    }
    parts.join("\n")
}

/// From a number of events to where it lies in a panel, left to right.
fn scale_of_events(outcomes: &[Outcome]) -> impl Fn(u64) -> f64 {
    let of = |outcome: Option<&Outcome>| outcome.map_or(0.0, |o| logarithm(o.plan.events));
    let (least, most) = (of(outcomes.first()), of(outcomes.last()));
    move |events| {
        let share = (logarithm(events) - least) / (most - least).max(1e-9);
        MARGIN + share * (PANEL_WIDTH - MARGIN - RIGHT_MARGIN)
    }
}

fn grid_line(milliseconds: f64, label: &str) -> String {
    let y = height(milliseconds);
    let (right, label_x, label_y) = (PANEL_WIDTH - RIGHT_MARGIN, MARGIN - 4.0, y + 4.0);
    format!(
        "<line x1=\"{MARGIN}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\
         <text x=\"{label_x}\" y=\"{label_y:.1}\" text-anchor=\"end\">{label}</text>"
    )
}

fn tick(x: f64, events: u64) -> String {
    let label = match events {
        1_000_000.. => format!("{}M", events / 1_000_000),
        _ => format!("{}k", events / 1_000),
    };
    let y = PANEL_HEIGHT - 12.0;
    format!("<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>")
}

fn line(subject: usize, points: &str) -> String {
    let (colour, dashes) = STROKES[subject % STROKES.len()];
    format!(
        "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" \
         stroke-dasharray=\"{dashes}\"/>"
    )
}

fn legend(names: &[&str]) -> String {
    let entry = |(place, name): (u32, &&str)| {
        let y = 290.0 + 24.0 * f64::from(place);
        let drawn = line(place as usize, &format!("360,{y} 420,{y}"));
        format!("{drawn}<text x=\"430\" y=\"{}\" font-size=\"13\">{name}</text>\n", y + 4.0)
    };
    (0..).zip(names).map(entry).collect()
}

fn height(milliseconds: f64) -> f64 {
    let (low, high) = (SCALE[0].0.log10(), SCALE[SCALE.len() - 1].0.log10());
    let share = (milliseconds.max(1e-9).log10().clamp(low, high) - low) / (high - low);
    PANEL_HEIGHT - 28.0 - share * (PANEL_HEIGHT - 56.0)
}

fn logarithm(events: u64) -> f64 {
    u32::try_from(events).map_or(f64::MAX, f64::from).max(1.0).log10()
}
