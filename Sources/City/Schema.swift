import Store

/// The tables of the domain, as the numbered steps that make them.
public enum Schema {
  public static let migrations = Migration.all(
    in: Embedded.files.filter { $0.key.hasPrefix("Schema/") })
}
