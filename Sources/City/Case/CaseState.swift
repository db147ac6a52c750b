import Store

/// Where a case stands.
public enum CaseState: String, Storable, CaseIterable, Codable {
  /// 已上报
  case reported
  /// 已受理
  case accepted
  /// 不予受理
  case void
  /// 已立案
  case filed
  /// 已派遣
  case dispatched
  /// 处置中
  case handling
  /// 待核查
  case handled
  /// 待结案
  case verified
  /// 已结案
  case closed
  /// 挂账
  case suspended
  /// 已合并: part of another case, and over by itself.
  case merged
  /// 已移交: with a platform above or below, and over here unless it comes back.
  case transferred

  public var isOpen: Bool { ![.closed, .void, .merged, .transferred].contains(self) }
}

/// Where one organisation's part of a case stands.
public enum AssignmentState: String, Storable, CaseIterable, Codable {
  case sent, taken, handled, returned, withdrawn
}
