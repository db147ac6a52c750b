import City

/// The controls of one indicator in the editor.
struct IndicatorFields {
  let index: Int
  let line: IndicatorDraft
  let documents: [EditProjectPage.Document]
  let isSpare: Bool
  let findings: [FindingView]
  let error: (String) -> Phrase?

  var parts: [String: any Shown] {
    let prefix = "indicators.\(index)"
    let proposal = ScoreProposal(line.cells, direction: line.direction)
    return [
      "index": String(index), "number": String(index + 1), "isSpare": isSpare,
      "spot": FormSpot.indicator(index).id, "id": line.id?.description, "prefix": prefix,
      "first": [level1, level2, text("name", line.cells.name)].map(view),
      "second": [
        text("target", line.cells.target), direction, text("actual", line.cells.actual), origin,
        document,
      ].map(view),
      "third": [
        text("weight", line.cells.weight.text), text("score", line.cells.score.text),
        text("reason", line.cells.reason), text("remedy", line.remedy),
      ].map(view),
      "findings": findings, "why": isSpare ? nil : Phrase.proposal(proposal),
      "removeID": FieldView.id(EditProjectPage.formID, "\(prefix).remove"),
    ]
  }

  private func view(_ field: Field) -> FieldView {
    var field = field
    field.error = error(field.name)
    return FieldView(field: field, formID: EditProjectPage.formID)
  }

  private func text(_ name: String, _ value: String) -> Field {
    .line("indicators.\(index).\(name)", "indicator.\(name)", .init(value: value))
  }

  private var level1: Field {
    var options = IndicatorLibrary.levels.map {
      Field.Option(value: $0, label: .plain($0), isChosen: $0 == line.cells.level1)
    }
    // What a document called otherwise stays to be chosen.
    if !line.cells.level1.isEmpty, !options.contains(where: \.isChosen) {
      options.append(
        .init(value: line.cells.level1, label: .plain(line.cells.level1), isChosen: true))
    }
    return .select("indicators.\(index).level1", "indicator.level1", options)
  }

  private var level2: Field { text("level2", line.cells.level2) }

  private var direction: Field {
    .select(
      "indicators.\(index).direction", "indicator.direction",
      .worded(
        "indicator.direction", ScoreDirection.allCases.map(\.rawValue),
        chosen: line.direction?.rawValue))
  }

  private var origin: Field {
    // What was read stays so until the value is typed over; nobody chooses that.
    let kept: [FigureOrigin] = line.origin == .imported ? [.imported] : []
    return .select(
      "indicators.\(index).origin", "indicator.origin",
      .worded(
        "origin", ([.typed, .outside] + kept).map(\.rawValue), chosen: line.origin.rawValue),
      nothing: nil)
  }

  private var document: Field {
    .select(
      "indicators.\(index).document", "indicator.document",
      documents.map {
        .init(
          value: $0.id, label: .plain($0.name), isChosen: $0.id == line.document?.description)
      })
  }
}
