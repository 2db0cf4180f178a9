//! What is wrong in a file, for the person who edits it.

use std::fmt;

/// A fault or a doubt, with its place. The words are Chinese and say what to
/// do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the knowledge folder.
    pub file: String,
    /// From 1; 0 when it is about the whole file.
    pub line: usize,
    /// The field, empty when it is about none.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
    error: bool,
}

impl Problem {
    /// A fault: the file cannot be used.
    pub fn error(file: &str, line: usize, field: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            field: field.to_owned(),
            message: message.into(),
            error: true,
        }
    }

    /// A doubt: the file can be used.
    pub fn warning(file: &str, line: usize, field: &str, message: impl Into<String>) -> Self {
        Self {
            error: false,
            ..Self::error(file, line, field, message)
        }
    }

    /// Whether it is a fault.
    pub fn is_error(&self) -> bool {
        self.error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.error { "错误" } else { "提醒" };
        write!(f, "{kind} {}", self.file)?;
        if self.line > 0 {
            write!(f, " 第 {} 行", self.line)?;
        }
        if !self.field.is_empty() {
            write!(f, " {}", self.field)?;
        }
        write!(f, "：{}", self.message)
    }
}
