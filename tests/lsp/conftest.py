"""One server a test, driven by pytest-lsp: a client that knows nothing of jdlint but the protocol, with the capabilities
that real editors state. What it takes for a breach of the specification fails the test (.ci/lsp)."""

import os
import pathlib

import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = os.environ.get("JDLINT", str(ROOT / "target/debug/jdlint"))


def make_client() -> LanguageClient:
    """Keeps what the server says beside what pytest-lsp keeps."""
    client = make_test_lsp_client()
    client.statuses, client.registered, client.refreshed = [], [], []

    @client.feature("jdlint/status")
    def status(params):
        client.statuses.append(params)

    @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def register(params: lsp.RegistrationParams):
        client.registered.extend(params.registrations)

    @client.feature(lsp.WORKSPACE_CODE_LENS_REFRESH)
    def lenses(params):
        client.refreshed.append("lenses")

    @client.feature(lsp.WORKSPACE_INLAY_HINT_REFRESH)
    def hints(params):
        client.refreshed.append("hints")

    return client


CONFIG = ClientServerConfig(
    server_command=[SERVER, "lsp"],
    server_env={**os.environ, "XDG_CACHE_HOME": str(ROOT / "target/lsp/cache")},
    client_factory=make_client,
)


@pytest_lsp.fixture(config=CONFIG)
async def client(request, lsp_client: LanguageClient, tmp_path):
    """A client with an open folder; the mark `editor` says which editor, files, options and settings."""
    mark = request.node.get_closest_marker("editor")
    wish = mark.kwargs if mark else {}
    for name, text in wish.get("files", {}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    lsp_client.set_configuration({"jdlint": wish.get("settings", {})})
    lsp_client.folder = tmp_path
    capabilities = client_capabilities(wish.get("like", "visual-studio-code"))
    if wish.get("without") == "codeAction.resolveSupport":
        capabilities.text_document.code_action.resolve_support = None
    lsp_client.told = await lsp_client.initialize_session(
        lsp.InitializeParams(
            capabilities=capabilities,
            workspace_folders=[lsp.WorkspaceFolder(uri=tmp_path.as_uri(), name="adverts")],
            initialization_options=wish.get("options"),
        )
    )
    yield
    await lsp_client.shutdown_session()


def pytest_configure(config):
    config.addinivalue_line("markers", "editor(**wish): which editor, files, options and settings")
