import Base
import Store
import Synchronization

/// What tells whether a body's year is as it was when it was checked.
struct FindingStamp: Row, Hashable {
  private var figures: [Int64] = []
  /// The edition of the rules.
  var policy: Int64 = 0

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
  /// What checking finds in the forms of a body's year, but for rules that are switched off there.
  /// The caller has seen to permission.
  func findings(
    of organisation: ID<Organisation>, year: Int, in snapshot: some Querying
  ) throws -> [ID<Project>: [Finding]] {
    let off = try switchedOff(for: organisation, in: snapshot)
    return try everyFinding(of: organisation, year: year, in: snapshot).mapValues {
      $0.parted(by: off).shown
    }
  }

  /// The findings of a project's form among those of its body's year.
  public func findings(of file: ProjectFile, in snapshot: some Querying) throws -> [Finding] {
    try findings(of: file.project.organisation, year: file.project.year, in: snapshot)[
      file.project.id] ?? []
  }

  /// What rules would find in a project's form if they were not switched off there, and why they are.
  public func mutedFindings(
    of file: ProjectFile, in snapshot: some Querying
  ) throws -> [MutedFinding] {
    let all = try everyFinding(
      of: file.project.organisation, year: file.project.year, in: snapshot)
    let off = try switchedOff(for: file.project.organisation, in: snapshot)
    let muted = (all[file.project.id] ?? []).parted(by: off).muted
    let names = try ProjectPartRows.names(
      of: Set(muted.compactMap(\.off.by)).sorted(), in: snapshot)
    return muted.map { muted in
      MutedFinding(
        finding: muted.finding, off: muted.off, who: muted.off.by.flatMap { names[$0] })
    }
  }

  /// By which settings a project's form is checked.
  public func settings(of project: Project, in snapshot: some Querying) throws -> CheckSettings {
    let off = try switchedOff(for: project.organisation, in: snapshot)
    var settings = CheckSettings(off: off.mapValues(\.reason))
    settings.limits = try policies.value(in: snapshot).limits
    return settings
  }

  private func switchedOff(
    for organisation: ID<Organisation>, in snapshot: some Querying
  ) throws -> [String: RuleOff] {
    let parties = try parties.value(in: snapshot)
    return try policies.value(in: snapshot).off(
      at: parties[organisation]?.path ?? "", on: today(now()), in: parties)
  }

  /// By all rules, whether they are switched off or not.
  private func everyFinding(
    of organisation: ID<Organisation>, year: Int, in snapshot: some Querying
  ) throws -> [ID<Project>: [Finding]] {
    let key = FindingShelf.Key(organisation: organisation, year: year)
    var stamp = try ProjectRows.stamp(of: organisation, year: year, in: snapshot)
    stamp.policy = try Edition.current(.checks, in: snapshot)
    if let kept = shelf.find(key, stamp) { return kept }
    let projects = try ProjectRows.all(
      where: "p.organisation_id = \(organisation) AND p.year = \(year)", limit: Self.mostLines,
      in: snapshot)
    let files = try files(projects, in: snapshot)
    var settings = CheckSettings()
    settings.limits = try policies.value(in: snapshot).limits
    let findings = Dictionary(
      uniqueKeysWithValues: zip(
        files.map(\.project.id), Self.checked(files.map(\.form), settings)))
    shelf.keep(findings, for: key, stamp)
    return findings
  }

  /// Forms of one body are told apart by their place in it, wherever they were read.
  private static func checked(
    _ forms: [EvaluationForm], _ settings: CheckSettings
  ) -> [[Finding]] {
    let numbered = forms.enumerated().map { index, form in
      var form = form
      form.source = ""
      form.ordinal = index + 1
      return form
    }
    return EvaluationCheck.check(numbered, settings: settings).map(\.findings)
  }
}
