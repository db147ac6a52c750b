/// A run of characters without white space, and where it stands.
struct TextPiece: Equatable {
  let text: String
  /// Counted from 1.
  let line: Int
  let startsLine: Bool
  var endsLine: Bool
  /// An empty line stands before its line.
  let afterBlank: Bool
}

/// The text of one form as pieces, and as one row of characters without white space in which a
/// label is found however it is broken over lines.
struct FormText {
  let pieces: [TextPiece]
  private(set) var scalars: [Unicode.Scalar] = []
  /// Where each piece begins in `scalars`, and at the end where the last one ends.
  private(set) var starts: [Int] = []

  init(_ pieces: [TextPiece]) {
    self.pieces = pieces
    starts.reserveCapacity(pieces.count + 1)
    for piece in pieces {
      starts.append(scalars.count)
      scalars.append(contentsOf: piece.text.unicodeScalars)
    }
    starts.append(scalars.count)
  }

  /// The line of a character; of the end, the last line.
  func line(at offset: Int) -> Int? {
    guard !pieces.isEmpty else { return nil }
    return pieces[min(piece(at: offset), pieces.count - 1)].line
  }

  /// The piece that holds a character.
  func piece(at offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle + 1] <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where a label stands first within a range, beginning where a piece does: within a sentence
  /// its words are no label.
  func find(_ label: EvaluationLabel, in range: Range<Int>) -> Range<Int>? {
    for wording in EvaluationLabel.scalars[label] ?? [] {
      if let found = find(wording, in: range) { return found }
    }
    return nil
  }

  /// Without the head of the indicators where a further page says it again, word by word.
  var withoutRepeatedHeads: FormText {
    let all = 0..<scalars.count
    guard let first = find(.levels, in: all),
      let end = find(.reason, in: first.upperBound..<scalars.count)?.upperBound,
      end - first.lowerBound <= 100
    else { return self }
    let head = Array(scalars[first.lowerBound..<end])
    var kept: [TextPiece] = []
    var from = 0
    while let found = find(head, in: max(from, end)..<scalars.count) {
      // Only whole lines are a head.
      let (start, after) = (piece(at: found.lowerBound), piece(at: found.upperBound))
      if pieces[start].startsLine, starts[start] == found.lowerBound,
        starts[after] == found.upperBound, after == pieces.count || pieces[after].startsLine
      {
        kept += self.pieces(in: from..<found.lowerBound)
      } else {
        kept += self.pieces(in: from..<found.upperBound)
      }
      from = found.upperBound
    }
    return from == 0 ? self : FormText(kept + pieces(in: from..<scalars.count))
  }

  func find(_ wording: [Unicode.Scalar], in range: Range<Int>) -> Range<Int>? {
    guard !range.isEmpty, let head = wording.first else { return nil }
    var index = piece(at: range.lowerBound)
    if index < pieces.count, starts[index] < range.lowerBound {
      // A label may follow another in the same piece.
      if matches(wording, at: range.lowerBound, before: range.upperBound) {
        return range.lowerBound..<(range.lowerBound + wording.count)
      }
      index += 1
    }
    while index < pieces.count, starts[index] < range.upperBound {
      let place = starts[index]
      if scalars[place] == head || Self.opens(scalars[place]),
        let found = label(wording, atPiece: index, before: range.upperBound)
      {
        return found
      }
      index += 1
    }
    return nil
  }

  /// At the start of a piece, or in it after another label and its sign (`其中：当年财政拨款`).
  private func label(
    _ wording: [Unicode.Scalar], atPiece index: Int, before end: Int
  ) -> Range<Int>? {
    let place = starts[index]
    if matches(wording, at: place, before: end) { return place..<(place + wording.count) }
    guard scalars[place] == "其" else { return nil }
    var after = place
    while after < min(end, place + 4), scalars[after] != ":", scalars[after] != "：" { after += 1 }
    after += 1
    return matches(wording, at: after, before: end) ? after..<(after + wording.count) : nil
  }

  private static func opens(_ scalar: Unicode.Scalar) -> Bool { scalar == "其" }

  private func matches(_ wording: [Unicode.Scalar], at place: Int, before end: Int) -> Bool {
    guard place >= 0, place + wording.count <= min(end, scalars.count) else { return false }
    for (offset, scalar) in wording.enumerated() where scalars[place + offset] != scalar {
      return false
    }
    return true
  }

  /// The pieces of a range, the first and last cut where the range cuts them.
  func pieces(in range: Range<Int>) -> [TextPiece] {
    guard !range.isEmpty, range.lowerBound < scalars.count else { return [] }
    var found: [TextPiece] = []
    var index = piece(at: range.lowerBound)
    while index < pieces.count, starts[index] < range.upperBound {
      let piece = pieces[index]
      let from = max(range.lowerBound, starts[index])
      let to = min(range.upperBound, starts[index + 1])
      if from == starts[index], to == starts[index + 1] {
        found.append(piece)
      } else {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[from..<to])
        found.append(
          TextPiece(
            text: String(view), line: piece.line,
            startsLine: piece.startsLine && from == starts[index],
            endsLine: piece.endsLine && to == starts[index + 1], afterBlank: piece.afterBlank))
      }
      index += 1
    }
    return found
  }

  /// The text of a range joined to one line, without the colon that ends its label.
  func text(in range: Range<Int>) -> String {
    CellText.join(pieces(in: range)).droppingLabelSign
  }
}

/// One line of pieces.
struct TextLine {
  let number: Int
  let pieces: [TextPiece]

  var text: String { CellText.join(pieces) }
  var width: Int { pieces.reduce(0) { $0 + CellText.width($1.text) } }
  var afterBlank: Bool { pieces.first?.afterBlank ?? false }

  static func lines(_ pieces: some Sequence<TextPiece>) -> [TextLine] {
    var lines: [TextLine] = []
    var current: [TextPiece] = []
    for piece in pieces {
      if let first = current.first, first.line != piece.line {
        lines.append(TextLine(number: first.line, pieces: current))
        current = []
      }
      current.append(piece)
    }
    if let first = current.first { lines.append(TextLine(number: first.line, pieces: current)) }
    return lines
  }
}
