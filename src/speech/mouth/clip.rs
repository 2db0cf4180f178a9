//! Where a sound is to be had, and which words are heard when.

use super::key::Key;
use super::voice::VoiceError;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use std::sync::Arc;
use std::time::Duration;

/// One sound of several that are played one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Clip {
    /// Its name.
    pub key: Key,
    /// Its sentences, and when they begin in milliseconds. Where that is not known
    /// they all begin at 0.
    pub sentences: Vec<(u32, String)>,
}

impl Clip {
    pub(super) fn new(key: Key, sentences: Vec<&str>, marks: &[u32]) -> Self {
        let known = marks.len() == sentences.len();
        let at = |n: usize| marks.get(n).copied().filter(|_| known).unwrap_or(0);
        let sentences = sentences.into_iter().enumerate();
        Self {
            key,
            sentences: sentences
                .map(|(n, text)| (at(n), text.to_owned()))
                .collect(),
        }
    }
}

type Result = std::result::Result<Arc<[u8]>, VoiceError>;

/// What the engine will have said, for all who ask.
#[derive(Clone)]
pub(super) struct Said(Shared<BoxFuture<'static, Option<Arc<[u8]>>>>);

impl Said {
    pub(super) fn new(told: tokio::sync::oneshot::Receiver<Result>) -> Self {
        let said = async move { told.await.ok().and_then(std::result::Result::ok) };
        Self(said.boxed().shared())
    }

    /// The file; nothing when it is not said in time.
    pub(super) async fn within(&self, patience: Duration) -> Option<Arc<[u8]>> {
        tokio::time::timeout(patience, self.0.clone()).await.ok()?
    }
}
