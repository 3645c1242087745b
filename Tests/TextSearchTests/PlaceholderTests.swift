import Testing

@Suite struct TextSearchPlaceholder { @Test func nothing() {} }
