import Hummingbird

/// The JSON API, behind the guard.
extension Site {
  func addAPI(to group: RouterGroup<SiteContext>) {
    CaseAPI(site: self).add(to: group)
    FigureAPI(site: self).add(to: group)
    RatingAPI(site: self).add(to: group)
    EarlierAPI(site: self).add(to: group)
    BatchAPI(site: self).add(to: group)
    DispatchAPI(site: self).add(to: group)
    PersonAPI(site: self).add(to: group)
    AbsenceAPI(site: self).add(to: group)
    AreaAPI(site: self).add(to: group)
    OrganisationAPI(site: self).add(to: group)
    DutyGridAPI(site: self).add(to: group)
    PostAPI(site: self).add(to: group)
    ResponsibilityAPI(site: self).add(to: group)
    CatalogueAPI(site: self).add(to: group)
    CheckAPI(site: self).add(to: group)
    LedgerAPI(site: self).add(to: group)
    OnTheSpotAPI(site: self).add(to: group)
    ImportAPI(site: self).add(to: group)
    ProjectAPI(site: self).add(to: group)
  }
}
