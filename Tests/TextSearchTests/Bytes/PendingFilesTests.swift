import TestSupport
import Testing

@testable import TextSearch

@Suite struct PendingFilesTests {
  @Test func whatIsNotCommittedGoes() throws {
    let folder = try TemporaryIndex()
    let pending = PendingFiles()
    let index = folder.path + "/a/Index"
    #expect(try pending.makeFolder(index) == [folder.path + "/a", index])
    #expect(pending.hasFolder(index))
    for name in ["one", "two"] {
      let file = try pending.create(index + "/" + name) { () throws(IndexError) in
        try Platform.create(index + "/" + name)
      }
      Platform.close(file)
    }
    #expect(pending.paths.count == 4)
    try pending.commit(["one"], in: index) { settle throws(IndexError) in settle() }
    #expect(pending.paths == [index + "/two"])
    pending.discard(in: folder.path + "/other")
    #expect(try Platform.names(inFolder: index) == ["one", "two"])
    pending.discard(in: index)
    #expect(try Platform.names(inFolder: index) == ["one"])
    #expect(pending.paths.isEmpty)
  }

  @Test func aCommitThatFailsKeepsWhatItHadSettled() throws {
    let pending = PendingFiles()
    pending.add("Index/one")
    let failure = IndexError.limit(reason: "full")
    #expect(throws: failure) {
      try pending.commit(["one"], in: "Index") { _ throws(IndexError) in throw failure }
    }
    #expect(pending.paths == ["Index/one"])
    #expect(throws: failure) {
      try pending.commit(["one"], in: "Index") { settle throws(IndexError) in
        settle()
        throw failure
      }
    }
    #expect(pending.paths.isEmpty)
  }

  @Test func foldersGoWithWhatIsInThem() throws {
    let folder = try TemporaryIndex()
    let pending = PendingFiles()
    let index = folder.path + "/a/Index"
    _ = try pending.makeFolder(index)
    pending.discard(in: index)
    #expect(try folder.names().isEmpty)
    // One that others use stays.
    _ = try pending.makeFolder(index)
    try folder.put([1], "a/theirs")
    pending.discard(folder: index)
    #expect(try Platform.names(inFolder: folder.path + "/a") == ["theirs"])
  }
}
