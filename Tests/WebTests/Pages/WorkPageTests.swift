import Base
import City
import Testing

@testable import Web

/// What people at work stumbled over.
@Suite struct WorkPageTests {
  private static let photos = Field.Photos(largest: 20 * 1_048_576, most: 9)

  private static func kind(_ rules: [EvidenceRule]) -> CaseKind {
    var kind = CaseKind(code: "T1", in: CaseClass(code: "T", name: "试验"), name: "试验")
    kind.evidence = rules
    return kind
  }

  @Test("a form asks for each sort of evidence of its stage, and for none that is there already")
  func evidence() {
    let kind = Self.kind([
      EvidenceRule(.before, at: .report), EvidenceRule(.after, at: .feedback, count: 2),
      EvidenceRule(.document, at: .feedback), EvidenceRule(.document, at: .closing),
    ])
    let fields = kind.evidenceFields(at: .feedback, there: [.document], Self.photos)
    #expect(fields.map(\.name) == ["attachments.after", "attachments.document"])
    #expect(fields.map(\.isRequired) == [true, false])
    let closing = kind.evidenceFields(at: .closing, there: [], Self.photos)
    #expect(closing.map(\.name) == ["attachments.document"])
    guard case .photos(let papers) = closing[0].control else {
      Issue.record("no control for files")
      return
    }
    #expect(papers.takesPapers)
  }

  @Test("where nothing is asked for, photographs may be added at the feedback only")
  func noEvidence() {
    let kind = Self.kind([])
    let fields = kind.evidenceFields(at: .feedback, there: [], Self.photos)
    #expect(fields.map(\.name) == ["attachments.after"])
    #expect(fields.allSatisfy { !$0.isRequired })
    #expect(kind.evidenceFields(at: .closing, there: [], Self.photos).isEmpty)
  }

  @Test("missing evidence is said at the control that takes it, other faults where they were")
  func placed() {
    let fault = Fault(
      .invalid, "input.invalid",
      fields: [
        .init("attachments", "evidence.missing", ["subject": "document"]),
        .init("text", "value.missing"),
      ])
    let placed = fault.placingEvidence { "attachments.\($0.rawValue)" }
    #expect(placed.fields.map(\.name) == ["attachments.document", "text"])
    #expect(placed.code == fault.code && placed.kind == fault.kind)
  }

  @Test("a list is ordered by deadline only where its cases have one")
  func order() {
    #expect(QueueQuery().order == .due)
    #expect(QueueQuery { ["state": "handling"][$0] }.order == .due)
    #expect(QueueQuery { ["state": "closed"][$0] }.order == .newest)
    #expect(QueueQuery { ["text": "停车"][$0] }.order == .newest)
    #expect(QueueQuery { ["sort": "newest"][$0] }.order == .newest)
  }

  @Test("a list is the same on each of its pages, and another with another filter")
  func sameList() {
    let list = QueueQuery { ["state": "filed"][$0] }
    #expect(list.isSameList(as: QueueQuery { ["state": "filed", "page": "n.17.4217"][$0] }))
    #expect(!list.isSameList(as: QueueQuery()))
    #expect(!list.isSameList(as: QueueQuery { ["state": "filed", "sort": "newest"][$0] }))
  }

  @Test("the next page says what was done, and nothing that somebody else wrote into the cookie")
  func done() {
    #expect(Notice(done: "report")?.text == .key("done.report"))
    #expect(
      Notice(done: "accept")?.text
        == .key("done.move", ["move": .coded("accept", family: "move")]))
    #expect(Notice(done: "<b>") == nil)
    #expect(Notice(done: "") == nil)
  }

  @Test("refusing a case for good is asked once more, other moves are not")
  func confirmation() {
    #expect(CasePage.forms.reject().form.confirmation != nil)
    #expect(CasePage.forms.accept().form.confirmation == nil)
    #expect(CasePage.forms.rework().form.confirmation == nil)
  }

  @Test("after a lost session the door leads back to the form")
  func back() throws {
    let page = FaultPage(
      status: 401, fault: Fault(.unauthenticated, "sign-in.needed"),
      next: SiteURL(returning: "/cases/new?channel=hotline&kind=H0501"))
    let html = try Renderer().html(page, in: .outside(.chinese))
    #expect(html.contains("/sign-in?next=%2Fcases%2Fnew%3Fchannel%3Dhotline%26kind%3DH0501"))
  }

  @Test("who has no cases to read is offered no search for them")
  func noSearch() throws {
    let renderer = try Renderer()
    var frame = Frame.sample(.chinese)
    #expect(renderer.html(DeskPage.empty, in: frame).contains("top-search"))
    frame.sections = [.desk]
    #expect(!renderer.html(DeskPage.empty, in: frame).contains("top-search"))
  }
}
