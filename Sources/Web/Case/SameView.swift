import Base
import City

/// Cases that may be about the same matter, each with what speaks for it.
struct SameView: Sendable {
  var line: CaseCard
  var why: [Phrase]
  /// What may be done with one click.
  var forms: [Form]
}

extension SameView: Composed {
  var parts: [String: any Shown] { ["line": line, "why": why, "forms": forms] }
}

extension CaseDuplicate {
  /// What speaks for it.
  var why: [Phrase] {
    var why: [Phrase] = []
    if isSameKind { why.append(.key("same.kind")) }
    if let metres { why.append(.key("same.metres", ["metres": .count(metres)])) }
    why.append(days == 0 ? .key("same.day") : .key("same.days", ["days": .count(days)]))
    why.append(.key("same.words", ["words": .list(words.map(Phrase.plain))]))
    return why
  }
}

extension CasePageBuilder {
  var same: [SameView] {
    duplicates.map { duplicate in
      SameView(line: around.card(duplicate.line), why: duplicate.why, forms: settling(duplicate))
    }
  }

  private func settling(_ duplicate: CaseDuplicate) -> [Form] {
    let number = duplicate.line.number
    var settling: [Form] = []
    if allowed.contains(.link) { settling.append(forms.linkRepeat(with: number)) }
    if allowed.contains(.merge), duplicate.line.state.isOpen {
      settling.append(forms.merge(into: number, revision: duplicate.line.revision))
    }
    return settling
  }
}

extension CasePageBuilder {
  var into: CasePage.Into? {
    guard file.state == .merged else { return nil }
    let line = detail.company.into
    return CasePage.Into(url: line.map { .file($0.id) }, number: line?.number)
  }
}
