import Base
import Foundation
import FoundationXML

/// What happens in a part of an Office document, element by element.
protocol OfficeXMLHandler: AnyObject {
  func began(_ name: String, _ attributes: [String: String])
  func ended(_ name: String)
  func read(_ text: String)
}

/// Walks through XML. External entities are never fetched, and a document that declares a type is
/// refused, since Office writes none and bombs of entities need one.
enum OfficeXML {
  /// - Throws: `xml.damaged` with the line.
  static func walk(_ bytes: [UInt8], _ handler: some OfficeXMLHandler) throws {
    guard bytes.firstRange(of: Array("<!DOCTYPE".utf8)) == nil else {
      throw Fault(.invalid, "xml.damaged", ["line": "1"])
    }
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    let bridge = Bridge(handler)
    parser.delegate = bridge
    guard parser.parse() else {
      throw Fault(.invalid, "xml.damaged", ["line": "\(parser.lineNumber)"])
    }
  }

  private final class Bridge: NSObject, XMLParserDelegate {
    private let handler: any OfficeXMLHandler

    init(_ handler: any OfficeXMLHandler) { self.handler = handler }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      handler.began(Self.local(name), attributes)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      handler.ended(Self.local(name))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { handler.read(text) }

    /// Prefixes are the writer's own choice; the names of the parts read here do not clash.
    private static func local(_ name: String) -> String {
      name.split(separator: ":").last.map(String.init) ?? name
    }
  }
}

extension [String: String] {
  /// An attribute whatever its prefix.
  func local(_ name: String) -> String? {
    self[name] ?? first { $0.key.hasSuffix(":" + name) }?.value
  }
}
