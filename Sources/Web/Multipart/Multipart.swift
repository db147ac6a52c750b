/// What a form brings, in the order in which it arrives.
public enum MultipartEvent: Equatable, Sendable {
  case partBegan(MultipartPart)
  /// Some of the part's content; a part may have none, one or many.
  case bytes(ArraySlice<UInt8>)
  case partEnded
  /// The closing boundary was met; whatever follows is ignored.
  case ended
}

/// One field of a form, as its headers describe it.
public struct MultipartPart: Equatable, Sendable {
  /// The field's name in the form.
  public let name: String
  /// Nil for a field without a file; empty where no file was chosen. Only for people to read: without
  /// folders, control characters and marks that turn the direction of text, at most 255 bytes.
  public let fileName: String?
  /// What the sender takes the content for, e.g. `image/jpeg`; never to be trusted.
  public let contentType: String?
}

/// How much a form may ask for. What exceeds it ends the reading.
public struct MultipartLimits: Sendable {
  /// Bytes of the whole body.
  public var total: Int
  /// Bytes of one file.
  public var file: Int
  /// Bytes of one field without a file.
  public var field: Int
  public var parts: Int
  /// Bytes of all headers of one part; also of what stands before the first boundary.
  public var headerBytes: Int
  public var headers: Int

  public init(
    total: Int = 64 << 20, file: Int = 20 << 20, field: Int = 1 << 20, parts: Int = 100,
    headerBytes: Int = 8 << 10, headers: Int = 16
  ) {
    self.total = total
    self.file = file
    self.field = field
    self.parts = parts
    self.headerBytes = headerBytes
    self.headers = headers
  }
}
