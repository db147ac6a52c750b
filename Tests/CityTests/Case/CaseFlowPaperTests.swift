import Foundation
import Testing

@testable import City

@Suite struct CaseFlowPaperTests {
  @Test("the paper's diagram and table of moves are those of the program, so that they cannot lie")
  func paper() throws {
    let paper = try CaseFlowPaper()
    let written = paper.written
    if ProcessInfo.processInfo.environment["CHENGYUN_WRITE_DOCS"] != nil {
      try written.write(to: CaseFlowPaper.path, atomically: true, encoding: .utf8)
    } else {
      #expect(paper.text == written, "CHENGYUN_WRITE_DOCS=1 writes it anew")
    }
  }

  @Test("every move and every state stands in the paper")
  func whole() throws {
    let paper = try CaseFlowPaper()
    for move in CaseMove.allCases {
      #expect(paper.table.contains("| `\(move.rawValue)` |"), "\(move)")
    }
    for state in CaseState.allCases {
      #expect(paper.diagram.contains(" \(state.rawValue)"), "\(state)")
      #expect(paper.text.contains("| `\(state.rawValue)` |"), "\(state)")
    }
  }
}
