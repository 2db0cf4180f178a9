//! Sentences that are easily misread, and how they are read.

use super::{Reader, Rule, shown};

/// A sentence, and what its reading holds.
type Case = (&'static str, &'static str);

fn reading(reader: &Reader, text: &str) -> String {
    let clauses = reader.read(text);
    let mut all = String::from(" ");
    for syllable in clauses.iter().flat_map(|c| &c.syllables) {
        all += &format!("{}{} ", syllable.base, syllable.tone);
    }
    all
}

#[track_caller]
fn check(cases: &[Case]) {
    let reader = Reader::default();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, wanted)| {
            let read = reading(&reader, text);
            let holds = wanted
                .split(" / ")
                .all(|part| read.contains(&format!(" {part} ")));
            (!holds).then(|| format!("{text}\n  wanted {wanted}\n  read  {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn must_and_how() {
    check(&[
        ("您得先去派出所开证明", "nin2 dei3 xian1 qu4"),
        ("办证得带身份证", "ban4 zheng4 dei3 dai4"),
        ("这事得由街道批", "dei3 you2"),
        ("转院以前得先备案", "yi3 qian2 dei3 xian1"),
        ("材料还得再补一份", "hai2 dei3 zai4"),
        ("楼上吵得睡不着", "chao3 de5 shui4 bu4 zhao2"),
        ("地上脏得没人管", "zang1 de5 mei2"),
        ("手续办得很快", "ban4 de5 hen3"),
        (
            "缴得越多领得越多",
            "jiao3 de5 yue4 duo1 ling3 de5 yue4 duo1",
        ),
        ("疼得厉害就打120", "teng2 de5 li4 hai5"),
        ("记得带上原件", "ji4 de5 dai4"),
        ("值得一试", "zhi2 de5"),
        ("免得再跑一趟", "mian3 de5"),
        ("取得许可以后开业", "qu3 de2"),
        ("获得奖励的志愿者", "huo4 de2"),
        ("个人所得税怎么退", "suo3 de2 shui4"),
        ("难得回家一次", "nan2 de2"),
        ("物业不得停水停电", "bu4 de2"),
        ("得了大病可以申请救助", "de2 le5"),
        ("机器上查得到", "cha2 de5 dao4"),
        ("您可以得到帮助", "de2 dao4"),
        ("这个办得了吗", "ban4 de5 liao3"),
        ("孩子来不了学校", "lai2 bu4 liao3"),
        ("解决不了的打热线", "jie3 jue2 bu4 liao3"),
        ("我还不了解情况", "hai2 bu4 liao3 jie3"),
        ("来得及，别着急", "lai2 de5 ji2 / zhao2 ji2"),
    ]);
}

#[test]
fn give_back_and_still() {
    check(&[
        ("借的钱要按时还", "an4 shi2 huan2"),
        ("还款日是每月五号", "huan2 kuan3 ri4"),
        ("押金退还给租客", "tui4 huan2 gei3"),
        ("钱退还是不退", "tui4 hai2 shi4"),
        ("东西没交还能补办吗", "mei2 jiao1 hai2 neng2"),
        ("贷款还不上怎么办", "huan2 bu2 shang4"),
        ("还房贷可以提公积金", "huan2 fang2 dai4"),
        ("还钱以前先对账", "huan2 qian2"),
        ("捡到东西还给失主", "huan2 gei3"),
        ("还有三天到期", "hai2 you3"),
        ("还没办的抓紧", "hai2 mei2"),
        ("旧证没到期还能用", "hai2 neng2"),
        ("把话还清楚地说一遍", "hai2 qing1 chu5"),
        ("贷款还清了再过户", "huan2 qing1"),
        ("还得好可以再贷", "huan2 de5 hao3"),
        ("有钱不还的列入名单", "bu4 huan2 de5"),
        ("骨灰还不还", "huan2 bu4 huan2"),
        ("多收的钱要返还", "fan3 huan2"),
    ]);
}

#[test]
fn long_and_grow() {
    check(&[
        ("要多长时间", "duo1 chang2 shi2 jian1"),
        ("时间更长", "geng4 chang2"),
        ("最长不超过三年", "zui4 chang2"),
        ("长期护理保险", "chang2 qi1 hu4 li3"),
        ("会长期没人管", "hui4 chang2 qi1"),
        ("找网格长或者楼长", "wang3 ge2 zhang3 / lou2 zhang3"),
        ("园长和家长签字", "yuan2 zhang3 / jia1 zhang3"),
        ("孩子长高了再换", "zhang3 gao1"),
        ("墙上长霉", "zhang3 mei2"),
        ("长者饭堂几点开门", "zhang3 zhe3"),
        ("每年增长百分之五", "zeng1 zhang3"),
        ("儿童健康成长", "cheng2 zhang3"),
        ("银行行长", "yin2 hang2 hang2 zhang3"),
    ]);
}

#[test]
fn once_more_and_heavy() {
    check(&[
        ("丢了要重办", "chong2 ban4"),
        ("合同重签一次", "chong2 qian1"),
        ("漏缴的不用重交", "chong2 jiao1"),
        ("密码可以重置", "chong2 zhi4"),
        ("重新登记", "chong2 xin1"),
        ("两项不能重复享受", "chong2 fu4"),
        ("重残补贴", "zhong4 can2"),
        ("得了重病", "zhong4 bing4"),
        ("病情严重", "yan2 zhong4"),
        ("重点救助对象", "zhong4 dian3"),
        ("重阳节慰问老人", "chong2 yang2"),
        ("量身高体重", "liang2 shen1 gao1 ti3 zhong4"),
    ]);
}

#[test]
fn traps_of_single_characters() {
    check(&[
        ("特困供养", "gong1 yang3"),
        ("以公告为准", "wei2 zhun3"),
        ("为您保密", "wei4 nin2"),
        ("被认定为低保户", "ren4 ding4 wei2"),
        ("评为先进，列为对象", "ping2 wei2 / lie4 wei2"),
        ("妇联为妇女维权", "wei4 fu4 nv3"),
        ("写清年龄、穿着", "chuan1 zhuo2"),
        ("可以处五百元罚款", "ke3 yi3 chu3"),
        ("因为单位没缴", "yin1 wei4"),
        ("房子空着", "kong4 zhe5"),
        ("在空白处签名", "kong4 bai2 chu4"),
        ("空调外机", "kong1 tiao2"),
        ("院里种了菜", "zhong4 le5 cai4"),
        ("预防接种证", "jie1 zhong4 zheng4"),
        ("这几种情况", "ji3 zhong3"),
        ("证件落在窗口了", "la4 zai4 chuang1 kou3"),
        ("给孩子落户", "luo4 hu4"),
        ("人卡在电梯里", "qia3 zai4 dian4 ti1"),
        ("社保卡在哪里领", "ka3 zai4"),
        ("数一数有几个人", "shu3 yi5 shu3"),
        ("人数不够", "ren2 shu4 bu2 gou4"),
        ("把脏水倒掉", "zang1 shui3 dao4 diao4"),
        ("心脏病人", "xin1 zang4 bing4"),
        ("老人摔倒了", "shuai1 dao3 le5"),
        ("乱倒垃圾", "dao4 la1 ji1"),
        ("晾干以后再用", "liang4 gan1"),
        ("用干毛巾擦", "gan1 mao2 jin1"),
        ("社区干部", "gan4 bu4"),
        ("请产假和育儿假", "chan3 jia4 / yu4 er2 jia4"),
        ("用假材料骗补贴", "jia3 cai2 liao4"),
        ("应当如实申报", "ying1 dang1"),
        ("应急避难场所", "ying4 ji2 bi4 nan4"),
        ("敲门没人应", "mei2 ren2 ying4"),
        ("工作调动", "diao4 dong4"),
        ("人民调解", "tiao2 jie3"),
        ("调取监控", "diao4 qu3"),
        ("处理完了告诉您", "chu3 li3 / gao4 su5"),
        ("有难处找社区", "nan2 chu4"),
        ("治安处罚", "chu3 fa2"),
        ("有人教您用手机", "jiao1 nin2"),
        ("教育局", "jiao4 yu4"),
        ("煤气中毒", "zhong4 du2"),
        ("中断缴费", "zhong1 duan4"),
        ("理发店", "li3 fa4"),
        ("补发工资", "bu3 fa1"),
        ("给付标准", "ji3 fu4"),
        ("发给本人", "fa1 gei3"),
        ("累计缴费", "lei3 ji4"),
        ("累了就歇歇", "lei4 le5 / xie1 xie5"),
        ("信息泄露", "xie4 lu4"),
        ("露出眉毛", "lou4 chu1"),
        ("丧葬费", "sang1 zang4"),
        ("丧失劳动能力", "sang4 shi1"),
        ("出差和差旅费", "chu1 chai1 / chai1 lv3"),
        ("补差额", "cha1 e2"),
        ("差不多了", "cha4 bu4 duo1"),
        ("便宜又方便", "pian2 yi5 / fang1 bian4"),
        ("会计和出纳", "kuai4 ji4"),
        ("朝阳区", "chao2 yang2"),
        ("一只猫和两只狗", "yi4 zhi1 / liang3 zhi1"),
        ("只能办一次", "zhi3 neng2"),
        ("和邻居商量", "shang1 liang5"),
        ("量血压", "liang2 xue4 ya1"),
        ("系好安全带", "ji4 hao3"),
        ("联系社区", "lian2 xi4"),
        ("变更登记", "bian4 geng1"),
        ("更好", "geng4 hao3"),
        ("堵塞消防通道", "du3 se4"),
        ("切断电源", "qie1 duan4"),
        ("挑开电线", "tiao3 kai1"),
        ("参与投票", "can1 yu4"),
        ("给予补助", "ji3 yu3"),
        ("照看老人", "zhao4 kan4"),
        ("帮人看孩子", "kan1 hai2 zi5"),
        ("看孩子的户口", "kan4 hai2 zi5"),
        ("目的地", "mu4 di4 di4"),
        ("尽快办理", "jin3 kuai4"),
        ("没尽到义务", "jin4 dao4"),
        ("困难家庭，灾难救助", "kun4 nan2 / zai1 nan4"),
        ("单亲家庭", "dan1 qin1 jia1 ting2"),
        ("单位没收到材料", "mei2 shou1 dao4"),
        ("违法所得没收", "mo4 shou1"),
        ("没收入的人", "mei2 shou1 ru4"),
        ("强制报废", "qiang2 zhi4"),
        ("勉强够格", "mian3 qiang3"),
        ("记载事项", "ji4 zai3"),
        ("下载软件", "xia4 zai4"),
        ("积极分子", "ji1 ji2 fen4 zi3"),
        ("身份证", "shen1 fen4 zheng4"),
        ("正月十五", "zheng1 yue4"),
        ("角色", "jue2 se4"),
        ("当地教育局", "dang1 di4"),
        ("别上当", "shang4 dang4"),
        ("头晕恶心", "e3 xin5"),
        ("背老人下楼", "bei1 lao3 ren2"),
        ("转账", "zhuan3 zhang4"),
    ]);
}

#[test]
fn words_are_not_joined_across() {
    check(&[
        ("其中行政处罚", "xing2 zheng4"),
        ("其中行为人", "xing2 wei2 ren2"),
        ("都能得分配住房", "fen1 pei4"),
        ("可能教育部门不批", "jiao4 yu4"),
        ("这里面会计算工龄", "hui4 ji4 suan4"),
        ("更新鲜的菜", "geng4 xin1 xian1"),
        ("作物和面积", "he2 mian4 ji1"),
        ("要问问题先登记", "wen4 wen4 ti2"),
        ("还车位费", "hai2 che1 wei4"),
        ("交重了可以退", "jiao1 chong2"),
    ]);
}

#[test]
fn one_and_not() {
    check(&[
        ("不用交钱", "bu2 yong4"),
        ("不够条件", "bu2 gou4"),
        ("不办不行", "bu2 ban4 bu4 xing2"),
        ("会不会停发", "hui4 bu2 hui4"),
        ("找不着地方", "zhao3 bu4 zhao2 di4 fang5"),
        ("一把钥匙", "yi4 ba3 yao4 shi5"),
        ("一辈子", "yi2 bei4 zi5"),
        ("一般三天", "yi4 ban1"),
        ("一次办好", "yi2 ci4"),
        ("一起去", "yi4 qi3"),
        ("一年一次", "yi4 nian2 yi2 ci4"),
        ("一个月", "yi2 ge4 yue4"),
        ("第一次", "di4 yi1 ci4"),
        ("一月一日", "yi1 yue4 yi1 ri4"),
        ("一号楼一单元", "yi1 hao4 lou2 yi1 dan1 yuan2"),
        ("一年级新生", "yi1 nian2 ji2"),
        ("星期一到星期五", "xing1 qi1 yi1 dao4"),
        ("统一安排", "tong3 yi1 an1 pai2"),
        ("唯一住房", "wei2 yi1 zhu4"),
        ("万一丢了", "wan4 yi1 diu1"),
        ("三分之一", "san1 fen1 zhi1 yi1"),
        ("初一十五", "chu1 yi1 shi2 wu3"),
        ("二十一天", "er4 shi2 yi1 tian1"),
        ("一百一十元", "yi4 bai3 yi1 shi2 yuan2"),
        ("一千五百元", "yi4 qian1"),
        ("一万元", "yi2 wan4"),
        ("看一看", "kan4 yi5 kan4"),
        ("去看看", "qu4 kan4 kan5"),
        ("同一个小区", "tong2 yi2 ge4"),
        ("进一步", "jin4 yi2 bu4"),
        ("各地不一样，不一定", "bu4 yi2 yang4 / bu4 yi2 ding4"),
        ("更高一些，大一点", "gao1 yi4 xie1 / da4 yi4 dian3"),
        ("打“12345”一键转接", "wu3 yi2 jian4"),
        ("二零一一年", "er4 ling2 yi1 yi1 nian2"),
        (
            "按一点五倍算，一到三级",
            "yi1 dian3 wu3 bei4 / yi1 dao4 san1",
        ),
        ("说慢一点，一到家就打电话", "yi4 dian3 / yi2 dao4 jia1"),
        ("周五一般不开", "wu3 yi4 ban1"),
        ("一一核对", "yi1 yi1 he2"),
    ]);
}

#[test]
fn small_words() {
    check(&[
        ("好了吗", "hao3 le5 ma5"),
        ("爸爸妈妈爷爷奶奶", "ba4 ba5 ma1 ma5 ye2 ye5 nai3 nai5"),
        ("我们的孩子", "wo3 men5 de5 hai2 zi5"),
        ("电子证照", "dian4 zi3"),
        ("独生子女", "du2 sheng1 zi3 nv3"),
        ("什么时候", "shen2 me5 shi2 hou5"),
        ("慢慢地走", "man4 man4 de5"),
        ("买东西", "dong1 xi5"),
        ("在这儿办", "zai4 zhe4 er5"),
        ("去哪儿办", "na3 er5"),
        ("早一点儿来", "yi4 dian3 er5"),
        ("儿童和女儿", "er2 tong2 / nv3 er2"),
        ("地方政府", "di4 fang1"),
        ("我想养狗", "wo3 xiang3 yang3 gou3"),
    ]);
}

#[test]
fn hotlines() {
    check(&[
        ("拨打12345", "yao1 er4 san1 si4 wu3"),
        ("12345热线", "yao1 er4 san1 si4 wu3 re4 xian4"),
        ("打110或119", "yao1 yao1 ling2 huo4 yao1 yao1 jiu3"),
        ("着火打119，受伤打120", "yao1 yao1 jiu3 / yao1 er4 ling2"),
        ("交通事故打122", "yao1 er4 er4"),
        ("反诈电话96110", "jiu3 liu4 yao1 yao1 ling2"),
        ("社保打12333", "yao1 er4 san1 san1 san1"),
        ("公积金12329", "yao1 er4 san1 er4 jiu3"),
        ("12366问税", "yao1 er4 san1 liu4 liu4"),
        ("12348法律援助", "yao1 er4 san1 si4 ba1"),
        ("12315、12393、12355", "yao1 wu3 / jiu3 san1 / wu3 wu3"),
        ("12338和12350", "san1 san1 ba1 he2 yao1 er4 san1 wu3 ling2"),
        ("网络举报12377", "san1 qi1 qi1"),
        ("停电打95598", "jiu3 wu3 wu3 jiu3 ba1"),
        ("火车票12306", "yao1 er4 san1 ling2 liu4"),
        ("移动10086", "yao1 ling2 ling2 ba1 liu4"),
        ("走110米", "yi4 bai3 yi1 shi2 mi3"),
        ("罚120元", "yi4 bai3 er4 shi2 yuan2"),
        ("面积120平", "yi4 bai3 er4 shi2 ping2"),
        (
            "共12345人",
            "yi2 wan4 er4 qian1 san1 bai3 si4 shi2 wu3 ren2",
        ),
        ("110个名额", "yi4 bai3 yi1 shi2 ge4"),
        ("每分钟100到120次", "yi4 bai3 dao4 yi4 bai3 er4 shi2 ci4"),
        (
            "电话010-12345678",
            "ling2 yao1 ling2 yao1 er4 san1 si4 wu3 liu4 qi1 ba1",
        ),
        ("手机138 0000 0000", "yao1 san1 ba1 ling2 ling2"),
        (
            "400-810-1234",
            "si4 ling2 ling2 ba1 yao1 ling2 yao1 er4 san1 si4",
        ),
        ("取件码0 4 2 9 1 7", "ling2 si4 er4 jiu3 yao1 qi1"),
        ("发短信到12110", "yao1 er4 yao1 yao1 ling2"),
        ("验证码是1029384", "yao1 ling2 er4 jiu3 san1 ba1 si4"),
        (
            "拨010-6609 7980转8012",
            "liu4 liu4 ling2 jiu3 qi1 jiu3 ba1 ling2 zhuan3 ba1 ling2 yao1 er4",
        ),
        ("12345-9转残联", "yao1 er4 san1 si4 wu3 jiu3 zhuan3"),
        ("24365平台", "er4 si4 san1 liu4 wu3 ping2 tai2"),
        ("电信10000", "yao1 ling2 ling2 ling2 ling2"),
    ]);
}

#[test]
fn amounts() {
    check(&[
        (
            "补1,234.50元",
            "yi4 qian1 er4 bai3 san1 shi2 si4 dian3 wu3 ling2 yuan2",
        ),
        ("最高2.5万元", "er4 dian3 wu3 wan4 yuan2"),
        ("200元/月", "liang3 bai3 yuan2 mei3 yue4"),
        (
            "每人80元/平方米·年",
            "ba1 shi2 yuan2 mei3 ping2 fang1 mi3 mei3 nian2",
        ),
        ("3元/㎡", "san1 yuan2 mei3 ping2 fang1 mi3"),
        ("50元/人次", "wu3 shi2 yuan2 mei3 ren2 ci4"),
        ("2个孩子", "liang3 ge4"),
        ("2元一次", "liang3 yuan2 yi2 ci4"),
        ("每年2次", "liang3 ci4"),
        ("20000元", "liang3 wan4 yuan2"),
        ("2000元", "liang3 qian1 yuan2"),
        ("12个月", "shi2 er4 ge4 yue4"),
        ("1个工作日", "yi2 ge4 gong1"),
        ("1-3个工作日", "yi1 dao4 san1 ge4"),
        ("1年内", "yi4 nian2 nei4"),
        ("98%", "bai3 fen1 zhi1 jiu3 shi2 ba1"),
        ("0.5%", "bai3 fen1 zhi1 ling2 dian3 wu3"),
        (
            "10%-15%",
            "bai3 fen1 zhi1 shi2 dao4 bai3 fen1 zhi1 shi2 wu3",
        ),
        ("10-15%", "bai3 fen1 zhi1 shi2 dao4 bai3 fen1 zhi1 shi2 wu3"),
        ("3‰", "qian1 fen1 zhi1 san1"),
        ("1/3以上", "san1 fen1 zhi1 yi1 yi3 shang4"),
        ("1.5倍", "yi1 dian3 wu3 bei4"),
        ("零下5度和-5℃", "wu3 du4 he2 fu4 wu3 she4 shi4 du4"),
        ("18℃", "shi2 ba1 she4 shi4 du4"),
        (
            "90㎡，60平方米，50m²",
            "jiu3 shi2 ping2 fang1 mi3 / wu3 shi2 ping2 fang1 mi3",
        ),
        ("30km以内，5kg", "san1 shi2 gong1 li3 / wu3 gong1 jin1"),
        ("收入≤1000元", "xiao3 yu2 deng3 yu2 yi4 qian1 yuan2"),
        ("≥65岁", "da4 yu2 deng3 yu2 liu4 shi2 wu3 sui4"),
        ("¥200", "liang3 bai3 yuan2"),
        ("1000000元", "yi4 bai3 wan4 yuan2"),
        ("1亿元", "yi2 yi4 yuan2"),
        ("10500元", "yi2 wan4 ling2 wu3 bai3"),
        ("24小时", "er4 shi2 si4 xiao3 shi2"),
        ("7×24小时", "qi1 cheng2 er4 shi2 si4"),
        ("3+1模式", "san1 jia1 yi1"),
        ("身份证＋户口本", "zheng4 jia1 hu4"),
        ("血糖6.1mmol/L", "liu4 dian3 yi1 hao2 mo2 er3 mei3 sheng1"),
        ("血压120/80", "yi4 bai3 er4 shi2 ba1 shi2"),
        ("比例1:3", "yi1 bi3 san1"),
    ]);
}

#[test]
fn dates_times_and_ages() {
    check(&[
        (
            "2025年1月1日起",
            "er4 ling2 er4 wu3 nian2 yi1 yue4 yi1 ri4 qi3",
        ),
        ("2025-01-01", "er4 ling2 er4 wu3 nian2 yi1 yue4 yi1 ri4"),
        ("2025/1/1", "er4 ling2 er4 wu3 nian2 yi1 yue4 yi1 ri4"),
        ("2025.1.1", "er4 ling2 er4 wu3 nian2 yi1 yue4 yi1 ri4"),
        ("2025年12月31日", "shi2 er4 yue4 san1 shi2 yi1 ri4"),
        (
            "2021-2025年",
            "er4 ling2 er4 yi1 dao4 er4 ling2 er4 wu3 nian2",
        ),
        ("2月10日", "er4 yue4 shi2 ri4"),
        ("3月1日-5月31日", "yi1 ri4 dao4 wu3 yue4"),
        ("8:30", "ba1 dian3 san1 shi2 fen1"),
        ("9:00", "jiu3 dian3"),
        (
            "8:30-17:30",
            "ba1 dian3 san1 shi2 fen1 dao4 shi2 qi1 dian3 san1 shi2 fen1",
        ),
        ("14：05", "shi2 si4 dian3 ling2 wu3 fen1"),
        ("下午2:00", "liang3 dian3"),
        ("周一-周五", "zhou1 yi1 dao4 zhou1 wu3"),
        ("周一至周五", "zhou1 yi1 zhi4 zhou1 wu3"),
        ("60周岁", "liu4 shi2 zhou1 sui4"),
        ("60-79岁", "liu4 shi2 dao4 qi1 shi2 jiu3 sui4"),
        ("65岁以上", "liu4 shi2 wu3 sui4 yi3 shang4"),
        ("0～6岁", "ling2 dao4 liu4 sui4"),
        ("2-3岁", "liang3 dao4 san1 sui4"),
        ("满2周岁", "liang3 zhou1 sui4"),
        ("工作2年", "liang3 nian2"),
        ("90后", "jiu3 shi2 hou4"),
    ]);
}

#[test]
fn numbers_that_name() {
    check(&[
        (
            "国发〔2024〕13号",
            "guo2 fa1 er4 ling2 er4 si4 shi2 san1 hao4",
        ),
        ("民发〔2021〕43号", "er4 ling2 er4 yi1 si4 shi2 san1 hao4"),
        ("主席令第41号", "di4 si4 shi2 yi1 hao4"),
        ("国务院令第753号", "di4 qi1 bai3 wu3 shi2 san1 hao4"),
        ("2号楼", "er4 hao4 lou2"),
        ("1号楼1单元", "yi1 hao4 lou2 yi1 dan1 yuan2"),
        ("501室", "wu3 ling2 yao1 shi4"),
        ("3-2-501", "san1 er4 wu3 ling2 yao1"),
        ("第2步", "di4 er4 bu4"),
        ("第1步", "di4 yi1 bu4"),
        ("第 2 个月", "di4 er4 ge4"),
        ("2级残疾", "er4 ji2"),
        ("2年级", "er4 nian2 ji2"),
        ("①带证②签字③领卡", "yi1 dai4 / er4 qian1 / san1 ling3"),
        ("Ⅱ级响应", "er4 ji2"),
        ("1. 到社区", "yi1 dao4 she4"),
        ("2. 一般当场办", "er4 yi4 ban1"),
        ("101路", "yi4 bai3 ling2 yi1 lu4"),
        ("二〇二五年", "er4 ling2 er4 wu3 nian2"),
        ("GB 17761—2024", "yao1 qi1 qi1 liu4 yao1 er4 ling2 er4 si4"),
        ("84消毒液", "ba1 si4 xiao1 du2"),
        ("3·15", "san1 yao1 wu3"),
        ("H7N9", "qi1 en1 jiu3"),
        ("C1驾照", "xi1 yi1 jia4 zhao4"),
    ]);
}

#[test]
fn letters() {
    check(&[
        ("下载App", "ei1 pi4 pi4"),
        ("取AED", "ei1 yi4 di4"),
        ("连WiFi", "wai1 fei4"),
        ("5G手机", "wu3 ji4"),
        ("ETC卡", "yi4 ti4 xi1"),
        ("PDF文件", "pi4 di4 ai2 fu5"),
        ("做B超和CT", "bi4 chao1 / xi1 ti4"),
        ("KTV太吵", "kei4 ti4 wei1"),
        ("ＡＥＤ", "ei1 yi4 di4"),
        ("Excel表", "yi1 ke5 sai4 er5"),
        ("xyz", "ai2 ke5 si5 wai1 zei4"),
        ("www.gov.cn", "dian3 ji4 ou1 wei1 dian3 xi1 en1"),
    ]);
}

#[test]
fn an_admin_has_the_last_word() {
    let reader = Reader::new([
        Rule::parse("重办", "zhong4 ban4").unwrap(),
        Rule::parse("重办证", "chong2 ban4 zheng4").unwrap(),
        Rule::parse("一", "yi1").unwrap(),
    ]);
    for (text, wanted) in [
        ("要重办", " yao4 zhong4 ban4 "),
        ("要重办证", " yao4 chong2 ban4 zheng4 "),
        ("一次", " yi1 ci4 "),
        ("要重{chong2}办", " yao4 chong2 ban4 "),
        ("银行{xing2}", " yin2 xing2 "),
        ("一{yi4}次", " yi4 ci4 "),
    ] {
        assert_eq!(reading(&reader, text), wanted, "{text}");
    }
    let clauses = reader.read("先重{chong2}办，再还{huan2}。");
    let text = shown("先重{chong2}办，再还{huan2}。");
    assert_eq!(&text[clauses[1].shown.clone()], "再还。");
    assert_eq!(&text[clauses[1].syllables[1].at..], "还。");
}
