/// A new file that is written front to back and flushed to the disk when it is finished.
///
/// The file is pending (`PendingFiles`) from before it exists until a commit puts it in place or its
/// writer gives up.
final class OutputFile {
  let path: String
  private let descriptor: Int32
  /// Bytes written so far.
  private(set) var count = 0

  /// Creates the file, or empties the one that is there.
  init(path: String) throws(IndexError) {
    self.path = path
    descriptor = try PendingFiles.shared.create(path) { () throws(IndexError) in
      try Platform.create(path)
    }
  }

  deinit { Platform.close(descriptor) }

  func write(_ bytes: [UInt8]) throws(IndexError) {
    try Platform.write(descriptor, bytes, path: path)
    count += bytes.count
  }

  /// Flushes to the disk.
  func finish() throws(IndexError) {
    try Platform.flush(descriptor, path: path)
  }
}
