import Base
import Foundation
import Paper

/// How the rows of somebody else's file become cases: data, one file for each sort of file.
public struct ImportMap: Sendable {
  /// For people.
  public let name: String
  /// The system that the rows come from; with a row's own name there it makes a case known again.
  public let source: String
  /// The zone of times that are written without one.
  let zone: TimeZone
  /// Nil to find out from the bytes.
  let encoding: TextEncoding?
  let delimiter: CSVDelimiter
  let facts: Facts
  let making: Making

  /// Which column says what.
  struct Facts: Sendable {
    var id: TextRule
    var title: TextRule
    var description: TextRule?
    var place: TextRule?
    var point: PointRule?
    var channel: WordRule<Channel>
    var kind: KindRule
    var area: WordRule<String>?
    var organisation: OrganisationRule?
    /// Columns by the codes of the kind's fields.
    var fields: [String: String] = [:]
    var reporter = ReporterRule()
    var reported: TimeRule
    var due: TimeRule?
    var closed: TimeRule?
    var state: WordRule<PastCase.State>?
    var outcome: WordRule<String>?
    var closingNote: TextRule?
    var reply: TextRule?
    var replied: TimeRule?
    var runsClocks = false
  }

  /// What is made where it is missing.
  struct Making: Sendable {
    /// Of a town without a case.
    var zone: TimeZone?
    var centre: (code: String, name: String)?
    /// Kinds written out in the map.
    var kinds: [CaseKind] = []
    /// Whether kinds that are named may be taken from the catalogue that ships.
    var takesShippedKinds = false
  }
}

/// A text of a row: of the first source that says something.
struct TextRule: Sendable {
  struct Source: Sendable {
    let column: String
    /// So many characters from its beginning.
    let first: Int?
  }

  var sources: [Source]
  /// Where no source says anything.
  var fallback: String?
  /// Whether what is too long is cut off rather than refused.
  var cut = false
}

/// A word of ours for what stands in a column.
struct WordRule<Word: Sendable>: Sendable {
  var column: String?
  /// By what stands there. Empty for a code that stands there itself.
  var values: [String: Word] = [:]
  /// For everything else, and for an empty field.
  var fallback: Word?
}

struct KindRule: Sendable {
  var code: WordRule<String>
  /// How a kind is made of a value that is not among `code.values`; nil where none is made.
  var made: MadeKindRule?
}

struct MadeKindRule: Sendable {
  /// Put before each code, so that codes of several sources keep apart.
  let prefix: String
  /// The column that names the class; else all are of `className`.
  let classColumn: String?
  let className: String
}

struct OrganisationRule: Sendable {
  var code: WordRule<String>
  /// Whether units are made of values that are no organisations yet.
  var makes: OrganisationKind?
  /// What made units are called, by value.
  var names: [String: String] = [:]
}

struct PointRule: Sendable {
  let latitude: String
  let longitude: String
  let system: CoordinateSystem
  /// Texts that stand for no coordinate.
  let unknown: Set<String>
}

struct TimeRule: Sendable {
  let column: String
  /// Taken where the field is empty.
  let missing: Moment?
}

struct ReporterRule: Sendable {
  var name: String?
  var phone: String?
  var address: String?
}

extension ImportMap {
  /// Every column that the map reads, each once.
  var columns: [String] {
    var all = facts.id.columns + facts.title.columns + [facts.reported.column]
    for text in [facts.description, facts.place, facts.closingNote, facts.reply] {
      all += text?.columns ?? []
    }
    for time in [facts.due, facts.closed, facts.replied] { all += [time?.column].compactMap { $0 } }
    let words = [
      facts.channel.column, facts.kind.code.column, facts.kind.made?.classColumn,
      facts.area?.column, facts.organisation?.code.column, facts.state?.column,
      facts.outcome?.column, facts.reporter.name, facts.reporter.phone, facts.reporter.address,
      facts.point?.latitude, facts.point?.longitude,
    ]
    all += words.compactMap { $0 } + facts.fields.values.sorted()
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}

extension TextRule {
  var columns: [String] { sources.map(\.column) }
}
