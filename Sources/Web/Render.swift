import Base

/// A page: a value that says everything its template shows, in no language yet.
protocol Page: Sendable, Composed {
  /// The template's path below `Pages`, without `.html`.
  static var template: String { get }
  /// What the browser's tab says.
  var title: Phrase { get }
  /// The part of the house it belongs to, marked in the navigation.
  var section: Section? { get }
  /// Scripts beyond the common one.
  var extras: [Extra] { get }
  /// What it shows that others may change while it stands open.
  var live: LiveTopic? { get }
}

extension Page {
  var section: Section? { nil }
  var extras: [Extra] { [] }
  var live: LiveTopic? { nil }
}

/// A third-party script that only some pages need. Each may be absent; its page works without.
enum Extra: String, Sendable {
  case map
  case chart
}

/// Turns pages into HTML; built once, when the server starts.
public struct Renderer: Sendable {
  public let assets: AssetShelf
  private let wordings: [Language: Wording]
  private let pages: [Language: [String: [Template.Token]]]

  /// - Throws: what a template, a locale file or an asset lacks; the executable is then wrong.
  public init() throws {
    let assets = AssetShelf(Embedded.files)
    let wordings = try Language.allCases.map { try Wording.embedded($0) }
    self.assets = assets
    self.wordings = Dictionary(uniqueKeysWithValues: wordings.map { ($0.language, $0) })
    pages = try Dictionary(
      uniqueKeysWithValues: wordings.map {
        ($0.language, try Templates(wording: $0, assets: assets).pages(Embedded.files))
      })
  }

  /// The texts of a language; none, should it have no file.
  public func wording(_ language: Language) -> Wording {
    wordings[language] ?? Wording(language, texts: [:])
  }

  /// The whole document.
  func html(_ page: some Page, in frame: Frame) -> String {
    var writer = TemplateWriter(showing(page, in: frame))
    writer.write(pages[frame.language]?[type(of: page).template] ?? [])
    return writer.html
  }

  /// The page's values with the frame and its title beside them.
  func showing(_ page: some Page, in frame: Frame) -> Showing {
    let wording = wording(frame.language)
    guard case .node(var children) = page.shown(in: wording) else { return .absent }
    let view = FrameView(
      frame: frame, section: page.section,
      map: addresses(page, .map, ["script": "leaflet.js", "style": "leaflet.css"]),
      chart: addresses(page, .chart, ["script": "echarts.min.js"]))
    children["frame"] = view.shown(in: wording)
    children["title"] = page.title.shown(in: wording)
    children["template"] = .text(type(of: page).template)
    return .node(children)
  }

  /// Nil when the page does not need it, or when it was not fetched before building.
  private func addresses(
    _ page: some Page, _ extra: Extra, _ names: [String: String]
  ) -> [String: any Shown]? {
    let found = names.compactMapValues(assets.url)
    return page.extras.contains(extra) && found.count == names.count ? found : nil
  }
}
