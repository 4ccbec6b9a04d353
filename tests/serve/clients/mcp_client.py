"""The official Python client of the Model Context Protocol speaks with `jdlint mcp`.

python mcp_client.py JDLINT ADVERT.md
"""

import asyncio
import json
import subprocess
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

jdlint, advert = sys.argv[1:3]


def command(*args):
    """What the command line gives."""
    run = subprocess.run([jdlint, *args, "--no-config"], capture_output=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    return json.loads(run.stdout)


async def main():
    server = StdioServerParameters(command=jdlint, args=["mcp", "--no-config"])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        greeting = await session.initialize()
        info = getattr(greeting, "server_info", None) or greeting.serverInfo
        assert info.name == "jdlint", greeting
        tools = (await session.list_tools()).tools
        assert [tool.name for tool in tools] == ["check", "criteria", "explain"], tools

        text = open(advert, encoding="utf-8").read()
        wanted = command("check", "--format", "json", advert)
        wanted["files"][0]["path"] = "advert.md"
        result = await session.call_tool("check", {"text": text})
        assert not error(result) and structured(result) == wanted, structured(result)

        wanted = command("criteria", "--format", "json", advert)
        wanted["files"][0]["path"] = "advert.md"
        assert structured(await session.call_tool("criteria", {"text": text})) == wanted

        explained = structured(await session.call_tool("explain", {"rule": "gendered.title"}))
        assert explained == command("explain", "--format", "json", "gendered.title")

        unknown = await session.call_tool("explain", {"rule": "gendered.titel"})
        assert error(unknown) and "did you mean “gendered.title”?" in unknown.content[0].text, unknown
        many = await asyncio.gather(*(session.call_tool("check", {"text": f"Advert {n}: a chairman"}) for n in range(50)))
        assert all(structured(one)["summary"]["warnings"] >= 1 for one in many)
    print(f"mcp: the official client, {greeting.protocol_version if hasattr(greeting, 'protocol_version') else greeting.protocolVersion}: as the command line has it")


def error(result):
    return result.is_error if hasattr(result, "is_error") else result.isError


def structured(result):
    return result.structured_content if hasattr(result, "structured_content") else result.structuredContent


asyncio.run(main())
