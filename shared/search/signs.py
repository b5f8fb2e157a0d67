"""
How one printed character is folded for searching: width, case, look-alike signs, old character forms.

Folding is lossy on purpose and happens to the query as well as to the text: two spellings that a
person takes for the same must become the same string. What is shown to people is never folded.
"""

import unicodedata
from typing import Final

NUMBER_OPENS: Final = "␂"
NUMBER_CLOSES: Final = "␃"
FIELD_ENDS: Final = "␟"

# NFKC leaves these alone, or turns them into something that no longer looks like the sign meant.
_SIGNS: Final = {
    "，": "，",
    "﹐": "，",
    "≧": "≥",
    "⩾": "≥",
    "⋝": "≥",
    "≦": "≤",
    "⩽": "≤",
    "⋜": "≤",
    "》": ">",
    "〉": ">",
    "›": ">",
    "《": "<",
    "〈": "<",
    "‹": "<",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "∽": "~",
    "﹣": "-",
    "－": "-",
    "—": "-",
    "–": "-",
    "―": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "−": "-",
    "─": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "‘": "'",
    "’": "'",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "•": "·",
    "‧": "·",
    "・": "·",
    "∙": "·",
    "⋅": "·",
    "✕": "×",
    "✖": "×",
    "∕": "/",
    "⁄": "/",
}

# Radicals that text layers give in place of the characters they look like; NFKC folds only the Kangxi block.
_RADICALS: Final = dict(
    zip(
        "⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻄⻁⻂⺟⺁⺇⺌⺎⺐⺓⺗⺘⺝⺡⺣⺩⺫⺬⺭⺮⺯⺶⺷⺸⺹⺼⺾⻇⻊⻌⻍⻎⻏⻑⻒⻖⻞⻟⻡⻫⻭⻯⻱⻲",
        "民见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟西虎衣母厂几小尢尤幺心手月水火王罒示礻竹糸羊羊羊老肉艹角足辶辶辶阝长长阝飠饣首斉歯竜亀亀",
        strict=True,
    )
)

# Traditional forms that occur in names and tables of this field, each before its simplified form.
_OLD_FORMS: Final = (
    "來来個个備备傳传債债價价億亿優优別别創创劃划劑剂動动務务勞劳勢势勵励區区協协員员問问單单國国圍围園园圖图執执報报場场學学實实審审將将專专尋寻對对導导層层屬属島岛嶼屿師师帳账帶带幣币廠厂廢废廣广"
    "廳厅態态應应懲惩戰战揚扬換换損损擇择據据擴扩攝摄數数於于時时暫暂曆历書书會会東东條条業业極极構构樓楼標标樣样樹树橋桥機机橫横檔档檢检歡欢歲岁歷历歸归殘残氣气決决沒没況况淨净減减測测準准溫温滅灭"
    "滿满濟济灣湾燈灯燒烧營营爭争牆墙獎奖獲获現现瑪玛環环瓊琼產产畫画異异當当療疗癥症發发監监盤盘礎础礦矿稅税種种積积穩稳窮穷競竞筆笔節节範范築筑簡简簽签糧粮糾纠約约紅红納纳純纯紙纸級级細细終终組组"
    "結结絕绝絡络給给統统經经綠绿維维網网線线編编練练縣县縮缩縱纵總总續续罰罚習习聯联聲声職职聽听腦脑腳脚臺台舉举舊旧艦舰華华萬万葉叶藥药蘭兰處处號号術术衛卫衝冲補补裝装複复見见規规視视親亲覺觉觀观"
    "訂订計计訊讯訓训託托記记訪访設设許许訴诉診诊評评詞词試试該该詳详認认語语誠诚說说課课調调請请諮咨諾诺證证識识譯译議议護护變变讓让負负財财貢贡貧贫貨货貫贯責责貴贵買买貸贷費费貼贴貿贸資资賠赔賣卖"
    "賦赋質质賬账購购賽赛趕赶趙赵車车軟软輔辅輕轻輛辆輸输轄辖轉转辦办農农進进遊游運运過过達达違违遠远適适選选遺遗還还郵邮鄉乡鄭郑醫医釋释釐厘針针銷销鋼钢錄录錢钱錯错鍵键鎮镇鏈链鐵铁鑑鉴長长門门閉闭"
    "開开間间閱阅關关陰阴陸陆陽阳隊队際际隨随險险隱隐雖虽雙双雜杂離离難难雲云電电靈灵靜静響响頁页頂顶項项順顺須须預预領领頭头題题額额類类顧顾顯显風风飛飞飯饭養养餘余館馆馬马駐驻騎骑騙骗驗验髒脏體体"
    "鬥斗鬧闹魚鱼鳥鸟麥麦黃黄點点黨党齊齐齒齿龍龙龜龟"
)


def _circled_numbers() -> dict[str, str]:
    """``①`` is read as ``(1)``: as a bare digit it would run into the number before it."""
    return {chr(0x2460 + step): f"({step + 1})" for step in range(20)}


def _vanishing() -> dict[str, str]:
    """The marks that fence numbers and fields: typed by a person they mean nothing."""
    return dict.fromkeys((NUMBER_OPENS, NUMBER_CLOSES, FIELD_ENDS), "")


_FOLDED: Final = {
    **_SIGNS,
    **_RADICALS,
    **dict(zip(_OLD_FORMS[::2], _OLD_FORMS[1::2], strict=True)),
    **_circled_numbers(),
    **_vanishing(),
}


class _Folds(dict[int, str]):
    """What ``str.translate`` looks characters up in; each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code))
        return folded


def fold_character(character: str) -> str:
    """Fold one character to none, one or a few; blanks and control characters become one blank or nothing."""
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return ""
    special = _FOLDED.get(character)
    if special is not None:
        return special
    folded = unicodedata.normalize("NFKC", character).casefold()
    return "".join(_FOLDED.get(part, part) for part in folded)


FOLDS: Final = _Folds()
