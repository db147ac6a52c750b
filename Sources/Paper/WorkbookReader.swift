import Base

/// The sheets of a workbook in their order (ECMA-376, part 1, 18). Hidden sheets are read too.
struct WorkbookReader {
  private let archive: ZipArchive
  private let limit: Int
  let sheets: [(name: String, part: String)]
  /// It counts its days from 1904, as those of old Macintoshes do.
  let isSince1904: Bool
  private let strings: [String]
  private let formats: [NumberFormat]

  /// - Parameter limit: bytes that one part may unpack to.
  init(_ archive: ZipArchive, _ workbook: [UInt8], limit: Int = OfficeFile.largestPart) throws {
    self.archive = archive
    self.limit = limit
    func walk<Handler: OfficeXMLHandler>(_ part: String, _ handler: Handler) throws -> Handler {
      if let bytes = try archive.part(part, limit: limit) {
        try OfficeXML.walk(bytes, handler)
      }
      return handler
    }
    let book = BookHandler()
    try OfficeXML.walk(workbook, book)
    isSince1904 = book.isSince1904
    let links = try walk("xl/_rels/workbook.xml.rels", LinkHandler()).targets
    sheets = book.sheets.compactMap { sheet in
      links[sheet.link].map { (sheet.name, Self.path($0)) }
    }
    strings = try walk("xl/sharedStrings.xml", StringsHandler()).strings
    formats = try walk("xl/styles.xml", StylesHandler()).formats
  }

  func sections() throws -> [OfficeFile.Section] {
    try sheets.compactMap { name, part in
      guard let bytes = try archive.part(part, limit: limit) else { return nil }
      let reader = reader(.asShown)
      try OfficeXML.walk(bytes, reader)
      return OfficeFile.Section(name: name, rows: reader.rows)
    }
  }

  /// Of one of the sheets.
  func reader(_ numbers: SheetReader.Numbers) -> SheetReader {
    SheetReader(strings: strings, formats: formats, numbers: numbers)
  }

  /// Targets are relative to `xl`, or absolute.
  private static func path(_ target: String) -> String {
    target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
  }
}

private final class BookHandler: OfficeXMLHandler {
  private(set) var sheets: [(name: String, link: String)] = []
  private(set) var isSince1904 = false

  func began(_ name: String, _ attributes: [String: String]) {
    if name == "workbookPr" { isSince1904 = ["1", "true"].contains(attributes["date1904"]) }
    guard name == "sheet", let link = attributes.first(where: { $0.key.hasSuffix(":id") })?.value
    else { return }
    sheets.append((attributes["name"] ?? "", link))
  }

  func ended(_ name: String) {}
  func read(_ text: String) {}
}

private final class LinkHandler: OfficeXMLHandler {
  private(set) var targets: [String: String] = [:]

  func began(_ name: String, _ attributes: [String: String]) {
    if name == "Relationship", let id = attributes["Id"] { targets[id] = attributes["Target"] }
  }

  func ended(_ name: String) {}
  func read(_ text: String) {}
}

/// Shared texts; how a text sounds (`rPh`) is left out.
private final class StringsHandler: OfficeXMLHandler {
  private(set) var strings: [String] = []
  private var text = ""
  private var isText = false
  private var isSound = false

  func began(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "si": text = ""
    case "t": isText = !isSound
    case "rPh": isSound = true
    default: break
    }
  }

  func ended(_ name: String) {
    switch name {
    case "si": strings.append(text)
    case "t": isText = false
    case "rPh": isSound = false
    default: break
    }
  }

  func read(_ more: String) {
    if isText { text += more }
  }
}

/// The number format of each style of cells.
private final class StylesHandler: OfficeXMLHandler {
  private(set) var formats: [NumberFormat] = []
  private var own: [Int: String] = [:]
  private var isCells = false

  func began(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "numFmt":
      if let id = attributes["numFmtId"].flatMap({ Int($0) }) { own[id] = attributes["formatCode"] }
    case "cellXfs": isCells = true
    case "xf" where isCells:
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      formats.append(own[id].map(NumberFormat.init(code:)) ?? NumberFormat(builtIn: id))
    default: break
    }
  }

  func ended(_ name: String) {
    if name == "cellXfs" { isCells = false }
  }

  func read(_ text: String) {}
}
