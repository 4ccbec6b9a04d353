"""What Spark came to is what the command comes to: the same rows, whichever way the records were handed over.

python same.py JDLINT ADVERTS FINDINGS…      (folders of Parquet)
"""

import json
import pathlib
import subprocess
import sys

import pyarrow.parquet

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples"))
import spark  # noqa: E402

jdlint, adverts, *all_findings = sys.argv[1:]
table = pyarrow.parquet.read_table(adverts).to_pylist()
lines = "".join(json.dumps(row) + "\n" for row in table)
done = subprocess.run([jdlint, *spark.COMMAND], input=lines, capture_output=True, encoding="utf-8", check=True)
wanted = sorted(spark.row(line) for line in done.stdout.splitlines())
assert len(wanted) == len(table) and sum(row[3] for row in wanted) > 0, "the command finds something"
for findings in all_findings:
    rows = pyarrow.parquet.read_table(findings).to_pylist()
    got = sorted((r["id"], r["kind"], r["n_errors"], r["n_warnings"], r["n_infos"], r["rules"], r["error"]) for r in rows)
    assert got == wanted, f"{findings} differs from what the command gives"
print(f"Spark: {len(wanted)} adverts, {len(all_findings)} ways, as the command has them")
