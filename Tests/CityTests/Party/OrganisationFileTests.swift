import City
import Paper
import Testing

@Suite struct OrganisationFileTests {
  private func drafts(_ text: String) throws -> [OrganisationDraft] {
    try OrganisationFile.drafts(in: TableReader(ByteInput(bytes: Array(text.utf8))))
  }

  @Test("rows are organisations; the columns parent and area may be absent")
  func rows() throws {
    #expect(
      try drafts("code,name,kind,parent,area\ncentre,城运中心,centre,,\nv,村委,village,centre,v1\n") == [
        OrganisationDraft(code: "centre", name: "城运中心", kind: .centre),
        OrganisationDraft(code: "v", name: "村委", kind: .village, parent: "centre", area: "v1"),
      ])
    #expect(
      try drafts("name,code,kind\n城运中心,centre,centre\n") == [
        OrganisationDraft(code: "centre", name: "城运中心", kind: .centre)
      ])
  }

  @Test("every mistake is told with its line and column")
  func mistakes() async throws {
    let text = "code,name,kind\na,A,unit\na,B,office\n,C,unit\nd d,,unit\ne,E\n"
    #expect(
      await fault { _ = try drafts(text) } == [
        "organisation.file-invalid", "line 3: kind organisation.kind-unknown",
        "line 3: code organisation.code-twice", "line 4: code value.missing",
        "line 5: code code.invalid", "line 5: name value.missing", "line 6 row-ragged",
        "line 6: kind value.missing",
      ])
  }

  @Test("a file without its columns says which are missing")
  func columns() async throws {
    #expect(
      await fault { _ = try drafts("code,title\na,b\n") } == [
        "table.columns-missing", "name column-missing", "kind column-missing",
      ])
  }
}
