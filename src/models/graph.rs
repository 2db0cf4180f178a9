//! Kokoro's graph, changed in one place for an engine that has standard
//! operators only.
//!
//! ONNX Runtime's optimiser left one operator of its own in the published
//! file, a product whose first factor is transposed on the way. The same is
//! said here in two standard ones. Every other byte is the publisher's, so the
//! result is always the same file; that it was changed is written into it, as
//! its licence asks.

/// The node that is replaced.
const NODE: &str = "/encoder/MatMul/MatmulTransposeFusion/";

/// What is written into the file's own properties.
const NOTICE: (&str, &str) = (
    "linli.changed",
    "FusedMatMul /encoder/MatMul/MatmulTransposeFusion/ replaced by Transpose and MatMul",
);

// Numbers of the fields in onnx.proto.
const MODEL_GRAPH: u64 = 7;
const MODEL_PROPERTIES: u64 = 14;
const GRAPH_NODE: u64 = 1;
const NODE_INPUT: u64 = 1;
const NODE_OUTPUT: u64 = 2;
const NODE_NAME: u64 = 3;
const NODE_OPERATOR: u64 = 4;
const NODE_ATTRIBUTE: u64 = 5;
const ATTRIBUTE_NAME: u64 = 1;
const ATTRIBUTE_FLOAT: u64 = 2;
const ATTRIBUTE_INTEGER: u64 = 3;
const ATTRIBUTE_INTEGERS: u64 = 8;
const ATTRIBUTE_KIND: u64 = 20;

/// An attribute that is a list of integers.
const INTEGERS: u64 = 7;

/// The graph as the engine takes it.
///
/// # Errors
/// When the bytes are no ONNX model, or the node is not there exactly once and
/// as it was published.
pub(super) fn changed(model: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(model.len() + 1024);
    let mut replaced = 0;
    for field in Fields(model) {
        let field = field?;
        match field.number {
            MODEL_GRAPH => {
                let graph = changed_graph(field.bytes()?, &mut replaced)?;
                put(&mut out, MODEL_GRAPH, &graph);
            }
            _ => out.extend_from_slice(field.whole),
        }
    }
    if replaced != 1 {
        return Err(format!("计算图里有 {replaced} 个 {NODE}，应有 1 个"));
    }
    let mut notice = Vec::new();
    put(&mut notice, 1, NOTICE.0.as_bytes());
    put(&mut notice, 2, NOTICE.1.as_bytes());
    put(&mut out, MODEL_PROPERTIES, &notice);
    Ok(out)
}

fn changed_graph(graph: &[u8], replaced: &mut usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(graph.len() + 512);
    for field in Fields(graph) {
        let field = field?;
        match field.number {
            GRAPH_NODE if is_wanted(field.bytes()?)? => {
                let fused = Fused::read(field.bytes()?)?;
                // The first comes before the second: nodes stand in the order
                // in which they are computed.
                put(&mut out, GRAPH_NODE, &fused.transpose());
                put(&mut out, GRAPH_NODE, &fused.product());
                *replaced += 1;
            }
            _ => out.extend_from_slice(field.whole),
        }
    }
    Ok(out)
}

fn is_wanted(node: &[u8]) -> Result<bool, String> {
    for field in Fields(node) {
        let field = field?;
        if field.number == NODE_NAME {
            return Ok(field.bytes()? == NODE.as_bytes());
        }
    }
    Ok(false)
}

/// A product whose first factor, of three dimensions, is transposed.
struct Fused<'a> {
    inputs: [&'a [u8]; 2],
    output: &'a [u8],
}

impl<'a> Fused<'a> {
    fn read(node: &'a [u8]) -> Result<Self, String> {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        let mut is_transposed = false;
        for field in Fields(node) {
            let field = field?;
            match field.number {
                NODE_INPUT => inputs.push(field.bytes()?),
                NODE_OUTPUT => outputs.push(field.bytes()?),
                NODE_OPERATOR if field.bytes()? != b"FusedMatMul" => {
                    return Err(format!("{NODE} 不是 FusedMatMul"));
                }
                NODE_ATTRIBUTE => is_transposed |= is_transposition(field.bytes()?)?,
                _ => {}
            }
        }
        match (&inputs[..], &outputs[..]) {
            ([first, second], [output]) if is_transposed => Ok(Self {
                inputs: [first, second],
                output,
            }),
            _ => Err(format!("{NODE} 的输入、输出或属性与登记的不同")),
        }
    }

    /// Name of what is between the two operators.
    fn between(&self) -> Vec<u8> {
        [self.output, b"/transposed"].concat()
    }

    fn transpose(&self) -> Vec<u8> {
        let mut order = Vec::new();
        put(&mut order, ATTRIBUTE_NAME, b"perm");
        for dimension in [0, 2, 1] {
            put_number(&mut order, ATTRIBUTE_INTEGERS, dimension);
        }
        put_number(&mut order, ATTRIBUTE_KIND, INTEGERS);
        let mut node = Vec::new();
        put(&mut node, NODE_INPUT, self.inputs[0]);
        put(&mut node, NODE_OUTPUT, &self.between());
        put(&mut node, NODE_NAME, format!("{NODE}Transpose").as_bytes());
        put(&mut node, NODE_OPERATOR, b"Transpose");
        put(&mut node, NODE_ATTRIBUTE, &order);
        node
    }

    fn product(&self) -> Vec<u8> {
        let mut node = Vec::new();
        put(&mut node, NODE_INPUT, &self.between());
        put(&mut node, NODE_INPUT, self.inputs[1]);
        put(&mut node, NODE_OUTPUT, self.output);
        put(&mut node, NODE_NAME, format!("{NODE}MatMul").as_bytes());
        put(&mut node, NODE_OPERATOR, b"MatMul");
        node
    }
}

/// Whether this attribute says that the first factor is transposed. Any other
/// must say that nothing is done: no second transposition, a factor of 1.
fn is_transposition(attribute: &[u8]) -> Result<bool, String> {
    let (mut name, mut integer, mut float) = (&b""[..], 0, None);
    for field in Fields(attribute) {
        let field = field?;
        match (field.number, field.value) {
            (ATTRIBUTE_NAME, _) => name = field.bytes()?,
            (ATTRIBUTE_INTEGER, Value::Number(number)) => integer = number,
            (ATTRIBUTE_FLOAT, Value::Four(bytes)) => float = Some(f32::from_le_bytes(bytes)),
            _ => {}
        }
    }
    match (name, integer, float) {
        (b"transA", 1, _) => Ok(true),
        (b"alpha", _, Some(1.0))
        | (b"transA" | b"transB" | b"transBatchA" | b"transBatchB", 0, _) => Ok(false),
        _ => Err(format!("{NODE} 的属性与登记的不同")),
    }
}

/// One field of a message of protocol buffers.
struct Field<'a> {
    number: u64,
    value: Value<'a>,
    /// With its key, as it stands in the message.
    whole: &'a [u8],
}

#[derive(Clone, Copy)]
enum Value<'a> {
    Number(u64),
    Four([u8; 4]),
    Eight,
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    fn bytes(&self) -> Result<&'a [u8], String> {
        match self.value {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(broken()),
        }
    }
}

/// The fields of a message, in their order.
struct Fields<'a>(&'a [u8]);

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
fn put(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    put_varint(out, number << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn put_number(out: &mut Vec<u8>, number: u64, value: u64) {
    put_varint(out, number << 3);
    put_varint(out, value);
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A graph of two nodes, as it is published and as it is changed.
    pub(in crate::models) fn small() -> [Vec<u8>; 2] {
        let add = node("before", "Add", &["x", "y"], &[]);
        let published = model(&[add, fused(1)]);
        let changed = changed(&published).unwrap();
        [published, changed]
    }

    fn attribute(name: &str, integer: u64) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, ATTRIBUTE_NAME, name.as_bytes());
        put_number(&mut out, ATTRIBUTE_INTEGER, integer);
        put_number(&mut out, ATTRIBUTE_KIND, 2);
        out
    }

    fn node(name: &str, operator: &str, inputs: &[&str], attributes: &[Vec<u8>]) -> Vec<u8> {
        let mut out = Vec::new();
        for input in inputs {
            put(&mut out, NODE_INPUT, input.as_bytes());
        }
        put(&mut out, NODE_OUTPUT, b"out");
        put(&mut out, NODE_NAME, name.as_bytes());
        put(&mut out, NODE_OPERATOR, operator.as_bytes());
        for attribute in attributes {
            put(&mut out, NODE_ATTRIBUTE, attribute);
        }
        out
    }

    fn model(nodes: &[Vec<u8>]) -> Vec<u8> {
        let mut graph = Vec::new();
        for node in nodes {
            put(&mut graph, GRAPH_NODE, node);
        }
        put(&mut graph, 5, b"weights");
        let mut out = Vec::new();
        put_number(&mut out, 1, 9);
        put(&mut out, MODEL_GRAPH, &graph);
        put(&mut out, 8, b"opset");
        out
    }

    fn fused(transposed: u64) -> Vec<u8> {
        let attributes = [attribute("transB", 0), attribute("transA", transposed)];
        node(NODE, "FusedMatMul", &["a", "b"], &attributes)
    }

    #[test]
    fn one_node_becomes_two_and_the_rest_stays() {
        let before = node("before", "Add", &["x", "y"], &[]);
        let after = node("after", "Mul", &["out", "y"], &[]);
        let made = changed(&model(&[before.clone(), fused(1), after.clone()])).unwrap();
        let fused = Fused {
            inputs: [b"a", b"b"],
            output: b"out",
        };
        let nodes = [before, fused.transpose(), fused.product(), after];
        let mut wanted = model(&nodes);
        let mut notice = Vec::new();
        put(&mut notice, 1, NOTICE.0.as_bytes());
        put(&mut notice, 2, NOTICE.1.as_bytes());
        put(&mut wanted, MODEL_PROPERTIES, &notice);
        assert_eq!(made, wanted);
        // A changed file is not changed again.
        assert!(changed(&made).unwrap_err().contains("0 个"));
    }

    #[test]
    fn another_graph_is_refused() {
        for (nodes, wanted) in [
            (vec![], "0 个"),
            (vec![node("other", "Add", &["x"], &[])], "0 个"),
            (vec![fused(1), fused(1)], "2 个"),
            (vec![fused(0)], "属性"),
            (
                vec![node(NODE, "FusedMatMul", &["a"], &[attribute("transA", 1)])],
                "输入",
            ),
            (
                vec![node(NODE, "MatMul", &["a", "b"], &[])],
                "不是 FusedMatMul",
            ),
            (
                vec![node(
                    NODE,
                    "FusedMatMul",
                    &["a", "b"],
                    &[attribute("transA", 1), attribute("transB", 1)],
                )],
                "属性",
            ),
        ] {
            let error = changed(&model(&nodes)).unwrap_err();
            assert!(error.contains(wanted), "{error}");
        }
        assert!(changed(b"").unwrap_err().contains("0 个"));
        assert!(changed(b"\x3a\xff").unwrap_err().contains("ONNX"));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..200) {
            let _ = changed(&bytes);
            let whole = model(&[fused(1)]);
            let _ = changed(&whole[..cut.min(whole.len())]);
        }
    }
}
