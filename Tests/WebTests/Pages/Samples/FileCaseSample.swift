import Base

@testable import Web

extension FileCasePage {
  /// The first step: only the channel and the kind.
  static let choosing = FileCasePage(
    channels: ["hotline", "resident", "patrol"], channel: "hotline", kinds: QueuePage.kinds,
    submission: "6f1c", photos: Sample.photos)

  /// The second: what the kind asks for.
  static let sample: FileCasePage = {
    var page = choosing
    page.kind = Kind(
      code: "grid.dumping", name: "偷倒乱倒垃圾渣土", explanation: "未经许可在公共区域倾倒生活垃圾、建筑垃圾或工程渣土。工地围墙以内的不在此列。",
      fields: fields)
    page.shapes = [MapView.boundary]
    page.mayHandleOnTheSpot = true
    return page
  }()

  /// Every sort of control that a catalogue can ask for.
  static let fields = [
    Field(
      name: "fields.amount", label: .plain("估计数量（吨）"), isRequired: true,
      control: .line(Field.Line(kind: .number, step: "any"))),
    Field(
      name: "fields.material", label: .plain("种类"), isRequired: true,
      control: .radios([
        Field.Option(value: "household", label: .plain("生活垃圾")),
        Field.Option(value: "construction", label: .plain("建筑垃圾")),
        Field.Option(value: "soil", label: .plain("工程渣土"), hint: .plain("含淤泥")),
      ])),
    Field(
      name: "fields.traces", label: .plain("现场线索"),
      control: .checks([
        Field.Option(value: "plate", label: .plain("看到车牌")),
        Field.Option(value: "camera", label: .plain("附近有监控")),
      ])),
    Field(name: "fields.since", label: .plain("发现日期"), control: .line(Field.Line(kind: .date))),
  ]

  /// What came back with faults.
  static let withFaults: FileCasePage = {
    var page = sample
    page.returned = Returned(
      fault: Fault(
        .invalid, "input.invalid",
        fields: [
          Fault.Field("description", "required"),
          Fault.Field("fields.material", "required"),
          Fault.Field("latitude", "outside"),
          Fault.Field("title", "too-long", ["most": "100"]),
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
