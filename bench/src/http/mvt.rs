//! Vector tiles taken apart as far as a comparison needs: how many records each layer stands for.

use anyhow::{Context, bail, ensure};

/// How many records the features of a tile stand for: `count` of each where it has one, else one.
pub(crate) fn records(tile: &[u8]) -> anyhow::Result<u64> {
    let mut sum = 0;
    for field in Fields(tile) {
        if let (3, Part::Bytes(layer)) = field? {
            sum += records_of_layer(layer)?;
        }
    }
    Ok(sum)
}

fn records_of_layer(layer: &[u8]) -> anyhow::Result<u64> {
    let (mut features, mut keys, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for field in Fields(layer) {
        match field? {
            (2, Part::Bytes(feature)) => features.push(feature),
            (3, Part::Bytes(key)) => keys.push(key),
            (4, Part::Bytes(value)) => values.push(value),
            _ => {}
        }
    }
    let key = keys.iter().position(|key| *key == b"count");
    features.iter().map(|feature| records_of_feature(feature, key, &values)).sum()
}

fn records_of_feature(feature: &[u8], key: Option<usize>, values: &[&[u8]]) -> anyhow::Result<u64> {
    for field in Fields(feature) {
        let (2, Part::Bytes(mut tags)) = field? else { continue };
        while !tags.is_empty() {
            let (name, value) = (varint(&mut tags)?, varint(&mut tags)?);
            if usize::try_from(name).ok() == key {
                let value = values.get(usize::try_from(value)?).context("no such value")?;
                return whole_number(value);
            }
        }
    }
    Ok(1)
}

fn whole_number(value: &[u8]) -> anyhow::Result<u64> {
    for field in Fields(value) {
        match field? {
            (4 | 5, Part::Number(number)) => return Ok(number),
            (6, Part::Number(number)) => return Ok(number >> 1),
            _ => {}
        }
    }
    bail!("a count that is no whole number")
}

/// A field's content.
enum Part<'b> {
    Number(u64),
    Bytes(&'b [u8]),
    Other,
}

/// The fields of a message with their numbers.
struct Fields<'b>(&'b [u8]);

impl<'b> Iterator for Fields<'b> {
    type Item = anyhow::Result<(u64, Part<'b>)>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.0.is_empty()).then(|| self.field())
    }
}

impl<'b> Fields<'b> {
    fn field(&mut self) -> anyhow::Result<(u64, Part<'b>)> {
        let key = varint(&mut self.0)?;
        let part = match key & 7 {
            0 => Part::Number(varint(&mut self.0)?),
            2 => {
                let length = usize::try_from(varint(&mut self.0)?)?;
                Part::Bytes(self.take(length)?)
            }
            1 => self.take(8).map(|_bytes| Part::Other)?,
            5 => self.take(4).map(|_bytes| Part::Other)?,
            other => bail!("a field of kind {other}"),
        };
        Ok((key >> 3, part))
    }

    fn take(&mut self, length: usize) -> anyhow::Result<&'b [u8]> {
        ensure!(length <= self.0.len(), "a message is cut off");
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        Ok(taken)
    }
}

fn varint(bytes: &mut &[u8]) -> anyhow::Result<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().context("a number is cut off")?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(number);
        }
    }
    bail!("a number of more than ten bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One layer: key `count`, value 300, a feature with it and one without tags.
    const TILE: [u8; 22] = [
        0x1a, 20, 0x1a, 5, b'c', b'o', b'u', b'n', b't', 0x22, 3, 0x28, 0xac, 0x02, 0x12, 4, 0x12,
        2, 0, 0, 0x12, 0,
    ];

    #[test]
    fn features_stand_for_one_record_or_for_their_count() {
        assert_eq!(records(&TILE).expect("a tile"), 301);
        assert_eq!(records(&[]).expect("an empty tile"), 0);
        assert!(records(&TILE[..9]).is_err());
    }
}
