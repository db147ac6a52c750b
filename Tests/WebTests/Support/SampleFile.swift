import PaperSamples

/// Small files that real decoders read, and some that are not what they say.
enum SampleFile {
  static func png(width: Int = 4, height: Int = 4) -> [UInt8] {
    SampleImage.png(width: width, height: height)
  }

  static let svg = Array(
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8)
  static let html = Array("<!DOCTYPE html><script>alert(1)</script>".utf8)
}
