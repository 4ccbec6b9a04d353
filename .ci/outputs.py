"""Reads the reports in each folder as their own readers do; says what is wrong and exits 1 (`.ci/outputs`)."""

import gzip
import json
import os
import pathlib
import re
import subprocess
import sys

import cmarkgfm
import jsonschema
import junitparser
import xmlschema

TOOLS = pathlib.Path(os.environ["TOOLS"])
MULTITOOL = TOOLS / "node_modules/@microsoft/sarif-multitool-linux"
FAULTS = []


def fault(where, what):
    FAULTS.append(f"{where}: {what}")


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)


def sarif(file):
    log = json.loads(file.read_text())
    schema = json.loads((MULTITOOL / "sarif-2.1.0.json").read_text())
    for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(log):
        fault(file, f"schema: {error.message[:200]} at {list(error.absolute_path)}")
    github_limits(file, log)
    # A validator that reads 25,000 results takes minutes; one that knows the rules needs no more than these.
    if len(log["runs"][0]["results"]) < 5000:
        multitool(file)
    listed = run(TOOLS / "venv/bin/sarif", "summary", file)
    if listed.returncode != 0 or "error:" not in listed.stdout:
        fault(file, f"sarif-tools: {listed.stderr[-300:]}")


def multitool(file):
    """Microsoft's validator, with GitHub's rules. What has no place in its file has no region, which it would like to see."""
    os.chmod(MULTITOOL / "Sarif.Multitool", 0o755)
    verdict = file.with_suffix(".verdict")
    ended = run(MULTITOOL / "Sarif.Multitool", "validate", file, "--output", verdict, "--log", "ForceOverwrite", "--rule-kind", "Sarif;Ghas")
    if not verdict.exists():
        fault(file, f"multitool: {ended.stdout[-300:]} {ended.stderr[-300:]}")
        return
    # SARIF2005: a home page of the tool. SARIF2017: a region.
    expected = {"SARIF2005", "SARIF2017"}
    # A byte-order mark makes its JSON one that only Python's utf-8-sig reads.
    for result in json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0].get("results", []):
        if result["ruleId"] not in expected and result.get("level", "warning") in ("error", "warning"):
            fault(file, f"multitool: {result['ruleId']} {result['message']}")


def github_limits(file, log):
    """docs.github.com, “SARIF results exceed one or more limits”."""
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    size = len(gzip.compress(file.read_bytes()))
    print(f"{file}: {len(only['results'])} results, {len(rules)} rules, {size} bytes compressed")
    if len(only["results"]) > 25_000 or len(rules) > 25_000 or size > 10_000_000:
        fault(file, "more than GitHub takes")
    if any(len(r["properties"]["tags"]) > 20 for r in rules):
        fault(file, "a rule with more than 20 tags")
    if any(len(r.get("relatedLocations", [])) > 1000 or len(r["locations"]) > 1000 for r in only["results"]):
        fault(file, "more locations than GitHub takes")
    notes = only["invocations"][0]["toolExecutionNotifications"]
    if "many" in file.parts and not (len(only["results"]) == 25_000 and any("were left out" in n["message"]["text"] for n in notes)):
        fault(file, "what was left out is not said")


def junit(file):
    schema = xmlschema.XMLSchema(TOOLS / "junit-10.xsd")
    for error in schema.iter_errors(str(file)):
        fault(file, f"schema: {error.reason} at {error.path}")
        break
    suites = junitparser.JUnitXml.fromfile(str(file))
    for suite in suites:
        cases = list(suite)
        if suite.tests != len(cases) or suite.failures != sum(any(isinstance(r, junitparser.Failure) for r in c.result) for c in cases):
            fault(file, f"{suite.name}: the counts are not those of its cases")


CHECKSTYLE = """
const {parseCheckstyle} = require("danger-plugin-lint-report/dist/parse/checkstyle_parser");
const {xml2js} = require("xml-js");
const text = require("fs").readFileSync(process.argv[1], "utf8");
const all = parseCheckstyle(xml2js(text), "/");
const bad = all.filter(v => !v.file || !v.message || !["error", "warning", "info"].includes(v.severity));
console.log(all.length);
process.exit(bad.length ? 1 : 0);
"""


def checkstyle(file):
    ended = run("node", "-e", CHECKSTYLE, file, env={**os.environ, "NODE_PATH": str(TOOLS / "node_modules")})
    n_errors = file.read_text().count("<error ")
    if ended.returncode != 0 or ended.stdout.strip().splitlines()[-1:] != [str(n_errors)]:
        fault(file, f"a consumer of Checkstyle: {ended.stdout[-200:]} {ended.stderr[-300:]}, {n_errors} errors")


def gitlab(file):
    """GitLab's own schema asks for four of these keys, and stops at the first entry without a line; Code Climate's types for all."""
    entries = json.loads(file.read_text())
    for entry in entries:
        if not {"description", "fingerprint", "severity", "location"} <= entry.keys() or not isinstance(entry["location"]["lines"]["begin"], int):
            fault(file, f"GitLab: {entry}")
        if entry["severity"] not in {"info", "minor", "major", "critical", "blocker"}:
            fault(file, f"GitLab: {entry['severity']}")
    if len({e["fingerprint"] for e in entries}) != len(entries):
        fault(file, "GitLab takes two entries of one fingerprint for one")
    typed = file.with_suffix(".ts")
    typed.write_text(f"import type {{Issue}} from 'codeclimate-types'\nexport const issues: Issue[] = {json.dumps(entries[:3000])}\n")
    config = ["--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "node10", "--ignoreDeprecations", "5.0"]
    module = file.parent / "node_modules"
    module.exists() or module.symlink_to(TOOLS / "node_modules")
    ended = run("node", TOOLS / "node_modules/typescript/bin/tsc", *config, typed)
    if ended.returncode != 0:
        fault(file, f"Code Climate: {ended.stdout[:400]}")


def rdjsonl(file):
    """A line is a Diagnostic; the validator takes a DiagnosticResult, which holds them."""
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    whole = file.with_suffix(".rdjson")
    whole.write_text(json.dumps({"source": {"name": "jdlint"}, "diagnostics": lines}))
    validator = TOOLS / "node_modules/@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"
    ended = run("node", validator, "--strict", "--no-extra-fields", "--format", "json", whole)
    if ended.returncode != 0 or "Invalid files: 1" in ended.stdout or '"valid":false' in ended.stdout.replace(" ", ""):
        fault(file, f"reviewdog: {ended.stdout[:600]} {ended.stderr[:300]}")


def markdown(file):
    text = file.read_text()
    if len(text) > 65_536:
        fault(file, f"{len(text)} characters are more than a comment holds")
    # Raw HTML is passed on, to be looked at; GitHub then takes out more than is allowed here.
    html = cmarkgfm.github_flavored_markdown_to_html(text, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    tags = set(re.findall(r"<\s*/?\s*([A-Za-z0-9]+)", html))
    allowed = {"h3", "h4", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "h4"}
    if tags - allowed:
        fault(file, f"GitHub would show {sorted(tags - allowed)}")
    if re.search(r"(href|src|on\w+)\s*=", re.sub(r">[^<]*<", "><", html)):
        fault(file, "GitHub would show a link")


READERS = {
    "report.sarif": sarif,
    "junit.xml": junit,
    "checkstyle.xml": checkstyle,
    "codequality.json": gitlab,
    "report.rdjsonl": rdjsonl,
    "report.md": markdown,
}

for folder in map(pathlib.Path, sys.argv[1:]):
    for name, reader in READERS.items():
        reader(folder / name)
for what in FAULTS:
    print(what)
print(f"{len(READERS) * len(sys.argv[1:])} reports read, {len(FAULTS)} faults")
sys.exit(1 if FAULTS else 0)
