/// Why an archive or a member of one cannot be read.
struct ArchiveError: Error {
  var reason: String

  static func cutOff(_ what: String) -> ArchiveError {
    ArchiveError(reason: "damaged \(what): it ends too early")
  }
}
