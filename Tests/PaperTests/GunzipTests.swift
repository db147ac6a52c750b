import Base
import CZlib
import Foundation
import Testing

@testable import Paper

/// Packs as the gzip program would.
private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  let status = deflateInit2_(
    &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  try #require(status == Z_OK)
  defer { deflateEnd(&stream) }
  var input = bytes
  return try input.withUnsafeMutableBufferPointer { input in
    try [UInt8](unsafeUninitializedCapacity: input.count + 1024) { output, count in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      try #require(deflate(&stream, Z_FINISH) == Z_STREAM_END)
      count = output.count - Int(stream.avail_out)
    }
  }
}

@Suite struct GunzipTests {
  private func all(_ bytes: [UInt8], limit: Int = 1 << 30) throws -> [UInt8] {
    let input = try ByteInput(bytes: bytes, limit: limit)
    var result: [UInt8] = []
    while case let chunk = try input.read(), !chunk.isEmpty { result += chunk }
    #expect(input.consumed == input.total)
    return result
  }

  private let noise: [UInt8] = {
    var dice = Dice(seed: 4)
    return (0..<900_000).map { _ in UInt8.random(in: 0...20, using: &dice) }
  }()

  @Test("what was packed is unpacked, over many chunks")
  func roundTrip() throws {
    #expect(try all(gzip(noise)) == noise)
    #expect(try all(gzip([])) == [])
    #expect(try all([0x1E, 0x8B]) == [0x1E, 0x8B])
    #expect(try all([]) == [])
  }

  @Test("members one after the other are one stream, zeros after them are padding")
  func members() throws {
    let two = try gzip(Array("停车".utf8)) + gzip([]) + gzip(Array("收费".utf8))
    #expect(try all(two) == Array("停车收费".utf8))
    #expect(try all(two + [0, 0, 0]) == Array("停车收费".utf8))
    #expect(fault { _ = try all(two + [0, 0, 1]) }?.code == "gzip.damaged")
    #expect(fault { _ = try all(two + Array("junk".utf8)) }?.code == "gzip.damaged")
  }

  @Test("a stream cut anywhere is an error that names the place")
  func truncated() throws {
    let packed = try gzip(Array(repeating: 0x61, count: 5000))
    for cut in 2..<packed.count {
      let thrown = fault { _ = try all(Array(packed.prefix(cut))) }
      #expect(thrown?.code == "gzip.truncated")
      #expect(thrown?.arguments["packed"] == String(cut))
    }
  }

  @Test("a flipped bit anywhere is an error or harmless, never other data")
  func damaged() throws {
    let original = Array("违规收停车费".utf8)
    let packed = try gzip(original)
    var errors = 0
    for index in 10..<packed.count {
      var bytes = packed
      bytes[index] ^= 0x10
      do {
        #expect(try all(bytes) == original)
      } catch let thrown as Fault {
        errors += 1
        #expect(thrown.code.hasPrefix("gzip."))
      }
    }
    #expect(errors > packed.count / 2)
  }

  @Test("a bomb stops at the limit")
  func bomb() throws {
    let packed = try gzip(Array(repeating: 0, count: 5_000_000))
    #expect(packed.count < 10_000)
    #expect(try all(packed, limit: 5_000_000).count == 5_000_000)
    #expect(
      fault { _ = try all(packed, limit: 4_999_999) }
        == Fault(.tooLarge, "file.too-large", ["limit": "4999999"]))
  }

  @Test("files are read from the disk; missing ones and folders are named")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chengyun-paper-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "rows.csv.gz").path
    let text = "a,b\n" + String(repeating: "1,停车\n", count: 100_000)
    let packed = try gzip(Array(text.utf8))
    try Data(packed).write(to: URL(filePath: path))
    let reader = try TableReader(path: path)
    var count = 0
    while let row = try reader.next() { count += row["b"] == "停车" ? 1 : 0 }
    #expect(count == 100_000)
    #expect(reader.total == packed.count)
    #expect(reader.consumed == packed.count)
    #expect(fault { _ = try TableReader(path: path + ".no") }?.code == "file.missing")
    #expect(fault { _ = try TableReader(path: folder.path) }?.code == "file.unreadable")
  }
}
