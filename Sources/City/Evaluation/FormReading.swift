import Base
import Foundation
import Store

/// What was read out of one file, waiting for an hour to be taken over by whoever brought it.
public struct FormReading: Row, Sendable {
  /// How long it waits, in seconds.
  public static let patience: Int64 = 3600
  /// The most files that wait for one person; the oldest go first.
  public static let most = 60
  /// The largest source that is kept, in characters of its JSON.
  static let largestSource = 4 << 20

  /// A section of the source, and the places of the forms in it.
  public typealias Section = EvaluationDocument.Section

  public let id: ID<FormReading>
  public let file: String
  /// Those that are not taken over yet, by their place in the file; empty where it was refused.
  public let forms: [Int: EvaluationForm]
  public let sections: [Section]
  /// For each place the section it was read out of.
  public let places: [Int]
  /// Why it was refused.
  public let fault: Fault?
  public let at: Moment

  struct Content: Codable {
    var forms: [Int: EvaluationForm]
    let places: [Int]
  }

  struct Refusal: Codable {
    let code: String
    let arguments: [String: String]
  }

  static let columns: SQL = "id, file_name, forms, source, fault, read_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    file = try fields.next()
    let content = try JSONDecoder().decode(
      Content.self, from: Data(fields.next(String.self).utf8))
    forms = content.forms
    places = content.places
    sections = try JSONDecoder().decode([Section].self, from: Data(fields.next(String.self).utf8))
    let refusal: String? = try fields.next()
    fault = try refusal.map {
      let refusal = try JSONDecoder().decode(Refusal.self, from: Data($0.utf8))
      return Fault(.invalid, refusal.code, refusal.arguments)
    }
    at = try fields.next()
  }
}

/// A file as it was read, before it is kept.
public struct FileReading: Sendable {
  let file: String
  let outcome: Result<EvaluationDocument, Fault>

  public init(file: String, _ outcome: Result<EvaluationDocument, Fault>) {
    // A name of a file may be anything; a row holds no zero character.
    self.file = String(file.filter { $0 != "\0" }.prefix(200))
    self.outcome = outcome
  }
}

extension ProjectDesk {
  /// Keeps what was read for `doer`, for an hour.
  ///
  /// - Throws: `right.missing` for those who make no projects.
  public func keep(_ readings: [FileReading], by doer: Doer) async throws {
    try doer.require(.projectEdit)
    guard let person = doer.person else { return }
    let rows = try readings.map(KeptReading.init)
    try await database.write { tx in
      for row in rows {
        let id: ID<FormReading> = tx.newID()
        try tx.run(
          """
          INSERT INTO form_reading (id, person_id, file_name, forms, source, fault, read_at)
          VALUES (\(id), \(person), \(row.file), \(row.forms), \(row.source), \(row.fault),
            \(tx.now))
          """)
      }
      let old: [Int64] = try tx.column(
        """
        SELECT id FROM form_reading WHERE person_id = \(person) ORDER BY id DESC
        LIMIT 1000 OFFSET \(FormReading.most)
        """)
      for id in old { try tx.run("DELETE FROM form_reading WHERE id = \(id)") }
    }
  }

  /// What waits for `doer`, in the order in which it was read.
  public func readings(by doer: Doer, in snapshot: some Querying) throws -> [FormReading] {
    try doer.require(.projectEdit)
    guard let person = doer.person else { return [] }
    return try snapshot.all(
      """
      SELECT \(FormReading.columns) FROM form_reading
      WHERE person_id = \(person) AND read_at > \(now() + -FormReading.patience)
      ORDER BY id LIMIT \(FormReading.most)
      """)
  }

  /// Throws away what waits for `doer`.
  public func discardReadings(by doer: Doer) async throws {
    try doer.require(.projectEdit)
    guard let person = doer.person else { return }
    try await database.write { try $0.run("DELETE FROM form_reading WHERE person_id = \(person)") }
  }

  /// Takes over forms that were read: by their file and their place in it. What is left waits on.
  ///
  /// - Parameter elsewhere: whether forms may go to an organisation that is not the unit they name.
  /// - Returns: the forms that were taken over.
  /// - Throws: as `take`; `input.invalid` with `value.missing` where none is chosen, or none waits any
  ///   more, and with `unit.elsewhere` for forms of another unit.
  @discardableResult
  public func take(
    reading chosen: Set<FormChoice>, year: Int?, for organisation: ID<Organisation>,
    elsewhere: Bool = false, by doer: Doer
  ) async throws -> [EvaluationForm] {
    try await database.write { tx in
      let readings = try readings(by: doer, in: tx)
      let forms = readings.flatMap { reading in
        reading.forms.keys.sorted().filter {
          chosen.contains(FormChoice(reading: reading.id, place: $0))
        }.compactMap { reading.forms[$0] }
      }
      guard !forms.isEmpty else { throw Fault.invalid("take", "value.missing") }
      let strays = elsewhere ? [] : try strays(forms, from: organisation, in: tx)
      do {
        try take(forms, year: year, for: organisation, by: doer, in: tx)
      } catch let fault as Fault where !fault.fields.isEmpty {
        throw Fault(fault.kind, fault.code, fault.arguments, fields: fault.fields + strays)
      }
      guard strays.isEmpty else { throw Fault(.invalid, "input.invalid", fields: strays) }
      for reading in readings {
        let left = reading.forms.filter {
          !chosen.contains(FormChoice(reading: reading.id, place: $0.key))
        }
        if left.isEmpty, reading.fault == nil {
          try tx.run("DELETE FROM form_reading WHERE id = \(reading.id)")
        } else if left.count < reading.forms.count {
          let content = try KeptReading.text(
            FormReading.Content(forms: left, places: reading.places))
          try tx.run("UPDATE form_reading SET forms = \(content) WHERE id = \(reading.id)")
        }
      }
      return forms
    }
  }
}

extension ProjectDesk {
  /// The forms that name another unit than the organisation that is to have them.
  private func strays(
    _ forms: [EvaluationForm], from id: ID<Organisation>, in tx: Transaction
  ) throws -> [Fault.Field] {
    guard let owner = try OrganisationRows.organisation(id, in: tx) else { return [] }
    return forms.enumerated().filter { !$0.element.names(owner) }.map { index, form in
      .init(
        "forms.\(index).unit", "unit.elsewhere", ["unit": form.unit, "organisation": owner.name])
    }
  }
}

extension EvaluationForm {
  /// Whether the unit that it prints is this organisation, written out or in short, or none at all.
  public func names(_ organisation: Organisation) -> Bool {
    let printed = EvaluationTarget.normalized(unit)
    let name = EvaluationTarget.normalized(organisation.name)
    return printed.isEmpty || printed.contains(name) || name.contains(printed)
  }
}

/// A form that waits: its file, and its place in it.
public struct FormChoice: Hashable, Sendable {
  public let reading: ID<FormReading>
  public let place: Int

  public init(reading: ID<FormReading>, place: Int) {
    self.reading = reading
    self.place = place
  }

  /// `ID.PLACE`, as pages write it.
  public init?(_ text: String) {
    let halves = text.split(separator: ".", maxSplits: 1)
    guard halves.count == 2, let id = ID<FormReading>(String(halves[0])),
      let place = Int(halves[1])
    else { return nil }
    self.init(reading: id, place: place)
  }

  public var text: String { "\(reading).\(place)" }
}

/// A reading as its row holds it.
private struct KeptReading {
  let file: String
  let forms: String
  let source: String
  let fault: String?

  init(_ reading: FileReading) throws {
    file = reading.file
    switch reading.outcome {
    case .success(let document):
      let forms = Dictionary(
        document.forms.enumerated().map { ($0, $1) }, uniquingKeysWith: { $1 })
      self.forms = try Self.text(FormReading.Content(forms: forms, places: document.places))
      let source = try Self.text(document.sections)
      // Forms can be taken over without it.
      self.source = source.utf8.count <= FormReading.largestSource ? source : "[]"
      fault = nil
    case .failure(let fault):
      forms = try Self.text(FormReading.Content(forms: [:], places: []))
      source = "[]"
      self.fault = try Self.text(
        FormReading.Refusal(code: fault.code, arguments: fault.arguments))
    }
  }

  /// JSON writes a zero character as an escape, which a row may hold.
  static func text(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }
}

/// Deletes what nobody took over within the hour.
enum FormReadingSweep {
  static func run(in tx: Transaction) throws {
    try tx.run("DELETE FROM form_reading WHERE read_at <= \(tx.now + -FormReading.patience)")
  }
}
