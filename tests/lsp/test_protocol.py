"""The whole protocol, feature by feature, as independent code reads it."""

import asyncio
import subprocess

import pytest
from conftest import SERVER
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

ADVERT = """# Data Analyst 👩‍💼

Our naïve chairman wants a rockstar: competitive, dominant, supportive.

## Essential criteria

- 🎓 A degree
- Tact
- Work with people

## Desirable

- French

## Duties

- Analyse data
"""


def item(name, text, language="markdown", version=1):
    return lsp.TextDocumentItem(uri=name, language_id=language, version=version, text=text)


def open_text(client, name="a.md", text=ADVERT, language="markdown"):
    uri = (client.folder / name).as_uri()
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item(uri, text, language)))
    return uri


async def published(client, uri):
    """The diagnostics of a document, as soon as some are told."""
    while uri not in client.diagnostics:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics.pop(uri)


def at(uri, line, character):
    return dict(text_document=lsp.TextDocumentIdentifier(uri), position=lsp.Position(line, character))


async def hover(client, uri, line, character):
    found = await client.text_document_hover_async(lsp.HoverParams(**at(uri, line, character)))
    return found and found.contents.value


@pytest.mark.asyncio
async def test_what_the_server_can(client):
    can = client.told.capabilities
    assert client.told.server_info.name == "jdlint"
    assert can.text_document_sync.change == lsp.TextDocumentSyncKind.Incremental
    assert can.diagnostic_provider.workspace_diagnostics
    assert can.code_action_provider.resolve_provider
    assert "source.fixAll.jdlint" in can.code_action_provider.code_action_kinds
    assert can.workspace.workspace_folders.change_notifications


@pytest.mark.asyncio
async def test_diagnostics_say_why_and_link_to_the_rule(client):
    uri = open_text(client)
    found = {d.code: d for d in await published(client, uri)}
    degree = found["prerequisite.degree"]
    assert degree.range == lsp.Range(lsp.Position(6, 7), lsp.Position(6, 13))
    assert degree.severity == lsp.DiagnosticSeverity.Warning and degree.source == "jdlint"
    heading = degree.related_information[0]
    assert heading.location.range.start.line == 4 and "requirement" in heading.message
    page = degree.code_description.href
    assert page.startswith("file://") and page.endswith("/prerequisite.degree.txt")
    text = open(page.removeprefix("file://"), encoding="utf-8").read()
    assert "Evidence:" in text and text.startswith("prerequisite.degree:")
    # The page quotes what it speaks of, and is not linted itself.
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item(page, text, "plaintext")))
    assert await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(page))) is None
    assert not client.diagnostics.get(page)


@pytest.mark.asyncio
async def test_each_half_of_a_contradiction_leads_to_the_other(client):
    text = "# Cleaner 🧹\n\nThis post is full-time only.\n\nApply by letter.\n\nPart-time hours are considered.\n"
    uri = open_text(client, text=text)
    found = next(d for d in await published(client, uri) if d.code == "consistency.conflict")
    other = next(r.location for r in found.related_information if r.location.range.start.line != found.range.start.line)
    assert other.uri == uri and {found.range.start.line, other.range.start.line} == {2, 6}
    line = text.split("\n")[other.range.start.line]
    assert line[other.range.start.character : other.range.end.character] in ("full-time only", "Part-time hours are considered")


@pytest.mark.asyncio
async def test_a_degree_gets_a_way_round(client):
    uri = open_text(client)
    await published(client, uri)
    ask = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), lsp.Range(lsp.Position(6, 8), lsp.Position(6, 8)), lsp.CodeActionContext([]))
    action = next(a for a in await client.text_document_code_action_async(ask) if a.title == "Add “or equivalent experience”")
    assert action.edit is None and action.is_preferred
    resolved = await client.code_action_resolve_async(action)
    ((change,),) = [c.edits for c in resolved.edit.document_changes]
    end = lsp.Position(6, len("- 🎓 A degree".encode("utf-16-le")) // 2)
    assert change.new_text == " or equivalent experience" and change.range == lsp.Range(end, end)


@pytest.mark.asyncio
async def test_words_that_can_just_go_are_tagged(client):
    uri = open_text(client, text="# Cleaner\n\nJoin a team of like-minded colleagues. The chairman leads it.\n")
    (tagged,) = [d for d in await published(client, uri) if d.tags]
    assert tagged.tags == (lsp.DiagnosticTag.Unnecessary,) and tagged.severity == lsp.DiagnosticSeverity.Information
    assert "like-minded" in tagged.message


@pytest.mark.asyncio
@pytest.mark.editor(like="neovim@v0.11.0")
async def test_diagnostics_are_pulled_and_not_sent_twice(client):
    assert client.told.capabilities.position_encoding == lsp.PositionEncodingKind.Utf8
    uri = open_text(client)
    ask = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri))
    first = await client.text_document_diagnostic_async(ask)
    assert first.kind == "full"
    degree = next(d for d in first.items if d.code == "prerequisite.degree")
    assert degree.range.start == lsp.Position(6, len("- 🎓 A ".encode()))
    ask.previous_result_id = first.result_id
    assert (await client.text_document_diagnostic_async(ask)).kind == "unchanged"
    change = lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(6, 2), lsp.Position(6, 99)), "Tact")
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, uri), [change]))
    third = await client.text_document_diagnostic_async(ask)
    assert third.kind == "full" and all(d.code != "prerequisite.degree" for d in third.items)
    assert uri not in client.diagnostics, "who pulls is not told, too"


FILES = {f"adverts/{n:03}.md": ADVERT for n in range(40)} | {"README.txt": "Notes.", "adverts/notes.py": "# chairman"}


@pytest.mark.asyncio
@pytest.mark.editor(like="neovim@v0.11.0", files=FILES, options={"workspace": True}, settings={"workspace": True})
async def test_the_workspace_is_pulled_with_result_ids(client):
    report = await client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams(previous_result_ids=[]))
    adverts = [i for i in report.items if "/adverts/" in i.uri]
    assert len(adverts) == 40 and all(i.kind == "full" and i.items for i in adverts)
    (client.folder / "adverts/000.md").write_text("# Analyst\n\nNothing to see.\n")
    (client.folder / "adverts/001.md").unlink()
    known = [lsp.PreviousResultId(i.uri, i.result_id) for i in report.items]
    again = await client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams(previous_result_ids=known))
    kinds = {i.uri.rsplit("/", 1)[1]: i for i in again.items}
    assert kinds["002.md"].kind == "unchanged"
    assert kinds["001.md"].kind == "full" and not kinds["001.md"].items
    assert "chairman" not in str(kinds["000.md"].items)


@pytest.mark.asyncio
@pytest.mark.editor(files=FILES, settings={"workspace": True})
async def test_the_workspace_is_told_with_progress(client):
    while not any(p and p[-1].kind == "end" for p in client.progress_reports.values()):
        await client.wait_for_notification(lsp.PROGRESS)
    await asyncio.sleep(0.1)
    told = [uri for uri, found in client.diagnostics.items() if found]
    assert len(told) == 40, told
    reports = next(iter(client.progress_reports.values()))
    assert reports[0].kind == "begin" and reports[0].cancellable
    # Unsaved text wins over the file; once closed, the file counts again.
    uri = open_text(client, "adverts/000.md", "# Analyst\n\nNothing to see.\n")
    client.diagnostics.pop(uri, None)
    assert all(d.code != "gendered.title" for d in await published(client, uri))
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    while not any(d.code == "gendered.title" for d in client.diagnostics.get(uri, [])):
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)


@pytest.mark.asyncio
@pytest.mark.editor(files={f"{n:04}.md": ADVERT * 20 for n in range(400)}, settings={"workspace": True})
async def test_linting_the_workspace_is_cancelled_and_does_not_hold_up_typing(client):
    while not client.progress_reports or not next(iter(client.progress_reports.values())):
        await client.wait_for_notification(lsp.PROGRESS)
    token = next(iter(client.progress_reports))
    uri = open_text(client, "new.md")
    assert await hover(client, uri, 2, 12)
    client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token))
    while client.progress_reports[token][-1].kind != "end":
        await client.wait_for_notification(lsp.PROGRESS)
    assert client.progress_reports[token][-1].message == "cancelled"
    assert len(client.diagnostics) < 400


@pytest.mark.asyncio
@pytest.mark.editor(like="neovim@v0.11.0", files={f"{n:04}.md": ADVERT * 20 for n in range(400)}, options={"workspace": True}, settings={"workspace": True})
async def test_a_request_is_cancelled(client):
    waiting = client.protocol.send_request(lsp.WORKSPACE_DIAGNOSTIC, lsp.WorkspaceDiagnosticParams(previous_result_ids=[]), msg_id="pull")
    uri = open_text(client, "new.md")
    assert await hover(client, uri, 2, 12), "others are served meanwhile"
    client.cancel_request(lsp.CancelParams("pull"))
    with pytest.raises(JsonRpcException) as cancelled:
        await asyncio.wrap_future(waiting) if not asyncio.isfuture(waiting) else await waiting
    assert cancelled.value.code == -32800


@pytest.mark.asyncio
async def test_hover(client):
    uri = open_text(client)
    over_finding = await hover(client, uri, 6, 8)
    assert "prerequisite.degree" in over_finding and "May be read as “not for me” by" in over_finding and "Evidence" in over_finding
    over_heading = await hover(client, uri, 4, 5)
    assert "essential criteria" in over_heading and "3 mandatory" in over_heading, over_heading
    over_word = await hover(client, uri, 2, ADVERT.splitlines()[2].index("supportive") + 1)
    assert "feminine-coded" in over_word and "competitive" in over_word, over_word
    assert await hover(client, uri, 1, 0) is None


@pytest.mark.asyncio
async def test_actions_and_fix_all(client):
    text = "# Chair\n\nThe chairman and the salesman: 500 man hours. Café 🏗️ manpower.\n"
    uri = open_text(client, text=text)
    found = await published(client, uri)
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(9, 0))
    ask = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), whole, lsp.CodeActionContext(found))
    actions = await client.text_document_code_action_async(ask)
    assert sum(bool(a.is_preferred) for a in actions) >= 3
    assert {a.kind for a in actions} == {"quickfix", "source.fixAll.jdlint"}
    ask.context.only = ["source.fixAll"]
    (fix_all,) = await client.text_document_code_action_async(ask)
    resolved = await client.code_action_resolve_async(fix_all)
    (change,) = resolved.edit.document_changes
    assert change.text_document.version == 1
    lines = text.split("\n")
    for edit in sorted(change.edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        line = lines[edit.range.start.line].encode("utf-16-le")
        start, end = edit.range.start.character * 2, edit.range.end.character * 2
        assert edit.range.start.line == edit.range.end.line
        lines[edit.range.start.line] = (line[:start] + edit.new_text.encode("utf-16-le") + line[end:]).decode("utf-16-le")
    path = client.folder / "fixed.md"
    path.write_text(text)
    subprocess.run([SERVER, "fix", path], check=True, capture_output=True)
    assert "\n".join(lines) == path.read_text()
    # An action of a text that went on is refused.
    ask.context.only = ["quickfix"]
    (action, *_) = await client.text_document_code_action_async(ask)
    client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, uri), [lsp.TextDocumentContentChangeWholeDocument("# Chair\n")])
    )
    with pytest.raises(JsonRpcException) as refused:
        await client.code_action_resolve_async(action)
    assert refused.value.code == -32801


@pytest.mark.asyncio
@pytest.mark.editor(like="emacs", without="codeAction.resolveSupport")
async def test_an_editor_that_resolves_nothing_gets_whole_edits(client):
    uri = open_text(client)
    ask = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), lsp.Range(lsp.Position(2, 12), lsp.Position(2, 12)), lsp.CodeActionContext([]))
    actions = await client.text_document_code_action_async(ask)
    chair = next(a for a in actions if a.title == "Write “chair”")
    (change,) = chair.edit.document_changes
    assert change.edits[0].new_text == "chair" and change.edits[0].range.start == lsp.Position(2, len("Our naïve ".encode()))
    assert all(a.edit for a in actions)


@pytest.mark.asyncio
async def test_completion(client):
    uri = open_text(client, text="# A\n\n<!-- jdlint: allow gend -->\n")
    found = await client.text_document_completion_async(lsp.CompletionParams(**at(uri, 2, 23)))
    labels = {i.label for i in found}
    assert {"gendered.title", "gendered"} <= labels
    title = next(i for i in found if i.label == "gendered.title")
    assert title.text_edit.range.start.character == 19 and title.detail
    config = open_text(client, "jdlint.toml", 'ignore = [""]\n', "toml")
    found = await client.text_document_completion_async(lsp.CompletionParams(**at(config, 0, 11)))
    assert "prerequisite.degree" in {i.label for i in found}
    found = await client.text_document_completion_async(lsp.CompletionParams(**at(config, 1, 0)))
    assert "jurisdiction" in {i.label for i in found}
    assert await client.text_document_completion_async(lsp.CompletionParams(**at(uri, 0, 2))) is None


@pytest.mark.asyncio
async def test_symbols(client):
    uri = open_text(client)
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri)))
    outline = {s.name: s for s in symbols}
    assert outline["Essential criteria"].detail == "essential criteria"
    assert [c.name for c in outline["Essential criteria"].children] == ["🎓 A degree", "Tact", "Work with people"]
    assert outline["Duties"].children[0].detail == "duty"
    for symbol in symbols:
        inner, outer = symbol.selection_range, symbol.range
        assert (outer.start.line, outer.start.character) <= (inner.start.line, inner.start.character)
        assert (inner.end.line, inner.end.character) <= (outer.end.line, outer.end.character)


@pytest.mark.asyncio
async def test_lens_and_hint_are_off_by_default(client):
    uri = open_text(client)
    text = lsp.TextDocumentIdentifier(uri)
    assert await client.text_document_code_lens_async(lsp.CodeLensParams(text)) is None
    client.set_configuration({"jdlint": {"codeLens": True, "inlayHints": True}})
    client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings=None))
    while not (lenses := await client.text_document_code_lens_async(lsp.CodeLensParams(text))):
        await asyncio.sleep(0.02)
    assert lenses[0].command.title.startswith("strongly masculine-coded · 3 essential criteria"), lenses
    everything = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    (hint,) = await client.text_document_inlay_hint_async(lsp.InlayHintParams(text, everything))
    assert hint.position.line == 0


@pytest.mark.asyncio
@pytest.mark.editor(settings={"select": ["gendered"], "jurisdiction": "ie"}, options={"select": ["prerequisite"]})
async def test_settings_are_asked_for_and_win(client):
    uri = open_text(client)
    while not {d.code.split(".")[0] for d in client.diagnostics.get(uri, [])} == {"gendered"}:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    client.set_configuration({"jdlint": {"jurisdiction": "atlantis"}})
    client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings=None))
    while not client.messages:
        await client.wait_for_notification(lsp.WINDOW_SHOW_MESSAGE)
    assert "atlantis" in client.messages[0].message


@pytest.mark.asyncio
async def test_the_report_is_written(client):
    uri = open_text(client)
    run = lambda *arguments: client.workspace_execute_command_async(lsp.ExecuteCommandParams("jdlint.report", list(arguments)))
    told = await run(uri)
    html = told["html"]
    assert html.startswith("<!doctype html>") and "chairman" in html
    path = client.folder / "out" / "report.html"
    assert (await run(uri, {"path": str(path)}))["path"] == str(path)
    assert path.read_text() == html
    shown = await run(uri, {"show": True})
    assert shown["path"].endswith("/reports/a.html")
    while not client.shown_documents:
        await asyncio.sleep(0.02)
    assert client.shown_documents[0].external
    with pytest.raises(JsonRpcException):
        await run("file:///nowhere.md")
    explained = await client.workspace_execute_command_async(lsp.ExecuteCommandParams("jdlint.explain", ["gendered.title"]))
    assert explained["text"].startswith("gendered.title:")
    assert "<h1>Gendered job titles" in explained["html"] and "default-src 'none'" in explained["html"]
    rules = (await client.workspace_execute_command_async(lsp.ExecuteCommandParams("jdlint.rules")))["rules"]
    assert next(r["name"] for r in rules if r["id"] == "gendered.title").startswith("Gendered job titles")


@pytest.mark.asyncio
async def test_a_rule_file_is_checked_as_it_is_typed(client):
    uri = open_text(client, "house.toml", 'format = 1\nextends = "gendered.title"\n[[entry]]\nfnd = ["x"]\n', "toml")
    found = await published(client, uri)
    assert any(d.range.start.line == 3 and "fnd" in d.message for d in found), found


@pytest.mark.asyncio
async def test_the_editor_is_asked_to_watch(client):
    while not client.registered:
        await asyncio.sleep(0.02)
    (watch,) = client.registered
    assert watch.method == "workspace/didChangeWatchedFiles"


@pytest.mark.asyncio
@pytest.mark.parametrize("language,name,text", [
    ("plaintext", "a.txt", "Café Manager 🏗️\r\n\r\nOur chairman.\r\n"),
    ("html", "a.html", "<h1>Caf&eacute; Manager 🏗️</h1>\r\n\r\n<p>Our <b>chair</b>man.</p>\r\n"),
])
async def test_text_and_html(client, language, name, text):
    uri = open_text(client, name, text, language)
    (title,) = [d for d in await published(client, uri) if d.code == "gendered.title"]
    line = text.split("\r\n")[2]
    assert title.range.start.line == 2
    assert line[title.range.start.character:title.range.end.character].replace("</b>", "") == "chairman"
