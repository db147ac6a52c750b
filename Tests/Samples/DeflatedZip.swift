import CZlib

/// A packed file of deflated parts, for readers to read.
public func deflatedZip(_ parts: [(name: String, bytes: [UInt8])], flags: Int = 0) -> [UInt8] {
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, bytes) in parts {
    let packed = deflated(bytes)
    let sum = bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    let fields =
      little(20, 2) + little(flags, 2) + little(8, 2) + little(0, 4) + little(Int(sum), 4)
      + little(packed.count, 4) + little(bytes.count, 4) + little(name.utf8.count, 2)
      + little(0, 2)
    directory +=
      [0x50, 0x4B, 1, 2] + little(20, 2) + fields + little(0, 10) + little(file.count, 4)
      + Array(name.utf8)
    file += [0x50, 0x4B, 3, 4] + fields + Array(name.utf8) + packed
  }
  return file + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(parts.count, 2)
    + little(parts.count, 2) + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
}

private func little(_ number: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 }
}

private func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + 1000)
  let made = input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      deflate(&stream, Z_FINISH)
      return target.count - Int(stream.avail_out)
    }
  }
  return Array(output[..<made])
}
