import ArgumentParser

@main
struct Chengyun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "chengyun")
}
