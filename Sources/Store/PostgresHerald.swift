import Base
import Foundation
import Synchronization

/// Carries the news of commits between processes, by LISTEN and NOTIFY on a connection of its own.
///
/// A NOTIFY takes a lock of the whole cluster until its transaction is on disk, so in the writing
/// transactions it would make them wait for each other. Here it is a transaction by itself, after the
/// commit, at most one for each pause. News may be late or lost with the connection; whoever must not
/// miss anything also looks by itself now and then.
final class PostgresHerald: Sendable {
  private static let channel = "chengyun_commits"
  /// Commits within it are told of together, in seconds.
  private static let pause = 0.01
  /// After which a lost connection is tried again, in seconds.
  private static let patience = 1.0
  /// After which a connection is looked at that said nothing, in milliseconds.
  private static let glance: Int32 = 10_000

  private struct State {
    var isStarted = false
    var isListening = false
    var hasNews = false
    var isClosed = false
  }

  private let address: PostgresAddress
  private let bell: Bell
  private let state = Mutex(State())
  private let wake = WakePipe()
  private let ended = DispatchSemaphore(value: 0)

  init(_ address: PostgresAddress, bell: Bell) {
    self.address = address
    self.bell = bell
  }

  /// Tells the other processes that something was committed.
  func announce() {
    change { $0.hasNews = true }
  }

  /// From now on rings for what others tell.
  func listen() {
    change { $0.isListening = true }
  }

  /// Tells what is still to be told, if that can be done at once.
  func close() {
    let wasStarted = state.withLock { state in
      defer { state.isClosed = true }
      return state.isStarted && !state.isClosed
    }
    guard wasStarted else { return }
    wake.signal()
    ended.wait()
  }

  private func change(_ change: (inout State) -> Void) {
    let isFirst: Bool = state.withLock { state in
      change(&state)
      guard !state.isStarted, !state.isClosed else { return false }
      state.isStarted = true
      return true
    }
    if isFirst { start() } else { wake.signal() }
  }

  private func start() {
    Thread.start("chengyun-herald") { [self] in
      work()
      ended.signal()
    }
  }

  // MARK: - The herald's thread

  private func work() {
    var link: PostgresLink?
    var isListening = false
    while true {
      let wanted = state.withLock { $0 }
      if wanted.isClosed && !wanted.hasNews { return }
      do {
        let ready = try link ?? PostgresLink(address)
        if link == nil { isListening = false }
        link = ready
        if wanted.isListening && !isListening {
          try ready.script("LISTEN \(Self.channel)")
          isListening = true
          // What was told while nobody listened here.
          bell.ring()
        }
        if wanted.hasNews {
          state.withLock { $0.hasNews = false }
          try ready.script("NOTIFY \(Self.channel)")
          Thread.sleep(forTimeInterval: Self.pause)
        }
        if try ready.hearsOthers() { bell.ring() }
        if state.withLock({ $0.hasNews || $0.isClosed }) { continue }
        wake.wait(orFor: ready.socket, atMost: Self.glance)
      } catch {
        link = nil
        guard !state.withLock(\.isClosed) else { return }
        // It may have been lost before it was told.
        state.withLock { $0.hasNews = true }
        Thread.sleep(forTimeInterval: Self.patience)
      }
    }
  }
}

/// Wakes a thread that waits for a socket.
private final class WakePipe: Sendable {
  private let reading: Int32
  private let writing: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    Foundation.close(reading)
    Foundation.close(writing)
  }

  func signal() {
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  /// Waits for a signal or for something to read, and forgets the signals.
  func wait(orFor socket: Int32, atMost milliseconds: Int32) {
    var both = [
      pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&both, nfds_t(both.count), milliseconds)
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reading, &bytes, bytes.count) > 0 {}
  }
}
