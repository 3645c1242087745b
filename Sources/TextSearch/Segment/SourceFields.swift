/// What a source list says of a path besides the path, as the bytes have it.
struct SourceFields: Sendable, Equatable {
  enum State: UInt8, Sendable { case gone, indexed, empty, duplicate }

  var state: State = .gone
  /// The label is the path from this byte on, unless `SourceExtras` has another.
  var labelStart = 0
  var size = 0
  var modified: Int64 = 0
  var fingerprint: UInt64 = 0
  var number: UInt32 = 0
}

/// What only few sources have.
struct SourceExtras: Sendable, Equatable {
  /// The label where it is not the end of the path.
  var label: [UInt8]?
  /// Why the source is empty.
  var reason: [UInt8]?
  /// The path of the source that this one is a duplicate of.
  var original: [UInt8]?
  var beatenBy: [UInt32] = []

  var isEmpty: Bool { label == nil && reason == nil && original == nil && beatenBy.isEmpty }
}

extension Source {
  init(path: [UInt8], _ fields: SourceFields, _ extras: SourceExtras) {
    let label = extras.label ?? Array(path.dropFirst(fields.labelStart))
    let state: State =
      if let reason = extras.reason {
        .empty(reason: String(decoding: reason, as: UTF8.self))
      } else if let original = extras.original {
        .duplicate(of: String(decoding: original, as: UTF8.self))
      } else {
        .indexed
      }
    self.init(
      path: String(decoding: path, as: UTF8.self), label: String(decoding: label, as: UTF8.self),
      size: fields.size, modified: fields.modified, fingerprint: fields.fingerprint,
      number: fields.number, state: state, beatenBy: extras.beatenBy)
  }

  var fields: SourceFields {
    let state: SourceFields.State =
      switch state {
      case .indexed: .indexed
      case .empty: .empty
      case .duplicate: .duplicate
      }
    return SourceFields(
      state: state, labelStart: hasPlainLabel ? path.utf8.count - label.utf8.count : 0, size: size,
      modified: modified, fingerprint: fingerprint, number: number)
  }

  var extras: SourceExtras {
    var extras = SourceExtras(beatenBy: beatenBy)
    if !hasPlainLabel { extras.label = Array(label.utf8) }
    switch state {
    case .indexed: break
    case .empty(let reason): extras.reason = Array(reason.utf8)
    case .duplicate(let original): extras.original = Array(original.utf8)
    }
    return extras
  }

  private var hasPlainLabel: Bool {
    path.utf8.suffix(label.utf8.count).elementsEqual(label.utf8)
  }
}
