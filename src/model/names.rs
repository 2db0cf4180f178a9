//! Names for ids, as lists show them.

use std::collections::HashMap;

/// Everybody's and everything's name, by id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Display names of people.
    pub users: HashMap<String, String>,
    /// Names of terminals.
    pub kiosks: HashMap<String, String>,
    /// Names of places.
    pub places: HashMap<String, String>,
}

impl Names {
    /// A person's name; the id when there is none.
    pub fn user(&self, id: &str) -> String {
        self.users.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// A terminal's name; the id when there is none.
    pub fn kiosk(&self, id: &str) -> String {
        self.kiosks
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.to_owned())
    }

    /// A place's name; the id when there is none.
    pub fn place(&self, id: &str) -> String {
        self.places
            .get(id)
            .cloned()
            .unwrap_or_else(|| id.to_owned())
    }
}
