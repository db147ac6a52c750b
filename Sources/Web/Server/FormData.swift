import Base
import City
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a browser's form sent: values by name, and files that are kept already.
struct FormData {
  /// In the order in which they came.
  private(set) var values: [String: [String]] = [:]
  private(set) var files: [File] = []
  /// Files that were not kept, under the names of their controls.
  private(set) var refused: [Fault.Field] = []

  struct File {
    let field: String
    let name: String
    let blob: Blob
  }

  /// Bytes of a form without files.
  static let longestPlain = 1_048_576
  /// Pairs of a form without files: the editor of a form with 300 indicators sends twelve for each.
  static let mostPairs = 5000

  /// The first value without surrounding blanks; nil when there is nothing in it.
  func text(_ name: String) -> String? {
    values[name]?.first.flatMap { value in
      let text = value.trimmingCharacters(in: .whitespacesAndNewlines)
      return text.isEmpty ? nil : text
    }
  }

  func list(_ name: String) -> [String] { (values[name] ?? []).filter { !$0.isEmpty } }

  /// The values under `prefix.`, by the rest of their names.
  func group(_ prefix: String) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for (name, list) in values where name.hasPrefix(prefix + ".") {
      found[String(name.dropFirst(prefix.count + 1))] = list.filter { !$0.isEmpty }
    }
    return found
  }

  /// Of everything that was sent, values and files, but for the proof that it is ours: what makes a
  /// second sending the same.
  var digest: [UInt8] {
    var hash = SHA256()
    func add(_ text: String) { hash.update(data: Data("\(text.utf8.count):\(text)".utf8)) }
    for (name, list) in values.sorted(by: { $0.key < $1.key }) where name != "csrf" {
      add(name)
      list.forEach(add)
    }
    for file in files { add("\(file.field) \(file.name) \(file.blob.digest)") }
    return Array(hash.finalize())
  }

  /// Asked for where the form can be shown again, so that nothing typed is lost with a wrong file.
  ///
  /// - Throws: `input.invalid` that names the controls of files that were not kept.
  func requireFiles() throws {
    guard refused.isEmpty else { throw Fault(.invalid, "input.invalid", fields: refused) }
  }

  /// Reads a form, and refuses one that does not come from a page of ours.
  ///
  /// - Throws: `csrf.missing`, `body.large`, faults of files and of the multipart form.
  static func read(_ request: Request, context: SiteContext, blobs: BlobStore) async throws
    -> FormData
  {
    let form = try await readUnproven(
      request, blobs: blobs, isProven: context.signedIn != nil)
    guard let signedIn = context.signedIn else {
      throw Fault(.unauthenticated, "sign-in.needed")
    }
    guard let given = form.text("csrf"), signedIn.accepts(csrf: given) else {
      throw Fault(.forbidden, "csrf.missing")
    }
    return form
  }

  /// Reads a form that a program sent to the API, where the proof stands in a header.
  ///
  /// - Throws: `multipart.boundary-missing` for any other type; faults of the multipart form.
  static func readParts(_ request: Request, blobs: BlobStore) async throws -> FormData {
    try await FormData(multipart: request, blobs: blobs)
  }

  /// Reads a form whose sender proves themselves by a key; files only where they have done so already.
  ///
  /// - Throws: as ``read(_:context:blobs:)``.
  static func readKeyed(
    _ request: Request, blobs: BlobStore, mayKeepFiles: Bool
  ) async throws -> FormData {
    try await readUnproven(request, blobs: blobs, isProven: mayKeepFiles)
  }

  /// Reads a form of the door, where nobody is signed in yet.
  static func readAtDoor(_ request: Request) async throws -> FormData {
    let body = try await request.collected(upTo: 16_384)
    return try FormData(encoded: body)
  }

  private static func readUnproven(
    _ request: Request, blobs: BlobStore, isProven: Bool
  ) async throws -> FormData {
    let type = request.headers[.contentType] ?? ""
    guard type.lowercased().hasPrefix("multipart/form-data") else {
      let body = try await request.collected(upTo: longestPlain)
      return try FormData(encoded: body)
    }
    // Nobody without a session may make us keep files.
    guard isProven else { throw Fault(.unauthenticated, "sign-in.needed") }
    return try await FormData(multipart: request, blobs: blobs)
  }

  /// `application/x-www-form-urlencoded`; at most `mostPairs`.
  ///
  /// - Throws: `request.malformed` for more, and for what is no UTF-8.
  private init(encoded body: ByteBuffer) throws {
    let text = try Self.text(body.readableBytesView)
    let pairs = text.split(separator: "&", maxSplits: Self.mostPairs)
    guard pairs.count <= Self.mostPairs else { throw Fault(.invalid, "request.malformed") }
    for pair in pairs {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(halves[0])
      values[name, default: []].append(halves.count > 1 ? try Self.decoded(halves[1]) : "")
    }
  }

  private static func decoded(_ text: Substring) throws -> String {
    guard let decoded = String(text.replacing("+", with: " ")).removingPercentEncoding else {
      throw Fault(.invalid, "request.malformed")
    }
    return decoded
  }

  private static func text(_ bytes: some Collection<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(.invalid, "request.malformed")
    }
    return text
  }

  private init(multipart request: Request, blobs: BlobStore) async throws {
    try await MultipartBody.read(request) { try add($0.part, $0.bytes, blobs) }
  }

  private mutating func add(_ part: MultipartPart, _ bytes: [UInt8], _ blobs: BlobStore) throws {
    guard let fileName = part.fileName else {
      values[part.name, default: []].append(try Self.text(bytes))
      return
    }
    // An empty file control sends a part without a name.
    if fileName.isEmpty && bytes.isEmpty { return }
    do {
      files.append(File(field: part.name, name: fileName, blob: try blobs.keep(bytes)))
    } catch let fault as Fault where fault.kind == .invalid {
      refused.append(Fault.Field(part.name, fault.code, ["name": fileName]))
    }
  }
}
