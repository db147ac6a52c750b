import Base
import City
import Hummingbird

/// What the kinds are found by, for the script that searches a list of them as somebody types.
extension Site {
  func addKindWords(to group: RouterGroup<SiteContext>) {
    group.get("/kinds/words") { request, context in
      _ = try context.requireSignedIn()
      let (version, index) = (centre.kinds.catalogue.version, centre.kinds.index)
      var response = try Answer.json(index.words)
      // An address that names the catalogue in force has the same answer for good.
      if let asked = Query(request)["version"], asked.count == SiteURL.versionLength,
        version.hasPrefix(asked)
      {
        response.headers[.cacheControl] = "private, max-age=31536000, immutable"
      }
      return response
    }
  }
}
