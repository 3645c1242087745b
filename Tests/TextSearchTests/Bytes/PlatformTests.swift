import TestSupport
import Testing

@testable import TextSearch

@Suite struct PlatformTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_249_567_387, "2009-08-06T14:03:07Z"), (-1, "1969-12-31T23:59:59Z"),
  ])
  func timestamps(_ seconds: Int, _ text: String) {
    #expect(Platform.timestamp(seconds) == text)
  }

  @Test func theMachineHasANameAndATime() {
    #expect(!Platform.hostName.isEmpty)
    #expect(Platform.wallClock > 1_600_000_000)
  }

  @Test func foldersAboveAreMade() throws {
    let folder = try TemporaryIndex()
    var made: [String] = []
    try Platform.makeFolder(folder.path + "/a/b//c") { made.append($0) }
    #expect(made.count >= 3 && made.last == folder.path + "/a/b//c")
    let count = made.count
    try Platform.makeFolder(folder.path + "/a/b") { made.append($0) }
    #expect(made.count == count)
  }

  /// An empty name has a parent that is there, which helps nothing.
  @Test func anEmptyNameIsNoFolder() {
    #expect(throws: IndexError.self) { try Platform.makeFolder("") { _ in } }
  }

  @Test func sleepingTakesTime() {
    let start = Platform.nanoseconds()
    Platform.sleep(seconds: 0.01)
    Platform.sleep(seconds: -1)
    #expect(Platform.nanoseconds() - start >= 10_000_000)
  }

  @Test(arguments: [
    ("/a/b", "/a/b"), ("/a/./b/", "/a/b"), ("/a/../b//c", "/b/c"), ("/..", "/"), ("/", "/"),
  ])
  func absolutePaths(_ path: String, _ absolute: String) throws {
    #expect(try Platform.absolutePath(path) == absolute)
  }

  @Test func pathsFromTheFolderOfTheProcess() throws {
    let here = try Platform.absolutePath(".")
    #expect(try Platform.status(here).identity == Platform.status(".").identity)
    #expect(try Platform.absolutePath("a/../b") == (here == "/" ? "/b" : here + "/b"))
  }

  @Test func linksAndCopies() throws {
    let folder = try TemporaryIndex()
    let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try folder.put(bytes, "a")
    try Platform.link(folder.path + "/a", to: folder.path + "/b")
    try Platform.copy(folder.path + "/a", to: folder.path + "/c")
    #expect(try folder.bytes("b") == bytes)
    #expect(try folder.bytes("c") == bytes)
    let identities = try ["a", "b", "c"].map {
      try Platform.status(folder.path + "/" + $0).identity
    }
    #expect(identities[0] == identities[1])
    #expect(identities[0] != identities[2])
    #expect(throws: IndexError.system(operation: "link", path: folder.path + "/c", code: 17)) {
      try Platform.link(folder.path + "/a", to: folder.path + "/c")
    }
  }

  @Test func aFullDiskCutsAWrite() throws {
    let folder = try TemporaryIndex()
    let path = folder.path + "/file"
    Platform.faults.set(folder.path) { operation, _ in
      operation == .write ? .cutWrite(byteCount: 3, error: 28) : nil
    }
    defer { Platform.faults.set(folder.path, nil) }
    let file = try Platform.create(path)
    defer { Platform.close(file) }
    #expect(throws: IndexError.system(operation: "write", path: path, code: 28)) {
      try Platform.write(file, [1, 2, 3, 4, 5], path: path)
    }
    #expect(try folder.bytes("file") == [1, 2, 3])
  }

  @Test func foldersAreMadeWithThoseAbove() throws {
    let folder = try TemporaryIndex()
    let path = folder.path + "/a/b/c"
    var made: [String] = []
    try Platform.makeFolder(path) { made.append($0) }
    #expect(made == [folder.path + "/a", folder.path + "/a/b", path])
    try Platform.makeFolder(path + "/") { made.append($0) }
    #expect(made.count == 3)
    try Platform.remove(folder: path)
    #expect(throws: IndexError.self) { try Platform.remove(folder: folder.path + "/a") }
    try folder.put([], "file")
    #expect(throws: IndexError.self) { try Platform.makeFolder(folder.path + "/file") { _ in } }
    #expect(throws: IndexError.self) {
      try Platform.makeFolder(folder.path + "/file/below") { _ in }
    }
  }
}

@Suite struct ChildTests {
  @Test func inputArrivesAndTheExitCodeComesBack() throws {
    Platform.ignoreBrokenPipes()
    let folder = try TemporaryIndex()
    let file = folder.path + "/it's $HOME; a \"name\""
    let input = [UInt8](repeating: 65, count: 300_000)
    #expect(try Platform.run("sh", ["-c", "cat > \"$0\"", file], input: input) == 0)
    #expect(try Platform.read(file) == input)
    #expect(try Platform.run("/bin/sh", ["-c", "exit 7"], input: input) == 7)
    #expect(try Platform.run("/bin/sh", ["-c", "kill -9 $$"], input: []) == 137)
  }

  @Test func aProgramThatIsNotThere() {
    #expect(throws: IndexError.system(operation: "start", path: "no such program", code: 2)) {
      try Platform.run("no such program", [], input: [])
    }
  }
}

@Suite struct FolderWatcherTests {
  @Test func changesAreSeen() throws {
    let folder = try TemporaryIndex()
    let watcher = try FolderWatcher()
    try watcher.add(folder.path)
    try watcher.add(folder.path)
    #if os(Linux)
      #expect(try watcher.wait(seconds: 0.01) == FolderWatcher.Changes())
    #endif
    try folder.put([1, 2, 3], "new")
    #expect(try watcher.wait(seconds: 20).isAny)
    try folder.remove("new")
    #expect(try watcher.wait(seconds: 20).isAny)
    #expect(throws: IndexError.self) { try watcher.add(folder.path + "/nowhere") }
  }

  /// More events than the system keeps are one loss, not an error.
  @Test func manyChangesAtOnce() throws {
    let folder = try TemporaryIndex()
    let watcher = try FolderWatcher()
    try watcher.add(folder.path)
    for number in 0..<6_000 {
      Platform.close(try Platform.create(folder.path + "/\(number)"))
    }
    let changes = try watcher.wait(seconds: 20)
    #expect(changes.isAny)
    #if os(Linux)
      #expect(try watcher.wait(seconds: 0.01) == FolderWatcher.Changes())
    #endif
  }
}
