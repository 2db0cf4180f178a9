//! Numbers of the fields in onnx.proto.

use super::protobuf::Fields;

/// Of a model: its graph.
pub(super) const MODEL_GRAPH: u64 = 7;
/// Of a model: its own properties.
pub(super) const MODEL_PROPERTIES: u64 = 14;
/// Of a graph: a node.
pub(super) const GRAPH_NODE: u64 = 1;
/// Of a graph: a tensor that is given.
pub(super) const GRAPH_INITIALIZER: u64 = 5;
/// Of a node: an input.
pub(super) const NODE_INPUT: u64 = 1;
/// Of a node: an output.
pub(super) const NODE_OUTPUT: u64 = 2;
/// Of a node: its name.
pub(super) const NODE_NAME: u64 = 3;
/// Of a node: its operator.
pub(super) const NODE_OPERATOR: u64 = 4;
/// Of a node: an attribute.
pub(super) const NODE_ATTRIBUTE: u64 = 5;
/// Of an attribute: its name.
pub(super) const ATTRIBUTE_NAME: u64 = 1;
/// Of an attribute: its number, broken.
pub(super) const ATTRIBUTE_FLOAT: u64 = 2;
/// Of an attribute: its number, whole.
pub(super) const ATTRIBUTE_INTEGER: u64 = 3;
/// Of an attribute: its whole numbers.
pub(super) const ATTRIBUTE_INTEGERS: u64 = 8;
/// Of an attribute: which of these it has.
pub(super) const ATTRIBUTE_KIND: u64 = 20;
/// Of a tensor: a dimension.
pub(super) const TENSOR_SHAPE: u64 = 1;
/// Of a tensor: the kind of its numbers.
pub(super) const TENSOR_KIND: u64 = 2;
/// Of a tensor: its whole numbers.
pub(super) const TENSOR_INTEGERS: u64 = 7;
/// Of a tensor: its name.
pub(super) const TENSOR_NAME: u64 = 8;

/// An attribute that is a list of integers; a tensor of 64-bit ones.
pub(super) const INTEGERS: u64 = 7;

/// The first field of that number; nothing where there is none.
///
/// # Errors
/// When the message is broken.
pub(super) fn text(node: &[u8], number: u64) -> Result<&[u8], String> {
    for field in Fields(node) {
        let field = field?;
        if field.number == number {
            return field.bytes();
        }
    }
    Ok(b"")
}
