import CPostgres

/// Texts to and from C.
enum PostgresText {
  /// The texts as C reads a list of them, with its end.
  static func withPointers<T>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T
  ) -> T {
    var bytes: [CChar] = []
    let places = texts.map { text in
      defer { bytes += text.utf8CString }
      return bytes.count
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let pointers = places.map { place in buffer.baseAddress.map { $0 + place } } + [nil]
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }

  /// Of what an engine says, what fits into a line of our own.
  static func firstLine(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "" }
    return String(cString: text).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }
}

extension Value {
  /// The engine's number for what this is; 0 leaves it to the engine.
  var type: Oid {
    switch self {
    case .null: 0
    case .integer: 20
    case .real: 701
    case .text: 25
    case .bytes: 17
    }
  }
}

/// Arguments as they go over the wire: binary where the statement was prepared for just that.
struct PostgresArguments {
  private var bytes: [CChar] = []
  private var places: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  init(_ values: [Value], as types: [Oid]) {
    for (value, type) in zip(values, types) {
      switch value {
      case .null: add(nil, isBinary: false)
      case .integer(let number) where type == 20:
        withUnsafeBytes(of: number.bigEndian) { add($0, isBinary: true) }
      case .integer(let number): add(String(number))
      case .real(let number) where type == 701:
        withUnsafeBytes(of: number.bitPattern.bigEndian) { add($0, isBinary: true) }
      case .real(let number): add(String(number))
      case .text(let text): add(text)
      case .bytes(let bytes): bytes.withUnsafeBytes { add($0, isBinary: true) }
      }
    }
  }

  private mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0), isBinary: false) }
  }

  private mutating func add(_ raw: UnsafeRawBufferPointer?, isBinary: Bool) {
    places.append(raw.map { _ in bytes.count })
    lengths.append(Int32(raw?.count ?? 0))
    formats.append(isBinary ? 1 : 0)
    guard let raw else { return }
    bytes.append(contentsOf: raw.lazy.map { CChar(bitPattern: $0) })
    bytes.append(0)
  }

  func withPointers<T>(
    _ body: (
      UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> T
  ) -> T {
    bytes.withUnsafeBufferPointer { buffer in
      let pointers = places.map { place in
        place.flatMap { place in buffer.baseAddress.map { $0 + place } }
      }
      return pointers.withUnsafeBufferPointer { values in
        lengths.withUnsafeBufferPointer { lengths in
          formats.withUnsafeBufferPointer { formats in
            body(values.baseAddress, lengths.baseAddress, formats.baseAddress)
          }
        }
      }
    }
  }
}
