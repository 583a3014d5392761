//! What filters ask that SQLite has no word for: patterns, shapes, sets of codes.
//!
//! Each calls the very function the evaluator in memory calls. NULL in, NULL out. A shape is parsed
//! once per statement, not per row.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::error::Error;
use std::sync::Arc;

use filter::{Mode, Shape, SpatialOp};
use model::decimal::Decimal;
use model::place::{BoundingBox, Geometry, Position};
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error as SqlError};

type Outcome = Result<Option<bool>, SqlError>;

/// Adds the functions to a connection.
pub(crate) fn register(connection: &Connection) -> Result<(), SqlError> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("casque_like", 2, flags, |context| like(context, false))?;
    connection
        .create_scalar_function("casque_like_folded", 2, flags, |context| like(context, true))?;
    connection.create_scalar_function("casque_codes", 3, flags, codes)?;
    connection.create_scalar_function("casque_point", 4, flags, point)?;
    connection.create_scalar_function("casque_shape", 3, flags, shape)?;
    connection.create_aggregate_function("casque_sum", 1, flags, WholeSum)?;
    connection.create_collation("casque_decimal", decimals)?;
    Ok(())
}

/// The order of decimals written as text.
fn decimals(a: &str, b: &str) -> Ordering {
    match (a.parse::<Decimal>(), b.parse::<Decimal>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

/// A sum of whole numbers that neither fails nor loses its way where it is too large to be told.
struct WholeSum;

impl Aggregate<i128, i64> for WholeSum {
    fn init(&self, _context: &mut Context<'_>) -> Result<i128, SqlError> {
        Ok(0)
    }

    fn step(&self, context: &mut Context<'_>, sum: &mut i128) -> Result<(), SqlError> {
        if let ValueRef::Integer(number) = context.get_raw(0) {
            *sum += i128::from(number);
        }
        Ok(())
    }

    fn finalize(&self, _context: &mut Context<'_>, sum: Option<i128>) -> Result<i64, SqlError> {
        Ok(crate::cube::clamped(sum.unwrap_or(0)))
    }
}

/// A box as a parameter: four units of 1e-7 degree.
pub(crate) fn box_text(bounds: BoundingBox) -> String {
    let BoundingBox { west, south, east, north } = bounds;
    format!("BOX {west} {south} {east} {north}")
}

fn like(context: &Context<'_>, fold_case: bool) -> Outcome {
    let Some(text) = text_at(context, 1)? else { return Ok(None) };
    let pattern = text_at(context, 0)?.unwrap_or_default();
    Ok(Some(filter::like::matches(pattern, text, fold_case)))
}

fn codes(context: &Context<'_>) -> Outcome {
    let Some(held) = text_at(context, 2)? else { return Ok(None) };
    let wanted: BTreeSet<&str> =
        text_at(context, 1)?.unwrap_or_default().split_whitespace().collect();
    let held: BTreeSet<&str> = held.split_whitespace().collect();
    Ok(Some(match mode(context.get(0)?)? {
        Mode::All => wanted.is_subset(&held),
        Mode::Any => !wanted.is_disjoint(&held),
        Mode::Only => held.is_subset(&wanted),
        Mode::Exactly => held == wanted,
    }))
}

fn point(context: &Context<'_>) -> Outcome {
    let (ValueRef::Integer(lon), ValueRef::Integer(lat)) = (context.get_raw(2), context.get_raw(3))
    else {
        return Ok(None);
    };
    let units =
        |number: i64| i32::try_from(number).map_err(|_range| failure("a place off the earth"));
    let at = Position::from_units(units(lon)?, units(lat)?).map_err(|e| failure(&e.to_string()))?;
    compare(context, &Geometry::Point(at))
}

fn shape(context: &Context<'_>) -> Outcome {
    let Some(text) = text_at(context, 2)? else { return Ok(None) };
    let geometry = spatial::wkt::parse(text).map_err(|error| failure(&error.to_string()))?;
    compare(context, &geometry)
}

fn compare(context: &Context<'_>, geometry: &Geometry) -> Outcome {
    let shape: Arc<Shape> = context.get_or_create_aux(1, parse_shape)?;
    Ok(Some(match operator(context.get(0)?)? {
        SpatialOp::Intersects => shape.intersects(geometry),
        SpatialOp::Within => shape.contains(geometry),
        SpatialOp::Contains => shape.is_within(geometry),
        SpatialOp::Disjoint => !shape.intersects(geometry),
    }))
}

const MODES: [Mode; 4] = [Mode::All, Mode::Any, Mode::Only, Mode::Exactly];
const OPERATORS: [SpatialOp; 4] =
    [SpatialOp::Intersects, SpatialOp::Within, SpatialOp::Contains, SpatialOp::Disjoint];

/// A way to compare codes, as a parameter.
pub(crate) fn mode_number(mode: Mode) -> i64 {
    MODES.iter().zip(0..).find(|(known, _)| **known == mode).map_or(-1, |(_, number)| number)
}

/// A spatial operator, as a parameter.
pub(crate) fn op_number(op: SpatialOp) -> i64 {
    OPERATORS.iter().zip(0..).find(|(known, _)| **known == op).map_or(-1, |(_, number)| number)
}

fn mode(number: i64) -> Result<Mode, SqlError> {
    usize::try_from(number)
        .ok()
        .and_then(|at| MODES.get(at))
        .copied()
        .ok_or_else(|| failure("an unknown way to compare codes"))
}

fn operator(number: i64) -> Result<SpatialOp, SqlError> {
    usize::try_from(number)
        .ok()
        .and_then(|at| OPERATORS.get(at))
        .copied()
        .ok_or_else(|| failure("an unknown spatial operator"))
}

fn parse_shape(value: ValueRef<'_>) -> Result<Shape, Box<dyn Error + Send + Sync>> {
    let text = value.as_str()?;
    let Some(corners) = text.strip_prefix("BOX ") else {
        return Ok(Shape::Geometry(spatial::wkt::parse(text)?));
    };
    let corners: Vec<i32> = corners.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [west, south, east, north] = corners[..] else {
        return Err("a box has four corners".into());
    };
    Ok(Shape::Box(BoundingBox { west, south, east, north }))
}

fn text_at<'c>(context: &'c Context<'_>, at: usize) -> Result<Option<&'c str>, SqlError> {
    match context.get_raw(at) {
        ValueRef::Null => Ok(None),
        value => Ok(Some(value.as_str().map_err(|error| failure(&error.to_string()))?)),
    }
}

fn failure(what: &str) -> SqlError {
    SqlError::UserFunctionError(what.to_owned().into())
}
