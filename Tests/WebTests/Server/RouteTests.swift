import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Web

/// Which routes there are, and who gets in.
@Suite struct RouteTests {
  /// All that answers without a sign-in: health, assets, the description, and the door.
  static let open: Set<String> = [
    "GET /health/live", "GET /health/ready", "GET /assets/{file}", "GET /openapi.json",
    "GET /", "GET /sign-in", "POST /sign-in", "POST /language", "POST /theme",
    "GET /published/{id}", "GET /published/{id}/print", "GET /open311/{file}",
    "GET /open311/v2/{file}", "GET /open311/v2/{file}/{item}", "POST /open311/v2/{file}",
    "GET /worker.js", "GET /m/manifest.webmanifest",
  ]

  /// What may be missing though no id names it.
  static let missing: Set<String> = ["delete /api/v1/responsibilities"]

  /// What is made where it is not there.
  static let making: Set<String> = ["put /api/v1/duty-grids/{code}"]

  private func routes() async throws -> (town: WebTown, all: Set<String>) {
    let town = try await WebTown()
    let all = town.site.routes().routes.filter { $0.method != .head }
      .map { "\($0.method.rawValue) \($0.path)" }
    return (town, Set(all))
  }

  @Test("every route of the API is described, and everything described is a route")
  func described() async throws {
    let registered = try await routes().all.filter {
      $0.contains(" /api/") || $0.contains(" /health/")
    }
    let described = try Contract.embedded().operations
    #expect(registered.subtracting(described).sorted() == [], "registered, not described")
    #expect(described.subtracting(registered).sorted() == [], "described, not registered")
    #expect(described.count >= 14)
  }

  @Test("every operation describes what its callers may meet")
  func documented() throws {
    let paths = try #require(try Contract.embedded().document["paths"]).object
    for (path, methods) in paths {
      for (method, operation) in methods.object where operation["security"]?.list != [] {
        let answers = Set(operation["responses"]?.object.keys.map { $0 } ?? [])
        let common: Set = ["401", "429", "500", "503"]
        #expect(answers.isSuperset(of: common), "\(method) \(path)")
        #expect(operation["operationId"]?.text != nil, "\(method) \(path)")
        let mayMiss =
          (["{id}", "{code}"].contains(where: path.contains)
            && !Self.making.contains("\(method) \(path)"))
          || Self.missing.contains("\(method) \(path)")
        #expect(mayMiss == answers.contains("404"), "\(method) \(path)")
      }
    }
  }

  @Test("without a sign-in each route gives 401 or the door, save those that are open")
  func closed() async throws {
    let (town, all) = try await routes()
    #expect(all.isSuperset(of: Self.open))
    try await town.visit { site in
      for route in all.subtracting(Self.open) {
        let parts = route.split(separator: " ")
        let method = try #require(HTTPRequest.Method(String(parts[0])))
        let uri = String(parts[1]).replacing("{id}", with: "1").replacing("{move}", with: "accept")
          .replacing("{figure}", with: "closed").replacing("{kind}", with: "targets")
        let answer = try await site.send(method, uri, body: method == .post ? [] : nil)
        if uri.hasPrefix("/api/") {
          #expect(answer.status == 401, "\(route)")
          #expect(answer.code == "sign-in.needed", "\(route)")
          #expect(answer.header("WWW-Authenticate") == "Bearer", "\(route)")
        } else if uri.hasPrefix("/m/") {
          #expect(answer.status == 401 && answer.code == "sign-in.needed", "\(route)")
        } else if method == .get {
          #expect(answer.status == 303, "\(route)")
          let door = "/sign-in?next=\(SiteURL.encoded(uri))"
          #expect(answer.header("Location") == door, "\(route)")
        } else {
          #expect(answer.status == 401, "\(route)")
          #expect(answer.text.contains("/sign-in"), "\(route)")
        }
      }
    }
  }

  @Test("the open routes tell nothing of the town")
  func openOnes() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let file = try await town.file(id)
    try await town.visit { site in
      for uri in ["/health/live", "/health/ready", "/openapi.json", "/sign-in", "/assets/site.css"]
      {
        let answer = try await site.get(uri)
        #expect(!answer.text.contains(file.number), "\(uri)")
        // The description names the role, which is no secret.
        let text = answer.text.replacing("intake-operator", with: "")
        #expect(!text.contains("intake"), "\(uri)")
      }
      #expect(try await site.get("/health/live").status == 200)
      #expect(try await site.get("/health/ready").status == 200)
      #expect(try await site.get("/openapi.json").status == 200)
      #expect(try await site.get("/").header("Location") == "/sign-in")
    }
  }

  @Test("what is not there is a problem for programs and a page for people")
  func unknown() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      for uri in ["/api/v1/nothing", "/api/v2/cases", "/api/"] {
        let answer = try await site.get(uri)
        #expect(answer.status == 404, "\(uri)")
        #expect(answer.code == "page.missing", "\(uri)")
        #expect(answer.header("Content-Type")?.hasPrefix("application/problem+json") == true)
      }
      for uri in ["/nothing", "/cases/1/2/3", "/assets/../../etc/passwd", "/assets/%2e%2e"] {
        let answer = try await site.get(uri)
        #expect(answer.status == 404, "\(uri)")
        #expect(answer.header("Content-Type")?.hasPrefix("text/html") == true, "\(uri)")
      }
      for (method, uri) in [
        (HTTPRequest.Method.delete, "/api/v1/cases"), (.put, "/api/v1/cases/1"),
        (.patch, "/api/v1/me"),
      ] {
        let answer = try await site.send(method, uri)
        #expect(answer.status == 404, "\(method) \(uri)")
        #expect(answer.code == "page.missing")
      }
      let page = try await site.send(.delete, "/desk")
      #expect(page.status == 404)
      #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
    }
  }

  @Test("HEAD answers as GET does, without a body")
  func head() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      for (uri, caller) in [
        ("/sign-in", Caller.nobody), ("/openapi.json", .nobody), ("/api/v1/me", token),
        ("/api/v1/cases", token),
      ] {
        let get = try await site.get(uri, by: caller)
        let head = try await site.send(.head, uri, by: caller)
        #expect(head.status == get.status, "\(uri)")
        #expect(head.bytes.isEmpty, "\(uri)")
        #expect(head.header("Content-Type") == get.header("Content-Type"), "\(uri)")
      }
      #expect(try await site.send(.head, "/api/v1/me").status == 401)
      #expect(try await site.send(.head, "/desk").status == 303)
    }
  }
}
