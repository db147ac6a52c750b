/// A file as it was handed in: the name that messages give it, and its bytes.
public struct NamedFile: Hashable, Sendable {
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: some Sequence<UInt8>) {
    self.name = name
    self.bytes = Array(bytes)
  }

  public init(name: String, text: String) {
    self.init(name: name, bytes: text.utf8)
  }
}
