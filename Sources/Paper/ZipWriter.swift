import Base
import CZlib

/// Packs parts into one file (PKWARE APPNOTE 6.3), deflated, in the order they are given.
///
/// No time is written, so that the same parts always give the same bytes.
enum ZipWriter {
  /// - Throws: `zip.unavailable` when zlib cannot work, `zip.too-large` beyond what the format holds
  ///   without its extension for large files.
  static func bytes(_ parts: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in parts {
      let packed = try deflate(bytes)
      let sum = bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
      // Version 2.0, names in UTF-8, deflated, midnight of 1 January 1980.
      var fields = little(20, 2) + little(0x0800, 2) + little(8, 2) + little(0, 2) + little(33, 2)
      fields += little(Int(sum), 4) + little(packed.count, 4) + little(bytes.count, 4)
      fields += little(name.utf8.count, 2) + little(0, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + fields + little(0, 10)
      directory += little(file.count, 4) + Array(name.utf8)
      file += [0x50, 0x4B, 3, 4] + fields + Array(name.utf8) + packed
    }
    guard file.count + directory.count < Int(UInt32.max), parts.count < Int(UInt16.max) else {
      throw Fault(.tooLarge, "zip.too-large", ["part": "zip"])
    }
    let count = little(parts.count, 2)
    return file + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + count + count
      + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 }
  }

  private static func deflate(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    // Negative: without the wrapper of zlib, as zip has it.
    guard
      deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw Fault(.broken, "zip.unavailable") }
    defer { deflateEnd(&stream) }
    var input = bytes
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    var status = Z_OK
    let packed = [UInt8](unsafeUninitializedCapacity: room) { target, made in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(room)
        status = CZlib.deflate(&stream, Z_FINISH)
      }
      made = room - Int(stream.avail_out)
    }
    guard status == Z_STREAM_END else { throw Fault(.broken, "zip.unavailable") }
    return packed
  }
}
