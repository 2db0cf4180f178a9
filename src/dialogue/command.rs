//! What the resident wants of the machine itself.

use crate::model::Command;

const REPEAT: &[&str] = &[
    "再说一遍",
    "再说一次",
    "再讲一遍",
    "再念一遍",
    "再读一遍",
    "重复一遍",
    "重复一下",
    "再来一遍",
    "没听清",
    "没听清楚",
    "没听见",
    "没听到",
    "没听懂",
    "没看清",
    "你说什么",
    "刚才说什么",
    "刚刚说什么",
    "再说说",
    "念给我听",
    "读给我听",
    "再看一遍",
    "再看看刚才的",
];
const LOUDER: &[&str] = &[
    "大声点",
    "大声一点",
    "大点声",
    "声音大一点",
    "声音大点",
    "声音太小",
    "声音太小了",
    "声音小了",
    "听不见",
    "听不清",
    "音量大一点",
    "调大声音",
    "把声音调大",
    "说大声点",
    "响一点",
];
const BACK: &[&str] = &[
    "返回",
    "返回上一个",
    "上一步",
    "上一个",
    "上一条",
    "退回",
    "退回去",
    "回到上一个",
    "回去",
    "后退",
    "返回上一页",
    "上一页",
    "刚才那个",
    "前面那个",
    "看刚才那个",
];

/// Commands with their phrases.
pub(super) const PHRASES: [(Command, &[&str]); 3] = [
    (Command::Repeat, REPEAT),
    (Command::Louder, LOUDER),
    (Command::Back, BACK),
];

/// Everything that is said to commands.
pub fn texts() -> impl Iterator<Item = &'static str> {
    [Command::Repeat, Command::Louder, Command::Back]
        .into_iter()
        .map(text)
}

/// What is shown for a command that has nothing to show again.
pub fn text(command: Command) -> &'static str {
    match command {
        Command::Repeat => "还没有可以再说一遍的内容。您可以先问我一个问题。",
        Command::Louder => "请点屏幕上方的“声音”，选“大声”；字看不清，就在“字号”那里选“大”。",
        Command::Back => "前面没有别的内容了。您可以再问我一个问题。",
    }
}
