import Base

/// Something to be said, before it is known in which language.
///
/// Pages are values without a language; the renderer words them. Text that people wrote and names
/// from the catalogue are `.plain`.
public indirect enum Phrase: Sendable, Equatable {
  case plain(String)
  /// A text of the locale files with its arguments.
  case key(String, [String: Phrase] = [:])
  /// The first of the keys that has a text.
  case either([String], [String: Phrase] = [:])
  case moment(Moment)
  case day(Day)
  /// Milliseconds.
  case duration(Int64)
  case count(Int)
  /// 0…1; nil is written "—".
  case rate(Double?)
  /// Bytes.
  case size(Int)
  /// Several, joined as the language does: `甲、乙`, `a, b`.
  case list([Phrase])

  /// What is wrong with one field.
  public init(_ field: Fault.Field) {
    self = .either(
      ["field.\(field.code)", "field.invalid"], field.arguments.mapValues { .plain($0) })
  }

  /// What went wrong.
  public init(_ fault: Fault) {
    self = .either(
      ["fault.\(fault.code)", "fault.\(fault.kind.rawValue)"],
      fault.arguments.mapValues { .plain($0) })
  }
}

extension Wording {
  public func text(_ phrase: Phrase) -> String {
    switch phrase {
    case .plain(let text): text
    case .key(let key, let arguments): text(key, arguments.mapValues(text))
    case .either(let keys, let arguments):
      text(keys.first(where: knows) ?? keys.first ?? "", arguments.mapValues(text))
    case .moment(let moment): text(moment)
    case .day(let day): day.description
    case .duration(let milliseconds): duration(milliseconds)
    case .count(let count): text(count)
    case .rate(let rate): percentage(rate)
    case .size(let bytes): size(bytes)
    case .list(let phrases): phrases.map(text).joined(separator: text("list.separator"))
    }
  }
}
