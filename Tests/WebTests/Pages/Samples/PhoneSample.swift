@testable import Web

extension PhonePage {
  static let sample = PhonePage(
    kinds: QueuePage.kinds, kindWords: .kindWords("b9d0c7e09ab3d1c7"), photos: Sample.photos,
    areas: QueuePage.areas)
}
