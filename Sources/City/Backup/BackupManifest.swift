import Base
import Crypto
import Foundation

/// What one backup holds: enough to put it together again, and to prove that it is all there.
public struct BackupManifest: Codable, Equatable, Sendable {
  /// An attachment.
  public struct File: Codable, Hashable, Sendable {
    /// SHA-256 in hexadecimal.
    public let digest: String
    /// Bytes.
    public let size: Int
  }

  /// How the ledger stood.
  public struct Chain: Codable, Equatable, Sendable {
    public let entries: Int64
    public let sealedEntries: Int64
    public let seals: Int64
    /// The last seal; nil before the first.
    public let head: String?
  }

  /// What makes a file of this sort known.
  static let kind = "chengyun-backup"
  /// Rises when an older program could not read it.
  static let format = 1

  public let kind: String
  public let format: Int
  /// The moment of the backup, as its name: `20260105T013000Z`.
  public let name: String
  /// The number of the last migration.
  public let schema: Int
  /// Rows of each table.
  public let tables: [String: Int64]
  public let ledger: Chain
  /// SHA-256 of each piece of the database file, in order.
  public let pieces: [String]
  /// Bytes of the database file.
  public let size: Int64
  public let files: [File]
  /// Attachments that the database names and the folder does not hold as they were.
  public let missing: [String]

  /// One line of JSON and one with its SHA-256.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Self.sealed(Array(try encoder.encode(self)))
  }

  static func sealed(_ body: [UInt8]) -> [UInt8] {
    body + Array("\n\(SHA256.hash(data: body).hexadecimal)\n".utf8)
  }

  /// - Throws: `backup.altered`, `backup.newer`, `backup.not-a-backup`.
  init(_ bytes: [UInt8], at path: String) throws {
    // The digest stands between two line ends.
    let body = Array(bytes.dropLast(66))
    guard bytes.count > 66, bytes == Self.sealed(body) else {
      throw Fault(.invalid, "backup.altered", ["path": path])
    }
    guard let sort = try? JSONDecoder().decode(Sort.self, from: Data(body)),
      sort.kind == Self.kind
    else { throw Fault(.invalid, "backup.not-a-backup", ["path": path]) }
    guard sort.format <= Self.format else { throw Fault(.invalid, "backup.newer", ["path": path]) }
    guard let read = try? JSONDecoder().decode(Self.self, from: Data(body)) else {
      throw Fault(.invalid, "backup.altered", ["path": path])
    }
    self = read
  }

  private struct Sort: Decodable {
    let kind: String
    let format: Int
  }

  init(
    name: String, schema: Int, content: BackupContent, pieces: [String], size: Int64,
    files: [File], missing: [String]
  ) {
    kind = Self.kind
    format = Self.format
    self.name = name
    self.schema = schema
    tables = content.tables
    ledger = content.ledger
    self.pieces = pieces
    self.size = size
    self.files = files
    self.missing = missing
  }

  /// Rows of all tables.
  public var rows: Int64 { tables.values.reduce(0, +) }
}
