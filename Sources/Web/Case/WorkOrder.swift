import Base
import City
import Hummingbird
import Paper

/// A case on A4, for who goes out without a screen and for the file: what it is, who has it until when,
/// what is asked for, what was done, and room to write. Personal data stays as masked as on the page.
struct WorkOrder {
  let page: CasePage
  let kind: CaseKind
  let wording: Wording
  let printedAt: Moment

  /// The newest of the timeline that are printed.
  private static let mostEvents = 40

  var title: String { "\(said(.key("order.title"))) \(page.line.number)" }

  /// - Throws: as `PrintFormat.bytes`.
  func bytes(as format: PrintFormat) throws -> [UInt8] {
    try format.bytes([sheet], titled: title)
  }

  private var sheet: PrintedSheet {
    let under = Phrase.key(
      "order.under", ["number": .plain(page.line.number), "at": .moment(printedAt)])
    return PrintedSheet(
      name: page.line.number, titles: [said(.key("order.title")), said(under)],
      columns: [28, 65, 28, 65], rows: about + holders + asked + events + room)
  }

  // MARK: - Rows

  private var about: [PrintedRow] {
    let state = CasePage.Fact(
      label: .key("order.state"), value: .key("case.state.\(page.line.state.rawValue)"))
    let address = [page.place.areas.joined(separator: " "), page.place.address]
      .filter { !$0.isEmpty }.joined(separator: "　")
    let place = [address, page.place.coordinates ?? ""].filter { !$0.isEmpty }
      .joined(separator: "\n")
    return [wide(.key("file.name"), page.line.title)] + paired([state] + page.facts)
      + paired(page.person?.facts ?? [])
      + [
        wide(.key("file.place"), place),
        wide(.key("file.description"), page.description, mayBreak: true),
      ]
  }

  private var holders: [PrintedRow] {
    let lines = page.assignments.map { part in
      let roles = part.isLead ? [said(.key("assignment.lead"))] : []
      let names = [part.unit, part.person ?? ""] + roles
      let state = said(
        .key("assignment.\(part.isCheck ? "check" : "state").\(part.state.rawValue)"))
      let due = part.clock?.deadline.map {
        said(.key("assignment.until", ["deadline": .moment($0)]))
      }
      return (names + [state, due ?? ""]).filter { !$0.isEmpty }.joined(separator: "　")
    }
    let clocks = page.clocks.compactMap { clock -> String? in
      guard let deadline = clock.face.deadline else { return nil }
      return "\(said(clock.name))　\(said(.moment(deadline)))"
    }
    return [
      wide(.key("order.holders"), lines.joined(separator: "\n")),
      wide(.key("case.clocks"), clocks.joined(separator: "\n")),
    ].filter { $0.cells.last?.text.isEmpty == false }
  }

  /// What the kind wants before it is over.
  private var asked: [PrintedRow] {
    let evidence = kind.evidence.filter { $0.stage != .report }.map {
      said(
        .key(
          "order.evidence",
          ["what": .key("evidence.\($0.subject.rawValue)"), "count": .count($0.count)]))
    }
    let conditions = kind.closing.map { "□ \(said(.named($0.text, english: $0.english)))" }
    let lines = evidence + conditions
    return lines.isEmpty ? [] : [wide(.key("order.asked"), lines.joined(separator: "\n"))]
  }

  /// What has happened, the oldest first.
  private var events: [PrintedRow] {
    let lines = page.timeline.prefix(Self.mostEvents).reversed().map { event in
      let head = [said(.moment(event.at)), said(event.who), said(event.what)]
        .joined(separator: "　")
      return [head, event.text ?? ""].filter { !$0.isEmpty }.joined(separator: "\n　　")
    }
    return [wide(.key("order.events"), lines.joined(separator: "\n"), mayBreak: true)]
  }

  /// For the hand.
  private var room: [PrintedRow] {
    [
      wide(.key("order.result"), "\n\n\n\n\n"),
      PrintedRow([
        label(0, .key("order.handled-by")), PrintedCell(1, "\n\n", .text),
        label(2, .key("order.verified-by")), PrintedCell(3, "\n\n", .text),
      ]),
    ]
  }

  // MARK: - Pieces

  private func said(_ phrase: Phrase) -> String { wording.text(phrase) }

  private func label(_ column: Int, _ phrase: Phrase) -> PrintedCell {
    PrintedCell(column, said(phrase), .label)
  }

  private func wide(_ name: Phrase, _ text: String, mayBreak: Bool = false) -> PrintedRow {
    PrintedRow([label(0, name), PrintedCell(1, text, .text, span: 3)], mayBreak: mayBreak)
  }

  /// Two facts in a row; a last one alone has the whole width.
  private func paired(_ facts: [CasePage.Fact]) -> [PrintedRow] {
    stride(from: 0, to: facts.count, by: 2).map { index in
      let first = facts[index]
      guard index + 1 < facts.count else { return wide(first.label, said(first.value)) }
      let second = facts[index + 1]
      return PrintedRow([
        label(0, first.label), PrintedCell(1, said(first.value), .text),
        label(2, second.label), PrintedCell(3, said(second.value), .text),
      ])
    }
  }
}

extension Site {
  /// The work order of a case, as its reader sees the case.
  func workOrder(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Case.self)
    let format = try CaseAPI.choice("as", Query(request)["as"] ?? "pdf", as: PrintFormat.self)
    let detail = try await centre.cases.detail(of: id, by: doer)
    let order = WorkOrder(
      page: try await casePage(detail, doer), kind: detail.view.kind,
      wording: renderer.wording(context.language), printedAt: centre.now())
    return try await printed(order.title, format) { try order.bytes(as: format) }
  }
}
