import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// How a site is set up.
public struct SiteSettings: Sendable {
  /// Every page says that its cases are made up, and the door lists everybody's way in.
  public var demonstration: [DemonstrationSignIn]?
  /// Whether cookies are sent over TLS only.
  public var secureCookies = false
  /// The number of this process among those on one database.
  public var node = 0
  /// What one person may ask in a minute, by all sessions and tokens together; a fifth of it at
  /// once. 0 for no limit.
  public var requestsPerMinute = 6000
  /// Whether other nodes may serve the same centre, so that limits are settled with them.
  public var hasNeighbours = false
  /// How long this node keeps the right to sweep without using it, in seconds.
  public var sweepLease = Centre.sweepLease
  /// Pages that may be open and listen; each keeps a connection.
  public var openPages = Hub.most
  /// Requests that are answered at once; the next is told to come again.
  public var requestsAtOnce = 512
  /// Networks whose word is taken for whom they pass requests on.
  public var trustedProxies: [AddressRange] = []
  /// How long what `/health/ready` tries out may take.
  var healthPatience = Duration.seconds(3)
  /// What else is to be measured, beside what the site measures itself.
  public var figures: [@Sendable () async -> [Figure]] = []

  public init() {}
}

/// A way into the demonstration, shown at its door.
public struct DemonstrationSignIn: Sendable {
  public let name: String
  public let password: String
  public let role: Role
  public let organisation: String

  public init(name: String, password: String, role: Role, organisation: String) {
    self.name = name
    self.password = password
    self.role = role
    self.organisation = organisation
  }
}

/// Everything that answers over HTTP: pages and JSON over one centre.
public struct Site: Sendable {
  static let sessionCookie = "chengyun_session"

  let centre: Centre
  let settings: SiteSettings
  let renderer: Renderer
  let doorLimit: RateLimit
  let publicLimit: RateLimit
  /// For those who are signed in; nil where there is none.
  let personLimit: RateLimit?
  let proofGate = Gate("ledger.proof-runs")
  let importGate = Gate("import.runs")
  /// Reading documents and printing forms each take a processor, and memory, while they last.
  let readGate = Gate("reading.runs", most: 2)
  let printGate = Gate("print.runs", most: 2)
  let exportGate = Gate("export.runs", most: 2)
  let exports = ExportWatch()
  let batches = BatchShelf()
  let proofs = ProofWatch()
  let follower: LedgerFollower
  let hub: Hub
  let requests = RequestMeter()
  let sweeps = SweepMeter()
  let admission: Admission
  let readiness: Readiness
  let startedAt: Moment

  /// - Throws: when a template, a text or an asset of the executable is wrong.
  public init(centre: Centre, settings: SiteSettings) throws {
    self.centre = centre
    self.settings = settings
    renderer = try Renderer()
    follower = LedgerFollower(centre.database)
    hub = Hub(centre: centre, limits: Hub.Limits(all: settings.openPages))
    admission = Admission(.init(requests: settings.requestsAtOnce))
    readiness = Readiness(centre: centre, patience: settings.healthPatience)
    startedAt = centre.now()
    doorLimit = RateLimit("door", burst: 20, perMinute: 30, now: centre.now)
    publicLimit = RateLimit("public", burst: 600, perMinute: 3000, now: centre.now)
    personLimit =
      settings.requestsPerMinute > 0
      ? RateLimit(
        "person", burst: max(1, settings.requestsPerMinute / 5),
        perMinute: settings.requestsPerMinute,
        now: centre.now) : nil
  }

  /// The routes; open ones first, everything else behind the guard.
  public func router() -> some HTTPResponder {
    routes().buildResponder()
  }

  func routes() -> Router<SiteContext> {
    let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
    router.add(
      middleware: Observing(
        requests: requests, proxies: TrustedProxies(settings.trustedProxies)))
    router.add(middleware: Answering(site: self))
    // Whether the server is well may always be asked.
    addHealth(to: router)
    router.add(middleware: Admitting(admission: admission))
    addOpenRoutes(to: router)
    let recognised = router.group().add(
      middleware: Recognising(
        identity: centre.identity, limit: publicLimit, personLimit: personLimit))
    addDoor(to: recognised)
    addPublished(to: recognised)
    addOpen311(to: recognised)
    let guarded = recognised.group().add(middleware: Guarding())
    addPages(to: guarded)
    addLive(to: guarded)
    addAPI(to: guarded)
    return router
  }

  private func addOpenRoutes(to router: Router<SiteContext>) {
    router.get("/assets/{file}") { _, context in
      let file = try context.parameters.require("file")
      guard let (asset, cacheControl) = renderer.assets.find(file) else {
        throw Fault(.missing, "page.missing")
      }
      var headers = HTTPFields()
      headers[.contentType] = asset.mediaType
      headers[.cacheControl] = cacheControl
      return Response(
        status: .ok, headers: headers, body: .init(byteBuffer: .init(string: asset.body)))
    }
    router.get("/openapi.json") { _, _ in try OpenAPI.answer() }
    addPhoneShell(to: router)
  }

  // MARK: - Answers

  /// A page within its frame.
  func page(
    _ page: some Page, _ request: Request, _ context: SiteContext,
    status: HTTPResponse.Status = .ok, notices: [Notice] = []
  ) async throws -> Response {
    var frame = try await frame(request, context, live: page.live)
    frame.notices = notices + frame.notices
    let done = request.isReading ? request.cookie(Answer.doneCookie) : nil
    if let notice = done.flatMap({ Notice(done: $0) }) { frame.notices.insert(notice, at: 0) }
    var response = Answer.html(renderer.html(page, in: frame), status: status)
    if done != nil {
      response.setCookie(Cookie(name: Answer.doneCookie, value: "", maxAge: 0, path: "/"))
    }
    return response
  }

  /// A fault as a page or as a problem document, in the reader's language.
  func answer(
    to fault: Fault, request: Request, context: SiteContext
  ) async throws -> Response {
    let fault = fault.toldOutside
    if request.uri.path.hasPrefix("/open311/") { return try open311(fault, request, context) }
    if request.isByProgram {
      var response = try Answer.json(
        Problem(fault, in: renderer.wording(context.language), request: context.reference),
        status: fault.status,
        type: "application/problem+json; charset=utf-8")
      if fault.kind == .unauthenticated, !request.uri.path.hasPrefix("/m/") {
        response.headers[.wwwAuthenticate] = "Bearer"
      }
      response.say(wait: fault, now: centre.now())
      return response
    }
    if fault.code == "sign-in.needed", request.isReading {
      return Answer.redirect(.signIn.with([("next", request.address)]))
    }
    let reference = fault.kind == .broken ? context.reference : nil
    let page = FaultPage(
      status: fault.status.code, fault: fault, reference: reference, back: nil,
      next: fault.kind == .unauthenticated ? request.cameFrom : nil)
    var response = try await self.page(page, request, context, status: fault.status)
    response.say(wait: fault, now: centre.now())
    return response
  }

  private func frame(
    _ request: Request, _ context: SiteContext, live: LiveTopic?
  ) async throws -> Frame {
    var frame = Frame(now: centre.now())
    frame.language = context.language
    frame.theme = context.theme
    frame.isDemonstration = settings.demonstration != nil
    if request.isReading {
      frame.here = SiteURL(returning: request.address) ?? .home
      frame.live = live?.url
    }
    guard let signedIn = context.signedIn else { return frame }
    let parties = try await centre.parties.value(from: centre.database)
    frame.csrf = signedIn.csrf
    frame.sections = Section.allCases.filter { $0.isOpen(to: signedIn.doer) }
    frame.person = Reader(
      name: signedIn.person.name,
      roles: Role.allCases.filter { role in signedIn.doer.grants.contains { $0.role == role } }
        .map(\.rawValue),
      organisation: signedIn.person.organisation.flatMap { parties[$0]?.name } ?? "",
      id: signedIn.person.id.description)
    return frame
  }
}

extension Section {
  /// Whether a person has anything to do there.
  func isOpen(to doer: Doer) -> Bool {
    switch self {
    case .desk: true
    case .dispatch: doer.holds(.caseDispatch)
    case .phone: doer.holds(.caseOnTheSpot)
    case .cases: doer.holds(.caseRead)
    case .new: doer.holds(.caseReport)
    case .figures: doer.holds(.figuresRead)
    case .projects: doer.holds(.projectRead)
    // Others find them on the page of projects.
    case .rules: doer.holds(.catalogueManage) && !doer.holds(.projectRead)
    // Others find their own in the menu under their name.
    case .absences: doer.holds(.personManage)
    case .areas: doer.holds(.areaManage)
    case .ledger: doer.may(.ledgerRead, organisationPath: "", areaPath: "")
    }
  }
}
