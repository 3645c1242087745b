#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is in a folder: the names that do not begin with a dot in the order of their bytes, and
/// what `stat` says of each; symbolic links are followed.
public struct FolderListing: Sendable {
  public enum Content: Sendable, Equatable {
    case present(Platform.Status)
    /// The system's error number.
    case unreadable(Int32)
  }

  struct Entry: Sendable {
    /// The name without its zero in `names`.
    var name: Range<Int>
    var content: Content
  }

  /// Each name with a zero behind it.
  fileprivate(set) var names: [UInt8] = []
  fileprivate(set) var entries: [Entry] = []

  public var count: Int { entries.count }
  public func content(_ entry: Int) -> Content { entries[entry].content }

  public func name(_ entry: Int) -> ArraySlice<UInt8> { names[entries[entry].name] }
}

extension Platform {
  #if canImport(Glibc)
    private typealias FolderStream = OpaquePointer
  #else
    private typealias FolderStream = UnsafeMutablePointer<DIR>
  #endif

  /// Reads a folder and looks at all that is in it.
  ///
  /// Names are looked up in the open folder, so that the system does not walk the path for each. A
  /// name that is not UTF-8 is unreadable, as no path can be made of it.
  public static func listing(ofFolder path: String) throws(IndexError) -> FolderListing {
    try faults.check(.list, path, "list")
    guard let folder = unsafe opendir(path) else { throw failure("list", path) }
    defer { unsafe closedir(folder) }
    guard let (bytes, names) = unsafe visibleNames(folder) else { throw failure("list", path) }
    var listing = FolderListing(names: bytes)
    listing.entries.reserveCapacity(names.count)
    let descriptor = unsafe dirfd(folder)
    for name in names {
      let content = content(bytes, name, in: descriptor)
      listing.entries.append(FolderListing.Entry(name: name, content: content))
    }
    return listing
  }

  /// The names in an open folder that do not begin with a dot, each with a zero behind it, and
  /// where they are, sorted; nil where the system fails on the way, so that no file passes for gone.
  private static func visibleNames(_ folder: FolderStream) -> ([UInt8], [Range<Int>])? {
    var bytes: [UInt8] = []
    var names: [Range<Int>] = []
    errno = 0
    while let entry = unsafe readdir(folder) {
      unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
        if unsafe name[0] == UInt8(ascii: ".") { return }
        let start = bytes.count
        unsafe bytes.append(contentsOf: name.prefix { $0 != 0 })
        names.append(start..<bytes.count)
        bytes.append(0)
      }
      errno = 0
    }
    if errno != 0 { return nil }
    let all = bytes
    names.sort { one, other in
      PathOrder.compare(all.span.extracting(one), all.span.extracting(other)) < 0
    }
    return (bytes, names)
  }

  /// - Parameter name: Where the name is in `names`; a zero stands behind it.
  private static func content(
    _ names: [UInt8], _ name: Range<Int>, in folder: Int32
  ) -> FolderListing.Content {
    guard isUTF8(names.span.extracting(name)) else { return .unreadable(EILSEQ) }
    var info = stat()
    let result = unsafe names.withUnsafeBufferPointer { names in
      // The range lies in the array, and so does the zero behind it.
      unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(names)[name.lowerBound...])
        .withMemoryRebound(to: CChar.self) { unsafe fstatat(folder, $0.baseAddress!, &info, 0) }
    }
    return result == 0 ? .present(status(of: info)) : .unreadable(errno)
  }

  private static func isUTF8(_ name: Span<UInt8>) -> Bool {
    var isASCII = true
    for place in name.indices where name[place] >= 0x80 { isASCII = false }
    return isASCII || (try? UTF8Span(validating: name)) != nil
  }
}
