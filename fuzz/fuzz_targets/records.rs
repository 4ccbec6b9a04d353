#![no_main]

libfuzzer_sys::fuzz_target!(init: jdlint_fuzz::quiet(), |bytes: &[u8]| jdlint_fuzz::hold("records", bytes));
