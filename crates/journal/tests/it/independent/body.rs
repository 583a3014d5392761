//! Bodies as sections 4 and 5 of the document have them.

use super::cbor::{Item, Wrong, ascending, expect, hex};

/// A line or a few, or what is wrong.
type Told<T = String> = Result<T, Wrong>;

/// Tells an operation.
pub(crate) fn operation(body: &Item) -> Told<Vec<String>> {
    let Item::Map(pairs) = body else {
        return Err("a body is a map".to_owned());
    };
    expect(pairs.windows(2).all(|two| two[0].0 < two[1].0), "keys ascend")?;
    let part =
        |key| pairs.iter().find(|(known, _)| *known == Item::Number(key)).map(|(_, part)| part);
    let always = |key| part(key).ok_or(format!("key {key} is missing"));
    let word = |key, word: &str, tell: fn(&Item) -> Told| match part(key) {
        Some(item) => tell(item).map(|told| format!(" {word} {told}")),
        None => Ok(String::new()),
    };
    let references = part(8).map_or(Ok(vec![]), Item::array)?;
    ascending(&references)?;
    let references = References(references.iter().map(id).collect::<Told<_>>()?);
    let kind = always(0)?.number()?;
    let mut told = vec![format!(
        "  kind {kind}{} user {} schema {} epoch {}{}{}{}",
        word(1, "record", id)?,
        always(2)?.number()?,
        always(3)?.number()?,
        always(4)?.number()?,
        word(5, "batch", id)?,
        word(6, "reason", quoted)?,
        word(7, "proof", id)?,
    )];
    for line in references.payload(kind, always(9)?)? {
        told.push(format!("    {line}"));
    }
    Ok(told)
}

/// What `tell` tells, or that there is nothing.
pub(crate) fn or_none<T: ToString>(item: &Item, tell: impl Fn(&Item) -> Told<T>) -> Told {
    if *item == Item::Null {
        return Ok("none".to_owned());
    }
    tell(item).map(|told| told.to_string())
}

/// The entries a payload names by their place.
struct References(Vec<String>);

impl References {
    fn payload(&self, kind: u64, payload: &Item) -> Told<Vec<String>> {
        let one_line = match kind {
            1 => return self.set(&payload.array()?),
            11 => return pack(&payload.array()?),
            2 => format!("delete{}", self.over(payload)?),
            3 => format!("restore{}", self.over(payload)?),
            8 => format!("remove{}", self.over(payload)?),
            4..=9 => self.about_record(kind, &payload.array()?)?,
            10 | 12 => batch_or_locked(&payload.array()?)?,
            16..=20 => member(kind, &payload.array()?)?,
            _ => format!("unknown, refers to [{}]", self.0.join(" ")),
        };
        Ok(vec![one_line])
    }

    fn set(&self, parts: &[Item]) -> Told<Vec<String>> {
        let [register, edits] = parts else {
            return Err("a set has two parts".to_owned());
        };
        let mut told = vec![format!("set {}", register.text()?)];
        for edit in edits.array()? {
            told.push(self.edit(&edit.array()?)?);
        }
        Ok(told)
    }

    fn edit(&self, parts: &[Item]) -> Told {
        let [field, value, places @ ..] = parts else {
            return Err("an edit has two parts or more".to_owned());
        };
        let over = self.over(&Item::Array(places.to_vec()))?;
        Ok(format!("  {} = {}{over}", field.text()?, content(value)?))
    }

    fn about_record(&self, kind: u64, parts: &[Item]) -> Told {
        Ok(match (kind, parts) {
            (4, [workflow, from, to, time, seen]) => format!(
                "move {} from {} to {} effective {}{}",
                workflow.text()?,
                or_none(from, Item::text)?,
                to.text()?,
                or_none(time, Item::integer)?,
                self.over(seen)?
            ),
            (5, [text, field, answers, seen]) => format!(
                "comment {} field {} answers {}{}",
                quoted(text)?,
                or_none(field, Item::text)?,
                or_none(answers, |item| self.entry(item))?,
                self.over(seen)?
            ),
            (6, [blob, bytes, name, media, field, key, seen]) => format!(
                "attach {} of {} bytes {} {} field {} key {}{}",
                id(blob)?,
                bytes.number()?,
                quoted(name)?,
                quoted(media)?,
                or_none(field, Item::text)?,
                or_none(key, id)?,
                self.over(seen)?
            ),
            (7, [relation, target, seen]) => {
                format!("link {} {}{}", relation.text()?, id(target)?, self.over(seen)?)
            }
            (9, [entries, blobs]) => {
                format!("erase{} blobs {}", self.over(entries)?, set(blobs, id)?)
            }
            _ => return Err(format!("the payload of kind {kind}")),
        })
    }

    fn over(&self, places: &Item) -> Told {
        Ok(format!(" over {}", set(places, |item| self.entry(item))?))
    }

    fn entry(&self, place: &Item) -> Told {
        let place = usize::try_from(place.number()?).map_err(|error| error.to_string())?;
        self.0.get(place).cloned().ok_or(format!("no entry at place {place}"))
    }
}

fn batch_or_locked(parts: &[Item]) -> Told {
    Ok(match parts {
        [register, mapping, file, hash, rows] => format!(
            "batch {} by {} from {} {} of {} rows",
            register.text()?,
            mapping.text()?,
            quoted(file)?,
            id(hash)?,
            rows.number()?
        ),
        [nonce, bytes] => format!("locked {} {}", id(nonce)?, id(bytes)?),
        _ => return Err("neither batch nor locked".to_owned()),
    })
}

fn pack(parts: &[Item]) -> Told<Vec<String>> {
    let [name, version, hash, files] = parts else {
        return Err("a pack has four parts".to_owned());
    };
    let files = files.array()?;
    ascending(&files)?;
    let mut told = vec![format!("pack {} {} {}", name.text()?, quoted(version)?, id(hash)?)];
    for file in files {
        match file.array()?.as_slice() {
            [path, blob, bytes] => told.push(format!(
                "file {} {} of {} bytes",
                quoted(path)?,
                id(blob)?,
                bytes.number()?
            )),
            _ => return Err("a file has three parts".to_owned()),
        }
    }
    Ok(told)
}

fn member(kind: u64, parts: &[Item]) -> Told {
    Ok(match (kind, parts) {
        (16, [device, label, compartments, until]) => format!(
            "admit {} {} compartments {} until {}",
            id(device)?,
            quoted(label)?,
            set(compartments, Item::text)?,
            or_none(until, Item::integer)?
        ),
        (17, [device, heads]) => format!("revoke {} believed {}", id(device)?, set(heads, head)?),
        (18, [number, login, display, roles, areas, compartments, clearance, disabled]) => format!(
            "user {} {} {} roles {} areas {} compartments {} clearance {} disabled {}",
            number.number()?,
            quoted(login)?,
            quoted(display)?,
            set(roles, Item::text)?,
            set(areas, quoted)?,
            set(compartments, Item::text)?,
            clearance.number()?,
            *disabled == Item::Boolean(true)
        ),
        (19, [version, device, compartment, lane, incarnation]) => format!(
            "log {} {} {} {} {}",
            version.number()?,
            id(device)?,
            or_none(compartment, Item::text)?,
            lane.number()?,
            incarnation.number()?
        ),
        (20, [name, epoch, key, recipients]) => format!(
            "compartment {} {} {} for {}",
            name.text()?,
            epoch.number()?,
            id(key)?,
            set(recipients, recipient)?
        ),
        _ => return Err(format!("the payload of kind {kind}")),
    })
}

fn content(item: &Item) -> Told {
    Ok(match item {
        Item::Null => "cleared".to_owned(),
        Item::Text(text) => format!("text {text:?}"),
        Item::Boolean(yes) => format!("boolean {yes}"),
        Item::Number(_) | Item::Negative(_) => format!("integer {}", item.integer()?),
        Item::Tag(4, parts) => match parts.array()?.as_slice() {
            [exponent, mantissa] => {
                format!("decimal {}e{}", mantissa.integer()?, exponent.integer()?)
            }
            _ => return Err("a decimal has two parts".to_owned()),
        },
        Item::Tag(100, days) => format!("date {}", days.integer()?),
        Item::Tag(6, time) => format!("time {}", time.integer()?),
        Item::Tag(7, code) => format!("code {}", quoted(code)?),
        Item::Tag(8, codes) => format!("codes {}", set(codes, quoted)?),
        Item::Tag(9, steps) => format!("point {}", positions(steps, false)?),
        Item::Tag(10, steps) => format!("line {}", positions(steps, false)?),
        Item::Tag(11, polygons) => format!("area {}", list(polygons, polygon)?),
        Item::Tag(12, record) => format!("record {}", id(record)?),
        Item::Tag(13, blob) => format!("blob {}", id(blob)?),
        Item::Tag(15, rows) => format!("rows {}", list(rows, row)?),
        Item::Tag(14, parts) => match parts.array()?.as_slice() {
            [name, epoch, bytes] => {
                format!("sealed {} {} {}", name.text()?, epoch.number()?, id(bytes)?)
            }
            _ => return Err("sealed content has three parts".to_owned()),
        },
        other => return Err(format!("{other:?} is no content")),
    })
}

/// Names and contents in turn, names ascending; no row says that there is nothing.
fn row(row: &Item) -> Told {
    let items = row.array()?;
    expect(items.len().is_multiple_of(2), "names and contents in turn")?;
    let names: Vec<Item> = items.iter().step_by(2).cloned().collect();
    ascending(&names)?;
    let pair = |pair: &[Item]| {
        expect(pair[1] != Item::Null && !matches!(pair[1], Item::Tag(14, _)), "a value")?;
        Ok(format!("{}: {}", pair[0].text()?, content(&pair[1])?))
    };
    let told: Vec<String> = items.chunks(2).map(pair).collect::<Told<_>>()?;
    Ok(format!("{{{}}}", told.join(", ")))
}

fn polygon(rings: &Item) -> Told {
    list(rings, |steps| positions(steps, true))
}

/// Adds up steps; a ring goes back to where it began.
fn positions(steps: &Item, is_ring: bool) -> Told {
    let steps: Vec<i128> = steps.array()?.iter().map(Item::integer).collect::<Told<_>>()?;
    let (mut lon, mut lat, mut told) = (0, 0, Vec::new());
    for step in steps.chunks(2) {
        (lon, lat) = (lon + step[0], lat + step[1]);
        expect(lon.abs() <= 1_800_000_000 && lat.abs() <= 900_000_000, "a place on earth")?;
        told.push(format!("{lon} {lat}"));
    }
    told.extend(is_ring.then(|| told[0].clone()));
    Ok(format!("({})", told.join(", ")))
}

fn head(item: &Item) -> Told {
    match item.array()?.as_slice() {
        [log, height, entry] => Ok(format!("{} {} {}", id(log)?, height.number()?, id(entry)?)),
        _ => Err("a head has three parts".to_owned()),
    }
}

fn recipient(item: &Item) -> Told {
    match item.array()?.as_slice() {
        [user, key] => Ok(format!("{} {}", user.number()?, id(key)?)),
        _ => Err("a recipient has two parts".to_owned()),
    }
}

fn set(item: &Item, tell: impl Fn(&Item) -> Told) -> Told {
    ascending(&item.array()?)?;
    list(item, tell)
}

fn list(item: &Item, tell: impl Fn(&Item) -> Told) -> Told {
    let told: Vec<String> = item.array()?.iter().map(tell).collect::<Told<_>>()?;
    Ok(format!("[{}]", told.join(" ")))
}

fn quoted(item: &Item) -> Told {
    Ok(format!("{:?}", item.text()?))
}

fn id(item: &Item) -> Told {
    Ok(hex(&item.bytes()?))
}
