import Base
import CZlib

/// Inflates gzip as it arrives, member after member.
///
/// A reference type because zlib keeps the address of its own state.
final class Gunzip {
  private enum Place { case betweenMembers, inMember, padding }

  private let stream: UnsafeMutablePointer<z_stream>
  private var place = Place.betweenMembers
  /// Bytes taken in and given out so far, over all members: where an error is.
  private(set) var packed = 0
  private(set) var unpacked = 0

  init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 is the largest window, 16 asks for the gzip wrapper and nothing else.
    let status = inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw Fault(.broken, "gzip.unavailable") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Unpacks from `input` at `position` until `room` bytes are made or the input is used up.
  func unpack(_ input: [UInt8], at position: inout Int, room: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: room) { output, count in
      try input.withUnsafeBufferPointer { bytes in
        while position < bytes.count, count < room {
          try step(bytes, &position, output, &count)
        }
      }
    }
  }

  /// The input has ended; it must not end within a member.
  func finish() throws {
    if place == .inMember { throw fault("gzip.truncated") }
  }

  private func step(
    _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int,
    _ output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
  ) throws {
    if place == .betweenMembers {
      // Tapes and some tools fill the last block with zeros.
      place = unpacked + packed > 0 && input[position] == 0 ? .padding : .inMember
    }
    if place == .padding {
      guard input[position] == 0 else { throw fault("gzip.damaged") }
      position += 1
      packed += 1
      return
    }
    try inflateOnce(input, &position, output, &count)
  }

  private func inflateOnce(
    _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int,
    _ output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
  ) throws {
    guard let source = input.baseAddress, let target = output.baseAddress else { return }
    stream.pointee.next_in = UnsafeMutablePointer(mutating: source + position)
    stream.pointee.avail_in = UInt32(input.count - position)
    stream.pointee.next_out = target + count
    stream.pointee.avail_out = UInt32(output.count - count)
    let status = inflate(stream, Z_NO_FLUSH)
    let taken = input.count - position - Int(stream.pointee.avail_in)
    let made = output.count - count - Int(stream.pointee.avail_out)
    position += taken
    packed += taken
    count += made
    unpacked += made
    switch status {
    case Z_STREAM_END:
      inflateReset(stream)
      place = .betweenMembers
    case Z_OK where taken + made > 0: break
    default: throw fault("gzip.damaged")
    }
  }

  private func fault(_ code: String) -> Fault {
    Fault(.invalid, code, ["packed": String(packed), "unpacked": String(unpacked)])
  }
}
