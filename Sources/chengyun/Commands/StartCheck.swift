import Base
import Foundation

/// What can be seen to be wrong before a server does anything.
struct StartCheck {
  let database: DatabaseOptions
  /// Whether the folder of the database may be made.
  let makesFolder: Bool

  /// - Parameter addresses: to listen at.
  /// - Returns: the right to serve, where the database is a file; to be held as long as it is served.
  /// - Throws: faults `start.…`, each with what to do.
  func pass(addresses: [(host: String, port: Int)]) throws -> ServerLock? {
    for address in addresses { try Self.tryAddress(address.host, address.port) }
    let files = database.blobs
    guard Self.isWritable(files) else {
      throw Fault(.unavailable, "start.files", ["path": files.path])
    }
    guard case .sqlite(let file) = database.database else { return nil }
    let folder = URL(filePath: file).deletingLastPathComponent()
    let unwritable = Fault(.unavailable, "start.folder", ["path": folder.path])
    if makesFolder {
      guard Self.isWritable(folder) else { throw unwritable }
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    let path = try DatabaseAddress.path(of: file, mustExist: false)
    guard Self.isWritable(folder) else { throw unwritable }
    if FileManager.default.fileExists(atPath: path), access(path, W_OK) != 0 {
      throw Fault(.unavailable, "store.read-only", ["path": path])
    }
    return try ServerLock(of: path)
  }

  /// A folder that is there must be one and take files; one that is not, its nearest ancestor.
  private static func isWritable(_ folder: URL) -> Bool {
    var nearest = folder.absoluteURL
    while !FileManager.default.fileExists(atPath: nearest.path), nearest.path != "/" {
      nearest = nearest.deletingLastPathComponent()
    }
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: nearest.path, isDirectory: &isFolder)
    return isThere && isFolder.boolValue && access(nearest.path, W_OK | X_OK) == 0
  }

  /// Takes an address and lets it go again, before anything is done to the database.
  private static func tryAddress(_ host: String, _ port: Int) throws {
    var hints = addrinfo()
    hints.ai_flags = AI_PASSIVE
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let isFound = getaddrinfo(host, String(port), &hints, &found) == 0
    defer { freeaddrinfo(found) }
    guard isFound, let address = found?.pointee else {
      throw Fault(.unavailable, "start.address", ["host": host])
    }
    let socket = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    guard socket >= 0 else { return }
    defer { close(socket) }
    var yes: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(socket, address.ai_addr, address.ai_addrlen) != 0 else { return }
    switch errno {
    case EADDRINUSE:
      throw Fault(.unavailable, "start.port-taken", ["host": host, "port": String(port)])
    case EACCES: throw Fault(.unavailable, "start.port-kept", ["port": String(port)])
    default: throw Fault(.unavailable, "start.address", ["host": host])
    }
  }
}
