import Base
import Foundation
import Store

/// The composite scores of an installation, with the classes of its organisations and what is measured
/// beside cases: files that an administrator edits and puts in force.
public struct RatingBook: Sendable, Equatable {
  static let mostClasses = 50
  static let mostMeasures = 100
  static let mostValues = 20_000
  static let mostRatings = 100
  static let mostTerms = 40
  /// Files of one book.
  public static let mostFiles = 50

  public let classes: [RatingClass]
  public let measures: [RatingMeasure]
  public let ratings: [Rating]

  /// The class of an organisation: the first that has it.
  public func kind(of organisation: Organisation) -> RatingClass? {
    classes.first { $0.has(organisation) }
  }

  public subscript(rating code: String) -> Rating? { ratings.first { $0.code == code } }
  public subscript(class code: String) -> RatingClass? { classes.first { $0.code == code } }

  /// The files that come with the platform.
  public static let shippedFiles = [
    NamedFile(name: "ratings.yaml", text: Embedded.files["Catalogue/ratings.yaml"] ?? "")
  ]

  /// Reads one or more YAML files as one book.
  ///
  /// - Throws: `rating.invalid` with every mistake in all of the files, each named `FILE:LINE key.path`.
  public static func read(_ files: [NamedFile]) throws -> RatingBook {
    let complaints = Complaints()
    var reader = RatingReader(complaints: complaints)
    let roots = files.compactMap { YAMLFile(file: $0, complaints: complaints).root() }
    // What formulas may name and ratings may ask for is known before they are read.
    for root in roots { reader.readGround(root) }
    for root in roots { reader.readRatings(root) }
    guard complaints.count == 0 else {
      throw Fault(
        .invalid, "rating.invalid",
        ["count": String(complaints.count), "files": String(files.count)],
        fields: complaints.fields)
    }
    return RatingBook(classes: reader.classes, measures: reader.measures, ratings: reader.ratings)
  }
}

/// The book in force, and its files as they were written.
public struct RatingShelf: Editioned {
  public static let edition = Edition.ratings

  public let book: RatingBook
  /// Empty while what ships is in force.
  public let files: [NamedFile]

  public init(reading snapshot: some Querying) throws {
    var files: [NamedFile] = []
    try snapshot.each(
      """
      SELECT name, body FROM catalogue_file WHERE kind = 'rating' AND is_current = 1 ORDER BY name
      """
    ) { fields in
      files.append(NamedFile(name: try fields.next(), text: try fields.next(String.self)))
    }
    self.files = files
    // What was put in force was valid; should a later version know less, what ships holds.
    let own = files.isEmpty ? nil : try? RatingBook.read(files)
    book = try own ?? RatingBook.read(RatingBook.shippedFiles)
  }
}
