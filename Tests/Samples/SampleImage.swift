import Foundation

/// Small images made byte by byte, that real decoders read.
public enum SampleImage {
  private static func big(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(number >> ($0 * 8) & 0xFF) }
  }

  // MARK: PNG

  public static func pngHeader(width: Int, height: Int) -> [UInt8] {
    let header = big(width, 4) + big(height, 4) + [8, 0, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
  }

  /// Grey, each row dark to light; deflate's stored form needs no compressor.
  public static func png(width: Int, height: Int) -> [UInt8] {
    let row = [0] + (0..<width).map { UInt8($0 * 255 / width) }
    let rows = (0..<height).flatMap { _ in row }
    let size = [UInt8(rows.count & 0xFF), UInt8(rows.count >> 8)]
    let stored = [0x78, 0x01, 0x01] + size + size.map(~) + rows + big(adler(rows), 4)
    return pngHeader(width: width, height: height) + chunk("IDAT", stored) + chunk("IEND", [])
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

  // MARK: JPEG

  /// Grey all over: two codes of one bit, "no difference" and "end of block", for each block.
  public static func jpeg(
    width: Int, height: Int, notes: [[UInt8]] = [], blocks: Int? = nil
  ) -> [UInt8] {
    let blocks = blocks ?? ((width + 7) / 8) * ((height + 7) / 8)
    let oneCode: [UInt8] = [1] + Array(repeating: 0, count: 15) + [0]
    let bits = blocks * 2
    var data = Array(repeating: UInt8(0), count: (bits + 7) / 8)
    if bits % 8 > 0 { data[data.count - 1] = UInt8(0xFF >> (bits % 8)) }
    return [0xFF, 0xD8]
      + notes.flatMap { [0xFF] + segment(0xFE, $0) }
      + segment(0xDB, [0] + Array(repeating: 1, count: 64))
      + segment(0xC0, [8] + big(height, 2) + big(width, 2) + [1, 1, 0x11, 0])
      + segment(0xC4, [0x00] + oneCode) + segment(0xC4, [0x10] + oneCode)
      + segment(0xDA, [1, 1, 0x00, 0, 63, 0]) + data + [0xFF, 0xD9]
  }

  private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    [0xFF, marker] + big(content.count + 2, 2) + content
  }

  // MARK: Others

  /// One pixel.
  public static let gif: [UInt8] =
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF]
    + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

  /// One pixel as cwebp writes it.
  public static let lossyWebP = base64("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
  public static let losslessWebP = base64("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")

  /// The header alone of an image with more than pixels in it.
  public static func extendedWebP(width: Int, height: Int) -> [UInt8] {
    Array("RIFF".utf8) + [22, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0x10, 0, 0, 0]
      + big(width - 1, 3).reversed() + big(height - 1, 3).reversed()
  }

  /// The first box of HEIC and MP4: a major brand and those it is compatible with.
  public static func boxes(_ major: String, _ compatible: String...) -> [UInt8] {
    let brands = Array(major.utf8) + [0, 0, 0, 0] + compatible.flatMap { Array($0.utf8) }
    return big(brands.count + 8, 4) + Array("ftyp".utf8) + brands + [0, 0, 0, 8]
      + Array("free".utf8)
  }

  private static func base64(_ text: String) -> [UInt8] {
    Data(base64Encoded: text).map { Array($0) } ?? []
  }
}
