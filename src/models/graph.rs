//! Kokoro's graph, changed in three places for the engine that runs it.
//!
//! - ONNX Runtime's optimiser left one operator of its own in the published file, a
//!   product whose first factor is transposed on the way. The same is said here in
//!   two standard ones.
//! - Convolutions of whole numbers pad with nothing, and nothing is not 0 but the
//!   zero point. `rten` pads with 0, the most negative value there is, so what is
//!   padded is padded before.
//! - The phase of what is real and negative is π, as it was in training: of an
//!   imaginary part of exactly 0 the published comparison makes -π, and that is what
//!   `rten`'s transform gives where ONNX Runtime's gives a little more than 0. The
//!   harmonics of a voice came out weak and its consonants blurred.
//!
//! Every other byte is the publisher's, so the result is always the same file; that
//! it was changed is written into it, as its licence asks.

use super::onnx::{
    ATTRIBUTE_FLOAT, ATTRIBUTE_INTEGER, ATTRIBUTE_INTEGERS, ATTRIBUTE_KIND, ATTRIBUTE_NAME,
    GRAPH_INITIALIZER, GRAPH_NODE, INTEGERS, MODEL_GRAPH, MODEL_PROPERTIES, NODE_ATTRIBUTE,
    NODE_INPUT, NODE_NAME, NODE_OPERATOR, NODE_OUTPUT, text,
};
use super::padding::{Padded, amounts};
use super::protobuf::{Fields, Value, put, put_number};
use std::collections::BTreeSet;

/// The node that is replaced.
const NODE: &str = "/encoder/MatMul/MatmulTransposeFusion/";

/// The comparison that becomes another.
const PHASE: &str = "/decoder/decoder/generator/Greater";

/// What is written into the file's own properties.
const NOTICE: (&str, &str) = (
    "linli.changed",
    "FusedMatMul /encoder/MatMul/MatmulTransposeFusion/ replaced by Transpose and MatMul; \
     ConvInteger padded by Pad; Greater /decoder/decoder/generator/Greater by GreaterOrEqual",
);

/// The graph as the engine takes it.
///
/// # Errors
/// When the bytes are no ONNX model, or the node is not there exactly once and
/// as it was published.
pub(super) fn changed(model: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(model.len() + 1024);
    let mut found = [0, 0];
    for field in Fields(model) {
        let field = field?;
        match field.number {
            MODEL_GRAPH => {
                let graph = changed_graph(field.bytes()?, &mut found)?;
                put(&mut out, MODEL_GRAPH, &graph);
            }
            _ => out.extend_from_slice(field.whole),
        }
    }
    for (name, count) in [NODE, PHASE].iter().zip(found) {
        if count != 1 {
            return Err(format!("计算图里有 {count} 个 {name}，应有 1 个"));
        }
    }
    let mut notice = Vec::new();
    put(&mut notice, 1, NOTICE.0.as_bytes());
    put(&mut notice, 2, NOTICE.1.as_bytes());
    put(&mut out, MODEL_PROPERTIES, &notice);
    Ok(out)
}

fn changed_graph(graph: &[u8], found: &mut [usize; 2]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(graph.len() + 32 * 1024);
    let mut paddings = BTreeSet::new();
    for field in Fields(graph) {
        let field = field?;
        if field.number != GRAPH_NODE {
            out.extend_from_slice(field.whole);
            continue;
        }
        let node = field.bytes()?;
        match (text(node, NODE_NAME)?, text(node, NODE_OPERATOR)?) {
            (name, _) if name == NODE.as_bytes() => {
                let fused = Fused::read(node)?;
                // The first comes before the second: nodes stand in the order
                // in which they are computed.
                put(&mut out, GRAPH_NODE, &fused.transpose());
                put(&mut out, GRAPH_NODE, &fused.product());
                found[0] += 1;
            }
            (name, b"Greater") if name == PHASE.as_bytes() => {
                put(
                    &mut out,
                    GRAPH_NODE,
                    &with_operator(node, b"GreaterOrEqual")?,
                );
                found[1] += 1;
            }
            (_, b"ConvInteger") => match Padded::read(node)? {
                Some(padded) => {
                    put(&mut out, GRAPH_NODE, &padded.pad());
                    put(&mut out, GRAPH_NODE, &padded.convolution()?);
                    paddings.insert(padded.around);
                }
                None => out.extend_from_slice(field.whole),
            },
            _ => out.extend_from_slice(field.whole),
        }
    }
    for around in paddings {
        put(&mut out, GRAPH_INITIALIZER, &amounts(&around));
    }
    Ok(out)
}

/// The same node with another operator.
fn with_operator(node: &[u8], operator: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(node.len() + operator.len());
    for field in Fields(node) {
        let field = field?;
        match field.number {
            NODE_OPERATOR => put(&mut out, NODE_OPERATOR, operator),
            _ => out.extend_from_slice(field.whole),
        }
    }
    Ok(out)
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

#[cfg(test)]
pub(super) mod tests {
    use super::super::padding::PADS;
    use super::*;
    use proptest::prelude::*;

    /// A graph of two nodes, as it is published and as it is changed.
    pub(in crate::models) fn small() -> [Vec<u8>; 2] {
        let add = node("before", "Add", &["x", "y"], &[]);
        let published = model(&[add, fused(1), phase()]);
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

    fn phase() -> Vec<u8> {
        node(PHASE, "Greater", &["imaginary", "nothing"], &[])
    }

    fn pads(numbers: &[u64], is_packed: bool) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, ATTRIBUTE_NAME, PADS);
        if is_packed {
            let bytes: Vec<u8> = numbers.iter().map(|n| *n as u8).collect();
            put(&mut out, ATTRIBUTE_INTEGERS, &bytes);
        } else {
            for number in numbers {
                put_number(&mut out, ATTRIBUTE_INTEGERS, *number);
            }
        }
        put_number(&mut out, ATTRIBUTE_KIND, INTEGERS);
        out
    }

    #[test]
    fn what_a_convolution_pads_is_padded_with_its_zero_before() {
        let inputs = ["x", "weights", "zero", "weights_zero"];
        let attributes =
            |around: &[u64], is_packed| [attribute("group", 1), pads(around, is_packed)];
        for is_packed in [false, true] {
            let plain = node(
                "plain",
                "ConvInteger",
                &inputs,
                &attributes(&[0, 0], is_packed),
            );
            let wide = node(
                "wide",
                "ConvInteger",
                &inputs,
                &attributes(&[2, 3], is_packed),
            );
            let made = changed(&model(&[plain.clone(), fused(1), wide, phase()])).unwrap();
            let names = ["x", "linli.pads.2.3", "zero"];
            let mut pad = node("wide/Pad", "Pad", &names, &[]);
            let convolution = ["wide/padded", "weights", "zero", "weights_zero"];
            let convolution = node(
                "wide",
                "ConvInteger",
                &convolution,
                &[attribute("group", 1)],
            );
            // What `node` calls its output is the one thing that differs.
            let put_out = |of: &[u8]| [&[0x12, of.len() as u8], of].concat();
            let at = pad.windows(5).position(|w| w == put_out(b"out")).unwrap();
            pad.splice(at..at + 5, put_out(b"wide/padded"));
            let holds = |part: &[u8]| made.windows(part.len()).any(|w| w == part);
            assert!(holds(&plain) && holds(&pad) && holds(&convolution));
            let tensor = [&[0x08, 6, 0x10, 7][..], &[0x38, 0, 0x38, 0, 0x38, 2]].concat();
            assert!(holds(&tensor) && holds(b"linli.pads.2.3"));
        }
        let lacking = node(
            "wide",
            "ConvInteger",
            &["x", "weights"],
            &[pads(&[1, 1], false)],
        );
        let error = changed(&model(&[lacking, fused(1), phase()])).unwrap_err();
        assert!(error.contains("零点"), "{error}");
    }

    #[test]
    fn one_node_becomes_two_and_the_rest_stays() {
        let before = node("before", "Add", &["x", "y"], &[]);
        let after = node("after", "Mul", &["out", "y"], &[]);
        let made = changed(&model(&[before.clone(), fused(1), phase(), after.clone()])).unwrap();
        let fused = Fused {
            inputs: [b"a", b"b"],
            output: b"out",
        };
        let phase = node(PHASE, "GreaterOrEqual", &["imaginary", "nothing"], &[]);
        let nodes = [before, fused.transpose(), fused.product(), phase, after];
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
            (vec![fused(1), fused(1), phase()], "2 个"),
            (vec![fused(1)], PHASE),
            (vec![fused(1), node(PHASE, "Less", &["a", "b"], &[])], PHASE),
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
            let whole = model(&[fused(1), phase()]);
            let _ = changed(&whole[..cut.min(whole.len())]);
        }
    }
}
