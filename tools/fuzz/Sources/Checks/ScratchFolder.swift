import Filings
import Glibc
import TextSearch

/// A folder in memory for targets whose way goes over files.
public struct ScratchFolder {
  public let path: String

  /// The folder of this process, empty.
  public init() {
    path = "/dev/shm/folio-fuzz-\(Platform.processID)"
    unsafe mkdir(path, 0o700)
    clear()
  }

  /// Removes the files in it.
  public func clear() {
    for name in (try? Platform.names(inFolder: path)) ?? [] { unsafe unlink(path + "/" + name) }
  }

  public func write(_ bytes: [UInt8], _ name: String) {
    KeptInput.write(bytes, to: path + "/" + name)
    KeptInput.keep(bytes)
  }

  /// Reads all files in it, each with what the others say of it.
  public func check() {
    do throws(IndexError) {
      for file in try InputFinder.files(at: [path]).files {
        for item in InputFinder.items(of: file) {
          let result = FilingReader.read(item)
          let bytes = try Platform.read(file.path)
          if let flaw = ResultFlaw.find(in: result, of: bytes) { Failure.report(flaw) }
        }
      }
    } catch {
      Failure.report("\(error)")
    }
  }
}
