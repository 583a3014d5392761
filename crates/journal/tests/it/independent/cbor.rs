//! CBOR as section 1 of the document has it.

/// What went wrong, in words.
pub(crate) type Wrong = String;

/// A CBOR item. The order is that of the document's sets.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) enum Item {
    Number(u64),
    Negative(i128),
    Bytes(Vec<u8>),
    Text(String),
    Array(Vec<Item>),
    Map(Vec<(Item, Item)>),
    Tag(u64, Box<Item>),
    Boolean(bool),
    Null,
}

impl Item {
    pub(crate) fn number(&self) -> Result<u64, Wrong> {
        if let Self::Number(number) = self { Ok(*number) } else { self.is_no("number") }
    }

    pub(crate) fn integer(&self) -> Result<i128, Wrong> {
        match self {
            Self::Number(number) => Ok(i128::from(*number)),
            Self::Negative(number) => Ok(*number),
            _ => self.is_no("integer"),
        }
    }

    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Wrong> {
        if let Self::Bytes(bytes) = self { Ok(bytes.clone()) } else { self.is_no("byte string") }
    }

    pub(crate) fn text(&self) -> Result<String, Wrong> {
        if let Self::Text(text) = self { Ok(text.clone()) } else { self.is_no("text") }
    }

    pub(crate) fn array(&self) -> Result<Vec<Item>, Wrong> {
        if let Self::Array(items) = self { Ok(items.clone()) } else { self.is_no("array") }
    }

    fn is_no<T>(&self, shape: &str) -> Result<T, Wrong> {
        Err(format!("{self:?} is no {shape}"))
    }
}

/// Reads one item and nothing after it.
pub(crate) fn whole(bytes: &[u8]) -> Result<Item, Wrong> {
    let mut cursor = Cursor::new(bytes);
    let item = cursor.item()?;
    expect(cursor.is_over(), "nothing after the item")?;
    Ok(item)
}

/// Demands strictly ascending order.
pub(crate) fn ascending(items: &[Item]) -> Result<(), Wrong> {
    expect(items.windows(2).all(|two| two[0] < two[1]), "ascending order")
}

/// Demands that something holds.
pub(crate) fn expect(holds: bool, what: &str) -> Result<(), Wrong> {
    if holds { Ok(()) } else { Err(format!("wrong: {what}")) }
}

/// Two digits for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A place in the bytes that are read.
pub(crate) struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// Reads the next item.
    pub(crate) fn item(&mut self) -> Result<Item, Wrong> {
        let first = self.take(1)?[0];
        match first {
            0xf4 => return Ok(Item::Boolean(false)),
            0xf5 => return Ok(Item::Boolean(true)),
            0xf6 => return Ok(Item::Null),
            _ => {}
        }
        let (width, least) = match first & 0x1f {
            0x00..=0x17 => return self.after_head(first >> 5, u64::from(first & 0x1f)),
            0x18 => (1, 24),
            0x19 => (2, 1 << 8),
            0x1a => (4, 1 << 16),
            0x1b => (8, 1 << 32),
            _ => return Err(format!("{first:#x} begins no item")),
        };
        let bytes = self.take(width)?.iter();
        let number = bytes.fold(0, |number: u64, byte| (number << 8) | u64::from(*byte));
        expect(number >= least, "the shortest form")?;
        self.after_head(first >> 5, number)
    }

    fn after_head(&mut self, major: u8, number: u64) -> Result<Item, Wrong> {
        Ok(match major {
            0 => Item::Number(number),
            1 => Item::Negative(-1 - i128::from(number)),
            2 => Item::Bytes(self.take(number)?.to_vec()),
            3 => {
                let text = String::from_utf8(self.take(number)?.to_vec());
                Item::Text(text.map_err(|error| error.to_string())?)
            }
            4 => Item::Array((0..number).map(|_| self.item()).collect::<Result<_, _>>()?),
            5 => Item::Map((0..number).map(|_| self.pair()).collect::<Result<_, _>>()?),
            6 => Item::Tag(number, Box::new(self.item()?)),
            _ => return Err("a float or another simple value".to_owned()),
        })
    }

    fn pair(&mut self) -> Result<(Item, Item), Wrong> {
        Ok((self.item()?, self.item()?))
    }

    fn take(&mut self, length: u64) -> Result<&'b [u8], Wrong> {
        let from = self.at;
        let to = usize::try_from(length).ok().and_then(|length| from.checked_add(length));
        let taken = to.and_then(|to| self.bytes.get(from..to)).ok_or("the bytes end early")?;
        self.at += taken.len();
        Ok(taken)
    }
}
