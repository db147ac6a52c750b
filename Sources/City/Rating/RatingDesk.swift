import Base
import Crypto
import Foundation
import Store

/// What people do with figures of several: rank them, compare them, and say by which composite scores.
public struct RatingDesk: Sendable {
  /// The least class whose mean is told to who may not see all of it, so that it tells of nobody.
  static let leastClass = 3
  /// The most people or organisations of one ranking.
  static let mostHolders = 5000

  public let database: any Database
  let cases: CaseDesk
  let shelf: Latest<RatingShelf>

  init(cases: CaseDesk) {
    database = cases.database
    self.cases = cases
    shelf = Latest()
  }

  /// The book in force, with its files.
  ///
  /// - Throws: `right.missing` for those who neither read figures nor administer.
  public func shelf(by doer: Doer, in snapshot: some Querying) throws -> RatingShelf {
    guard doer.holds(.figuresRead) || doer.holds(.catalogueManage) else {
      throw Fault(.forbidden, "right.missing", ["right": Right.figuresRead.rawValue])
    }
    return try shelf.value(in: snapshot)
  }

  /// Puts a book in force, in place of the one before; without files what ships.
  ///
  /// - Throws: `right.missing`; `rating.invalid` with every mistake, named `FILE:LINE key.path`;
  ///   `input.invalid` with `files.many`.
  @discardableResult
  public func install(
    _ files: [NamedFile], by doer: Doer, in tx: Transaction
  ) throws -> RatingBook {
    guard doer.may(.catalogueManage, organisationPath: "", areaPath: "") else {
      throw Fault(.forbidden, "right.missing", ["right": Right.catalogueManage.rawValue])
    }
    guard files.count <= RatingBook.mostFiles else {
      throw Fault.invalid("files", "files.many", ["limit": String(RatingBook.mostFiles)])
    }
    let book = try RatingBook.read(files.isEmpty ? RatingBook.shippedFiles : files)
    try tx.run("UPDATE catalogue_file SET is_current = 0 WHERE kind = 'rating' AND is_current = 1")
    for file in files {
      let id: ID<RatingBook> = tx.newID()
      let digest = SHA256.hash(data: file.bytes).hexadecimal
      try tx.run(
        """
        INSERT INTO catalogue_file (id, kind, name, digest, body, loaded_at, is_current)
        VALUES (\(id), 'rating', \(file.name), \(digest),
          \(String(decoding: file.bytes, as: UTF8.self)), \(tx.now), 1)
        """)
    }
    try Edition.renew(.ratings, in: tx)
    try Ledger.append(
      "rating.install", about: .catalogue, 0, by: doer.actor,
      payload: Payload().with("ratings", Int64(book.ratings.count))
        .with("classes", Int64(book.classes.count)), in: tx)
    return book
  }

  /// Puts a book in force in a transaction of its own.
  @discardableResult
  public func install(_ files: [NamedFile], by doer: Doer) async throws -> RatingBook {
    try await database.write { try install(files, by: doer, in: $0) }
  }
}
