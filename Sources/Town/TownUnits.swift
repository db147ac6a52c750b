import City

/// The organisations and posts of the made-up town. Units have the codes that the catalogue's kinds
/// name.
enum TownUnits {
  static let centre = (code: "centre", name: "云浦镇城市运行管理中心")
  /// The centres above the town's, which send cases down to it.
  static let district = (code: "district", name: "汀海区城市运行管理中心")
  static let city = (code: "city", name: "江汀市城市运行管理中心")
  /// Where the patrollers belong.
  static let patrol = "patrol"
  /// Where calls are taken and the duty officers sit.
  static let gridCentre = "grid-centre"
  /// The unit that has fiscal projects of its own, beside the centre.
  static let withProjects = "sanitation"

  struct Unit: Sendable {
    let code: String
    let name: String
    /// How many people handle its cases.
    let staff: Int
  }

  static let units = [
    Unit(code: gridCentre, name: "网格热线受理科", staff: 0),
    Unit(code: patrol, name: "网格巡查队", staff: 0),
    Unit(code: "city-management", name: "云浦镇综合行政执法队", staff: 3),
    Unit(code: "sanitation", name: "云浦镇市容环境卫生所", staff: 3),
    Unit(code: "roads", name: "云浦镇市政道路管养站", staff: 2),
    Unit(code: "water", name: "云浦镇水务管理站", staff: 3),
    Unit(code: "landscape", name: "云浦镇绿化林业站", staff: 2),
    Unit(code: "housing", name: "云浦镇房屋管理事务所", staff: 3),
    Unit(code: "planning", name: "云浦镇规划建设和生态环境办公室", staff: 3),
    Unit(code: "agriculture", name: "云浦镇农业农村服务中心", staff: 2),
    Unit(code: "safety", name: "云浦镇安全生产管理所", staff: 2),
    Unit(code: "fire", name: "云浦镇消防救援工作站", staff: 2),
    Unit(code: "police", name: "云浦派出所", staff: 3),
    Unit(code: "market", name: "云浦市场监督管理所", staff: 2),
    Unit(code: "health", name: "云浦镇社区卫生服务中心", staff: 2),
    Unit(code: "civil", name: "云浦镇社区事务受理服务中心", staff: 3),
    Unit(code: "labour", name: "云浦镇劳动保障事务所", staff: 2),
  ]

  /// Firms that work for a unit; they see nothing but their own tasks.
  static let contractor = OrganisationDraft(
    code: "cleaning-company", name: "净浦环境服务有限公司", kind: .contractor, parent: "sanitation")
  static let assessor = OrganisationDraft(
    code: "assessor", name: "衡测社会调查事务所", kind: .contractor, parent: centre.code)

  static let posts = [
    TownPost(code: "intake", name: "受理员"), TownPost(code: "dispatch", name: "派遣员"),
    TownPost(code: "duty", name: "值班长"), TownPost(code: "patrol", name: "网格员"),
    TownPost(code: "handler", name: "处置员"), TownPost(code: "leader", name: "分管领导"),
    TownPost(code: "evaluation", name: "绩效专员"), TownPost(code: "contractor", name: "服务方联系人"),
    TownPost(code: "assessor", name: "测评员"), TownPost(code: "administrator", name: "管理员"),
  ]

  /// The code of a village's committee: `village-03`.
  static func committee(_ index: Int) -> String {
    let number = String(index + 1)
    return "village-" + (number.count < 2 ? "0" + number : number)
  }

  /// The whole tree, a parent before its children.
  static func organisations(of geography: TownGeography) -> [OrganisationDraft] {
    let city = OrganisationDraft(code: city.code, name: city.name, kind: .centre)
    let district = OrganisationDraft(
      code: district.code, name: district.name, kind: .centre, parent: city.code,
      area: geography.district.code)
    let root = OrganisationDraft(
      code: centre.code, name: centre.name, kind: .centre, parent: district.code,
      area: geography.town.code)
    let units = units.map {
      OrganisationDraft(code: $0.code, name: $0.name, kind: .unit, parent: centre.code)
    }
    let committees = geography.villages.enumerated().map { index, village in
      OrganisationDraft(
        code: committee(index),
        name: village.isTownCentre ? "云浦镇云浦居民委员会" : "云浦镇" + village.name + "村民委员会",
        kind: .village, parent: centre.code, area: village.code)
    }
    return [city, district, root] + units + committees + [contractor, assessor]
  }

  /// The path that an organisation will have in the tree.
  static func path(of code: String, in organisations: [OrganisationDraft]) -> String {
    guard let draft = organisations.first(where: { $0.code == code }) else { return "" }
    return (draft.parent.map { path(of: $0, in: organisations) } ?? "") + code + "/"
  }
}

/// A post of the town.
public struct TownPost: Equatable, Sendable {
  public let code: String
  public let name: String
}
