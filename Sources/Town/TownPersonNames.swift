import Base

/// Names and telephone numbers of people who do not exist.
struct TownPersonNames {
  private var generator: SeededGenerator
  private var taken: Set<String> = []
  private var lastPhone = 0

  init(seed: UInt64, for purpose: String) {
    generator = SeededGenerator(seed: seed, for: purpose)
  }

  /// A name that nobody has yet.
  mutating func next() -> String {
    var name = Self.name(using: &generator)
    // There are some three thousand names, and a town has a hundred people who work for it.
    while !taken.insert(name).inserted { name = Self.name(using: &generator) }
    return name
  }

  /// A number of its own that no network gives out: mobile numbers begin with 13 to 19.
  mutating func nextPhone() -> String {
    lastPhone += 1
    let digits = String(lastPhone)
    return "1260000" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// A surname and a given name, as they go together in the country there.
  static func name(using generator: inout SeededGenerator) -> String {
    (generator.pick(surnames) ?? "") + (generator.pick(given) ?? "")
  }

  private static let surnames = [
    "陈", "沈", "施", "黄", "顾", "陆", "张", "王", "朱", "徐", "倪", "龚", "宋", "姚", "杨", "汤", "茅", "蔡",
    "俞", "郁", "袁", "瞿", "秦", "范", "包", "钱", "季", "樊", "盛", "吴", "李", "周", "赵", "孙", "郭", "何",
  ]

  private static let given = [
    "建明", "志伟", "永兴", "国良", "卫东", "文斌", "海峰", "晓军", "利民", "德福", "金才", "根生", "宝林", "汉忠",
    "雪峰", "立新", "荣华", "正平", "思远", "子昂", "俊杰", "浩然", "天宇", "嘉诚", "一鸣", "泽楷", "明哲", "宇辰",
    "秀英", "美芳", "玉兰", "桂芬", "凤珍", "惠娟", "丽萍", "海燕", "雅琴", "红梅", "小芳", "春花", "静怡", "晓雯",
    "佳怡", "梦洁", "思琪", "雨涵", "欣悦", "若彤", "诗语", "婷婷", "燕", "敏", "洁", "磊", "超", "斌", "鹏", "辉",
    "慧", "莉", "芸", "琳", "强", "勇", "涛", "刚", "晨", "阳", "霞", "萍", "岚", "颖", "杰", "峰", "亮", "毅",
    "伟忠", "卫平", "耀祖", "学文", "祥云", "新民", "贤", "秋生", "月娥", "妙根", "阿大", "引娣", "招弟", "菊芳",
  ]
}
