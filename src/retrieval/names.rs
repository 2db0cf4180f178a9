//! The names of topics, found in a question in one pass.

use super::document::Known;
use aho_corasick::AhoCorasick;

/// All names of all topics.
pub(super) struct Names {
    names: Vec<String>,
    finder: Option<AhoCorasick>,
}

impl Names {
    pub(super) fn new(known: &[Known]) -> Self {
        let mut names: Vec<String> = known.iter().flat_map(|k| k.names.clone()).collect();
        names.sort_unstable();
        names.dedup();
        // Only a pattern set beyond 2^31 states fails; without it no topic is
        // recognised by name, and everything else works.
        let finder = AhoCorasick::new(&names).ok();
        Self { names, finder }
    }

    /// Names that occur in `normal`, sorted, each once.
    pub(super) fn in_text(&self, normal: &str) -> Vec<&str> {
        let Some(finder) = &self.finder else {
            return Vec::new();
        };
        let found = finder.find_overlapping_iter(normal);
        let mut found: Vec<&str> = found
            .map(|m| self.names[m.pattern().as_usize()].as_str())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
