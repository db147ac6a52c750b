/// The choices of parts that make a parent's amounts.
///
/// Every choice is looked at: the parts are halved, the sums of each half are made once, and each sum
/// of one half looks up what is wanting in the other. So the work grows with the root of the number
/// of choices, and equal parts cost nothing.
struct PartSearch {
  /// The most parts that are looked through: 2¹⁵ sums for each half. Among more, amounts to 0.01 that
  /// fit by chance are no longer rare.
  static let mostParts = 30

  private let parent: TreeSearch.Node
  private let parts: [TreeSearch.Node]
  private let slack: Int

  init(_ parent: TreeSearch.Node, _ parts: [TreeSearch.Node], _ slack: Int) {
    self.parent = parent
    self.parts = parts
    self.slack = slack
  }

  /// The only choice of two parts or more; nil of none and of several.
  func only() -> [TreeSearch.Node]? {
    let whole = parts.reduce((0, 0)) { ($0.0 + $1.opening, $0.1 + $1.adjusted) }
    guard parts.count <= Self.mostParts, whole.0 + slack >= parent.opening,
      whole.1 + slack >= parent.adjusted
    else { return nil }
    let half = parts.count / 2
    let left = sums(parts[..<half])
    let right = sums(parts[half...])
    var found: UInt32?
    for sum in left {
      for other in partners(of: sum, in: right) {
        guard found == nil, !sum.isShared, !other.isShared else { return nil }
        found = sum.choice | other.choice
      }
    }
    return found.map { choice in parts.indices.filter { choice >> $0 & 1 == 1 }.map { parts[$0] } }
  }

  /// What some parts make together.
  private struct Sum {
    var adjusted = 0
    var opening = 0
    var executed = 0
    var count = 0
    /// A bit for each part.
    var choice: UInt32 = 0
    /// Other parts make the same.
    var isShared = false

    var key: (Int, Int, Int, Int) { (adjusted, opening, executed, count) }
  }

  /// All sums of some parts that the parent could hold, in order; what comes out the same stands once.
  private func sums(_ some: ArraySlice<TreeSearch.Node>) -> [Sum] {
    var all = [Sum()]
    for (place, part) in zip(some.indices, some) {
      var more: [Sum] = []
      more.reserveCapacity(all.count)
      for sum in all {
        var sum = sum
        sum.adjusted += part.adjusted
        sum.opening += part.opening
        guard sum.adjusted <= parent.adjusted + slack, sum.opening <= parent.opening + slack else {
          continue
        }
        sum.executed += part.executed
        sum.count += 1
        sum.choice |= 1 << UInt32(place)
        more.append(sum)
      }
      all = merged(all, more)
    }
    return all
  }

  /// Two ordered lists as one.
  private func merged(_ left: [Sum], _ right: [Sum]) -> [Sum] {
    var all: [Sum] = []
    all.reserveCapacity(left.count + right.count)
    var (mine, other) = (0, 0)
    while mine < left.count || other < right.count {
      let takesMine =
        other == right.count || (mine < left.count && left[mine].key <= right[other].key)
      let next = takesMine ? left[mine] : right[other]
      if takesMine { mine += 1 } else { other += 1 }
      if let last = all.last, last.key == next.key {
        all[all.count - 1].isShared = true
      } else {
        all.append(next)
      }
    }
    return all
  }

  /// Those of the other half that together with a sum make the parent; two are enough to know that
  /// there are several.
  private func partners(of sum: Sum, in others: [Sum]) -> [Sum] {
    var found: [Sum] = []
    // What was executed: each amount is rounded for itself.
    let most = slack * (parts.count + 1)
    for adjusted in -slack...slack {
      for opening in -slack...slack {
        let wanted = (
          parent.adjusted - sum.adjusted + adjusted, parent.opening - sum.opening + opening
        )
        let executed = parent.executed - sum.executed
        var place = Self.first(of: others, from: (wanted.0, wanted.1, executed - most, 0))
        while place < others.count, (others[place].adjusted, others[place].opening) == wanted,
          others[place].executed <= executed + most, found.count < 2
        {
          let other = others[place]
          let count = sum.count + other.count
          if count > 1, abs(other.executed - executed) <= slack * (count + 1) {
            found.append(other)
          }
          place += 1
        }
      }
    }
    return found
  }

  /// The place of the first sum that is not before a key.
  private static func first(of sums: [Sum], from key: (Int, Int, Int, Int)) -> Int {
    var (low, high) = (0, sums.count)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
