import Foundation
import PackagePlugin

/// Turns the files in a target's data folders into one Swift source of string literals, so that the
/// executable is a single file and needs nothing beside it.
@main
struct Embed: BuildToolPlugin {
  private static let folders = ["Schema", "Catalogue", "Pages", "Assets", "Locales"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target as? SwiftSourceModuleTarget else { return [] }
    var roots = Self.folders.map { module.directoryURL.appending(path: $0) }
    // Charts and maps are fetched at set-up and may be absent; pages work without them.
    if module.name == "Web" {
      roots.append(context.package.directoryURL.appending(path: ".assets"))
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
    return [
      .buildCommand(
        displayName: "Embedding the data files of \(module.name)",
        executable: try context.tool(named: "embed").url,
        arguments: [output.path] + roots.map(\.path),
        inputFiles: roots.flatMap(files), outputFiles: [output])
    ]
  }

  private func files(under root: URL) -> [URL] {
    let manager = FileManager.default
    guard let walk = manager.enumerator(at: root, includingPropertiesForKeys: nil) else {
      return []
    }
    // The folder itself is an input, so that a new file is noticed.
    var found = manager.fileExists(atPath: root.path) ? [root] : []
    for case let url as URL in walk where !url.hasDirectoryPath { found.append(url) }
    return found
  }
}
