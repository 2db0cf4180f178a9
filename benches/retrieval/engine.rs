//! What can be asked.

use super::house::{House, table_teacher};
use linli::config::Config;
use linli::model::{Decision, Knowledge};

/// What an engine makes of a question.
#[derive(Default)]
pub(crate) struct Found {
    /// The entry it puts first.
    pub(crate) first: Option<String>,
    /// What it does with it, where it decides.
    pub(crate) decision: Option<Decided>,
}

/// A decision, as far as it can be counted.
pub(crate) enum Decided {
    Answered,
    Offered(Vec<String>),
    Nothing,
}

/// Something that finds entries.
pub(crate) trait Engine {
    fn name(&self) -> String;

    fn ask(&self, question: &str) -> Found;
}

/// Wordings as documents, each with its entry's number; with the answers as
/// further documents where those are searched, too.
pub(crate) fn documents(knowledge: &Knowledge, with_answers: bool) -> Vec<(usize, &str)> {
    let mut documents = Vec::new();
    for (number, entry) in knowledge.entries.iter().enumerate() {
        documents.extend(entry.wordings().map(|wording| (number, wording)));
        if with_answers && !entry.text.trim().is_empty() {
            documents.push((number, entry.text.as_str()));
        }
    }
    documents
}

/// The ids of the entries, in their order.
pub(crate) fn ids(knowledge: &Knowledge) -> Vec<String> {
    knowledge.entries.iter().map(|e| e.id.to_string()).collect()
}

/// This project: the live path, with the table that comes with it, and with
/// what else the index was taught.
pub(crate) struct Linli {
    house: House,
    name: &'static str,
}

impl Linli {
    /// With the shipped table alone.
    pub(crate) fn new(config: &Config, knowledge: Knowledge) -> Self {
        let house = House::build(knowledge, config.flow.bands.clone());
        table_teacher(config).prepare(&house.index);
        Self {
            house,
            name: "linli, table",
        }
    }

    pub(crate) fn house(&self) -> &House {
        &self.house
    }

    /// After the index was taught more.
    pub(crate) fn called(self, name: &'static str) -> Self {
        Self { name, ..self }
    }
}

impl Engine for Linli {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn ask(&self, question: &str) -> Found {
        let (decision, hits, _) = self.house.ask(question);
        let best = || hits.ranked.first().map(|h| h.entry.to_string());
        let (first, decided) = match decision {
            Decision::Answer { entry, .. } => (Some(entry.to_string()), Decided::Answered),
            Decision::Choices(options) => {
                let ids = options.iter().map(|c| c.entry.to_string()).collect();
                (best(), Decided::Offered(ids))
            }
            _ => (best(), Decided::Nothing),
        };
        Found {
            first,
            decision: Some(decided),
        }
    }
}
