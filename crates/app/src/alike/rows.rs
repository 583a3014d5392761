//! Look-alikes of the rows of a file that would make records: the records that are here, as far as the
//! viewer may read them, and the earlier rows of the file. Both are looked for in the same neighbourhood of
//! place and time, so that a row is told the same whether the other is a record already or not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use mission::register::{LookAlike, Register};
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::limits::{
    LOOK_ALIKE_CANDIDATES_MAX, LOOK_ALIKE_ROWS_MAX, LOOK_ALIKE_ROWS_TOLD_MAX,
    LOOK_ALIKE_WORDS_COMPARED_MAX,
};
use model::place::{BoundingBox, Position};
use policy::{Action, Viewer};
use serde_json::{Value as Json, json};

use super::candidates::Candidates;
use super::score::{self, Likeness, Profile};
use super::words::Effort;
use super::{by_name, fraction, part_json, sphere};
use crate::edit::Values;
use crate::error::AppError;
use crate::node::Node;
use crate::registers::schema;

/// Rows looked at in one band of latitude before and after a row: most of them lie elsewhere.
const WALKED_MAX: usize = 4 * LOOK_ALIKE_CANDIDATES_MAX;
/// Pairs kept before the less alike of them are let go.
const KEPT_MAX: usize = 10 * LOOK_ALIKE_ROWS_TOLD_MAX;

/// A row that would make a record.
pub(crate) struct NewRow {
    /// Its number in the file.
    pub(crate) number: u64,
    /// The record it would make.
    pub(crate) id: RecordId,
    pub(crate) values: Values,
    /// The records that it was said not to be.
    pub(crate) distinct: BTreeSet<RecordId>,
}

/// The rows of a file that would make records, in its order; none where they are too many to compare.
#[derive(Default)]
pub(crate) struct NewRows {
    rows: Vec<NewRow>,
    are_too_many: bool,
}

impl NewRows {
    pub(crate) fn add(&mut self, row: NewRow) {
        if self.rows.len() == LOOK_ALIKE_ROWS_MAX {
            self.are_too_many = true;
            self.rows = Vec::new();
        }
        if !self.are_too_many {
            self.rows.push(row);
        }
    }
}

/// What the rows of a file look like.
#[derive(Default)]
pub(crate) struct RowsAlike {
    /// How many, and the most alike; null where there is no rule to tell by.
    pub(crate) told: Json,
    /// The rows that look like a record, or like an earlier row that is not left out itself.
    pub(crate) left_out: BTreeMap<u64, Finding>,
}

/// A row and what it looks like.
struct Pair {
    row: u64,
    other: Other,
    title: Option<String>,
    likeness: Likeness,
}

#[derive(Clone, Copy)]
enum Other {
    Record(RecordId),
    /// An earlier row, by its number.
    Row(u64),
}

impl Node {
    /// What new rows of a file look like.
    pub(crate) fn rows_alike(
        &self,
        viewer: &Viewer,
        register: &Name,
        new: &NewRows,
    ) -> Result<RowsAlike, AppError> {
        let known = self.register(register)?;
        if !viewer.may_ever(Action::Read, &schema(known)) {
            return Ok(RowsAlike::default());
        }
        let register = self.readable_register(viewer, register.as_str())?;
        let Some(rule) = &register.look_alike else { return Ok(RowsAlike::default()) };
        let threshold = f64::from(rule.threshold) / 100.0;
        let effort = Effort::default();
        let mut fields: Vec<Name> = rule.fields().into_iter().cloned().collect();
        if let Some(title) = register.title_field.as_ref().filter(|title| !fields.contains(title)) {
            fields.push(title.clone());
        }
        let candidates = Candidates {
            node: self,
            viewer,
            register: &register,
            rule,
            fields: &fields,
            effort: &effort,
        };
        let mut earlier = Earlier::new(&register, rule);
        let found =
            Found::of(new, &effort, |found, row| found.row(row, &candidates, &mut earlier))?;
        let Some(mut found) = found else {
            let told = json!({
                "looked_for": false,
                "threshold": threshold,
                "rows_max": LOOK_ALIKE_ROWS_MAX,
            });
            return Ok(RowsAlike { told, ..RowsAlike::default() });
        };
        let told = json!({
            "looked_for": true,
            "threshold": threshold,
            "rows": found.rows,
            "pairs": found.count,
            "most_alike": found.most_alike().iter().map(pair_json).collect::<Vec<_>>(),
        });
        Ok(RowsAlike { told, left_out: found.left_out })
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    /// Rows that look like something.
    rows: u64,
    /// Pairs, those that are not kept as well.
    count: u64,
    pairs: Vec<Pair>,
    left_out: BTreeMap<u64, Finding>,
}

impl Found {
    /// What all rows look like; nothing where they are too many or too much to compare.
    fn of<'r>(
        new: &'r NewRows,
        effort: &Effort,
        mut look: impl FnMut(&mut Self, &'r NewRow) -> Result<(), AppError>,
    ) -> Result<Option<Self>, AppError> {
        let mut found = Self::default();
        for row in &new.rows {
            look(&mut found, row)?;
            if effort.spent() > LOOK_ALIKE_WORDS_COMPARED_MAX {
                return Ok(None);
            }
        }
        Ok((!new.are_too_many).then_some(found))
    }

    fn row<'r>(
        &mut self,
        row: &'r NewRow,
        candidates: &Candidates<'_>,
        earlier: &mut Earlier<'r>,
    ) -> Result<(), AppError> {
        let mut others = row.distinct.clone();
        others.insert(row.id);
        let mut alike = Vec::new();
        for one in candidates.alike(&row.values, &others)? {
            let title = candidates.register.title_field.as_ref().and_then(|field| {
                let (_, value) =
                    by_name(candidates.fields, &one.found).find(|(name, _)| *name == field)?;
                Some(value.to_string())
            });
            alike.push((Other::Record(one.found.id), title, one.likeness));
        }
        let value = |field: &Name| row.values.get(field)?.as_ref();
        let profile = Profile::of(candidates.rule, &value);
        for (other, likeness) in earlier.alike(row, &profile, candidates.effort) {
            let title = candidates.register.title_field.as_ref();
            let title = title.and_then(|field| other.values.get(field)?.as_ref());
            alike.push((Other::Row(other.number), title.map(ToString::to_string), likeness));
        }
        earlier.add(row, profile);
        let stays = |other: &Other| match other {
            Other::Record(_) => true,
            Other::Row(number) => !self.left_out.contains_key(number),
        };
        let reasons = alike.iter().filter(|(other, ..)| stays(other));
        // Of those equally alike the first: records come before rows, and rows in their order.
        let reason = reasons.min_by_key(|(.., likeness)| Reverse(likeness.score));
        if let Some(finding) = reason.map(|(other, _, likeness)| left_out(*other, likeness)) {
            self.left_out.insert(row.number, finding);
        }
        self.rows += u64::from(!alike.is_empty());
        self.count += alike.len() as u64;
        self.pairs.extend(alike.into_iter().map(|(other, title, likeness)| Pair {
            row: row.number,
            other,
            title,
            likeness,
        }));
        if self.pairs.len() > KEPT_MAX {
            self.most_alike();
        }
        Ok(())
    }

    /// The pairs that are told; the others are let go.
    fn most_alike(&mut self) -> &[Pair] {
        self.pairs.sort_by_key(|pair| (Reverse(pair.likeness.score), pair.row));
        self.pairs.truncate(LOOK_ALIKE_ROWS_TOLD_MAX);
        &self.pairs
    }
}

fn left_out(other: Other, likeness: &Likeness) -> Finding {
    let finding = match other {
        Other::Record(id) => Finding::error("row-like-record").with("record", id),
        Other::Row(number) => Finding::error("row-like-row").with("other", number),
    };
    finding.with("score", (likeness.score + 5) / 10)
}

fn pair_json(pair: &Pair) -> Json {
    let (id, other_row) = match pair.other {
        Other::Record(id) => (Some(id.to_string()), None),
        Other::Row(number) => (None, Some(number)),
    };
    json!({
        "row": pair.row,
        "id": id,
        "other_row": other_row,
        "title": pair.title,
        "score": fraction(pair.likeness.score),
        "reasons": pair.likeness.parts.iter().map(part_json).collect::<Vec<_>>(),
    })
}

/// Where a row is looked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// With a place: its band of latitude.
    Band(i32),
    /// Without a place, in this area.
    Placeless(String),
    /// With or without a place, in this area.
    Area(String),
    Anywhere,
}

/// The rows so far, by where they are and by time.
struct Earlier<'r> {
    register: &'r Register,
    rule: &'r LookAlike,
    rows: Vec<(&'r NewRow, Profile)>,
    /// Ground, time, position among the rows.
    index: BTreeSet<(Ground, i64, usize)>,
    /// How high a band is; how far times may be apart.
    reach: (i32, i64),
}

impl<'r> Earlier<'r> {
    fn new(register: &'r Register, rule: &'r LookAlike) -> Self {
        let high =
            rule.place.as_ref().zip(Position::from_units(0, 0).ok()).map(|(near, origin)| {
                let reach = u64::from(near.within.metres()) + u64::from(near.off_max().metres());
                sphere::around(origin, reach).north
            });
        let long = rule.time.as_ref();
        let long = long.map(|near| near.within.ms().saturating_add(near.off_max().ms()));
        Self {
            register,
            rule,
            rows: Vec::new(),
            index: BTreeSet::new(),
            reach: (high.unwrap_or(1).max(1), long.unwrap_or(i64::MAX)),
        }
    }

    /// The earlier rows that look like one, in their order.
    fn alike(
        &self,
        row: &NewRow,
        profile: &Profile,
        effort: &Effort,
    ) -> Vec<(&'r NewRow, Likeness)> {
        let mut near = BTreeSet::new();
        let window = self.window(profile);
        for ground in self.around(row, profile, window.as_ref()) {
            near.extend(self.in_time(&ground, profile, window.as_ref()));
        }
        let others = near.into_iter().filter_map(|at| self.rows.get(at));
        let others = others.filter(|(other, _)| {
            !row.distinct.contains(&other.id) && !other.distinct.contains(&row.id)
        });
        others
            .filter_map(|(other, theirs)| {
                Some((*other, score::likeness(self.rule, (profile, theirs), effort)?))
            })
            .collect()
    }

    fn add(&mut self, row: &'r NewRow, profile: Profile) {
        let (at, time) = (self.rows.len(), profile.time().map_or(i64::MIN, |time| time.from));
        let area = self.area(row);
        let placed = profile.place().map(|place| Ground::Band(self.band(place.at.lat())));
        let placeless = placed.is_none().then(|| area.clone().map(Ground::Placeless)).flatten();
        let grounds = [placed, placeless, area.map(Ground::Area), Some(Ground::Anywhere)];
        self.index.extend(grounds.into_iter().flatten().map(|ground| (ground, time, at)));
        self.rows.push((row, profile));
    }

    fn band(&self, lat: i32) -> i32 {
        lat.div_euclid(self.reach.0)
    }

    /// The area of the finest level that is known.
    fn area(&self, row: &NewRow) -> Option<String> {
        let mut known = self.register.area_fields.iter().rev();
        known.find_map(|field| Some(row.values.get(field)?.as_ref()?.to_string()))
    }

    fn window(&self, profile: &Profile) -> Option<BoundingBox> {
        let (near, place) = self.rule.place.as_ref().zip(profile.place())?;
        let reach = u64::from(near.within.metres()) + u64::from(near.off_max().metres());
        Some(sphere::around(place.at, reach))
    }

    fn around(&self, row: &NewRow, profile: &Profile, window: Option<&BoundingBox>) -> Vec<Ground> {
        let area = self.area(row);
        let Some(window) = window else {
            let is_known = profile.time().is_some() || profile.place().is_some();
            return is_known
                .then(|| area.map_or(Ground::Anywhere, Ground::Area))
                .into_iter()
                .collect();
        };
        let bands = self.band(window.south)..=self.band(window.north);
        bands.map(Ground::Band).chain(area.map(Ground::Placeless)).collect()
    }

    /// The nearest in time on one ground, before and after.
    fn in_time(
        &self,
        ground: &Ground,
        profile: &Profile,
        window: Option<&BoundingBox>,
    ) -> Vec<usize> {
        let at = |time: i64| (ground.clone(), time, 0);
        let end = |time: i64| (ground.clone(), time, usize::MAX);
        let (from, middle, until) = match profile.time() {
            None => (i64::MIN, i64::MIN, i64::MAX),
            Some(time) => {
                // A row without a time stands at the very beginning and is never near one that has it.
                let from = time.from.saturating_sub(self.reach.1).max(i64::MIN + 1);
                (from, time.from, time.until.saturating_add(self.reach.1))
            }
        };
        let holds = |position: &usize| {
            let theirs = self.rows.get(*position).and_then(|(_, profile)| profile.place());
            window.zip(theirs).is_none_or(|(window, place)| window.holds(place.at))
        };
        let after = self.index.range(at(middle)..=end(until)).take(WALKED_MAX);
        let before = self.index.range(at(from)..at(middle)).rev().take(WALKED_MAX);
        let after = after.map(|(.., at)| *at).filter(holds).take(LOOK_ALIKE_CANDIDATES_MAX);
        let before = before.map(|(.., at)| *at).filter(holds).take(LOOK_ALIKE_CANDIDATES_MAX);
        after.chain(before).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u64) -> NewRow {
        let id = RecordId::from_bytes([0; 16]);
        NewRow { number, id, values: Values::new(), distinct: BTreeSet::new() }
    }

    #[test]
    fn a_file_of_more_new_rows_than_are_compared_is_not_kept() {
        let mut new = NewRows::default();
        (0..LOOK_ALIKE_ROWS_MAX as u64).for_each(|number| new.add(row(number)));
        assert_eq!((new.rows.len(), new.are_too_many), (LOOK_ALIKE_ROWS_MAX, false));
        new.add(row(0));
        new.add(row(1));
        assert_eq!((new.rows.len(), new.are_too_many), (0, true));
        let found = Found::of(&new, &Effort::default(), |_found, _row| Ok(()));
        assert!(found.expect("looked").is_none());
    }

    #[test]
    fn rows_of_too_many_words_to_compare_are_not_told() {
        let mut new = NewRows::default();
        (0..3).for_each(|number| new.add(row(number)));
        for (each, looked_at) in
            [(LOOK_ALIKE_WORDS_COMPARED_MAX / 3, 3), (LOOK_ALIKE_WORDS_COMPARED_MAX / 2 + 1, 2)]
        {
            let effort = Effort::default();
            let mut rows = 0;
            let found = Found::of(&new, &effort, |_found, _row| {
                effort.spend(each);
                rows += 1;
                Ok(())
            });
            assert_eq!((rows, found.expect("looked").is_some()), (looked_at, looked_at == 3));
        }
    }
}
