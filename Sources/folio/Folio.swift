import TextSearch

@main
struct Folio {
  static func main() {}
}
