//! Word and OpenDocument files, each behaviour with the smallest file that shows it.

mod hostile;
mod kinds;
mod opendocument;
mod package;
mod places;
mod tables;
mod text;
