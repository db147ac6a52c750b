import Base
import CZlib

/// The parts of a packed file in memory (PKWARE APPNOTE 6.3), as documents of Office are: stored or
/// deflated, neither encrypted nor spread over several files.
///
/// Nothing that the file says of itself is trusted: parts are unpacked up to a limit only, so that
/// a small file that unpacks to gigabytes is refused and not held.
struct ZipArchive {
  private struct Entry {
    let method: Int
    let packed: Int
    let crc: UInt
    /// Where the part's own header stands.
    let header: Int
    let isEncrypted: Bool
  }

  private let bytes: [UInt8]
  private var entries: [String: Entry] = [:]

  /// More parts than any document has.
  private static let mostEntries = 10_000

  /// - Throws: `zip.damaged` when there is no directory that can be read.
  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    guard let end = Self.directoryEnd(bytes), let count = bytes.little(end + 10, 2),
      var place = bytes.little(end + 16, 4), count <= Self.mostEntries
    else { throw Self.damaged(OfficeFile.directory) }
    for _ in 0..<count {
      guard bytes.little(place, 4) == 0x0201_4B50, let flags = bytes.little(place + 8, 2),
        let method = bytes.little(place + 10, 2), let crc = bytes.little(place + 16, 4),
        let packed = bytes.little(place + 20, 4), let nameLength = bytes.little(place + 28, 2),
        let extra = bytes.little(place + 30, 2), let comment = bytes.little(place + 32, 2),
        let header = bytes.little(place + 42, 4), place + 46 + nameLength <= bytes.count
      else { throw Self.damaged(OfficeFile.directory) }
      let name = String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
      entries[name] = Entry(
        method: method, packed: packed, crc: UInt(crc), header: header,
        isEncrypted: flags & 1 != 0)
      place += 46 + nameLength + extra + comment
    }
  }

  var names: [String] { entries.keys.sorted() }

  /// A part, unpacked; nil when there is none of this name.
  ///
  /// - Throws: `zip.too-large` beyond `limit` bytes, `zip.encrypted`, `zip.damaged`.
  func part(_ name: String, limit: Int) throws -> [UInt8]? {
    guard let entry = entries[name] else { return nil }
    guard !entry.isEncrypted else { throw Fault(.invalid, "zip.encrypted") }
    guard bytes.little(entry.header, 4) == 0x0403_4B50,
      let nameLength = bytes.little(entry.header + 26, 2),
      let extra = bytes.little(entry.header + 28, 2)
    else { throw Self.damaged(name) }
    let start = entry.header + 30 + nameLength + extra
    guard start <= bytes.count, entry.packed <= bytes.count - start else {
      throw Self.damaged(name)
    }
    let packed = bytes[start..<(start + entry.packed)]
    let part: [UInt8]
    switch entry.method {
    case 0:
      guard packed.count <= limit else { throw Self.tooLarge(name) }
      part = Array(packed)
    case 8: part = try Self.inflate(packed, name, limit: limit)
    default: throw Self.damaged(name)
    }
    let sum = part.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    guard UInt(sum) == entry.crc else { throw Self.damaged(name) }
    return part
  }

  /// The record that ends the file; a comment of up to 65,535 bytes may follow it.
  private static func directoryEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    let last = bytes.count - 22
    return stride(from: last, through: max(0, last - 65_535), by: -1).first {
      bytes[$0] == 0x50 && bytes.little($0, 4) == 0x0605_4B50
    }
  }

  private static func inflate(
    _ packed: ArraySlice<UInt8>, _ name: String, limit: Int
  ) throws -> [UInt8] {
    var stream = z_stream()
    // Negative: without the wrapper of zlib, as zip has it.
    guard
      inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Fault(.broken, "zip.unavailable") }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    var input = Array(packed)
    let inputCount = input.count
    return try input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(inputCount)
      var status = Z_OK
      while status == Z_OK {
        let made = chunk.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return output.count - Int(stream.avail_out)
        }
        guard result.count + made <= limit else { throw tooLarge(name) }
        result += chunk[..<made]
        guard status == Z_STREAM_END || made > 0 || stream.avail_in > 0 else { break }
      }
      guard status == Z_STREAM_END else { throw damaged(name) }
      return result
    }
  }

  private static func damaged(_ part: String) -> Fault {
    Fault(.invalid, "zip.damaged", ["part": part])
  }

  private static func tooLarge(_ part: String) -> Fault {
    Fault(.tooLarge, "zip.too-large", ["part": part])
  }
}

extension [UInt8] {
  /// Bytes as a number, the least first; nil beyond the end.
  fileprivate func little(_ place: Int, _ count: Int) -> Int? {
    guard place >= 0, place <= self.count - count else { return nil }
    return self[place..<(place + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
