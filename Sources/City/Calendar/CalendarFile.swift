import Base
import Yams

/// Working calendars as files: `Catalogue/calendars/*.yaml` are the ones that ship.
public enum CalendarFile {
  /// Reads a calendar.
  ///
  /// - Parameter name: the file's name, for errors.
  /// - Throws: a `Fault` `calendar.invalid` whose fields are all that is wrong, each named by file,
  ///   line and key, as in `china.yaml:12 special[3].day`.
  public static func read(_ text: String, name: String) throws -> WorkingCalendar {
    guard text.utf8.count <= longest else {
      throw Fault(.tooLarge, "calendar.tooLarge", ["file": name, "limit": String(longest)])
    }
    var reader = CalendarReader(file: name)
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      throw Fault(
        .invalid, "calendar.invalid", ["file": name],
        fields: [Fault.Field(name, "yaml", ["detail": String(describing: error)])])
    }
    let calendar = reader.calendar(root)
    guard let calendar, reader.problems.isEmpty else {
      throw Fault(.invalid, "calendar.invalid", ["file": name], fields: reader.problems)
    }
    return calendar
  }

  /// Mainland China with its public holidays.
  public static var standard: WorkingCalendar { get throws { try china.get() } }

  /// Round the clock, every day of every year.
  public static var always: WorkingCalendar { get throws { try roundTheClock.get() } }

  /// The calendars that ship, by name.
  public static func shipped(_ name: String) throws -> WorkingCalendar {
    switch name {
    case "china": try standard
    case "always": try always
    default: throw Fault(.missing, "calendar.missing", ["name": name])
    }
  }

  private static let longest = 1_000_000
  private static let china = Result { try embedded("china") }
  private static let roundTheClock = Result { try embedded("always") }

  private static func embedded(_ name: String) throws -> WorkingCalendar {
    guard let text = Embedded.files["Catalogue/calendars/\(name).yaml"] else {
      throw Fault(.missing, "calendar.missing", ["name": name])
    }
    return try read(text, name: "\(name).yaml")
  }
}
