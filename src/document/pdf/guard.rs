//! A PDF → whether it can be read in bearable time and memory. The interpreter unpacks streams without a limit, and follows
//! forms that draw forms that draw forms; a small file could fill the memory or take for ever.
//!
//! Streams are looked at twice: as they stand in the file, before anything of it is unpacked, and as its objects, since
//! only these tell how a stream is packed that is encrypted, too, or packed in more ways than one.

mod filters;

use std::borrow::Cow;
use std::collections::HashMap;

use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::dict::keys::{ANNOTS, AP, N, RESOURCES, SUBTYPE};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush};

use crate::document::{Limit, Limits, PICTURES, ReadError};

/// Bytes before a stream's data in which its dictionary names it a picture.
const NEAR: usize = 2048;

/// What may still be unpacked.
struct Budget {
    text: usize,
    /// Pictures are never unpacked, but what calls itself one may be something else, so they have a limit, too.
    all: usize,
}

impl Budget {
    fn new(limits: &Limits) -> Budget {
        let most = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Budget { text: most(limits.unpacked), all: most(limits.unpacked.saturating_mul(PICTURES)) }
    }

    /// Takes what a stream comes to, which is told how much is left and leaves what it does not need.
    fn spend<T>(&mut self, is_picture: bool, limits: &Limits, unpack: impl FnOnce(&mut usize) -> T) -> Result<T, ReadError> {
        let before = if is_picture { self.all } else { self.text.min(self.all) };
        let mut left = before;
        let done = unpack(&mut left);
        if left == 0 {
            return Err(Limit::Unpacked(limits.unpacked).into());
        }
        self.all -= before - left;
        if !is_picture {
            self.text -= before - left;
        }
        Ok(done)
    }
}

/// Looks at the streams of a file.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut budget = Budget::new(limits);
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, b"stream")) {
        let dictionary = &bytes[(at + found).saturating_sub(NEAR)..at + found];
        at += found + b"stream".len();
        let rest = &bytes[at..];
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"));
        // The word also ends each stream; only the one before a line break and a zlib header begins a compressed one.
        let Some(data) = data.filter(|d| is_zlib(d)) else { continue };
        let n_read = budget.spend(is_picture(dictionary), limits, |left| Layer::new(0).unpack(data, left))?;
        at += rest.len() - data.len() + n_read;
    }
    Ok(())
}

/// Looks at the streams of a file that has been opened: those that [`check`] could not see through.
pub(super) fn check_objects(pdf: &Pdf, limits: &Limits) -> Result<(), ReadError> {
    let mut budget = Budget::new(limits);
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        let (raw, filters) = (stream.raw_data(), stream.filters());
        let was_seen = matches!(raw, Cow::Borrowed(_)) && is_zlib(&raw) && matches!(*filters, [Filter::FlateDecode]);
        if was_seen || filters.is_empty() {
            continue;
        }
        let is_picture = stream.dict().get::<Name<'_>>(SUBTYPE).is_some_and(|name| name.as_str() == "Image");
        budget.spend(is_picture, limits, |left| filters::unpack(raw, &filters, left))?;
    }
    Ok(())
}

fn is_picture(dictionary: &[u8]) -> bool {
    let begin = dictionary.windows(4).rposition(|w| w == b" obj").unwrap_or(0);
    let own = &dictionary[begin..];
    find(own, b"/Subtype/Image").or_else(|| find(own, b"/Subtype /Image")).is_some()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word)
}

/// A stream being unpacked. What it unpacks to may be packed, too: PDF lets a stream have several filters.
struct Layer {
    state: Box<InflateState>,
    window: Vec<u8>,
    n_outer: u8,
    is_begun: bool,
    inner: Option<Box<Layer>>,
}

/// Layers beyond which nobody packs but to do harm.
const MOST_LAYERS: u8 = 3;

impl Layer {
    fn new(n_outer: u8) -> Layer {
        Layer { state: InflateState::new_boxed(DataFormat::Zlib), window: vec![0; 64 << 10], n_outer, is_begun: false, inner: None }
    }

    /// Unpacks data as far as it goes, and takes what it comes to from what is left. Says how many bytes it read.
    fn unpack(&mut self, mut data: &[u8], left: &mut usize) -> usize {
        let mut n_read = 0;
        while *left > 0 {
            let step = inflate(&mut self.state, data, &mut self.window, MZFlush::None);
            data = data.get(step.bytes_consumed..).unwrap_or(b"");
            n_read += step.bytes_consumed;
            *left = left.saturating_sub(step.bytes_written);
            self.pass_on(step.bytes_written, left);
            let goes_on = matches!(step.status, Ok(miniz_oxide::MZStatus::Ok)) && (step.bytes_consumed > 0 || step.bytes_written > 0);
            if !goes_on {
                break;
            }
        }
        n_read
    }

    fn pass_on(&mut self, n_written: usize, left: &mut usize) {
        let written = &self.window[..n_written.min(self.window.len())];
        if !self.is_begun && n_written >= 2 {
            self.is_begun = true;
            if is_zlib(written) && self.n_outer >= MOST_LAYERS {
                *left = 0;
            } else if is_zlib(written) {
                self.inner = Some(Box::new(Layer::new(self.n_outer + 1)));
            }
        }
        if let Some(inner) = &mut self.inner {
            inner.unpack(written, left);
        }
    }
}

/// Whether bytes begin as zlib streams do: its method, and a check of the first two bytes (RFC 1950).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a & 0x0F == 8 && (u16::from(*a) * 256 + u16::from(*b)) % 31 == 0)
}

/// Operators of a page, those of its forms included each time they are drawn, for each thing that the file may draw:
/// some only set a colour or a place.
const STEPS_EACH: usize = 2;
/// Forms within forms that the interpreter follows.
const DEEPEST: u8 = 50;

/// Whether drawing a page takes more steps than anybody reads.
pub(super) fn is_endless(page: &Page<'_>, limits: &Limits) -> bool {
    let most = limits.drawings.saturating_mul(STEPS_EACH);
    let mut forms = Forms { steps: HashMap::new(), most };
    let resources = page.resources();
    let mut steps = forms.within(page.typed_operations(), resources, 0);
    let annotations = page.raw().get::<Array<'_>>(ANNOTS);
    for annotation in annotations.iter().flat_map(Array::iter::<Dict<'_>>) {
        let Some(appearance) = annotation.get::<Dict<'_>>(AP).and_then(|dict| dict.get::<Object<'_>>(N)) else { continue };
        let streams = match appearance {
            Object::Stream(stream) => vec![stream],
            Object::Dict(states) => states.keys().filter_map(|key| states.get::<Stream<'_>>(key)).collect(),
            _ => Vec::new(),
        };
        steps = streams.iter().fold(steps, |n, stream| n.saturating_add(forms.of(stream, resources, 1)));
    }
    steps > most
}

/// Forms seen, and to how many steps each comes; `None` while it is being counted.
struct Forms {
    steps: HashMap<ObjectIdentifier, Option<usize>>,
    most: usize,
}

impl Forms {
    fn within(&mut self, mut operations: TypedIter<'_>, resources: &Resources<'_>, depth: u8) -> usize {
        let mut steps = 0_usize;
        while let Some(operation) = operations.next().filter(|_| steps <= self.most) {
            steps += 1;
            if let TypedInstruction::XObject(drawn) = operation
                && let Some(form) = resources.get_x_object(drawn.0)
            {
                steps = steps.saturating_add(self.of(&form, resources, depth + 1));
            }
        }
        steps
    }

    fn of(&mut self, form: &Stream<'_>, resources: &Resources<'_>, depth: u8) -> usize {
        let is_form = form.dict().get::<Name<'_>>(SUBTYPE).is_some_and(|name| name.as_str() == "Form");
        if !is_form || depth > DEEPEST {
            return 1;
        }
        if let Some(known) = self.steps.get(&form.obj_id()) {
            // A form that draws itself is drawn until the interpreter tires of it.
            return known.unwrap_or(self.most.saturating_add(1));
        }
        self.steps.insert(form.obj_id(), None);
        let own = form.dict().get::<Dict<'_>>(RESOURCES).map(Resources::new);
        let steps = form.decoded_data().map_or(1, |data| self.within(TypedIter::new(&data), own.as_ref().unwrap_or(resources), depth));
        self.steps.insert(form.obj_id(), Some(steps));
        steps
    }
}
