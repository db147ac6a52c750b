import Base

/// An address of the site. Links and forms are made from these, never from text.
public struct SiteURL: Sendable, Equatable {
  public let path: String
  public let query: [Parameter]
  /// The place on the page.
  let fragment: String?

  /// One name and value of the query, not yet encoded.
  public struct Parameter: Sendable, Equatable {
    public let name: String
    public let value: String
  }

  private init(_ path: String, _ query: [Parameter] = [], fragment: String? = nil) {
    self.path = path
    self.query = query
    self.fragment = fragment
  }

  public static let home = SiteURL("/")
  public static let signIn = SiteURL("/sign-in")
  public static let signOut = SiteURL("/sign-out")
  public static let signOutEverywhere = SiteURL("/sign-out/everywhere")
  public static let desk = SiteURL("/desk")
  /// The dispatcher's desk.
  public static let dispatch = SiteURL("/dispatch")

  /// Where a case is taken back and sent to another unit.
  public static func sendElsewhere<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/dispatch/\(id)")
  }

  public static let queue = SiteURL("/cases")
  /// Where what is looked for is sent.
  public static let searchCases = SiteURL("/cases/search")
  /// Who gets a case, and why.
  public static let who = SiteURL("/who")
  /// Who is away, and who stands in.
  public static let absences = SiteURL("/absences")
  /// What somebody has by name.
  public static let personalWork = SiteURL("/absences/work")

  /// Where an absence is ended.
  public static func endAbsence(_ id: String) -> SiteURL { SiteURL("/absences/\(encoded(id))/end") }

  /// Where all that somebody has is handed over.
  public static func handOver<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/people/\(id)/hand-over")
  }

  /// Where boundaries are tried out and brought in.
  public static let importAreas = SiteURL("/areas/import")
  public static let ledger = SiteURL("/ledger")
  public static let exportLedger = SiteURL("/ledger/export")
  public static let verifyLedger = SiteURL("/ledger/verify")
  public static let ledgerProgress = SiteURL("/ledger/verify/progress")

  /// One entry of the ledger.
  public static func ledgerEntry(_ sequence: Int64) -> SiteURL {
    SiteURL("/ledger/entries/\(sequence)")
  }

  /// Where cases are chosen for one act, and where it is made.
  public static let batch = SiteURL("/batch")
  public static let makeBatch = SiteURL("/batch/do")
  /// What became of a batch.
  static func batchReport(_ submission: String) -> SiteURL { SiteURL("/batch/\(submission)") }
  public static let exportCases = SiteURL("/cases/export")
  public static let exportFigures = SiteURL("/figures/export")
  public static let exportProgress = SiteURL("/cases/export/progress")
  public static let fileCase = SiteURL("/cases/new")
  /// The characters by which an address names a version of the catalogue.
  static let versionLength = 16

  /// What kinds are found by, of one version of the catalogue.
  public static func kindWords(_ version: String) -> SiteURL {
    SiteURL(
      "/kinds/words", [Parameter(name: "version", value: String(version.prefix(versionLength)))])
  }

  /// The page of those who walk the grids, for their phones.
  public static let phone = SiteURL("/m")
  public static let figures = SiteURL("/figures")
  public static let live = SiteURL("/live")
  public static let language = SiteURL("/language")
  public static let theme = SiteURL("/theme")

  /// One case. `Subject` is the domain's case.
  public static func file<Subject>(_ id: ID<Subject>) -> SiteURL { SiteURL("/cases/\(id)") }

  /// Where the form of a move is sent.
  public static func move<Subject>(_ move: String, of id: ID<Subject>) -> SiteURL {
    SiteURL("/cases/\(id)/\(encoded(move))")
  }

  /// Who is to be called back.
  public static let callBacks = SiteURL("/call-backs")

  /// Calling one of them.
  public static func callBack<Subject>(_ id: ID<Subject>) -> SiteURL {
    callBacks.with([("case", id.description)])
  }

  /// Where the answer is sent.
  public static func makeCallBack<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/call-backs/\(id)")
  }

  /// Where something else about a call is sent.
  public static func callBack<Subject>(_ id: ID<Subject>, _ act: String) -> SiteURL {
    SiteURL("/call-backs/\(id)/\(encoded(act))")
  }

  /// The work order of a case as a document.
  public static func workOrder<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/cases/\(id)/print")
  }

  /// Where the form of a move stands on the page of its case.
  public static func move<Subject>(_ move: String, on id: ID<Subject>) -> SiteURL {
    SiteURL("/cases/\(id)", fragment: "move-\(encoded(move))")
  }

  /// The agreement of a mediation as a document.
  public static func agreement<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/cases/\(id)/agreement")
  }

  /// A photo or a document, served only through the thing it belongs to.
  public static func attachment<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/attachments/\(id)")
  }

  /// The cases of a figure, by its code: those that count, or all that it is out of.
  public static func figure(_ code: String, isPart: Bool) -> SiteURL {
    SiteURL("/figures/\(encoded(code))", [Parameter(name: "of", value: isPart ? "part" : "whole")])
  }

  /// The same cases as a file.
  public static func exportFigure(_ code: String, isPart: Bool) -> SiteURL {
    SiteURL(
      "/figures/\(encoded(code))/export",
      [Parameter(name: "of", value: isPart ? "part" : "whole")])
  }

  public static let rankings = SiteURL("/rankings")
  public static let exportRankings = SiteURL("/rankings/export")
  /// What one composite score is put together from.
  public static let score = SiteURL("/rankings/score")

  public static let projects = SiteURL("/projects")
  public static let newProject = SiteURL("/projects/new")
  public static let projectDeadlines = SiteURL("/projects/deadlines")
  public static let yearDates = SiteURL("/projects/dates")
  public static let readForms = SiteURL("/projects/read")
  public static let takeForms = SiteURL("/projects/take")
  public static let discardForms = SiteURL("/projects/read/discard")
  public static let checkRules = SiteURL("/projects/rules")
  public static let switchRuleOff = SiteURL("/projects/rules/off")
  public static let switchRuleOn = SiteURL("/projects/rules/on")
  public static let checkLimits = SiteURL("/projects/rules/limits")

  /// One project. `Subject` is the domain's project.
  public static func project<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)")
  }

  /// The editor of its form.
  public static func editProject<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/edit")
  }

  /// Where the editor asks what follows from what is typed.
  public static func checkProject<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/check")
  }

  /// Its versions side by side.
  public static func compareProject<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/compare")
  }

  /// Where the form of a move on a project is sent.
  public static func moveProject<Subject>(_ move: String, of id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/\(encoded(move))")
  }

  /// A sheet of its year, by its kind.
  public static func sheet<Subject>(_ kind: String, of id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/sheets/\(encoded(kind))")
  }

  /// Where the form of a move on a sheet is sent.
  public static func moveSheet<Subject>(
    _ move: String, _ kind: String, of id: ID<Subject>
  ) -> SiteURL {
    SiteURL("/projects/\(id)/sheets/\(encoded(kind))/\(encoded(move))")
  }

  /// Its budget book.
  public static func budget<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/budget")
  }

  /// Where the book's figures are put into its form.
  public static func adoptBudget<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/budget/adopt")
  }

  /// Where scores from outside are brought in.
  public static func outsideScore<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/scores")
  }

  /// Where something is marked as put right.
  public static func rectification<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/rectifications/\(id)")
  }

  /// A body's projects over its years.
  public static func projectYears<Subject>(_ organisation: ID<Subject>) -> SiteURL {
    SiteURL("/projects/years/\(organisation)")
  }

  /// A file of evidence, served only through its project.
  public static func projectFile<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/project-files/\(id)")
  }

  /// A published form, for everybody.
  public static func published<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/published/\(id)")
  }

  /// A list of forms as a document.
  public static let printProjects = SiteURL("/projects/print")
  /// One project's form as a document.
  public static func printProject<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/projects/\(id)/print")
  }
  /// A published form as a document.
  public static func printPublished<Subject>(_ id: ID<Subject>) -> SiteURL {
    SiteURL("/published/\(id)/print")
  }

  /// The address with these parameters added; those without a value are left out.
  public func with(_ parameters: [(String, String?)]) -> SiteURL {
    let added = parameters.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : Parameter(name: name, value: $0) }
    }
    return SiteURL(path, query + added, fragment: fragment)
  }

  /// An address that came in from outside, e.g. where to go after signing in: only a path of this
  /// site is taken, so that nobody is led elsewhere.
  public init?(returning text: String) {
    let bytes = Array(text.utf8)
    // "//host" and "/\host" are addresses of other sites to a browser.
    guard bytes.first == UInt8(ascii: "/"), bytes.count <= 2000,
      bytes.count < 2 || (bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\")),
      bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    self.init(text)
  }
}

extension SiteURL: CustomStringConvertible {
  public var description: String {
    let place = fragment.map { "#\($0)" } ?? ""
    guard !query.isEmpty else { return path + place }
    let pairs = query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
    return "\(path)?\(pairs.joined(separator: "&"))\(place)"
  }

  /// Percent-encoding of all but RFC 3986's unreserved characters.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80,
        scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
          || "-._~".unicodeScalars.contains(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
