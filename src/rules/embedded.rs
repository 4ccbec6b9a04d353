//! The rules inside the binary, and people's own packs beside them.

use crate::rules::{Catalogue, Mistake, Names, Pack, PackSource, Ruleset};

const LISTS: &str = include_str!("../../rules/lists.toml");
const ROLES: &str = include_str!("../../rules/roles.toml");
const ACTIVITIES: &str = include_str!("../../rules/activities.toml");

impl Ruleset {
    /// The embedded rules, as `build.rs` compiled them.
    pub fn embedded() -> Ruleset {
        let (catalogue, pack) = compiled();
        Ruleset::new(catalogue, vec![pack])
    }

    /// The embedded rules and a pack of rule files (name and content of each), which may use the embedded lists.
    ///
    /// # Errors
    /// All mistakes in all files.
    pub fn embedded_with(files: &[(String, String)]) -> Result<Ruleset, Vec<Mistake>> {
        let (mut catalogue, embedded) = compiled();
        let names = Names::read(("rules/roles.toml", ROLES), ("rules/activities.toml", ACTIVITIES))?;
        let source = PackSource { lists: ("rules/lists.toml", LISTS), files, names: &names };
        let own = Pack::compile(&source, &mut catalogue)?;
        Ok(Ruleset::new(catalogue, vec![embedded, own]))
    }
}

fn compiled() -> (Catalogue, Pack) {
    let catalogue = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.bin")));
    let pack = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin")));
    (catalogue.expect("build.rs wrote it with these types"), pack.expect("build.rs wrote it with these types"))
}
