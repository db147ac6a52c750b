import Base
import Mustache

/// A page: a value that says everything its template shows, in no language yet.
protocol Page: Sendable {
  /// The template's path below `Pages`, without `.html`.
  static var template: String { get }
  /// What the browser's tab says.
  var title: Phrase { get }
  /// The part of the house it belongs to, marked in the navigation.
  var section: Section? { get }
  /// Scripts beyond the common one.
  var extras: [Extra] { get }
}

extension Page {
  var section: Section? { nil }
  var extras: [Extra] { [] }
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
  private let libraries: [Language: MustacheLibrary]

  /// - Throws: what a template, a locale file or an asset lacks; the executable is then wrong.
  public init() throws {
    let assets = AssetShelf(Embedded.files)
    let wordings = try Language.allCases.map { try Wording.embedded($0) }
    self.assets = assets
    self.wordings = Dictionary(uniqueKeysWithValues: wordings.map { ($0.language, $0) })
    libraries = try Dictionary(
      uniqueKeysWithValues: wordings.map {
        ($0.language, try Templates(wording: $0, assets: assets).library(Embedded.files))
      })
  }

  public func wording(_ language: Language) -> Wording {
    wordings[language] ?? Wording(language, texts: [:])
  }

  /// The whole document.
  func html(_ page: some Page, in frame: Frame) -> String {
    let node = node(page, in: frame)
    return libraries[frame.language]?.render(node, withTemplate: type(of: page).template) ?? ""
  }

  /// The page's values with the frame and its title beside them.
  func node(_ page: some Page, in frame: Frame) -> Node {
    let showing = Showing(wording: wording(frame.language))
    var children = (showing.value(page) as? Node)?.children ?? [:]
    children["title"] = showing.value(page.title)
    children["template"] = type(of: page).template
    children["frame"] = showing.value(
      FrameView(
        frame: frame, section: page.section,
        map: addresses(page, .map, ["script": "leaflet.js", "style": "leaflet.css"]),
        chart: addresses(page, .chart, ["script": "echarts.min.js"])))
    return Node(children: children)
  }

  /// Nil when the page does not need it, or when it was not fetched before building.
  private func addresses(
    _ page: some Page, _ extra: Extra, _ names: [String: String]
  ) -> [String: String]? {
    let found = names.compactMapValues(assets.url)
    return page.extras.contains(extra) && found.count == names.count ? found : nil
  }
}
