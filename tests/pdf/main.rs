//! PDFs, each behaviour with the smallest file that shows it.
#![cfg(feature = "pdf")]

mod file;
mod hostile;
mod layout;
mod tables;
