/// Waits for what comes by itself; false when it has not come in half a minute, so that a test fails
/// and does not hang.
public func eventually(_ isSo: () async throws -> Bool) async throws -> Bool {
  for _ in 0..<1500 {
    if try await isSo() { return true }
    try await Task.sleep(for: .milliseconds(20))
  }
  return false
}
