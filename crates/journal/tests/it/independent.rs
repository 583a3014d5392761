//! A reader written from `docs/journal-format.md` alone. It uses no type and no function of ours:
//! if it and our own reader tell the same story, the document is right.
//!
//! Here are the file, the chain and the signatures; CBOR is in `cbor`, operations are in `body`.

mod body;
mod cbor;

use ed25519_dalek::{Signature, VerifyingKey};

use cbor::{Cursor, Item, Wrong, expect, hex, whole};

/// Checks a journal file, hash by hash and signature by signature, and tells what it says.
pub(crate) fn story(file: &[u8]) -> Result<String, Wrong> {
    let mut cursor = Cursor::new(file.strip_prefix(b"CASQUEJ1").ok_or("no magic")?);
    let mut chain = Chain::new(&cursor.item()?.bytes()?)?;
    loop {
        match cursor.item()?.array()?.as_slice() {
            [header, signature, body] => {
                chain.entry(&header.bytes()?, &signature.bytes()?, body)?;
            }
            [height, last] => {
                expect(height.number()? == chain.sequence, "height at the end")?;
                expect(last.bytes()? == chain.previous, "entry at the end")?;
                expect(cursor.is_over(), "nothing after the end")?;
                return Ok(chain.told.join("\n") + "\n");
            }
            _ => return Err("neither entry nor end".to_owned()),
        }
    }
}

/// A log as far as it was read.
struct Chain {
    log: Vec<u8>,
    key: VerifyingKey,
    sequence: u64,
    previous: Vec<u8>,
    told: Vec<String>,
}

impl Chain {
    fn new(descriptor: &[u8]) -> Result<Self, Wrong> {
        let parts = whole(descriptor)?.array()?;
        let [version, device, compartment, lane, incarnation] = parts.as_slice() else {
            return Err("a descriptor has five parts".to_owned());
        };
        expect(version.number()? == 1, "descriptor version")?;
        let log = blake3::derive_key("casque journal v1 log", descriptor)[..16].to_vec();
        let device = device.bytes()?;
        let bytes = <[u8; 32]>::try_from(device.as_slice()).map_err(|error| error.to_string())?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|error| error.to_string())?;
        expect(!key.is_weak(), "device key")?;
        let owner = format!(
            "device {} compartment {} lane {} incarnation {}",
            hex(&device),
            body::or_none(compartment, Item::text)?,
            lane.number()?,
            incarnation.number()?
        );
        let told = vec![format!("log {}", hex(&log)), owner];
        Ok(Self { log, key, sequence: 0, previous: vec![0; 32], told })
    }

    fn entry(&mut self, header: &[u8], signature: &[u8], body: &Item) -> Result<(), Wrong> {
        let parts = whole(header)?.array()?;
        let [version, log, sequence, previous, at, length, hash] = parts.as_slice() else {
            return Err("a header has seven parts".to_owned());
        };
        expect(version.number()? == 1, "header version")?;
        expect(log.bytes()? == self.log, "log id")?;
        expect(sequence.number()? == self.sequence, "sequence")?;
        expect(previous.bytes()? == self.previous, "previous")?;
        let id = self.signed_id(header, signature)?;
        self.told.push(format!("entry {} {} at {}", self.sequence, hex(&id), at.number()?));
        self.body(body, length.number()?, &hash.bytes()?)?;
        self.sequence += 1;
        self.previous = id;
        Ok(())
    }

    fn signed_id(&self, header: &[u8], signature: &[u8]) -> Result<Vec<u8>, Wrong> {
        let id = blake3::derive_key("casque journal v1 entry", header);
        let signed = [&b"casque journal v1 signature"[..], &id].concat();
        let signature = Signature::from_slice(signature).map_err(|error| error.to_string())?;
        self.key.verify_strict(&signed, &signature).map_err(|error| error.to_string())?;
        Ok(id.to_vec())
    }

    fn body(&mut self, body: &Item, length: u64, hash: &[u8]) -> Result<(), Wrong> {
        expect(length <= 1_114_112, "body length")?;
        if *body == Item::Null {
            self.told.push(format!("  erased {length} bytes {}", hex(hash)));
            return Ok(());
        }
        let body = body.bytes()?;
        expect(u64::try_from(body.len()) == Ok(length), "body length")?;
        expect(blake3::hash(&body).as_bytes()[..] == *hash, "body hash")?;
        self.told.extend(body::operation(&whole(&body)?)?);
        Ok(())
    }
}
