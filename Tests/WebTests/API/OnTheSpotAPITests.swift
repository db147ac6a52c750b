import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// What was handled on the spot, over the API.
@Suite struct OnTheSpotAPITests {
  private static func report(_ more: String = "") -> String {
    """
    {"kind": "T0002", "channel": "self", "title": "垃圾落地", "latitude": 31.45,
     "longitude": 121.15, "fields": {"size": 3}, "text": "已清扫"\(more)}
    """
  }

  private static let photographs = [
    FormFile(field: "before", name: "before.png", bytes: SampleFile.png(width: 3)),
    FormFile(field: "after", name: "after.png", bytes: SampleFile.png(width: 5)),
  ]

  /// Sends a form with a part of JSON, as programs do: without the proof of a page in it.
  private static func send(
    _ site: Visitor, _ values: [(String, String)], files: [FormFile] = photographs,
    by caller: Caller, key: String? = nil
  ) async throws -> WebAnswer {
    let (type, body) = FormBody.multipart(values, files: files)
    var headers = ["Content-Type": type]
    headers["Idempotency-Key"] = key
    return try await site.send(
      .post, "/api/v1/cases/on-the-spot", by: caller, headers: headers, body: body)
  }

  @Test("a report with its photographs becomes a closed case, once for a key")
  func closed() async throws {
    let town = try await WebTown()
    let patroller = try await town.token(.patroller)
    try await town.visit { site in
      let made = try await Self.send(
        site, [("report", Self.report())], by: patroller, key: "spot-1")
      #expect(made.status == 201)
      let file = try made.json()
      #expect(file["state"]?.text == "closed")
      let id = try #require(file["id"]?.text)
      #expect(made.header("Location") == "/api/v1/cases/\(id)")
      let detail = try await site.get("/api/v1/cases/\(id)", by: patroller).json()
      #expect(
        detail["attachments"]?.list.compactMap { $0["subject"]?.text }.sorted()
          == ["after", "before"])
      let again = try await Self.send(
        site, [("report", Self.report())], by: patroller, key: "spot-1")
      #expect(again.status == 200)
      #expect(try again.json()["id"]?.text == id)
      let other = try await Self.send(
        site, [("report", Self.report(#", "place": "别处""#))], by: patroller, key: "spot-1")
      #expect(other.code == "idempotency.conflict")
    }
    #expect(try await town.count("case_file") == 1)
  }

  @Test("what is missing or wrong is named, and nothing is made")
  func wrong() async throws {
    let town = try await WebTown()
    let patroller = try await town.session(.patroller)
    let photographs = Self.photographs
    try await town.visit { site in
      for (values, files, problem) in [
        ([], photographs, "report: value.missing"),
        ([("report", Self.report()), ("colour", "red")], photographs, "colour: key.unknown"),
        ([("report", Self.report(#", "colour": 1"#))], photographs, "colour: key.unknown"),
        (
          [("report", Self.report().replacing("\"text\"", with: "\"place\""))], photographs,
          "text: value.missing"
        ),
        (
          [("report", Self.report())], [FormFile(field: "photo", bytes: SampleFile.png())],
          "photo: key.unknown"
        ),
        (
          [("report", Self.report())],
          [photographs[0], FormFile(field: "after", bytes: SampleFile.html)],
          "after: attachment.kind"
        ),
      ] as [([(String, String)], [FormFile], String)] {
        let answer = try await Self.send(site, values, files: files, by: patroller)
        #expect(answer.status == 422)
        #expect(answer.wrong == [problem])
      }
      let bare = try await Self.send(
        site, [("report", Self.report())], files: [photographs[0]], by: patroller)
      #expect(bare.status == 422)
      #expect(bare.wrong.contains { $0.hasSuffix(": evidence.missing") })
      let plain = try await site.post(
        "/api/v1/cases/on-the-spot", Self.report(), by: patroller)
      #expect(plain.code == "multipart.boundary-missing")
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("who may not handle on the spot is refused before any file is kept")
  func refused() async throws {
    let town = try await WebTown()
    let intake = try await town.token(.intake)
    let folder = town.store.folder.appending(path: "blobs")
    try await town.visit { site in
      let answer = try await Self.send(site, [("report", Self.report())], by: intake)
      #expect(answer.status == 403)
      #expect(answer.code == "right.missing")
    }
    let kept = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    #expect(kept == [])
  }
}
