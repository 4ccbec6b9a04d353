"""What `.ci/suites.py` chooses, in a small repository of its own: `python3 tests/ci/choosing.py`."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
TABLE = 'always = ["Cargo.lock"]\n[suite]\noffice = ["src/fix*"]\nspark = ["examples/"]\nlater = ["later/"]\n'


class Choosing(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        for path in ["src/fix.rs", "src/fix/word.rs", "src/report.rs", "examples/spark.py", "Cargo.lock", ".ci/office", ".ci/office.py", ".ci/spark"]:
            self.write(path, path)
        self.write(".ci/suites.toml", TABLE)
        self.write(".gitignore", "target\n")
        shutil.copy(HERE / ".ci/suites.py", self.root / ".ci/suites.py")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def git(self, *arguments):
        names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *names, *arguments], cwd=self.root, check=True, capture_output=True)

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Change")

    def ask(self, *arguments, **environment):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("CI_")}
        done = subprocess.run([sys.executable, ".ci/suites.py", *arguments], cwd=self.root, capture_output=True, text=True, env=kept | environment)
        return done

    def runs(self, **environment):
        """The suites that are to run."""
        lines = [line.split() for line in self.ask("choose", **environment).stdout.splitlines()]
        self.assertEqual([line[0] for line in lines], ["office", "spark"], "a suite without a script is passed by")
        return [line[0] for line in lines if line[1] == "run"]

    def all_green(self, **environment):
        self.runs()
        for name in ["office", "spark"]:
            self.ask("green", name, **environment)

    def test_a_fresh_clone_without_a_record_runs_all(self):
        self.assertEqual(self.runs(), ["office", "spark"])

    def test_one_that_takes_long_waits_to_be_asked_for(self):
        self.write(".ci/suites.toml", 'long = ["spark"]\n' + TABLE)
        self.assertEqual(self.runs(), ["office"])
        self.assertEqual(self.runs(CI_ALL="1"), ["office", "spark"])
        self.ask("green", "spark")
        self.write("examples/spark.py", "new")
        self.assertEqual(self.runs(), ["office", "spark"], "who has run it before is told of its change")

    def test_what_was_green_is_left_out_until_it_changes(self):
        self.all_green()
        self.assertEqual(self.runs(), [])
        self.write("src/report.rs", "no suite tests this")
        self.assertEqual(self.runs(), [])
        self.write("src/fix/word.rs", "new")
        self.assertEqual(self.runs(), ["office"])
        self.write("src/fix/word.rs", "src/fix/word.rs")
        self.assertEqual(self.runs(), [], "taken back, the files are those that were green")

    def test_new_removed_and_shared_files_count(self):
        self.all_green()
        self.write("examples/other.py", "not yet committed")
        self.assertEqual(self.runs(), ["spark"])
        (self.root / "examples/other.py").unlink()
        (self.root / "src/fix.rs").unlink()
        self.assertEqual(self.runs(), ["office"])
        self.write("Cargo.lock", "another crate")
        self.assertEqual(self.runs(), ["office", "spark"])

    def test_a_suites_own_script_counts(self):
        self.all_green()
        self.write(".ci/office.py", "another test")
        self.assertEqual(self.runs(), ["office"])

    def test_all_is_all(self):
        self.all_green()
        self.assertEqual(self.runs(CI_ALL="1"), ["office", "spark"])

    def test_the_record_in_the_repository_speaks_on_other_machines(self):
        self.all_green(CI_RECORD="1")
        self.commit()
        shutil.rmtree(self.root / "target")
        self.assertEqual(self.runs(), [])
        self.write("examples/spark.py", "new")
        self.commit()
        self.assertEqual(self.runs(), ["spark"])

    def test_what_was_edited_while_a_suite_ran_was_not_tested(self):
        self.runs()
        self.write("src/fix.rs", "edited meanwhile")
        self.ask("green", "office")
        self.assertIn("office", self.runs())

    def test_a_base_that_is_known_to_be_green(self):
        self.write("src/fix.rs", "new")
        self.commit()
        self.assertEqual(self.runs(CI_BASE="HEAD~1"), ["office"])
        self.assertEqual(self.runs(CI_BASE="HEAD"), [])
        self.write("examples/spark.py", "not yet committed")
        self.assertEqual(self.runs(CI_BASE="HEAD"), ["spark"])

    def test_a_base_that_is_not_there_leaves_nothing_out(self):
        self.assertEqual(self.runs(CI_BASE="no-such-commit"), ["office", "spark"])

    def test_without_git_all_run_and_nothing_is_recorded(self):
        shutil.rmtree(self.root / ".git")
        self.all_green()
        self.assertEqual(self.runs(), ["office", "spark"])

    def test_conflict_marks_in_a_record_speak_for_nothing(self):
        self.write(".ci/green", "<<<<<<< HEAD\noffice 12\n=======\noffice 13\n>>>>>>> main\n")
        self.assertEqual(self.runs(), ["office", "spark"])

    def test_a_path_that_names_no_file_is_told(self):
        self.assertEqual(self.ask("check").returncode, 0)
        shutil.rmtree(self.root / "examples")
        self.write(".ci/unknown", "a suite without a line")
        done = self.ask("check")
        self.assertEqual(done.returncode, 1)
        self.assertIn("spark: examples/", done.stdout)
        self.assertIn(".ci/unknown", done.stdout)

    def test_the_table_of_this_repository_names_files(self):
        done = subprocess.run([sys.executable, ".ci/suites.py", "check"], cwd=HERE, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main()
