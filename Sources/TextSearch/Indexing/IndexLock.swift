/// The advisory lock of an index's one writer.
///
/// It is held for as long as this object lives, and ends with the process at the latest. The file
/// says who holds it: `process 4711 on host since 2009-08-06T14:03:07Z`.
final class IndexLock {
  private let folder: String
  private let descriptor: Int32

  static let fileName = "lock"

  /// How long a writer that waits sleeps between its tries: short enough that nobody notices.
  private static let pause = 0.05

  /// Takes the lock of the index in `folder`, which is made where it is missing.
  /// - Parameter wait: Seconds to wait for another writer to end.
  /// - Throws: `IndexError.locked` where another writer still has the lock after that.
  init(folder: String, wait: Double = 0) throws(IndexError) {
    self.folder = folder
    do throws(IndexError) {
      descriptor = try Self.take(folder, wait: wait)
    } catch {
      PendingFiles.shared.discard(folder: folder)
      throw error
    }
    try writeHolder()
  }

  /// All properties are set, so `deinit` is called where this throws.
  private func writeHolder() throws(IndexError) {
    let path = folder + "/" + Self.fileName
    let time = Platform.timestamp(Platform.wallClock)
    let text = Array("process \(Platform.processID) on \(Platform.hostName) since \(time)".utf8)
    // In this order, so that who reads it meanwhile does not find it empty.
    try Platform.write(descriptor, text, path: path)
    try Platform.truncate(descriptor, to: text.count, path: path)
  }

  /// What the writer has not put in place goes before others may write.
  deinit {
    PendingFiles.shared.discard(in: folder)
    Platform.unlock(descriptor)
  }

  private static func take(_ folder: String, wait: Double) throws(IndexError) -> Int32 {
    let path = folder + "/" + fileName
    let deadline = Double(Platform.nanoseconds()) + wait * 1e9
    while true {
      // Each time, as a writer that gives up takes the folder away that it made.
      try IndexFolder(folder).make()
      if let descriptor = try Platform.lock(path) {
        // Removed only by its holder, and only with the folder: else two could hold the lock.
        if PendingFiles.shared.hasFolder(folder) { PendingFiles.shared.add(path) }
        return descriptor
      }
      guard Double(Platform.nanoseconds()) < deadline else {
        throw .locked(path: folder, holder: holder(path))
      }
      Platform.sleep(seconds: pause)
    }
  }

  /// Who holds the lock, in the words of the file; it is empty for a moment when it is new.
  private static func holder(_ path: String) -> String {
    for _ in 0..<3 {
      if let bytes = try? Platform.read(path), !bytes.isEmpty {
        return Printable.line(String(decoding: bytes, as: UTF8.self))
      }
      Platform.sleep(seconds: pause)
    }
    return "process unknown"
  }
}
