# What suites take for the program that is shipped, to be sourced: linked statically, and the same bytes wherever the source lies
# (docs/stability.md). It stays in target/, so that the suites of one run build it once.
host=$(rustc -vV | sed -n 's/^host: //p')
# shipped FOLDER COMMAND…: runs a command that builds the source in a folder.
shipped() {
  local folder=$1
  shift
  RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$folder=/source -C target-feature=+crt-static" "$@"
}
program=$PWD/target/$host/release/jdlint
