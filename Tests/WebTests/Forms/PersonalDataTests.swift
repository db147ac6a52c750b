import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Who reported a case is masked everywhere, until somebody opens it, which is written down.
@Suite struct PersonalDataTests {
  private static let phone = "13812341234"
  private static let name = "欧阳某某"
  private static let address = "北横路 619 弄 7 号 302 室"
  private static let secret = "身份证 310114199001011234"

  private func town(confidential: Bool = false) async throws -> (WebTown, ID<Case>) {
    let town = try await WebTown()
    var report = WebTown.report()
    report.confidential = confidential
    report.reporter = Reporter(name: Self.name, phone: Self.phone, address: Self.address)
    report.fields = ["secret": .text(Self.secret)]
    return (town, try await town.bring(to: .closed, report))
  }

  private func isClean(_ text: String) -> Bool {
    ![Self.phone, Self.name, Self.address, Self.secret].contains { text.contains($0) }
      && !text.contains("138 1234") && !text.contains("310114199001011234")
  }

  @Test("no page, no answer of the API, no entry of the ledger and no line of the log carries it")
  func masked() async throws {
    let (town, id) = try await town()
    for who in [WebTown.Who.intake, .dispatcher, .leader, .roads, .duty] {
      let session = try await town.session(who)
      let token = try await town.token(who)
      try await town.visit { site in
        let pages = [
          "/desk", "/cases", "/cases?text=\(Self.phone)", "/cases/\(id)", "/figures",
          "/figures/closed?of=part", "/cases/new",
        ]
        for uri in pages {
          #expect(isClean(try await site.get(uri, by: session).text), "\(who) \(uri)")
        }
        for uri in [
          "/api/v1/cases", "/api/v1/cases/\(id)", "/api/v1/cases/\(id)/ledger",
          "/api/v1/cases?text=\(Self.phone)",
        ] {
          #expect(isClean(try await site.get(uri, by: token).text), "\(who) \(uri)")
        }
        let page = try await site.get("/cases/\(id)", by: session).text
        #expect(page.contains("138****1234"), "\(who)")
        #expect(page.contains("欧**"), "\(who)")
        let shown = try await site.get("/api/v1/cases/\(id)", by: token).json()
        #expect(shown["reporter"]?["phone"]?.text == "138****1234")
        #expect(shown["reporter"]?["address"]?.text == "****")
        #expect(shown["fields"]?["secret"]?.text == "****")
      }
    }
    #expect(town.log.lines.allSatisfy(isClean))
    let payloads: [String] = try await town.store.database.read {
      try $0.column("SELECT payload FROM ledger_entry")
    }
    #expect(payloads.count > 20 && payloads.allSatisfy(isClean))
  }

  @Test("a telephone number that is searched for stands in no address, nor on the page it leads to")
  func searched() async throws {
    let (town, id) = try await town()
    let session = try await town.session(.dispatcher)
    try await town.visit { site in
      func find(_ values: [(String, String)]) async throws -> String {
        let answer = try await site.submit("/cases/search", values, by: session)
        #expect(answer.status == 303)
        return try #require(answer.header("Location"))
      }
      for written in [Self.phone, "+86 138-1234-1234", "１３８１２３４１２３４"] {
        let list = try await find([("text", written), ("kind", "T0001"), ("page", "n.1.1")])
        #expect(list.hasPrefix("/cases?phone=") && list.hasSuffix("&kind=T0001"))
        let page = try await site.get(list, by: session)
        #expect(page.text.contains("/cases/\(id)\"") && isClean(page.text))
      }
      let kept = try await find([("text", Self.phone)])
      #expect(
        try await site.get("/cases?text=\(Self.phone)", by: session).header("Location") == kept)
      // Another filter keeps the number; other words take its place.
      let digest = String(kept.dropFirst("/cases?phone=".count))
      #expect(
        try await find([("phone", digest), ("text", ""), ("area", "V1")]) == kept + "&area=V1")
      #expect(try await find([("phone", digest), ("text", "abc")]) == "/cases?text=abc")
      #expect(try await site.get("/cases?phone=12", by: session).status == 422)
      let stranger = try await site.submit(
        "/cases/search", [("text", Self.phone)], by: session, csrf: "none")
      #expect(stranger.status == 403)
    }
    #expect(town.log.lines.allSatisfy(isClean))
  }

  @Test("opening shows it once, in the answer itself, and every opening is an entry of the ledger")
  func opened() async throws {
    let (town, id) = try await town()
    let session = try await town.session(.intake)
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let opened = try await site.submit("/cases/\(id)/open-reporter", [], by: session)
      #expect(opened.status == 200)
      #expect(opened.text.contains(Self.phone) && opened.text.contains(Self.address))
      #expect(opened.header("Cache-Control") == "no-store")
      #expect(try await site.get("/cases/\(id)", by: session).text.contains(Self.phone) == false)
      #expect(try await site.get("/cases/\(id)/open-reporter", by: session).status == 404)
      let api = try await site.post("/api/v1/cases/\(id)/reporter", by: token)
      #expect(try api.json()["phone"]?.text == Self.phone)
      let ledger = try await site.get("/api/v1/cases/\(id)/ledger", by: token).json()["entries"]
      let openings = (ledger?.list ?? []).filter { $0["verb"]?.text == "case.open-reporter" }
      let people = [try town.person(.intake), try town.person(.dispatcher)]
      #expect(openings.compactMap { $0["actor"]?.text } == people.map { "person:\($0)" })
    }
    #expect(town.log.lines.allSatisfy(isClean))
  }

  @Test("who may not open it is refused, and no opening is written down")
  func refused() async throws {
    let (town, id) = try await town()
    let leader = try await town.session(.leader)
    let stranger = try await town.session(.villageLeader)
    let narrow = try await town.token(.intake, [.caseRead])
    try await town.visit { site in
      let page = try await site.submit("/cases/\(id)/open-reporter", [], by: leader)
      #expect(page.status == 403)
      #expect(isClean(page.text))
      let hidden = try await site.submit("/cases/\(id)/open-reporter", [], by: stranger)
      #expect(hidden.status == 404)
      let api = try await site.post("/api/v1/cases/\(id)/reporter", by: narrow)
      #expect(api.code == "right.missing")
    }
    #expect(try await !town.verbs(about: id).contains("case.open-reporter"))
  }

  @Test("of a confidential order only those who take calls open it, or find it by the number")
  func confidential() async throws {
    let (town, id) = try await town(confidential: true)
    let dispatcher = try await town.session(.dispatcher)
    let roads = try await town.token(.roads)
    let intake = try await town.session(.intake)
    try await town.visit { site in
      let shown = try await site.get("/cases/\(id)", by: dispatcher)
      #expect(!shown.text.contains("open-reporter"))
      #expect(try await site.submit("/cases/\(id)/open-reporter", [], by: dispatcher).status == 403)
      #expect(try await site.post("/api/v1/cases/\(id)/reporter", by: roads).status == 403)
      let asked = #"{"phone": "\#(Self.phone)"}"#
      let digest = try await site.post("/api/v1/phone-digests", asked, by: intake).json()["phone"]
      let list = "/api/v1/cases?phone=\(try #require(digest?.text))"
      let searched = try await site.get(list, by: roads).json()
      #expect(searched["cases"]?.list.isEmpty == true)
      let found = try await site.get(list, by: intake).json()
      #expect(found["cases"]?.list.count == 1)
      let opened = try await site.submit("/cases/\(id)/open-reporter", [], by: intake)
      #expect(opened.status == 200)
      #expect(opened.text.contains(Self.phone))
    }
  }
}
