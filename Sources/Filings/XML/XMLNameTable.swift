/// What is known of the names in one document, looked up once each.
struct XMLNameTable {
  /// What an element or attribute of a name is to a reader.
  enum Role {
    case plain
    /// For machines.
    case skipped
    case footnotes
    /// A mark that a footnote belongs to the value before it.
    case footnoteMark
    /// Another element's value.
    case value
    /// A line of an address.
    case address
    /// A name of a person, by its place when written in one line.
    case firstName
    case middleName
    case lastName
    /// A numbered part of a form.
    case item
    /// An entry of a list, also where it is the only one.
    case record
  }

  private let labels: [String]
  private let roles: [Role]
  private let codes: [XMLCodes]

  init(_ names: [String]) {
    codes = names.map(XMLCodes.init)
    labels = names.map { $0.isEmpty ? "" : XMLLabels.label(of: $0) }
    roles = names.map(Self.role)
  }

  func label(_ name: Int) -> String { labels[name] }
  func role(_ name: Int) -> Role { roles[name] }
  /// A value of an element of the name, as the form prints it.
  func meaning(of value: String, in name: Int) -> String { codes[name].meaning(of: value) }

  private static func role(of name: String) -> Role {
    if let role = known[name] { return role }
    if name.hasPrefix("item"), name.utf8.dropFirst(4).first?.isDigit ?? false { return .item }
    let lower = name.lowercased()
    return addressEndings.contains { lower.hasSuffix($0) } ? .address : .plain
  }

  private static let known: [String: Role] = {
    var known: [String: Role] = [
      "footnotes": .footnotes, "footnoteId": .footnoteMark, "value": .value,
      "firstName": .firstName, "middleName": .middleName, "lastName": .lastName,
    ]
    for name in [
      "schemaVersion", "ccc", "filerCcc", "liveTestFlag", "testOrLive", "flags", "contact",
      "contactEmail", "notifications", "transactionFormType", "equitySwapInvolved",
      // An attached file in the encoding of base64.
      "contents",
    ] {
      known[name] = .skipped
    }
    for name in [
      "nonDerivativeTransaction", "nonDerivativeHolding", "derivativeTransaction",
      "derivativeHolding", "infoTable", "invstOrSec", "securitiesSoldInPast3Months",
      "securitiesToBeSold", "proxyTable",
    ] {
      known[name] = .record
    }
    return known
  }()

  private static let addressEndings = [
    "street1", "street2", "street3", "city", "state", "stateorcountry", "statedescription",
    "stateorcountrydescription", "zipcode", "zip", "country", "postalcode",
  ]
}

/// Reads single values off a tree.
struct XMLCells {
  let tree: XMLTree
  let names: XMLNameTable

  /// What an element or attribute says as one value; "" where it says nothing, nil where it has
  /// more than one value.
  func cell(_ node: Int) -> String? {
    let name = tree.nodes[node].name
    guard tree.hasChildren(node) else {
      if names.role(name) == .footnoteMark { return "" }
      return tree.text(node).map { names.meaning(of: $0, in: name) } ?? ""
    }
    if let text = tree.text(node) {
      guard hasOnlyAttributes(node) else { return nil }
      let attributes = tree.children(of: node).compactMap { tree.text($0) }
      return ([names.meaning(of: text, in: name)] + attributes)
        .joined(separator: "; ")
    }
    if let (value, marks) = slot(node) {
      let meaning = value.map { names.meaning(of: $0, in: name) }
      return ([meaning].compactMap { $0 } + marks).joined(separator: " ")
    }
    return line(node)
  }

  /// `(1)` of the footnote "F1".
  static func mark(_ id: String) -> String {
    let number = id.drop { !$0.isNumber }
    return "(\(number.isEmpty ? id[...] : number))"
  }

  /// How many rows the children of an element make, up to two.
  func rowCount(_ node: Int) -> Int {
    var count = 0
    for child in tree.children(of: node) where names.role(tree.nodes[child].name) != .skipped {
      if let cell = cell(child) {
        if !cell.isEmpty { count += 1 }
      } else if hasOnlyAttributes(child) {
        count += 1
      }
      if count == 2 { break }
    }
    return count
  }

  func hasOnlyAttributes(_ node: Int) -> Bool {
    tree.hasChildren(node) && tree.children(of: node).allSatisfy { tree.nodes[$0].isAttribute }
  }

  /// A value with the marks of its footnotes, where an element has nothing else.
  private func slot(_ node: Int) -> (value: String?, marks: [String])? {
    var value: String?
    var marks: [String] = []
    for child in tree.children(of: node) {
      switch names.role(tree.nodes[child].name) {
      case .value where value == nil && !tree.hasChildren(child): value = tree.text(child) ?? ""
      case .footnoteMark: marks += tree.value("id", of: child).map { [Self.mark($0)] } ?? []
      default: return nil
      }
    }
    return (value, marks)
  }

  /// An address or the name of a person in one line.
  private func line(_ node: Int) -> String? {
    var parts: [(order: Int, text: String)] = []
    var isPerson = false
    for (place, child) in tree.children(of: node).enumerated() {
      let order: Int
      switch names.role(tree.nodes[child].name) {
      case .address where !isPerson: order = place
      case .firstName where place == 0 || isPerson: (order, isPerson) = (0, true)
      case .middleName where place == 0 || isPerson: (order, isPerson) = (1, true)
      case .lastName where place == 0 || isPerson: (order, isPerson) = (2, true)
      default: return nil
      }
      guard !tree.hasChildren(child) else { return nil }
      if let text = tree.text(child) { parts.append((order, text)) }
    }
    guard tree.nodes[node].end > node + 2 else { return nil }
    if isPerson { parts.sort { $0.order < $1.order } }
    return parts.map(\.text).joined(separator: isPerson ? " " : ", ")
  }
}
