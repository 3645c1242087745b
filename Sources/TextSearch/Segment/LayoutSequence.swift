/// The tokens of one document as its segment numbers them.
struct DocumentTokens {
  /// Code numbers.
  var ranks: [UInt32] = []
  /// Which spelling of its term each token has.
  var variants: [UInt32] = []
  /// The separator behind each token.
  var gaps: [UInt32] = []

  var count: Int { ranks.count }

  mutating func removeAll() {
    ranks.removeAll(keepingCapacity: true)
    variants.removeAll(keepingCapacity: true)
    gaps.removeAll(keepingCapacity: true)
  }

  /// Makes room for what the layout says of the tokens.
  mutating func makeRoom() {
    variants.append(contentsOf: repeatElement(0, count: ranks.count - variants.count))
    gaps.append(contentsOf: repeatElement(0, count: ranks.count - gaps.count))
  }
}

/// Decodes the layout of many documents in their order.
///
/// `seek` says from which document on the tokens have to be decoded; then each document is given
/// to `decode`, none left out.
struct LayoutSequence: ~Copyable {
  private let reader: LayoutReader
  private var documents: OffsetCursor
  private var decoder: LayoutDecoder?
  /// The first block that was not begun.
  private var block = 0
  /// Where in the next document decoding begins: a block inside a long document may hold the
  /// documents behind it, too.
  private var firstToken = 0
  private var nextDocument = 0

  init(_ reader: LayoutReader) {
    self.reader = reader
    documents = reader.blockDocuments
  }

  /// Goes to the block that the first token of `document`, which is not decoded yet, is in.
  /// - Returns: The document that is to be decoded next, at most `document`; of one before it
  ///   maybe only the last tokens are decoded.
  mutating func seek(_ document: Int) throws(IndexError) -> Int {
    guard let anchor = try reader.anchor(document: document, token: 0) else { return document }
    // From inside its block it goes on, for else a block would be decoded for each document.
    if decoder != nil, anchor.block < block { return nextDocument }
    guard anchor.document >= nextDocument else {
      throw reader.missing(document: document, token: 0)
    }
    decoder = nil
    block = anchor.block
    firstToken = anchor.token
    return anchor.document
  }

  /// Decodes variants and gaps of `document` behind its code numbers.
  mutating func decode(_ document: Int, _ tokens: inout DocumentTokens, terms: [UInt8])
    throws(IndexError)
  {
    tokens.makeRoom()
    nextDocument = document + 1
    var place = firstToken
    firstToken = 0
    while place < tokens.count {
      let end = min(place + LayoutPlan.documentSpacing, tokens.count)
      try begin(document, at: place)
      guard decoder != nil else {
        throw reader.missing(document: document, token: place)
      }
      try decoder?.decode(place..<end, of: &tokens, terms: terms)
      place = end
    }
  }

  /// Takes up the block that begins at a token, where one does.
  private mutating func begin(_ document: Int, at token: Int) throws(IndexError) {
    guard block < reader.blockCount, try documents.value(at: block) == document else { return }
    decoder = try reader.decoder(at: .init(block: block, document: document, token: token))
    block += 1
  }
}
