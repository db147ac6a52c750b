import Foundation
import HTTPTypes
import Testing

@testable import Web

/// For whom a request was passed on, and whose word is taken for it.
@Suite struct ProxyTests {
  private func caller(
    from peer: String, trusting networks: [String] = ["10.0.0.0/8", "::1"],
    _ headers: (String, String)...
  ) throws -> String {
    var fields = HTTPFields()
    for (name, value) in headers {
      fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
    }
    let ranges = try networks.map { try #require(AddressRange($0)) }
    return TrustedProxies(ranges).caller(from: peer, fields)
  }

  @Test("nobody is believed who is not named")
  func untrusted() throws {
    #expect(try caller(from: "192.0.2.1", ("X-Forwarded-For", "203.0.113.9")) == "192.0.2.1")
    #expect(try caller(from: "192.0.2.1", ("Forwarded", "for=203.0.113.9")) == "192.0.2.1")
    #expect(
      try caller(from: "10.1.1.1", trusting: [], ("X-Forwarded-For", "203.0.113.9")) == "10.1.1.1")
    #expect(try caller(from: "local", ("X-Forwarded-For", "203.0.113.9")) == "local")
  }

  @Test("of a chain the nearest address counts that is no trusted proxy's, whatever stands before")
  func chain() throws {
    let header = "X-Forwarded-For"
    #expect(try caller(from: "10.1.1.1", (header, "203.0.113.9")) == "203.0.113.9")
    #expect(try caller(from: "10.1.1.1", (header, "1.2.3.4, 203.0.113.9")) == "203.0.113.9")
    #expect(
      try caller(from: "10.1.1.1", (header, "1.2.3.4, 203.0.113.9, 10.2.2.2")) == "203.0.113.9")
    #expect(
      try caller(from: "10.1.1.1", (header, "1.2.3.4"), (header, "203.0.113.9")) == "203.0.113.9")
    #expect(try caller(from: "10.1.1.1", (header, "203.0.113.9:4711")) == "203.0.113.9")
    #expect(try caller(from: "::1", (header, "[2001:db8:1:2:3::4]:4711")) == "2001:db8:1:2/64")
    // A chain of our own only: the farthest of them.
    #expect(try caller(from: "10.1.1.1", (header, "10.3.3.3, 10.2.2.2")) == "10.3.3.3")
  }

  @Test("the header of the standard is understood")
  func standard() throws {
    let header = "Forwarded"
    #expect(
      try caller(from: "10.1.1.1", (header, "for=203.0.113.9;proto=https;by=10.1.1.1"))
        == "203.0.113.9")
    #expect(
      try caller(from: "10.1.1.1", (header, #"For="[2001:db8:cafe::17]:4711""#))
        == "2001:db8:cafe:0/64")
    #expect(
      try caller(from: "10.1.1.1", (header, "for=1.2.3.4, proto=https;for=203.0.113.9"))
        == "203.0.113.9")
  }

  @Test("what is no address is not believed, nor anything behind it")
  func nonsense() throws {
    let header = "X-Forwarded-For"
    for value in ["unknown", "_hidden", "", ",", "203.0.113.9.evil", "1.2.3", "::ffff:", "[", "]"] {
      #expect(try caller(from: "10.1.1.1", (header, value)) == "10.1.1.1", "\(value)")
      #expect(try caller(from: "10.1.1.1", ("Forwarded", "for=\(value)")) == "10.1.1.1", "\(value)")
    }
    #expect(try caller(from: "10.1.1.1", (header, "1.2.3.4, unknown, 10.2.2.2")) == "10.2.2.2")
  }

  @Test("of two headers that differ neither is believed, since a proxy may pass one on as it came")
  func both() throws {
    let forged = ("Forwarded", "for=1.2.3.4")
    let real = ("X-Forwarded-For", "203.0.113.9")
    #expect(try caller(from: "10.1.1.1", forged, real) == "10.1.1.1")
    #expect(
      try caller(from: "10.1.1.1", ("Forwarded", "for=203.0.113.9"), real) == "203.0.113.9")
  }

  @Test("networks are read and hold what they hold")
  func networks() throws {
    let inside = [
      ("10.0.0.0/8", "10.255.0.1"), ("192.0.2.7", "192.0.2.7"), ("0.0.0.0/0", "8.8.8.8"),
      ("2001:db8::/32", "2001:db8:ffff::1"), ("172.16.0.0/12", "172.31.9.9"),
      ("127.0.0.1", "::ffff:127.0.0.1"),
    ]
    for (range, address) in inside {
      #expect(
        try #require(AddressRange(range)).contains(try #require(IPAddress(address))), "\(range)")
    }
    let outside = [
      ("10.0.0.0/8", "11.0.0.1"), ("192.0.2.7", "192.0.2.6"), ("0.0.0.0/0", "::1"),
      ("2001:db8::/32", "2001:db9::1"), ("172.16.0.0/12", "172.32.0.1"),
    ]
    for (range, address) in outside {
      #expect(
        try !#require(AddressRange(range)).contains(try #require(IPAddress(address))), "\(range)")
    }
    for wrong in ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10/8", "::/129"] {
      #expect(AddressRange(wrong) == nil, "\(wrong)")
    }
  }

  @Test("behind a trusted proxy callers are limited each, and not all together")
  func limits() async throws {
    var settings = SiteSettings()
    settings.trustedProxies = [try #require(AddressRange("127.0.0.0/8"))]
    let town = try await WebTown(settings: settings)
    try await town.visit(.live) { site in
      func tries(_ count: Int, as caller: String) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count {
          statuses.append(
            try await site.submit(
              "/sign-in", [("name", ""), ("password", "")], headers: ["X-Forwarded-For": caller]
            ).status)
        }
        return statuses
      }
      let first = try await tries(20, as: "203.0.113.9")
      #expect(first == Array(repeating: 422, count: 20))
      let next = try await tries(1, as: "203.0.113.9")
      #expect(next == [429])
      // Written before the proxy's own word, it helps nobody.
      let forged = try await tries(1, as: "1.2.3.4, 203.0.113.9")
      #expect(forged == [429])
      let other = try await tries(1, as: "203.0.113.10")
      #expect(other == [422])
    }
  }

  @Test("without a trusted proxy the header changes nothing")
  func ignored() async throws {
    let town = try await WebTown()
    try await town.visit(.live) { site in
      var statuses: [Int] = []
      for number in 0..<21 {
        statuses.append(
          try await site.submit(
            "/sign-in", [("name", ""), ("password", "")],
            headers: ["X-Forwarded-For": "203.0.113.\(number)"]
          ).status)
      }
      #expect(statuses.last == 429)
    }
  }
}
