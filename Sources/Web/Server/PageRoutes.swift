import Base
import City
import Hummingbird

/// The pages behind the door.
extension Site {
  func addPages(to group: RouterGroup<SiteContext>) {
    addDesk(to: group)
    addDispatch(to: group)
    addFiling(to: group)
    addPhone(to: group)
    addKindWords(to: group)
    addQueue(to: group)
    addExport(to: group)
    addBatch(to: group)
    addWho(to: group)
    addAbsences(to: group)
    addMediation(to: group)
    addLedger(to: group)
    addAreaImport(to: group)
    addBeside(to: group)
    addCallBacks(to: group)
    addCase(to: group)
    addFigures(to: group)
    addRankings(to: group)
    addProjects(to: group)
    group.get("/attachments/{id}") { _, context in
      try await attachment(
        try CaseAPI.id(context, as: CaseAttachment.self), by: try context.requireDoer())
    }
  }
}
