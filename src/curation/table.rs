//! Reads TOML tables field by field, so that every fault of a file is found
//! in one go and has its line.

use super::Problem;
use jiff::civil::Date;
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

/// One file while it is read.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    text: &'a str,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            problems: Vec::new(),
        }
    }

    /// The whole file as a table; nothing when it is no TOML.
    pub(super) fn parse(&mut self) -> Option<Spanned<DeTable<'a>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let line = error.span().map_or(0, |span| self.line(span.start));
                let message = format!("格式不对，读不下去：{}", error.message());
                self.problems
                    .push(Problem::error(self.file, line, "", message));
                None
            }
        }
    }

    pub(super) fn line(&self, offset: usize) -> usize {
        let end = offset.min(self.text.len());
        self.text.as_bytes()[..end]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1
    }

    pub(super) fn error(&mut self, offset: usize, field: &str, message: impl Into<String>) {
        let line = self.line(offset);
        self.problems
            .push(Problem::error(self.file, line, field, message));
    }

    pub(super) fn warning(&mut self, offset: usize, field: &str, message: impl Into<String>) {
        let line = self.line(offset);
        self.problems
            .push(Problem::warning(self.file, line, field, message));
    }
}

/// A table and where it begins.
pub(super) struct Fields<'t, 'a> {
    pub(super) table: &'t DeTable<'a>,
    pub(super) at: usize,
}

impl<'t, 'a> Fields<'t, 'a> {
    pub(super) fn value(&self, name: &str) -> Option<&'t Spanned<DeValue<'a>>> {
        self.table
            .iter()
            .find(|(key, _)| key.get_ref() == name)
            .map(|(_, value)| value)
    }

    /// Where a field's value begins; the table's beginning without it.
    pub(super) fn place(&self, name: &str) -> usize {
        self.value(name).map_or(self.at, |v| v.span().start)
    }

    /// Faults for every key that is not known.
    pub(super) fn only(&self, source: &mut Source, known: &[&str]) {
        for key in self
            .table
            .keys()
            .filter(|k| !known.contains(&k.get_ref().as_ref()))
        {
            let words = format!("不认识这一项。可以写的有：{}", known.join("、"));
            source.error(key.span().start, key.get_ref(), words);
        }
    }

    /// A text, trimmed; nothing when the field is missing.
    pub(super) fn text(&self, source: &mut Source, name: &str) -> Option<String> {
        let value = self.value(name)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => {
                source.error(value.span().start, name, "要写成带引号的文字");
                None
            }
        }
    }

    /// A text that must be there and not be empty.
    pub(super) fn needed(&self, source: &mut Source, name: &str) -> String {
        match self.text(source, name) {
            Some(text) if !text.is_empty() => text,
            Some(_) => {
                source.error(self.place(name), name, "是空的，请填写");
                String::new()
            }
            None => {
                if self.value(name).is_none() {
                    source.error(self.at, name, "缺少这一项，请补上");
                }
                String::new()
            }
        }
    }

    /// A list of texts with their places; empty when the field is missing.
    pub(super) fn texts(&self, source: &mut Source, name: &str) -> Vec<(String, usize)> {
        let Some(value) = self.value(name) else {
            return Vec::new();
        };
        let DeValue::Array(list) = value.get_ref() else {
            source.error(value.span().start, name, "要写成列表：[\"…\", \"…\"]");
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(list.len());
        for item in list.iter() {
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    texts.push((text.trim().to_owned(), item.span().start));
                }
                DeValue::String(_) => source.error(item.span().start, name, "列表里有空的文字"),
                _ => source.error(item.span().start, name, "列表里只能是带引号的文字"),
            }
        }
        texts
    }

    /// As [`Fields::texts`], without the places.
    pub(super) fn words(&self, source: &mut Source, name: &str) -> Vec<String> {
        self.texts(source, name)
            .into_iter()
            .map(|(text, _)| text)
            .collect()
    }

    /// A date: bare (`2025-01-01`) or in quotes.
    pub(super) fn date(&self, source: &mut Source, name: &str) -> Option<Date> {
        let value = self.value(name)?;
        let date = match value.get_ref() {
            DeValue::Datetime(stamp) => stamp.date.and_then(|d| {
                Date::new(
                    i16::try_from(d.year).ok()?,
                    i8::try_from(d.month).ok()?,
                    i8::try_from(d.day).ok()?,
                )
                .ok()
            }),
            DeValue::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if date.is_none() {
            source.error(value.span().start, name, "不是日期，请写成 2025-01-31 这样");
        }
        date
    }

    /// The tables of an array of tables; empty when the field is missing.
    pub(super) fn tables(&self, source: &mut Source, name: &str) -> Vec<Fields<'t, 'a>> {
        let Some(value) = self.value(name) else {
            return Vec::new();
        };
        let DeValue::Array(list) = value.get_ref() else {
            source.error(value.span().start, name, format!("要写成 [[{name}]]"));
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(list.len());
        for item in list.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Fields {
                    table,
                    at: item.span().start,
                }),
                _ => source.error(item.span().start, name, format!("要写成 [[{name}]]")),
            }
        }
        tables
    }

    /// A sub-table.
    pub(super) fn table(&self, source: &mut Source, name: &str) -> Option<Fields<'t, 'a>> {
        let value = self.value(name)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields {
                table,
                at: value.span().start,
            }),
            _ => {
                source.error(value.span().start, name, "要写成一个小节");
                None
            }
        }
    }
}
