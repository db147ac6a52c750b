import Foundation

/// Forms that are totals of others: their money must not be counted again.
public struct EvaluationTree: Equatable, Sendable {
  /// One form and those it is the total of.
  public struct Branch: Equatable, Sendable {
    /// Places in the array of forms, from 0.
    public let parent: Int
    public let children: [Int]
  }

  /// Forms of a body whose parts were not looked for, since too many others could be among them.
  public struct Unsearched: Equatable, Sendable {
    /// Places in the array of forms, from 0.
    public let forms: [Int]
    /// The most forms that may come into question as parts of one.
    public let limit: Int
  }

  public let branches: [Branch]
  /// For each form that was given before, e.g. in another format, the first of the same; both by
  /// their places in the array of forms.
  public let copies: [Int: Int]
  /// A body each.
  public let unsearched: [Unsearched]

  /// Forms without a parent that were not given before: their amounts make the whole of a body's
  /// money.
  public func roots(of count: Int) -> [Int] {
    let children = Set(branches.flatMap(\.children))
    return (0..<count).filter { !children.contains($0) && copies[$0] == nil }
  }

  /// Finds, among the forms of one unit and year, those whose opening and adjusted budget is the sum
  /// of others to 0.01 万元 (and what was executed, as far as rounding allows).
  ///
  /// Amounts that could be chance are not enough; where more than one choice of parts fits, none is
  /// taken. A form that was given twice takes part once.
  public init(_ forms: [EvaluationForm]) {
    self.init(forms.map(CheckForm.init))
  }

  init(_ forms: [CheckForm]) {
    copies = EvaluationCopies.find(forms)
    var groups: [[String]: [Int]] = [:]
    for (index, form) in forms.enumerated() where copies[index] == nil {
      let form = form.form
      let key = [
        form.unit.isEmpty ? form.department : form.unit, form.year.map(String.init) ?? "",
        form.moneyUnit?.rawValue ?? "",
      ].map(EvaluationTarget.normalized)
      groups[key, default: []].append(index)
    }
    var branches: [Branch] = []
    var unsearched: [Unsearched] = []
    for group in groups.values where group.count > 2 {
      var search = TreeSearch(forms, group)
      branches += search.branches()
      if !search.unsearched.isEmpty {
        unsearched.append(
          Unsearched(forms: search.unsearched.sorted(), limit: PartSearch.mostParts))
      }
    }
    self.branches = branches.sorted { $0.parent < $1.parent }
    self.unsearched = unsearched.sorted { $0.forms[0] < $1.forms[0] }
  }
}
