import TestSupport
import Testing

@testable import TextSearch

@Suite struct IndexLockTests {
  private func holder(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch IndexError.locked(_, let holder) {
      return holder
    } catch {
      return "\(error)"
    }
  }

  @Test func theHolderIsNamed() throws {
    let folder = try TemporaryIndex()
    let first = try IndexLock(folder: folder.path)
    let second = holder { _ = try IndexLock(folder: folder.path) }
    let parts = (second ?? "").split(separator: " ")
    #expect(parts.count == 6, "\(second ?? "")")
    #expect(parts.prefix(2) == ["process", "\(Platform.processID)"])
    #expect(parts[3] == "\(Platform.hostName)")
    #expect(parts[5].count == 20 && parts[5].hasSuffix("Z"))
    withExtendedLifetime(first) {}
  }

  /// A lock that belongs to the process and the file would be lost with any descriptor of it.
  @Test func readingTheFileDoesNotLoseTheLock() throws {
    let folder = try TemporaryIndex()
    let first = try IndexLock(folder: folder.path)
    _ = try Platform.read(folder.path + "/lock")
    #expect(holder { _ = try IndexLock(folder: folder.path) } != nil)
    withExtendedLifetime(first) {}
  }

  @Test func itEndsWithItsHolder() throws {
    let folder = try TemporaryIndex()
    do { withExtendedLifetime(try IndexLock(folder: folder.path)) {} }
    #expect(holder { _ = try IndexLock(folder: folder.path) } == nil)
  }

  @Test func aWriterWaits() throws {
    let folder = try TemporaryIndex()
    let thread: TextSearch.Thread?
    do {
      let first = try IndexLock(folder: folder.path)
      let path = folder.path
      thread = TextSearch.Thread.start { _ = try? IndexLock(folder: path, wait: 60) }
      Platform.sleep(seconds: 0.1)
      withExtendedLifetime(first) {}
    }
    thread?.join()
    #expect(holder { _ = try IndexLock(folder: folder.path, wait: 0.1) } == nil)
  }

  /// Where the file was taken away meanwhile, the lock of the new one is taken.
  @Test func aFileThatIsGoneLocksNothing() throws {
    let folder = try TemporaryIndex()
    let first = try IndexLock(folder: folder.path)
    try folder.remove("lock")
    let second = try IndexLock(folder: folder.path)
    #expect(holder { _ = try IndexLock(folder: folder.path) } != nil)
    withExtendedLifetime((first, second)) {}
  }
}
