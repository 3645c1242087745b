/// A generation of an index of which a file is missing, or not there to its end.
public struct IncompleteGeneration: Sendable, Equatable, CustomStringConvertible {
  public var generation: UInt64
  /// The name of that file.
  public var file: String
  /// Whether a part of it is there.
  public var isCut: Bool

  /// "generation 42 is not whole here: 42-1.segment is missing"
  public var description: String {
    "generation \(generation) is not whole here: \(file) is \(isCut ? "cut short" : "missing")"
  }
}

/// The manifest of the newest commit that is whole: all its files are there, none is cut short.
///
/// In the folder of an index that is the one in place. A copy of the folder that was made file by
/// file during commits can have a manifest that is newer than its other files; what was newest when
/// the copy began is then whole, with a manifest of its own.
struct WholeManifest: Sendable {
  let manifest: Manifest
  /// The generation of the manifest in place.
  let newest: UInt64
  /// What the manifest in place lacks, where an older one stands in for it.
  let incomplete: IncompleteGeneration?

  /// - Throws: `IndexError.missing` where there is no manifest in place. Where no manifest has all
  ///   its files it is the one in place, so that who opens them finds out what is missing.
  init(folder: String) throws(IndexError) {
    while true {
      let named = try Manifest(folder: folder)
      guard let lack = try named.lack(in: folder) else {
        self.init(manifest: named, newest: named.generation, incomplete: nil)
        return
      }
      // A commit in between removes files: its own are there.
      if try Manifest(folder: folder).generation != named.generation { continue }
      let older = try Self.newestWhole(before: named.generation, in: folder)
      self.init(
        manifest: older ?? named, newest: named.generation, incomplete: older == nil ? nil : lack)
      return
    }
  }

  init(manifest: Manifest, newest: UInt64, incomplete: IncompleteGeneration?) {
    self.manifest = manifest
    self.newest = newest
    self.incomplete = incomplete
  }

  /// The newest manifest before a generation that has all its files.
  static func newestWhole(
    before generation: UInt64, in folder: String
  ) throws(IndexError) -> Manifest? {
    for older in Manifest.generations(among: try Platform.names(inFolder: folder)).reversed()
    where older < generation {
      // One that can't be read was itself being written, or damaged: there are others.
      guard let manifest = try? Manifest(folder: folder, generation: older) else { continue }
      if try manifest.lack(in: folder) == nil { return manifest }
    }
    return nil
  }
}

extension Manifest {
  /// The first file that is not in the folder, or not to its end.
  func lack(in folder: String) throws(IndexError) -> IncompleteGeneration? {
    for file in files {
      do throws(IndexError) {
        if try Platform.status(folder + "/" + file.name).size >= file.byteCount { continue }
        return IncompleteGeneration(generation: generation, file: file.name, isCut: true)
      } catch {
        guard Platform.isMissing(error) else { throw error }
        return IncompleteGeneration(generation: generation, file: file.name, isCut: false)
      }
    }
    return nil
  }
}
