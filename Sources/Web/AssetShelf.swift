/// A file that the browser fetches, under a name that changes with its content.
public struct Asset: Sendable, Equatable {
  public let body: String
  /// A media type with its charset.
  public let mediaType: String
}

/// The styles, scripts and signs, all from the executable: nothing comes from elsewhere.
public struct AssetShelf: Sendable {
  /// A whole year, the longest that caches honour; the name holds the content's hash.
  static let forever = "public, max-age=31536000, immutable"

  private var assets: [String: Asset] = [:]
  private var hashes: [String: String] = [:]
  private let icons: Set<String>

  /// - Parameter files: embedded files by path. The small styles and scripts become one `app.css`
  ///   and one `app.js`; files of `.assets` (charts, maps) are served as they are.
  public init(_ files: [String: String]) {
    icons = Self.iconNames(files["Assets/icons.svg"] ?? "")
    add("app.css", Self.joined(files, "Assets/styles/") { $0 })
    // A block each, so that no module sees another's names nor dies of its mistakes.
    add(
      "app.js",
      Self.joined(files, "Assets/scripts/") {
        "try {\n\($0)} catch (mistake) {\n  console.error(mistake);\n}\n"
      })
    // What only the phone's page needs is one script with one set of names.
    add("phone.js", Self.joined(files, "Assets/phone/") { $0 })
    for (path, body) in files {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let isOurs = path.hasPrefix("Assets/") && path.split(separator: "/").count == 2
      if isOurs || path.hasPrefix(".assets/") { add(name, body) }
    }
  }

  /// Where the browser finds `name`; nil when the asset is not there.
  public func url(_ name: String) -> String? {
    guard let hash = hashes[name], let dot = name.lastIndex(of: ".") else { return nil }
    return "/assets/\(name[..<dot]).\(hash)\(name[dot...])"
  }

  /// The asset at `/assets/<file>` and how long it may be kept. A page from before an update may
  /// ask for an older hash: it gets what there is now, to be asked for again.
  public func find(_ file: String) -> (asset: Asset, cacheControl: String)? {
    var parts = file.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3 else { return nil }
    let hash = String(parts.remove(at: parts.count - 2))
    let name = parts.joined(separator: ".")
    guard let asset = assets[name] else { return nil }
    return (asset, hashes[name] == hash ? Self.forever : "no-cache")
  }

  /// What is served under a name of its own, and not for ever.
  func asset(_ name: String) -> Asset? { assets[name] }

  func hasIcon(_ name: String) -> Bool { icons.contains(name) }

  private mutating func add(_ name: String, _ body: String) {
    guard let type = Self.mediaTypes[String(name.split(separator: ".").last ?? "")] else { return }
    assets[name] = Asset(body: body, mediaType: type)
    hashes[name] = Self.hash(body)
  }

  private static let mediaTypes = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
  ]

  private static func joined(
    _ files: [String: String], _ folder: String, _ each: (String) -> String
  ) -> String {
    files.filter { $0.key.hasPrefix(folder) }.sorted { $0.key < $1.key }
      .map { each($0.value) }.joined()
  }

  /// FNV-1a, 64 bits: told apart, not defended.
  private static func hash(_ text: String) -> String {
    let hash = text.utf8.reduce(14_695_981_039_346_656_037 as UInt64) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    return String(hash, radix: 36)
  }

  private static func iconNames(_ sprite: String) -> Set<String> {
    Set(
      sprite.split(separator: "<symbol id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) })
  }
}
