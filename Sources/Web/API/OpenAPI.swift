import Base
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The description of the API, written beside it as a file and served as JSON.
enum OpenAPI {
  static func answer() throws -> Response {
    guard let text = Embedded.files["Assets/api/openapi.json"] else {
      throw Fault(.missing, "page.missing")
    }
    var headers = HTTPFields()
    headers[.contentType] = "application/json; charset=utf-8"
    headers[.cacheControl] = "no-cache"
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
