import Base
import CPostgres
import Foundation

/// One connection to a server, for the thread that made it, with the statements prepared on it.
final class PostgresLink {
  /// What a connection is good for, and how long things may take, in milliseconds, where neither the
  /// address nor the role says.
  struct Terms: Sendable {
    /// One statement.
    var statement = 60_000
    /// Waiting for another's lock, the turn to write included.
    var lock = 20_000
    /// A transaction in which nothing is asked: its process stands still and holds up the others.
    ///
    /// Half of what others wait for their turn, so that they get it and are not refused.
    var idle = 10_000
    /// Whether a commit waits for the disk.
    var isDurable = true

    /// For migrations, which take as long as they take.
    static let endless = Terms(statement: 0, lock: 0, idle: 0)
  }

  let shown: String
  /// Why a statement failed, the first of the transaction or the loss of the connection.
  private(set) var failure: PostgresFailure?
  private let connection: OpaquePointer
  private var prepared: [String: [Prepared]] = [:]
  private var preparedCount = 0
  /// Statements that were sent, whose answers nobody has read yet.
  private var sent: [String] = []
  /// More of them might fill what the server keeps for us to read.
  private static let mostSent = 64
  private static let leastBranches = 8
  /// Statements kept before all are let go of.
  private static let mostPrepared = 500

  private struct Prepared {
    let name: String
    /// What is sent each time, where that is better than a name.
    let text: String?
    /// Whether the server keeps one plan for all values.
    let isPlannedOnce: Bool
    /// 0 where the server was to find the type.
    let types: [Oid]

    func takes(_ values: [Value]) -> Bool {
      zip(types, values).allSatisfy { type, value in
        let own = value.type
        return type == 0 || own == 0 || own == type
      }
    }
  }

  /// Connects, within ten seconds where the address does not say how long.
  ///
  /// - Throws: `Fault` `store.unreachable` with the reason.
  init(_ address: PostgresAddress, terms: Terms = Terms()) throws {
    shown = address.shown
    // What stands before the address is overruled by it.
    let settings = [
      ("connect_timeout", "10"),
      ("keepalives_idle", "30"), ("tcp_user_timeout", "30000"), ("dbname", address.url),
      ("client_encoding", "UTF8"), ("application_name", address.program),
    ]
    guard
      let connection = PostgresText.withPointers(
        settings.map(\.0),
        { names in
          PostgresText.withPointers(settings.map(\.1)) { PQconnectdbParams(names, $0, 1) }
        })
    else { throw Fault(.unavailable, "store.unreachable", ["path": shown, "reason": ""]) }
    self.connection = connection
    guard PQstatus(connection) == CONNECTION_OK else {
      let reason = PostgresText.firstLine(PQerrorMessage(connection))
      throw Fault(.unavailable, "store.unreachable", ["path": shown, "reason": reason])
    }
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    try script(Self.manners(terms))
  }

  deinit { PQfinish(connection) }

  /// How this program is to be answered. A time that the address or the role sets is left.
  private static func manners(_ terms: Terms) -> String {
    let times = [
      ("statement_timeout", terms.statement), ("lock_timeout", terms.lock),
      ("idle_in_transaction_session_timeout", terms.idle),
    ]
    let wanted = times.filter { $0.1 > 0 }.map { "('\($0.0)', '\($0.1)')" }
    let limits =
      wanted.isEmpty
      ? "SET statement_timeout = 0; SET lock_timeout = 0"
      : """
      SELECT set_config(name, value, false) FROM (VALUES \(wanted.joined(separator: ", ")))
        AS wanted (name, value) WHERE current_setting(name) = '0'
      """
    let durability = terms.isDurable ? "" : "SET synchronous_commit = off;"
    return """
      SET standard_conforming_strings = on; SET bytea_output = hex; SET extra_float_digits = 1;
      SET client_min_messages = warning; \(durability) \(limits)
      """
  }

  // MARK: - Asking

  /// Whether the server is gone; nothing more is to be had from this one.
  var isLost: Bool { failure?.isLost == true || PQstatus(connection) != CONNECTION_OK }

  /// Whether the transaction can still be committed.
  var isSound: Bool { !sent.isEmpty || PQtransactionStatus(connection) == PQTRANS_INTRANS }

  /// Runs statements that have no arguments, several in one turn; the answer is the last one's.
  @discardableResult
  func script(_ text: String) throws -> PostgresResult {
    try settle()
    failure = nil
    return try checked(PQexec(connection, text), text)
  }

  /// Runs one statement with `?` for its arguments.
  func execute(_ text: String, _ arguments: [Value]) throws -> PostgresResult {
    try arguments.requireStorable()
    let statement = try statement(text, for: arguments)
    if statement.isPlannedOnce {
      try put("SET LOCAL plan_cache_mode = force_generic_plan")
      try send(statement, arguments, text)
      let answer = try settle() ?? PostgresResult(nil)
      try put("SET LOCAL plan_cache_mode = auto")
      return answer
    }
    guard sent.isEmpty else {
      try send(statement, arguments, text)
      return try settle() ?? PostgresResult(nil)
    }
    let encoded = PostgresArguments(arguments, as: statement.types)
    let count = Int32(arguments.count)
    return try checked(
      encoded.withPointers { values, lengths, formats in
        if let text = statement.text {
          PQexecParams(connection, text, count, statement.types, values, lengths, formats, 0)
        } else {
          PQexecPrepared(connection, statement.name, count, values, lengths, formats, 0)
        }
      }, text)
  }

  /// Sends a change and does not wait for its answer, which is read with that of the next statement.
  /// What the server finds wrong with it is told then.
  func put(_ text: String, _ arguments: [Value]) throws {
    try arguments.requireStorable()
    try send(try statement(text, for: arguments), arguments, text)
    if sent.count >= Self.mostSent { try settle() }
  }

  /// The same of a statement without arguments.
  func put(_ text: String) throws {
    try begin(text)
    guard PQsendQueryParams(connection, text, 0, nil, nil, nil, nil, 0) == 1 else {
      throw lost(text)
    }
  }

  private func send(_ statement: Prepared, _ arguments: [Value], _ text: String) throws {
    try begin(text)
    let encoded = PostgresArguments(arguments, as: statement.types)
    let count = Int32(arguments.count)
    let isSent = encoded.withPointers { values, lengths, formats in
      if let text = statement.text {
        PQsendQueryParams(connection, text, count, statement.types, values, lengths, formats, 0)
      } else {
        PQsendQueryPrepared(connection, statement.name, count, values, lengths, formats, 0)
      }
    }
    // At once, so that the server works on it while the next is made ready.
    guard isSent == 1, PQflush(connection) >= 0 else { throw lost(text) }
  }

  private func begin(_ text: String) throws {
    if sent.isEmpty, PQenterPipelineMode(connection) != 1 { throw lost(text) }
    sent.append(text)
  }

  /// What could not even be sent: the connection is of no more use.
  private func lost(_ text: String) -> any Error {
    let failure = PostgresFailure(
      nil, isLost: true, message: PostgresText.firstLine(PQerrorMessage(connection)), sql: text)
    self.failure = failure
    return failure.error(at: shown)
  }

  /// Reads the answers to all that was sent.
  ///
  /// - Returns: the last of them; nil when there was none.
  /// - Throws: what the first of them was refused for.
  @discardableResult
  func settle() throws -> PostgresResult? {
    guard !sent.isEmpty else { return nil }
    let statements = sent
    sent = []
    guard PQpipelineSync(connection) == 1 else { throw lost(statements[0]) }
    var first: (any Error)?
    var last: PostgresResult?
    for text in statements {
      do { last = try checked(PQgetResult(connection), text) } catch { first = first ?? error }
      // Each answer has an end of its own.
      while let rest = PQgetResult(connection) { PQclear(rest) }
    }
    PQclear(PQgetResult(connection))
    if PQexitPipelineMode(connection) != 1, first == nil { throw lost(statements[0]) }
    if let first { throw first }
    return last
  }

  /// To wait for what the server says by itself.
  var socket: Int32 { PQsocket(connection) }

  /// Takes what the server has said by itself; whether another connection has notified this one.
  ///
  /// - Throws: `store.lost`.
  func hearsOthers() throws -> Bool {
    guard PQconsumeInput(connection) == 1 else {
      throw Fault(.unavailable, "store.lost", ["path": shown])
    }
    var isHeard = false
    while let notice = PQnotifies(connection) {
      if notice.pointee.be_pid != PQbackendPID(connection) { isHeard = true }
      PQfreemem(notice)
    }
    return isHeard
  }

  /// Puts rows in the binary form of `COPY` into a table.
  ///
  /// - Parameter statement: `COPY … FROM STDIN (FORMAT binary)`.
  func copy(_ statement: String, _ bytes: [UInt8]) throws -> PostgresResult {
    try settle()
    failure = nil
    let start = PQexec(connection, statement)
    guard PQresultStatus(start) == PGRES_COPY_IN else { return try checked(start, statement) }
    PQclear(start)
    let sent = bytes.withUnsafeBytes {
      PQputCopyData(connection, $0.baseAddress, Int32($0.count)) == 1
    }
    if sent { PQputCopyEnd(connection, nil) } else { PQputCopyEnd(connection, "not sent") }
    let answer = PQgetResult(connection)
    while let rest = PQgetResult(connection) { PQclear(rest) }
    return try checked(answer, statement)
  }

  private func statement(_ text: String, for arguments: [Value]) throws -> Prepared {
    if let known = prepared[text]?.first(where: { $0.takes(arguments) }) { return known }
    if preparedCount >= Self.mostPrepared {
      try settle()
      _ = try checked(PQexec(connection, "DEALLOCATE ALL"), text)
      prepared = [:]
      preparedCount = 0
    }
    let own = Dialect.numbered(Dialect.postgres.statement(text))
    // Whether an index of words or the order of the key is the shorter way depends on the words. A
    // prepared statement is soon planned without them, and then takes a second where it took 20 ms.
    let isPlannedAnew = own.contains(" @@ ")
    let new = Prepared(
      name: "s\(preparedCount)", text: isPlannedAnew ? own : nil,
      isPlannedOnce: !isPlannedAnew && Self.hasManyBranches(own), types: arguments.map(\.type))
    if !isPlannedAnew {
      try settle()
      _ = try checked(
        PQprepare(connection, new.name, own, Int32(arguments.count), new.types), text)
    }
    preparedCount += 1
    prepared[text, default: []].append(new)
    return new
  }

  /// Of many branches, each over an index: planning them takes longer than reading them, and the server
  /// would do it each time, since for known values the plan promises a little more.
  private static func hasManyBranches(_ text: String) -> Bool {
    text.ranges(of: " UNION ALL ").count >= leastBranches
  }

  private func checked(_ answer: OpaquePointer?, _ text: String) throws -> PostgresResult {
    let result = PostgresResult(answer)
    switch PQresultStatus(answer) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: return result
    default:
      let failure = PostgresFailure(
        answer, isLost: PQstatus(connection) != CONNECTION_OK,
        message: PostgresText.firstLine(PQerrorMessage(connection)), sql: text)
      // After the first, the server only says that the transaction has failed.
      if self.failure == nil || failure.isLost { self.failure = failure }
      throw (failure.isEcho ? self.failure ?? failure : failure).error(at: shown)
    }
  }
}
