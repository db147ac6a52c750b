/// Small files that real decoders read, and some that are not what they say.
enum SampleFile {
  /// Grey, each row dark to light; deflate's stored form needs no compressor.
  static func png(width: Int = 4, height: Int = 4) -> [UInt8] {
    let row = [0] + (0..<width).map { UInt8($0 * 255 / width) }
    let rows = (0..<height).flatMap { _ in row }
    let size = [UInt8(rows.count & 0xFF), UInt8(rows.count >> 8)]
    let stored = [0x78, 0x01, 0x01] + size + size.map(~) + rows + big(adler(rows), 4)
    let header = big(width, 4) + big(height, 4) + [8, 0, 0, 0, 0]
    return signature + chunk("IHDR", header) + chunk("IDAT", stored) + chunk("IEND", [])
  }

  static let svg = Array(
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8)
  static let html = Array("<!DOCTYPE html><script>alert(1)</script>".utf8)

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static func big(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(number >> ($0 * 8) & 0xFF) }
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return big(content.count, 4) + body + big(crc(body), 4)
  }

  private static func crc(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return Int(~crc)
  }

  private static func adler(_ bytes: [UInt8]) -> Int {
    var low = 1
    var high = 0
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}
