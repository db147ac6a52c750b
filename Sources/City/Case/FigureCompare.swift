import Base
import Foundation

extension FigureScope {
  /// The same days a year earlier; a last day of a month stays one.
  public func yearBefore(in zone: TimeZone) -> FigureScope {
    var scope = self
    scope.from = from.local(in: zone).day.yearBefore.start(in: zone)
    let last = before.local(in: zone).day + -1
    scope.before = (last.endsMonth ? last.yearBefore.monthEnd : last.yearBefore).nextStart(in: zone)
    return scope
  }
}

extension Day {
  fileprivate var endsMonth: Bool { (self + 1).parts.day == 1 }

  fileprivate var yearBefore: Day {
    Day(year: parts.year - 1, month: parts.month, day: parts.day)
      ?? Day(year: parts.year - 1, month: parts.month, day: parts.day - 1) ?? self + -365
  }

  /// The last day of its month.
  fileprivate var monthEnd: Day {
    var day = self
    while !day.endsMonth { day = day + 1 }
    return day
  }

  fileprivate func nextStart(in zone: TimeZone) -> Moment { (self + 1).start(in: zone) }
}

/// What a figure is compared with.
public struct FigureComparison: Sendable, Equatable {
  /// The same days a year earlier; nil where it was not asked.
  public var lastYear: FigureValue?
  /// Nil where it was not asked, or cannot be told.
  public var classMean: RatingDesk.ClassMean?

  public init(lastYear: FigureValue? = nil, classMean: RatingDesk.ClassMean? = nil) {
    self.lastYear = lastYear
    self.classMean = classMean
  }
}

/// With what figures are compared.
public enum FigureRival: String, Sendable, CaseIterable {
  /// The same days a year earlier.
  case year
  /// The mean of the organisation's class.
  case kind = "class"
}

extension RatingDesk {
  /// All figures of a scope, and what each is compared with.
  ///
  /// - Throws: `right.missing`; `period.backwards`.
  public func compared(
    _ scope: FigureScope, with rivals: Set<FigureRival>, by doer: Doer, now: Moment
  ) async throws -> ComparedFigures {
    let figures = CaseFigure.allCases
    return try await database.read { snapshot in
      let values = try cases.figures(figures, scope, by: doer, now: now, in: snapshot)
      var found = ComparedFigures(values: values)
      if rivals.contains(.year) {
        let before = scope.yearBefore(in: cases.zone)
        for value in try cases.figures(figures, before, by: doer, now: now, in: snapshot) {
          found.with[value.figure, default: FigureComparison()].lastYear = value
        }
      }
      // A person is no measure of a class of organisations.
      if rivals.contains(.kind), scope.person == nil, let organisation = scope.organisation {
        let means = try classMeans(
          of: organisation, figures, scope, by: doer, now: now, in: snapshot)
        found.kind = means?.kind
        for (figure, mean) in means?.means ?? [:] {
          found.with[figure, default: FigureComparison()].classMean = mean
        }
      }
      return found
    }
  }
}

/// Figures with what they are compared with.
public struct ComparedFigures: Sendable {
  /// In the order of `CaseFigure`.
  public let values: [FigureValue]
  public fileprivate(set) var with: [CaseFigure: FigureComparison] = [:]
  /// The class that a mean is of; nil where none was asked or the organisation is in none.
  public fileprivate(set) var kind: RatingClass?

  public init(values: [FigureValue]) { self.values = values }
}
