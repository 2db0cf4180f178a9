//! Convolutions of whole numbers that pad, as two nodes of a graph: one that pads with
//! the zero point, one that pads no more.

use super::onnx::{
    ATTRIBUTE_INTEGERS, ATTRIBUTE_NAME, INTEGERS, NODE_ATTRIBUTE, NODE_INPUT, NODE_NAME,
    NODE_OPERATOR, NODE_OUTPUT, TENSOR_INTEGERS, TENSOR_KIND, TENSOR_NAME, TENSOR_SHAPE, text,
};
use super::protobuf::{Fields, Value, packed, put, put_number};

/// A convolution that pads.
pub(super) struct Padded<'a> {
    node: &'a [u8],
    name: &'a [u8],
    input: &'a [u8],
    zero: &'a [u8],
    /// Before and after each dimension that it goes over.
    pub(super) around: Vec<u64>,
}

impl<'a> Padded<'a> {
    /// Nothing where it pads nothing.
    ///
    /// # Errors
    /// When the node is broken, or has no zero point.
    pub(super) fn read(node: &'a [u8]) -> Result<Option<Self>, String> {
        let (mut inputs, mut around) = (Vec::new(), Vec::new());
        for field in Fields(node) {
            let field = field?;
            match field.number {
                NODE_INPUT => inputs.push(field.bytes()?),
                NODE_ATTRIBUTE if text(field.bytes()?, ATTRIBUTE_NAME)? == PADS => {
                    around = integers(field.bytes()?)?;
                }
                _ => {}
            }
        }
        if around.iter().all(|n| *n == 0) {
            return Ok(None);
        }
        match inputs[..] {
            [input, _, zero, ..] if !zero.is_empty() => Ok(Some(Self {
                node,
                name: text(node, NODE_NAME)?,
                input,
                zero,
                around,
            })),
            _ => Err("ConvInteger 没有零点".to_owned()),
        }
    }

    fn between(&self) -> Vec<u8> {
        [self.name, b"/padded"].concat()
    }

    /// The node that pads.
    pub(super) fn pad(&self) -> Vec<u8> {
        let mut node = Vec::new();
        put(&mut node, NODE_INPUT, self.input);
        put(&mut node, NODE_INPUT, named(&self.around).as_bytes());
        put(&mut node, NODE_INPUT, self.zero);
        put(&mut node, NODE_OUTPUT, &self.between());
        put(&mut node, NODE_NAME, &[self.name, b"/Pad"].concat());
        put(&mut node, NODE_OPERATOR, b"Pad");
        node
    }

    /// The convolution of what has been padded.
    ///
    /// # Errors
    /// When the node is broken.
    pub(super) fn convolution(&self) -> Result<Vec<u8>, String> {
        let mut out = Vec::with_capacity(self.node.len() + 64);
        let mut is_first = true;
        for field in Fields(self.node) {
            let field = field?;
            match field.number {
                NODE_INPUT if is_first => {
                    put(&mut out, NODE_INPUT, &self.between());
                    is_first = false;
                }
                // None is the same as none anywhere.
                NODE_ATTRIBUTE if text(field.bytes()?, ATTRIBUTE_NAME)? == PADS => {}
                _ => out.extend_from_slice(field.whole),
            }
        }
        Ok(out)
    }
}

/// The attribute that says how much is padded.
pub(super) const PADS: &[u8] = b"pads";

/// Numbers one by one or packed into one field.
fn integers(attribute: &[u8]) -> Result<Vec<u64>, String> {
    let mut all = Vec::new();
    for field in Fields(attribute) {
        let field = field?;
        match (field.number, field.value) {
            (ATTRIBUTE_INTEGERS, Value::Number(number)) => all.push(number),
            (ATTRIBUTE_INTEGERS, Value::Bytes(bytes)) => all.extend(packed(bytes)?),
            _ => {}
        }
    }
    Ok(all)
}

/// What the tensor of so much padding is called.
fn named(around: &[u64]) -> String {
    let numbers: Vec<String> = around.iter().map(ToString::to_string).collect();
    format!("linli.pads.{}", numbers.join("."))
}

/// The tensor: nothing around the first two dimensions, which are not gone over.
pub(super) fn amounts(around: &[u64]) -> Vec<u8> {
    let (before, after) = around.split_at(around.len() / 2);
    let all = [&[0, 0], before, &[0, 0], after].concat();
    let mut out = Vec::new();
    put_number(&mut out, TENSOR_SHAPE, all.len() as u64);
    put_number(&mut out, TENSOR_KIND, INTEGERS);
    for number in all {
        put_number(&mut out, TENSOR_INTEGERS, number);
    }
    put(&mut out, TENSOR_NAME, named(around).as_bytes());
    out
}
