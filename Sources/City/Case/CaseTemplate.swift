/// How reports of a kind are often worded: what an operator begins with and fills in.
public struct CaseTemplate: Codable, Hashable, Sendable {
  /// By what it is chosen, in Simplified Chinese.
  public let name: String
  public let english: String
  /// Up to 200 characters.
  public let title: String
  /// Up to 2,000 characters; what is to be filled in stands as `【】`.
  public let text: String

  public init(name: String, english: String = "", title: String, text: String = "") {
    self.name = name
    self.english = english
    self.title = title
    self.text = text
  }
}
