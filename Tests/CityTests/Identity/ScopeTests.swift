import Base
import Store
import Testing

@testable import City

/// Scopes over trees that nobody thought of.
@Suite struct ScopeTests {
  /// A random tree: each node's path. Codes are made so that one is often the beginning of another.
  private static func tree(_ size: Int, _ generator: inout SeededGenerator) -> [String] {
    var paths = ["r/"]
    let letters = ["a", "ab", "a0", "b", "山", "a-", "zz"]
    while paths.count < size {
      let parent = generator.pick(paths) ?? "r/"
      let letter = generator.pick(letters) ?? "a"
      let path = "\(parent)\(letter)\(paths.count)/"
      paths.append(path)
    }
    return paths
  }

  /// Whether `path` is `ancestor` or lies below it, by walking up code by code.
  private static func lies(_ path: String, within ancestor: String) -> Bool {
    let codes = path.split(separator: "/")
    let above = ancestor.split(separator: "/")
    return codes.count >= above.count && Array(codes.prefix(above.count)) == Array(above)
  }

  @Test("a role reaches exactly the places below its organisation and its area")
  func reach() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      let organisations = Self.tree(12, &generator) + [""]
      let areas = Self.tree(12, &generator) + [""]
      let grants = (0..<3).map { _ in
        Grant(
          role: generator.pick(Role.allCases) ?? .leader,
          organisationPath: generator.pick(organisations) ?? "",
          areaPath: generator.pick(areas) ?? "")
      }
      let doer = Doer(person: ID(1), grants: grants)
      for organisation in organisations {
        for area in areas {
          for right in Right.allCases {
            let expected = grants.contains {
              $0.role.rights.contains(right) && Self.lies(organisation, within: $0.organisationPath)
                && Self.lies(area, within: $0.areaPath)
            }
            #expect(doer.may(right, organisationPath: organisation, areaPath: area) == expected)
          }
        }
      }
    }
  }

  @Test("a subtree in SQL holds exactly the paths below it")
  func subtrees() async throws {
    var generator = SeededGenerator(seed: 12)
    let office = try await Office()
    let paths = Self.tree(60, &generator)
    try await office.test.database.write { tx in
      try tx.run("DELETE FROM area")
      for path in paths { try Office.addArea(path, in: tx) }
    }
    for path in paths + ["", "r/none/"] {
      let found: [String] = try await office.test.database.read {
        try $0.column("SELECT path FROM area WHERE \(Subtree.holds("path", path))")
      }
      #expect(Set(found) == Set(paths.filter { Self.lies($0, within: path) }))
    }
  }

  @Test("the list of people is what the same scope reaches one by one")
  func people() async throws {
    var generator = SeededGenerator(seed: 13)
    let office = try await Office()
    let paths = Self.tree(20, &generator)
    try await office.test.database.write { tx in
      for path in paths { try Office.addOrganisation(path, in: tx) }
    }
    var homes: [String: String] = [:]
    for index in 0..<30 {
      let path = generator.pick(paths) ?? "r/"
      let code = path.split(separator: "/").last.map(String.init)
      try await office.add("p\(index)", organisation: code, canSignIn: false)
      homes["p\(index)"] = path
    }
    for _ in 0..<20 {
      let grants = (0..<2).map { _ in
        Grant(
          role: .securityAdministrator,
          organisationPath: generator.pick(paths) ?? "")
      }
      let doer = Doer(person: ID(1), grants: grants)
      let listed = try await office.identity.people.list(PersonQuery(), by: doer)
      let expected = homes.filter {
        doer.may(.personManage, organisationPath: $0.value, areaPath: "")
      }
      #expect(Set(listed.map(\.person.signIn)) == Set(expected.keys))
    }
  }
}
