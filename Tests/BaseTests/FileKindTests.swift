import Base
import Foundation
import PaperSamples
import Testing

@Suite struct FileKindTests {
  private typealias Size = FileKind.ImageSize

  /// One image or file of each kind, whole where the kind is small enough to make here.
  private let samples: [FileKind: [UInt8]] = [
    .jpeg: SampleImage.jpeg(width: 17, height: 9),
    .png: SampleImage.png(width: 5, height: 3),
    .gif: SampleImage.gif,
    .webp: SampleImage.lossyWebP,
    .heic: SampleImage.boxes("heic", "mif1", "heic"),
    .pdf: Array("%PDF-1.4\n%\u{E2}\u{E3}\n1 0 obj<</Type/Catalog>>endobj\n%%EOF".utf8),
    .mp4: SampleImage.boxes("isom", "isom", "iso2", "avc1", "mp41"),
  ]

  @Test("each kind is known by its content", arguments: FileKind.allCases)
  func known(kind: FileKind) throws {
    let bytes = try #require(samples[kind])
    #expect(FileKind.sniff(bytes) == kind)
    #expect(FileKind.sniff(Data(bytes)) == kind)
    #expect(FileKind.sniff(([0] + bytes).dropFirst()) == kind)
    #expect(FileKind.sniff([0] + bytes) == nil)
  }

  @Test("media types and extensions")
  func names() {
    #expect(
      FileKind.allCases.map(\.mediaType) == [
        "image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "application/pdf",
        "video/mp4",
      ])
    #expect(
      FileKind.allCases.map(\.fileExtension) == [
        "jpg", "png", "webp", "gif", "heic", "pdf", "mp4",
      ])
    #expect(FileKind.allCases.filter { !$0.isImage } == [.pdf, .mp4])
  }

  @Test(
    "everything else is refused, whatever it calls itself",
    arguments: [
      "", "停车", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<?xml version='1.0'?><svg/>",
      "<!DOCTYPE html><script>alert(1)</script>", "PK\u{3}\u{4}", "MZ\u{90}", "\u{7F}ELF",
      "#!/bin/sh\n", "GIF88a", "GIF", "RIFF\u{10}\0\0\0WAVEfmt ", "RIFF", "BM6", "ID3",
      "II*\0", "\n%PDF-1.4", "\0\0\0\u{18}ftyp", "\0\0\0\u{3}ftypisom\0\0\0\0isom",
    ])
  func refused(text: String) {
    #expect(FileKind.sniff(Array(text.utf8)) == nil)
  }

  @Test("relatives of HEIC and MP4 that are not shown everywhere are refused")
  func otherBoxes() {
    #expect(FileKind.sniff(SampleImage.boxes("avif", "mif1", "miaf")) == nil)
    #expect(FileKind.sniff(SampleImage.boxes("qt  ", "qt  ")) == nil)
    #expect(FileKind.sniff(SampleImage.boxes("mif1", "mif1", "heic")) == .heic)
    #expect(FileKind.sniff(SampleImage.boxes("mif1", "mif1", "avif")) == nil)
  }

  @Test("a beginning cut short is refused and never crashes", arguments: FileKind.allCases)
  func cutShort(kind: FileKind) throws {
    let bytes = try #require(samples[kind])
    for length in 0...bytes.count {
      let head = bytes.prefix(length)
      let found = FileKind.sniff(head)
      #expect(found == nil || found == kind)
      if length < 3 { #expect(found == nil) }
      let size = kind.imageSize(head)
      #expect(size == nil || size == kind.imageSize(bytes))
    }
  }

  @Test("an image says how large it is before it is decoded")
  func sizes() {
    #expect(
      FileKind.png.imageSize(SampleImage.png(width: 5, height: 3)) == Size(width: 5, height: 3))
    #expect(
      FileKind.jpeg.imageSize(SampleImage.jpeg(width: 17, height: 9)) == Size(width: 17, height: 9))
    #expect(FileKind.gif.imageSize(SampleImage.gif) == Size(width: 1, height: 1))
    #expect(FileKind.webp.imageSize(SampleImage.lossyWebP) == Size(width: 1, height: 1))
    #expect(FileKind.webp.imageSize(SampleImage.losslessWebP) == Size(width: 1, height: 1))
    #expect(
      FileKind.webp.imageSize(SampleImage.extendedWebP(width: 4000, height: 3001))
        == Size(width: 4000, height: 3001))
    #expect(FileKind.pdf.imageSize(Array("%PDF-1.4".utf8)) == nil)
    #expect(FileKind.heic.imageSize(SampleImage.boxes("heic")) == nil)
  }

  @Test("absurd sizes are told as they are, none is not a size")
  func absurdSizes() {
    let bomb = SampleImage.pngHeader(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)
    #expect(FileKind.png.imageSize(bomb)?.pixels == 0x7FFF_FFFF * 0x7FFF_FFFF)
    #expect(FileKind.png.imageSize(SampleImage.pngHeader(width: 0, height: 9)) == nil)
    #expect(
      FileKind.jpeg.imageSize(SampleImage.jpeg(width: 65_535, height: 65_535, blocks: 1))
        == Size(width: 65_535, height: 65_535))
  }

  @Test("a JPEG's size is found behind notes, fill bytes and thumbnails in them")
  func jpegNotes() {
    let inner = SampleImage.jpeg(width: 2, height: 2)
    let outer = SampleImage.jpeg(
      width: 300, height: 200, notes: [inner, Array(repeating: 0xFF, count: 60_000)])
    #expect(FileKind.jpeg.imageSize(outer) == Size(width: 300, height: 200))
    #expect(FileKind.jpeg.imageSize(outer.prefix(50_000)) == nil)
    #expect(FileKind.jpeg.imageSize([0xFF, 0xD8] + Array(repeating: 0xFF, count: 1000)) == nil)
    #expect(FileKind.jpeg.imageSize([0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xC0]) == nil)
  }
}
