import Base
import City

/// What somebody sends to `POST requests`.
enum Open311Report {
  /// The longest title that is made of a description, in characters.
  private static let longestTitle = 60

  /// - Throws: `input.invalid` that names each parameter that is wrong.
  static func report(_ form: FormData, of kind: CaseKind) throws -> CaseReport {
    var faults: [Fault.Field] = []
    func degrees(_ name: String) -> Double? {
      guard let text = form.text(name) else { return nil }
      if let number = Double(text), number.isFinite { return number }
      faults.append(.init(name, "value.number", ["value": String(text.prefix(32))]))
      return nil
    }
    let description = form.text("description") ?? ""
    var report = CaseReport(
      kind: kind.code, channel: .resident, title: title(description, of: kind))
    report.latitude = degrees("lat")
    report.longitude = degrees("long")
    report.place = form.text("address_string") ?? ""
    if report.latitude == nil, report.longitude == nil, report.place.isEmpty, faults.isEmpty {
      faults.append(.init("lat", "open311.nowhere"))
    }
    let media = form.text("media_url").map { "\n\($0.prefix(1_000))" } ?? ""
    report.description = description + media
    report.fields = attributes(form)
    report.reporter = reporter(form)
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return report
  }

  /// What the standard calls the fields in which our own faults lie.
  static func named(_ fault: Fault) -> Fault {
    let names = [
      "latitude": "lat", "longitude": "long", "place": "address_string", "kind": "service_code",
      "title": "description", "reporter.phone": "phone", "reporter.name": "first_name",
      "reporter.address": "email",
    ]
    let fields = fault.fields.map { field in
      let attribute = field.name.hasPrefix("fields.") ? field.name.dropFirst(7) : nil
      return Fault.Field(
        attribute.map { "attribute[\($0)]" } ?? names[field.name] ?? field.name, field.code,
        field.arguments)
    }
    return Fault(fault.kind, fault.code, fault.arguments, fields: fields)
  }

  private static func title(_ description: String, of kind: CaseKind) -> String {
    let first = description.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return first.isEmpty ? kind.name : String(first.prefix(longestTitle))
  }

  /// `attribute[code]=value`, and `attribute[code][]=value` for each of several.
  private static func attributes(_ form: FormData) -> [String: FieldInput] {
    var fields: [String: FieldInput] = [:]
    for (name, values) in form.values where name.hasPrefix("attribute[") {
      let code = name.dropFirst("attribute[".count).prefix { $0 != "]" }
      let given = values.filter { !$0.isEmpty }
      guard !code.isEmpty, !given.isEmpty else { continue }
      fields[String(code)] = given.count == 1 ? .text(given[0]) : .texts(given)
    }
    return fields
  }

  /// A family name comes first where it is written in Han characters.
  private static func reporter(_ form: FormData) -> Reporter {
    let (first, last) = (form.text("first_name") ?? "", form.text("last_name") ?? "")
    let isHan = last.unicodeScalars.contains { $0.properties.isIdeographic }
    let name = isHan ? last + first : [first, last].filter { !$0.isEmpty }.joined(separator: " ")
    return Reporter(
      name: name.isEmpty ? nil : name, phone: form.text("phone"), address: form.text("email"))
  }
}
