//! Messages of protocol buffers, as far as an ONNX file needs them: read field by
//! field, and what is not understood is kept as it stands.

/// One field of a message of protocol buffers.
pub(super) struct Field<'a> {
    /// Its number.
    pub(super) number: u64,
    /// What it holds.
    pub(super) value: Value<'a>,
    /// With its key, as it stands in the message.
    pub(super) whole: &'a [u8],
}

/// The value of a field.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    /// A number.
    Number(u64),
    /// Four bytes.
    Four([u8; 4]),
    /// Eight bytes, which nobody here wants.
    Eight,
    /// A text, another message, or numbers one after the other.
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    /// Its bytes: a text or another message.
    ///
    /// # Errors
    /// When it is something else.
    pub(super) fn bytes(&self) -> Result<&'a [u8], String> {
        match self.value {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(broken()),
        }
    }
}

/// The fields of a message, in their order.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field().ok_or_else(broken);
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<Field<'a>> {
        let from = self.0;
        let key = self.number()?;
        let value = match key & 7 {
            0 => Value::Number(self.number()?),
            1 => self.take(8).map(|_| Value::Eight)?,
            2 => {
                let length = usize::try_from(self.number()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Four(self.take(4)?.try_into().ok()?),
            _ => return None,
        };
        Some(Field {
            number: key >> 3,
            value,
            whole: &from[..from.len() - self.0.len()],
        })
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of variable length.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

/// The numbers of variable length that bytes are.
///
/// # Errors
/// When the last one is not whole.
pub(super) fn packed(bytes: &[u8]) -> Result<Vec<u64>, String> {
    let mut rest = Fields(bytes);
    let mut all = Vec::new();
    while !rest.0.is_empty() {
        all.push(rest.number().ok_or_else(broken)?);
    }
    Ok(all)
}

fn broken() -> String {
    "不是完整的 ONNX 文件".to_owned()
}

fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A field that is bytes, a text or another message.
pub(super) fn put(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    put_varint(out, number << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// A field that is a number.
pub(super) fn put_number(out: &mut Vec<u8>, number: u64, value: u64) {
    put_varint(out, number << 3);
    put_varint(out, value);
}
