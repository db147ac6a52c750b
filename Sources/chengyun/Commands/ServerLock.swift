import Base
import Foundation

/// The sole right to serve a database file: of two servers on one, each would answer out of what it
/// remembers. Commands need no such right. The system takes it back however the process ends.
final class ServerLock {
  private let descriptor: Int32

  /// - Parameter file: the database; its lock stands beside it.
  /// - Throws: `Fault` `start.served` while another server has it; `start.folder` where none can be.
  init(of file: String) throws {
    // By whatever way it was named, it is the same file.
    let url = URL(filePath: file)
    let folder = url.deletingLastPathComponent()
    let target =
      FileManager.default.fileExists(atPath: file)
      ? url.resolvingSymlinksInPath()
      : folder.resolvingSymlinksInPath().appending(path: url.lastPathComponent)
    descriptor = open(target.path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Fault(.unavailable, "start.folder", ["path": folder.path])
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var bytes = [UInt8](repeating: 0, count: 32)
      let count = read(descriptor, &bytes, bytes.count)
      close(descriptor)
      let holder = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      throw Fault(
        .unavailable, "start.served",
        ["path": file, "process": holder.filter { ("0"..."9").contains($0) }])
    }
    let name = Array("\(ProcessInfo.processInfo.processIdentifier)\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, name, name.count, 0)
  }

  /// Lets another have it. The file stays: who removed it could take it from under a third.
  func release() { close(descriptor) }
}
