import Base
import Synchronization
import Testing

@testable import Store

@Suite struct WriteQueueTests {
  /// Keeps what each job of a queue was told.
  private final class Answers: Sendable {
    private let told = Mutex<[Int: String]>([:])

    var all: [Int: String] { told.withLock { $0 } }

    func job(_ number: Int) -> WriteJob {
      WriteJob(
        body: { _ in },
        finish: { error in
          let text = (error as? Fault)?.code ?? (error == nil ? "done" : "failed")
          self.told.withLock { $0[number] = text }
        })
    }
  }

  @Test("beyond its limit a write is refused at once, and those that wait are not")
  func busy() {
    let queue = WriteQueue(limit: 3, largestBatch: 2)
    let answers = Answers()
    for number in 0..<5 { queue.add(answers.job(number)) }
    #expect(answers.all == [3: "store.busy", 4: "store.busy"])
    #expect(queue.next()?.count == 2)
    queue.add(answers.job(5))
    #expect(answers.all.count == 2, "there is room again")
    #expect(queue.next()?.count == 2)
  }

  @Test("closed, what waits is still done, what comes is refused, and then it ends")
  func closed() {
    let queue = WriteQueue(limit: 3)
    let answers = Answers()
    queue.add(answers.job(0))
    #expect(queue.close())
    #expect(!queue.close())
    queue.add(answers.job(1))
    #expect(answers.all == [1: "store.closed"])
    #expect(queue.next()?.count == 1)
    let end = queue.next()
    #expect(end?.count == nil)
  }
}
