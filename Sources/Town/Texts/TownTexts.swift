import Base
import City

/// What people of the made-up town write and say about its cases: drawn from texts that were written
/// for it, with the place, the time and the answers to the kind's fields put in, so that the words
/// and the fields of a case agree.
public struct TownTexts: Sendable {
  /// Who speaks.
  public enum Voice: Sendable, CaseIterable {
    /// Somebody who found it on duty: a patroller, an inspector, who looks at cameras.
    case patroller
    /// Somebody who lives with it, or the hotline for them.
    case resident
  }

  private let kinds: [String: KindTexts]
  private let sentences: [TownOccasion: [String]]

  public init() {
    let all =
      KindTexts.utilities + KindTexts.cleanliness + KindTexts.streets + KindTexts.water
      + KindTexts.buildings + KindTexts.safety + KindTexts.requests + KindTexts.complaints
      + KindTexts.services + KindTexts.estates + KindTexts.mediation
    kinds = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    sentences = Dictionary(
      uniqueKeysWithValues: TownOccasion.allCases.map { occasion in
        (occasion, occasion.sentences.split(separator: "\n").map(String.init))
      })
  }

  /// The codes of the kinds that there are texts for, in order.
  public var codes: [String] { kinds.keys.sorted() }

  /// A report of a kind.
  ///
  /// - Parameters:
  ///   - time: when it was seen.
  ///   - wanted: the codes of choices that it must have, such as `["legal": "no"]`.
  /// - Returns: nil for a kind without texts.
  public func report(
    of kind: String, by voice: Voice, at place: TownPlace, in village: TownGeography.Village,
    time: LocalTime, wanted: [String: String] = [:], using generator: inout SeededGenerator
  ) -> TownReport? {
    guard let texts = kinds[kind] else { return nil }
    let wanted = wanted.mapValues { [$0] }
    let agreeing = texts.things.filter { $0.agrees(with: wanted) }
    let thing = generator.pick(agreeing.isEmpty ? texts.things : agreeing)
    let setting = Setting(village: village, day: time.day)
    var answers = setting.answers(texts.fields, using: &generator)
    answers.merge(thing?.values ?? [:]) { _, new in new }
    answers.merge(wanted) { _, new in new }
    var report = TownReport(kind: kind, answers: answers, lists: texts.lists)
    report.say(thing?.text ?? "", at: place.spoken, time: time)
    let lines = voice == .patroller ? texts.found : texts.told
    let others = voice == .patroller ? texts.told : texts.found
    let line = Self.line(of: lines.isEmpty ? others : lines, answers, using: &generator)
    report.description = report.filled(line)
    return report
  }

  /// What the unit says that handled a report, with the answers to the fields asked for then.
  public func feedback(
    to report: TownReport, village: TownGeography.Village, on day: Day,
    using generator: inout SeededGenerator
  ) -> TownFeedback {
    guard let texts = kinds[report.kind] else { return TownFeedback(text: "", fields: [:]) }
    let setting = Setting(village: village, day: day)
    let answers = setting.answers(texts.feedbackFields, using: &generator)
    let known = report.answers.merging(answers) { _, new in new }
    let line = Self.line(of: texts.done, known, using: &generator)
    return TownFeedback(
      text: report.filled(line), fields: TownReport.inputs(answers, lists: texts.lists))
  }

  /// What somebody writes with a move.
  public func sentence(
    on occasion: TownOccasion, using generator: inout SeededGenerator
  ) -> String {
    generator.pick(sentences[occasion] ?? []) ?? ""
  }

  /// Somebody who does not exist, who calls about a place near their home. Some leave out their
  /// name; no network gives out the number.
  public func caller(at place: TownPlace, using generator: inout SeededGenerator) -> Reporter {
    let name = TownPersonNames.name(using: &generator)
    let number = String(generator.number(in: 10_000_000...99_999_999))
    return Reporter(
      name: generator.chance(0.9) ? name : name.prefix(1) + (generator.chance(0.5) ? "先生" : "女士"),
      phone: "126" + number, address: generator.chance(0.6) ? place.address : nil)
  }

  /// Any of the lines for everybody, or of those for just such a case, which are drawn twice as
  /// often.
  private static func line(
    of lines: [KindTexts.Line], _ answers: [String: [String]],
    using generator: inout SeededGenerator
  ) -> String {
    let suiting = lines.filter { $0.suits(answers) }
    let weights = suiting.map { $0.values.isEmpty ? 1.0 : 2.0 }
    return suiting.isEmpty ? "" : suiting[generator.place(in: weights)].text
  }
}

/// A report in words and fields.
public struct TownReport: Equatable, Sendable {
  public let kind: String
  /// A line for lists: the place and what is the matter.
  public private(set) var title = ""
  public fileprivate(set) var description = ""
  /// The answers to the kind's fields, as a form would submit them.
  public let fields: [String: FieldInput]
  let answers: [String: [String]]
  private var words: [String: String] = [:]

  fileprivate init(kind: String, answers: [String: [String]], lists: Set<String>) {
    self.kind = kind
    self.answers = answers
    fields = Self.inputs(answers, lists: lists)
  }

  fileprivate mutating func say(_ thing: String, at place: String, time: LocalTime) {
    words = answers.mapValues { $0.joined(separator: "、") }
    words["place"] = place
    words["time"] = TownTexts.spoken(time)
    words["thing"] = thing
    let isRequest = ["H", "M"].contains(kind.prefix(1))
    title = isRequest ? thing : place + thing
  }

  /// A sentence with everything put in.
  fileprivate func filled(_ line: String) -> String {
    var text = ""
    var rest = line[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      text += words[name] ?? ""
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  fileprivate static func inputs(
    _ answers: [String: [String]], lists: Set<String>
  ) -> [String: FieldInput] {
    var inputs: [String: FieldInput] = [:]
    for (code, values) in answers {
      inputs[code] = lists.contains(code) ? .texts(values) : .text(values.first ?? "")
    }
    return inputs
  }
}

/// What a unit says in the end.
public struct TownFeedback: Equatable, Sendable {
  public let text: String
  /// The answers to the fields of the feedback.
  public let fields: [String: FieldInput]
}

extension TownTexts {
  /// A time as people say it: 上午9点多.
  static func spoken(_ time: LocalTime) -> String {
    let hour = time.hour
    let part =
      switch hour {
      case 0..<5: "凌晨"
      case 5..<8: "早上"
      case 8..<11: "上午"
      case 11..<13: "中午"
      case 13..<17: "下午"
      case 17..<19: "傍晚"
      default: "晚上"
      }
    return part + String(hour > 12 ? hour - 12 : hour) + "点多"
  }
}
