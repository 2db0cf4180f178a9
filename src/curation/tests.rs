use super::*;

const ENTRY: &str = r#"area = "户籍与身份"
topic = "居住证"
aliases = ["暂住证"]

[[entry]]
id = "residence-permit.apply"
facet = "how"
question = "居住证怎么办理"
phrasings = ["怎么办居住证", "a", "b", "c", "d", "e", "f", "g"]
text = """
住满半年就可以申领。
1. 到{community.name}；
2. 交材料。
"""
spoken = "住满半年就可以申领。"
related = ["residence-permit.apply"]

[entry.source]
title = "居住证暂行条例"
number = "国务院令第663号"
effective = 2016-01-01
"#;

const REST: &[(&str, &str)] = &[
    (
        "variables.toml",
        "[[variable]]\nname = \"community.name\"\nlabel = \"社区\"\ndefault = \"本社区\"\n",
    ),
    (
        "places/a.toml",
        "[[place]]\nid = \"home\"\nkind = \"community\"\nname = \"家\"\n[place.variables]\n\"community.name\" = \"幸福社区\"\n",
    ),
    (
        "lexicon/a.toml",
        "words = [\"居住证\"]\nfillers = [\"内个\"]\n[[alias]]\nfrom = \"暂住证\"\nto = \"居住证\"\n",
    ),
    (
        "emergencies.toml",
        "calm = [\"火气大\"]\n[[emergency]]\nid = \"fire\"\nphone = \"119\"\ntext = \"快走\"\nspoken = \"快走\"\nany = [\"着火了\"]\nall = [[\"煤气\"], [\"漏\"]]\nlike = [\"满屋子烟\"]\n",
    ),
    ("popular.toml", "entries = [\"residence-permit.apply\"]\n"),
    (
        "small_talk.toml",
        "[[small_talk]]\nid = \"hi\"\nphrasings = [\"你好\"]\ntext = \"您好\"\nspoken = \"您好\"\n",
    ),
];

fn files(entry: &str) -> Vec<(String, String)> {
    let mut files = vec![("entries/01/a.toml".to_owned(), entry.to_owned())];
    files.extend(REST.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())));
    files
}

#[test]
fn good_files_have_no_problems_and_survive_writing() {
    let (knowledge, problems) = read_files(&files(ENTRY));
    assert_eq!(problems, []);
    assert_eq!(knowledge.entries[0].phrasings.len(), 8);
    let (again, problems) = read_files(&write_files(&knowledge));
    assert_eq!(problems, []);
    assert_eq!(again, knowledge);
}

#[test]
fn a_sentence_teaches_one_thing() {
    let mut files = files(ENTRY);
    let both = |(name, text): &mut (String, String)| {
        if name == "emergencies.toml" {
            *text = text.replace("火气大", "满屋子烟！");
        }
    };
    files.iter_mut().for_each(both);
    let (_, problems) = read_files(&files);
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("满屋子烟") && told[0].contains("calm"));
}

#[test]
fn a_danger_with_few_examples_and_no_rule_is_refused() {
    let mut files = files(ENTRY);
    for (_, text) in files.iter_mut().filter(|(n, _)| n == "emergencies.toml") {
        *text = text.replace("any = [\"着火了\"]\nall = [[\"煤气\"], [\"漏\"]]\n", "");
    }
    let (_, problems) = read_files(&files);
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("fire") && told[0].contains("50"));
}

#[test]
fn every_fault_is_named_with_file_line_and_field() {
    for (change, to, line, field, says) in [
        (
            "facet = \"how\"",
            "facet = \"hau\"",
            7,
            "facet",
            "不认识“hau”",
        ),
        (
            "question = \"居住证怎么办理\"",
            "",
            5,
            "question",
            "缺少这一项",
        ),
        (
            "question = \"居住证怎么办理\"",
            "question = \"\"",
            8,
            "question",
            "是空的",
        ),
        (
            "question = \"居住证怎么办理\"",
            "question = 3",
            8,
            "question",
            "要写成带引号的文字",
        ),
        ("question = ", "qestion = ", 8, "qestion", "不认识这一项"),
        ("\"b\", ", "\"a\", ", 9, "phrasings", "已经在条目"),
        (
            "{community.name}",
            "{community.nam}",
            10,
            "text",
            "没有在 variables.toml 登记",
        ),
        (
            "related = [\"residence-permit.apply\"]",
            "related = [\"x\"]",
            16,
            "related",
            "没有条目 x",
        ),
        ("2016-01-01", "\"去年\"", 21, "effective", "不是日期"),
        (
            "id = \"residence-permit.apply\"",
            "id = \"居住证\"",
            6,
            "id",
            "只能用小写英文字母",
        ),
        ("title = \"居住证暂行条例\"", "", 18, "title", "缺少这一项"),
        (
            "spoken = \"住满半年就可以申领。\"",
            &format!("spoken = \"{}\"", "长".repeat(81)),
            15,
            "spoken",
            "有 81 个字",
        ),
        (
            "related = ",
            "scope = \"nowhere\"\nrelated = ",
            16,
            "scope",
            "没有区域 nowhere",
        ),
        (
            "spoken = ",
            "expires = 2020-01-01\neffective = 2021-01-01\nspoken = ",
            15,
            "expires",
            "晚于",
        ),
        ("[[entry]]", "[[entry", 5, "", "格式不对"),
    ] {
        assert!(ENTRY.contains(change), "{change}");
        let (_, problems) = read_files(&files(&ENTRY.replacen(change, to, 1)));
        let found = problems
            .iter()
            .find(|p| p.is_error() && p.field == field && p.message.contains(says));
        let found = found.unwrap_or_else(|| panic!("{to}: {problems:?}"));
        assert_eq!(
            (found.file.as_str(), found.line),
            ("entries/01/a.toml", line),
            "{to}"
        );
    }
}

#[test]
fn few_phrasings_and_doubts_are_warnings() {
    let text = ENTRY
        .replace(", \"f\", \"g\"", "")
        .replace("spoken =", "review = \"金额\"\nspoken =");
    let (_, problems) = read_files(&files(&text));
    let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.iter().all(|p| !p.is_error()), "{words:?}");
    assert_eq!(
        words[0],
        "提醒 entries/01/a.toml 第 9 行 phrasings：只有 6 种问法，最好有 8 种以上"
    );
    assert!(words[1].contains("待核实：金额"));
}

#[test]
fn cases_are_read_and_checked() {
    let mut all = files(ENTRY);
    let text = concat!(
        "[[case]]\nask = \"居住证咋整\"\nentry = \"residence-permit.apply\"\n",
        "[[case]]\nask = \"上海咋整\"\nnone = \"外地\"\nafter = [\"居住证怎么办\"]\n",
        "[[case]]\nask = \"着火啦\"\nemergency = \"fire\"\n",
        "[[case]]\nask = \"怎么办居住证\"\nentry = [\"nothing\"]\n",
        "[[case]]\nask = \"啥\"\n",
    );
    all.push(("cases/a.toml".to_owned(), text.to_owned()));
    // Some only teach; what was asked before is not for them.
    let text = concat!(
        "case = [{ask = \"暂住证咋整\", entry = \"residence-permit.apply\"},\n",
        "{ask = \"上海咋整\", after = [\"啥\"], none = \"外地\"}]\n",
    );
    all.push(("cases/learn/a.toml".to_owned(), text.to_owned()));
    let (knowledge, _) = read_files(&all);
    let (cases, problems) = read_cases(&all, &knowledge);
    assert_eq!(cases.len(), 6);
    assert!(cases[1].judges() && !cases[1].only_teaches());
    assert!(!cases[4].judges() && cases[4].only_teaches());
    assert_eq!(cases[1].wanted, Wanted::None("外地".to_owned()));
    assert_eq!(cases[1].after, ["居住证怎么办"]);
    let found: Vec<(usize, &str)> = problems
        .iter()
        .map(|p| (p.line, p.field.as_str()))
        .collect();
    assert_eq!(
        found,
        [(12, "ask"), (13, "entry"), (14, "entry"), (2, "case")]
    );
}
