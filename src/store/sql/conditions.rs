//! Queries whose conditions depend on what was asked.

use super::Value;
use sqlx::AssertSqlSafe;
use std::fmt::Write as _;

/// A query that grows a condition at a time. Only literals of this program
/// become SQL; everything else is bound.
pub(super) struct Conditions<'a> {
    sql: String,
    values: Vec<Value<'a>>,
    joint: &'static str,
}

impl<'a> Conditions<'a> {
    /// Begins with what stands before `where`.
    pub(super) fn of(select: &'static str) -> Self {
        Self {
            sql: select.to_owned(),
            values: Vec::new(),
            joint: " where ",
        }
    }

    /// Adds a condition without a value.
    pub(super) fn and(&mut self, condition: &'static str) -> &mut Self {
        self.sql.push_str(self.joint);
        self.sql.push_str(condition);
        self.joint = " and ";
        self
    }

    /// Adds a condition that ends in a value: `opened_at >=`.
    pub(super) fn and_value(
        &mut self,
        condition: &'static str,
        value: impl Into<Value<'a>>,
    ) -> &mut Self {
        self.and(condition);
        self.value(value);
        self
    }

    /// The column holds one of these. Of nothing, nothing is one.
    pub(super) fn and_one_of<V: Into<Value<'a>>>(
        &mut self,
        column: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> &mut Self {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return self.and("1 = 0");
        }
        self.and(column);
        self.sql.push_str(" in (");
        let mut comma = "";
        for value in values {
            self.sql.push_str(comma);
            comma = ",";
            self.value(value);
        }
        self.sql.push(')');
        self
    }

    /// Adds what follows the conditions.
    pub(super) fn then(&mut self, tail: &'static str) -> &mut Self {
        self.sql.push(' ');
        self.sql.push_str(tail);
        self
    }

    /// Adds the next placeholder.
    pub(super) fn value(&mut self, value: impl Into<Value<'a>>) -> &mut Self {
        self.values.push(value.into());
        // Writing to a string cannot fail.
        let _ = write!(self.sql, " ${}", self.values.len());
        self
    }

    /// The query and its values.
    pub(super) fn finish(self) -> (AssertSqlSafe<String>, Vec<Value<'a>>) {
        (AssertSqlSafe(self.sql), self.values)
    }
}
