import Foundation

extension String {
  /// Whether `byte` stands among its UTF-8 code units. The C library looks at many of them at a time,
  /// which counts where every text of every statement is looked through.
  public func hasByte(_ byte: UInt8) -> Bool {
    let found = utf8.withContiguousStorageIfAvailable { bytes in
      guard let start = bytes.baseAddress else { return false }
      return memchr(start, Int32(byte), bytes.count) != nil
    }
    return found ?? utf8.contains(byte)
  }
}
