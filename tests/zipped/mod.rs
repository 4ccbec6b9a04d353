//! Zip files for tests, as word processors pack them.

use std::io::{Cursor, Write};

use zip::CompressionMethod::Stored;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip file of these parts; `mimetype` is stored as it is.
pub fn zipped(parts: &[(&str, impl AsRef<[u8]>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        let options = if *name == "mimetype" { options.compression_method(Stored) } else { options };
        zip.start_file(*name, options).expect("memory is writable");
        zip.write_all(bytes.as_ref()).expect("memory is writable");
    }
    zip.finish().expect("memory is writable").into_inner()
}
