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

  public var isOpen: Bool { self != .closed && self != .void }
}

/// Where one organisation's part of a case stands.
public enum AssignmentState: String, Storable, CaseIterable, Codable {
  case sent, taken
  /// 已转派: it was sent on to the level below, and waits until all of it has come back.
  case passed
  case handled, returned, withdrawn
}
