import Foundation

/// An address of a machine on a network.
struct IPAddress: Hashable, Sendable {
  /// 4 or 16 bytes. One of the fourth version that is written as one of the sixth is of the fourth.
  let bytes: [UInt8]

  init?(_ text: some StringProtocol) {
    let text = String(text)
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      let all = withUnsafeBytes(of: six) { Array($0) }
      let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
      bytes = isMapped ? Array(all.suffix(4)) : all
    } else {
      return nil
    }
  }

  /// By what a caller is known: of the sixth version the network, since one household has all of it.
  var caller: String {
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    let groups = stride(from: 0, to: 8, by: 2).map { place in
      String(Int(bytes[place]) << 8 | Int(bytes[place + 1]), radix: 16)
    }
    return groups.joined(separator: ":") + "/64"
  }
}

/// A network: an address and how many of its bits count, as `10.0.0.0/8`; one address without.
public struct AddressRange: Hashable, Sendable {
  private let base: IPAddress
  private let bits: Int

  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let base = IPAddress(parts[0]) else { return nil }
    let all = base.bytes.count * 8
    guard parts.count == 2 else {
      self.base = base
      bits = all
      return
    }
    guard let bits = Int(parts[1]), (0...all).contains(bits), parts[1].allSatisfy(\.isNumber) else {
      return nil
    }
    self.base = base
    self.bits = bits
  }

  func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == base.bytes.count else { return false }
    return (0..<bits).allSatisfy { bit in
      let mask = UInt8(0x80) >> (bit % 8)
      return address.bytes[bit / 8] & mask == base.bytes[bit / 8] & mask
    }
  }
}
