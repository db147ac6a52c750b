import Base
import Foundation
import HummingbirdTesting
import TestSupport
import Testing

@testable import City
@testable import Web

/// Files of a case over the API.
@Suite struct AttachmentAPITests {
  @Test("a picture comes back as it went in, as what it is, and as nothing that runs")
  func roundTrip() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let name = SiteURL.encoded("现场 \"1\".html")
      let made = try await site.send(
        .post, "/api/v1/cases/\(id)/attachments?name=\(name)&subject=after", by: token,
        headers: ["Content-Type": "text/html"], body: SampleFile.png())
      #expect(made.status == 201)
      #expect(try made.json()["mediaType"]?.text == "image/png")
      let attachment = try #require(try made.json()["id"]?.text)
      let back = try await site.get("/api/v1/attachments/\(attachment)", by: token)
      #expect(back.status == 200)
      #expect(back.bytes == SampleFile.png())
      #expect(back.header("Content-Type") == "image/png")
      #expect(back.header("X-Content-Type-Options") == "nosniff")
      #expect(back.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
      #expect(back.header("Cache-Control")?.hasPrefix("private") == true)
      let disposition = try #require(back.header("Content-Disposition"))
      #expect(disposition == "inline; filename*=UTF-8''\(name)")
      let shown = try await site.get("/api/v1/cases/\(id)", by: token).json()["attachments"]?[0]
      #expect(shown?["name"]?.text == "现场 \"1\".html")
      #expect(shown?["subject"]?.text == "after")
      #expect(shown?["size"]?.whole == SampleFile.png().count)
      let again = try await site.send(
        .post, "/api/v1/cases/\(id)/attachments?subject=after", by: token, body: SampleFile.png())
      #expect(try again.json()["id"]?.text == attachment, "the same file is the same attachment")
    }
  }

  @Test(
    "what is not a photo, a film or a PDF is refused, whatever it calls itself",
    arguments: [
      SampleFile.svg, SampleFile.html, Array("plain".utf8), Array("PK\u{3}\u{4}".utf8),
      Array("MZ".utf8), Array("<?xml version=\"1.0\"?><svg/>".utf8),
    ])
  func notAPhoto(_ bytes: [UInt8]) async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let before = try await town.verbs(about: id)
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let answer = try await site.send(
        .post, "/api/v1/cases/\(id)/attachments?name=photo.png", by: token,
        headers: ["Content-Type": "image/png", "Accept-Language": "en"], body: bytes)
      #expect(answer.status == 422)
      #expect(answer.code == "attachment.kind")
      #expect(try answer.json()["title"]?.text?.contains("JPEG, PNG") == true)
    }
    #expect(try await town.verbs(about: id) == before)
  }

  @Test("an empty file, a wrong subject and a name that is too long are refused")
  func wrong() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let uri = "/api/v1/cases/\(id)/attachments"
      #expect(try await site.send(.post, uri, by: token, body: []).code == "attachment.empty")
      let subject = try await site.send(
        .post, "\(uri)?subject=during", by: token, headers: ["Accept-Language": "en"],
        body: SampleFile.png())
      #expect(subject.wrong == ["subject: value.unknown"])
      #expect(subject.said(of: "subject")?.contains("before, after, document") == true)
      let name = String(repeating: "n", count: 201)
      let long = try await site.send(
        .post, "\(uri)?name=\(name)", by: token, body: SampleFile.png())
      #expect(long.wrong == ["name: value.long"])
    }
    #expect(try await town.count("case_attachment") == 0)
  }

  @Test(
    "a photo of 50 MB is refused as too large, over a socket before it is sent, and the site goes on"
  )
  func huge() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.dispatcher)
    let photo = SampleFile.png() + Array(repeating: UInt8(0), count: 50 * 1_048_576)
    try await town.visit { site in
      let answer = try await site.send(
        .post, "/api/v1/cases/\(id)/attachments", by: token, body: photo)
      #expect(answer.status == 413)
      #expect(answer.code == "body.large")
      #expect(try answer.json()["title"]?.text?.contains("20971520") == true)
    }
    // Over a socket the length that is announced is enough: nothing of it needs to be sent.
    try await town.visit(.live) { site in
      let answer = try await site.send(
        .post, "/api/v1/cases/\(id)/attachments", by: token,
        headers: ["Content-Length": "\(photo.count)"])
      #expect(answer.status == 413)
    }
    try await town.visit(.live) { site in
      let whole = try? await site.send(
        .post, "/api/v1/cases/\(id)/attachments", by: token, body: photo)
      #expect(whole == nil || whole?.status == 413, "answered, or the connection was closed")
    }
    try await town.visit(.live) { site in
      #expect(try await site.get("/health/ready").status == 200)
      let me = try await site.get("/api/v1/me", by: token)
      #expect(me.status == 200)
    }
    #expect(try await town.count("case_attachment") == 0)
    // Whether files could be kept was tried out; none was.
    let blobs = town.store.folder.appending(path: "blobs").path
    #expect(try FileManager.default.subpathsOfDirectory(atPath: blobs) == ["incoming"])
  }

  @Test("a paper is a document, and never a photograph of how it was or is")
  func papers() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.dispatcher)
    let paper = Array("%PDF-1.7\n".utf8)
    try await town.visit { site in
      let uri = "/api/v1/cases/\(id)/attachments"
      for subject in ["before", "after"] {
        let answer = try await site.send(
          .post, "\(uri)?subject=\(subject)", by: token, body: paper)
        #expect(answer.status == 422)
        #expect(answer.wrong == ["attachments: evidence.paper"])
      }
      #expect(try await site.send(.post, uri, by: token, body: paper).status == 201)
      #expect(try await site.send(.post, uri, by: token, body: SampleFile.png()).status == 201)
      let shown = try await site.get("/api/v1/cases/\(id)", by: token).json()["attachments"]
      #expect(shown?.list.compactMap { $0["subject"]?.text } == ["document", "before"])
    }
  }

  @Test("a case takes so many files and no more")
  func many() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let uri = "/api/v1/cases/\(id)/attachments"
      for width in 1...CaseDesk.mostAttachments {
        let answer = try await site.send(
          .post, uri, by: token, body: SampleFile.png(width: width, height: 1))
        #expect(answer.status == 201)
      }
      let over = try await site.send(.post, uri, by: token, body: SampleFile.png(width: 99))
      #expect(over.status == 422)
      #expect(over.code == "attachment.many")
    }
  }

  @Test("who may not read the case does not see its files, and a case that is over takes none")
  func access() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .closed)
    let attachment = try await town.store.database.read {
      try CaseNoteRows.attachments(id, in: $0)[0].id
    }
    let stranger = try await town.token(.villageLeader)
    let session = try await town.session(.villageLeader)
    let reader = try await town.token(.leader)
    try await town.visit { site in
      for (uri, caller) in [
        ("/api/v1/attachments/\(attachment)", stranger), ("/attachments/\(attachment)", session),
      ] {
        #expect(try await site.get(uri, by: caller).status == 404)
      }
      #expect(try await site.get("/api/v1/attachments/\(attachment)", by: reader).status == 200)
      #expect(try await site.get("/api/v1/attachments/1", by: reader).status == 404)
      let over = try await site.send(
        .post, "/api/v1/cases/\(id)/attachments", by: reader, body: SampleFile.png(width: 9))
      #expect(over.status == 409)
      #expect(over.code == "case.over")
    }
  }
}
