import Base
import Store
import Synchronization

/// What tells whether a body's year is as it was when it was checked.
struct FindingStamp: Row, Hashable {
  private var figures: [Int64] = []

  init() {}

  init(_ fields: inout Fields) throws {
    for _ in 0..<4 { figures.append(try fields.next()) }
  }
}

/// The findings of bodies' years, checked once for each change: a form is checked together with all
/// others of its body and year, and lists show the findings of many.
final class FindingShelf: Sendable {
  struct Key: Hashable {
    let organisation: ID<Organisation>
    let year: Int
  }

  private struct Kept {
    let stamp: FindingStamp
    let findings: [ID<Project>: [Finding]]
  }

  private static let most = 200
  private let kept = Mutex<[Key: Kept]>([:])

  func find(_ key: Key, _ stamp: FindingStamp) -> [ID<Project>: [Finding]]? {
    kept.withLock { $0[key].flatMap { $0.stamp == stamp ? $0.findings : nil } }
  }

  func keep(_ findings: [ID<Project>: [Finding]], for key: Key, _ stamp: FindingStamp) {
    kept.withLock {
      if $0.count >= Self.most { $0.removeAll() }
      $0[key] = Kept(stamp: stamp, findings: findings)
    }
  }
}

extension ProjectDesk {
  /// What checking finds in the forms of a body's year. The caller has seen to permission.
  func findings(
    of organisation: ID<Organisation>, year: Int, in snapshot: Snapshot
  ) throws -> [ID<Project>: [Finding]] {
    let key = FindingShelf.Key(organisation: organisation, year: year)
    let stamp = try ProjectRows.stamp(of: organisation, year: year, in: snapshot)
    if let kept = shelf.find(key, stamp) { return kept }
    let projects = try ProjectRows.all(
      where: "p.organisation_id = \(organisation) AND p.year = \(year)", limit: Self.mostLines,
      in: snapshot)
    let files = try files(projects, in: snapshot)
    let findings = Dictionary(
      uniqueKeysWithValues: zip(files.map(\.project.id), Self.checked(files.map(\.form))))
    shelf.keep(findings, for: key, stamp)
    return findings
  }

  /// The findings of a project's form among those of its body's year.
  public func findings(of file: ProjectFile, in snapshot: Snapshot) throws -> [Finding] {
    try findings(of: file.project.organisation, year: file.project.year, in: snapshot)[
      file.project.id] ?? []
  }

  /// What checking would find in a form that is being written, by itself.
  public func findings(ofDraft form: EvaluationForm) -> [Finding] {
    EvaluationCheck.check([form])[0].findings
  }

  /// Forms of one body are told apart by their place in it, wherever they were read.
  private static func checked(_ forms: [EvaluationForm]) -> [[Finding]] {
    let numbered = forms.enumerated().map { index, form in
      var form = form
      form.source = ""
      form.ordinal = index + 1
      return form
    }
    return EvaluationCheck.check(numbered).map(\.findings)
  }
}
