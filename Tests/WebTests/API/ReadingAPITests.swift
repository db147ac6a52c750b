import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// What the API tells of the town and of a case.
@Suite struct ReadingAPITests {
  @Test("kinds, areas and organisations are all there, in the shapes that are described")
  func town() async throws {
    let town = try await WebTown()
    let token = try await town.token(.patroller)
    try await town.visit { site in
      let kinds = try await site.get("/api/v1/kinds", by: token).json()
      #expect(kinds["version"]?.text?.isEmpty == false)
      let codes = kinds["kinds"]?.list.compactMap { $0["code"]?.text } ?? []
      #expect(codes.contains("T0001") && codes.count > 20)
      let areas = try await site.get("/api/v1/areas", by: token).json()["areas"]?.list ?? []
      let paths = Set(areas.compactMap { $0["path"]?.text })
      #expect(paths == ["310114/", "310114/T/", "310114/T/V1/", "310114/T/V2/"])
      let organisations = try await site.get("/api/v1/organisations", by: token).json()
      let names = organisations["organisations"]?.list.compactMap { $0["code"]?.text } ?? []
      #expect(names.contains("grid-centre") && names.contains("roads"))
      let me = try await site.get("/api/v1/me", by: token).json()
      #expect(me["person"]?.text == "\(try town.person(.patroller))")
      #expect(me["rights"]?.list.compactMap(\.text).contains("case.on-the-spot") == true)
    }
  }

  @Test("a case says why its deadline is what it is, and what its reader may do next")
  func detail() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let roads = try await town.token(.roads)
    let leader = try await town.token(.leader)
    try await town.visit { site in
      let shown = try await site.get("/api/v1/cases/\(id)", by: roads).json()
      let clocks = shown["clocks"]?.list ?? []
      let handling = try #require(clocks.first { $0["step"]?.text == "handling" })
      #expect(handling["limit"]?.text == "5 working-days")
      let spans = handling["spans"]?.list ?? []
      #expect(spans.first?["from"] == handling["startedAt"])
      #expect(spans.last?["to"] == handling["dueAt"])
      #expect(zip(spans, spans.dropFirst()).allSatisfy { $0["to"] == $1["from"] })
      #expect(spans.contains { $0["isCounted"]?.flag == false })
      let moves = Set(shown["moves"]?.list.compactMap(\.text) ?? [])
      #expect(moves == ["return", "feed-back", "ask-extension", "contact", "appeal", "comment"])
      let read = try await site.get("/api/v1/cases/\(id)", by: leader).json()
      #expect(read["moves"]?.list.compactMap(\.text) == ["supervise", "record-finding", "comment"])
      let parts = shown["assignments"]?.list ?? []
      #expect(parts.map { $0["isLead"]?.flag } == [true, false])
      #expect(parts.allSatisfy { $0["state"]?.text == "taken" })
    }
  }

  @Test("the moves that a case offers can be made, those that it does not are refused")
  func offered() async throws {
    let town = try await WebTown()
    for situation in WebTown.Situation.allCases {
      let id = try await town.bring(to: situation)
      for who in [WebTown.Who.intake, .dispatcher, .leader] {
        let caller = try await town.token(who)
        try await town.visit { site in
          let shown = try await site.get("/api/v1/cases/\(id)", by: caller).json()
          let offered = Set(shown["moves"]?.list.compactMap(\.text) ?? [])
          for move in CaseMove.allCases where !offered.contains(move.rawValue) {
            let answer = try await site.post(
              "/api/v1/cases/\(id)/moves/\(move.rawValue)", by: caller)
            #expect(
              answer.status == 403 || answer.status == 409, "\(move) by \(who) when \(situation)")
          }
          // What needs nothing is not tried, since it would be made.
          let needing: [CaseMove] = [
            .reject, .dispatch, .rework, .suspend, .contact, .supervise, .reopen, .link, .merge,
            .transfer,
          ]
          for move in needing where offered.contains(move.rawValue) {
            let answer = try await site.post(
              "/api/v1/cases/\(id)/moves/\(move.rawValue)", by: caller)
            #expect(answer.status == 422, "\(move) by \(who) when \(situation)")
            #expect(answer.wrong.contains { $0.hasSuffix("value.missing") }, "\(answer.text)")
          }
        }
      }
    }
  }

  @Test("the ledger of a case has every entry in its order, with what it was hashed from")
  func ledger() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .closed)
    let token = try await town.token(.leader)
    try await town.visit { site in
      let entries = try await site.get("/api/v1/cases/\(id)/ledger", by: token).json()["entries"]
      let list = try #require(entries?.list)
      #expect(list.first?["verb"]?.text == "case.report")
      #expect(list.last?["verb"]?.text == "case.close")
      let sequence = list.compactMap { $0["sequence"]?.text.flatMap(Int64.init) }
      #expect(sequence == sequence.sorted() && Set(sequence).count == list.count)
      for entry in list {
        let payload = try #require(entry["payload"]?.text)
        let read = try JSONDecoder().decode(JSONValue.self, from: Data(payload.utf8))
        #expect(!read.object.isEmpty || payload == "{}")
        #expect(Data(base64Encoded: entry["digest"]?.text ?? "")?.count == 32)
        #expect(entry["actor"]?.text?.hasPrefix("person:") == true)
      }
    }
  }
}
