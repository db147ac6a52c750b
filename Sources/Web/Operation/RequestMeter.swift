import Base
import HTTPTypes
import Synchronization

/// What is counted of requests. What tells them apart is known before they come: the template of the
/// route, one of the usual methods, the class of the status; never a path or a name that was sent.
final class RequestMeter: Sendable {
  private struct Key: Hashable {
    let route: String
    let method: String
  }

  private struct Series {
    let seconds = Histogram()
    /// By the first digit of the status.
    var classes: [Int: Int] = [:]
  }

  private struct State {
    var series: [Key: Series] = [:]
    var refusals: [String: Int] = [:]
    var signIns: [String: Int] = [:]
  }

  private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
  private let state = Mutex(State())
  /// Requests that have come and are not answered.
  let inFlight = Level()

  /// A request that was answered.
  ///
  /// - Parameter route: the template; nil where nothing is served.
  func add(route: String?, method: HTTPRequest.Method, status: Int, took: Duration) {
    let name = method.rawValue
    let key = Key(
      route: route ?? "none", method: Self.methods.contains(name) ? name : "other")
    let seconds = state.withLock { state in
      state.series[key, default: Series()].classes[status / 100, default: 0] += 1
      return state.series[key]?.seconds
    }
    seconds?.add(took)
  }

  /// One that was told to come again later.
  ///
  /// - Parameter code: of the fault; there are as many as the program knows.
  func refused(_ code: String) { state.withLock { $0.refusals[code, default: 0] += 1 } }

  /// A try to sign in.
  func signIn(_ outcome: String) { state.withLock { $0.signIns[outcome, default: 0] += 1 } }

  var figures: [Figure] {
    let (series, refusals, signIns) = state.withLock { ($0.series, $0.refusals, $0.signIns) }
    let sorted = series.sorted { ($0.key.route, $0.key.method) < ($1.key.route, $1.key.method) }
    var requests = Figure(
      "chengyun_http_requests_total", .counter,
      "Requests answered, by route, method and class of the status.")
    var seconds = Figure(
      "chengyun_http_request_duration_seconds", .histogram,
      "Seconds until the answer was ready to be sent, by route and method.")
    for (key, one) in sorted {
      let labels = [("route", key.route), ("method", key.method)]
      for (digit, count) in one.classes.sorted(by: { $0.key < $1.key }) {
        requests.add(Double(count), labels + [("status", "\(digit)xx")])
      }
      seconds.add(one.seconds.reading, labels)
    }
    return [
      requests, seconds,
      Figure(
        "chengyun_http_requests_in_flight", .gauge, "Requests being answered.", inFlight.value),
      Self.counted(
        refusals, "chengyun_refusals_total", by: "code",
        "Requests told to come again later, by the code of the fault."),
      Self.counted(
        signIns, "chengyun_sign_ins_total", by: "outcome", "Tries to sign in, by how they ended."),
    ]
  }

  private static func counted(
    _ counts: [String: Int], _ name: String, by label: String, _ help: String
  ) -> Figure {
    var figure = Figure(name, .counter, help)
    for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
      figure.add(Double(count), [(label, value)])
    }
    return figure
  }
}

/// What is counted of the passes over what is due.
final class SweepMeter: Sendable {
  private let passes = Counter()
  private let failures = Counter()
  private let seconds = Histogram()
  private let last = Mutex<Moment?>(nil)

  func add(took: Duration, at now: Moment) {
    passes.add()
    seconds.add(took)
    last.withLock { $0 = now }
  }

  func failed() { failures.add() }

  var figures: [Figure] {
    var duration = Figure(
      "chengyun_sweep_duration_seconds", .histogram, "Seconds that a pass over what is due took.")
    duration.add(seconds.reading)
    var success = Figure(
      "chengyun_sweep_last_success_timestamp_seconds", .gauge,
      "When the last pass ended well, in seconds since 1970.")
    if let last = last.withLock({ $0 }) { success.add(Double(last.milliseconds / 1000)) }
    return [
      Figure(
        "chengyun_sweep_passes_total", .counter, "Passes over what is due that ended well.",
        passes.value),
      Figure(
        "chengyun_sweep_failures_total", .counter, "Passes that did not.", failures.value),
      duration, success,
    ]
  }
}
