import Store

/// Where a case stands.
public enum CaseState: String, Storable, CaseIterable, Codable {
  /// 已上报
  case reported
  /// 已受理
  case accepted
  /// 核实中
  case checking
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

  public var isOpen: Bool {
    switch self {
    case .closed, .void, .merged, .transferred: false
    default: true
    }
  }
}

/// Where one organisation's part of a case stands.
public enum AssignmentState: String, Storable, CaseIterable, Codable {
  case sent, taken
  /// 已转派: it was sent on to the level below, and waits until all of it has come back.
  case passed
  case handled, returned, withdrawn
}

/// What an organisation has a part in a case for.
public enum AssignmentPurpose: String, Storable, CaseIterable, Codable {
  /// To handle it, or to help.
  case handle
  /// To look on the spot whether it is so (核实).
  case check
}

/// What became of a unit's wish not to be scored by a case (申诉).
public enum AppealState: String, Storable, CaseIterable, Codable {
  case open, granted, refused
}

/// What a check on the spot came to.
public enum SpotCheckResult: String, Storable, CaseIterable, Codable {
  case confirmed, denied
}
