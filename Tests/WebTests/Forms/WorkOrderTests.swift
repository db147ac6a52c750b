import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// A case on paper.
@Suite struct WorkOrderTests {
  @Test("the work order says what the page says, masked, with what is asked for and room to sign")
  func order() async throws {
    let town = try await WebTown()
    var report = WebTown.report(title: "路面 <大坑>")
    report.description = "很深"
    report.reporter = Reporter(name: "张三", phone: "13800001234")
    let id = try await town.bring(to: .handling, report)
    let number = try await town.file(id).number
    let session = try await town.session(.dispatcher)
    try await town.visit { site in
      let html = try await site.get("/cases/\(id)/print?as=html", by: session)
      #expect(html.status == 200)
      for part in ["案件处置单", number, "路面 &lt;大坑&gt;", "很深", "处置中", "138****1234", "处置人"] {
        #expect(html.text.contains(part), "\(part)")
      }
      #expect(!html.text.contains("13800001234") && !html.text.contains("张三"))
      for (format, start) in [("docx", "PK"), ("xlsx", "PK")] {
        let file = try await site.get("/cases/\(id)/print?as=\(format)", by: session)
        #expect(file.status == 200 && file.bytes.starts(with: Array(start.utf8)))
      }
      #expect(try await site.get("/cases/\(id)/print?as=gif", by: session).status == 422)
      let english = try await site.get(
        "/cases/\(id)/print?as=html", by: session, headers: ["Accept-Language": "en"])
      #expect(english.text.contains("Work order"))
      let page = try await site.get("/cases/\(id)", by: session)
      #expect(page.text.contains("/cases/\(id)/print?as=pdf"))
    }
  }

  @Test("who may not read the case gets no paper of it")
  func outsider() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .reported)
    let session = try await town.session(.roads)
    try await town.visit { site in
      let paper = try await site.get("/cases/\(id)/print", by: session)
      #expect(paper.status == 404)
    }
  }
}
