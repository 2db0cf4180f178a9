//! What is bound to `$1`, `$2` and so on.

use crate::model::{
    CandidateId, EntryId, EscalationId, GapId, KioskId, PlaceId, SessionId, Timestamp, TurnId,
    UserId,
};
use sqlx::{Arguments, Database, Encode, Type};
use std::borrow::Cow;

/// A bound value. An absent one keeps its type, which PostgreSQL wants.
#[derive(Clone, Copy)]
pub(in crate::store) enum Value<'a> {
    Text(Option<&'a str>),
    Int(Option<i64>),
    Real(f64),
}

impl Value<'_> {
    /// Appends the value to a driver's arguments.
    pub(in crate::store) fn bind<A>(self, arguments: &mut A) -> Result<(), sqlx::Error>
    where
        A: Arguments,
        for<'q> Option<i64>: Encode<'q, A::Database> + Type<A::Database>,
        for<'q> Option<String>: Encode<'q, A::Database> + Type<A::Database>,
        for<'q> f64: Encode<'q, A::Database> + Type<A::Database>,
        A::Database: Database,
    {
        match self {
            Self::Text(text) => arguments.add(text.map(|t| without_nul(t).into_owned())),
            Self::Int(number) => arguments.add(number),
            Self::Real(number) => arguments.add(number),
        }
        .map_err(sqlx::Error::Encode)
    }
}

/// PostgreSQL refuses the character U+0000, which means nothing in a
/// question; a turn must not be lost over it, and both databases shall hold
/// the same.
fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "").into()
    } else {
        text.into()
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Some(text))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(text: &'a Option<String>) -> Self {
        Self::Text(text.as_deref())
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Int(Some(flag.into()))
    }
}

impl From<f32> for Value<'_> {
    fn from(number: f32) -> Self {
        Self::Real(number.into())
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(at: Timestamp) -> Self {
        Self::Int(Some(at.0))
    }
}

impl From<Option<Timestamp>> for Value<'_> {
    fn from(at: Option<Timestamp>) -> Self {
        Self::Int(at.map(|t| t.0))
    }
}

macro_rules! from_ids {
    ($($id:ident),+) => {$(
        impl<'a> From<&'a $id> for Value<'a> {
            fn from(id: &'a $id) -> Self {
                Self::Text(Some(id.as_str()))
            }
        }

        impl<'a> From<&'a Option<$id>> for Value<'a> {
            fn from(id: &'a Option<$id>) -> Self {
                Self::Text(id.as_ref().map($id::as_str))
            }
        }
    )+};
}

from_ids!(
    EntryId,
    SessionId,
    TurnId,
    EscalationId,
    CandidateId,
    GapId,
    KioskId,
    UserId,
    PlaceId
);

/// The values of a statement, in order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$(Value::from($value)),*] };
}

pub(super) use values;
