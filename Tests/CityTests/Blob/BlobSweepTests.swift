import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Files that nothing refers to go after a day; all others stay.
@Suite struct BlobSweepTests {
  private static let day: TimeInterval = 86_400

  /// The smallest that counts as a picture; each number is another.
  private static func picture(_ number: UInt8) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
      + [0, 0, 0, 1, 0, 0, 0, number, 8, 2, 0, 0, 0]
  }

  private func town() async throws -> (CaseTown, BlobSweep) {
    let town = try await CaseTown()
    let store = BlobStore(folder: town.store.folder.appending(path: "blobs"))
    return (town, BlobSweep(store: store, database: town.database))
  }

  /// As if nobody had touched it for so long before the town's present.
  private func age(_ blob: Blob, _ seconds: TimeInterval, _ town: CaseTown, _ sweep: BlobSweep)
    throws
  {
    let now = Date(timeIntervalSince1970: TimeInterval(town.clock.now().milliseconds / 1000))
    try FileManager.default.setAttributes(
      [.modificationDate: now - seconds], ofItemAtPath: sweep.store.url(of: blob.digest).path)
  }

  @Test("an old file without a case goes; one of a case and a young one stay")
  func orphans() async throws {
    let (town, sweep) = try await town()
    let orphan = try sweep.store.keep(Self.picture(1))
    let young = try sweep.store.keep(Self.picture(2))
    let attached = try sweep.store.keep(Self.picture(3))
    let id = try await town.report().id
    try await town.database.write { tx in
      try town.desk.attach(
        attached, named: "a.png", as: .before, to: id, by: town[.intake], in: tx)
    }
    try age(orphan, Self.day * 2, town, sweep)
    try age(young, Self.day / 2, town, sweep)
    try age(attached, Self.day * 30, town, sweep)
    #expect(try await sweep.run(now: town.clock.now()) == 1)
    #expect(try sweep.store.read(orphan.digest) == nil)
    #expect(try sweep.store.read(young.digest) == Self.picture(2))
    #expect(try sweep.store.read(attached.digest) == Self.picture(3))
    #expect(try await sweep.run(now: town.clock.now()) == 0)
  }

  @Test("who keeps the same file again keeps it from being swept")
  func keptAgain() async throws {
    let (town, sweep) = try await town()
    let blob = try sweep.store.keep(Self.picture(1))
    try age(blob, Self.day * 2, town, sweep)
    #expect(try sweep.store.keep(Self.picture(1)) == blob)
    #expect(try await sweep.run(now: town.clock.now()) == 0)
    #expect(try sweep.store.read(blob.digest) == Self.picture(1))
  }

  @Test("it looks once a day, however often it is asked")
  func daily() async throws {
    let (town, sweep) = try await town()
    #expect(try await sweep.runIfDue() == 0)
    let blob = try sweep.store.keep(Self.picture(1))
    try age(blob, Self.day * 2, town, sweep)
    #expect(try await sweep.runIfDue() == 0)
    town.clock.advance(seconds: 86_400)
    #expect(try await sweep.runIfDue() == 1)
  }
}
