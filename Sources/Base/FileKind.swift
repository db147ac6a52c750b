/// The kinds of file that may be attached, told by their first bytes and never by name or by what
/// the sender says. Whatever a browser could run (SVG, HTML, scripts) is not among them.
public enum FileKind: String, Sendable, CaseIterable, Codable {
  case jpeg, png, webp, gif, heic, pdf, mp4

  /// For the header `Content-Type`.
  public var mediaType: String {
    switch self {
    case .jpeg, .png, .webp, .gif, .heic: "image/\(rawValue)"
    case .pdf: "application/pdf"
    case .mp4: "video/mp4"
    }
  }

  /// Without the dot.
  public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

  public var isImage: Bool { self != .pdf && self != .mp4 }

  /// How many bytes `sniff` wants to see; it needs fewer only when the file has fewer.
  public static let sniffedBytes = 64

  /// The kind of a file by its first bytes; nil for every other.
  public static func sniff(_ bytes: some Collection<UInt8>) -> FileKind? {
    let head = Array(bytes.prefix(sniffedBytes))
    return allCases.first { $0.begins(head) }
  }

  private func begins(_ head: [UInt8]) -> Bool {
    switch self {
    case .jpeg: head.starts(with: [0xFF, 0xD8, 0xFF])
    case .png: head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case .gif: head.holds("GIF87a", at: 0) || head.holds("GIF89a", at: 0)
    case .webp: head.holds("RIFF", at: 0) && head.holds("WEBPVP8", at: 8)
    case .pdf: head.holds("%PDF-", at: 0)
    case .heic: !Self.heicBrands.isDisjoint(with: Self.brands(head))
    case .mp4: Self.mp4Brands.contains(Self.brands(head).first ?? "")
    }
  }

  /// ISO/IEC 23008-12, annex B.4: HEVC-coded images and sequences of them.
  private static let heicBrands: Set<String> = [
    "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs",
  ]
  /// ISO/IEC 14496-12 and -14, and what cameras write. QuickTime's own is not among them.
  private static let mp4Brands: Set<String> = [
    "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1",
    "dash", "M4V ", "MSNV",
  ]

  /// The major brand of a file of boxes (ISO/IEC 14496-12), then those it is compatible with.
  private static func brands(_ head: [UInt8]) -> [String] {
    guard head.holds("ftyp", at: 4), let length = head.bigEndian(at: 0, count: 4),
      length >= 16, length % 4 == 0
    else { return [] }
    // The four bytes after the major brand are its version.
    let places = [8] + Array(stride(from: 16, to: min(length, head.count - 3), by: 4))
    return places.filter { $0 + 4 <= head.count }
      .map { String(decoding: head[$0..<($0 + 4)], as: UTF8.self) }
  }
}

extension FileKind {
  /// Pixels across and down.
  public struct ImageSize: Equatable, Sendable {
    public let width: Int
    public let height: Int

    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }

    public var pixels: Int { width * height }
  }

  /// The size an image says it has, to refuse one of absurd size before anything decodes it.
  ///
  /// Nil when the bytes do not say: a JPEG may put kilobytes of notes first, so give all there are.
  /// Always nil for HEIC, PDF and MP4.
  public func imageSize(_ bytes: some Collection<UInt8>) -> ImageSize? {
    let size =
      switch self {
      case .png: Self.pngSize(Array(bytes.prefix(24)))
      case .gif: Self.gifSize(Array(bytes.prefix(10)))
      case .webp: Self.webpSize(Array(bytes.prefix(30)))
      case .jpeg: Self.jpegSize(bytes)
      case .heic, .pdf, .mp4: ImageSize?.none
      }
    return size.flatMap { $0.width > 0 && $0.height > 0 ? $0 : nil }
  }

  /// The header is the first chunk always (PNG, 5.6).
  private static func pngSize(_ head: [UInt8]) -> ImageSize? {
    guard head.holds("IHDR", at: 12), let width = head.bigEndian(at: 16, count: 4),
      let height = head.bigEndian(at: 20, count: 4)
    else { return nil }
    return ImageSize(width: width, height: height)
  }

  private static func gifSize(_ head: [UInt8]) -> ImageSize? {
    guard let width = head.littleEndian(at: 6, count: 2),
      let height = head.littleEndian(at: 8, count: 2)
    else { return nil }
    return ImageSize(width: width, height: height)
  }

  /// Three forms: extended, lossless (RFC 9649, 3.4), and lossy with the frame of VP8 (RFC 6386,
  /// 9.1), each with its own place for 14 or 24 bits.
  private static func webpSize(_ head: [UInt8]) -> ImageSize? {
    if head.holds("VP8X", at: 12) {
      guard let width = head.littleEndian(at: 24, count: 3),
        let height = head.littleEndian(at: 27, count: 3)
      else { return nil }
      return ImageSize(width: width + 1, height: height + 1)
    }
    if head.holds("VP8L", at: 12) {
      guard let bits = head.littleEndian(at: 21, count: 4) else { return nil }
      return ImageSize(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
    }
    guard let width = head.littleEndian(at: 26, count: 2),
      let height = head.littleEndian(at: 28, count: 2)
    else { return nil }
    return ImageSize(width: width & 0x3FFF, height: height & 0x3FFF)
  }

  /// Goes from marker to marker up to the frame's header (ITU-T T.81, B.2.2).
  private static func jpegSize(_ bytes: some Collection<UInt8>) -> ImageSize? {
    var rest = bytes.dropFirst(2)
    while rest.popFirst() == 0xFF {
      // Any number of fill bytes may stand before the marker's code.
      rest = rest.drop { $0 == 0xFF }
      guard let code = rest.popFirst() else { return nil }
      // Markers without a length: TEM and RST.
      if code == 0x01 || (0xD0...0xD7).contains(code) { continue }
      guard let length = Array(rest.prefix(2)).bigEndian(at: 0, count: 2), length >= 2 else {
        return nil
      }
      switch code {
      case 0xC4, 0xC8, 0xCC: rest = rest.dropFirst(length)
      case 0xC0...0xCF:
        let frame = Array(rest.prefix(7))
        guard let height = frame.bigEndian(at: 3, count: 2),
          let width = frame.bigEndian(at: 5, count: 2)
        else { return nil }
        return ImageSize(width: width, height: height)
      // Another file begins, this one ends, or the picture itself begins: too late for a header.
      case 0xD8, 0xD9, 0xDA: return nil
      default: rest = rest.dropFirst(length)
      }
    }
    return nil
  }
}

extension [UInt8] {
  fileprivate func holds(_ text: String, at place: Int) -> Bool {
    count >= place && self[place...].starts(with: text.utf8)
  }

  fileprivate func bigEndian(at place: Int, count: Int) -> Int? {
    guard self.count >= place + count else { return nil }
    return self[place..<(place + count)].reduce(0) { $0 << 8 | Int($1) }
  }

  fileprivate func littleEndian(at place: Int, count: Int) -> Int? {
    guard self.count >= place + count else { return nil }
    return self[place..<(place + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
