/// The names of the made-up town. None of them is a real town's; what sounds like a real village is
/// so by chance, since the names are made of the words that villages there are named with.
enum TownNames {
  static let district = (code: "310199", name: "汀海区")
  static let town = (code: "103", name: "云浦镇")

  /// The area grids, each with the letters of its villages on the plan.
  static let areaGrids = [
    (code: "P1", name: "西片区网格", letters: "AFGI"),
    (code: "P2", name: "中片区网格", letters: "BCJL"),
    (code: "P3", name: "东片区网格", letters: "DEHK"),
  ]

  /// The plan of the town, north above: one letter for each unit grid, the village it belongs to.
  static let plan = [
    "AAABBCDD",
    "AFBBCCCD",
    "FFGLLEED",
    "FGGLLHEE",
    "IIGJJHHH",
    "IIJJKKKK",
  ]

  /// The lines between the letters of the plan, in metres. The town's centre, in the middle, is
  /// cut finer than the fields around it.
  static let columns: [Double] = [0, 1350, 2700, 4000, 4750, 5500, 6900, 8450, 10000]
  static let rows: [Double] = [0, 1200, 2300, 2950, 3600, 4750, 6000]

  struct Village: Sendable {
    let letter: Character
    let code: String
    let name: String
    /// One for each unit grid, from the south-west on along the rows: what its inhabitants call it.
    let hamlets: [String]
    let roads: [String]
    let rivers: [String]
    /// Places that everybody knows, at which something is found.
    let sights: [String]
  }

  static let villages: [Village] = [
    Village(
      letter: "A", code: "201", name: "汇龙村", hamlets: ["陆家宅", "顾家埭", "新河宅", "龙梢头"],
      roads: ["汇龙路", "北横路", "新河宅路"], rivers: ["长堰港", "汇龙沟"],
      sights: ["汇龙村村委会", "汇龙村健身点", "新河宅泵站", "汇龙桥", "顾家埭便民店"]),
    Village(
      letter: "B", code: "202", name: "云北村", hamlets: ["施家宅", "南蔡埭", "北蔡埭", "塘北"],
      roads: ["云北路", "塘北路", "北横路"], rivers: ["云浦河北支", "塘北泾"],
      sights: ["云北村村委会", "云北文化广场", "塘北桥", "云北村卫生室", "北横路公交站"]),
    Village(
      letter: "C", code: "203", name: "芦汀村", hamlets: ["芦花宅", "黄家埭", "沈家宅", "汀口"],
      roads: ["芦汀路", "汀口路", "北横路"], rivers: ["芦汀港", "黄家沟"],
      sights: ["芦汀村村委会", "芦汀湿地公园", "汀口水闸", "芦花宅停车场", "芦汀桥"]),
    Village(
      letter: "D", code: "204", name: "东汊村", hamlets: ["东汊头", "倪家宅", "范家埭", "外圩"],
      roads: ["东汊路", "外圩路", "沿江公路"], rivers: ["东汊河", "外圩沟"],
      sights: ["东汊村村委会", "东汊码头", "外圩泵站", "倪家宅老年活动室", "东汊村公交终点站"]),
    Village(
      letter: "E", code: "205", name: "穗丰村", hamlets: ["穗西", "穗东", "朱家宅", "丰收埭"],
      roads: ["穗丰路", "丰收路", "东横路"], rivers: ["芦汀港", "穗丰泾"],
      sights: ["穗丰村村委会", "穗丰粮食烘干中心", "丰收埭健身点", "穗丰桥", "朱家宅小卖部"]),
    Village(
      letter: "F", code: "206", name: "长堰村", hamlets: ["堰头", "堰北", "龚家宅", "小圩"],
      roads: ["长堰路", "堰头路", "西环路"], rivers: ["长堰港", "小圩沟"],
      sights: ["长堰村村委会", "堰头水闸", "长堰村卫生室", "龚家宅桥", "西环路口绿地"]),
    Village(
      letter: "G", code: "207", name: "浦湾村", hamlets: ["湾里", "湾外", "瞿家宅", "秦家埭"],
      roads: ["浦湾路", "湾里路", "西横路"], rivers: ["云浦河", "浦湾沟"],
      sights: ["浦湾村村委会", "浦湾睦邻点", "湾里桥", "浦湾村果蔬基地", "瞿家宅路口"]),
    Village(
      letter: "H", code: "208", name: "石湾村", hamlets: ["石桥头", "石湾西", "石湾东", "俞家宅"],
      roads: ["石湾路", "石桥路", "东横路"], rivers: ["云浦河", "石湾港"],
      sights: ["石湾村村委会", "石桥头古桥", "石湾工业点", "俞家宅停车场", "石湾村卫生室"]),
    Village(
      letter: "I", code: "209", name: "南埝村", hamlets: ["埝上", "埝下", "包家宅", "陈家埭"],
      roads: ["南埝路", "埝上路", "西环路"], rivers: ["南埝河", "包家沟"],
      sights: ["南埝村村委会", "埝上泵站", "南埝村篮球场", "包家宅桥", "南埝合作社"]),
    Village(
      letter: "J", code: "210", name: "浦南村", hamlets: ["南街头", "管家宅", "浦南西", "浦南东"],
      roads: ["浦南路", "南街", "南横路"], rivers: ["云浦河", "南埝河"],
      sights: ["浦南村村委会", "浦南幼儿园", "南街菜场", "管家宅桥", "浦南村老年活动室"]),
    Village(
      letter: "K", code: "211", name: "棠浦村", hamlets: ["棠西", "棠东", "汤家宅", "海棠埭"],
      roads: ["棠浦路", "海棠路", "南横路"], rivers: ["棠浦", "汤家沟"],
      sights: ["棠浦村村委会", "海棠花圃", "棠浦桥", "汤家宅健身点", "棠浦民宿集群"]),
    Village(
      letter: "L", code: "001", name: "云浦居民委员会", hamlets: ["芦花苑", "云湾公寓", "老街", "镇北新村"],
      roads: ["云浦大街", "镇中路", "学前路", "云浦公路"], rivers: ["云浦河", "市河"],
      sights: ["云浦农贸市场", "云浦中心小学", "云浦镇社区文化活动中心", "云浦公交枢纽", "市河桥", "镇中路口袋公园"]),
  ]
}
