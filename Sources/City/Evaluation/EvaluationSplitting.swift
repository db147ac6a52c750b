import Paper

/// A source of text cut into its forms.
struct FormSource {
  /// The lines of one form, from its title to before the next.
  struct Part {
    var lines: [(number: Int, text: Substring)] = []
    /// Most of its rows part their cells by tabs.
    var isTabbed: Bool { lines.count { $0.text.unicodeScalars.contains("\t") } >= 5 }
  }

  private(set) var parts: [Part] = []

  init(_ text: String) {
    var current: Part?
    for (number, line) in Self.withoutFooters(Self.lines(text)) {
      if Self.titleEnd(line) != nil {
        if let current { parts.append(current) }
        current = Part()
      }
      current?.lines.append((number, line))
    }
    if let current { parts.append(current) }
  }

  /// The title as the last word of a line's beginning; in a sentence it is no title.
  static func titleEnd(_ line: Substring) -> Substring.Index? {
    guard let range = line.range(ofTitle: "绩效自评表") ?? line.range(ofTitle: "自评表") else { return nil }
    let before = line[..<range.upperBound].unicodeScalars.count { !CellText.isSpace($0) }
    guard before <= 40, before >= 5 else { return nil }
    if range.upperBound == line.endIndex { return range.upperBound }
    let next = line.unicodeScalars[range.upperBound]
    return CellText.isSpace(next) || next == "(" || next == "（" ? range.upperBound : nil
  }

  /// One line of the source.
  private struct Line {
    let number: Int
    let text: Substring
    /// A page ends with it.
    let endsPage: Bool
  }

  /// The number of a page in the last line of it is no cell. A figure alone may be one; it is a
  /// page's number only where it counts the pages.
  private static func withoutFooters(_ lines: [Line]) -> [(Int, Substring)] {
    var kept: [(Int, Substring)] = []
    var page = 1
    var last: Int?
    for line in lines {
      if !line.text.allSatisfy(\.isWhitespace) { last = kept.count }
      kept.append((line.number, line.text))
      guard line.endsPage else { continue }
      if let last, isFooter(kept[last].1, of: page) { kept[last].1 = "" }
      last = nil
      page += 1
    }
    return kept
  }

  private static func isFooter(_ line: Substring, of page: Int) -> Bool {
    guard line.utf8.count <= 200, EvaluationTextReader.isPageMark(String(line)) else {
      return false
    }
    let text = CellText.squeeze(line)
    return text.contains { !$0.isNumber } || Int(text) == page
  }

  /// Lines with their numbers from 1. A page ends a line.
  private static func lines(_ text: String) -> [Line] {
    var lines: [Line] = []
    var number = 1
    let view = text.unicodeScalars
    var start = view.startIndex
    var index = start
    while index < view.endIndex {
      let scalar = view[index]
      let next = view.index(after: index)
      if scalar == "\n" || scalar == "\u{0C}" || scalar == "\r" {
        lines.append(
          Line(number: number, text: text[start..<index], endsPage: scalar == "\u{0C}"))
        start = next
        if scalar == "\n" {
          number += 1
        } else if scalar == "\r" {
          if next < view.endIndex, view[next] == "\n" { start = view.index(after: next) }
          number += 1
        }
        index = start
      } else {
        index = next
      }
    }
    if start < view.endIndex {
      lines.append(Line(number: number, text: text[start...], endsPage: false))
    }
    return lines
  }
}

extension FormSource.Part {
  /// The cells between tabs.
  func rows() -> [PaperRow] { lines.map { PaperRow(number: $0.number, tabbed: $0.text) } }

  /// The pieces between white space.
  func pieces() -> [TextPiece] {
    var pieces: [TextPiece] = []
    var blank = false
    for (number, line) in lines {
      let first = pieces.count
      var start: String.UnicodeScalarView.Index?
      let view = line.unicodeScalars
      func take(_ end: String.UnicodeScalarView.Index) {
        guard let from = start else { return }
        pieces.append(
          TextPiece(
            text: CellText.squeeze(line[from..<end]), line: number,
            startsLine: pieces.count == first, endsLine: false, afterBlank: blank))
        start = nil
      }
      var index = view.startIndex
      while index < view.endIndex {
        if CellText.isSpace(view[index]) {
          take(index)
        } else if start == nil, !CellText.isInvisible(view[index]) {
          start = index
        }
        index = view.index(after: index)
      }
      take(view.endIndex)
      if pieces.count == first {
        blank = true
      } else {
        pieces[pieces.count - 1].endsLine = true
        blank = false
      }
    }
    return pieces
  }
}

extension Substring {
  /// Where words stand even when white space parts their characters.
  fileprivate func range(ofTitle words: String) -> Range<Index>? {
    let wanted = Array(words.unicodeScalars)
    let view = unicodeScalars
    var start = view.startIndex
    while start < view.endIndex {
      guard view[start] == wanted[0] else {
        start = view.index(after: start)
        continue
      }
      var index = start
      var matched = 0
      while index < view.endIndex, matched < wanted.count {
        if view[index] == wanted[matched] {
          matched += 1
        } else if !CellText.isSpace(view[index]) {
          break
        }
        index = view.index(after: index)
      }
      if matched == wanted.count { return start..<index }
      start = view.index(after: start)
    }
    return nil
  }
}
