//! Where something is true: the nearest place wins.

use super::PlaceId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How large a place is, from large to small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 市
    City,
    /// 区、县
    District,
    /// 街道、乡镇
    Street,
    /// 社区、村
    Community,
}

/// A place with the values that hold there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Unique in an edition.
    pub id: PlaceId,
    /// Its size.
    pub kind: PlaceKind,
    /// Its name as residents say it.
    pub name: String,
    /// The place that contains it; none for a city.
    pub parent: Option<PlaceId>,
    /// Values of place variables, by name (`community.phone`).
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
}

/// A name for what differs from place to place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// `community.phone`
    pub name: String,
    /// What an admin reads beside the field: 社区服务台电话
    pub label: String,
    /// What a resident reads where no place gives a value.
    pub default: String,
}

/// All places of an edition and the variables they may set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlaceTree {
    /// Places in any order.
    pub places: Vec<Place>,
    /// Known variables.
    pub variables: Vec<Variable>,
}

impl PlaceTree {
    /// `place` and everything that contains it, nearest first. A place that
    /// is not in the tree has no chain; a loop of parents ends after 8 steps.
    pub fn chain(&self, place: &PlaceId) -> Vec<&Place> {
        let mut chain = Vec::new();
        let mut next = Some(place);
        while let Some(id) = next.take() {
            let Some(found) = self.places.iter().find(|p| p.id == *id) else {
                break;
            };
            chain.push(found);
            if chain.len() < 8 {
                next = found.parent.as_ref();
            }
        }
        chain
    }

    /// Whether what is true in `scope` is true in `place`. No scope means
    /// everywhere. The result is the distance: 0 in the place itself, larger
    /// for a containing place, and for everywhere `usize::MAX`.
    pub fn distance(&self, scope: Option<&PlaceId>, place: &PlaceId) -> Option<usize> {
        match scope {
            None => Some(usize::MAX),
            Some(scope) if scope == place => Some(0),
            Some(scope) => self.chain(place).iter().position(|p| p.id == *scope),
        }
    }

    /// Replaces every `{name}` in `text` by the value of the nearest place
    /// that sets it, else by the variable's default. An unknown variable
    /// becomes the plain words 请咨询社区服务台: braces never reach a resident.
    pub fn render(&self, text: &str, place: &PlaceId) -> String {
        if !text.contains(['{', '}']) {
            return text.to_owned();
        }
        let chain = self.chain(place);
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let after = &rest[open + 1..];
            let Some(close) = after.find('}') else {
                rest = after;
                continue;
            };
            let name = after[..close].trim();
            let value = chain
                .iter()
                .find_map(|p| {
                    p.variables
                        .get(name)
                        .map(String::as_str)
                        .filter(|v| !v.is_empty())
                })
                .or_else(|| {
                    self.variables
                        .iter()
                        .find(|v| v.name == name)
                        .map(|v| v.default.as_str())
                });
            out.push_str(value.unwrap_or("请咨询社区服务台"));
            rest = &after[close + 1..];
        }
        out.push_str(rest);
        out.replace('}', "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> PlaceTree {
        let place = |id: &str, kind, parent: Option<&str>, phone: Option<&str>| Place {
            id: id.into(),
            kind,
            name: id.to_owned(),
            parent: parent.map(Into::into),
            variables: phone
                .map(|p| BTreeMap::from([("community.phone".to_owned(), p.to_owned())]))
                .unwrap_or_default(),
        };
        PlaceTree {
            places: vec![
                place("city", PlaceKind::City, None, Some("12345")),
                place("street", PlaceKind::Street, Some("city"), None),
                place("home", PlaceKind::Community, Some("street"), Some("6666")),
                place("bare", PlaceKind::Community, Some("street"), None),
            ],
            variables: vec![Variable {
                name: "community.phone".to_owned(),
                label: "电话".to_owned(),
                default: "请咨询社区服务台".to_owned(),
            }],
        }
    }

    #[test]
    fn the_nearest_place_gives_the_value() {
        let t = tree();
        for (place, wanted) in [
            ("home", "电话：6666。"),
            ("bare", "电话：12345。"),
            ("elsewhere", "电话：请咨询社区服务台。"),
        ] {
            assert_eq!(t.render("电话：{community.phone}。", &place.into()), wanted);
        }
    }

    #[test]
    fn braces_never_reach_a_resident() {
        let t = tree();
        for text in ["{unknown}", "a{b", "a}b", "{{community.phone}}", "{"] {
            let shown = t.render(text, &"home".into());
            assert!(!shown.contains(['{', '}']), "{text} became {shown}");
        }
    }

    #[test]
    fn scope_reaches_down_and_never_sideways() {
        let t = tree();
        assert_eq!(t.distance(Some(&"city".into()), &"home".into()), Some(2));
        assert_eq!(t.distance(Some(&"home".into()), &"home".into()), Some(0));
        assert_eq!(t.distance(Some(&"home".into()), &"bare".into()), None);
        assert_eq!(t.distance(None, &"bare".into()), Some(usize::MAX));
    }
}
