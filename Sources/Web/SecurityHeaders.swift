/// What every answer tells the browser not to do.
enum SecurityHeaders {
  /// Scripts and styles come from our own files only, so that text that slips through is inert.
  static let contentPolicy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'",
    // A photo is shown before it is sent.
    "img-src 'self' data: blob:", "connect-src 'self'", "manifest-src 'self'",
    "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
  ].joined(separator: "; ")

  static let all: [(name: String, value: String)] = [
    ("Content-Security-Policy", contentPolicy),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()"),
  ]
}
