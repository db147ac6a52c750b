import Base
import Store

/// Bringing boundaries in, with what is wrong with them and which running cases would lie elsewhere.
public struct AreaBringing: Sendable {
  /// How it is done.
  public struct Options: Sendable {
    /// Nothing is changed; what would happen is told.
    public var isDryRun = false
    /// Boundaries come in although something is wrong with them beyond the tolerance.
    public var acceptsFindings = false
    /// Running cases that lie elsewhere get the area in which they lie then. Otherwise they keep theirs
    /// until somebody corrects them.
    public var movesCases = false

    public init() {}
  }

  /// A running case in another area than before.
  public struct MovedCase: Sendable, Equatable {
    public let id: ID<Case>
    public let number: String
    public let from: String
    /// Where it is.
    public let place: Point
    /// Nil: it will be outside of every boundary, and keeps its area.
    public let to: String?
  }

  /// What an import does, or did.
  public struct Report: Sendable {
    public let summary: TreeImportSummary
    public let findings: [AreaFinding]
    /// How many running cases lie elsewhere.
    public let movedCount: Int
    /// The first of them by number, `mostListed` at most.
    public let moved: [MovedCase]
    /// The boundaries that change with those beside them, as they were and as they will be.
    public let before: [MultiPolygon]
    public let after: [MultiPolygon]
    /// Whether their area was changed.
    public let hasMoved: Bool
  }

  /// The most cases that a report lists.
  public static let mostListed = 200
  /// The most running cases that are looked at.
  private static let mostLookedAt = 200_000

  private let desk: CaseDesk

  public init(_ desk: CaseDesk) { self.desk = desk }

  /// - Throws: what `AreaDesk.load` throws; `area.check-failed` with a field for each finding beyond the
  ///   tolerance, unless they are accepted.
  public func bring(
    _ drafts: [AreaDraft], _ options: Options, by doer: Doer
  ) async throws -> Report {
    do {
      return try await desk.database.write { tx in
        let report = try bring(drafts, options, by: doer, in: tx)
        if options.isDryRun { throw DryRun(report: report) }
        return report
      }
    } catch let dry as DryRun {
      return dry.report
    }
  }

  /// Takes everything back that was tried out.
  private struct DryRun: Error {
    let report: Report
  }

  func bring(
    _ drafts: [AreaDraft], _ options: Options, by doer: Doer, in tx: Transaction
  ) throws -> Report {
    try doer.require(.areaManage)
    let check = AreaCheck(drafts, beside: try PlaceMap(reading: tx))
    let findings = check.findings
    let refused = findings.filter { !$0.isTolerated }
    let moved = try moved(check, in: tx)
    // What the file itself has wrong comes first.
    let summary = try AreaDesk.load(drafts, by: doer, in: tx)
    guard refused.isEmpty || options.acceptsFindings || options.isDryRun else {
      throw Fault(.invalid, "area.check-failed", fields: Array(refused.prefix(20).map(\.field)))
    }
    let isMoving = options.movesCases && !options.isDryRun
    if isMoving {
      let house = doer.person.map { Doer.importer($0) } ?? doer
      for case (let moved, let to?) in moved.map({ ($0, $0.to) }) {
        var input = MoveInput()
        input.area = to
        try desk.make(.correct, input, on: moved.id, by: house, in: tx)
      }
    }
    return Report(
      summary: summary, findings: findings, movedCount: moved.count,
      moved: Array(moved.prefix(Self.mostListed)), before: check.shapes.before,
      after: check.shapes.after, hasMoved: isMoving)
  }

  /// The running cases that lie in the smallest area of their place, and will lie in another.
  private func moved(_ check: AreaCheck, in tx: Transaction) throws -> [MovedCase] {
    let box = check.box
    guard !box.isEmpty else { return [] }
    let open = CaseState.allCases.filter(\.isOpen)
    var moved: [MovedCase] = []
    try tx.each(
      """
      SELECT c.id, c.number, c.latitude, c.longitude, a.code FROM case_file AS c
      JOIN area AS a ON a.id = c.area_id
      WHERE c.closed_at IS NULL AND c.state IN \(list: open) AND c.latitude >= \(box.south)
        AND c.latitude <= \(box.north) AND c.longitude >= \(box.west) AND c.longitude <= \(box.east)
      ORDER BY c.id LIMIT \(Self.mostLookedAt)
      """
    ) { fields in
      let id: ID<Case> = try fields.next()
      let number: String = try fields.next()
      let point = Point(latitude: try fields.next(), longitude: try fields.next())
      let own: String = try fields.next()
      let (before, after) = check.areas(at: point)
      // An area that somebody chose by hand is theirs to correct.
      guard own == before, after != before else { return }
      moved.append(MovedCase(id: id, number: number, from: own, place: point, to: after))
    }
    return moved
  }
}
