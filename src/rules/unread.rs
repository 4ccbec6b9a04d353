//! Bytes in the binary → a value, when it is first asked for: most documents meet few of the rules.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that is read when it is first asked for, or was there from the start.
#[derive(Clone, Debug)]
pub struct Unread<T> {
    stored: &'static [u8],
    value: OnceLock<Box<T>>,
}

impl<T> From<T> for Unread<T> {
    fn from(value: T) -> Unread<T> {
        Unread { stored: &[], value: Box::new(value).into() }
    }
}

impl<T: DeserializeOwned> std::ops::Deref for Unread<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| Box::new(postcard::from_bytes(self.stored).expect("it was stored with this type")))
    }
}

impl<T: Serialize + DeserializeOwned> Serialize for Unread<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&postcard::to_allocvec(&**self).map_err(S::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Unread<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Unread<T>, D::Error> {
        let stored = <&'de [u8]>::deserialize(deserializer)?;
        Ok(Unread { stored, value: OnceLock::new() })
    }
}
