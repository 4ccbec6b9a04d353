//! Killed at any moment of its work, a command leaves the old file or the new, never neither and never a part, and nothing
//! that is in the way of the next run.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ADVERT: &str = "# Site Manager\n\nWe seek a chairman. You will man the desk.\n\n## Essential\n\n- Writes clearly\n";
/// How often each command is killed.
const KILLS: u32 = 40;

/// A command that writes a file.
struct Work {
    folder: PathBuf,
    args: &'static [&'static str],
    /// The file that it writes.
    writes: &'static str,
    /// What that holds before; `None` where it is not there yet.
    old: Option<Vec<u8>>,
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kill").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// An advert so large that writing it takes a while.
fn large() -> String {
    format!("{ADVERT}\n{}", "We meet in the hall and talk about the week, and everyone is heard.\n\n".repeat(300))
}

/// A Word file with a picture, so that writing it takes a while, too.
fn word() -> Vec<u8> {
    use std::io::Write;
    let advert = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/word/advert.docx")).expect("it is there");
    let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(advert)).expect("it is a zip file");
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/media/picture.bin", stored).expect("it can be begun");
    zip.write_all(&[7; 1 << 20]).expect("it can be written");
    zip.finish().expect("it can be ended").into_inner()
}

impl Work {
    fn new(name: &str, args: &'static [&'static str], writes: &'static str) -> Work {
        let folder = folder(name);
        fs::write(folder.join("advert.md"), large()).expect("it can be written");
        fs::write(folder.join("advert.docx"), word()).expect("it can be written");
        let old = fs::read(folder.join(writes)).ok();
        Work { folder, args, writes, old }
    }

    /// The file that it writes holds this before.
    fn over(self, old: &[u8]) -> Work {
        Work { old: Some(old.to_owned()), ..self }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(self.writes)
    }

    fn set_back(&self) {
        match &self.old {
            Some(old) => fs::write(self.path(), old).expect("it can be written"),
            None => _ = fs::remove_file(self.path()),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jdlint"));
        command.args(self.args).current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// What the file holds when nobody disturbs, and how long that takes.
    fn whole(&self) -> (Vec<u8>, Duration) {
        self.set_back();
        let begun = Instant::now();
        let code = self.command().status().expect("it starts").code();
        let took = begun.elapsed();
        assert!(matches!(code, Some(0 | 1)), "{:?} ends with {code:?}", self.args);
        let new = fs::read(self.path()).expect("it was written");
        assert_ne!(Some(&new), self.old.as_ref(), "{:?} changes the file", self.args);
        (new, took)
    }

    /// The file is as it was or as it should be.
    #[track_caller]
    fn assert_old_or_new(&self, new: &[u8], when: &str) {
        let is = fs::read(self.path()).ok();
        let ok = is == self.old || is.as_deref().is_some_and(|is| same(is, new));
        assert!(ok, "{:?} killed {when} leaves {:?} bytes", self.args, is.map(|b| b.len()));
    }

    /// What a killed run left does not disturb the next one.
    fn assert_runs(&self, new: &[u8]) {
        let left = names(&self.folder);
        assert!(left.iter().all(|n| n.starts_with(".jdlint-") || ["advert.md", "advert.docx", self.writes].contains(&n.as_str())), "{left:?}");
        let (again, _) = self.whole();
        assert!(same(&again, new), "{:?} does the same after it was killed", self.args);
    }
}

/// Comments of a review bear the time, so that two reviews differ in some bytes, but not in how many.
fn same(a: &[u8], b: &[u8]) -> bool {
    a == b || (a.starts_with(b"PK") && a.len().abs_diff(b.len()) < 64 && zip::ZipArchive::new(std::io::Cursor::new(a)).is_ok())
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).expect("it is there").map(|e| e.expect("it can be read").file_name().to_string_lossy().into_owned()).collect()
}

fn kill(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Kills it all along its way.
fn killed_all_along(work: &Work) {
    let (new, took) = work.whole();
    for n in 0..KILLS {
        work.set_back();
        let child = work.command().spawn().expect("it starts");
        // The last of its time is when it writes: that is looked at closely.
        let at = if n % 2 == 0 { took * n / KILLS } else { took * (KILLS + n) / (2 * KILLS) };
        std::thread::sleep(at);
        kill(child);
        work.assert_old_or_new(&new, &format!("after {at:?} of {took:?}"));
    }
    work.assert_runs(&new);
}

/// What changes files; strace lets the process come to the n-th of these calls, and no further.
const CALLS: &str =
    "write,pwrite64,copy_file_range,sendfile,fsync,fdatasync,fchmod,fchown,rename,renameat,renameat2,link,linkat,unlink,unlinkat,ftruncate,mkdir";

/// Kills it before each call that changes a file; passes by where the system has no strace, or does not let it trace.
fn killed_at_each_call(work: &Work) {
    let can_trace = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status().is_ok_and(|s| s.success());
    if !can_trace {
        eprintln!("left out: strace is not installed, or may not trace here");
        return;
    }
    let (new, _) = work.whole();
    for n in 1..80 {
        work.set_back();
        let inject = format!("inject={CALLS}:signal=KILL:when={n}");
        let mut traced = Command::new("strace");
        traced.args(["-f", "-o", "/dev/null", "-e", &format!("trace={CALLS}"), "-e", &inject, env!("CARGO_BIN_EXE_jdlint")]);
        traced.args(work.args).current_dir(&work.folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = traced.status().expect("strace starts");
        work.assert_old_or_new(&new, &format!("at its call {n}"));
        if status.code().is_some_and(|code| code < 3) {
            assert!(n > 4, "it was killed at some calls");
            work.assert_runs(&new);
            return;
        }
    }
    panic!("{:?} goes on writing", work.args);
}

/// The commands that write files.
fn all(name: &str) -> Vec<Work> {
    let of = |own: &str, args, writes| Work::new(&format!("{name}-{own}"), args, writes);
    vec![
        of("fix", &["fix", "advert.md"], "advert.md"),
        of("review", &["review", "--suggest", "advert.docx"], "advert.reviewed.docx"),
        of("review-again", &["review", "--force", "advert.docx"], "advert.reviewed.docx").over(b"an older review"),
        of("baseline", &["baseline", "advert.md"], "jdlint-baseline.json"),
        of("baseline-again", &["baseline", "advert.md"], "jdlint-baseline.json").over(b"{\"version\":1,\"files\":{}}"),
        of("output", &["check", "--output", "html=report.html", "advert.md"], "report.html"),
        of("output-again", &["check", "--output", "json=report.json", "advert.md"], "report.json").over(b"{}"),
    ]
}

/// A test for each, so that they run beside one another.
macro_rules! killed {
    ($($test:ident: $n:literal;)*) => { $(
        #[test]
        fn $test() {
            killed_all_along(&all(stringify!($test))[$n]);
        }
    )* };
}

killed! {
    fix_leaves_the_old_file_or_the_new: 0;
    review_leaves_no_part: 1;
    review_over_another_leaves_one_of_them: 2;
    baseline_leaves_no_part: 3;
    baseline_over_another_leaves_one_of_them: 4;
    a_report_leaves_no_part: 5;
    a_report_over_another_leaves_one_of_them: 6;
}

#[test]
fn no_call_is_one_at_which_a_file_can_be_lost() {
    all("calls").iter().for_each(killed_at_each_call);
}

/// What it was killed in the middle of lies in the folder under a hidden name; it is neither read nor listed.
#[test]
fn what_a_killed_run_leaves_is_passed_by() {
    let folder = folder("leftover");
    fs::write(folder.join("advert.md"), ADVERT).expect("it can be written");
    fs::write(folder.join(".jdlint-Ab12Cd"), "# Clerk\n\nWe seek a fore").expect("it can be written");
    let run = Command::new(env!("CARGO_BIN_EXE_jdlint")).args(["check", "--format", "json", "."]).current_dir(&folder).output().expect("it starts");
    let report = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(report.contains("advert.md") && !report.contains("jdlint-Ab12Cd"), "{report}");
}
