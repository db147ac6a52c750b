import Base
import City

@testable import Web

extension FileCasePage {
  /// The first step: only the channel and the kind.
  static let choosing = FileCasePage(
    channels: [.hotline, .resident, .patrol], channel: .hotline, kinds: QueuePage.kinds,
    submission: "6f1c", photos: Sample.photos)

  /// The second: what the kind asks for.
  static let sample: FileCasePage = {
    var page = choosing
    page.kind = dumping
    page.template = dumping.templates.first
    page.shapes = [MapView.boundary]
    page.areas = QueuePage.areas
    page.mayHandleOnTheSpot = true
    return page
  }()

  /// A kind with every sort of field that a catalogue can ask for.
  static let dumping: CaseKind = {
    let kindClass = CaseClass(code: "city", name: "市容环境", english: "Streets")
    var kind = CaseKind(code: "grid.dumping", in: kindClass, name: "偷倒乱倒垃圾渣土")
    kind.english = "Fly-tipping"
    kind.onTheSpot = true
    kind.templates = [
      CaseTemplate(
        name: "夜间偷倒", english: "By night", title: "【路名】夜间偷倒渣土",
        text: "【时间】在【地点】看见车辆倾倒渣土，车牌【车牌】。")
    ]
    kind.urgency = .urgent
    kind.fields = [amount, material, traces, since, note]
    return kind
  }()

  static let amount: CaseField = {
    var field = CaseField(code: "amount", name: "估计数量", .number)
    field.english = "Amount"
    field.unit = "吨"
    field.required = true
    return field
  }()

  static let material: CaseField = {
    var field = CaseField(code: "material", name: "种类", .choice)
    field.required = true
    field.choices = [
      .init(code: "household", name: "生活垃圾", english: "Household"),
      .init(code: "construction", name: "建筑垃圾", english: "Rubble"),
      .init(code: "soil", name: "工程渣土", english: "Soil"),
    ]
    return field
  }()

  static let traces: CaseField = {
    var field = CaseField(code: "traces", name: "现场线索", .choices)
    field.choices = [.init(code: "plate", name: "看到车牌"), .init(code: "camera", name: "附近有监控")]
    return field
  }()

  static let since = CaseField(code: "since", name: "发现日期", .date)

  static let note: CaseField = {
    var field = CaseField(code: "note", name: "处置说明", .text)
    field.longest = 1_000
    field.stage = .feedback
    return field
  }()

  /// What came back with faults.
  static let withFaults: FileCasePage = {
    var page = sample
    page.returned = Returned(
      fault: Fault(
        .invalid, "input.invalid",
        fields: [
          Fault.Field("description", "value.long", ["limit": "8000", "length": "10000"]),
          Fault.Field("fields.material", "value.missing"),
          Fault.Field("latitude", "point.outside"),
          Fault.Field("title", "value.missing"),
          Fault.Field("nowhere", "a-code-without-words"),
        ]),
      typed: ["title": ["新建一路 88 弄南门堆放建筑垃圾"], "fields.traces": ["camera"]])
    return page
  }()
}

extension MapView {
  static let boundary = """
    {"type":"Polygon","coordinates":[[[121.262,31.412],[121.281,31.416],[121.292,31.405],\
    [121.286,31.392],[121.266,31.389],[121.258,31.401],[121.262,31.412]]]}
    """
}
