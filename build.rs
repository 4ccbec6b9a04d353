//! Compiles the wordings and rules under `rules/` into the binary: parsing TOML at start-up would cost more than a whole
//! advert may. The same code reads people's own rule packs at run time.

fn main() {
    println!("cargo::rerun-if-changed=rules");
}
