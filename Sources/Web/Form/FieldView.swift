import Base

/// A field within its form, as the template `field` reads it.
///
/// Every id begins with the form's, since several forms of one page may ask for a `reason`.
struct FieldView: Shown {
  let field: Field
  let formID: String

  static func id(_ formID: String, _ name: String) -> String {
    "\(formID)-\(name.replacing(".", with: "-"))"
  }

  func shown(in wording: Wording) -> Any {
    let id = Self.id(formID, field.name)
    let hintID = field.hint == nil ? nil : "\(id)-hint"
    let errorID = field.error == nil ? nil : "\(id)-error"
    let described = [hintID, errorID].compactMap(\.self).joined(separator: " ")
    return [
      "id": id, "name": field.name, "label": field.label, "hint": field.hint as Any,
      "error": field.error as Any, "isRequired": field.isRequired, "isPersonal": field.isPersonal,
      "isOptional": !field.isRequired, "hintID": hintID as Any, "errorID": errorID as Any,
      "described": described.isEmpty ? Absent() as Any : described, "control": control(id),
    ] as [String: Any]
  }

  private func control(_ id: String) -> Any {
    switch field.control {
    case .radios(let options): group("radio", options, id, mustChoose: field.isRequired)
    // A browser would want every box ticked; the server asks for what the rule asks for.
    case .checks(let options): group("checkbox", options, id, mustChoose: false)
    default: field.control
    }
  }

  private func group(
    _ type: String, _ options: [Field.Option], _ id: String, mustChoose: Bool
  ) -> Node {
    let group: [String: Any] = [
      "type": type, "choices": choices(options, id), "mustChoose": mustChoose,
    ]
    return Node(children: ["group": group], isChoice: true)
  }

  /// The first choice has the field's own id, so that the error summary leads to it.
  private func choices(_ options: [Field.Option], _ id: String) -> [Any] {
    options.enumerated().map { index, option in
      ChoiceView(option: option, id: index == 0 ? id : "\(id)-\(index + 1)")
    }
  }
}

private struct ChoiceView: Shown {
  let option: Field.Option
  let id: String

  func shown(in wording: Wording) -> Any {
    [
      "choiceID": id, "value": option.value, "text": option.label,
      "remark": option.hint as Any, "remarkID": option.hint == nil ? Absent() as Any : "\(id)-hint",
      "isChosen": option.isChosen,
    ] as [String: Any]
  }
}
