//! `jdlint serve` as programs, people and attackers meet it: a real process, asked over real connections, byte by byte.

mod api;
mod client;
mod doors;
mod languagetool;
mod limits;
mod process;
