import Base
import Hummingbird

/// Pages whose question stands in their address.
extension Site {
  /// The page, or, where something of what is asked cannot be, the same page without an answer: the filters
  /// as they were, with what is wrong beside them.
  ///
  /// - Parameter make: makes the page; given what is wrong, it looks nothing up by the filters.
  func filtered(
    _ request: Request, _ context: SiteContext, _ make: (Fault?) async throws -> some Page
  ) async throws -> Response {
    do {
      return try await page(try await make(nil), request, context)
    } catch let fault as Fault where fault.kind == .invalid && !fault.fields.isEmpty {
      return try await page(try await make(fault), request, context, status: fault.status)
    }
  }
}

extension [Field] {
  /// The fields with what is wrong beside them.
  func marked(_ fault: Fault?) -> [Field] {
    guard let fault else { return self }
    let wrong = Dictionary(
      fault.fields.map { ($0.name, Phrase($0)) }, uniquingKeysWith: { first, _ in first })
    return map { field in
      var field = field
      field.error = wrong[field.name] ?? field.error
      return field
    }
  }
}

extension ErrorSummary {
  /// What is wrong with the filters of a page.
  init(_ fault: Fault, with fields: [Field], of formID: String) {
    self.init(fault, in: Form(formID, to: .home, fields, submit: .plain("")))
  }
}
