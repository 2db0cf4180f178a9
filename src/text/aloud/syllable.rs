//! A syllable with its tone.

/// A syllable to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syllable {
    /// Pinyin without its tone; ü is written v.
    pub base: String,
    /// 1 to 4, and 5 for the neutral tone.
    pub tone: u8,
    /// Byte offset, in the text as shown, of the character that it stands for.
    pub at: usize,
    /// Whether a word begins with it.
    pub begins_word: bool,
}

/// What a syllable sounds like, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sound {
    pub(super) base: &'static str,
    pub(super) tone: u8,
}

impl Sound {
    /// Parses `chong2`; ü may be written ü, v or u:. A missing tone is the
    /// neutral one. Only syllables that Mandarin has are accepted.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let (base, tone) = match written.as_bytes().last()? {
            digit @ b'1'..=b'5' => (&written[..written.len() - 1], digit - b'0'),
            _ => (written, 5),
        };
        let base = if base.contains(['ü', ':']) {
            known(&base.replace("u:", "v").replace('ü', "v"))?
        } else {
            known(base)?
        };
        Some(Self { base, tone })
    }
}

/// The syllable of the table that is written like this.
fn known(base: &str) -> Option<&'static str> {
    SYLLABLES
        .iter()
        .flat_map(|line| line.split(' '))
        .find(|s| *s == base)
}

/// The sounds of a reading with spaces between them.
pub(super) fn sounds(reading: &str) -> Option<Vec<Sound>> {
    reading.split_whitespace().map(Sound::parse).collect()
}

/// All syllables of Mandarin, by initial.
const SYLLABLES: &[&str] = &[
    "a ai an ang ao e ei en eng er o ou yo",
    "ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu",
    "pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu",
    "ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu",
    "fa fan fang fei fen feng fo fou fu",
    "da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo",
    "ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo",
    "na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun",
    "nuo nv nve",
    "la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan",
    "lun luo lv lve",
    "ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo",
    "ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo",
    "ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo",
    "ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun",
    "qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun",
    "xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun",
    "zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui",
    "zhun zhuo",
    "cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun",
    "chuo",
    "sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun",
    "shuo",
    "ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo",
    "za zai zan zang zao ze zei zen zeng zi zong zou zu zuan zui zun zuo",
    "ca cai can cang cao ce cen ceng ci cong cou cu cuan cui cun cuo",
    "sa sai san sang sao se sen seng si song sou su suan sui sun suo",
    "ya yan yang yao ye yi yin ying yong you yu yuan yue yun",
    "wa wai wan wang wei wen weng wo wu",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_syllables_of_mandarin_are_read() {
        for (written, base, tone) in [
            ("chong2", "chong", 2),
            ("nv3", "nv", 3),
            ("lü4", "lv", 4),
            ("lu:4", "lv", 4),
            ("de", "de", 5),
            ("er5", "er", 5),
        ] {
            assert_eq!(Sound::parse(written), Some(Sound { base, tone }));
        }
        for wrong in [
            "", "2", "chong6", "chong0", "abc1", "fai1", "重", "é", "Chong2",
        ] {
            assert_eq!(Sound::parse(wrong), None, "{wrong}");
        }
    }
}
