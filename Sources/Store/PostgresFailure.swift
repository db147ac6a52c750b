import Base
import CPostgres

/// Why the server did not do what it was asked.
struct PostgresFailure {
  /// The five characters of SQLSTATE; empty where the server did not say.
  let state: String
  private let connectionIsLost: Bool
  private let message: String
  private let table: String
  private let constraint: String
  private let detail: String
  private let sql: String

  init(_ result: OpaquePointer?, isLost: Bool, message: String, sql: String) {
    func field(_ code: Character) -> String {
      guard let letter = code.asciiValue, let text = PQresultErrorField(result, Int32(letter))
      else { return "" }
      return String(cString: text)
    }
    // The letters are those of the protocol (PG_DIAG_… in libpq's header, as macros).
    state = field("C")
    table = field("t")
    constraint = field("n")
    detail = field("D")
    self.message = message
    self.sql = sql
    // In a pipeline libpq notices only afterwards that the server has closed the connection. What the
    // server itself says always has a state.
    connectionIsLost =
      isLost || state.isEmpty && PQresultStatus(result) == PGRES_FATAL_ERROR
  }

  /// The server is gone, is going, or has thrown this connection out.
  var isLost: Bool {
    connectionIsLost || state.hasPrefix("08")
      || ["57P01", "57P02", "57P03", "25P03"].contains(state)
  }

  /// Serialisation, deadlock: the same may well succeed when it is run again.
  var isPassing: Bool { ["40001", "40P01"].contains(state) }

  /// Only says that an earlier statement has failed.
  var isEcho: Bool { state == "25P02" }

  /// What callers are told.
  func error(at path: String) -> any Error {
    if isLost { return Fault(.unavailable, "store.lost", ["path": path]) }
    return switch state {
    case "23505": StoreError.duplicate(key: key)
    case "23503", "23001": StoreError.reference
    case "40001", "40P01", "55P03": Fault(.unavailable, "store.busy")
    case "57014": Fault(.unavailable, "store.slow")
    case "25006": Fault(.unavailable, "store.read-only", ["path": path])
    case "53100": Fault(.unavailable, "store.full", ["path": path])
    case "XX001", "XX002": Fault(.unavailable, "store.damaged", ["path": path])
    default: StoreError.refused(code: Int(state, radix: 36) ?? 0, message: message, sql: sql)
    }
  }

  /// `table.column, table.column`, which stand in parentheses in every language of the server; the
  /// constraint's name where the server keeps them back.
  private var key: String {
    guard let start = detail.firstIndex(of: "("), let end = detail.firstRange(of: ")=(") else {
      return constraint
    }
    return detail[detail.index(after: start)..<end.lowerBound].split(separator: ", ")
      .map { "\(table).\($0)" }.joined(separator: ", ")
  }
}
