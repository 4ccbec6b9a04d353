//! The keys of the TOML files that people write, as tables: the readers accept what stands here, and the JSON Schemas that
//! editors complete by are made from it, so that the two cannot say different things.

/// A key that a table may have.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// What it does, in a sentence for whoever writes the file.
    pub about: &'static str,
    /// Whether it may be left out.
    pub need: Need,
}

/// Whether a key may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It may.
    Optional,
    /// The table says nothing without it.
    Required,
}

/// What a value is. A table's keys stand in one group, or in several that other tables have, too.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A text, or a list of texts.
    Texts,
    /// One of these texts, or a list of them.
    AnyOf(&'static [&'static str]),
    /// This whole number.
    Exactly(i64),
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// Names, each with one of these texts.
    Named(&'static [&'static str]),
    /// Names, each with a list of texts.
    Lists,
    /// A table.
    Table(&'static [&'static [Key]]),
    /// Tables: `[[key]]`.
    Tables(&'static [&'static [Key]]),
    /// Tables under some of these names: `[key.name]`.
    NamedTables(&'static [&'static str], &'static [&'static [Key]]),
}

/// A key that may be left out.
pub const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, about, need: Need::Optional }
}

/// A key that must be there.
pub const fn required(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, about, need: Need::Required }
}

/// The names of values that are told by name.
pub const fn names<T, const N: usize>(named: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut out = [""; N];
    let mut n = 0;
    while n < N {
        out[n] = named[n].0;
        n += 1;
    }
    out
}
