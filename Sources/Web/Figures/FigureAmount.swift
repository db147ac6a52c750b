import Base
import City
import Foundation

/// How amounts of figures are written, alone and against others.
extension Phrase {
  /// A count, a share or a mean time; "—" where there is none.
  static func amount(_ figure: CaseFigure, _ amount: Decimal?) -> Phrase {
    guard let amount else { return .plain("—") }
    return switch figure.measure {
    case .rate: .rate(NSDecimalNumber(decimal: amount).doubleValue)
    case .time: .duration(minutes: amount)
    case .amount: .yuan(amount)
    case .count: amount.isWholeNumber ? .count(amount.whole) : .plain(amount.printed(1))
    }
  }

  /// By how much it is more or less: `+12`, `−1.5 个百分点`, `+2 小时`.
  static func difference(_ figure: CaseFigure, _ amount: Decimal) -> Phrase {
    let sign: Phrase = .plain(amount > 0 ? "+" : amount < 0 ? "−" : "±")
    let size = amount.magnitude
    let value: Phrase =
      switch figure.measure {
      case .rate: .key("figures.points", ["points": .plain((size * 100).printed(1))])
      case .time: .duration(minutes: size)
      case .amount: .yuan(size)
      case .count: size.isWholeNumber ? .count(size.whole) : .plain(size.printed(1))
      }
    return .key("figures.signed", ["sign": sign, "value": value])
  }

  private static func duration(minutes: Decimal) -> Phrase {
    .duration(Int64(minutes.whole) * 60_000)
  }
}

extension Decimal {
  fileprivate var isWholeNumber: Bool { printed(6) == printed(0) + ".000000" }
  /// Cut at the point.
  fileprivate var whole: Int { NSDecimalNumber(decimal: self).intValue }
}

extension FiguresPage.Rival {
  init(_ figure: CaseFigure, _ own: Decimal?, against other: Decimal?, url: SiteURL? = nil) {
    amount = .amount(figure, other)
    difference = own.flatMap { own in other.map { .difference(figure, own - $0) } }
    self.url = url
  }
}

extension Wording {
  /// An amount of a figure; "—" where there is none.
  public func amount(_ figure: CaseFigure, _ amount: Decimal?) -> String {
    text(Phrase.amount(figure, amount))
  }
}
