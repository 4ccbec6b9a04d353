//! The rules inside the binary, and people's own packs beside them, which may extend them.

use crate::rules::{Base, Catalogue, Example, Mistake, Names, Pack, PackSource, Rule, Ruleset, Signs};

const LISTS: &str = include_str!("../../rules/lists.toml");
const ROLES: &str = include_str!("../../rules/roles.toml");
const ACTIVITIES: &str = include_str!("../../rules/activities.toml");

impl Ruleset {
    /// The embedded rules, as `build.rs` compiled them.
    pub fn embedded() -> Ruleset {
        Ruleset::reading(catalogue, vec![pack()])
    }

    /// The examples of a rule. Those of embedded rules are read when they are asked for: a run that lints never needs them.
    pub fn examples(&self, rule: &Rule) -> Vec<Example> {
        let embedded = self.packs().first().and_then(|p| p.rules.iter().position(|r| r.id == rule.id));
        let Some(number) = embedded.filter(|_| rule.examples.is_empty()) else { return rule.examples.clone() };
        let mut all: Vec<Vec<Example>> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/examples.bin"))).expect("build.rs wrote it");
        if number < all.len() { all.swap_remove(number) } else { Vec::new() }
    }

    /// The embedded rules and a pack of rule files (name and content of each), which may use the embedded lists.
    ///
    /// # Errors
    /// All mistakes in all files.
    pub fn embedded_with(files: &[(String, String)]) -> Result<Ruleset, Vec<Mistake>> {
        let (mut catalogue, embedded) = (catalogue(), pack());
        let names = Names::read(("rules/roles.toml", ROLES), ("rules/activities.toml", ACTIVITIES))?;
        let texts = Ruleset::embedded_files();
        let base = Some(Base { pack: &embedded, files: &texts });
        let source = PackSource { lists: ("rules/lists.toml", LISTS), files, names: &names, base };
        let own = Pack::compile(&source, &mut catalogue)?;
        Ok(Ruleset::new(catalogue, vec![embedded, own]))
    }

    /// Name and content of each embedded rule file.
    pub fn embedded_files() -> Vec<(&'static str, &'static str)> {
        postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/files.bin"))).expect("build.rs wrote it with these types")
    }
}

impl Signs {
    /// The embedded signs of jurisdictions.
    pub fn embedded() -> Signs {
        postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/jurisdictions.bin"))).expect("build.rs wrote it with these types")
    }
}

fn catalogue() -> Catalogue {
    postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.bin"))).expect("build.rs wrote it with these types")
}

fn pack() -> Pack {
    postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"))).expect("build.rs wrote it with these types")
}
