/// The fields of a document, the attributes that describe it and the kinds of its zones.
///
/// A schema is written into every segment; an index has one schema.
public struct Schema: Sendable, Equatable {
  /// A named part of a document that has its own weight.
  public struct Field: Sendable, Equatable {
    public var name: String
    /// The weight of one occurrence in this field; greater than 0.
    public var boost: Float

    public init(_ name: String, boost: Float) {
      self.name = name
      self.boost = boost
    }
  }

  /// A named value that is kept with a document or with a group of documents.
  public struct Attribute: Sendable, Equatable {
    public enum Owner: UInt8, Sendable { case group, document }
    public var name: String
    public var owner: Owner

    public init(_ name: String, of owner: Owner) {
      self.name = name
      self.owner = owner
    }
  }

  /// A kind of zones that has a name, so that queries can be limited to such zones.
  public struct ZoneKind: Sendable, Equatable {
    /// Letters, digits and underscores; no field's name.
    public var name: String
    /// What the zones of documents have as their kind.
    public var number: UInt8

    public init(_ name: String, number: UInt8) {
      self.name = name
      self.number = number
    }
  }

  /// At most `Schema.maximumFieldCount`.
  public var fields: [Field]
  public var attributes: [Attribute]
  /// The kinds of zones that have names; zones of other kinds are kept, too.
  public var zoneKinds: [ZoneKind]

  public static let maximumFieldCount = 8

  public init(fields: [Field], attributes: [Attribute], zoneKinds: [ZoneKind] = []) {
    precondition((1...Self.maximumFieldCount).contains(fields.count))
    self.fields = fields
    self.attributes = attributes
    self.zoneKinds = zoneKinds
  }

  /// The field of that name, or nil.
  public func field(named name: String) -> FieldID? {
    fields.firstIndex { $0.name == name }.map { FieldID(rawValue: UInt8($0)) }
  }

  /// The name of a kind of zones, or nil where it has none.
  public func name(ofZoneKind number: UInt8) -> String? {
    zoneKinds.first { $0.number == number }?.name
  }

  /// Where among the values of its owner the attribute of that name stands, or nil.
  public func attribute(named name: String, of owner: Attribute.Owner) -> Int? {
    attributes.filter { $0.owner == owner }.firstIndex { $0.name == name }
  }
}

/// The number of a field in its schema.
public struct FieldID: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
}
