import Base
import GRDB

/// What is wrong with the file itself, as a fault that an operator can act on.
enum SQLiteFaults {
  /// Every other error is left as it is.
  static func fault(for error: any Error, at path: String) -> any Error {
    let code: ResultCode? =
      switch error {
      case let error as DatabaseError: error.resultCode
      case StoreError.refused(let code, _, _): ResultCode(rawValue: Int32(code)).primaryResultCode
      default: nil
      }
    return switch code {
    case .SQLITE_NOTADB?: Fault(.unavailable, "store.not-a-database", ["path": path])
    case .SQLITE_CANTOPEN?: Fault(.unavailable, "store.cannot-open", ["path": path])
    case .SQLITE_READONLY?, .SQLITE_PERM?: Fault(.unavailable, "store.read-only", ["path": path])
    case .SQLITE_CORRUPT?: Fault(.unavailable, "store.damaged", ["path": path])
    case .SQLITE_FULL?: Fault(.unavailable, "store.full", ["path": path])
    default: error
    }
  }

  static func worded<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch {
      throw fault(for: error, at: path)
    }
  }
}
