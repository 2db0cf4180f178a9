//! JSON objects whose members keep their order and, unless replaced, their
//! text: what is not understood passes through untouched.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Names with the text of their values.
pub(super) struct Members(pub Vec<(String, String)>);

impl Members {
    /// The text of a value.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut members = self.0.iter();
        members.find_map(|(own, text)| (own == name).then_some(text.as_str()))
    }

    /// Replaces a value that is there.
    pub fn set(&mut self, name: &str, text: String) {
        for (own, old) in &mut self.0 {
            if own == name {
                text.clone_into(old);
            }
        }
    }

    /// The object; `before` stands before each member, `end` after the last.
    pub fn write(&self, before: &str, between: &str, end: &str) -> String {
        let mut out = String::from("{");
        for (at, (name, text)) in self.0.iter().enumerate() {
            if at > 0 {
                out.push_str(between);
            }
            out.push_str(before);
            out.push_str(&quoted(name));
            out.push_str(": ");
            out.push_str(text);
        }
        out.push_str(end);
        out.push('}');
        out
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    members.push((name, value.get().to_owned()));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// A JSON string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
