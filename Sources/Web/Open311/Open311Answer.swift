import Base
import City
import HTTPTypes
import Hummingbird

/// XML or JSON, as the path ends.
enum Open311Format: String {
  case xml, json

  /// Splits `services.xml` into its name and its format; what is no such path is not there.
  ///
  /// - Throws: `page.missing`.
  static func split(_ file: String) throws -> (name: String, format: Open311Format) {
    guard let dot = file.lastIndex(of: "."),
      let format = Open311Format(rawValue: String(file[file.index(after: dot)...]))
    else { throw Fault(.missing, "page.missing") }
    return (String(file[..<dot]), format)
  }
}

extension Answer {
  /// An answer that any page of the world may read, since it holds nothing that is not for everybody or for
  /// the key that came with the question.
  static func open311(
    _ value: Open311Value, root: String, as format: Open311Format,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    var response: Response
    switch format {
    case .json: response = try Answer.json(value, status: status)
    case .xml:
      var headers = HTTPFields()
      headers[.contentType] = "text/xml; charset=utf-8"
      headers[.cacheControl] = "no-store"
      response = Response(
        status: status, headers: headers,
        body: .init(byteBuffer: .init(string: value.xml(root: root))))
    }
    response.headers[.accessControlAllowOrigin] = "*"
    return response
  }
}

extension Fault {
  /// As GeoReport v2 has it: 400 for what is wrong in a request, 403 for a key that is missing or none.
  var open311Status: HTTPResponse.Status {
    switch kind {
    case .invalid, .conflict: .badRequest
    case .unauthenticated, .forbidden: .forbidden
    default: status
    }
  }
}

extension Site {
  /// A fault as an error of Open311, in the format that the path asks for.
  func open311(
    _ fault: Fault, _ request: Request, _ context: SiteContext
  ) throws -> Response {
    let wording = renderer.wording(context.language)
    let status = fault.open311Status
    let lines =
      fault.fields.isEmpty
      ? [wording.text(Phrase(fault))]
      : fault.fields.map { "\($0.name): \(wording.text(Phrase($0)))" }
    let errors = lines.map {
      Open311Value.object(["code": .whole(status.code), "description": .text($0)])
    }
    let format: Open311Format = request.uri.path.hasSuffix(".json") ? .json : .xml
    var response = try Answer.open311(
      .list(item: "error", errors), root: "errors", as: format, status: status)
    response.say(wait: fault, now: centre.now())
    return response
  }
}
