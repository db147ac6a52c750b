import HTTPTypes

/// Who may say for whom a request was passed on: nobody, unless the operator names networks.
struct TrustedProxies: Sendable {
  private static let forwardedFor = HTTPField.Name("X-Forwarded-For")
  private static let forwarded = HTTPField.Name("Forwarded")
  private let ranges: [AddressRange]

  init(_ ranges: [AddressRange]) { self.ranges = ranges }

  /// By what the caller is known: the nearest address that is not a trusted proxy's.
  ///
  /// Where a request carries both headers and they name different callers, neither is believed: a
  /// proxy sets one of them and may pass on the other as the caller wrote it.
  ///
  /// - Parameter peer: the other end of the connection.
  func caller(from peer: String, _ headers: HTTPFields) -> String {
    guard let address = IPAddress(peer) else { return peer }
    guard isTrusted(address) else { return address.caller }
    let said = [
      Self.forwardedFor.map { self.hops(headers[values: $0]) } ?? [],
      Self.forwarded.map { self.namedHops(headers[values: $0]) } ?? [],
    ]
    let named = Set(said.filter { !$0.isEmpty }.map { caller(through: $0) ?? address })
    return (named.count == 1 ? named.first ?? address : address).caller
  }

  private func isTrusted(_ address: IPAddress) -> Bool {
    ranges.contains { $0.contains(address) }
  }

  /// From the nearest hop outwards. Behind a word that is no address, nothing is known.
  private func caller(through hops: [String]) -> IPAddress? {
    var last: IPAddress?
    for hop in hops.reversed() {
      guard let address = IPAddress(Self.host(hop)) else { return last }
      last = address
      if !isTrusted(address) { return address }
    }
    return last
  }

  private func hops(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.trimmingBlanks }
  }

  /// RFC 7239: `for=192.0.2.60;proto=https, for="[2001:db8::17]:4711"`.
  private func namedHops(_ values: [String]) -> [String] {
    hops(values).map { element in
      let pair = element.split(separator: ";").map { $0.trimmingBlanks }
        .first { $0.lowercased().hasPrefix("for=") }
      return (pair?.dropFirst(4) ?? "").trimmingBlanks.filter { $0 != "\"" }
    }
  }

  /// Without a port: `192.0.2.1:80`, `[2001:db8::1]:80`.
  private static func host(_ hop: String) -> Substring {
    if hop.hasPrefix("["), let end = hop.firstIndex(of: "]") {
      return hop[hop.index(after: hop.startIndex)..<end]
    }
    return hop.count { $0 == ":" } == 1 ? hop.prefix { $0 != ":" } : hop[...]
  }
}

extension StringProtocol {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
