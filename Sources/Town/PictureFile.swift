/// A picture of few colours as a PNG file (ISO/IEC 15948), written without compression: the town's
/// photographs are drawn, not taken, and a handful of them serves thousands of cases.
struct PictureFile {
  let width: Int
  let height: Int
  /// Red, green and blue of each colour, at most 256.
  var palette: [(UInt8, UInt8, UInt8)]
  /// The colour of each pixel, line by line.
  private var pixels: [UInt8]

  init(width: Int, height: Int, palette: [(UInt8, UInt8, UInt8)]) {
    self.width = width
    self.height = height
    self.palette = palette
    pixels = [UInt8](repeating: 0, count: width * height)
  }

  /// Fills a rectangle, as far as it lies in the picture.
  mutating func fill(_ columns: Range<Int>, _ rows: Range<Int>, _ colour: Int) {
    let columns = columns.clamped(to: 0..<width)
    for row in rows.clamped(to: 0..<height) {
      for column in columns { pixels[row * width + column] = UInt8(colour) }
    }
  }

  /// Fills an ellipse around a middle; with `hole` only its rim, so many pixels wide.
  mutating func ellipse(
    _ middle: (x: Int, y: Int), _ radius: (x: Int, y: Int), _ colour: Int, rim: Int? = nil
  ) {
    for row in (middle.y - radius.y)...(middle.y + radius.y) {
      for column in (middle.x - radius.x)...(middle.x + radius.x) {
        let inside = { (x: Int, y: Int) in
          let (dx, dy) = ((column - middle.x) * y, (row - middle.y) * x)
          return x > 0 && y > 0 && dx * dx + dy * dy <= x * x * y * y
        }
        guard inside(radius.x, radius.y) else { continue }
        if let rim, inside(radius.x - rim, radius.y - rim) { continue }
        fill(column..<(column + 1), row..<(row + 1), colour)
      }
    }
  }

  var bytes: [UInt8] {
    let header = Self.number(width) + Self.number(height) + [8, 3, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + Self.chunk("IHDR", header)
      + Self.chunk("PLTE", palette.flatMap { [$0.0, $0.1, $0.2] })
      + Self.chunk("IDAT", Self.stored(lines))
      + Self.chunk("IEND", [])
  }

  /// Each line begins with the number of its filter: none.
  private var lines: [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity((width + 1) * height)
    for row in 0..<height {
      lines.append(0)
      lines += pixels[(row * width)..<((row + 1) * width)]
    }
    return lines
  }

  /// A zlib stream (RFC 1950) of stored blocks (RFC 1951).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: bytes.count, by: 65_535) {
      let end = min(start + 65_535, bytes.count)
      let size = UInt16(end - start)
      stream.append(end == bytes.count ? 1 : 0)
      for word in [size, ~size] { stream += [UInt8(word & 0xFF), UInt8(word >> 8)] }
      stream += bytes[start..<end]
    }
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return stream + number(high << 16 | low)
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + content
    return number(content.count) + named + number(Int(checksum(named)))
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { rest, _ in
      rest & 1 == 1 ? 0xEDB8_8320 ^ (rest >> 1) : rest >> 1
    }
  }
}
