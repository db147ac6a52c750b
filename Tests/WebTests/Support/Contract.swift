import Base
import Foundation
import HTTPTypes
import Testing

@testable import Web

/// What `openapi.json` promises, held against what is answered.
struct Contract: Sendable {
  let document: JSONValue

  static func embedded() throws -> Contract { try read.get() }

  private static let read = Result { () throws -> Contract in
    let text = try #require(Embedded.files["Assets/api/openapi.json"])
    return Contract(document: try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)))
  }

  /// Every operation, as `GET /api/v1/cases/{id}`.
  var operations: Set<String> {
    Set(
      (document["paths"]?.object ?? [:]).flatMap { path, methods in
        methods.object.keys.filter { $0 != "parameters" }.map { "\($0.uppercased()) \(path)" }
      })
  }

  /// What an answer does that its operation does not say; an address that is not there says nothing.
  func complaints(
    _ method: HTTPRequest.Method, _ uri: String, _ answer: WebAnswer
  ) -> [String] {
    guard let operation = operation(method, uri) else { return [] }
    let what = "\(method.rawValue) \(uri.prefix(100)) → \(answer.status)"
    guard let response = operation["responses"]?[String(answer.status)].flatMap(resolved) else {
      return ["\(what): this status is not documented"]
    }
    let promised = response["headers"]?.object.keys.sorted() ?? []
    let absent = promised.filter { name in
      HTTPField.Name(name).flatMap { answer.headers[$0] } == nil
    }
    var all = absent.map { "\(what): header \($0) is missing" }
    let content = response["content"]?.object ?? [:]
    if content.isEmpty, answer.bytes.isEmpty { return all }
    let type = (answer.headers[.contentType] ?? "").split(separator: ";").first.map(String.init)
    guard let type, let media = content[type] else {
      return all + ["\(what): content type \(type ?? "none") is not documented"]
    }
    guard let schema = media["schema"] else { return all }
    guard let body = try? answer.json() else { return all + ["\(what): the body is not JSON"] }
    all += problems(body, schema, at: "body").map { "\(what): \($0)" }
    return all
  }

  private func operation(_ method: HTTPRequest.Method, _ uri: String) -> JSONValue? {
    let path = uri.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
    let fits = (document["paths"]?.object ?? [:]).filter { template, _ in
      let parts = template.split(separator: "/", omittingEmptySubsequences: false)
      return parts.count == path.count
        && zip(parts, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
    // Of `/areas/at` and `/areas/{id}` the one that says more is meant, as the router takes it.
    let nearest = fits.min { $0.key.count { $0 == "{" } < $1.key.count { $0 == "{" } }
    return nearest?.value[method.rawValue.lowercased()]
  }

  private func resolved(_ value: JSONValue) -> JSONValue? {
    guard let reference = value["$ref"]?.text else { return value }
    return reference.split(separator: "/").dropFirst().reduce(document as JSONValue?) {
      $0?[String($1)]
    }
  }

  // MARK: - Schemas

  /// A small part of JSON Schema: what our description uses.
  func problems(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    guard let schema = resolved(schema) else { return ["\(place): the schema is not there"] }
    if case .list(let choices)? = schema["oneOf"] {
      let fits = choices.filter { problems(value, $0, at: place).isEmpty }
      return fits.isEmpty ? ["\(place): fits none of the choices"] : []
    }
    let types = schema["type"].map { $0.text.map { [$0] } ?? $0.list.compactMap(\.text) } ?? []
    guard types.isEmpty || types.contains(where: value.isOf) else {
      return ["\(place): is not \(types.joined(separator: " or "))"]
    }
    var all: [String] = []
    if case .list(let allowed)? = schema["enum"], !allowed.contains(value) {
      all.append("\(place): \(value) is not in the list")
    }
    if let pattern = schema["pattern"]?.text, let text = value.text {
      let fits = (try? Regex(pattern).firstMatch(in: text)) ?? nil
      if fits == nil { all.append("\(place): does not fit \(pattern)") }
    }
    if schema["format"]?.text == "date-time", let text = value.text, Moment(text) == nil {
      all.append("\(place): \(text) is no time")
    }
    return all + children(value, schema, at: place)
  }

  private func children(
    _ value: JSONValue, _ schema: JSONValue, at place: String
  ) -> [String] {
    if case .list(let list) = value, let items = schema["items"] {
      return list.enumerated().flatMap { problems($1, items, at: "\(place)[\($0)]") }
    }
    guard case .object(let object) = value else { return [] }
    let properties = schema["properties"]?.object ?? [:]
    var all = (schema["required"]?.list ?? []).compactMap(\.text)
      .filter { object[$0] == nil }.map { "\(place).\($0): is missing" }
    for (key, inner) in object {
      if let known = properties[key] {
        all += problems(inner, known, at: "\(place).\(key)")
      } else if schema["additionalProperties"]?.flag == false {
        all.append("\(place).\(key): is not documented")
      } else if let others = schema["additionalProperties"], others.flag == nil {
        all += problems(inner, others, at: "\(place).\(key)")
      }
    }
    return all
  }
}
