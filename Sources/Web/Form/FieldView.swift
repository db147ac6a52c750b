import Base

/// A field within its form, as the template `field` reads it.
///
/// Every id begins with the form's, since several forms of one page may ask for a `reason`.
struct FieldView: Composed {
  let field: Field
  let formID: String

  static func id(_ formID: String, _ name: String) -> String {
    "\(formID)-\(name.replacing(".", with: "-"))"
  }

  var parts: [String: any Shown] {
    let id = Self.id(formID, field.name)
    let hintID = field.hint == nil ? nil : "\(id)-hint"
    let errorID = field.error == nil ? nil : "\(id)-error"
    let described = [hintID, errorID].compactMap(\.self).joined(separator: " ")
    return [
      "id": id, "name": field.name, "label": field.label, "hint": field.hint,
      "error": field.error, "isRequired": field.isRequired, "isPersonal": field.isPersonal,
      "isHalf": field.isHalf, "hintID": hintID, "errorID": errorID,
      "described": described, "accessKey": key, "control": control(id),
    ]
  }

  private var key: String? { field.accessKey.map { "\($0)" } }

  /// The control under the name of its sort.
  private func control(_ id: String) -> [String: any Shown] {
    switch field.control {
    case .line(let line): ["line": line]
    case .area(let area): ["area": area]
    case .select(let select): ["select": select]
    case .photos(let photos): ["photos": photos]
    case .radios(let options):
      ["group": group("radio", options, id, mustChoose: field.isRequired)]
    // A browser would want every box ticked; the server asks for what the rule asks for.
    case .checks(let options): ["group": group("checkbox", options, id, mustChoose: false)]
    }
  }

  private func group(
    _ type: String, _ options: [Field.Option], _ id: String, mustChoose: Bool
  ) -> [String: any Shown] {
    ["type": type, "choices": choices(options, id), "mustChoose": mustChoose]
  }

  /// The first choice has the field's own id, so that the error summary leads to it.
  private func choices(_ options: [Field.Option], _ id: String) -> [ChoiceView] {
    options.enumerated().map { index, option in
      ChoiceView(
        option: option, id: index == 0 ? id : "\(id)-\(index + 1)", key: index == 0 ? key : nil)
    }
  }
}

private struct ChoiceView: Composed {
  let option: Field.Option
  let id: String
  let key: String?

  var parts: [String: any Shown] {
    [
      "choiceKey": key, "choiceID": id, "value": option.value, "text": option.label,
      "remark": option.hint, "remarkID": option.hint.map { _ in "\(id)-hint" },
      "isChosen": option.isChosen,
    ]
  }
}

extension Field.Line: Composed {
  var parts: [String: any Shown] {
    [
      "kind": kind.rawValue, "value": value, "autocomplete": autocomplete, "step": step,
      "maximumLength": maximumLength.map { "\($0)" },
    ]
  }
}

extension Field.Area: Composed {
  var parts: [String: any Shown] {
    ["value": value, "rows": "\(rows)", "maximumLength": maximumLength.map { "\($0)" }]
  }
}

extension Field.Select: Composed {
  var parts: [String: any Shown] {
    ["nothing": nothing, "sendsForm": sendsForm, "groups": groups, "words": words]
  }
}

extension Field.Group: Composed {
  var parts: [String: any Shown] { ["label": label, "options": options] }
}

extension Field.Option: Composed {
  var parts: [String: any Shown] {
    ["value": value, "label": label, "hint": hint, "isChosen": isChosen]
  }
}

extension Field.Photos: Composed {
  var parts: [String: any Shown] {
    [
      "largest": "\(largest)", "most": "\(most)",
      "accept": "image/jpeg,image/png,image/webp,image/heic"
        + (takesPapers ? ",application/pdf" : ""),
    ]
  }
}
