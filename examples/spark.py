"""Adverts in Spark, by `jdlint records`: what needs a table of any size on as many machines as there are.

python spark.py generate N FOLDER          adverts made up from pieces, as Parquet
python spark.py check FOLDER OUT           every advert checked; findings as Parquet, figures on standard output
    --by mapInPandas|pipe                  how Spark hands the records over (default: mapInPandas)
    --workers N                            tasks at once, on this machine (default: 2)
    --jdlint PATH                          which jdlint (default: the one on the path)

It needs `pyspark`, `pandas` and `pyarrow` from PyPI, a Java run-time environment, and jdlint on every worker.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time

from pyspark.sql import DataFrame, SparkSession

SCHEMA = "id string, kind string, n_errors int, n_warnings int, n_infos int, rules array<string>, error string"
COMMAND = ["records", "-", "--input", "jsonl", "--id-column", "id", "--text-column", "description", "--format", "text", "--no-config"]
# One process a task: Spark decides how much runs at once.
ALONE = {**os.environ, "RAYON_NUM_THREADS": "1"}


def row(line: str) -> tuple:
    """A line of `jdlint records` → a row of SCHEMA."""
    record = json.loads(line)
    count = {"error": 0, "warning": 0, "info": 0}
    for finding in record["findings"]:
        count[finding["severity"]] += 1
    rules = sorted({finding["rule"] for finding in record["findings"]})
    error = record["error"]["message"] if record["error"] else None
    return (record["id"], record["kind"], count["error"], count["warning"], count["info"], rules, error)


def by_pandas(adverts: DataFrame, jdlint: str) -> DataFrame:
    """A process for each batch (10,000 records, unless Spark is told otherwise): it starts in some milliseconds."""
    import pandas

    columns = [field.split()[0] for field in SCHEMA.split(", ")]

    def check(batches):
        for batch in batches:
            # Every row has an answer, one whose advert is missing, too.
            lines = "".join(json.dumps({"id": i, "description": d or ""}) + "\n" for i, d in zip(batch["id"], batch["description"]))
            done = subprocess.run([jdlint, *COMMAND], input=lines, capture_output=True, encoding="utf-8", env=ALONE, check=False)
            if done.returncode != 0:
                raise RuntimeError(f"jdlint records ended with {done.returncode}: {done.stderr}")
            yield pandas.DataFrame([row(line) for line in done.stdout.splitlines()], columns=columns)

    return adverts.select("id", "description").mapInPandas(check, SCHEMA)


def by_pipe(adverts: DataFrame, jdlint: str) -> DataFrame:
    """A process for each partition, which the records stream through."""
    lines = adverts.select("id", "description").fillna("").toJSON()
    return lines.pipe(" ".join([jdlint, *COMMAND]), env=ALONE, checkCode=True).map(row).toDF(SCHEMA)


def check(args) -> None:
    spark = session(args.workers)
    adverts = spark.read.parquet(args.folder)
    n_adverts = adverts.count()
    begun = time.monotonic()
    findings = {"mapInPandas": by_pandas, "pipe": by_pipe}[args.by](adverts, args.jdlint)
    findings.write.mode("overwrite").parquet(args.out)
    seconds = time.monotonic() - begun
    done = spark.read.parquet(args.out)
    total = done.selectExpr("count(*) n", "sum(n_errors) errors", "sum(n_warnings) warnings", "sum(n_infos) infos", "count(error) failed").first()
    assert total.n == n_adverts, f"{total.n} answers to {n_adverts} adverts"
    rate = n_adverts / seconds
    print(json.dumps({"by": args.by, "workers": args.workers, "adverts": n_adverts, "seconds": round(seconds, 1), "adverts_a_second": round(rate), **total.asDict()}))
    print(f"ten million adverts at this rate: {10_000_000 / rate / 3600:.1f} hours on {args.workers} of these processors")


def generate(args) -> None:
    """Adverts of about two kilobytes, of which no two are the same."""
    spark = session(2)
    numbers = spark.range(args.n).repartition(max(8, args.n // 5000))
    numbers.rdd.map(lambda number: (f"A-{number.id}", advert(number.id))).toDF("id string, description string").write.mode("overwrite").parquet(args.folder)
    print(json.dumps({"adverts": args.n, "bytes": spark.read.parquet(args.folder).selectExpr("sum(length(description)) n").first().n}))


POSTS = ["Estates Manager", "Data Analyst", "Care Assistant", "Site Foreman", "Receptionist", "Software Developer", "Head of Finance", "Delivery Driver", "Teaching Assistant", "Chairman of Governors"]
PLACES = ["Leeds", "Cork", "Swansea", "Galashiels", "Exeter", "Newry", "Hull", "Sligo"]
ABOUT = [
    "We are a young and dynamic team and we work hard and play hard.",
    "The council serves a quarter of a million people, and no two days are the same.",
    "You will join a small team that looks after twelve buildings across the county.",
    "Our charity has helped young people find work since 1987.",
    "We value evidence, kindness and plain speaking.",
]
DUTIES = [
    "Lead a team of surveyors and handymen", "Visit sites across the county and report to the chairman", "Prepare the monthly figures for the board", "Answer the telephone and greet visitors",
    "Drive the van on daily rounds", "Keep records that others can rely on", "Plan maintenance with contractors", "Support residents with meals and medication", "Write and test software that other teams use",
    "Manage a budget and explain it to people who don't live by spreadsheets", "Help pupils in small groups", "Lift and carry stock of up to 15 kg with the equipment provided",
]
CRITERIA = [
    "A degree in a relevant subject", "A full driving licence", "At least 10 years' experience in a similar role", "GCSE English and maths at grade C or above", "Native English speaker", "Excellent communication skills",
    "Able to travel between sites, by any means", "A degree in a numerate subject or equivalent experience", "Must be physically fit", "Experience of spreadsheets", "A digital native who thrives under pressure",
    "No gaps in employment history", "Able to explain findings to people outside the team", "Own transport essential", "A recognised qualification in care, or willing to work towards one",
]
ENDS = ["Apply by e-mail by 1 May. We welcome applications from everyone and make adjustments for disabled applicants.", "Full time, 37 hours a week; job share considered. Salary £28,000.", "Closing date: 14 June. Interviews will be held in person.", "He or she will report to the head of service."]


def advert(number: int) -> str:
    pick = random.Random(number)
    post, place = pick.choice(POSTS), pick.choice(PLACES)
    points = lambda pool, n: "\n".join(f"- {point}" for point in pick.sample(pool, n))
    about = " ".join(pick.sample(ABOUT, 3))
    filler = " ".join(f"In {place} office {number % 997 + n} opens at nine and closes at five on weekdays." for n in range(pick.randint(5, 18)))
    return (
        f"{post}, {place} (reference {number})\n\nAbout us\n\n{about}\n\n{filler}\n\nMain duties\n\n{points(DUTIES, 7)}\n\n"
        f"Essential\n\n{points(CRITERIA, 7)}\n\nDesirable\n\n{points(CRITERIA, 3)}\n\nHow to apply\n\n{' '.join(pick.sample(ENDS, 2))}\n"
    )


def session(workers: int) -> SparkSession:
    # Workers run in the Python that this runs in.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master(f"local[{workers}]").appName("jdlint").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").config("spark.driver.memory", "2g").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    made = commands.add_parser("generate")
    made.add_argument("n", type=int)
    made.add_argument("folder")
    made.set_defaults(run=generate)
    checked = commands.add_parser("check")
    checked.add_argument("folder")
    checked.add_argument("out")
    checked.add_argument("--by", choices=["mapInPandas", "pipe"], default="mapInPandas")
    checked.add_argument("--workers", type=int, default=2)
    checked.add_argument("--jdlint", default="jdlint")
    checked.set_defaults(run=check)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    sys.exit(main())
