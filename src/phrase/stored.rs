//! Values of one size ↔ bytes: tables that are read where they lie in the binary, so that loading them costs nothing.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::offset;

/// A value that is stored as `N` numbers.
pub(super) trait Stored<const N: usize>: Copy {
    fn to_numbers(self) -> [u32; N];
    fn of_numbers(numbers: [u32; N]) -> Self;
}

impl Stored<1> for u32 {
    fn to_numbers(self) -> [u32; 1] {
        [self]
    }

    fn of_numbers([number]: [u32; 1]) -> u32 {
        number
    }
}

/// Bytes, in the binary or made at run time.
#[derive(Clone, Default)]
pub(super) struct Bytes(Cow<'static, [u8]>);

impl Bytes {
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Cow::Owned(bytes))
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'static> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        <&'de [u8]>::deserialize(deserializer).map(|bytes| Bytes(Cow::Borrowed(bytes)))
    }
}

/// A part of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Part {
    pub(super) fn range(self) -> Range<usize> {
        self.from as usize..self.to as usize
    }

    pub(super) fn is_empty(self) -> bool {
        self.from == self.to
    }
}

/// Values in order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent, bound(serialize = "", deserialize = "'de: 'static"))]
pub(super) struct Table<T, const N: usize> {
    bytes: Bytes,
    of: PhantomData<T>,
}

impl<T, const N: usize> Default for Table<T, N> {
    fn default() -> Self {
        Table { bytes: Bytes::default(), of: PhantomData }
    }
}

impl<T: Stored<N>, const N: usize> Table<T, N> {
    const SIZE: usize = 4 * N;

    pub(super) fn of(values: impl IntoIterator<Item = T>) -> Table<T, N> {
        let bytes: Vec<u8> = values.into_iter().flat_map(T::to_numbers).flat_map(u32::to_le_bytes).collect();
        Table { bytes: bytes.into(), of: PhantomData }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.as_slice().len() / Self::SIZE
    }

    pub(super) fn get(&self, n: usize) -> T {
        let at = n * Self::SIZE;
        read(&self.bytes.as_slice()[at..at + Self::SIZE])
    }

    pub(super) fn all(&self) -> impl Iterator<Item = T> + '_ {
        self.bytes.as_slice().chunks_exact(Self::SIZE).map(read)
    }

    pub(super) fn part(&self, part: Part) -> impl Iterator<Item = T> + '_ {
        let Range { start, end } = part.range();
        self.bytes.as_slice()[start * Self::SIZE..end * Self::SIZE].chunks_exact(Self::SIZE).map(read)
    }

    /// The first value of a part, in order, that is not less.
    pub(super) fn first_not(&self, part: Part, is_less: impl Fn(T) -> bool) -> u32 {
        let Part { mut from, to: mut until } = part;
        while from < until {
            let middle = from + (until - from) / 2;
            if is_less(self.get(middle as usize)) { from = middle + 1 } else { until = middle }
        }
        from
    }

    /// Whether a part that is in the order of this key has a value of one of these.
    pub(super) fn has(&self, part: Part, key: impl Fn(T) -> u32, mut wanted: impl Iterator<Item = u32>) -> bool {
        wanted.any(|wanted| {
            let at = self.first_not(part, |value| key(value) < wanted);
            at < part.to && key(self.get(at as usize)) == wanted
        })
    }
}

fn read<T: Stored<N>, const N: usize>(bytes: &[u8]) -> T {
    T::of_numbers(std::array::from_fn(|n| u32::from_le_bytes([bytes[4 * n], bytes[4 * n + 1], bytes[4 * n + 2], bytes[4 * n + 3]])))
}

/// Puts some values behind those of a table in the making, and says where they lie.
pub(super) fn append<T>(all: &mut Vec<T>, values: impl IntoIterator<Item = T>) -> Part {
    let from = offset(all.len());
    all.extend(values);
    Part { from, to: offset(all.len()) }
}
