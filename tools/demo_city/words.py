"""Invented names: places, people, firms, projects."""

from random import Random

ROOT = ("990100", "示例市", "示例市", "Sample City")
COUNTIES = (
    ("990101", "云渡区", "Yundu District"), ("990102", "望溪区", "Wangxi District"),
    ("990103", "白藤区", "Baiteng District"), ("990104", "青岚区", "Qinglan District"),
    ("990105", "晨溪高新区", "Chenxi High-tech Zone"), ("990106", "临渡县", "Lindu County"),
    ("990107", "松屿县", "Songyu County"), ("990108", "竹隐县", "Zhuyin County"),
    ("990109", "稻丰县", "Daofeng County"), ("990110", "石鹭县", "Shilu County"),
)
DEPARTMENTS = (
    ("D01", "发展和改革委员会", "发改委", "Development and Reform"), ("D02", "商务局", "商务局", "Commerce"),
    ("D03", "财政局", "财政局", "Finance"), ("D04", "自然资源局", "自然资源局", "Natural Resources"),
    ("D05", "工业和信息化局", "工信局", "Industry"), ("D06", "住房和城乡建设局", "住建局", "Housing"),
    ("D07", "国有资产监督管理委员会", "国资委", "State Assets"), ("D08", "统计局", "统计局", "Statistics"),
    ("D09", "督查室", "督查室", "Supervision Office"), ("D10", "农业农村局", "农业农村局", "Agriculture"),
)
COMPANIES = (
    ("E01", "示例市城投集团", "城投集团", "City Construction Group"),
    ("E02", "示例市产投集团", "产投集团", "Industry Investment Group"),
    ("E03", "示例市交投集团", "交投集团", "Transport Investment Group"),
    ("E04", "示例市水投集团", "水投集团", "Water Investment Group"),
)
PARKS = (
    ("K01", "云渡工业园", "990101", "Yundu Park"), ("K02", "望溪科技园", "990102", "Wangxi Science Park"),
    ("K03", "晨溪产业园", "990105", "Chenxi Park"), ("K04", "临渡经济园", "990106", "Lindu Park"),
    ("K05", "稻丰食品园", "990109", "Daofeng Food Park"),
)
OFFICE = ("O01", "示例市项目竞赛办公室", "竞赛办", "Competition Office")

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("示一", "示二", "文例", "思例", "景例", "启例", "明例", "若例", "远例", "安例", "宁例", "清例", "和例", "知例", "行例", "言例")
PINYIN = {
    "赵": "Zhao", "钱": "Qian", "孙": "Sun", "李": "Li", "周": "Zhou", "吴": "Wu", "郑": "Zheng", "王": "Wang",
    "冯": "Feng", "陈": "Chen", "褚": "Chu", "卫": "Wei", "蒋": "Jiang", "沈": "Shen", "韩": "Han", "杨": "Yang",
    "朱": "Zhu", "秦": "Qin", "尤": "You", "许": "Xu", "何": "He", "吕": "Lü", "施": "Shi", "张": "Zhang",
    "孔": "Kong", "曹": "Cao", "严": "Yan", "华": "Hua", "金": "Jin", "魏": "Wei", "陶": "Tao", "姜": "Jiang",
}
GIVEN_PINYIN = (
    "Shiyi", "Shier", "Wenli", "Sili", "Jingli", "Qili", "Mingli", "Ruoli", "Yuanli", "Anli", "Ningli", "Qingli",
    "Heli", "Zhili", "Xingli", "Yanli",
)

BRANDS = (
    "澄岳", "砚禾", "霁川", "岚序", "拓桁", "珩屿", "漱石", "云榫", "禾径", "赤樟", "沐桐", "泊舟", "鹭汀", "璟衡", "朗榕", "柏衍",
    "穗禾", "青榆", "远岫", "竹砚", "晴原", "素川", "棠序", "桉序", "砾川", "汐禾", "岭榆", "榕屿", "槐序", "蓝桁", "栎川", "芦汀",
    "澜岳", "桐序", "稷川", "枫桁", "苇汀", "檀序", "栀川", "柚禾",
)
# What is built: name, English, industry code, tags.
PRODUCTS = (
    ("先进封装生产线", "advanced packaging line", "C39", ("advanced_manufacturing", "chain_supporting")),
    ("轨道交通零部件基地", "rail parts base", "C37", ("advanced_manufacturing", "chain_supporting")),
    ("硬质合金刀具", "carbide tools", "C33", ("advanced_manufacturing",)),
    ("动力电池结构件", "battery housings", "C38", ("advanced_manufacturing", "chain_supporting")),
    ("航空发动机精密铸件", "precision castings", "C37", ("advanced_manufacturing",)),
    ("工业机器人减速器", "robot gearboxes", "C34", ("advanced_manufacturing", "chain_supporting")),
    ("传感器产业园", "sensor park", "C40", ("advanced_manufacturing", "chain_supporting")),
    ("新型陶瓷材料", "new ceramics", "C30", ("advanced_manufacturing",)),
    ("日用陶瓷智能工厂", "ceramics works", "C30", ("chain_supporting",)),
    ("生物医药中试平台", "biomedical pilot plant", "C27", ("advanced_manufacturing",)),
    ("医疗器械产业基地", "medical devices base", "C35", ("advanced_manufacturing",)),
    ("光伏组件", "solar modules", "C38", ("advanced_manufacturing", "top500")),
    ("大数据中心", "data centre", "I65", ("modern_services", "top500")),
    ("智慧物流园", "logistics park", "G59", ("modern_services",)),
    ("冷链仓储中心", "cold store", "G59", ("modern_services", "chain_supporting")),
    ("食品精深加工", "food processing", "C13", ("chain_supporting",)),
    ("茶叶加工", "tea works", "C15", ("modern_farming",)),
    ("生态养殖基地", "livestock base", "A03", ("modern_farming",)),
    ("文旅小镇", "culture and tourism town", "K70", ("modern_services",)),
    ("商贸综合体", "trade centre", "F52", ("modern_services",)),
)
WORKS = (
    ("城区道路改造", "city road", "E48", ("infrastructure",)), ("污水处理厂提质", "sewage works", "D46", ("infrastructure",)),
    ("人民医院新院区", "hospital", "Q84", ("livelihood",)), ("职业技术学校", "vocational school", "P83", ("livelihood",)),
    ("标准厂房", "standard workshops", "E47", ("infrastructure",)), ("水源工程", "water supply", "E48", ("infrastructure",)),
    ("老旧小区改造", "housing renewal", "E47", ("livelihood",)), ("过江通道", "river crossing", "E48", ("infrastructure",)),
    ("智慧城市平台", "smart city platform", "I65", ("modern_services",)), ("园区配套路网", "park roads", "E48", ("infrastructure",)),
)

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(number: int) -> str:
    """An invented unified social credit code whose last character is right; 9901 is no region in use."""
    body = f"91990100MA{number:07d}"
    total = sum(CREDIT_CHARACTERS.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return body + CREDIT_CHARACTERS[-total % 31]


def shares(random: Random, total: int, count: int, least: int) -> list[int]:
    """`count` whole amounts of at least `least` that add up to `total`, uneven as real ones are."""
    weights = [random.paretovariate(1.6) for _ in range(count)]
    spare = total - least * count
    parts = [least + int(spare * weight / sum(weights)) // 50 * 50 for weight in weights]
    parts[parts.index(max(parts))] += total - sum(parts)
    return parts
