/// What this program calls itself.
public enum Version {
  /// By Semantic Versioning; see the changelog.
  public static let current = "0.1.0"
}
