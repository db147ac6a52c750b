import Foundation

/// A connection that a test opens and closes when it likes.
struct RawConnection {
  private let descriptor: Int32

  /// - Throws: `POSIXError` where nobody listens.
  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw POSIXError(.init(rawValue: errno) ?? .ECONNREFUSED) }
  }

  func send(_ text: String) throws {
    let sent = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard sent == text.utf8.count else { throw POSIXError(.init(rawValue: errno) ?? .EPIPE) }
  }

  func close() { _ = Foundation.close(descriptor) }
}
