//! A forest of decision trees, as it is stored and evaluated.

use serde::{Deserialize, Serialize};

/// One tree. Nodes are numbered from the root, 0; the children of a node stand
/// side by side.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Tree {
    /// The feature that an inner node looks at.
    #[serde(rename = "f")]
    features: Vec<u16>,
    /// An inner node's threshold (below it goes left), a leaf's value.
    #[serde(rename = "v")]
    values: Vec<f32>,
    /// An inner node's left child; the right one follows it. 0 at a leaf.
    #[serde(rename = "l")]
    left: Vec<u16>,
}

impl Tree {
    fn value(&self, row: &[f32]) -> f32 {
        let mut at = 0;
        loop {
            let left = usize::from(self.left[at]);
            if left == 0 {
                return self.values[at];
            }
            let value = row[usize::from(self.features[at])];
            at = left + usize::from(value >= self.values[at]);
        }
    }

    /// Whether every node leads somewhere, further down, and looks at a feature
    /// that there is.
    fn is_sound(&self, features: usize) -> bool {
        let nodes = self.left.len();
        nodes > 0
            && self.features.len() == nodes
            && self.values.len() == nodes
            && (0..nodes).all(|at| {
                let left = usize::from(self.left[at]);
                left == 0
                    || (left > at && left + 1 < nodes && usize::from(self.features[at]) < features)
            })
            && self.values.iter().all(|v| v.is_finite())
    }
}

/// Trees whose sum is a log-odds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Forest {
    base: f32,
    trees: Vec<Tree>,
}

impl Forest {
    /// The log-odds of a row of features.
    pub(super) fn log_odds(&self, row: &[f32]) -> f32 {
        self.base + self.trees.iter().map(|t| t.value(row)).sum::<f32>()
    }

    /// Whether it can be evaluated on rows of that many features.
    pub(super) fn is_sound(&self, features: usize) -> bool {
        self.base.is_finite() && self.trees.iter().all(|t| t.is_sound(features))
    }

    /// Takes over what gradient boosting has grown.
    pub(super) fn of(booster: &forust_ml::GradientBooster) -> Self {
        // Five digits: the rest tells nothing and doubles the file.
        let float = |value: f64| format!("{value:.5e}").parse().unwrap_or_default();
        let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let mut trees = Vec::with_capacity(booster.trees.len());
        for grown in &booster.trees {
            let mut tree = Tree::default();
            let mut waiting = std::collections::VecDeque::from([0usize]);
            // Breadth first, so that children stand side by side.
            while let Some(at) = waiting.pop_front() {
                let node = &grown.nodes[at];
                let next = tree.left.len() + waiting.len() + 1;
                if node.is_leaf {
                    tree.features.push(0);
                    tree.values.push(float(f64::from(node.weight_value)));
                    tree.left.push(0);
                } else {
                    tree.features.push(number(node.split_feature));
                    tree.values.push(float(node.split_value));
                    tree.left.push(number(next));
                    waiting.extend([node.left_child, node.right_child]);
                }
            }
            trees.push(tree);
        }
        Self {
            base: float(booster.base_score),
            trees,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stump() -> Forest {
        serde_json::from_str(
            r#"{"base":0.5,"trees":[{"f":[1,0,0],"v":[0.3,-1.0,2.0],"l":[1,0,0]}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_row_falls_to_its_leaf() {
        let forest = stump();
        assert!((forest.log_odds(&[9.0, 0.29]) + 0.5).abs() < 1e-6);
        assert!((forest.log_odds(&[9.0, 0.3]) - 2.5).abs() < 1e-6);
        assert!(forest.is_sound(2));
    }

    #[test]
    fn what_leads_nowhere_is_not_sound() {
        assert!(!stump().is_sound(1), "there is no feature 1");
        for left in [vec![0, 0, 0, 0], vec![2, 0, 0], vec![1, 1, 0], vec![]] {
            let mut forest = stump();
            forest.trees[0].left = left.clone();
            assert!(!forest.is_sound(2), "{left:?}");
        }
    }
}
