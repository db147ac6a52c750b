import Base

/// Reads `multipart/form-data` (RFC 7578, RFC 2046) as its bytes arrive.
///
/// Every byte is looked at a constant number of times, and no more than the headers of one part is
/// kept. Strict where leniency would let two readers see two forms. After an error each further
/// call throws the same error.
public struct MultipartParser: Sendable {
  private enum State {
    case preamble, headers, content
    /// After a boundary: the line's end, or two dashes.
    case boundaryEnd, boundaryDash, boundaryPadding, boundaryReturn
    case epilogue
  }

  private let limits: MultipartLimits
  /// CR LF, two dashes and the boundary: what ends a part. CR occurs in it only at the front, so
  /// that after a mismatch the search never has to go back.
  private let delimiter: [UInt8]
  private var state = State.preamble
  /// How many bytes of the delimiter were just met. The body begins as if after a line's end.
  private var matched = 2
  private var headers: MultipartHeaders
  private var part: MultipartPart?
  private var partCount = 0
  private var partSize = 0
  private var preambleSize = 0
  private var total = 0
  private var failure: Fault?
  private var events: [MultipartEvent] = []

  /// - Parameter contentType: the request's header, `multipart/form-data; boundary=…`.
  /// - Throws: `multipart.boundary-missing` when it is another type, or has no boundary of 1 to 70
  ///   of the characters RFC 2046 allows.
  public init(contentType: String, limits: MultipartLimits = MultipartLimits()) throws {
    guard let header = HeaderValue(contentType), header.value == "multipart/form-data",
      let boundary = header.parameters["boundary"], Self.isBoundary(boundary)
    else { throw Fault(.invalid, "multipart.boundary-missing") }
    self.limits = limits
    delimiter = Array("\r\n--\(boundary)".utf8)
    headers = MultipartHeaders(limits: limits)
  }

  private static func isBoundary(_ text: String) -> Bool {
    let signs = Set("'()+_,-./:=? ".utf8)
    return (1...70).contains(text.utf8.count) && text.utf8.last != 0x20
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: signs.contains(byte)
        }
      }
  }

  /// Takes the next bytes of the body.
  ///
  /// - Returns: what they bring, content as slices of `bytes`.
  /// - Throws: `multipart.malformed`, `multipart.header-malformed`,
  ///   `multipart.encoding-unsupported`; `multipart.too-large`, `multipart.part-too-large`,
  ///   `multipart.too-many-parts`, `multipart.headers-too-large`.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) throws -> [MultipartEvent] {
    if let failure { throw failure }
    defer { events = [] }
    do {
      try read(bytes)
    } catch let fault as Fault {
      failure = fault
      throw fault
    }
    return events
  }

  /// Takes the next bytes of the body; as above.
  public mutating func feed(_ bytes: [UInt8]) throws -> [MultipartEvent] {
    try feed(bytes[...])
  }

  /// The body has ended. Throws `multipart.truncated` unless the closing boundary was met.
  public mutating func finish() throws {
    if let failure { throw failure }
    guard case .epilogue = state else {
      let fault = Fault(.invalid, "multipart.truncated", ["bytes": String(total)])
      failure = fault
      throw fault
    }
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>) throws {
    total += bytes.count
    guard total <= limits.total else {
      throw Fault(.tooLarge, "multipart.too-large", ["limit": String(limits.total)])
    }
    var rest = bytes
    while let byte = rest.first {
      switch state {
      case .preamble, .content:
        try takeContent(&rest)
        continue
      case .headers:
        if try headers.take(byte) { try beginPart() }
      case .boundaryEnd, .boundaryDash, .boundaryPadding, .boundaryReturn:
        try takeBoundaryEnd(byte)
      case .epilogue: return
      }
      rest.removeFirst()
    }
  }

  // MARK: Content

  /// Takes bytes up to the next delimiter, or all there are.
  private mutating func takeContent(_ rest: inout ArraySlice<UInt8>) throws {
    var position = rest.startIndex
    try continueMatch(rest, &position)
    let start = position
    while matched < delimiter.count, position < rest.endIndex {
      if matched == 0 {
        position = rest[position...].firstIndex(of: delimiter[0]) ?? rest.endIndex
        if position < rest.endIndex { step(&position) }
      } else if rest[position] == delimiter[matched] {
        step(&position)
      } else {
        matched = 0
      }
    }
    // The part of a delimiter at the end is kept back; it is known by its length.
    if position - start > matched { try deliver(rest[start..<(position - matched)]) }
    rest = rest[position...]
    if matched == delimiter.count { endPart() }
  }

  private mutating func step(_ position: inout Int) {
    matched += 1
    position += 1
  }

  /// Goes on with a delimiter that began in earlier bytes; what was none after all is content.
  private mutating func continueMatch(
    _ rest: ArraySlice<UInt8>, _ position: inout Int
  ) throws {
    guard matched > 0 else { return }
    while matched < delimiter.count, position < rest.endIndex {
      guard rest[position] == delimiter[matched] else {
        try deliver(delimiter[..<matched])
        matched = 0
        return
      }
      step(&position)
    }
  }

  private mutating func deliver(_ content: ArraySlice<UInt8>) throws {
    guard let part else {
      preambleSize += content.count
      guard preambleSize <= limits.headerBytes else { throw malformed }
      return
    }
    partSize += content.count
    let limit = part.fileName == nil ? limits.field : limits.file
    guard partSize <= limit else {
      throw Fault(
        .tooLarge, "multipart.part-too-large", ["name": part.name, "limit": String(limit)])
    }
    events.append(.bytes(content))
  }

  // MARK: Boundaries

  private mutating func endPart() {
    if part != nil { events.append(.partEnded) }
    part = nil
    matched = 0
    state = .boundaryEnd
  }

  private mutating func takeBoundaryEnd(_ byte: UInt8) throws {
    switch (state, byte) {
    case (.boundaryEnd, UInt8(ascii: "-")): state = .boundaryDash
    case (.boundaryDash, UInt8(ascii: "-")):
      events.append(.ended)
      state = .epilogue
    case (.boundaryEnd, 0x20), (.boundaryEnd, 0x09), (.boundaryPadding, 0x20),
      (.boundaryPadding, 0x09):
      state = .boundaryPadding
    case (.boundaryEnd, 0x0D), (.boundaryPadding, 0x0D): state = .boundaryReturn
    case (.boundaryReturn, 0x0A): try beginHeaders()
    default: throw malformed
    }
  }

  private mutating func beginHeaders() throws {
    partCount += 1
    guard partCount <= limits.parts else {
      throw Fault(.tooLarge, "multipart.too-many-parts", ["limit": String(limits.parts)])
    }
    headers = MultipartHeaders(limits: limits)
    state = .headers
  }

  private mutating func beginPart() throws {
    let began = try headers.part()
    part = began
    partSize = 0
    state = .content
    events.append(.partBegan(began))
  }

  private var malformed: Fault { Fault(.invalid, "multipart.malformed") }
}
