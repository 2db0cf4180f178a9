//! The core of a question: greetings and hesitations gone, question words
//! stay.

use super::filler_words::{
    ADDRESSED, ASKING, GREETINGS, HESITATION, INNER, KEPT, LEADING, TRAILING,
};
use super::normalise;
use std::sync::Arc;

/// The fillers of one edition.
#[derive(Clone)]
pub(super) struct Fillers {
    leading: Arc<[String]>,
    trailing: Arc<[String]>,
    inner: Arc<[String]>,
}

impl Fillers {
    /// The built-in ones and `more`, which may stand anywhere; a single
    /// character of `more` goes from the ends only.
    pub(super) fn new(more: &[String]) -> Self {
        let more: Vec<String> = more.iter().map(|f| normalise(f)).collect();
        let long: Vec<String> = more
            .iter()
            .filter(|f| f.chars().count() > 1)
            .cloned()
            .collect();
        Self {
            leading: longest_first(&[LEADING, GREETINGS], &more),
            trailing: longest_first(&[TRAILING], &more),
            inner: longest_first(&[INNER], &long),
        }
    }

    /// `normal` without fillers. What is nothing but fillers stays as it is:
    /// 你好 is small talk, not an empty question.
    pub(super) fn core(&self, normal: &str) -> String {
        let asks = ASKING.iter().any(|word| normal.contains(word));
        let rest = self.without_ends(normal, asks);
        let inside = self.without_inner(rest, asks);
        // 我想问呃请问: what stood inside may now stand at an end.
        let core = self.without_ends(&inside, asks);
        if core.is_empty() {
            normal.to_owned()
        } else {
            core.to_owned()
        }
    }

    fn without_ends<'a>(&self, text: &'a str, asks: bool) -> &'a str {
        let mut rest = text.trim();
        let mut greeted = false;
        loop {
            if let Some(after) = strip_front(rest, self.leading.iter().map(String::as_str), asks) {
                greeted = GREETINGS.contains(&&rest[..rest.len() - after.len()]);
                rest = after.trim_start();
            } else if let Some(after) = addressed(rest, greeted) {
                rest = after.trim_start();
            } else if let Some(before) = strip_back(rest, &self.trailing, asks) {
                rest = before.trim_end();
            } else {
                return rest;
            }
        }
    }

    fn without_inner(&self, text: &str, asks: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let kept = KEPT.iter().find(|k| rest.starts_with(**k)).map(|k| k.len());
            let filler = self
                .inner
                .iter()
                .find(|f| rest.starts_with(f.as_str()) && sure(f, asks));
            match (kept, filler) {
                (Some(length), _) => {
                    out.push_str(&rest[..length]);
                    rest = &rest[length..];
                }
                (None, Some(filler)) => {
                    rest = &rest[filler.len()..];
                    // Two numbers that the filler kept apart stay apart.
                    if out.ends_with(latin) && rest.starts_with(latin) {
                        out.push(' ');
                    }
                }
                (None, None) => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }
}

/// Somebody addressed beside a greeting: after it (你好师傅), or before
/// (师傅你好).
fn addressed(rest: &str, greeted: bool) -> Option<&str> {
    let after = strip_front(rest, ADDRESSED.iter().copied(), true)?;
    let greeting = strip_front(after, GREETINGS.iter().copied(), true).is_some();
    (greeted || greeting || after.starts_with("请问")).then_some(after)
}

fn strip_front<'a, 'f>(
    rest: &'a str,
    mut fillers: impl Iterator<Item = &'f str>,
    asks: bool,
) -> Option<&'a str> {
    if KEPT.iter().any(|k| rest.starts_with(k)) {
        return None;
    }
    fillers
        .find(|f| rest.starts_with(f) && sure(f, asks) && !cuts_latin(f, &rest[f.len()..], false))
        .map(|f| &rest[f.len()..])
}

fn strip_back<'a>(rest: &'a str, fillers: &[String], asks: bool) -> Option<&'a str> {
    if KEPT.iter().any(|k| rest.ends_with(k)) {
        return None;
    }
    fillers
        .iter()
        .find(|f| {
            rest.ends_with(f.as_str())
                && sure(f, asks)
                && !cuts_latin(f, &rest[..rest.len() - f.len()], true)
        })
        .map(|f| &rest[..rest.len() - f.len()])
}

/// Whether a filler is one in this text: 那个 only where something else asks.
fn sure(filler: &str, asks: bool) -> bool {
    asks || filler != HESITATION
}

/// Whether removing a Latin filler would cut a Latin word: hi in hiv.
fn cuts_latin(filler: &str, beside: &str, before: bool) -> bool {
    if before {
        filler.starts_with(latin) && beside.ends_with(latin)
    } else {
        filler.ends_with(latin) && beside.starts_with(latin)
    }
}

fn latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn longest_first(lists: &[&[&str]], more: &[String]) -> Arc<[String]> {
    let mut all: Vec<String> = lists.concat().into_iter().map(str::to_owned).collect();
    all.extend(more.iter().filter(|f| !f.is_empty()).cloned());
    all.sort_by_key(|f| std::cmp::Reverse(f.len()));
    all.into()
}

#[cfg(test)]
mod tests {
    use super::Fillers;

    #[test]
    fn fillers_go_and_the_question_stays() {
        let fillers = Fillers::new(&["小邻".to_owned(), "亲".to_owned()]);
        for (normal, wanted) in [
            ("请问居住证怎么办理", "居住证怎么办理"),
            ("你好我想问一下居住证怎么办呢", "居住证怎么办"),
            ("老师您好请问社保卡丢了怎么办啊谢谢", "社保卡丢了怎么办"),
            ("师傅你好那个医保怎么交呀", "医保怎么交"),
            ("你好同志我想咨询一下低保", "低保"),
            (
                "嗯那个就是说我那个居住证到期了怎么办",
                "我居住证到期了怎么办",
            ),
            ("联通和移动那个信号好", "联通和移动那个信号好"),
            ("那位老师在吗", "那位老师在吗"),
            ("这样好不好", "这样好不好"),
            ("你好我想问1个问题怎么落户谢谢啦", "怎么落户"),
            ("居住证嗯怎么办", "居住证怎么办"),
            ("小邻小邻医保怎么交", "医保怎么交"),
            ("亲医保怎么交", "医保怎么交"),
            ("我要办居住证吗", "我要办居住证吗"),
            ("多少钱", "多少钱"),
            ("老师退休金多少", "老师退休金多少"),
            ("那个人怎么办", "那个人怎么办"),
            ("附近有网吧", "附近有网吧"),
            ("喂奶假几天", "喂奶假几天"),
            ("hiv检测在哪", "hiv检测在哪"),
            ("hi wifi密码", "wifi密码"),
            ("打110嗯12345", "打110 12345"),
            ("你好", "你好"),
            ("谢谢", "谢谢"),
            ("请问", "请问"),
            ("嗯啊", "嗯啊"),
            ("", ""),
        ] {
            assert_eq!(fillers.core(normal), wanted, "{normal}");
        }
    }
}
