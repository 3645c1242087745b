/// The lengths of documents as norms: one for the schema's boosts, and one for each field.
///
/// ```
/// norms := u8 mask of the fields that have a column, u8{documents} combined,
///          for each field of the mask: u8{documents}
/// ```
/// A field's norm is the largest whose length is not above the number of the field's words. The
/// combined norm is that of Σ boost(f)·length(norm of f), added in the order of the fields, so it
/// can be made again from the others for other boosts. A field that is empty everywhere has no
/// column.
enum NormColumns {
  static func combined(_ fieldNorms: [UInt8], boosts: [Float]) -> UInt8 {
    var length: Float = 0
    for (norm, boost) in zip(fieldNorms, boosts) {
      length += boost * Quantizer.lengths[Int(norm)]
    }
    return Quantizer.norm(of: length)
  }

  /// - Parameter lengths: Words by field, for each document.
  static func encode(_ lengths: [[Int]], schema: Schema) -> (section: [UInt8], combined: [UInt8]) {
    let boosts = schema.fields.map(\.boost)
    let norms = lengths.map { $0.map { Quantizer.norm(of: Float($0)) } }
    let combined = norms.map { Self.combined($0, boosts: boosts) }
    var mask: UInt8 = 0
    var columns: [UInt8] = []
    for field in schema.fields.indices where norms.contains(where: { $0[field] > 0 }) {
      mask |= 1 << UInt8(field)
      columns += norms.map { $0[field] }
    }
    return ([mask] + combined + columns, combined)
  }
}
