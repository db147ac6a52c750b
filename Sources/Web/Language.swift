/// A language that the interface speaks; the raw value is its BCP 47 tag.
public enum Language: String, CaseIterable, Sendable {
  case chinese = "zh-Hans"
  case english = "en"

  /// The language a reader gets: what they chose (the cookie `language`), else what the browser
  /// asks for, else Chinese.
  public static func chosen(cookie: String?, accept: String?) -> Language {
    if let cookie, let chosen = Language(rawValue: cookie) { return chosen }
    return asked(accept ?? "") ?? .chinese
  }

  /// The first language of ours in an `Accept-Language` header, by quality and then by order.
  private static func asked(_ header: String) -> Language? {
    var best: (language: Language, quality: Double)?
    for part in header.prefix(200).split(separator: ",").prefix(16) {
      let pieces = part.split(separator: ";")
      guard let tag = pieces.first, let language = spoken(tag.trimmingPrefix(while: \.isWhitespace))
      else { continue }
      let weight = pieces.dropFirst().first { $0.contains("q=") }
      let quality = weight.flatMap { Double($0.drop { $0 != "=" }.dropFirst()) } ?? 1
      if quality > (best?.quality ?? 0) { best = (language, quality) }
    }
    return best?.language
  }

  private static func spoken(_ tag: Substring) -> Language? {
    let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    return primary == "zh" ? .chinese : primary == "en" ? .english : nil
  }

  /// What the language calls itself, on the switch.
  public var nameKey: String { "language.\(rawValue)" }
}
