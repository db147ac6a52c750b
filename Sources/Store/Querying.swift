import Base

/// The columns of one result row, as an engine gives them. Valid only while the row is being read.
public protocol FieldSource {
  func isNull(_ index: Int) -> Bool
  func int64(_ index: Int) -> Int64
  func double(_ index: Int) -> Double
  func string(_ index: Int) -> String
  func bytes(_ index: Int) -> [UInt8]
}

/// Reads a row's columns from left to right: one decoder per row type, in the order of its columns.
public struct Fields {
  private let source: any FieldSource
  private var index = 0

  public init(_ source: any FieldSource) { self.source = source }

  /// The next column; its type follows from where it goes.
  public mutating func next<T: Storable>(_ type: T.Type = T.self) throws -> T {
    defer { index += 1 }
    return try T.read(self, at: index)
  }

  func isNull(_ index: Int) -> Bool { source.isNull(index) }
  func int64(_ index: Int) -> Int64 { source.int64(index) }
  func double(_ index: Int) -> Double { source.double(index) }
  func string(_ index: Int) -> String { source.string(index) }
  func bytes(_ index: Int) -> [UInt8] { source.bytes(index) }
}

/// A row type with its one decoder.
public protocol Row: Sendable {
  init(_ fields: inout Fields) throws
}

/// What can be asked inside a transaction of either sort.
public protocol Querying {
  /// Runs `sql` and calls `body` with each row, in order.
  func each(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws

  /// What `read` answers, asked once in a transaction, for all writes that are committed together: so
  /// whatever changes it says so by `Transaction.changed(_:)`.
  func once(_ name: String, _ read: () throws -> Int64) throws -> Int64
}

extension Querying {
  /// Every row of the answer; a query that may be long has a limit in its SQL.
  public func all<R: Row>(_ sql: SQL, as type: R.Type = R.self) throws -> [R] {
    var rows: [R] = []
    try each(sql) { rows.append(try R(&$0)) }
    return rows
  }

  /// The first row of the answer, or nil where there is none.
  public func first<R: Row>(_ sql: SQL, as type: R.Type = R.self) throws -> R? {
    try all(sql, as: type).first
  }

  /// The first column of every row.
  public func column<T: Storable>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
    var values: [T] = []
    try each(sql) { values.append(try $0.next()) }
    return values
  }

  /// The first column of the first row.
  public func value<T: Storable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
    try column(sql, as: type).first
  }
}

/// A consistent view of the database.
public struct Snapshot: Querying {
  let connection: any Connection

  public func each(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws {
    try connection.each(sql, body)
  }

  public func once(_ name: String, _ read: () throws -> Int64) throws -> Int64 {
    try connection.once(name, read)
  }
}

/// The one place where rows change. What a body does, happens whole or not at all.
public struct Transaction: Querying {
  let connection: any Connection
  private let ids: IDSource
  /// The present, the same for the whole transaction.
  public let now: Moment

  init(connection: any Connection, ids: IDSource, now: Moment) {
    self.connection = connection
    self.ids = ids
    self.now = now
  }

  public func each(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws {
    try connection.each(sql, body)
  }

  public func once(_ name: String, _ read: () throws -> Int64) throws -> Int64 {
    try connection.once(name, read)
  }

  /// Says that what `once` answers by this name is another now.
  public func changed(_ name: String) { connection.kept[name] = nil }

  /// Says what `once` answers by this name from now on.
  func keep(_ value: Int64, as name: String) { connection.kept[name] = value }

  /// Runs a change and returns how many rows it touched.
  @discardableResult
  public func run(_ sql: SQL) throws -> Int { try connection.run(sql) }

  /// Runs a change of which nobody asks how many rows it touched. An engine beyond a wire is not
  /// waited for, so what is wrong with it may be told by the next statement only, or by the commit.
  public func put(_ sql: SQL) throws { try connection.put(sql) }

  public func newID<Subject>(_ type: Subject.Type = Subject.self) -> ID<Subject> { ids.next(now) }

  /// The ids of a millisecond of the past that this process may give; see `IDSource.ids(at:)`.
  public func ids(at moment: Moment) -> ClosedRange<Int64> { ids.ids(at: moment) }

  /// The same transaction at another present: for imports of the past and the simulated clock.
  public func at(_ moment: Moment, ids: IDSource? = nil) -> Transaction {
    Transaction(connection: connection, ids: ids ?? self.ids, now: moment)
  }

  /// Puts the words of a text into, or out of, the full-text index; see `SearchIndex`.
  public func index(_ index: SearchIndex, row: Int64, removing old: String?, adding new: String)
    throws
  {
    try connection.index(index, row: row, removing: old, adding: new)
  }
}

/// What an engine implements: the small fence behind which the two differ.
public protocol Connection: AnyObject {
  /// See `Querying.once`.
  var kept: [String: Int64] { get set }
  func each(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws
  func run(_ sql: SQL) throws -> Int
  /// See `Transaction.put`.
  func put(_ sql: SQL) throws
  func index(_ index: SearchIndex, row: Int64, removing old: String?, adding new: String) throws
  /// See `Snapshot.tables`.
  func tables() throws -> [TableShape]
  /// See `Transaction.load`.
  func load(_ rows: [[Value]], into table: TableShape) throws
  /// See `Transaction.load(_:into:)`.
  func load(_ words: [(row: Int64, words: String)], into index: SearchIndex) throws
  /// What makes each index and reference, and what takes it away.
  func constraints() throws -> [TableConstraint]
}

extension Connection {
  func once(_ name: String, _ read: () throws -> Int64) throws -> Int64 {
    if let known = kept[name] { return known }
    let value = try read()
    kept[name] = value
    return value
  }
}
