import Crypto

/// The columns of an entry that its digest covers, as they are stored.
struct EntryBytes {
  let recordedAt: Int64
  let occurredAt: Int64
  let actorKind: String
  let actorID: Int64
  let subjectKind: String
  let subjectID: Int64
  let verb: String
  let version: Int64
  let payload: String

  /// SHA-256 over the columns, each ended by a byte that no text in them holds.
  var digest: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(128 + payload.utf8.count)
    Self.add(recordedAt, to: &bytes)
    Self.add(occurredAt, to: &bytes)
    Self.add(actorKind, to: &bytes)
    Self.add(actorID, to: &bytes)
    Self.add(subjectKind, to: &bytes)
    Self.add(subjectID, to: &bytes)
    Self.add(verb, to: &bytes)
    Self.add(version, to: &bytes)
    bytes.append(contentsOf: payload.utf8)
    return Array(SHA256.hash(data: bytes))
  }

  private static func add(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0)
  }

  /// In decimal, as `String` would spell it, without making one: every entry has six numbers.
  private static func add(_ number: Int64, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = number.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes[start...].reverse()
    bytes.append(0)
  }
}
