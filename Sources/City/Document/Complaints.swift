import Base

/// Where something stands in a file of data, as people find it: `grid.yaml:12 kinds[3].code`.
struct YAMLSpot: Hashable {
  let file: String
  /// From 1.
  let line: Int
  /// Empty for the file itself.
  let path: String

  var name: String { path.isEmpty ? "\(file):\(line)" : "\(file):\(line) \(path)" }

  func at(_ line: Int?, key: String) -> YAMLSpot {
    YAMLSpot(file: file, line: line ?? self.line, path: path.isEmpty ? key : "\(path).\(key)")
  }

  func at(_ line: Int?, index: Int) -> YAMLSpot {
    YAMLSpot(file: file, line: line ?? self.line, path: "\(path)[\(index)]")
  }
}

/// Everything that is wrong with some files, in the order in which it was found. One reading
/// shares one list, so that an error never hides the next.
final class Complaints {
  /// The most that are listed; all are counted.
  static let most = 200

  private(set) var fields: [Fault.Field] = []
  private(set) var count = 0
  /// A default is read once for each kind that it serves, and complained of once.
  private var said: Set<String> = []

  func add(_ spot: YAMLSpot, _ code: String, _ arguments: [String: String] = [:]) {
    guard said.insert("\(code) \(spot.name)").inserted else { return }
    count += 1
    if fields.count < Self.most { fields.append(Fault.Field(spot.name, code, arguments)) }
  }
}

/// Finds what somebody probably meant.
enum Nearest {
  /// The candidate that fewest changed letters make of `word`; nil when none is near.
  static func of(_ word: String, among candidates: [String]) -> String? {
    let letters = Array(word.prefix(64).lowercased())
    let ranked = candidates.map { ($0, distance(letters, Array($0.lowercased()))) }
    guard let (best, distance) = ranked.min(by: { $0.1 < $1.1 }),
      distance <= max(1, min(letters.count, best.count) / 3)
    else { return nil }
    return best
  }

  /// Letters added, left out or changed, and neighbours exchanged (optimal string alignment).
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for i in left.indices {
      var next = [i + 1]
      for j in right.indices {
        let changed = row[j] + (left[i] == right[j] ? 0 : 1)
        var best = min(changed, next[j] + 1, row[j + 1] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, before[j - 1] + 1)
        }
        next.append(best)
      }
      before = row
      row = next
    }
    return row[right.count]
  }
}
