/// Finds the names of the first two levels between the lines of the table, where they stand in
/// pieces (满意 / 度指 / 标) and once for all the lines that they span.
///
/// A name that a page break cuts stands in part before a line and in part after it, both levels in
/// turn (满意 度指 服务 对象 | … | 标 满意 度指 标).
struct LevelReading {
  struct Region {
    /// Pieces before the names of levels: no part of this line.
    var before: [TextPiece] = []
    /// Pieces after them: name, target and actual value.
    var cells: [TextPiece]
    var level1: Label?
    var level2: Label?
  }

  struct Label {
    let name: String
    let line: Int
  }

  /// The levels of one line of the table.
  struct Place: Equatable {
    var level1 = ""
    var level2 = ""
  }

  private(set) var regions: [Region]
  private(set) var places: [Place] = []
  private(set) var unplaced: [UnplacedText] = []

  /// - Parameter regions: what stands before each pair of weight and score, and last what stands
  ///   after them all.
  init(_ regions: [[TextPiece]]) {
    self.regions = regions.map { Region(cells: $0) }
  }

  mutating func read() {
    var first: String?
    for index in regions.indices {
      takeNames(index, under: first)
      if let label = regions[index].level1 { first = label.name }
    }
    placeAll()
  }

  private func isLast(_ index: Int) -> Bool { index == regions.count - 1 }

  /// How many pieces must remain for the cells of the line.
  private func rest(_ index: Int) -> Int { isLast(index) ? 0 : 3 }

  private mutating func takeNames(_ index: Int, under first: String?) {
    let pieces = regions[index].cells
    var starts = [0]
    // A reason's further lines may stand before the names.
    starts += pieces.indices.dropFirst().filter {
      pieces[$0].startsLine && EvaluationLevel.canBegin(pieces[$0].text)
    }
    for start in starts {
      var names = Names(pieces, from: start, keeping: rest(index))
      names.read(under: first)
      if !names.isComplete(pieces) { cutNames(index, &names) }
      guard names.end > start else { continue }
      // Inside a line a single word may look like a name; before a line it is one.
      regions[index].before = Array(pieces[..<start])
      regions[index].cells = Array(pieces[names.end...])
      regions[index].level1 = names.level1 ?? regions[index].level1
      regions[index].level2 = names.level2 ?? regions[index].level2
      return
    }
    // The beginning of a name whose end is nowhere.
    if let first = pieces.first, first.startsLine, first.text.count > 1,
      EvaluationLevel.canBegin(first.text)
    {
      doubt(Label(name: first.text, line: first.line))
    }
  }

  /// How many lines further a name that a page break cut is looked for.
  private static let farthestEnd = 60

  /// Looks for names that begin here and end after a later line.
  private mutating func cutNames(_ index: Int, _ names: inout Names) {
    let pieces = regions[index].cells
    let from = names.end
    let most = min(8, pieces.count - from - rest(index))
    guard !isLast(index), most > 0, names.level2 == nil,
      names.level1 != nil && EvaluationLevel.isPrefixOfSecond(pieces[from].text)
        || EvaluationLevel.isPrefixOfFirst(pieces[from].text)
        || EvaluationLevel.isPrefixOfSecond(pieces[from].text)
    else { return }
    for count in (1...most).reversed() {
      let head = Array(pieces[from..<(from + count)])
      guard CutNames.canBegin(head, withFirst: names.level1 == nil) else { continue }
      for later in regions.indices.dropFirst(index + 1).prefix(Self.farthestEnd) {
        let tail = regions[later].cells
        if let cut = CutNames(head, tail, withFirst: names.level1 == nil) {
          let line = head[0].line
          if let first = cut.level1 { names.level1 = Label(name: first, line: line) }
          if let second = cut.level2 { names.level2 = Label(name: second, line: line) }
          names.end = from + count
          regions[later].cells.removeFirst(cut.tail)
          return
        }
        // Other names begin there, so these have ended.
        var others = Names(tail, from: 0, keeping: rest(later))
        others.read(under: nil)
        if others.end > 0 { break }
      }
    }
  }
}

extension EvaluationLevel {
  /// A name of a level may begin with it.
  static func canBegin(_ text: String) -> Bool {
    isPrefixOfFirst(text) || isPrefixOfSecond(text) || spanning.hasPrefix(text)
      || isOpenSecond(text)
  }
}

/// Names of levels that stand whole before a line, each once.
private struct Names {
  let pieces: [TextPiece]
  let keeping: Int
  var end: Int
  var level1: LevelReading.Label?
  var level2: LevelReading.Label?
  private var hasSpanning = false

  init(_ pieces: [TextPiece], from start: Int, keeping: Int) {
    self.pieces = pieces
    self.keeping = keeping
    end = start
  }

  func isComplete(_ pieces: [TextPiece]) -> Bool { level2 != nil }

  /// - Parameter first: the first level that lines above are under.
  mutating func read(under first: String?) {
    while let (name, count) = next() {
      let kinds = EvaluationLevel.kinds(name)
      let label = LevelReading.Label(name: name, line: pieces[end].line)
      if kinds.contains(0), !hasSpanning {
        hasSpanning = true
      } else if kinds == [1, 2] {
        // 成本指标 is a first level where names of its own follow, or nothing is above it.
        let parent = level1?.name ?? first
        if level1 == nil, level2 == nil, parent != "产出指标" || leadsOwn(after: count) {
          level1 = label
        } else if level2 == nil {
          level2 = label
        } else {
          return
        }
      } else if kinds.contains(1), level1 == nil {
        level1 = label
      } else if kinds.contains(2) || kinds.isEmpty, level2 == nil {
        level2 = label
      } else {
        return
      }
      end += count
    }
  }

  private func leadsOwn(after count: Int) -> Bool {
    guard let (name, _) = next(from: end + count) else { return false }
    return EvaluationLevel.parents[name] == "成本指标"
  }

  private func next() -> (String, Int)? { next(from: end) }

  /// The shortest run of pieces that makes a name.
  private func next(from start: Int) -> (String, Int)? {
    var name = ""
    let last = pieces.count - keeping
    var index = start
    while index < last, index - start < 10, name.utf8.count < 45 {
      let piece = pieces[index]
      name += piece.text
      let count = index - start + 1
      if !EvaluationLevel.kinds(name).isEmpty, !goesOn(name, index + 1) { return (name, count) }
      // Other names are seen by standing in a narrow column, or first on their line.
      let isNarrow =
        count > 1
        && pieces[start...index].allSatisfy {
          $0.startsLine && $0.endsLine && $0.text.count <= 3
        }
      let isAlone = count == 1 && piece.startsLine
      if isNarrow && name.hasSuffix("指标") && name.count > 3
        || isAlone && (EvaluationLevel.isOpenSecond(name) || isSaidTwice(index))
      {
        return (name, count)
      }
      index += 1
    }
    return nil
  }

  /// Whose satisfaction a level is about, and the indicator under it has the same name.
  private func isSaidTwice(_ index: Int) -> Bool {
    pieces[index].text.hasSuffix("满意度") && index + 1 < pieces.count
      && pieces[index + 1].line == pieces[index].line
      && pieces[index + 1].text == pieces[index].text
  }

  /// A name may go on where it is the beginning of a longer one (服务对象满意度 / 指标).
  private func goesOn(_ name: String, _ next: Int) -> Bool {
    guard next < pieces.count, name.hasSuffix("度") else { return false }
    return "指标".hasPrefix(pieces[next].text)
  }
}

/// Names that stand in part before a line and in part after it.
private struct CutNames {
  let level1: String?
  let level2: String?
  /// How many pieces of the tail belong to them.
  let tail: Int

  /// The pieces can be the beginnings of one or two names.
  static func canBegin(_ head: [TextPiece], withFirst: Bool) -> Bool {
    let texts = head.map(\.text)
    if EvaluationLevel.isPrefixOfSecond(texts.joined()) { return true }
    guard withFirst else { return false }
    return (1...texts.count).contains { split in
      EvaluationLevel.isPrefixOfFirst(texts[..<split].joined())
        && (split == texts.count || EvaluationLevel.isPrefixOfSecond(texts[split...].joined()))
    }
  }

  /// The shortest tail that completes the head in exactly one way.
  init?(_ head: [TextPiece], _ tail: [TextPiece], withFirst: Bool) {
    let heads = head.map(\.text)
    let tails = tail.prefix(8).map(\.text)
    for count in stride(from: 1, through: tails.count, by: 1) {
      var found: [(String?, String?)] = []
      for split in 0...heads.count where withFirst || split == 0 {
        for cut in 0...count where withFirst || cut == 0 {
          let first = heads[..<split].joined() + tails[..<cut].joined()
          let second = heads[split...].joined() + tails[cut..<count].joined()
          // A name that stands wholly after the line is not of this line.
          guard first.isEmpty || split > 0 && EvaluationLevel.kinds(first).contains(1),
            second.isEmpty || split < heads.count && EvaluationLevel.kinds(second).contains(2)
          else { continue }
          found.append((first.isEmpty ? nil : first, second.isEmpty ? nil : second))
        }
      }
      if found.count == 1 {
        level1 = found[0].0
        level2 = found[0].1
        self.tail = count
        return
      }
      if found.count > 1 { return nil }
    }
    return nil
  }
}

// MARK: - Which lines they span

extension LevelReading {
  /// A name holds for its line and those that follow. Where the first stands below lines that have
  /// none, it is set in the middle of what it spans: then it holds for these too.
  private mutating func placeAll() {
    let lines = regions.dropLast()
    let leading2 = lines.firstIndex { $0.level2 != nil } ?? 0
    let leading1 = lines.firstIndex { $0.level1 != nil } ?? 0
    var first = lines.isEmpty ? "" : lines[leading1].level1?.name ?? ""
    var second = lines.isEmpty ? "" : lines[leading2].level2?.name ?? ""
    for region in lines {
      if let label = region.level1 {
        first = label.name
        if region.level2 == nil, EvaluationLevel.parents[second] ?? first != first { second = "" }
      }
      if let label = region.level2 { second = label.name }
      places.append(Place(level1: first, level2: second))
    }
    if leading2 > 0, let label = lines[leading2].level2 { doubt(label) }
    adoptParents()
    noteMissing()
  }

  /// A first level set in the middle of what it spans stands below its first second level.
  private mutating func adoptParents() {
    for index in places.indices {
      guard let parent = EvaluationLevel.parents[places[index].level2],
        parent != places[index].level1,
        let own = regions[..<places.count].indices.first(where: {
          regions[$0].level1?.name == parent
        }), own > index
      else { continue }
      places[index].level1 = parent
    }
  }

  private mutating func doubt(_ label: Label) {
    unplaced.append(UnplacedText(line: label.line, text: label.name, reason: .levelUncertain))
  }

  private mutating func noteMissing() {
    for (index, place) in places.enumerated() where place.level1.isEmpty || place.level2.isEmpty {
      let line = regions[index].cells.first?.line
      let text = CellText.join(regions[index].cells.prefix(1))
      unplaced.append(UnplacedText(line: line, text: text, reason: .levelUncertain))
    }
  }
}
