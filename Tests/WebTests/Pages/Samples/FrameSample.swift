import Base

@testable import Web

enum Sample {
  /// 2026-11-21 14:03 in Shanghai.
  static let now = at("2026-11-21T14:03+08:00")

  static func at(_ text: String) -> Moment { Moment(text) ?? Moment(milliseconds: 0) }

  static func minutes(_ minutes: Int64) -> Int64 { minutes * 60_000 }

  static let hour: Int64 = 3600

  static func url(_ number: Int64) -> SiteURL { .file(ID<Sample>(number)) }

  static let photos = Field.Photos(largest: 20 * 1_048_576, most: 9)
}

extension Frame {
  static func sample(_ language: Language, theme: Theme = .system) -> Frame {
    var frame = Frame(now: Sample.now)
    frame.language = language
    frame.theme = theme
    frame.person = Reader(
      name: "沈卫东", roles: ["dispatcher", "duty-officer"], organisation: "徐行镇城市运行管理中心", id: "7001")
    frame.sections = [.desk, .cases, .new, .figures, .projects]
    frame.csrf = "b3d1c7e09a"
    frame.here = .desk
    frame.isDemonstration = true
    return frame
  }

  /// Before anybody has signed in.
  static func outside(_ language: Language) -> Frame {
    var frame = Frame(now: Sample.now)
    frame.language = language
    frame.csrf = "b3d1c7e09a"
    frame.isDemonstration = true
    return frame
  }
}
