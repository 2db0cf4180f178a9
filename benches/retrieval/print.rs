//! Plain aligned tables, distributions, and what else runs on the machine.

use std::time::Duration;

/// Prints a table; the first column is flush left, others flush right.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) {
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let longest = cells.map(|cell| cell.chars().count()).max();
        longest.unwrap_or_default().max(head[at].chars().count())
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[&str]| {
        let padded = cells.iter().zip(&widths).enumerate();
        let padded = padded.map(|(at, (cell, width))| match at {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        println!("  {}", padded.collect::<Vec<_>>().join("  ").trim_end());
    };
    line(head);
    let total = widths.iter().sum::<usize>() + 2 * (widths.len() - 1);
    println!("  {}", "-".repeat(total));
    for row in rows {
        line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Values in their order; any share of them can be read.
pub(crate) struct Spread(Vec<f64>);

impl Spread {
    pub(crate) fn new(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        Self(values)
    }

    pub(crate) fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        let milliseconds = times.into_iter().map(|t| t.as_secs_f64() * 1e3);
        Self::new(milliseconds.collect())
    }

    /// The value that so many of a hundred do not pass; 0 of nothing.
    pub(crate) fn at(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * percent / 100).copied().unwrap_or(0.0)
    }
}

/// Whether a bar is reached, in a word.
pub(crate) fn bar(value: f64, most: f64, unit: &str) -> String {
    let word = if value <= most { "reached" } else { "MISSED" };
    format!("bar {most} {unit}: {value:.2} {unit}, {word}")
}

/// The load of the machine, where it says.
pub(crate) fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = text.split(' ').take(1).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("load {} on {cores} cores", load.concat())
}

/// Milliseconds that this thread has been on a core, where the system says: on a
/// shared machine less than went by.
pub(crate) fn on_core() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}

/// Seconds that all threads of this process have been on a core, in hundredths,
/// where the system says.
pub(crate) fn on_cores() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, which may hold spaces, ends with a bracket; the times are the
    // 14th and 15th value.
    let values: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| values.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}
