import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Site {
  /// A file of a case, for those who may read the case. Shown as what it was found to be when it
  /// came in, and never run.
  func attachment(_ id: ID<CaseAttachment>, by doer: Doer) async throws -> Response {
    let row = try await centre.cases.attachment(id, by: doer)
    guard let bytes = try centre.blobs.read(row.digest) else {
      throw Fault.missing("attachment")
    }
    var headers = HTTPFields()
    headers[.contentType] = row.mediaType
    headers[.cacheControl] = "private, max-age=86400, immutable"
    let name = SiteURL.encoded(row.name)
    headers[.contentDisposition] = "inline; filename*=UTF-8''\(name)"
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
