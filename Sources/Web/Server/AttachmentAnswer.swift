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
    return try file(row.digest, named: row.name, as: row.mediaType)
  }

  /// A kept file, whose reader's permission has been seen to.
  func file(_ digest: String, named name: String, as mediaType: String) throws -> Response {
    guard let reader = centre.blobs.reader(digest) else { throw Fault.missing("attachment") }
    var headers = HTTPFields()
    headers[.contentType] = mediaType
    headers[.cacheControl] = "private, max-age=86400, immutable"
    headers[.contentDisposition] = "inline; filename*=UTF-8''\(SiteURL.encoded(name))"
    let body = ResponseBody(contentLength: reader.size) { writer in
      while let piece = try reader.next() { try await writer.write(ByteBuffer(bytes: piece)) }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: headers, body: body)
  }
}
