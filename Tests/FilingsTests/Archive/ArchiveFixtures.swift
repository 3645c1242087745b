import Foundation

/// Archives as other programs make them; what they hold is `report(lines:)`.
enum ArchiveFixtures {
  /// `report(lines: 60)`, packed by gzip.
  static let gzip = bytes(
    """
    H4sIAAAAAAACA4WWTWpcMRAG9znFW2Rt+letzhl8CUNeiDczwbFz/sjwZIjk/rIamKEQkmq69Ph8Ow867j+O15/n8X
    L+ur+8fhuff87b2/n+9Vcav9zffj/dvh/Pt4Mz9eHL4zvFiIrkXEG7QEGgcou2kn6RCpdkCV7JdpGGSGlBtpJxkY7I
    jAxfyX6RDZHdqW9r5kUGJDvpv/sUIrrIjsjWua0gX2Ai0Ng0V1KmB1Cf4QHRin4oBB3yPo5kRadEDC0yUt22Oi1iqJ
    F25e14p0YMPXJhsRWdHjEUqXMsIg10isTQJAlp26rTJP6PSp7rXnmqxNglD19PmKdMnPhew9d75WmTQJvGbNhs4mmT
    QJtSJLZVP0YSnkmD3PY6bRJoU0/27YSnTQJtaqy23itPmwTaZKmbTTxtEmiTq+yrTpsE2hSS215l2iTQpm7bAcuUSb
    BM2bdrlSmTEv7jMJV1UygTj/sv+6ZQpiSv+wZdEo0sA6d4Mpm2snAKXYo6cApNakpSFk4D94a5TJxCk9RJy8gprpxF
    lpUzqNJ4P9SVM6wSdy0rZ1Cllsxl5Qy6ZCJaVs4Mv9C4l5Uzx5eTdeUMz6XWqKycQZtSKcrKGbTJXKOsnEGbWJ3Lyj
    l+M4XXlXNcuVAuK+fQJpaMsnKObRp/nbJybvh92KmsnDseallXzqFNqtnLyjm0SXrXsnKOZ9PoY5k5hzYN+/WzzP0F
    agERtsANAAA=
    """)

  /// A pax archive: `a/first.txt`, a name of 173 letters, `../../up.txt`; each 60 lines.
  static let tarGzip = bytes(
    """
    H4sIAAAAAAACA+2aT2/TQBDFc+6n8IFzsjOzs3+QkDhy4MBXCNSllVBSJQ7qx2dbvEWsu4MqGoTgPbVy5erJsveXfX
    6jbDdXN4fjtJ7uptW55IqC9w/HovYY4o+/v5+nctKtBrf6Azodp+2hXH71f+r9zW4c3LC/GqbrcTiMt/vD9Locv467
    03h/+pUr/9mfjtvd5XCzGyhnWV88uMhyxUy5NfrZyJZRKMTQOnV2inlJ4kitM8xObzm5IOhbZ5ydajlzzFFbZ5qdwX
    ImdWlxzTw7o+lMTn6+Ty6fmtmZLGdIFFojzcZsGT15ya2TKwcmPoUD51rrI0ImQ5rKI2mtFSIyKfJOZHGrlSIyMZIk
    tHi8FSMyOVIm9q21ckQmSIliA1KxVpDIJIkjh8VVK0n0C5Q0t/dKFSWyWdKo7ROmChNle12jtutKlSY2aSp7w4Imqj
    SxSVNmjourPm5J9p5UnIt7rTSxSVPKpIsnXGlik6ZA4tt1pUoTmzT5LAuaqNLEJk0qvLxqpYlNmiLnxb1ypYlNmpJf
    PGCuMLENU06LZeUKkzj7g0Oum25iwkRl/bv5JiZM2Wk/30yWWGLuBpzYO5OX0E04MVmK/YATk6QgjrsJJ9HOG6JuxI
    lJkqiTbsiJnXI+5m7KeROl8v7QTzlvo0RJuinnTZRCJuqmnDdZ8szSTTnv7Tc0St2U82ovTu6nnLf3pRBcN+W8SVMW
    F7sp502avErsppw3aSJR6qac2u9MUfspp3bKRaFuyqlJE3GO3ZRTm6by0emmnHr7/TC5bsqp2pta7qecmjSJ5NRNOT
    Vp4pSkm3Jq700lH7sxpyZNhX55KuZ+t/+tN+vN2w/bu3fj9nI8nK//P9H7Hzt/qV9t/2fm1XCH/n92lfAZbrfT9ZuP
    my/73ee/+XdzHD/td5f3o6qLFfQy+hPL/uz5n9xXWsz/MP/D/A/zP8z/MP/D/A/zP8z/MP/D/A/zP8z/MP/D/O/F5n
    /rTfk53Z7zC0DP7v+uvFoK+j/6P/o/+j/6P/o/+j/6P/o/+j/6P/o/+j/6P/r/S/V/CIIgCIIgCIIgCIIgCIIgCIIg
    CIL+HX0DdhZXuwBQAAA=
    """)

  /// A GNU archive with one long name.
  static let gnuTar = bytes(
    """
    H4sIAAAAAAACA+2Yy25TMRRFM+Yr7oBx4vPygxEfkJ8oNEAFSqo2QXw+bntdgc3ZjIpAeEtRqhttWbaXva663W13b/
    en48f9zfHz5mUSnuJ9B7b4/PfT85Ri2Cz7zR/I5f58dbcsm/8073Zf6ub/zZ/d/eH96Xi9PX87b2b+xf1/ONRR1Tv/
    Mf1wFzw+F44xbpYwz/+Lp177hyUspw/L+dNhuTvcnu7Ob+r318Pxcnh4/DrUX06X+6vj9XJzXKgU2b56bBFqpUKlL+
    paZFQUiin2TVubAockTtQ349pU1OSKoPbNtDYNNUsqyfpmXpsRNbOFPIxZ1maCzRzk53lyPTVrM6NmzBT7Iq3FgopK
    KqVvcuMA4lM5CKGvPiMEGbJcl6SvNogIUqRBZJhqo4ggRpKFhuVtGBHkyJhY+2rjiCBImVIHUq02kAiSxInjMGojiX
    6DkpV+rtRQIsySJetXmBpMVPC+Juv3lRpNDGmqd8NAEzWaGNJUmNMw6vOVhO+k2hzm2mhiSFMuZMMKN5oY0hRJtN9X
    ajQxpEmLDDRRo4khTSY8jtpoYkhT4jLMlRtNDGnKOiwwN5gYw1TysK3cYJKADw4F124CYaK6/67fBMJUgvl+gyyxpO
    IKTvDNpBJdwwlkKfmCE0hSlMCu4SRh3xC5ihNIklgQV3KCLaepuJZTiFJ9f/AtpxglyuJaTiFKsRC5llPIkjKLazlV
    /IZG2bWcGt6c4ltO8b0UY3Atp5CmIiG5llNIk5ok13IKaSIxci1n+J0pmW85w5ZLQq7lDNJEXJJrOcM01aPjWs4Uvx
    /m4FrODF9qxbecQZpESnYtZ5Amzllcyxm+m6ofXc0ZpKnSL7/S3PwPxszMzMzMzMzMzMzMzMzMzMzMzIyX7xUtVYoA
    KAAA
    """)

  /// `a/packed.txt` (60 lines), then the first 500 bytes of it: stored, with a name of Windows that
  /// leads upward, in a gzip file, and hidden.
  static let zip = bytes(
    """
    UEsDBBQAAAAIAAAAIVBqARG2EgIAAMANAAAMAAAAYS9wYWNrZWQudHh0hZZNalwxEAb3OcVbZG36V63OGXwJQ16INz
    PBsXP+yPBkiOT+shqYoRCSarr0+Hw7DzruP47Xn+fxcv66v7x+G59/ztvb+f71Vxq/3N9+P92+H8+3gzP14cvjO8WI
    iuRcQbtAQaByi7aSfpEKl2QJXsl2kYZIaUG2knGRjsiMDF/JfpENkd2pb2vmRQYkO+m/+xQiusiOyNa5rSBfYCLQ2D
    RXUqYHUJ/hAdGKfigEHfI+jmRFp0QMLTJS3bY6LWKokXbl7XinRgw9cmGxFZ0eMRSpcywiDXSKxNAkCWnbqtMk/o9K
    nuteearE2CUPX0+Yp0yc+F7D13vlaZNAm8Zs2GziaZNAm1IktlU/RhKeSYPc9jptEmhTT/bthKdNAm1qrLbeK0+bBN
    pkqZtNPG0SaJOr7KtOmwTaFJLbXmXaJNCmbtsBy5RJsEzZt2uVKZMS/uMwlXVTKBOP+y/7plCmJK/7Bl0SjSwDp3gy
    mbaycApdijpwCk1qSlIWTgP3hrlMnEKT1EnLyCmunEWWlTOo0ng/1JUzrBJ3LStnUKWWzGXlDLpkIlpWzgy/0LiXlT
    PHl5N15QzPpdaorJxBm1IpysoZtMlco6ycQZtYncvKOX4zhdeVc1y5UC4r59Amloyyco5tGn+dsnJu+H3YqaycOx5q
    WVfOoU2q2cvKObRJeteyco5n0+hjmTmHNg379bPM/QVQSwMEFAAAAAAAAAAhUPDD1pn0AQAA9AEAAAoAAABzdG9yZW
    QudHh0TGluZSAwIG9mIHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDAgdGhvdXNhbmQgaW4gMTk5My4KTGluZSAxIG9m
    IHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDc5MTkgdGhvdXNhbmQgaW4gMTk5NC4KTGluZSAyIG9mIHRoZSByZXBvcn
    Q6IHJldmVudWUgb2YgJDMxNjc2IHRob3VzYW5kIGluIDE5OTUuCkxpbmUgMyBvZiB0aGUgcmVwb3J0OiByZXZlbnVl
    IG9mICQ3MTI3MSB0aG91c2FuZCBpbiAxOTk2LgpMaW5lIDQgb2YgdGhlIHJlcG9ydDogcmV2ZW51ZSBvZiAkMjY3MD
    QgdGhvdXNhbmQgaW4gMTk5Ny4KTGluZSA1IG9mIHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDk3OTc1IHRob3VzYW5k
    IGluIDE5OTguCkxpbmUgNiBvZiB0aGUgcmVwb3J0OiByZXZlbnVlIG9mICQ4NTA4NCB0aG91c2FuZCBpbiAxOTk5Lg
    pMaW5lIDcgb2YgdGhlIHJlcG9ydDogcmV2ZW51ZSBvZiAkODgwMzEgdGhvdXNhbmQgaW4gMjAwMC4KTGluZSA4IG9m
    IHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDY4MTYgdGhQSwMEFAAAAAgAAAAhUPDD1pmKAAAA9AEAAA8AAABjXC4uXC
    4uXHdpbi50eHR90EEKAjEMBdC9p8jCtSTtNGk8w1xCsOJsWhlnPL9TyMYKWQV+eHySeakFENoDtmeBtbzaul2P+Sl1
    Lz0+47Fp+/tW77BUINV4Oc1dkadESUc4GQwejMTCo0wmo1tJQWiUbHLyZGDBaZRiMnlSRSWNMptkT+aE+a9TTYorM8
    bfOwMimsye5Ez9tV9QSwMEFAAAAAAAAAAhUF3xNNmcAAAAnAAAAAwAAABpbm5lci50eHQuZ3ofiwgAAAAAAAIDfdBB
    CgIxDAXQvafIwrUk7TRpPMNcQrDibFoZZzy/U8jGClkFfnh8knmpBRDaA7ZngbW82rpdj/kpdS89PuOxafv7Vu+wVC
    DVeDnNXZGnRElHOBkMHozEwqNMJqNbSUFolGxy8mRgwWmUYjJ5UkUljTKbZE/mhPmvU02KKzPG3zsDIprMnuRM/bVf
    8MPWmfQBAABQSwMEFAAAAAAAAAAhUPDD1pn0AQAA9AEAAAcAAAAuaGlkZGVuTGluZSAwIG9mIHRoZSByZXBvcnQ6IH
    JldmVudWUgb2YgJDAgdGhvdXNhbmQgaW4gMTk5My4KTGluZSAxIG9mIHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDc5
    MTkgdGhvdXNhbmQgaW4gMTk5NC4KTGluZSAyIG9mIHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDMxNjc2IHRob3VzYW
    5kIGluIDE5OTUuCkxpbmUgMyBvZiB0aGUgcmVwb3J0OiByZXZlbnVlIG9mICQ3MTI3MSB0aG91c2FuZCBpbiAxOTk2
    LgpMaW5lIDQgb2YgdGhlIHJlcG9ydDogcmV2ZW51ZSBvZiAkMjY3MDQgdGhvdXNhbmQgaW4gMTk5Ny4KTGluZSA1IG
    9mIHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDk3OTc1IHRob3VzYW5kIGluIDE5OTguCkxpbmUgNiBvZiB0aGUgcmVw
    b3J0OiByZXZlbnVlIG9mICQ4NTA4NCB0aG91c2FuZCBpbiAxOTk5LgpMaW5lIDcgb2YgdGhlIHJlcG9ydDogcmV2ZW
    51ZSBvZiAkODgwMzEgdGhvdXNhbmQgaW4gMjAwMC4KTGluZSA4IG9mIHRoZSByZXBvcnQ6IHJldmVudWUgb2YgJDY4
    MTYgdGhQSwECFAMUAAAACAAAACFQagERthICAADADQAADAAAAAAAAAAAAAAAgAEAAAAAYS9wYWNrZWQudHh0UEsBAh
    QDFAAAAAAAAAAhUPDD1pn0AQAA9AEAAAoAAAAAAAAAAAAAAIABPAIAAHN0b3JlZC50eHRQSwECFAMUAAAACAAAACFQ
    8MPWmYoAAAD0AQAADwAAAAAAAAAAAAAAgAFYBAAAY1wuLlwuLlx3aW4udHh0UEsBAhQDFAAAAAAAAAAhUF3xNNmcAA
    AAnAAAAAwAAAAAAAAAAAAAAIABDwUAAGlubmVyLnR4dC5nelBLAQIUAxQAAAAAAAAAIVDww9aZ9AEAAPQBAAAHAAAA
    AAAAAAAAAACAAdUFAAAuaGlkZGVuUEsFBgAAAAAFAAUAHgEAAO4HAAAAAA==
    """)

  static func report(lines count: Int) -> String {
    (0..<count).map { line in
      "Line \(line) of the report: revenue of $\(line * line * 7919 % 100_000) thousand in "
        + "\(1993 + line % 30).\n"
    }.joined()
  }

  /// A tar archive of files with some contents, without compression.
  static func tar(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
    func field(_ text: String, _ count: Int) -> [UInt8] {
      Array(text.utf8) + [UInt8](repeating: 0, count: count - text.utf8.count)
    }
    func octal(_ number: Int, _ count: Int) -> [UInt8] {
      let digits = String(number, radix: 8)
      return field(String(repeating: "0", count: count - 1 - digits.count) + digits, count)
    }
    var archive: [UInt8] = []
    for member in members {
      var header =
        field(member.name, 100) + octal(0o644, 8) + octal(0, 8) + octal(0, 8)
        + octal(member.content.count, 12) + octal(0, 12) + [UInt8](repeating: 0x20, count: 8)
        + [UInt8(ascii: "0")] + [UInt8](repeating: 0, count: 355)
      header.replaceSubrange(148..<156, with: octal(header.reduce(0) { $0 + Int($1) }, 8))
      archive += header + member.content
      archive += [UInt8](repeating: 0, count: -member.content.count & 511)
    }
    return archive + [UInt8](repeating: 0, count: 1024)
  }

  private static func bytes(_ text: String) -> [UInt8] {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init) ?? []
  }
}
