import Base
import Foundation
import HTTPTypes
import Store
import TestSupport
import Testing

@testable import City
@testable import Web

/// What open pages are told, and what they are not.
@Suite struct LiveTests {
  /// A town whose hub has begun, and what it has not yet heard.
  private struct Stage {
    let town: WebTown
    var reached: Int64 = 0

    init(limits: Hub.Limits = Hub.Limits()) async throws {
      town = try await WebTown()
      try await begin()
    }

    mutating func begin() async throws {
      reached = try await town.site.ledgerPosition()
      await town.site.hub.begin(at: reached)
    }

    /// Tells the hub of everything since.
    mutating func tell() async throws {
      let news = try await town.store.database.read { [reached] in
        try Ledger.news(after: reached, limit: 1000, in: $0)
      }
      try await town.centre.hear(news)
      try await town.site.hub.hear(news)
      reached = news.last?.sequence ?? reached
    }

    /// Waits for lines, does something, tells of it, and ends all lines once they have said it.
    func during(_ lines: Int, _ body: () async throws -> Void) async throws {
      let hub = town.site.hub
      #expect(try await eventually { await hub.runningLines == lines })
      var stage = self
      try await body()
      try await stage.tell()
      #expect(try await eventually { await hub.isSaid })
      await hub.end()
    }
  }

  private static func move(
    _ move: CaseMove, _ id: ID<Case>, _ who: WebTown.Who, in town: WebTown
  ) async throws {
    try await town.centre.cases.make(move, on: id, by: try await town.doer(who))
  }

  private static func count(_ answer: WebAnswer, _ event: String = "news") -> Int {
    answer.text.split(separator: "event: \(event)\n", omittingEmptySubsequences: false).count - 1
  }

  private static func lists(_ stage: Stage) -> String { "/live?after=\(stage.reached)" }

  private static func file(_ id: ID<Case>, _ stage: Stage) -> String {
    "/live?case=\(id)&after=\(stage.reached)"
  }

  @Test("who sees a case is told that something has changed, and nothing more")
  func told() async throws {
    var stage = try await Stage()
    let town = stage.town
    let id = try await town.bring(to: .reported)
    try await stage.begin()
    let session = try await town.session(.dispatcher)
    try await stage.begin()
    let ready = stage
    try await town.visit { site in
      async let list = site.get(Self.lists(ready), by: session)
      async let page = site.get(Self.file(id, ready), by: session)
      try await ready.during(2) { try await Self.move(.accept, id, .intake, in: town) }
      for answer in [try await list, try await page] {
        #expect(answer.status == 200)
        #expect(answer.header("Content-Type") == "text/event-stream; charset=utf-8")
        #expect(answer.header("Cache-Control") == "no-store")
        #expect(Self.count(answer) == 1)
        #expect(answer.text.contains("id: \(ready.reached + 1)\n"))
        #expect(!answer.text.contains("\(id)") && !answer.text.contains("accept"))
      }
    }
  }

  @Test(
    "nobody is told of a case beyond their scope, nor who looks after none",
    arguments: [WebTown.Who.villageLeader, .otherPatroller, .sanitation])
  func beyondScope(who: WebTown.Who) async throws {
    var stage = try await Stage()
    let town = stage.town
    let id = try await town.bring(to: .reported)
    let session = try await town.session(who)
    try await stage.begin()
    let ready = stage
    try await town.visit { site in
      async let list = site.get(Self.lists(ready), by: session)
      try await ready.during(1) {
        try await Self.move(.accept, id, .intake, in: town)
        _ = try await town.bring(to: .filed)
      }
      let answer = try await list
      #expect(answer.status == 200)
      #expect(Self.count(answer) == 0)
      // What cannot be seen is not there, and cannot be listened to.
      let hidden = try await site.get(Self.file(id, ready), by: session)
      #expect(hidden.status == 404)
      let none = try await site.get("/live?case=1&after=0", by: session)
      #expect(none.status == 404)
    }
  }

  @Test("a unit is told when a case comes to it, and when it is taken away again")
  func parts() async throws {
    var stage = try await Stage()
    let town = stage.town
    let id = try await town.bring(to: .filed)
    let session = try await town.session(.roads)
    let input = {
      var input = MoveInput(text: "去")
      input.organisation = "roads"
      return input
    }()
    try await stage.begin()
    let ready = stage
    try await town.visit { site in
      async let list = site.get(Self.lists(ready), by: session)
      try await ready.during(1) {
        try await town.centre.cases.make(
          .dispatch, input, on: id, by: try await town.doer(.dispatcher))
      }
      #expect(Self.count(try await list) == 1)
    }
    try await stage.begin()
    let later = stage
    try await town.visit { site in
      async let list = site.get(Self.lists(later), by: session)
      try await later.during(1) {
        try await town.centre.cases.make(
          .giveBack, MoveInput(text: "不归我们"), on: id, by: try await town.doer(.roads))
      }
      #expect(Self.count(try await list) == 1)
    }
  }

  @Test("that somebody opened a reporter changes nothing that others see")
  func looking() async throws {
    var stage = try await Stage()
    let town = stage.town
    let id = try await town.bring(to: .reported)
    let session = try await town.session(.dispatcher)
    try await stage.begin()
    let ready = stage
    try await town.visit { site in
      async let page = site.get(Self.file(id, ready), by: session)
      try await ready.during(1) {
        _ = try await town.centre.cases.openReporter(of: id, by: try await town.doer(.intake))
      }
      #expect(Self.count(try await page) == 0)
    }
  }

  @Test("who comes back is told of what they missed, from where they were")
  func resumed() async throws {
    var stage = try await Stage()
    let town = stage.town
    let id = try await town.bring(to: .reported)
    let other = try await town.bring(to: .reported)
    let session = try await town.session(.dispatcher)
    let stranger = try await town.session(.villageLeader)
    try await stage.begin()
    let before = stage.reached
    try await Self.move(.accept, id, .intake, in: town)
    try await stage.tell()
    let ready = stage
    try await town.visit { site in
      let heard = ["Last-Event-ID": "\(before)"]
      async let missed = site.get("/live?after=0", by: session, headers: heard)
      async let page = site.get("/live?case=\(id)&after=\(before)", by: session)
      async let elsewhere = site.get("/live?case=\(other)&after=\(before)", by: session)
      async let known = site.get(Self.lists(ready), by: session)
      async let hidden = site.get("/live?after=\(before)", by: stranger)
      // A position that is still to come is that of a page that was quicker than the follower.
      async let early = site.get("/live?after=\(ready.reached + 1)", by: session)
      try await ready.during(6) { try await Self.move(.file, id, .intake, in: town) }
      let missedCount = Self.count(try await missed)
      #expect(missedCount >= 1)
      let pageCount = Self.count(try await page)
      #expect(pageCount >= 1)
      #expect(Self.count(try await elsewhere) == 0)
      #expect(Self.count(try await known) == 1)
      #expect(Self.count(try await hidden) == 0)
      #expect(Self.count(try await early) == 0)
    }
  }

  @Test("who signs out, is barred or loses the right, hears no more")
  func ended() async throws {
    var stage = try await Stage()
    let town = stage.town
    let id = try await town.bring(to: .reported)
    let session = try await town.session(.dispatcher)
    let barred = try await town.session(.leader)
    let moved = try await town.session(.duty)
    try await stage.begin()
    let ready = stage
    try await town.visit { site in
      async let list = site.get(Self.lists(ready), by: session)
      async let shut = site.get(Self.lists(ready), by: barred)
      async let narrowed = site.get(Self.lists(ready), by: moved)
      try await ready.during(3) {
        try await town.centre.identity.sessions.signOut(sessionToken: session.secret)
        let people = town.centre.identity.people
        try await people.disable(try town.person(.leader), by: .command)
        let post = WebTown.post(of: .duty)
        let grants = try await town.doer(.duty).grants
        for grant in grants {
          try await people.revoke(grant, from: try town.person(.duty), by: .command)
        }
        try await people.grant(
          Grant(role: post.role, areaPath: WebTown.villages[1]), to: try town.person(.duty),
          by: .command)
        // After they went.
        try await Self.move(.accept, id, .intake, in: town)
      }
      #expect(Self.count(try await list) == 0)
      #expect(Self.count(try await list, "over") == 1)
      #expect(Self.count(try await shut) == 0)
      #expect(Self.count(try await shut, "over") == 1)
      #expect(Self.count(try await narrowed) == 0)
      #expect(Self.count(try await narrowed, "over") == 0)
    }
  }

  @Test("a page that stands open does not keep a session from ending")
  func idle() async throws {
    var stage = try await Stage()
    let town = stage.town
    let session = try await town.session(.dispatcher)
    try await stage.begin()
    let ready = stage
    let hub = town.site.hub
    try await town.visit { site in
      async let list = site.get(Self.lists(ready), by: session)
      #expect(try await eventually { await hub.runningLines == 1 })
      for _ in 0..<13 {
        town.clock.advance(seconds: 3600)
        // What the page asks by itself does not count either.
        _ = try await site.get("/desk", by: session, headers: ["X-Live": "1"])
        await hub.beat()
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(Self.count(try await list, "over") == 1)
      #expect(try await site.get("/desk", by: session).status == 303)
    }
  }

  @Test("a page that is left makes room at once, so that who looks at many in a row is not refused")
  func left() async throws {
    var stage = try await Stage()
    let town = stage.town
    guard case .session(let token, _) = try await town.session(.dispatcher) else { return }
    try await stage.begin()
    let ready = stage
    let hub = town.site.hub
    try await town.visit(.live) { site in
      let port = try #require(site.client.port)
      for _ in 0...Hub.mostPerPerson {
        let reader = try RawConnection(port: port)
        try reader.send(
          "GET \(Self.lists(ready)) HTTP/1.1\r\nHost: localhost\r\n"
            + "Cookie: \(Site.sessionCookie)=\(token)\r\n\r\n")
        #expect(try await eventually { await hub.runningLines == 1 })
        reader.close()
        // Nothing is said on the line meanwhile.
        #expect(try await eventually { await hub.openLines == 0 })
      }
    }
  }

  @Test("lines are limited for each person and in all, and before it has begun there are none")
  func limits() async throws {
    let town = try await WebTown()
    let hub = Hub(centre: town.centre, limits: Hub.Limits(all: 3, perPerson: 2))
    let signedIn = try await Self.signedIn(.dispatcher, town)
    let other = try await Self.signedIn(.intake, town)
    let topic = LiveTopic.cases(after: 0)
    await #expect(throws: Fault(.unavailable, "live.closed")) {
      try await hub.open(topic, for: signedIn, token: "")
    }
    await hub.begin(at: 0)
    let first = try await hub.open(topic, for: signedIn, token: "").line
    _ = try await hub.open(topic, for: signedIn, token: "")
    await #expect(throws: Fault(.tooMany, "live.many", ["limit": "2", "seconds": "30"])) {
      try await hub.open(topic, for: signedIn, token: "")
    }
    _ = try await hub.open(topic, for: other, token: "")
    await #expect(throws: Fault(.unavailable, "live.full", ["seconds": "30"])) {
      try await hub.open(topic, for: other, token: "")
    }
    await hub.close(first)
    _ = try await hub.open(topic, for: other, token: "")
    // Answers that never began are let go of.
    for _ in 0..<4 { await hub.beat() }
    #expect(await hub.openLines == 0)
    await hub.end()
    await #expect(throws: Fault(.unavailable, "live.closed")) {
      try await hub.open(topic, for: signedIn, token: "")
    }
  }

  @Test("a thousand news that nobody has read are one, and cost no more than one")
  func coalesced() async throws {
    var stage = try await Stage()
    let town = stage.town
    let hub = town.site.hub
    let signedIn = try await Self.signedIn(.dispatcher, town)
    try await stage.begin()
    let (line, wakes, _) = try await hub.open(
      .cases(after: stage.reached), for: signedIn, token: "")
    for _ in 0..<40 { _ = try await town.bring(to: .filed) }
    try await stage.tell()
    await hub.close(line)
    var rings = 0
    for await _ in wakes { rings += 1 }
    #expect(rings == 1)
  }

  @Test("what is asked wrongly is refused, and looking at the head opens nothing")
  func refused() async throws {
    var stage = try await Stage()
    let town = stage.town
    let session = try await town.session(.dispatcher)
    let administrator = try await town.session(.system)
    let token = try await town.token(.dispatcher)
    try await stage.begin()
    try await town.visit { site async throws in
      #expect(try await site.get("/live", by: session).status == 422)
      #expect(try await site.get("/live?after=x", by: session).status == 422)
      #expect(try await site.get("/live?after=-1", by: session).status == 422)
      #expect(try await site.get("/live?after=1&case=x", by: session).status == 404)
      #expect(try await site.get("/live?after=1", by: administrator).status == 403)
      #expect(try await site.get("/live?after=1", by: token).status == 303)
      #expect(try await site.get("/live?after=1").status == 303)
      #expect(try await site.send(.head, "/live?after=1", by: session).status == 200)
      #expect(await town.site.hub.openLines == 0)
    }
  }

  @Test("lists and cases say where they hear of changes; a form that came back does not")
  func pages() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .reported)
    let session = try await town.session(.dispatcher)
    let after = try await town.site.ledgerPosition()
    try await town.visit { site in
      for uri in ["/desk", "/cases"] {
        let page = try await site.get(uri, by: session)
        #expect(page.text.contains(#"data-live="/live?after=\#(after)""#), "\(uri)")
        #expect(page.text.contains("data-live-part"), "\(uri)")
        #expect(page.text.contains("data-live-bar hidden"), "\(uri)")
      }
      let page = try await site.get("/cases/\(id)", by: session)
      #expect(page.text.contains("/live?case=\(id)&amp;after=\(after)"))
      #expect(!page.text.contains("data-live-part"), "no form is taken from under a hand")
      let back = try await site.submit("/cases/\(id)/comment", [("text", "")], by: session)
      #expect(back.status == 422)
      #expect(!back.text.contains("data-live="))
      let figures = try await site.get("/figures", by: session)
      #expect(!figures.text.contains("data-live="))
    }
  }

  private static func signedIn(_ who: WebTown.Who, _ town: WebTown) async throws -> SignedIn {
    let session = try await town.session(who)
    return try #require(
      try await town.centre.identity.sessions.doer(sessionToken: session.secret))
  }
}
