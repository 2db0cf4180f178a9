//! REST resources of desk and console. Times are ms since 1970, dates
//! `YYYY-MM-DD`.

mod accounts;
mod candidates;
mod entries;
mod escalations;
mod goal;
mod try_out;
mod voices;

pub use accounts::{Me, RoleName, SignInRequest, WorkerRef};
pub use candidates::{
    CandidateParams, CandidateRequest, CandidateStateName, CandidateView, GapView, ProposalKind,
    RejectRequest,
};
pub use entries::{EditionView, EntryBody, EntryPage, EntryParams, EntryRow, PublishRequest};
pub use escalations::{
    AnswerRequest, CloseRequest, EscalationDetail, EscalationParams, EscalationView, LineView,
    SayRequest, Seen, SpeakerName, Suggestion,
};
pub use goal::{DayView, GoalColour, GoalParams, GoalView, RateView, TopicView, TurnView};
pub use try_out::{FeatureView, HitView, TryRequest, TryResult};
pub use voices::{
    CharacterView, ReadAloudView, ReadingRequest, ReadingView, SpeakRequest, UnsaidView,
    VoiceRequest, VoiceView, VoicesView,
};
