import Base
import City

/// The forms of moves between two cases.
extension MoveForms {
  /// Any case by its number.
  func link() -> CasePage.Move {
    move(
      .link,
      [
        other, .radios("relation", "link.relation", .worded("relation", ["related", "repeat"])),
        .area("text", "move.note", rows: 2),
      ], weight: .plain)
  }

  /// Beside a case that may be the same.
  func linkRepeat(with number: String) -> Form {
    var form = Form(
      "link-\(number)", to: url(CaseMove.link.rawValue), [], submit: .key("same.link"),
      revision: revision, weight: .plain)
    form.hidden = [
      Form.Hidden(name: "other", value: number),
      Form.Hidden(name: "relation", value: CaseRelation.repeat.rawValue),
    ]
    return form
  }

  /// Beside the linked case, whose number goes along unseen.
  func unlink(from number: String) -> Form {
    var form = Form(
      "unlink-\(number)", to: url(CaseMove.unlink.rawValue), [], submit: .key("move.unlink.submit"),
      revision: revision, weight: .plain)
    form.hidden = [Form.Hidden(name: "other", value: number)]
    return form
  }

  /// Into any open case by its number.
  func merge() -> CasePage.Move {
    move(.merge, [other, .area("text", "move.note", rows: 2)], weight: .plain)
  }

  /// Into a case that may be the same, as it was when it was shown.
  func merge(into number: String, revision other: Int) -> Form {
    var form = Form(
      "merge-\(number)", to: url(CaseMove.merge.rawValue), [], submit: .key("same.merge"),
      revision: revision, weight: .plain)
    form.hidden = [
      Form.Hidden(name: "other", value: number),
      Form.Hidden(name: "otherRevision", value: String(other)),
    ]
    return form
  }

  func unmerge() -> CasePage.Move { move(.unmerge, [.area("text", "move.note", rows: 2)]) }

  func transfer() -> CasePage.Move {
    move(
      .transfer,
      [
        .radios("direction", "transfer.direction", .worded("direction", ["upper", "lower"])),
        .line("platform", "transfer.platform", Field.Line(maximumLength: 100), required: true),
        .area("text", "move.explained", required: true),
      ], weight: .plain)
  }

  func transferBack() -> CasePage.Move {
    move(.transferBack, [.area("text", "move.explained", required: true)])
  }

  private var other: Field {
    .line(
      "other", "link.other", Field.Line(maximumLength: 64), required: true, hint: "link.other.hint")
  }
}
