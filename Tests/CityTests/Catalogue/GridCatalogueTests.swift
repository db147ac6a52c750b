import Base
import Testing

@testable import City

/// The 15 classes and 185 sub-classes of the grid, each with what its cases need, and the kinds that
/// stand beside them.
@Suite struct GridCatalogueTests {
  let catalogue: Catalogue

  init() throws {
    catalogue = try Catalogue.read(Catalogue.shippedFiles, knowing: CatalogueSamples.names)
  }

  private var grid: [CaseKind] {
    catalogue.kinds.filter { $0.code.hasPrefix("C") || $0.code.hasPrefix("E") }
  }

  @Test("the grid has 15 classes with 185 sub-classes, 67 of components and 118 of events")
  func counts() {
    #expect(grid.count == 185)
    #expect(Set(grid.map(\.kindClass)).count == 15)
    #expect(Set(grid.map(\.code)).count == 185 && Set(grid.map(\.name)).count == 185)
    #expect(grid.count { $0.code.hasPrefix("C") } == 67)
    let classes = Dictionary(grouping: grid, by: \.kindClass.code).mapValues(\.count)
    #expect(
      classes == [
        "C01": 18, "C02": 16, "C03": 12, "C04": 13, "C05": 8, "E01": 18, "E02": 8, "E03": 11,
        "E04": 12, "E05": 15, "E06": 11, "E07": 10, "E08": 13, "E09": 11, "E10": 9,
      ])
  }

  @Test("what stood in the catalogue before it was whole is there, with its code and name")
  func stable() {
    let old = [
      "C0101": "窨井盖缺损", "C0102": "路灯不亮", "C0103": "架空线坠落", "C0401": "绿化损坏",
      "E0102": "暴露垃圾", "E0110": "道路破损", "E0115": "秸秆焚烧", "E0202": "乱设广告",
      "E0302": "施工扬尘", "E0406": "道路积水", "E0501": "占道无证照经营", "E0504": "跨门营业",
      "E0505": "机动车违停", "E0506": "非机动车乱停", "E0507": "乱堆物", "E0601": "河道漂浮物",
      "E0602": "水体污染", "E0701": "新建房屋", "E0702": "土地使用", "E0703": "违法建筑",
      "E0704": "群租", "E0801": "消防通道堵塞", "E0802": "安全生产隐患", "E0803": "流浪犬",
      "H0101": "政策咨询", "H0201": "意见建议", "H0301": "生活求助", "H0501": "回访复核",
    ]
    for (code, name) in old { #expect(catalogue[code]?.name == name, "\(code)") }
  }

  @Test("every kind has limits, evidence, closing conditions, somebody responsible and English")
  func whole() {
    for kind in catalogue.kinds {
      #expect(kind.clocks[.handling] != nil && kind.clocks[.whole] != nil, "\(kind.code)")
      #expect(!kind.evidence.isEmpty && !kind.closing.isEmpty, "\(kind.code)")
      #expect(kind.answerers(in: []).lead != nil, "\(kind.code)")
      #expect(!kind.english.isEmpty && !kind.kindClass.english.isEmpty, "\(kind.code)")
      #expect(kind.words.count >= 1 && Set(kind.words).count == kind.words.count, "\(kind.code)")
      let steps = kind.fields.map(\.stage)
      #expect(steps.contains(.report), "\(kind.code)")
    }
  }

  @Test("the pinyin of every kind has a syllable for each character, in letters that are typed")
  func pinyin() {
    let words = KindIndex(catalogue.kinds).words
    for kind in catalogue.kinds {
      let characters = kind.name.count { $0 > "\u{4DFF}" && $0 < "\u{A000}" }
      let initials = words[kind.code]?.initials.first ?? ""
      #expect(initials.count == characters, "\(kind.code) \(initials)")
      for pinyin in words[kind.code]?.pinyin ?? [] {
        #expect(pinyin.allSatisfy { $0.isASCII && !$0.isUppercase }, "\(kind.code) \(pinyin)")
      }
    }
  }

  @Test("closing conditions belong to their kind: of the grid no two kinds have one in common")
  func closing() {
    var seen: [String: String] = [:]
    for kind in grid {
      for condition in kind.closing {
        #expect(seen[condition.text] == nil, "\(kind.code) \(condition.text)")
        seen[condition.text] = kind.code
      }
    }
    // None says no more than that it is done.
    #expect(seen.keys.allSatisfy { $0.count >= 4 })
  }

  @Test("what may hurt somebody is handled within hours, and a works' delay is the most there is")
  func limits() {
    for kind in catalogue.kinds {
      guard let limit = kind.clocks[.handling]?.limit else { continue }
      switch limit.measure {
      case .minutes(let minutes):
        #expect((30...24 * 60).contains(minutes), "\(kind.code)")
      case .workingDays(let days, _):
        #expect((1...15).contains(days), "\(kind.code)")
        #expect(kind.urgency == .normal || days <= 3, "\(kind.code)")
      default: Issue.record("\(kind.code) \(limit)")
      }
    }
    let hours = ["E0403": 2, "E0401": 4, "E0402": 4, "C0202": 4, "C0412": 4, "E0404": 12]
    for (code, hours) in hours {
      #expect(catalogue[code]?.clocks[.handling]?.limit == TimeLimit("\(hours) hours"), "\(code)")
      #expect(catalogue[code]?.urgency == .urgent && catalogue[code]?.automaticDispatch == true)
    }
    for (code, days) in ["C0402": 15, "E0607": 15, "E0606": 10, "C0209": 10] {
      let limit = TimeLimit("\(days) working-days")
      #expect(catalogue[code]?.clocks[.handling]?.limit == limit, "\(code)")
    }
    // Many different limits, not one for all.
    #expect(Set(grid.compactMap { $0.clocks[.handling]?.limit }).count >= 12)
  }

  @Test("a word leads to one unit, or it is known that it does not")
  func words() {
    // The stairs: the fire station where a way out is blocked, the village where shoes stand about.
    // Fumes: the wardens by their noise, the office of the environment by their smell.
    let known: Set<String> = ["楼道堆物", "油烟"]
    var leads: [String: (unit: Responsibility.Unit, kind: String)] = [:]
    var shared: Set<String> = []
    for kind in catalogue.kinds {
      guard let lead = kind.answerers(in: []).lead?.unit else { continue }
      for word in Set(kind.words + [kind.name]) {
        if let other = leads[word], other.unit != lead {
          shared.insert(word)
          #expect(known.contains(word), "\(word): \(other.kind) and \(kind.code)")
        }
        leads[word] = (lead, kind.code)
      }
    }
    #expect(shared == known)
  }

  @Test(
    "people find a sub-class by the word they use",
    arguments: [
      ("煤气味", "E0403"), ("僵尸车", "E0107"), ("牛皮癣", "E0201"), ("马蜂窝", "E0812"),
      ("红绿灯", "C0202"), ("斑马线", "C0209"), ("爆管", "E0402"), ("遛狗不牵绳", "E0808"),
      ("fxcd", "E0804"), ("lvhua", "C0401"), ("路牌歪", "C0201"), ("电梯困人", "E0906"),
      ("狗咬人", "P0202"), ("失物招领", "P0301"), ("老娘舅", "M0104"), ("低保", "H0305"),
      ("渣土车", "E0307"), ("posted", "E0201"),
    ])
  func found(_ word: String, _ code: String) {
    let found = KindIndex(catalogue.kinds).matching(word, limit: 5).map(\.code)
    #expect(found.first == code, "\(word): \(found)")
  }

  @Test("real sub-classes ask for what is particular to them")
  func fields() {
    for (code, field) in [
      ("C0101", "cover"), ("C0411", "height"), ("C0412", "height"), ("E0703", "area"),
      ("E0107", "plate"), ("E0401", "depth"), ("E0607", "depth"), ("C0403", "tag"),
      ("S0301", "code"), ("E0906", "people"), ("P0301", "thing"),
    ] {
      #expect(catalogue[code]?.field(field) != nil, "\(code) \(field)")
    }
    // A number plate is personal wherever it is asked for, and so are those who quarrel.
    for kind in catalogue.kinds {
      for field in kind.fields where ["plate", "parties", "mediator"].contains(field.code) {
        #expect(field.personal, "\(kind.code) \(field.code)")
      }
    }
  }
}
