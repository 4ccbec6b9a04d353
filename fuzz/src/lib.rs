//! What the fuzz targets share: the promises, which the stable property tests hold jdlint to as well.

// The records' room, which a promise is made of, names rooms from the root on.
use jdlint::report;

#[path = "../../tests/properties/promises.rs"]
mod promises;

/// Panics are the promise's to judge: those that a reader catches (a PDF's drawing) are none of the fuzzer's.
pub fn quiet() {
    std::panic::set_hook(Box::new(|panic| {
        if !panic.location().is_some_and(|at| at.file().contains("hayro") || at.file().contains("pdf/draw.rs")) {
            eprintln!("{panic}");
        }
    }));
}

/// Holds the promise of this name to some bytes.
pub fn hold(name: &str, bytes: &[u8]) {
    promises::named(name)(bytes);
}
