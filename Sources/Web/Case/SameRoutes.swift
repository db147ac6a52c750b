import Base
import City
import Hummingbird

/// What may have been reported already, told to whoever takes a report down while they type.
extension Site {
  func addSame(to group: RouterGroup<SiteContext>) {
    group.post("/cases/new/same") { request, context in
      let doer = try context.requireSignedIn().doer
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      let found: [CaseDuplicate]
      do {
        found = try await centre.cases.duplicates(of: try Self.report(form), by: doer)
      } catch let fault as Fault where fault.kind == .invalid {
        // Half of a coordinate is typed at this moment; what is wrong is said when it is sent.
        found = []
      }
      let wording = renderer.wording(context.language)
      let around = try await surroundings()
      return try Answer.json(
        SameList(same: found.map { SameOut($0, around.card($0.line), in: wording) }))
    }
  }
}

struct SameList: Encodable {
  let same: [SameOut]
}

/// A case that may be the same, in the reader's words.
struct SameOut: Encodable {
  let url: String
  let number: String
  let title: String
  let state: String
  let reportedAt: String
  let why: [String]

  init(_ duplicate: CaseDuplicate, _ card: CaseCard, in wording: Wording) {
    url = card.url.description
    number = card.number
    title = card.title
    state = wording.text(.key("case.state.\(card.state.rawValue)"))
    reportedAt = wording.text(.moment(card.reportedAt))
    why = duplicate.why.map { wording.text($0) }
  }
}
